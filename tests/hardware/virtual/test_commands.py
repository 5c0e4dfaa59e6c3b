"""Bytes become commands as the reference says, and nothing is guessed at."""

from dataclasses import replace

import pytest

from hardware.virtual.abilities import CUSTOM_PRESENTER, OLD_AND_NARROW, Abilities
from hardware.virtual.commands import (
    Columns,
    Command,
    Control,
    Cut,
    Incomplete,
    Measure,
    MotionUnits,
    Move,
    PrintGraphics,
    ProcessId,
    QrFunction,
    Raster,
    Realtime,
    Set,
    Setting,
    StoreGraphics,
    Symbol,
    TabStops,
    Text,
    Unknown,
    read,
)

KNOWN: list[tuple[bytes, Command]] = [
    (b"Loket 3", Text(b"Loket 3")),
    (b"\n", Control.LINE_FEED),
    (b"\r", Control.CARRIAGE_RETURN),
    (b"\t", Control.TAB),
    (b"\x1b@", Control.INITIALIZE),
    (b"\x1b2", Control.DEFAULT_SPACING),
    (b"\x1ba\x01", Set(Setting.JUSTIFY, 1)),
    (b"\x1b!\x38", Set(Setting.PRINT_MODE, 0x38)),
    (b"\x1bE\x01", Set(Setting.EMPHASIS, 1)),
    (b"\x1bG\x01", Set(Setting.DOUBLE_STRIKE, 1)),
    (b"\x1b-\x02", Set(Setting.UNDERLINE, 2)),
    (b"\x1bM\x01", Set(Setting.FONT, 1)),
    (b"\x1bt\x13", Set(Setting.CODE_TABLE, 19)),
    (b"\x1b3\x20", Set(Setting.LINE_SPACING, 32)),
    (b"\x1bd\x06", Set(Setting.FEED_LINES, 6)),
    (b"\x1bJ\xff", Set(Setting.FEED_UNITS, 255)),
    (b"\x1b \x02", Set(Setting.CHARACTER_SPACING, 2)),
    (b"\x1d!\x11", Set(Setting.CHARACTER_SIZE, 0x11)),
    (b"\x1dB\x01", Set(Setting.REVERSE, 1)),
    (b"\x1db\x01", Set(Setting.SMOOTHING, 1)),
    (b"\x1dr\x01", Set(Setting.TRANSMIT_STATUS, 1)),
    (b"\x1da\x0e", Set(Setting.AUTOMATIC_STATUS, 14)),
    (b"\x1b$\x0c\x01", Move(Measure.ABSOLUTE_POSITION, 268)),
    (b"\x1b\\\xff\xff", Move(Measure.RELATIVE_POSITION, 65535)),
    (b"\x1dL\x14\x00", Move(Measure.LEFT_MARGIN, 20)),
    (b"\x1dW\x18\x02", Move(Measure.AREA_WIDTH, 536)),
    (b"\x1bD\x08\x10\x00", TabStops((8, 16))),
    (b"\x1bD\x00", TabStops(())),
    (b"\x1bR\x02", Set(Setting.COUNTRY, 2)),
    (b"\x1dI\x43", Set(Setting.TRANSMIT_ID, 67)),
    (b"\x1d8L\x0b\x00\x00\x000p0\x01\x011\x08\x00\x01\x00\xaa", StoreGraphics(1, 1, 8, 1, b"\xaa")),
    (b"\x1dP\xcb\xcb", MotionUnits(203, 203)),
    (b"\x1dV\x00", Cut(None)),
    (b"\x1dV\x31", Cut(None)),
    (b"\x1dV\x41\x10", Cut(16)),
    (b"\x1dV\x42\x00", Cut(0)),
    (b"\x1d(k\x04\x001A2\x00", QrFunction(Symbol.MODEL, b"2\x00")),
    (b"\x1d(k\x03\x001C\x07", QrFunction(Symbol.MODULE, b"\x07")),
    (b"\x1d(k\x03\x001E1", QrFunction(Symbol.CORRECTION, b"1")),
    (b"\x1d(k\x06\x001P0abc", QrFunction(Symbol.STORE, b"0abc")),
    (b"\x1d(k\x03\x001Q0", QrFunction(Symbol.PRINT, b"0")),
    (b"\x1dv0\x00\x02\x00\x02\x00\xff\x00\x00\xff", Raster(1, 1, 2, b"\xff\x00\x00\xff")),
    (b"\x1dv0\x33\x01\x00\x01\x00\xf0", Raster(2, 2, 1, b"\xf0")),
    (b"\x1d(L\x0b\x000p0\x01\x021\x08\x00\x01\x00\xaa", StoreGraphics(1, 2, 8, 1, b"\xaa")),
    (b"\x1d(L\x02\x0002", PrintGraphics()),
    (b"\x1b*\x21\x01\x00\x01\x02\x03", Columns(24, 1, b"\x01\x02\x03")),
    (b"\x1b*\x00\x02\x00\x01\x02", Columns(8, 2, b"\x01\x02")),
    (b"\x1d(H\x06\x00000042", ProcessId(b"0042")),
    (b"\x10\x04\x01", Realtime()),
    (b"\x10\x05\x02", Realtime()),
    (b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08", Realtime()),
]

UNKNOWN = [
    pytest.param(b"\x1bp\x00\x19\xfa", b"", id="the drawer's pulse is no ticket's command"),
    pytest.param(b"\x1bc5\x01", b"", id="the buttons"),
    pytest.param(b"\x1dk\x04CODE39\0", b"", id="a bar code that ends with a NUL"),
    pytest.param(b"\x1dk\x49\x06{B1234", b"", id="a bar code that says its length"),
    pytest.param(b"\x1c.", b"", id="a command of Chinese printers"),
    pytest.param(b"\x1c(A\x02\x000\x00", b"", id="one of another family is stepped over whole"),
    pytest.param(b"\x1bx", b"", id="a command of nobody's"),
    pytest.param(b"\0" * 100, b"", id="a hundred NULs are one thing"),
    pytest.param(b"\x10\x04\x05", b"", id="a real-time status that there is none of"),
    pytest.param(b"\x10\x04\x07\x01", b"", id="the ink's status"),
    pytest.param(b"\x10\x04\x14", b"", id="the full status of a printer with a presenter"),
    pytest.param(b"\x10\x05\x03", b"", id="a request that there is none of"),
    pytest.param(b"\x10\x14\x01\x00\x05", b"", id="the drawer's pulse in real time"),
    pytest.param(b"\x10\x14\x07\x01", b"", id="a status by kind"),
    pytest.param(b"\x10\x14\x08", b"\x01\x03\x14\x01\x06\x02\x09", id="clearing with a slip"),
    pytest.param(b"\x1d(L\x02\x0000", b"", id="how much graphics memory is left"),
    pytest.param(b"\x1d(L\x04\x000122", b"", id="a density for graphics"),
    pytest.param(b"\x10", b"A", id="DLE before a text"),
    pytest.param(b"\x1dv0\x04\x01\x00\x01\x00", b"\xff", id="a raster mode that is none"),
    pytest.param(b"\x1dv0\x60\x01\x00\x01\x00", b"\xff", id="nor is this"),
    pytest.param(b"\x1dv0\x00\x00\x00\x01\x00", b"", id="a picture without a width"),
    pytest.param(b"\x1dv0\x00\x01\x01\x01\x00", b"", id="257 bytes a row"),
    pytest.param(b"\x1dv0\x00\x01\x00\x00\x09", b"", id="2304 rows"),
    pytest.param(b"\x1b*\x00\x00\x08", b"", id="2048 columns"),
    pytest.param(b"\x1d8X", b"", id="GS 8 X"),
    pytest.param(b"\x1dv1", b"", id="GS v 1"),
    pytest.param(b"\x1dV\x07", b"", id="a cut mode that is none"),
    pytest.param(b"\x1b*\x05", b"", id="a bit image mode that is none"),
    pytest.param(b"\x1d(k\x03\x000C\x05", b"PDF417 is stepped over whole", id="a symbol that is no QR code"),
    pytest.param(b"\x1d(H\x06\x0000\x01\x02\x03\x04", b"", id="a process id that is not printable"),
    pytest.param(b"\x1d(E\x02\x00\x03\x05", b"", id="a setting for the factory"),
    pytest.param(b"\x07", b"", id="a control code without a meaning"),
    pytest.param(b"\x1d(L\x0b\x000p0\x01\x011\x10\x00\x01\x00\xaa", b"", id="graphics shorter than they say"),
]


@pytest.mark.parametrize(("data", "command"), KNOWN, ids=lambda value: repr(value)[:40])
def test_a_command_is_read_whole(data: bytes, command: Command) -> None:
    assert read(data + b"\x1b@") == (command, len(data))


@pytest.mark.parametrize(
    ("data", "_command"),
    [known for known in KNOWN if not isinstance(known[1], Text)],
    ids=lambda value: repr(value)[:40],
)
def test_a_command_waits_for_its_last_byte(data: bytes, _command: Command) -> None:
    for end in range(1, len(data)):
        with pytest.raises(Incomplete):
            read(data[:end])


@pytest.mark.parametrize(("data", "after"), UNKNOWN)
def test_an_unknown_command_is_named_with_its_length(data: bytes, after: bytes) -> None:
    assert read(data + after) == (Unknown(), len(data))


def test_text_ends_where_a_control_code_begins() -> None:
    assert read(b"Sehari jadi\n14.30") == (Text(b"Sehari jadi"), 11)


@pytest.mark.parametrize(
    ("data", "columns", "length"),
    [
        (b"\x1bD\x10\x08\x00", (16,), 3),
        (b"\x1bD\x08\x08\x00", (8,), 3),
        (b"\x1bD" + bytes(range(1, 40)), tuple(range(1, 33)), 34),
    ],
)
def test_tab_stops_end_where_they_no_longer_rise_and_the_rest_is_ordinary_data(
    data: bytes, columns: tuple[int, ...], length: int
) -> None:
    assert read(data) == (TabStops(columns, ended_well=False), length)


GRAPHICS = b"\x1d(L\x0b\x000p0\x01\x011\x08\x00\x01\x00\xaa"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"\x1d(k\x03\x001C\x05", id="QR"),
        pytest.param(GRAPHICS, id="graphics"),
        pytest.param(b"\x1d(H\x06\x00000042", id="process id"),
    ],
)
def test_a_printer_that_has_one_of_the_family_steps_over_what_it_has_not(data: bytes) -> None:
    others = Abilities(process_id=False, qr_code=False, graphics=False)
    knowing = [
        replace(others, process_id=True),
        replace(others, qr_code=True),
        replace(others, graphics=True),
    ]
    read_so = [read(data, abilities) for abilities in knowing]
    assert [length for _, length in read_so] == [len(data)] * 3
    assert [command for command, _ in read_so].count(Unknown()) == 2


def test_a_printer_that_has_none_of_the_family_takes_the_rest_for_text() -> None:
    assert read(b"\x1d(k\x03\x001C\x05", OLD_AND_NARROW) == (Unknown(), 2)
    assert read(b"k\x03\x001C\x05", OLD_AND_NARROW) == (Text(b"k"), 1)


@pytest.mark.parametrize(
    "data", [b"\x1da\x0f", b"\x1d8L\x0b\x00\x00\x000p", b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"]
)
def test_an_old_printer_lacks_some_commands_altogether(data: bytes) -> None:
    assert read(data, OLD_AND_NARROW)[0] == Unknown()


def test_a_printer_with_a_presenter_has_a_full_status() -> None:
    assert read(b"\x10\x04\x14", CUSTOM_PRESENTER) == (Realtime(), 3)
