"""Printers that speak ESC/POS: how they are reached, what they say, how a page becomes their bytes."""
