"""The printer's body: paper, cover, cutter; and how its state reads in the bytes of Epson's reference.

Written from the reference for itself, not from the decoder in `hardware.escpos.status`, so that one can be tested
against the other.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Mechanism:
    paper_out: bool = False
    near_end: bool = False
    cover_open: bool = False
    cutter_jammed: bool = False
    cutter_error: bool = False
    held_offline: bool = False

    @property
    def stopped(self) -> bool:
        """Nothing is printed and nothing but real-time commands is obeyed."""
        return self.paper_out or self.cover_open or self.cutter_error or self.held_offline

    def realtime_status(self, n: int) -> int:
        """The answer to DLE EOT n: bits 1 and 4 are always set."""
        match n:
            case 1:
                return 0x12 | _bit(3, self.stopped)
            case 2:
                return 0x12 | _bit(2, self.cover_open) | _bit(5, self.paper_out) | _bit(6, self.cutter_error)
            case 3:
                return 0x12 | _bit(3, self.cutter_error)
            case _:
                return (
                    0x12 | (0x0C if self.near_end or self.paper_out else 0) | (0x60 if self.paper_out else 0)
                )

    def automatic_status(self) -> bytes:
        """The four bytes of automatic status back."""
        return bytes(
            (
                0x10 | _bit(2, True) | _bit(3, self.stopped) | _bit(5, self.cover_open),
                _bit(3, self.cutter_error),
                (0x03 if self.near_end or self.paper_out else 0) | (0x0C if self.paper_out else 0),
                0x0F,
            )
        )

    def transmitted_paper_status(self) -> int:
        """The answer to GS r 1."""
        return (0x03 if self.near_end else 0) | (0x0C if self.paper_out else 0)


def _bit(n: int, on: bool) -> int:
    return 1 << n if on else 0
