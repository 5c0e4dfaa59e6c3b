"""What time does: days that open and close, and the calendar beneath them."""

from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.commands import Envelope
from broker.domain.day import business_day, instant_of
from broker.domain.decide import decide
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.rules import Bilingual, DatedWeek, NumberRange
from broker.domain.ticket import TicketStatus, ToClerk
from broker.domain.values import (
    BusinessDay,
    ChoiceReason,
    ClosingReason,
    CommandId,
    Delivery,
    DeviceId,
    DeviceRole,
    HoldReason,
    Instant,
    Seq,
)
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning

WEDNESDAY = BusinessDay("2026-07-15")
DAY_CLOSE = sample.at(18)
TICK, BROKER = CommandId("tick"), DeviceId("broker")


def test_the_business_day_turns_at_three_in_the_morning() -> None:
    assert business_day(sample.at(2, 59), sample.JAKARTA_MINUTES) == "2026-07-13"
    assert business_day(sample.at(3, 0), sample.JAKARTA_MINUTES) == "2026-07-14"
    assert instant_of(sample.TUESDAY, 0, sample.JAKARTA_MINUTES) % 86_400_000 == 17 * 3_600_000


def test_at_day_close_who_waits_expires_and_a_service_in_hand_ends_unfinished() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("budi", c.OpenCounter(TWO))
    served, called, waits = morning.take("A"), morning.take("C"), morning.take("A")
    morning.serving("sri", ONE)
    morning.call("budi", TWO)
    morning.advance(minutes=10 * 60 + 30)
    ends = [each.event for each in morning.journal[-6:]]
    assert ends == [
        e.TicketCompleted(served, unfinished=True),
        e.TicketExpired(called),
        e.TicketExpired(waits),
        e.CounterClosed(ONE, sample.SRI),
        e.CounterClosed(TWO, sample.BUDI),
        e.DayClosed(sample.TUESDAY),
    ]
    assert morning.state.day is None
    assert not morning.state.tickets
    assert morning.decide(c.IssueTicket("A"), DeviceRole.KIOSK) == r.OutletClosed()


def test_the_next_day_begins_with_new_numbers() -> None:
    morning = Morning()
    morning.take("A")
    morning.advance(minutes=24 * 60)
    assert morning.state.day == WEDNESDAY
    assert morning.take("A") == "20260715-A001"


def test_a_broker_that_slept_over_midnight_closes_yesterday_first() -> None:
    morning = Morning()
    waits = morning.take("A")
    morning.now = sample.at(8, day=WEDNESDAY)
    morning.tick()
    assert [each.event for each in morning.journal[-3:]] == [
        e.TicketExpired(waits, DAY_CLOSE),
        e.DayClosed(sample.TUESDAY, DAY_CLOSE),
        e.DayOpened(WEDNESDAY),
    ]


def test_what_a_broker_that_was_away_assumes_of_a_day_it_did_not_see_closing_is_marked() -> None:
    morning = Morning(start=sample.at(10))
    morning.clerk("sri", c.OpenCounter(ONE))
    served = morning.take("A")
    morning.serving("sri", ONE)
    morning.now = sample.at(8, day=WEDNESDAY)
    morning.tick()
    ended, left = [each.event for each in morning.journal[-4:-2]]
    assert ended == e.TicketCompleted(served, unfinished=True, assumed_at=DAY_CLOSE)
    assert left == e.CounterClosed(ONE, sample.SRI, DAY_CLOSE)
    assert morning.state.tallies == {}


def test_a_night_that_nobody_saw_is_nobodys_idle_time() -> None:
    morning = Morning(start=sample.at(10))
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.now = sample.at(8, day=WEDNESDAY)
    closing = decide(morning.state, Envelope(TICK, BROKER, DeviceRole.BROKER, c.Tick()), morning.now)
    assert not isinstance(closing, Refusal)
    evolve(morning.state, Recorded(Seq(morning.state.seq + 1), morning.now, TICK, BROKER, closing[0]))
    assert morning.state.tallies[sample.SRI].idle_ms == DAY_CLOSE - sample.at(10)


def test_a_day_that_outlasts_its_close_by_a_moment_closes_now() -> None:
    morning = Morning()
    waits = morning.take("A")
    morning.now = Instant(DAY_CLOSE + 30_000)
    morning.tick()
    assert [each.event for each in morning.journal[-2:]] == [
        e.TicketExpired(waits),
        e.DayClosed(sample.TUESDAY),
    ]


def test_a_promise_can_pass_while_the_outlet_is_closed() -> None:
    morning = Morning(start=sample.at(10))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    application = morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.now = sample.at(23)
    morning.tick()
    assert morning.state.applications[application].overdue


def test_at_day_close_nobody_is_left_anywhere() -> None:
    """On hold, missed, on its way to the citizen, waiting for one colleague: all end with the day."""
    morning = Morning(start=sample.at(17))
    open_late = sample.rules(queues=tuple(replace(each, last_ticket=24 * 60) for each in sample.QUEUES))
    late_hours = replace(sample.WEEKDAY, last_ticket=18 * 60, doors_close=18 * 60)
    morning.do(
        c.ConfigureOutlet(replace(open_late, week=(late_hours,) * 5 + (None, None))), DeviceRole.OPERATOR
    )
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.clerk("ratna", c.OpenCounter(TWO))
    held, missed, sent = morning.take("A"), morning.take("A"), morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(held, HoldReason.COMPLETING_PAPERS))
    morning.announce(morning.call("sri", ONE))
    morning.now = sample.at(17, 59)
    morning.tick()
    morning.clerk("sri", c.MarkNoShow(missed))
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(sent, ToClerk(sample.RATNA)))
    on_its_way = morning.issue(c.IssueTicket("A")).ticket
    morning.now = sample.at(18)
    morning.tick()
    assert morning.happened(e.TicketExpired) == [e.TicketExpired(each) for each in (held, sent, on_its_way)]
    assert morning.happened(e.TicketForgotten) == [e.TicketForgotten(missed)]
    state = morning.state
    for nothing in (
        state.tickets,
        state.waiting,
        state.queue_of,
        state.seats,
        state.undelivered,
        state.unannounced,
        state.missed,
        state.on_hold,
        state.issued_by,
        state.last_ended,
    ):
        assert not nothing


def test_a_day_that_has_closed_is_not_opened_again() -> None:
    morning = Morning(start=sample.at(18))
    assert morning.state.day is None, "the outlet was set up after its day"
    open_till_night = replace(sample.WEEKDAY, day_close=23 * 60)
    longer = sample.rules(week=(open_till_night,) * 5 + (None, None))
    morning.do(c.ConfigureOutlet(longer), DeviceRole.OPERATOR)
    morning.tick()
    assert morning.state.day == sample.TUESDAY, "but under these hours there is a rest of it"
    morning.do(c.ConfigureOutlet(sample.RULES), DeviceRole.OPERATOR)
    morning.tick()
    assert morning.state.day is None
    morning.do(c.ConfigureOutlet(longer), DeviceRole.OPERATOR)
    morning.tick()
    assert morning.state.day is None


def test_a_day_opens_at_three_in_the_morning() -> None:
    morning = Morning(start=sample.at(2, 59))
    assert morning.state.day is None
    morning.advance(minutes=1)
    assert morning.state.day == sample.TUESDAY
    assert morning.happened(e.DayOpened) == [e.DayOpened(sample.TUESDAY)]


def test_all_that_is_counted_by_day_begins_anew() -> None:
    morning = Morning(services=sample.services(sample.MICRO_BUSINESS, quota=3))
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A", sample.MICRO_BUSINESS)
    morning.clerk("sri", c.CallTicket(ONE, ticket, ChoiceReason.SCANNED))
    morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.clerk("sri", c.CompleteTicket(ticket))
    morning.clerk("sri", c.RequestPickUp(sample.DOCTOR))
    morning.advance(minutes=24 * 60)
    state = morning.state
    assert (state.numbers, state.taken, state.tallies, state.conduct) == ({}, {}, {}, {})
    assert (state.issued, state.serials, state.pick_up_serials) == (0, 0, 0)
    assert state.recent_calls == []
    assert (state.last_day, state.day) == (WEDNESDAY, WEDNESDAY)
    assert len(state.applications) == len(state.pick_ups) == 1
    assert morning.take("A") == "20260715-A001"
    assert morning.now_is("20260715-A001").order == 1


def test_a_clock_that_jumps_a_day_opens_the_new_one_before_any_command() -> None:
    """Else a number handed in for today, in the same moment, would find yesterday closed and no day, and expire."""
    morning = Morning()
    morning.now = sample.at(8, day=WEDNESDAY)
    assert morning.do(c.Tick(), DeviceRole.BROKER, "broker")[-2:] == (
        e.DayClosed(sample.TUESDAY, DAY_CLOSE),
        e.DayOpened(WEDNESDAY),
    )
    ticket = morning.kiosk(c.HandInTicket("A", 900, Delivery.PAPER))[0]
    assert isinstance(ticket, e.TicketIssued)
    assert morning.now_is(ticket.ticket).status is TicketStatus.WAITING


def test_a_day_never_comes_again() -> None:
    """Its numbers are given out already."""
    morning = Morning(start=sample.at(8, day=WEDNESDAY))
    morning.advance(minutes=11 * 60)
    state = morning.state
    assert (state.day, state.last_day) == (None, WEDNESDAY)
    early = sample.at(8)
    assert decide(state, Envelope(CommandId("0"), DeviceId("b"), DeviceRole.BROKER, c.Tick()), early) == ()


def test_a_holiday_that_is_configured_on_the_open_day_ends_the_numbers_and_not_the_day() -> None:
    morning = Morning()
    waits = morning.take("A")
    name = Bilingual("Libur", "Holiday")
    holiday = DatedWeek(name, sample.TUESDAY, sample.TUESDAY, (None,) * 7)
    morning.do(c.ConfigureOutlet(sample.rules(dated=(holiday,))), DeviceRole.OPERATOR)
    morning.tick()
    assert morning.decide(c.IssueTicket("A"), DeviceRole.KIOSK) == r.OutletClosed()
    morning.clerk("sri", c.OpenCounter(ONE))
    assert morning.call("sri", ONE) == waits
    morning.advance(minutes=24 * 60)
    assert morning.happened(e.TicketExpired) == [e.TicketExpired(waits, sample.at(3, day=WEDNESDAY))]
    assert morning.state.day == WEDNESDAY


def test_doors_that_were_closed_early_are_open_the_next_day() -> None:
    morning = Morning()
    morning.clerk("ratna", c.CloseDoors(ClosingReason.EMERGENCY))
    morning.clerk("ratna", c.PauseQueue("A", ClosingReason.SYSTEM_FAULT))
    morning.clerk("ratna", c.CloseQueue("B", ClosingReason.FULL))
    morning.advance(minutes=24 * 60)
    assert [morning.take(letter) for letter in "AB"] == ["20260715-A001", "20260715-B001"]


def test_who_never_confirmed_is_not_passed_by_who_came_while_the_broker_was_away() -> None:
    """The tick comes an hour late; the time-out is the arrival all the same."""
    own_range = NumberRange(DeviceId("kiosk-1"), "A", 900, 909)
    morning = Morning(rules=sample.rules(ranges=(own_range,)))
    (issued,) = morning.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
    assert isinstance(issued, e.TicketIssued)
    later = Instant(morning.now + 20 * 60_000)
    morning.advance(minutes=60)
    came_later = Envelope(
        CommandId("f" * 32),
        DeviceId("kiosk-1"),
        DeviceRole.KIOSK,
        c.HandInTicket("A", 900, Delivery.PAPER),
        happened_at=later,
    )
    assert not isinstance(morning.carry_out(came_later), r.Refusal)
    assert morning.now_is(issued.ticket).arrived_at == sample.at(7, 30, 30)
    assert morning.waiting("A") == [issued.ticket, "20260714-A900"]
