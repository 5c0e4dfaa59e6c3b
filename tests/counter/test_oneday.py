"""The one-day board: late first, then soon, then the others, and what is ready."""

from broker.domain import commands as c
from broker.domain.values import ApplicationId, Stage
from counter.desk import Number
from counter.oneday import Group, board_of
from tests.support import sample
from tests.support.morning import ONE, Morning


def accepted(morning: Morning, service: str) -> ApplicationId:
    morning.take("A", service)
    ticket = morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, service)
    morning.clerk("sri", c.CompleteTicket(ticket))
    return application


def opened() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def test_an_application_is_late_once_its_promise_has_passed_and_soon_half_an_hour_before() -> None:
    morning = opened()
    accepted(morning, sample.JOBSEEKER)  # promised for 9.30
    for hour, minute, group, left in (
        (8, 59, Group.ON_TIME, 31),
        (9, 0, Group.SOON, 30),
        (9, 29, Group.SOON, 1),
        (9, 30, Group.LATE, 0),
        (9, 55, Group.LATE, -25),
    ):
        (line,) = board_of(morning.state, sample.at(hour, minute)).lines
        assert (line.group, line.minutes_left) == (group, left)


def test_the_board_is_in_the_order_of_the_promises_with_the_late_ones_first() -> None:
    morning = opened()
    accepted(morning, sample.MICRO_BUSINESS)  # 11.30
    accepted(morning, sample.JOBSEEKER)  # 9.30
    morning.advance(minutes=60)
    ready = accepted(morning, sample.JOBSEEKER)  # 10.30
    morning.clerk("sri", c.MarkComplete(ready))
    board = board_of(morning.state, sample.at(9, 40))
    assert [(group, [line.file.number.digits for line in lines]) for group, lines in board.grouped()] == [
        (Group.LATE, ["002"]),
        (Group.ON_TIME, ["001"]),
        (Group.READY, ["003"]),
    ]


def test_what_carries_no_promise_stands_below_those_in_process_until_it_is_ready() -> None:
    morning = opened()
    morning.take("B", sample.DOCTOR)
    ticket = morning.serving("sri", ONE)
    doctor = morning.accept("sri", ticket, sample.DOCTOR)
    morning.clerk("sri", c.CompleteTicket(ticket))
    accepted(morning, sample.JOBSEEKER)
    assert [line.group for line in board_of(morning.state, morning.now).lines] == [
        Group.ON_TIME,
        Group.NO_PROMISE,
    ]
    morning.clerk("dewi", c.MarkComplete(doctor))
    assert [line.group for line in board_of(morning.state, morning.now).lines] == [Group.ON_TIME, Group.READY]


def test_a_file_goes_through_the_stages_of_its_service_and_is_ready_before_the_hand_over() -> None:
    morning = opened()
    application = accepted(morning, sample.JOBSEEKER)

    def way() -> tuple[Stage, int, int, Stage | None]:
        (line,) = board_of(morning.state, morning.now).lines
        assert line.way is not None
        return line.way.stage, line.way.place, line.way.stages, line.way.onward

    assert way() == (Stage.RECEIVED, 1, 3, Stage.PRINT_AND_SIGNATURE)
    morning.clerk("dewi", c.AdvanceApplication(application, Stage.PRINT_AND_SIGNATURE))
    assert way() == (Stage.PRINT_AND_SIGNATURE, 2, 3, None)
    morning.clerk("dewi", c.MarkComplete(application))
    assert way() == (Stage.HAND_OVER, 3, 3, None)


def test_a_service_without_stages_has_no_way() -> None:
    morning = Morning(services=sample.services(sample.JOBSEEKER, stages=()))
    morning.clerk("sri", c.OpenCounter(ONE))
    accepted(morning, sample.JOBSEEKER)
    (line,) = board_of(morning.state, morning.now).lines
    assert line.way is None


def test_ready_can_be_taken_back_for_ten_seconds() -> None:
    morning = opened()
    morning.clerk("dewi", c.MarkComplete(accepted(morning, sample.JOBSEEKER)))
    for seconds, left in ((0, 10), (4, 6), (6, 0)):
        morning.advance(seconds=seconds)
        (line,) = board_of(morning.state, morning.now).lines
        assert line.undo_seconds == left


def test_a_line_is_known_by_its_tickets_number() -> None:
    morning = opened()
    accepted(morning, sample.JOBSEEKER)
    (line,) = board_of(morning.state, morning.now).lines
    assert (line.file.number, line.earlier_day) == (Number("A", "001"), None)


def test_what_was_left_from_an_earlier_day_says_so() -> None:
    morning = opened()
    accepted(morning, sample.JOBSEEKER)
    morning.advance(minutes=24 * 60)
    (line,) = board_of(morning.state, morning.now).lines
    assert (line.group, line.earlier_day) == (Group.LATE, sample.TUESDAY)
