"""What the printer is told: ESC/POS bytes read into typed commands, one at a time.

Only commands that tickets use, after Epson's published reference; whatever else comes is an `Unknown`, with as
many bytes as belong to it by the reference, or as can be told. Executing them is `engine`'s part; real-time commands
have been executed on arrival (`realtime`), here they are only stepped over.
"""

import re
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from hardware.virtual import realtime
from hardware.virtual.abilities import EPSON, Abilities


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
    COUNTRY = b"\x1bR"
    CHARACTER_SIZE = b"\x1d!"
    REVERSE = b"\x1dB"
    SMOOTHING = b"\x1db"
    TRANSMIT_STATUS = b"\x1dr"
    TRANSMIT_ID = b"\x1dI"
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
    """ESC D; `ended_well` where a NUL ended the list, and not a stop that is out of order or one too many."""

    columns: tuple[int, ...]
    ended_well: bool = True


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


def read(buffer: bytes, abilities: Abilities = EPSON) -> tuple[Command, int]:
    """The command at the head of a buffer as such a printer reads it, and how many bytes it takes.

    Raises Incomplete when its end has not arrived.
    """
    first = _slice(buffer, 0, 1)
    if first[0] >= 0x20:
        text = _run(_PRINTABLE, buffer)
        return Text(text), len(text)
    if first in _ONE_BYTE:
        return Control(first), 1
    if first == b"\x10":
        return _realtime(buffer, abilities)
    if first in (b"\x1b", b"\x1d", b"\x1c"):
        return _escape(buffer, abilities)
    return Unknown(), len(_run(_MEANINGLESS, buffer))


def is_realtime(buffer: bytes, abilities: Abilities) -> bool:
    """Whether the buffer holds one real-time command and nothing else."""
    try:
        return read(buffer, abilities) == (Realtime(), len(buffer))
    except Incomplete:
        return False


_ONE_BYTE = frozenset(c.value for c in Control if len(c.value) == 1)
_TWO_BYTES: Mapping[bytes, Control] = {c.value: c for c in Control if len(c.value) == 2}
_SETTINGS: Mapping[bytes, Setting] = {s.value: s for s in Setting}
_MEASURES: Mapping[bytes, Measure] = {m.value: m for m in Measure}
_PRINTABLE = re.compile(rb"[\x20-\xff]+")
_MEANINGLESS = re.compile(rb"[\x00-\x08\x0b\x0c\x0e\x0f\x11-\x1a\x1e\x1f]+")


def _slice(buffer: bytes, at: int, count: int) -> bytes:
    if len(buffer) < at + count:
        raise Incomplete
    return buffer[at : at + count]


def _word(buffer: bytes, at: int) -> int:
    (value,) = struct.unpack("<H", _slice(buffer, at, 2))
    return int(value)


def _run(pattern: re.Pattern[bytes], buffer: bytes) -> bytes:
    found = pattern.match(buffer)
    assert found is not None
    return found[0]


def _realtime(buffer: bytes, abilities: Abilities) -> tuple[Command, int]:
    """DLE EOT, DLE ENQ, DLE DC4: the reference says how long even those are that no ticket needs."""
    kind, n = _slice(buffer, 1, 1), _slice(buffer, 2, 1) if buffer[1:2] in _REALTIME else b""
    match (kind, n):
        case (b"\x04", b"\x01" | b"\x02" | b"\x03" | b"\x04") | (b"\x05", b"\x01" | b"\x02"):
            return Realtime(), 3
        case (b"\x04", b"\x14") if abilities.presenter:
            return Realtime(), 3
        case (b"\x04", b"\x07" | b"\x08" | b"\x12"):  # ink, peeler, interface
            return Unknown(), len(_slice(buffer, 0, 4))
        case (b"\x14", b"\x08") if abilities.buffer_clear:
            if not realtime.CLEAR_BUFFERS.startswith(buffer[: len(realtime.CLEAR_BUFFERS)]):
                return Unknown(), 3
            return Realtime(), len(_slice(buffer, 0, len(realtime.CLEAR_BUFFERS)))
        case (b"\x14", b"\x01" | b"\x02"):  # pulse, power-off
            return Unknown(), len(_slice(buffer, 0, 5))
        case (b"\x14", b"\x07"):  # status by kind
            return Unknown(), len(_slice(buffer, 0, 4))
        case (_, b""):
            return Unknown(), 1
    return Unknown(), 3


_REALTIME = (b"\x04", b"\x05", b"\x14")


def _escape(buffer: bytes, abilities: Abilities) -> tuple[Command, int]:
    name = _slice(buffer, 0, 2)
    if name in _lacking(abilities):
        return Unknown(), 2
    if name in _TWO_BYTES:
        return _TWO_BYTES[name], 2
    if name in _SETTINGS:
        return Set(_SETTINGS[name], _slice(buffer, 2, 1)[0]), 3
    if name in _MEASURES:
        return Move(_MEASURES[name], _word(buffer, 2)), 4
    if name == _FAMILY:
        return _function(buffer, abilities)
    if name in _OTHER_FAMILIES:
        return Unknown(), len(_slice(buffer, 0, 5 + _word(buffer, 3)))
    if name in _OTHERS:
        return _OTHERS[name](buffer)
    if name in _UNUSED:
        return Unknown(), len(_slice(buffer, 0, 2 + _UNUSED[name]))
    return Unknown(), 2


def _lacking(abilities: Abilities) -> frozenset[bytes]:
    """The names of commands that such a printer takes for no command at all."""
    lacking = set()
    if not abilities.automatic_status:
        lacking.add(Setting.AUTOMATIC_STATUS.value)
    if not abilities.graphics:
        lacking.add(_LONG_GRAPHICS)
    if not (abilities.process_id or abilities.qr_code or abilities.graphics):
        lacking |= {_FAMILY, *_OTHER_FAMILIES}
    return frozenset(lacking)


_FAMILY = b"\x1d("
_OTHER_FAMILIES = (b"\x1b(", b"\x1c(")
_LONG_GRAPHICS = b"\x1d8"

# Commands of the reference that no ticket needs, and how many bytes follow their two.
_UNUSED: Mapping[bytes, int] = {
    **dict.fromkeys((b"\x1bS", b"\x1bL", b"\x1bi", b"\x1bm", b"\x1bu", b"\x1bv", b"\x1b\x0c"), 0),
    **dict.fromkeys((b"\x1b%", b"\x1b=", b"\x1b?", b"\x1bT", b"\x1bU", b"\x1bV", b"\x1b{", b"\x1be"), 1),
    **dict.fromkeys((b"\x1dH", b"\x1df", b"\x1dh", b"\x1dw", b"\x1dT", b"\x1d/", b"\x1dE"), 1),
    **dict.fromkeys((b"\x1bc", b"\x1d\\", b"\x1d$"), 2),
    **dict.fromkeys((b"\x1bp", b"\x1d^"), 3),
    b"\x1bW": 8,
    b"\x1d:": 0,
    **dict.fromkeys((b"\x1c.", b"\x1c&"), 0),
    **dict.fromkeys((b"\x1c!", b"\x1c-", b"\x1cC", b"\x1cW"), 1),
    **dict.fromkeys((b"\x1cS", b"\x1cp"), 2),
}


def _tab_stops(buffer: bytes) -> tuple[Command, int]:
    """ESC D n1 … nk NUL, at most 32, rising; what follows a stop that does not rise, or the last, is ordinary data."""
    columns: list[int] = []
    while True:
        column = _slice(buffer, 2 + len(columns), 1)[0]
        if column == 0:
            return TabStops(tuple(columns)), 3 + len(columns)
        if len(columns) == 32 or (columns and column <= columns[-1]):
            return TabStops(tuple(columns), ended_well=False), 2 + len(columns)
        columns.append(column)


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
    """GS v 0 m xL xH yL yH d1 … dk; out of range, the bytes after it are ordinary data."""
    if _slice(buffer, 2, 1) != b"0":
        return Unknown(), 3
    mode = _slice(buffer, 3, 1)[0]
    row_bytes, height = _word(buffer, 4), _word(buffer, 6)
    if mode not in _RASTER_MODES or not 1 <= row_bytes <= 256 or not 1 <= height <= 2303:
        return Unknown(), 8
    data = _slice(buffer, 8, row_bytes * height)
    across, down = _RASTER_MODES[mode]
    return Raster(across, down, row_bytes, data), 8 + len(data)


_RASTER_MODES: Mapping[int, tuple[int, int]] = {
    first + mode: (1 + (mode & 1), 1 + (mode >> 1)) for first in (0, 48) for mode in range(4)
}
_DENSITIES: Mapping[int, tuple[int, int]] = {0: (8, 2), 1: (8, 1), 32: (24, 2), 33: (24, 1)}


def _columns(buffer: bytes) -> tuple[Command, int]:
    """ESC * m nL nH d1 … dk."""
    mode = _slice(buffer, 2, 1)[0]
    if mode not in _DENSITIES:
        return Unknown(), 3
    count = _word(buffer, 3)
    if not 1 <= count <= 2047:
        return Unknown(), 5
    dots_high, across = _DENSITIES[mode]
    data = _slice(buffer, 5, count * dots_high // 8)
    return Columns(dots_high, across, data), 5 + len(data)


def _bar_code(buffer: bytes) -> tuple[Command, int]:
    """GS k m d1 … dk NUL, or GS k m n d1 … dn: no ticket has one."""
    if _slice(buffer, 2, 1)[0] >= 65:
        return Unknown(), len(_slice(buffer, 0, 4 + _slice(buffer, 3, 1)[0]))
    end = buffer.find(b"\0", 3)
    if end < 0:
        raise Incomplete
    return Unknown(), end + 1


def _function(buffer: bytes, abilities: Abilities) -> tuple[Command, int]:
    """GS ( X pL pH …: the length is in the command, so that even an unknown one is stepped over whole."""
    letter = _slice(buffer, 2, 1)
    body = _slice(buffer, 5, _word(buffer, 3))
    length = 5 + len(body)
    match letter:
        case b"k" if abilities.qr_code:
            return _qr(body), length
        case b"L" if abilities.graphics:
            return _graphics(body), length
        case b"H" if abilities.process_id:
            return _response(body), length
    return Unknown(), length


def _long_graphics(buffer: bytes) -> tuple[Command, int]:
    """GS 8 L p1 p2 p3 p4 …: as GS ( L, for pictures that are longer."""
    if _slice(buffer, 2, 1) != b"L":
        return Unknown(), 3
    (count,) = struct.unpack("<I", _slice(buffer, 3, 4))
    if not 2 <= count <= _LONGEST_GRAPHICS:
        return Unknown(), 7
    body = _slice(buffer, 7, count)
    return _graphics(body), 7 + len(body)


_LONGEST_GRAPHICS = 10 + 256 * 1662


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
            known = tone == 48 and colour == 49 and across in (1, 2) and down in (1, 2)
            if known and width <= 2047 and height * down <= 1662 and 0 < len(data) == -(-width // 8) * height:
                return StoreGraphics(across, down, width, height, data)
    return Unknown()


def _response(body: bytes) -> Command:
    """fn m d1 d2 d3 d4, fn = m = 48, each d printable."""
    if len(body) == 6 and body[:2] == b"00" and all(32 <= d <= 126 for d in body[2:]):
        return ProcessId(body[2:])
    return Unknown()


_OTHERS: Mapping[bytes, Callable[[bytes], tuple[Command, int]]] = {
    b"\x1bD": _tab_stops,
    b"\x1b*": _columns,
    b"\x1dP": _motion_units,
    b"\x1dV": _cut,
    b"\x1dv": _raster,
    b"\x1dk": _bar_code,
    _LONG_GRAPHICS: _long_graphics,
}
