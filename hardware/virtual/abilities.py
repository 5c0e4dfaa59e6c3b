"""What a model of printer can do. Epson's current receipt printers can do it all; others lack one thing or another."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from hardware.virtual.glyphs import EPSON_CODE_TABLES


@dataclass(frozen=True, slots=True)
class Abilities:
    """A command that the model does not have is unknown to it.

    The family of GS ( commands says its own length: a model that has one of them steps over the others whole, one
    that has none prints the rest of such a command as text.
    """

    process_id: bool = True
    """GS ( H: it says when what came before has been printed."""
    qr_code: bool = True
    """GS ( k: it draws QR codes itself."""
    graphics: bool = True
    """GS ( L and GS 8 L."""
    automatic_status: bool = True
    """GS a: it tells of a change without being asked."""
    buffer_clear: bool = True
    """DLE DC4 8: it drops what it has not printed, and says so."""
    cutter: bool = True
    presenter: bool = False
    """It holds a ticket out until somebody takes it, and tells so in the full status of Custom's printers."""
    code_tables: Mapping[int, str] = field(default_factory=lambda: EPSON_CODE_TABLES)
    """ESC t n: which of Python's encodings each number is."""
    receive_buffer_bytes: int = 65536
    maker: str = "EPSON"
    model: str = "TM-T20II"


EPSON = Abilities()
OLD_AND_NARROW = Abilities(
    process_id=False,
    qr_code=False,
    graphics=False,
    automatic_status=False,
    buffer_clear=False,
    cutter=False,
    receive_buffer_bytes=4096,
    maker="",
    model="POS-58",
)
"""A cheap 58 mm printer: text, raster pictures, DLE EOT and GS r, and a tear bar."""
CUSTOM_PRESENTER = Abilities(presenter=True, maker="CUSTOM", model="KPM150")
"""A kiosk printer that presents its tickets."""
