"""Paper that has left the printer, and the roll that it is cut from."""

from dataclasses import dataclass
from enum import Enum

from PIL import Image

DOTS_PER_MM = 8
WIDTH_80MM = 576
WIDTH_58MM = 384

# The cutter sits above the head; what lies between them is not cut off unless it is fed past the cutter first.
HEAD_TO_CUTTER_DOTS = 12 * DOTS_PER_MM


class Ending(Enum):
    CUT = "cut"
    TORN = "torn"


@dataclass(frozen=True, slots=True)
class Paper:
    """One piece of paper: its picture in one bit (0 is black), and the bytes that made it."""

    image: Image.Image
    raw_bytes: bytes
    ending: Ending


class Roll:
    """Rows of dots as they pass the head, until they are cut off.

    After a cut that fed the paper to the cutter, the printer pulls it back, as models that save paper do: the next
    piece begins at the head.
    """

    def __init__(self, width_dots: int) -> None:
        self.width_dots = width_dots
        self._rows: list[bytes] = []

    @property
    def blank_row(self) -> bytes:
        return bytes(self.width_dots // 8)

    @property
    def length(self) -> int:
        """How many rows hang out, below the last cut."""
        return len(self._rows)

    def picture(self) -> Image.Image:
        """What hangs out, as far as it has come."""
        return self._image(self._rows)

    def feed(self, row: bytes) -> None:
        self._rows.append(row)

    def cut_as_it_lies(self, raw_bytes: bytes) -> tuple[Paper, bool]:
        """The piece above the cutter; and whether print below the cutter was left for the next one."""
        at = max(0, len(self._rows) - HEAD_TO_CUTTER_DOTS)
        piece, self._rows = self._rows[:at], self._rows[at:]
        return self._paper(piece, raw_bytes, Ending.CUT), any(map(any, self._rows))

    def cut_all(self, raw_bytes: bytes) -> Paper:
        """The piece down to the head."""
        piece, self._rows = self._rows, []
        return self._paper(piece, raw_bytes, Ending.CUT)

    def tear_off(self, raw_bytes: bytes) -> Paper | None:
        """What hangs out when the roll is taken out, if anything does."""
        piece, self._rows = self._rows, []
        return self._paper(piece, raw_bytes, Ending.TORN) if piece else None

    def _paper(self, rows: list[bytes], raw_bytes: bytes, ending: Ending) -> Paper:
        return Paper(self._image(rows), raw_bytes, ending)

    def _image(self, rows: list[bytes]) -> Image.Image:
        size = (self.width_dots, max(1, len(rows)))
        return Image.frombytes("1", size, b"".join(rows) or self.blank_row, "raw", "1;I")
