"""What the printer is told: ESC/POS bytes read into typed commands, one at a time.

Only commands that tickets use, after Epson's published reference; whatever else comes is an `Unknown`, with as
many bytes as can be told to belong to it. Executing them is `engine`'s part; real-time commands have been executed
on arrival (`realtime`), here they are only stepped over.
"""

import itertools
import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum


@dataclass(frozen=True, slots=True)
class Text:
    data: bytes


class Control(Enum):
    LINE_FEED = b"\n"
    CARRIAGE_RETURN = b"\r"
    TAB = b"\t"
    INITIALIZE = b"\x1b@"
    DEFAULT_SPACING = b"\x1b2"


class Setting(Enum):
    """Commands of one byte's parameter."""

    JUSTIFY = b"\x1ba"
    PRINT_MODE = b"\x1b!"
    EMPHASIS = b"\x1bE"
    DOUBLE_STRIKE = b"\x1bG"
    UNDERLINE = b"\x1b-"
    FONT = b"\x1bM"
    CODE_TABLE = b"\x1bt"
    LINE_SPACING = b"\x1b3"
    FEED_LINES = b"\x1bd"
    FEED_UNITS = b"\x1bJ"
    CHARACTER_SPACING = b"\x1b "
    CHARACTER_SIZE = b"\x1d!"
    REVERSE = b"\x1dB"
    SMOOTHING = b"\x1db"
    TRANSMIT_STATUS = b"\x1dr"
    AUTOMATIC_STATUS = b"\x1da"


class Measure(Enum):
    """Commands of one 16-bit parameter."""

    ABSOLUTE_POSITION = b"\x1b$"
    RELATIVE_POSITION = b"\x1b\\"
    LEFT_MARGIN = b"\x1dL"
    AREA_WIDTH = b"\x1dW"


class Symbol(Enum):
    """GS ( k, cn = 49: the functions of the QR code."""

    MODEL = 65
    MODULE = 67
    CORRECTION = 69
    STORE = 80
    PRINT = 81


@dataclass(frozen=True, slots=True)
class Set:
    setting: Setting
    n: int


@dataclass(frozen=True, slots=True)
class Move:
    measure: Measure
    units: int


@dataclass(frozen=True, slots=True)
class TabStops:
    columns: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MotionUnits:
    """Units per inch; 0 is the printer's own."""

    across: int
    down: int


@dataclass(frozen=True, slots=True)
class Cut:
    """`feed` is None where the paper is cut as it lies, else feed to the cutter and this many units more."""

    feed: int | None


@dataclass(frozen=True, slots=True)
class QrFunction:
    symbol: Symbol
    data: bytes


@dataclass(frozen=True, slots=True)
class Raster:
    """GS v 0: rows of `row_bytes` bytes, each dot `across` wide and `down` high."""

    across: int
    down: int
    row_bytes: int
    data: bytes


@dataclass(frozen=True, slots=True)
class StoreGraphics:
    """GS ( L function 112."""

    across: int
    down: int
    width: int
    height: int
    data: bytes


@dataclass(frozen=True, slots=True)
class PrintGraphics:
    """GS ( L function 50."""


@dataclass(frozen=True, slots=True)
class Columns:
    """ESC *: a picture in the line, its columns of 8 or 24 dots each, from the left."""

    dots_high: int
    across: int
    data: bytes


@dataclass(frozen=True, slots=True)
class ProcessId:
    """GS ( H function 48."""

    number: bytes


@dataclass(frozen=True, slots=True)
class Realtime:
    """A real-time command met in its turn; it acted when it arrived."""


@dataclass(frozen=True, slots=True)
class Unknown:
    pass


Command = (
    Text
    | Control
    | Set
    | Move
    | TabStops
    | MotionUnits
    | Cut
    | QrFunction
    | Raster
    | StoreGraphics
    | PrintGraphics
    | Columns
    | ProcessId
    | Realtime
    | Unknown
)


class Incomplete(Exception):  # noqa: N818 - not an error: more bytes are needed
    """The command at the head of the buffer has not arrived whole."""


def read(buffer: bytes) -> tuple[Command, int]:
    """The command at the head of a buffer, and how many bytes it takes.

    Raises Incomplete when its end has not arrived.
    """
    first = _slice(buffer, 0, 1)
    if first[0] >= 0x20:
        return _text(buffer)
    if first in _ONE_BYTE:
        return Control(first), 1
    if first == b"\x10":
        return _realtime(buffer)
    if first in (b"\x1b", b"\x1d", b"\x1c"):
        return _escape(buffer)
    return Unknown(), 1


_ONE_BYTE = frozenset(c.value for c in Control if len(c.value) == 1)
_TWO_BYTES: Mapping[bytes, Control] = {c.value: c for c in Control if len(c.value) == 2}
_SETTINGS: Mapping[bytes, Setting] = {s.value: s for s in Setting}
_MEASURES: Mapping[bytes, Measure] = {m.value: m for m in Measure}
_REALTIME_LENGTH: Mapping[int, int] = {0x04: 3, 0x05: 3}
_PRINTABLE = re.compile(rb"[\x20-\xff]+")
_CLEAR_BUFFERS = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"


def _slice(buffer: bytes, at: int, count: int) -> bytes:
    if len(buffer) < at + count:
        raise Incomplete
    return buffer[at : at + count]


def _word(buffer: bytes, at: int) -> int:
    (value,) = struct.unpack("<H", _slice(buffer, at, 2))
    return int(value)


def _text(buffer: bytes) -> tuple[Command, int]:
    run = _PRINTABLE.match(buffer)
    assert run is not None
    return Text(run[0]), run.end()


def _realtime(buffer: bytes) -> tuple[Command, int]:
    kind = _slice(buffer, 1, 1)[0]
    if kind in _REALTIME_LENGTH:
        length = _REALTIME_LENGTH[kind]
        _slice(buffer, 0, length)
        return Realtime(), length
    if kind == 0x14:
        if _slice(buffer, 2, 1) == b"\x08":
            return (Realtime() if _slice(buffer, 0, 10) == _CLEAR_BUFFERS else Unknown()), 10
        return Unknown(), 3
    return Unknown(), 1


def _escape(buffer: bytes) -> tuple[Command, int]:
    name = _slice(buffer, 0, 2)
    if name in _TWO_BYTES:
        return _TWO_BYTES[name], 2
    if name in _SETTINGS:
        return Set(_SETTINGS[name], _slice(buffer, 2, 1)[0]), 3
    if name in _MEASURES:
        return Move(_MEASURES[name], _word(buffer, 2)), 4
    if name in _OTHERS:
        return _OTHERS[name](buffer)
    return Unknown(), 2


def _tab_stops(buffer: bytes) -> tuple[Command, int]:
    """ESC D n1 … nk NUL, at most 32, rising."""
    columns: list[int] = []
    while (column := _slice(buffer, 2 + len(columns), 1)[0]) and len(columns) < 32:
        columns.append(column)
    length = 2 + len(columns) + (1 if column == 0 else 0)
    rising = all(a < b for a, b in itertools.pairwise(columns))
    return (TabStops(tuple(columns)) if rising else Unknown()), length


def _motion_units(buffer: bytes) -> tuple[Command, int]:
    across, down = _slice(buffer, 2, 2)
    return MotionUnits(across, down), 4


def _cut(buffer: bytes) -> tuple[Command, int]:
    mode = _slice(buffer, 2, 1)[0]
    if mode in (0, 1, 48, 49):
        return Cut(None), 3
    if mode in (65, 66):
        return Cut(_slice(buffer, 3, 1)[0]), 4
    return Unknown(), 3


def _raster(buffer: bytes) -> tuple[Command, int]:
    """GS v 0 m xL xH yL yH d1 … dk."""
    if _slice(buffer, 2, 1) != b"0":
        return Unknown(), 3
    mode = _slice(buffer, 3, 1)[0] % 48
    row_bytes, height = _word(buffer, 4), _word(buffer, 6)
    data = _slice(buffer, 8, row_bytes * height)
    if mode > 3 or not data:
        return Unknown(), 8 + len(data)
    return Raster(1 + (mode & 1), 1 + (mode >> 1), row_bytes, data), 8 + len(data)


_DENSITIES: Mapping[int, tuple[int, int]] = {0: (8, 2), 1: (8, 1), 32: (24, 2), 33: (24, 1)}


def _columns(buffer: bytes) -> tuple[Command, int]:
    """ESC * m nL nH d1 … dk."""
    mode = _slice(buffer, 2, 1)[0]
    if mode not in _DENSITIES:
        return Unknown(), 3
    dots_high, across = _DENSITIES[mode]
    data = _slice(buffer, 5, _word(buffer, 3) * dots_high // 8)
    return Columns(dots_high, across, data), 5 + len(data)


def _function(buffer: bytes) -> tuple[Command, int]:
    """GS ( X pL pH …: the length is in the command, so that even an unknown one is stepped over whole."""
    letter = _slice(buffer, 2, 1)
    body = _slice(buffer, 5, _word(buffer, 3))
    length = 5 + len(body)
    known = _FUNCTIONS.get(letter)
    return (known(body) if known else Unknown()), length


def _qr(body: bytes) -> Command:
    """cn fn …, cn = 49 being the QR code."""
    symbols = {s.value: s for s in Symbol}
    if len(body) < 3 or body[0] != 49 or body[1] not in symbols:
        return Unknown()
    return QrFunction(symbols[body[1]], body[2:])


def _graphics(body: bytes) -> Command:
    """m fn …, m = 48: function 112 stores a picture of one colour, 50 prints it."""
    match body[:2]:
        case b"02" | b"0\x02" if len(body) == 2:
            return PrintGraphics()
        case b"0p" if len(body) >= 10:
            tone, across, down, colour, width, height = struct.unpack("<BBBBHH", body[2:10])
            data = body[10:]
            fits = len(data) == -(-width // 8) * height
            if tone == 48 and colour == 49 and across in (1, 2) and down in (1, 2) and fits:
                return StoreGraphics(across, down, width, height, data)
    return Unknown()


def _response(body: bytes) -> Command:
    """fn m d1 d2 d3 d4, fn = m = 48, each d printable."""
    if len(body) == 6 and body[:2] == b"00" and all(32 <= d <= 126 for d in body[2:]):
        return ProcessId(body[2:])
    return Unknown()


_FUNCTIONS: Mapping[bytes, Callable[[bytes], Command]] = {b"k": _qr, b"L": _graphics, b"H": _response}

_OTHERS: Mapping[bytes, Callable[[bytes], tuple[Command, int]]] = {
    b"\x1bD": _tab_stops,
    b"\x1b*": _columns,
    b"\x1dP": _motion_units,
    b"\x1dV": _cut,
    b"\x1dv": _raster,
    b"\x1d(": _function,
}
