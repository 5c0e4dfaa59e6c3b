"""What stands before a page's first byte, whichever way it goes to the printer."""

from hardware.escpos import commands

_FILLER = b"\0"
"""Ends in white a picture of which the rest is missing; between commands it means nothing."""


def beginning(torn_bytes: int, cuts: bool) -> bytes:
    """The printer as ESC @ makes it.

    Where the page before, of so many bytes, came to no good end, the command in which it was torn is ended first, or
    it would swallow this page; and its paper is cut off, so that nobody gets a part of another's.
    """
    if not torn_bytes:
        return commands.initialize()
    ended = _FILLER * torn_bytes + commands.initialize()
    return ended + commands.cut() if cuts else ended
