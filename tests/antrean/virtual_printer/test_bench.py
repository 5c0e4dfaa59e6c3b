"""What hands do to the printer, what the printer then answers, and what comes out of it."""

import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from antrean.virtual_printer.bench import Act, Bench
from hardware.virtual.abilities import CUSTOM_PRESENTER
from hardware.virtual.interpreter import ReportKind
from hardware.virtual.paper import WIDTH_80MM, Ending
from tests.antrean.virtual_printer.conftest import NOW
from tests.support.waiting import PATIENCE_SECONDS, wait_until

ASK = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
CUT = b"\x1dV\x42\x00"
Host = Callable[[], socket.socket]


def answered(host: socket.socket, asked: bytes = ASK, count: int = 4) -> bytes:
    host.sendall(asked)
    data = b""
    while len(data) < count:
        data += host.recv(count - len(data))
    return data


WELL = b"\x12\x12\x12\x12"


@pytest.mark.parametrize(
    ("act", "answer"),
    [
        (Act.PAPER, b"\x1a\x32\x12\x7e"),
        (Act.NEAR_END, b"\x12\x12\x12\x1e"),
        (Act.COVER, b"\x1a\x16\x12\x12"),
        (Act.HEAT, b"\x1a\x52\x52\x12"),
        (Act.UPSIDE_DOWN, WELL),
        (Act.CUTTER, WELL),
        (Act.SPEED, WELL),
    ],
)
def test_what_hands_do_is_answered_and_can_be_undone(
    running: Bench, host: Host, act: Act, answer: bytes
) -> None:
    line = host()
    running.do(act)
    assert answered(line) == answer
    assert not running.look().is_well
    running.do(act)
    assert answered(line) == WELL
    assert running.look().is_well


def test_a_switched_off_printer_lets_its_program_go(running: Bench, host: Host) -> None:
    line = host()
    answered(line)
    running.do(Act.POWER)
    assert line.recv(1) == b""
    assert not running.look().on
    running.do(Act.POWER)
    assert answered(host()) == WELL


def test_an_unplugged_cable_ends_the_line_and_nobody_gets_through(running: Bench, host: Host) -> None:
    line = host()
    answered(line)
    running.do(Act.CABLE)
    assert line.recv(1) == b""
    with pytest.raises(ConnectionRefusedError):
        host()
    running.do(Act.CABLE)
    assert answered(host()) == WELL


def test_a_cable_whose_place_was_taken_stays_out(running: Bench) -> None:
    running.do(Act.CABLE)
    with socket.create_server(running.address):
        running.do(Act.CABLE)
        assert not running.look().plugged_in
    running.do(Act.CABLE)
    assert running.look().plugged_in


def test_lost_answers_are_lost_for_good(running: Bench, host: Host) -> None:
    line = host()
    running.do(Act.ANSWERS)
    line.sendall(b"\x10\x04\x04" + b"A\n" + CUT)
    wait_until(lambda: running.look() is not None and len(running.pieces) == 1)
    running.do(Act.ANSWERS)
    assert answered(line, b"\x10\x04\x01", 1) == b"\x12"


def test_a_paper_is_kept_and_told_with_its_file_and_end(running: Bench, host: Host) -> None:
    host().sendall(b"A\n" + CUT + b"B\n")
    wait_until(lambda: running.look().rows_out == 30 and len(running.pieces) == 1)
    assert running.hanging_out is not None
    running.do(Act.TEAR_OFF)
    running.look()
    assert [(piece.ending, piece.file.name, piece.file.exists()) for piece in running.pieces] == [
        (Ending.CUT, "0001.png", True),
        (Ending.TORN, "0002.png", True),
    ]
    assert running.hanging_out is None


def test_a_presenter_holds_a_ticket_until_hands_take_it(tmp_path: Path) -> None:
    bench = Bench("127.0.0.1", 0, tmp_path, WIDTH_80MM, lambda: NOW, CUSTOM_PRESENTER)
    bench.start()
    try:
        with socket.create_connection(bench.address, timeout=PATIENCE_SECONDS) as line:
            line.sendall(b"A\n" + CUT)
            wait_until(lambda: bench.look().ticket_waits)
            assert bench.look().is_well
            assert answered(line, b"\x10\x04\x14", 6)[2] == 0x20
            bench.do(Act.TEAR_OFF)
            assert answered(line, b"\x10\x04\x14", 6)[2] == 0
            assert not bench.look().ticket_waits
    finally:
        bench.stop()


def test_a_jam_is_freed_and_the_error_put_right(running: Bench, host: Host) -> None:
    running.do(Act.CUTTER)
    line = host()
    line.sendall(b"A\n" + CUT)
    wait_until(lambda: running.look().cutter_error)
    running.do(Act.CUTTER)
    assert running.look().cutter_error
    running.do(Act.ALL_WELL)
    assert running.look().is_well


def test_everything_is_put_right_at_once(running: Bench, host: Host) -> None:
    for act in (Act.UPSIDE_DOWN, Act.COVER, Act.HEAT, Act.SPEED, Act.ANSWERS, Act.CABLE, Act.POWER):
        running.do(act)
    running.do(Act.ALL_WELL)
    assert running.look().is_well
    assert answered(host()) == WELL


def test_what_it_does_not_obey_is_told(running: Bench, host: Host) -> None:
    host().sendall(b"\x1bp\x00\x19\xfa")
    wait_until(lambda: running.look() is not None and len(running.reports) == 1)
    assert running.reports[0].report.kind is ReportKind.UNKNOWN_COMMAND
