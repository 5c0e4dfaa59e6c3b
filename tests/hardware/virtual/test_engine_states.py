"""What the virtual printer answers, when it stops, and what it forgets; bits as in Epson's reference."""

from collections.abc import Callable

import pytest

from hardware.virtual.abilities import CUSTOM_PRESENTER, OLD_AND_NARROW, Abilities
from hardware.virtual.engine import Engine
from hardware.virtual.interpreter import ReportKind
from hardware.virtual.paper import HEAD_TO_CUTTER_DOTS, WIDTH_58MM, Ending, Paper

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
        pytest.param(Engine.overheat, b"\x1a\x52\x52\x12", id="overheated"),
        pytest.param(Engine.break_down, b"\x1a\x52\x32\x12", id="broken"),
        pytest.param(
            Engine.load_paper_upside_down, b"\x12\x12\x12\x12", id="paper upside down: all seems well"
        ),
    ],
)
def test_it_tells_its_state_in_real_time(desk: Desk, act: Act, answers: bytes) -> None:
    act(desk.printer)
    assert desk.send(ASK) == answers


@pytest.mark.parametrize(
    ("act", "status"),
    [
        pytest.param(Engine.take_out_paper, b"\x18\x00\x0f\x0f", id="paper out"),
        pytest.param(Engine.open_cover, b"\x38\x00\x00\x0f", id="cover open"),
        pytest.param(Engine.let_paper_near_its_end, b"\x10\x00\x03\x0f", id="paper near its end"),
        pytest.param(jam, b"\x18\x08\x00\x0f", id="cutter error"),
        pytest.param(Engine.overheat, b"\x18\x40\x00\x0f", id="overheated"),
        pytest.param(Engine.break_down, b"\x18\x20\x00\x0f", id="broken"),
    ],
)
def test_automatic_status_tells_each_change_unasked(desk: Desk, act: Act, status: bytes) -> None:
    assert desk.send(AUTOMATIC_STATUS) == b"\x10\x00\x00\x0f"
    assert desk.answers_after(act) == status
    assert desk.answers_after(lambda _: None) == b""


ONLINE, ERROR, PAPER = 0x02, 0x04, 0x08


@pytest.mark.parametrize(
    ("act", "told_for"),
    [
        pytest.param(Engine.open_cover, ONLINE, id="a cover"),
        pytest.param(Engine.hold_offline, ONLINE, id="the button"),
        pytest.param(jam, ONLINE | ERROR, id="a cutter"),
        pytest.param(Engine.overheat, ONLINE | ERROR, id="a hot head"),
        pytest.param(Engine.let_paper_near_its_end, PAPER, id="paper near its end"),
        pytest.param(Engine.take_out_paper, ONLINE | PAPER, id="paper"),
        pytest.param(Engine.load_paper_upside_down, 0, id="paper upside down"),
    ],
)
@pytest.mark.parametrize("bit", range(8))
def test_automatic_status_tells_only_what_was_asked_for(
    desk: Desk, act: Act, told_for: int, bit: int
) -> None:
    asked = 1 << bit
    assert len(desk.send(bytes((0x1D, 0x61, asked)))) == (4 if asked & 0x4F else 0)
    assert len(desk.answers_after(act)) == (4 if asked & told_for else 0)


def test_what_was_not_asked_for_is_told_along_with_what_was(desk: Desk) -> None:
    desk.send(b"\x1da\x08")
    assert desk.answers_after(Engine.open_cover) == b""
    assert desk.answers_after(Engine.let_paper_near_its_end) == b"\x38\x00\x03\x0f"


def test_automatic_status_can_be_ended(desk: Desk) -> None:
    desk.send(AUTOMATIC_STATUS)
    assert desk.send(b"\x1da\x00") == b""
    assert desk.answers_after(Engine.open_cover) == b""


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


def test_paper_may_end_on_its_way_to_the_cutter(desk: Desk) -> None:
    desk.printer.let_paper_run_out_after(40)
    desk.send(b"A\n\x1dV\x42\x64")
    assert (desk.pieces, desk.printer.rows_hanging_out) == ([], 40)
    desk.printer.load_paper()
    desk.printer.work()
    assert [(piece.ending, piece.image.height) for piece in desk.pieces] == [
        (Ending.TORN, 40),
        (Ending.CUT, 90),
    ]


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


def test_a_hot_head_goes_on_by_itself_and_not_because_it_is_asked_to(desk: Desk) -> None:
    desk.printer.receive(b"A\n" + CUT)
    desk.printer.work(10)
    desk.printer.overheat()
    assert desk.printer.work() == 0
    desk.send(b"\x10\x05\x01")
    assert desk.pieces == []
    assert [report.kind for report in desk.printer.reports] == [ReportKind.NOTHING_TO_RECOVER]
    desk.printer.cool_down()
    assert desk.printer.work() == 20
    assert len(desk.pieces) == 1


def test_what_is_broken_stays_so_until_it_is_mended(desk: Desk) -> None:
    desk.printer.break_down()
    desk.printer.switch_off()
    desk.printer.switch_on()
    assert desk.send(b"A\n" + CUT + b"\x10\x04\x03") == b"\x32"
    assert desk.pieces == []
    desk.printer.repair()
    desk.printer.work()
    assert len(desk.pieces) == 1


def test_paper_put_in_upside_down_comes_out_white_and_is_confirmed(desk: Desk) -> None:
    desk.printer.load_paper_upside_down()
    assert desk.send(b"A\n" + CUT + PROCESS_ID) == PROCESSED
    assert desk.pieces[0].image.getextrema() == (255, 255)
    desk.printer.load_paper()
    desk.send(b"A\n" + CUT)
    assert desk.pieces[1].image.getextrema() == (0, 255)


def test_what_hangs_out_can_be_torn_off(desk: Desk) -> None:
    desk.send(b"A\n")
    desk.printer.tear_off()
    desk.printer.tear_off()
    assert [(piece.ending, piece.image.height) for piece in desk.pieces] == [(Ending.TORN, 30)]


def test_a_status_in_the_buffer_s_turn_tells_of_the_drawer_too(desk: Desk) -> None:
    assert desk.send(b"\x1dr\x02\x1dr1\x1dr2") == b"\x00\x00\x00"


def test_it_says_who_it_is(desk: Desk) -> None:
    assert desk.send(b"\x1dI\x42\x1dI\x43") == b"\x5fEPSON\x00\x5fTM-T20II\x00"
    assert len(desk.send(b"\x1dI\x01\x1dI2")) == 2


def test_a_picture_larger_than_the_buffer_is_taken_in_bit_by_bit() -> None:
    pieces: list[Paper] = []
    printer = Engine(pieces.append, abilities=Abilities(receive_buffer_bytes=1024))
    page = b"\x1dv0\x00\x48\x00\xc8\x00" + b"\xaa" * 72 * 200 + CUT
    sent = 0
    while sent < len(page):
        room = printer.room
        assert room > 0
        printer.receive(page[sent : sent + room])
        sent += room
        printer.work()
    assert [piece.image.height for piece in pieces] == [200]


def test_with_the_cover_open_it_takes_no_more_of_a_picture_than_the_buffer_holds() -> None:
    printer = Engine(lambda _: None, abilities=Abilities(receive_buffer_bytes=1024))
    printer.receive(b"\x1dv0\x00\x48\x00\xc8\x00" + b"\xaa" * 1500)
    assert printer.room == 1024
    printer.open_cover()
    assert printer.room == 0


class Kiosk(Desk):
    """A printer that presents its tickets."""

    def __init__(self) -> None:
        super().__init__()
        self.printer = Engine(self.pieces.append, abilities=CUSTOM_PRESENTER)


@pytest.mark.parametrize(
    ("act", "status"),
    [
        pytest.param(lambda _: None, b"\x00\x00\x00\x00", id="all well"),
        pytest.param(Engine.take_out_paper, b"\x05\x00\x00\x00", id="paper out"),
        pytest.param(Engine.let_paper_near_its_end, b"\x04\x00\x00\x00", id="paper near its end"),
        pytest.param(Engine.open_cover, b"\x00\x02\x00\x00", id="cover open"),
        pytest.param(Engine.overheat, b"\x00\x00\x01\x00", id="overheated"),
        pytest.param(jam, b"\x00\x00\x00\x01", id="cutter error"),
        pytest.param(Engine.break_down, b"\x00\x00\x00\x04", id="broken"),
    ],
)
def test_a_printer_with_a_presenter_tells_all_at_once(act: Act, status: bytes) -> None:
    kiosk = Kiosk()
    act(kiosk.printer)
    assert kiosk.send(b"\x10\x04\x14") == b"\x10\x0f" + status


def test_it_tells_of_a_ticket_that_nobody_has_taken() -> None:
    kiosk = Kiosk()
    kiosk.send(b"A\n" + CUT)
    assert kiosk.send(b"\x10\x04\x14") == b"\x10\x0f\x20\x00\x00\x00"
    kiosk.printer.take_ticket()
    assert kiosk.send(b"\x10\x04\x14") == b"\x10\x0f\x00\x00\x00\x00"


def test_a_printer_without_a_presenter_does_not_answer_for_one(desk: Desk) -> None:
    assert desk.send(b"\x10\x04\x14") == b""
    assert [report.kind for report in desk.printer.reports] == [ReportKind.UNKNOWN_COMMAND]


def test_an_old_printer_answers_little_and_prints_what_it_does_not_know_as_rubbish() -> None:
    pieces: list[Paper] = []
    printer = Engine(pieces.append, WIDTH_58MM, OLD_AND_NARROW)
    printer.receive(AUTOMATIC_STATUS + b"A\n" + CUT + PROCESS_ID + CLEAR + b"\x1dr\x01\x10\x04\x01")
    printer.work()
    assert printer.answers() == b"\x12\x00"
    assert pieces == []
    printer.tear_off()
    kinds = [report.kind for report in printer.reports]
    assert kinds.count(ReportKind.NO_CUTTER) == 1
    assert kinds.count(ReportKind.UNKNOWN_COMMAND) >= 3
    assert pieces[0].image.height == 30 + HEAD_TO_CUTTER_DOTS
