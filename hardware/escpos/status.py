"""What a printer says of itself, decoded: the bits of Epson's reference into a Status. Pure."""

from dataclasses import dataclass

from hardware.job import PrinterState

# DLE EOT 1 to 4 in one go: real-time commands, answered in order even while the printer prints or stands still.
ASK_EVERYTHING = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
REALTIME_ANSWERS = 4

# DLE EOT 20: the full status of Custom's printers, in real time too. Six bytes: 10h 0Fh, then paper, user,
# recoverable and unrecoverable errors (VKP80II and VKP80III command manuals, "Real-time status transmission").
ASK_FULL_STATUS = b"\x10\x04\x14"


@dataclass(frozen=True, slots=True)
class Status:
    """All that the status bytes tell, each thing for itself."""

    online: bool
    cover_open: bool
    paper_out: bool
    paper_low: bool
    cutter_error: bool
    unrecoverable_error: bool
    overheated: bool

    @property
    def state(self) -> PrinterState:
        """The one thing to see to first: what explains the others comes before them."""
        pressing = (
            (self.unrecoverable_error, PrinterState.FAULT),
            (self.cover_open, PrinterState.COVER_OPEN),
            (self.paper_out, PrinterState.PAPER_OUT),
            (self.cutter_error, PrinterState.CUTTER_ERROR),
            (self.overheated, PrinterState.OVERHEATED),
            (not self.online, PrinterState.OFFLINE),
            (self.paper_low, PrinterState.PAPER_LOW),
        )
        return next((state for holds, state in pressing if holds), PrinterState.READY)


def from_realtime(printer: int, offline: int, error: int, paper: int) -> Status:
    """From the four answers to ASK_EVERYTHING, in order."""
    return Status(
        online=not printer & 0x08,
        cover_open=bool(offline & 0x04),
        paper_out=bool(offline & 0x20) or paper & 0x60 == 0x60,
        paper_low=paper & 0x0C == 0x0C,
        cutter_error=bool(error & 0x08),
        unrecoverable_error=bool(error & 0x20),
        overheated=bool(error & 0x40),
    )


def from_automatic(printer: int, error: int, paper: int) -> Status:
    """From the first three of the four bytes of automatic status back."""
    return Status(
        online=not printer & 0x08,
        cover_open=bool(printer & 0x20),
        paper_out=paper & 0x0C == 0x0C,
        paper_low=paper & 0x03 == 0x03,
        cutter_error=bool(error & 0x08),
        unrecoverable_error=bool(error & 0x20),
        overheated=bool(error & 0x40),
    )
