"""A scanner that types like a keyboard: its scans are told from a person's typing, of which no key is lost."""

from ui.scanning.wedge import Wedge

__all__ = ["Wedge"]
