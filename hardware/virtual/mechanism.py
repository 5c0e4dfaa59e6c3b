"""The printer's body: paper, cover, cutter, head, presenter; and how its state reads in the bytes of the references.

Epson's for DLE EOT 1 to 4, automatic status back and GS r; Custom's for the full status (DLE EOT 20, as in the command
manuals of its KPM150 and KPM300). Written from them for itself, not from the decoder in
`hardware.escpos.status`, so that one can be tested against the other.
"""

from dataclasses import dataclass


@dataclass(slots=True)
class Mechanism:
    paper_out: bool = False
    near_end: bool = False
    upside_down: bool = False
    cover_open: bool = False
    cutter_jammed: bool = False
    cutter_error: bool = False
    overheated: bool = False
    broken: bool = False
    held_offline: bool = False
    ticket_waiting: bool = False

    @property
    def stopped(self) -> bool:
        """Nothing is printed and nothing but real-time commands is obeyed."""
        return self.paper_out or self.cover_open or self.held_offline or self.in_error

    @property
    def paper_low(self) -> bool:
        """The sensor for the roll's near end sees no paper: it sees none at the end either."""
        return self.near_end or self.paper_out

    @property
    def in_error(self) -> bool:
        return self.cutter_error or self.overheated or self.broken

    def realtime_status(self, n: int) -> int:
        """The answer to DLE EOT 1 to 4: bits 1 and 4 are always set."""
        match n:
            case 1:
                return 0x12 | _bit(3, self.stopped)
            case 2:
                return 0x12 | _bit(2, self.cover_open) | _bit(5, self.paper_out) | _bit(6, self.in_error)
            case 3:
                return 0x12 | _bit(3, self.cutter_error) | _bit(5, self.broken) | _bit(6, self.overheated)
            case _:
                return 0x12 | (0x0C if self.paper_low else 0) | (0x60 if self.paper_out else 0)

    def full_status(self) -> bytes:
        """The answer to DLE EOT 20: two bytes to begin with, paper, user, recoverable and unrecoverable errors."""
        paper = _bit(0, self.paper_out) | _bit(2, self.paper_low) | _bit(5, self.ticket_waiting)
        user = _bit(1, self.cover_open)
        recoverable = _bit(0, self.overheated)
        unrecoverable = _bit(0, self.cutter_error) | _bit(2, self.broken)
        return bytes((0x10, 0x0F, paper, user, recoverable, unrecoverable))

    def automatic_status(self) -> bytes:
        """The four bytes of automatic status back."""
        return bytes(
            (
                0x10 | _bit(3, self.stopped) | _bit(5, self.cover_open),
                _bit(3, self.cutter_error) | _bit(5, self.broken) | _bit(6, self.overheated),
                (0x03 if self.paper_low else 0) | (0x0C if self.paper_out else 0),
                0x0F,
            )
        )

    def transmitted_paper_status(self) -> int:
        """The answer to GS r 1. At paper end there is none: the printer has stopped."""
        return 0x03 if self.near_end else 0


def _bit(n: int, on: bool) -> int:
    return 1 << n if on else 0
