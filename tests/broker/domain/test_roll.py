"""The emergency roll: prepared once, entered once, never with a number that lies ready somewhere."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.day import DAY_MS, MINUTE_MS
from broker.domain.known import GREATEST_ROLL_SERIAL, Known, judged, known_to
from broker.domain.roll import ROLL, ROLL_DAYS, RollTicket
from broker.domain.rules import NumberRange
from broker.domain.ticket import TicketStatus
from broker.domain.values import DeviceRole, Instant, Priority, ServiceCode, TicketId
from tests.support import sample
from tests.support.morning import ONE, Morning

RULES = replace(sample.RULES, ranges=(NumberRange(ROLL, "B", 701, 704),))


@pytest.fixture
def morning() -> Morning:
    return Morning(rules=RULES)


def print_roll(morning: Morning, count: int) -> e.RollPrinted:
    (printed,) = morning.do(c.PrintRoll("B", count), DeviceRole.OPERATOR)
    assert isinstance(printed, e.RollPrinted)
    return printed


def refused(morning: Morning, count: int) -> r.AnyRefusal:
    decision = morning.decide(c.PrintRoll("B", count), DeviceRole.OPERATOR)
    assert isinstance(decision, r.Refusal)
    return decision


def enter(morning: Morning, serial: int, **more: object) -> TicketId:
    ticket = RollTicket("B", 701 + (serial - 1) % 4, serial)
    issued, *_ = morning.clerk("sri", c.EnterRollTicket(ticket, **more))
    assert isinstance(issued, e.TicketIssued)
    assert issued.roll == ticket
    return issued.ticket


def test_a_roll_has_numbers_of_its_own_one_after_the_other(morning: Morning) -> None:
    assert (print_roll(morning, 2).first, morning.happened(e.RollPrinted)[-1].numbers) == (1, (701, 702))
    assert (print_roll(morning, 1).first, morning.happened(e.RollPrinted)[-1].numbers) == (3, (703,))


def test_the_broker_itself_never_gives_out_a_number_of_the_roll(morning: Morning) -> None:
    morning.state.numbers["B"] = 700
    (issued,) = morning.kiosk(c.IssueTicket("B"))
    assert issued.number == 705


def test_a_number_that_lies_ready_is_not_printed_again(morning: Morning) -> None:
    print_roll(morning, 3)
    assert refused(morning, 2) == r.RollNotUsedYet("B", left=1)
    assert refused(morning, 5) == r.RollNotUsedYet("B", left=1)
    enter(morning, 1)
    assert print_roll(morning, 2).numbers == (704, 701)
    assert refused(morning, 1) == r.RollNotUsedYet("B", left=0)


def test_more_than_there_are_numbers_are_refused_at_once(morning: Morning) -> None:
    assert refused(morning, 5) == r.RollNotUsedYet("B", left=4)


def test_numbers_come_free_when_their_tickets_are_too_old(morning: Morning) -> None:
    print_roll(morning, 4)
    morning.now = Instant(morning.now + ROLL_DAYS * DAY_MS)
    assert print_roll(morning, 4).first == 5


def test_a_queue_without_a_range_has_no_roll(morning: Morning) -> None:
    assert morning.decide(c.PrintRoll("A", 1), DeviceRole.OPERATOR) == r.NoRoll("A")
    assert morning.decide(c.PrintRoll("Z", 1), DeviceRole.OPERATOR) == r.UnknownQueue("Z")


def test_a_ticket_of_the_roll_waits_from_the_time_written_on_it(morning: Morning) -> None:
    print_roll(morning, 2)
    later = morning.take("B")
    arrived_at = Instant(morning.now - 20 * MINUTE_MS)
    earlier = enter(morning, 1, arrived_at=arrived_at, priority=Priority.ELDERLY)
    ticket = morning.now_is(earlier)
    assert (ticket.number, ticket.arrived_at, ticket.priority) == (701, arrived_at, Priority.ELDERLY)
    assert ticket.handed_in
    assert morning.waiting("B") == [earlier, later]


def test_without_a_time_it_waits_from_now_on(morning: Morning) -> None:
    print_roll(morning, 1)
    assert morning.now_is(enter(morning, 1)).arrived_at == morning.now


def test_a_time_to_come_is_now(morning: Morning) -> None:
    print_roll(morning, 1)
    ahead = Instant(morning.now + 60 * MINUTE_MS)
    assert morning.now_is(enter(morning, 1, arrived_at=ahead)).arrived_at == morning.now


def test_it_is_entered_once(morning: Morning) -> None:
    print_roll(morning, 1)
    enter(morning, 1)
    again = morning.refused("sri", c.EnterRollTicket(RollTicket("B", 701, 1)))
    assert again == r.RollTicketUsed("B", 701)


def test_of_an_earlier_day_it_ends_at_once(morning: Morning) -> None:
    print_roll(morning, 1)
    ticket = enter(morning, 1, arrived_at=Instant(morning.now - DAY_MS))
    assert ticket not in morning.state.tickets
    assert morning.happened(e.TicketExpired)


def test_the_same_number_twice_on_a_day_is_told_apart(morning: Morning) -> None:
    print_roll(morning, 4)
    one = enter(morning, 1)
    print_roll(morning, 1)
    other = enter(morning, 5)
    assert (one, other) == ("20260714-B701", "20260714-B701.1")


def test_a_number_that_is_not_the_rolls_never_stands_for_the_brokers_own(morning: Morning) -> None:
    own = morning.take("B")
    issued, *_ = morning.clerk("sri", c.EnterRollTicket(RollTicket("B", 1, 1)))
    assert issued.ticket != own
    assert issued.copy == 1
    beyond = c.EnterRollTicket(RollTicket("B", 1000, 2))
    assert morning.refused("sri", beyond) == r.NumberNotPossible("B", 1000)


def test_a_ticket_too_old_is_told(morning: Morning) -> None:
    print_roll(morning, 1)
    morning.now = Instant(morning.now + ROLL_DAYS * DAY_MS)
    entering = c.EnterRollTicket(RollTicket("B", 701, 1))
    assert morning.refused("sri", entering) == r.RollTicketUsed("B", 701)


def test_what_was_entered_is_remembered_as_long_as_its_token_can_hold(morning: Morning) -> None:
    print_roll(morning, 1)
    enter(morning, 1)
    print_roll(morning, 1)
    assert set(morning.state.rolls["B"].entered) == {1}
    morning.now = Instant(morning.now + ROLL_DAYS * DAY_MS)
    print_roll(morning, 1)
    assert morning.state.rolls["B"].entered == {}


def test_a_service_must_be_one_of_its_queue(morning: Morning) -> None:
    print_roll(morning, 1)
    ticket = RollTicket("B", 701, 1)
    elsewhere = c.EnterRollTicket(ticket, service=sample.MICRO_BUSINESS)
    assert morning.refused("sri", elsewhere) == r.ServiceElsewhere("A")
    unknown = c.EnterRollTicket(ticket, service=ServiceCode("none"))
    assert morning.refused("sri", unknown) == r.UnknownService(ServiceCode("none"))


def test_only_a_clerk_at_a_counter_enters_one(morning: Morning) -> None:
    entering = c.EnterRollTicket(RollTicket("B", 701, 1))
    assert morning.decide(entering, DeviceRole.COUNTER) == r.ClerkNeeded()
    assert morning.decide(entering, DeviceRole.KIOSK) == r.NotPermitted()


def test_what_has_been_printed_is_known_and_gone_past_after_a_restore(morning: Morning) -> None:
    print_roll(morning, 3)
    known = known_to(morning.state)
    assert known.rolls == {"B": 3}
    restored = Morning(rules=RULES)
    restored.do(c.PassNumbers(known), DeviceRole.OPERATOR)
    assert print_roll(restored, 1).first == 4
    assert (
        restored.now_is(enter(restored, 2)).status is TicketStatus.WAITING
    )  # its printing is lost, it is not


def test_of_what_others_say_only_what_can_be_is_believed(morning: Morning) -> None:
    said = judged(Known(rolls={"B": GREATEST_ROLL_SERIAL + 1, "Z": 3, "A": 7}), morning.state, morning.now)
    assert said.believed == Known(rolls={"A": 7})
    assert said.not_believed == Known(rolls={"B": GREATEST_ROLL_SERIAL + 1, "Z": 3})


def test_it_is_called_like_any_other(morning: Morning) -> None:
    print_roll(morning, 1)
    ticket = enter(morning, 1)
    morning.clerk("sri", c.OpenCounter(ONE))
    assert morning.call("sri", ONE) == ticket
