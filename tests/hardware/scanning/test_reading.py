"""A scanner's bytes are cut into codes; what it puts around them is taken off, and what is none is dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hardware.connections.address import SerialAddress
from hardware.scanning.reading import LONGEST_SCAN, Dropped, ScanReader, code_in
from hardware.scanning.settings import ScannerSettings, line_of
from hardware.settings import DeviceSettingError

CODE = "https://antrean.example/t/AQMxNzQwMTAw"


@pytest.mark.parametrize("end", [b"\r", b"\n", b"\r\n"])
def test_codes_end_with_what_the_scanner_is_set_to(end: bytes) -> None:
    reader = ScanReader()
    assert reader.feed(CODE.encode() + end + b"OTHER" + end) == [CODE, "OTHER"]
    assert not reader.holds


def test_a_scanner_that_ends_nothing_is_understood_by_its_silence() -> None:
    reader = ScanReader()
    assert reader.feed(CODE[:7].encode()) == []
    assert reader.feed(CODE[7:].encode()) == []
    assert reader.quiet() == [CODE]


def test_start_and_end_of_text_are_no_part_of_it() -> None:
    assert ScanReader().feed(b"\x02" + CODE.encode() + b"\x03\r") == [CODE]


def told(scans: list[str | Dropped]) -> list[str]:
    return [str(scan) for scan in scans if isinstance(scan, Dropped)]


def test_what_is_too_long_is_dropped_to_its_end() -> None:
    reader = ScanReader()
    scans = reader.feed(b"x" * (LONGEST_SCAN + 1) + b"\r" + CODE.encode() + b"\r")
    assert told(scans) == ["more than 200 characters"]
    assert scans[1:] == [CODE]
    assert reader.feed(b"x" * LONGEST_SCAN + b"\r") == ["x" * LONGEST_SCAN]


def test_garbage_is_dropped_and_not_repeated_in_words() -> None:
    reader = ScanReader()
    scans = reader.feed(b"\xff\x00secret\r" + CODE.encode() + b"\r")
    assert told(scans) == ["8 bytes that are no text"]
    assert scans[1:] == [CODE]


@given(st.lists(st.binary(max_size=300), max_size=8))
def test_whatever_comes_scans_are_text_of_ours_at_most(pieces: list[bytes]) -> None:
    reader = ScanReader()
    scans = [scan for piece in pieces for scan in reader.feed(piece)] + reader.quiet()
    assert all(0 < len(scan) <= LONGEST_SCAN and scan.isascii() for scan in scans if isinstance(scan, str))
    assert not reader.holds


@given(
    st.text("abcXYZ019-_./:", min_size=1, max_size=80), st.integers(1, 9), st.sampled_from(["\r", "\n", ""])
)
def test_in_whatever_pieces_a_code_comes_it_is_the_same(code: str, size: int, end: str) -> None:
    reader, sent = ScanReader(), f"{code}{end}".encode()
    scans: list[str | Dropped] = []
    for at in range(0, len(sent), size):
        scans += reader.feed(sent[at : at + size])
    assert [*scans, *reader.quiet()] == [code]


@pytest.mark.parametrize(
    ("scanned", "prefix", "suffix"),
    [
        (CODE, "", ""),
        (f" {CODE}\t", "", ""),
        (f"]Q1{CODE}", "", ""),
        (f"~{CODE}#!", "~", "#!"),
        (f"~]Q3{CODE}#!", "~", "#!"),
        (CODE, "~", "#!"),
    ],
)
def test_what_a_scanner_puts_around_a_code_is_taken_off(scanned: str, prefix: str, suffix: str) -> None:
    assert code_in(scanned, prefix, suffix) == CODE


def test_a_scanner_has_a_line_where_its_settings_name_one() -> None:
    assert line_of(ScannerSettings()) is None
    named = ScannerSettings("serial:///dev/ttyACM0?baud=115200")
    assert line_of(named) == SerialAddress("/dev/ttyACM0", 115200)


@pytest.mark.parametrize(
    "address", ["/dev/ttyACM0", "tcp://127.0.0.1:9100", "serial://", "serial:///dev/x?baud=7"]
)
def test_what_names_no_line_is_refused(address: str) -> None:
    with pytest.raises(DeviceSettingError) as refused:
        line_of(ScannerSettings(address))
    assert refused.value.where == address
