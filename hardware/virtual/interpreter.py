"""What each command means: turns commands into steps (rows to print, cuts, answers), keeping the modes between.

It knows nothing of paper, cover or time: the engine carries the steps out when the mechanism lets it.
"""

from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import assert_never

import qrcode
from PIL import Image, ImageChops
from qrcode.exceptions import DataOverflowError

from hardware.virtual import commands
from hardware.virtual.abilities import Abilities
from hardware.virtual.commands import Command, Control, Measure, Setting, Symbol
from hardware.virtual.glyphs import COUNTRIES, Font, character, glyph, has_glyph
from hardware.virtual.line import Line
from hardware.virtual.paper import HEAD_TO_CUTTER_DOTS

DOTS_PER_INCH = 203
DEFAULT_SPACING_DOTS = 30


class ReportKind(Enum):
    UNKNOWN_COMMAND = "unknown command"
    BAD_PARAMETER = "parameter out of range"
    MISPLACED = "only obeyed at the beginning of a line"
    NOTHING_STORED = "nothing stored to print"
    STORED_ALREADY = "something stored before has not been printed yet"
    NO_SUCH_CHARACTER = "no such character in this code table"
    TOO_WIDE = "wider than the print area"
    NO_CUTTER = "there is no cutter"
    NOTHING_TO_RECOVER = "there is no error to recover from"
    CUT_THROUGH_PRINT = "cut before the print had passed the cutter"


@dataclass(frozen=True, slots=True)
class Answer:
    """Bytes for the host, sent once all before them has been printed."""

    data: bytes


@dataclass(frozen=True, slots=True)
class TransmitStatus:
    """GS r n."""

    n: int


@dataclass(frozen=True, slots=True)
class AutomaticStatus:
    """GS a n."""

    n: int


# A row of dots over the whole paper (1 is ink), or what is to be done between rows.
Step = bytes | Answer | TransmitStatus | AutomaticStatus | commands.Cut
Complain = Callable[[ReportKind, str], None]


@dataclass(slots=True)
class _Modes:
    """What ESC @ sets back."""

    font: Font = Font.A
    emphasis: bool = False
    double_strike: bool = False
    underline: int = 0
    across: int = 1
    down: int = 1
    reverse: bool = False
    spacing_after: int = 0
    justification: float = 0.0
    line_spacing: int = DEFAULT_SPACING_DOTS
    country: int = 0
    left: int = 0
    area: int | None = None
    code_table: int = 0
    units_across: int = DOTS_PER_INCH
    units_down: int = DOTS_PER_INCH
    tab_stops: tuple[int, ...] = tuple(range(96, 4096, 96))
    qr_module: int = 3
    qr_correction: int = qrcode.ERROR_CORRECT_L
    qr_data: bytes = b""
    graphics: Image.Image | None = field(default=None)


_CORRECTIONS: Mapping[bytes, int] = {
    b"0": qrcode.ERROR_CORRECT_L,
    b"1": qrcode.ERROR_CORRECT_M,
    b"2": qrcode.ERROR_CORRECT_Q,
    b"3": qrcode.ERROR_CORRECT_H,
}
_MODULES = [bytes((size,)) for size in range(1, 17)]
_QR_BYTES = range(1, 7090)
_IDS = (1, 2, 3, 49, 50, 51, 65, 66, 67, 68)


class Interpreter:
    """The print modes and the line being set, for paper of `width_dots` (a multiple of 8)."""

    def __init__(self, width_dots: int, abilities: Abilities, complain: Complain) -> None:
        self._width = width_dots
        self._abilities = abilities
        self._complain = complain
        self.reset()

    def reset(self) -> None:
        """As after power-on."""
        self._modes = _Modes()
        self.drop_line()

    def drop_line(self) -> None:
        """Forget what was set but not yet printed."""
        self._line = Line(self._area())

    def execute(self, command: Command) -> Iterable[Step]:
        """What there is to do for a command, in order."""
        match command:
            case commands.Text(data):
                return self._text(data)
            case Control():
                return self._control(command)
            case commands.Set(setting, n):
                return self._set(setting, n)
            case commands.Move(measure, units):
                return self._move(measure, units)
            case commands.TabStops(columns, ended_well):
                cell = self._cell_width()
                self._modes.tab_stops = tuple(column * cell for column in columns)
                if not ended_well:
                    self._complain(ReportKind.BAD_PARAMETER, "a tab stop out of order, or more than 32")
                return ()
            case commands.MotionUnits(across, down):
                self._modes.units_across = across or DOTS_PER_INCH
                self._modes.units_down = down or DOTS_PER_INCH
                return ()
            case commands.Cut(feed):
                return self._cut(feed)
            case commands.QrFunction(symbol, data):
                return self._qr(symbol, data)
            case commands.Raster(across, down, row_bytes, data):
                image = _bitmap(row_bytes * 8, len(data) // row_bytes, data)
                return self._picture(_scaled(image, across, down))
            case commands.StoreGraphics(across, down, width, height, data):
                self._store(_scaled(_bitmap(width, height, data), across, down))
                return ()
            case commands.PrintGraphics():
                return self._graphics()
            case commands.Columns(dots_high, across, data):
                picture = _column_picture(dots_high, across, data)
                if picture.width > self._line.room:
                    self._complain(ReportKind.TOO_WIDE, f"{picture.width} dots on {self._line.room}")
                self._line.add(picture)
                return ()
            case commands.ProcessId(number):
                return [Answer(b"\x37\x22" + number + b"\x00")]
            case commands.Realtime():
                return ()
            case commands.Unknown():
                self._complain(ReportKind.UNKNOWN_COMMAND, "")
                return ()
        assert_never(command)

    def _text(self, data: bytes) -> list[Step]:
        steps: list[Step] = []
        for byte in data:
            cell = self._cell(byte)
            if cell.width > self._line.room and not self._line.empty:
                steps += self._print_line(self._modes.line_spacing)
            self._line.add(cell)
            self._line.position += self._modes.spacing_after * self._modes.across
        return steps

    def _cell(self, byte: int) -> Image.Image:
        modes = self._modes
        table = self._abilities.code_tables[modes.code_table]
        char = character(byte, table, modes.country)
        if char is None or not has_glyph(modes.font, char):
            self._complain(ReportKind.NO_SUCH_CHARACTER, f"{byte:02X} in {table}")
            char = " "
        cell = glyph(modes.font, char, modes.across, modes.down, modes.emphasis or modes.double_strike)
        if modes.reverse:
            return ImageChops.invert(cell)
        if modes.underline:
            cell = cell.copy()
            cell.paste(1, (0, cell.height - modes.underline, cell.width, cell.height))
        return cell

    def _control(self, control: Control) -> list[Step]:
        match control:
            case Control.LINE_FEED:
                return self._print_line(self._modes.line_spacing)
            case Control.CARRIAGE_RETURN:  # obeyed only where automatic line feed is switched on
                return []
            case Control.TAB:
                return self._tab()
            case Control.INITIALIZE:
                self.reset()
                return [AutomaticStatus(0)]
            case Control.DEFAULT_SPACING:
                self._modes.line_spacing = DEFAULT_SPACING_DOTS
                return []
        assert_never(control)

    def _tab(self) -> list[Step]:
        """To the next stop, or past the area's end; from there, to the first stop of the next line."""
        steps: list[Step] = []
        if self._line.room < 0:
            steps = self._print_line(self._modes.line_spacing)
        here = self._line.position
        stop = next((stop for stop in self._modes.tab_stops if stop > here), here)
        self._line.position = min(stop, self._line.area_dots + 1)
        return steps

    def _set(self, setting: Setting, n: int) -> list[Step]:
        modes = self._modes
        match setting:
            case Setting.JUSTIFY if self._allowed(_digit(n), range(3)) and self._at_line_start():
                modes.justification = _digit(n) / 2
            case Setting.PRINT_MODE:
                modes.font = Font.B if n & 0x01 else Font.A
                modes.emphasis = bool(n & 0x08)
                modes.down = 2 if n & 0x10 else 1
                modes.across = 2 if n & 0x20 else 1
                modes.underline = 1 if n & 0x80 else 0
            case Setting.EMPHASIS:
                modes.emphasis = bool(n & 1)
            case Setting.DOUBLE_STRIKE:
                modes.double_strike = bool(n & 1)
            case Setting.UNDERLINE if self._allowed(_digit(n), range(3)):
                modes.underline = _digit(n)
            case Setting.FONT if self._allowed(_digit(n), range(2)):
                modes.font = (Font.A, Font.B)[_digit(n)]
            case Setting.CODE_TABLE if self._allowed(n, self._abilities.code_tables):
                modes.code_table = n
            case Setting.COUNTRY if self._allowed(n, COUNTRIES):
                modes.country = n
            case Setting.LINE_SPACING:
                modes.line_spacing = self._down(n)
            case Setting.FEED_LINES:
                return self._print_line(n * modes.line_spacing)
            case Setting.FEED_UNITS:
                return self._print_line(self._down(n))
            case Setting.CHARACTER_SPACING:
                modes.spacing_after = self._across(n)
            case Setting.CHARACTER_SIZE if self._allowed(n & 0x0F, range(8)) and self._allowed(
                n >> 4, range(8)
            ):
                modes.across, modes.down = (n >> 4) + 1, (n & 0x0F) + 1
            case Setting.REVERSE:
                modes.reverse = bool(n & 1)
            case Setting.TRANSMIT_STATUS if self._allowed(_digit(n), (1, 2)):
                return [TransmitStatus(_digit(n))]
            case Setting.TRANSMIT_ID if self._allowed(n, _IDS):
                return [Answer(self._identity(n))]
            case Setting.AUTOMATIC_STATUS:
                return [AutomaticStatus(n)]
            case _:  # a parameter out of range has been told of; smoothing changes nothing at these sizes
                pass
        return []

    def _identity(self, n: int) -> bytes:
        """GS I: one byte of model (none of Epson's), type or version, or a word between its header and NUL."""
        match n:
            case 1 | 49 | 3 | 51:
                return b"\x01"
            case 2 | 50:  # bit 1: a cutter is there
                return b"\x02" if self._abilities.cutter else b"\x00"
        word = {65: "1.00", 66: self._abilities.maker, 67: self._abilities.model, 68: "ANTREAN001"}[n]
        return b"\x5f" + word.encode("ascii") + b"\0"

    def _cut(self, feed: int | None) -> list[Step]:
        """Only at the beginning of a line. Without a cutter, what there is to feed is fed."""
        if not self._at_line_start():
            return []
        if self._abilities.cutter:
            fed = [] if feed is None else self._print_line(self._down(feed))
            return [*fed, commands.Cut(None if feed is None else 0)]
        self._complain(ReportKind.NO_CUTTER, "")
        return [] if feed is None else self._print_line(HEAD_TO_CUTTER_DOTS + self._down(feed))

    def _move(self, measure: Measure, units: int) -> list[Step]:
        dots = self._across(units)
        match measure:
            case Measure.ABSOLUTE_POSITION if self._allowed(dots, range(self._area() + 1)):
                self._line.position = dots
            case Measure.RELATIVE_POSITION:
                moved = self._line.position + (dots if units < 0x8000 else self._across(units - 0x10000))
                if self._allowed(moved, range(self._area() + 1)):
                    self._line.position = moved
            case Measure.LEFT_MARGIN if self._at_line_start():
                self._modes.left = min(dots, self._width - 8)
                self.drop_line()
            case Measure.AREA_WIDTH if self._at_line_start():
                self._modes.area = dots
                self.drop_line()
            case _:  # told of by the guards
                pass
        return []

    def _qr(self, symbol: Symbol, data: bytes) -> list[Step]:
        modes = self._modes
        match symbol:
            case Symbol.MODEL:  # model 2 alone is drawn here
                self._allowed(data, (b"2\x00",))
            case Symbol.MODULE if self._allowed(data, _MODULES):
                modes.qr_module = data[0]
            case Symbol.CORRECTION if self._allowed(data, _CORRECTIONS):
                modes.qr_correction = _CORRECTIONS[data]
            case Symbol.STORE if self._allowed(data[:1], (b"0",)) and self._allowed(len(data) - 1, _QR_BYTES):
                modes.qr_data = data[1:]
            case Symbol.PRINT if self._allowed(data, (b"0",)) and self._buffer_empty():
                return self._print_qr()
            case _:
                pass
        return []

    def _print_qr(self) -> list[Step]:
        modes = self._modes
        if not modes.qr_data:
            self._complain(ReportKind.NOTHING_STORED, "QR code")
            return []
        code = qrcode.QRCode(error_correction=modes.qr_correction, border=0)
        code.add_data(modes.qr_data)
        try:
            matrix = code.get_matrix()
        except (DataOverflowError, ValueError):
            self._complain(ReportKind.BAD_PARAMETER, f"{len(modes.qr_data)} bytes in a QR code")
            return []
        image = Image.new("1", (len(matrix), len(matrix)), 0)
        image.putdata([int(dark) for row in matrix for dark in row])
        symbol = _scaled(image, modes.qr_module, modes.qr_module)
        if symbol.width > self._line.room:  # printed whole or not at all
            self._complain(ReportKind.TOO_WIDE, f"{symbol.width} dots on {self._line.room}")
            return []
        return self._picture(symbol)

    def _store(self, picture: Image.Image) -> None:
        """Once, until it is printed; and only where no line is begun."""
        if not self._buffer_empty():
            return
        if self._modes.graphics is not None:
            self._complain(ReportKind.STORED_ALREADY, "graphics")
            return
        self._modes.graphics = picture

    def _graphics(self) -> list[Step]:
        stored, self._modes.graphics = self._modes.graphics, None
        if stored is None:
            self._complain(ReportKind.NOTHING_STORED, "graphics")
            return []
        return self._picture(stored)

    def _picture(self, image: Image.Image) -> list[Step]:
        """A picture as a line of its own, from the place that has been chosen; what is too wide is cut off."""
        if not self._buffer_empty():
            return []
        room = self._line.room
        if image.width > room:
            self._complain(ReportKind.TOO_WIDE, f"{image.width} dots on {room}")
            image = image.crop((0, 0, max(0, room), image.height))
        self._line.add(image)
        return self._print_line(0)

    def _print_line(self, feed: int) -> list[Step]:
        """The line as it stands, then paper, `feed` dots in all (more where the line is higher)."""
        rows = self._line.printed(self._width, self._modes.left, self._modes.justification)
        self.drop_line()
        return [*rows, *[bytes(self._width // 8)] * max(0, feed - len(rows))]

    def _area(self) -> int:
        room = self._width - self._modes.left
        return room if self._modes.area is None else min(self._modes.area, room)

    def _cell_width(self) -> int:
        return (self._modes.font.width + self._modes.spacing_after) * self._modes.across

    def _across(self, units: int) -> int:
        return round(units * DOTS_PER_INCH / self._modes.units_across)

    def _down(self, units: int) -> int:
        return round(units * DOTS_PER_INCH / self._modes.units_down)

    def _allowed(self, value: object, allowed: Container[object]) -> bool:
        if value in allowed:
            return True
        self._complain(ReportKind.BAD_PARAMETER, repr(value))
        return False

    def _at_line_start(self) -> bool:
        """Nothing stands in the line, and no place in it has been chosen."""
        return self._is_there_room(self._line.empty)

    def _buffer_empty(self) -> bool:
        """Nothing stands in the line."""
        return self._is_there_room(self._line.blank)

    def _is_there_room(self, room: bool) -> bool:
        if not room:
            self._complain(ReportKind.MISPLACED, "")
        return room


def _digit(n: int) -> int:
    """Small parameters may be a number or its digit."""
    return n - 48 if 48 <= n <= 57 else n


def _bitmap(width: int, height: int, data: bytes) -> Image.Image:
    return Image.frombytes("1", (width, height), data)


def _scaled(image: Image.Image, across: int, down: int) -> Image.Image:
    return image.resize((image.width * across, image.height * down), Image.Resampling.NEAREST)


def _column_picture(dots_high: int, across: int, data: bytes) -> Image.Image:
    """Columns from the left, each from the top: rows of a picture lying on its side."""
    columns = len(data) * 8 // dots_high
    if columns == 0:
        return Image.new("1", (0, dots_high), 0)
    upright = _bitmap(dots_high, columns, data).transpose(Image.Transpose.TRANSPOSE)
    return _scaled(upright, across, 24 // dots_high)
