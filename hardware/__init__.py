"""Printers, layouts, scanners and sound, and the virtual printer; no Qt, and nothing of the queue."""
