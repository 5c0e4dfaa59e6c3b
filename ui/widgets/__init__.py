"""The widgets that the screens are put together from, one idea per module. Each takes the theme first."""
