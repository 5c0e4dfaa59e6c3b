"""The virtual printer's window: what a printer's operator does with hands, to be tried out and trained.

bench is the printer with the hands on it, words what is said of it, window what is seen; app puts them together.
"""
