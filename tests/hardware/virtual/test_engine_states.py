"""What the virtual printer answers, when it stops, and what it forgets; bits as in Epson's reference."""

from collections.abc import Callable

import pytest

from hardware.virtual.engine import Engine
from hardware.virtual.paper import Ending, Paper

ASK = b"\x10\x04\x01\x10\x04\x02\x10\x04\x03\x10\x04\x04"
CUT = b"\x1dV\x42\x00"
CLEAR = b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08"
PROCESS_ID = b"\x1d(H\x06\x00000042"
PROCESSED = b"\x37\x220042\x00"
AUTOMATIC_STATUS = b"\x1da\x0e"
Act = Callable[[Engine], None]


class Desk:
    """A printer, what it printed, and what it said."""

    def __init__(self) -> None:
        self.pieces: list[Paper] = []
        self.printer = Engine(self.pieces.append)

    def send(self, data: bytes) -> bytes:
        """Send, let it print all that it can, and return what it answers."""
        self.printer.receive(data)
        self.printer.work()
        return self.printer.answers()

    def answers_after(self, act: Act) -> bytes:
        act(self.printer)
        self.printer.work()
        return self.printer.answers()


@pytest.fixture
def desk() -> Desk:
    return Desk()


def jam(engine: Engine) -> None:
    """A cut meets a jam."""
    engine.jam_cutter()
    engine.receive(b"A\n" + CUT)
    engine.work()


@pytest.mark.parametrize(
    ("act", "answers"),
    [
        pytest.param(lambda _: None, b"\x12\x12\x12\x12", id="all well"),
        pytest.param(Engine.take_out_paper, b"\x1a\x32\x12\x7e", id="paper out"),
        pytest.param(Engine.open_cover, b"\x1a\x16\x12\x12", id="cover open"),
        pytest.param(Engine.let_paper_near_its_end, b"\x12\x12\x12\x1e", id="paper near its end"),
        pytest.param(Engine.hold_offline, b"\x1a\x12\x12\x12", id="held off line"),
        pytest.param(jam, b"\x1a\x52\x1a\x12", id="cutter error"),
    ],
)
def test_it_tells_its_state_in_real_time(desk: Desk, act: Act, answers: bytes) -> None:
    act(desk.printer)
    assert desk.send(ASK) == answers


@pytest.mark.parametrize(
    ("act", "status"),
    [
        pytest.param(Engine.take_out_paper, b"\x1c\x00\x0f\x0f", id="paper out"),
        pytest.param(Engine.open_cover, b"\x3c\x00\x00\x0f", id="cover open"),
        pytest.param(Engine.let_paper_near_its_end, b"\x14\x00\x03\x0f", id="paper near its end"),
        pytest.param(jam, b"\x1c\x08\x00\x0f", id="cutter error"),
    ],
)
def test_automatic_status_tells_each_change_unasked(desk: Desk, act: Act, status: bytes) -> None:
    assert desk.send(AUTOMATIC_STATUS) == b"\x14\x00\x00\x0f"
    assert desk.answers_after(act) == status
    assert desk.answers_after(lambda _: None) == b""


def test_automatic_status_tells_only_what_was_asked_for(desk: Desk) -> None:
    desk.send(b"\x1da\x08")
    assert desk.answers_after(Engine.open_cover) == b""
    assert desk.answers_after(Engine.let_paper_near_its_end) == b"\x3c\x00\x03\x0f"


def test_initialize_ends_automatic_status(desk: Desk) -> None:
    desk.send(AUTOMATIC_STATUS + b"\x1b@")
    assert desk.answers_after(Engine.open_cover) == b""


def test_transmit_status_waits_its_turn_and_is_silent_off_line(desk: Desk) -> None:
    assert desk.send(b"\x1dr\x01") == b"\x00"
    desk.printer.let_paper_near_its_end()
    assert desk.send(b"\x1dr\x01") == b"\x03"
    desk.printer.take_out_paper()
    assert desk.send(b"\x1dr\x01") == b""


def test_the_process_id_is_answered_once_all_before_it_is_printed(desk: Desk) -> None:
    desk.printer.receive(b"A\n" + PROCESS_ID)
    assert desk.printer.work(29) == 29
    assert desk.printer.answers() == b""
    assert desk.printer.work() == 1
    assert desk.printer.answers() == PROCESSED


def test_paper_that_ends_in_mid_line_stops_it_there(desk: Desk) -> None:
    desk.printer.let_paper_run_out_after(40)
    assert desk.send(b"A\n" * 3 + CUT + PROCESS_ID) == b""
    assert desk.pieces == []
    desk.printer.load_paper()
    assert [(piece.ending, piece.image.height) for piece in desk.pieces] == [(Ending.TORN, 40)]
    desk.printer.work()
    assert [(piece.ending, piece.image.height) for piece in desk.pieces[1:]] == [(Ending.CUT, 50)]
    assert desk.printer.answers() == PROCESSED


def test_an_open_cover_holds_the_rest_back(desk: Desk) -> None:
    desk.printer.receive(b"A\n" + CUT)
    desk.printer.work(10)
    desk.printer.open_cover()
    assert desk.printer.work() == 0
    desk.printer.close_cover()
    assert desk.printer.work() == 20
    assert len(desk.pieces) == 1


def test_a_jammed_cutter_cuts_once_it_is_freed_and_the_host_recovers(desk: Desk) -> None:
    jam(desk.printer)
    desk.send(b"\x10\x05\x01")
    assert desk.pieces == []
    desk.printer.free_cutter()
    desk.send(b"\x10\x05\x01")
    assert len(desk.pieces) == 1


def test_recovery_after_clearing_drops_what_was_buffered(desk: Desk) -> None:
    jam(desk.printer)
    desk.printer.free_cutter()
    assert desk.send(PROCESS_ID + b"\x10\x05\x02") == b""
    assert desk.send(b"\x10\x04\x01") == b"\x12"
    desk.send(CUT)
    assert [piece.raw_bytes for piece in desk.pieces] == [b"A\n" + CUT + CUT]


def test_recovery_without_an_error_is_ignored(desk: Desk) -> None:
    desk.printer.hold_offline()
    desk.send(b"A\n" + CUT + b"\x10\x05\x02")
    desk.printer.let_online()
    desk.printer.work()
    assert len(desk.pieces) == 1


def test_clearing_the_buffers_is_confirmed_and_what_follows_is_printed(desk: Desk) -> None:
    desk.printer.open_cover()
    assert desk.send(b"lost\n" + CUT + PROCESS_ID + CLEAR + b"kept\n" + CUT) == b"\x37\x25\x00"
    desk.printer.close_cover()
    desk.printer.work()
    assert [piece.raw_bytes for piece in desk.pieces] == [b"kept\n" + CUT]


def test_switching_off_loses_what_was_buffered_but_not_what_is_on_paper(desk: Desk) -> None:
    desk.printer.receive(AUTOMATIC_STATUS + b"A\n" * 10 + CUT)
    desk.printer.work(45)
    desk.printer.switch_off()
    assert desk.send(ASK) == b""
    desk.printer.switch_on()
    assert desk.answers_after(Engine.let_paper_near_its_end) == b""
    desk.send(b"B\n" + CUT)
    assert [piece.image.height for piece in desk.pieces] == [75]


def test_bytes_that_read_as_a_real_time_command_act_as_one_even_in_a_picture(desk: Desk) -> None:
    assert desk.send(b"\x1dv0\x00\x03\x00\x01\x00\x10\x04\x01") == b"\x12"


@pytest.mark.parametrize("split", range(1, len(CLEAR)))
def test_a_real_time_command_may_arrive_in_pieces(desk: Desk, split: int) -> None:
    desk.printer.receive(b"A" + CLEAR[:split])
    assert desk.printer.answers() == b""
    desk.printer.receive(CLEAR[split:])
    assert desk.printer.answers() == b"\x37\x25\x00"


def test_the_receive_buffer_has_an_end(desk: Desk) -> None:
    desk.printer.open_cover()
    desk.printer.receive(b"A" * 65536)
    assert desk.printer.room == 0
