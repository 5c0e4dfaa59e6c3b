"""What a clerk sees, in parts: each takes the theme and the words, shows values, and calls the presenter."""
