"""Numbers never repeat: the broker's own, the devices' ranges, and what is handed in afterwards."""

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.appointment import Wanted
from broker.domain.rules import NumberRange
from broker.domain.ticket import TicketStatus
from broker.domain.values import (
    ActReason,
    BusinessDay,
    Channel,
    ClosingReason,
    CommandId,
    Delivery,
    DeviceId,
    DeviceRole,
    Instant,
    Language,
    Priority,
    ServiceCode,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

KIOSK_1, KIOSK_2 = DeviceId("kiosk-1"), DeviceId("kiosk-2")
RANGES = (NumberRange(KIOSK_1, "A", 900, 949), NumberRange(KIOSK_2, "A", 950, 999))
LOST = CommandId("the-command-that-was-not-answered")
DAY_MS = 86_400_000
MINUTE_MS = 60_000


@pytest.fixture
def morning() -> Morning:
    """Each kiosk has fifty numbers of its own in queue A; Sri sits at counter 1."""
    morning = Morning(sample.rules(ranges=RANGES))
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def handed(number: int, **more: object) -> c.HandInTicket:
    return c.HandInTicket("A", number, Delivery.PAPER, **more)  # type: ignore[arg-type]


# The broker's own


def test_numbers_count_up_per_queue(morning: Morning) -> None:
    assert [morning.take("A"), morning.take("B"), morning.take("A")] == [
        "20260714-A001",
        "20260714-B001",
        "20260714-A002",
    ]


def test_numbers_begin_and_end_where_the_queue_says() -> None:
    queues = (replace(sample.QUEUES[0], first_number=20, last_number=21), *sample.QUEUES[1:])
    morning = Morning(sample.rules(queues=queues))
    assert [morning.take("A"), morning.take("A")] == ["20260714-A020", "20260714-A021"]
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.NumbersUsedUp("A")
    morning.take("B")


@pytest.mark.parametrize(("digits", "last"), [(3, 999), (4, 9999), (5, 99_999)])
def test_the_last_number_of_a_queue_is_all_nines(digits: int, last: int) -> None:
    morning = Morning(sample.rules(queues=(replace(sample.QUEUES[0], digits=digits), *sample.QUEUES[1:])))
    morning.state.numbers["A"] = last - 1
    assert morning.take("A") == f"20260714-A{last}"
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.NumbersUsedUp("A")


def test_the_broker_passes_over_the_numbers_of_the_devices() -> None:
    ranges = (
        NumberRange(KIOSK_1, "A", 2, 3),
        NumberRange(KIOSK_2, "A", 4, 4),
        NumberRange(KIOSK_2, "B", 1, 9),
    )
    morning = Morning(sample.rules(ranges=ranges))
    assert [morning.take("A"), morning.take("A")] == ["20260714-A001", "20260714-A005"]
    assert morning.take("B") == "20260714-B010"
    assert morning.take("C") == "20260714-C001"


def test_with_all_the_rest_in_the_devices_ranges_the_queue_is_full(morning: Morning) -> None:
    morning.state.numbers["A"] = 899
    assert morning.refused_at_kiosk(c.IssueTicket("A")) == r.NumbersUsedUp("A")


def test_what_was_handed_in_is_not_given_out_again_when_the_range_is_gone(morning: Morning) -> None:
    morning.hand_in(handed(901), sample.at(7, 30))
    morning.do(c.ConfigureOutlet(sample.RULES), DeviceRole.OPERATOR)
    morning.state.numbers["A"] = 899
    assert [morning.take("A"), morning.take("A")] == ["20260714-A900", "20260714-A902"]


# Handed in


def test_a_number_handed_in_stands_where_it_would_have_stood(morning: Morning) -> None:
    morning.advance(minutes=10)
    later = morning.take("A")
    morning.advance(minutes=10)
    service = sample.MICRO_BUSINESS
    events = morning.hand_in(
        c.HandInTicket("A", 900, Delivery.SCREEN, service, Priority.ELDERLY, Language.ENGLISH),
        sample.at(7, 35),
    )
    assert events == (
        e.TicketIssued(
            "20260714-A900",
            sample.TUESDAY,
            "A",
            900,
            0,
            Channel.WALK_IN,
            Language.ENGLISH,
            service,
            Priority.ELDERLY,
            handed_in_at=sample.at(7, 35),
        ),
        e.TicketDelivered("20260714-A900", Delivery.SCREEN, sample.at(7, 15), arrived_at=sample.at(7, 35)),
    )
    ticket = morning.now_is("20260714-A900")
    assert (ticket.issued_at, ticket.arrived_at) == (sample.at(7, 35), sample.at(7, 35))
    assert (ticket.handed_in, ticket.delivery, ticket.order) == (True, Delivery.SCREEN, 2)
    assert morning.state.undelivered == {}
    assert morning.waiting("A") == [ticket.id, later]
    assert morning.take("A") == "20260714-A002", "the broker's own numbers go on as before"


def test_without_a_time_it_happened_now_and_never_later_than_now(morning: Morning) -> None:
    morning.do(handed(900), DeviceRole.KIOSK, KIOSK_1)
    morning.hand_in(handed(901), Instant(morning.now + 5 * MINUTE_MS))
    for number in (900, 901):
        assert morning.now_is(f"20260714-A{number}").arrived_at == morning.now


def test_whatever_the_hours_say_a_number_in_hand_is_taken_over(morning: Morning) -> None:
    morning.now = sample.at(14)
    morning.clerk("ratna", c.CloseDoors(ClosingReason.FULL))
    morning.clerk("ratna", c.CloseQueue("A", ClosingReason.FULL))
    morning.clerk("ratna", c.PauseQueue("A", ClosingReason.FULL))
    morning.hand_in(handed(900, service=sample.MICRO_BUSINESS), sample.at(13))
    assert morning.waiting("A") == ["20260714-A900"]


def test_a_service_that_is_gone_meanwhile_is_for_the_clerk_to_find_out(morning: Morning) -> None:
    morning.hand_in(handed(900, service=ServiceCode("GONE")), sample.at(7, 30))
    assert morning.now_is("20260714-A900").service is None


def test_a_visit_that_was_handed_in_has_the_steps_of_its_service() -> None:
    services = sample.services(sample.MICRO_BUSINESS, steps=("E",))
    morning = Morning(sample.rules(ranges=RANGES), services)
    morning.hand_in(handed(900, service=sample.MICRO_BUSINESS), sample.at(7, 30))
    morning.hand_in(handed(901), sample.at(7, 30))
    assert morning.now_is("20260714-A900").steps == ("E",)
    assert morning.now_is("20260714-A901").steps == ()


def test_a_number_that_is_not_of_the_devices_own_range_is_taken_as_a_copy(morning: Morning) -> None:
    """It is in a citizen's hand: the ranges may have been others when the device was cut off."""
    first = morning.take("A")
    morning.hand_in(handed(1), sample.at(7, 30))
    morning.hand_in(handed(949), sample.at(7, 30), KIOSK_2)
    morning.hand_in(handed(949), sample.at(7, 30))
    issued = [(each.ticket, each.copy) for each in morning.happened(e.TicketIssued)]
    assert issued == [
        (first, 0),
        ("20260714-A001.1", 1),
        ("20260714-A949.1", 1),
        ("20260714-A949.2", 2),
    ]


def test_a_number_that_no_queue_could_have_is_refused(morning: Morning) -> None:
    for number in (0, -1, 1000):
        refusal = morning.hand_in(handed(number), sample.at(7, 30))
        assert refusal == r.NumberNotPossible("A", number)
    of_z = c.HandInTicket("Z", 900, Delivery.PAPER)
    assert morning.hand_in(of_z, sample.at(7, 30)) == r.UnknownQueue("Z")


def test_a_number_that_came_in_before_gets_the_next_copy(morning: Morning) -> None:
    for _ in range(3):
        morning.hand_in(handed(900), sample.at(7, 30))
    tickets = [(each.ticket, each.copy) for each in morning.happened(e.TicketIssued)]
    assert tickets == [("20260714-A900", 0), ("20260714-A900.1", 1), ("20260714-A900.2", 2)]
    assert len(morning.waiting("A")) == 3


# Of a day that is over


def test_a_range_laid_over_numbers_given_out_before_repeats_none_of_them() -> None:
    morning = Morning()
    given = morning.take("A")
    morning.now = sample.at(18)
    morning.tick()
    morning.do(
        c.ConfigureOutlet(sample.rules(ranges=(NumberRange(KIOSK_1, "A", 1, 9),))), DeviceRole.OPERATOR
    )
    morning.hand_in(handed(1), sample.at(9))
    assert [each.ticket for each in morning.happened(e.TicketIssued)] == [given, f"{given}.1"]


def test_a_number_of_a_day_that_is_over_is_kept_and_expires_at_once(morning: Morning) -> None:
    morning.now = sample.at(8, day=BusinessDay("2026-07-15"))
    morning.tick()
    events = morning.hand_in(handed(900, service=sample.MICRO_BUSINESS), sample.at(15))
    assert [type(each) for each in events] == [e.TicketIssued, e.TicketDelivered, e.TicketExpired]
    assert events[0].day == sample.TUESDAY
    assert events[2] == e.TicketExpired("20260714-A900.1"), "a copy: another range may have held it that day"
    assert morning.state.tickets == {}
    assert morning.state.waiting == {}
    assert morning.state.taken == {}, "it is nothing of today's quota"


def test_in_the_evening_the_day_is_over_too(morning: Morning) -> None:
    morning.now = sample.at(18)
    morning.tick()
    events = morning.hand_in(handed(900), sample.at(15))
    assert events[-1] == e.TicketExpired("20260714-A900.1")
    assert morning.state.tickets == {}


def test_a_number_of_a_day_that_is_over_does_not_repeat_one_that_came_in_on_its_day(morning: Morning) -> None:
    morning.hand_in(handed(900), sample.at(7, 30))
    morning.now = Instant(sample.at(8) + 30 * DAY_MS)
    morning.tick()
    morning.hand_in(handed(900), sample.at(9))
    assert morning.happened(e.TicketIssued)[-1].ticket == "20260714-A900.1"


def test_what_is_handed_in_is_remembered_for_a_month(morning: Morning) -> None:
    morning.hand_in(handed(900), sample.at(7, 30))
    morning.now = Instant(sample.at(8) + 31 * DAY_MS)
    morning.tick()
    assert list(morning.state.copies) == ["20260714-A900"]
    morning.now = Instant(morning.now + 3 * DAY_MS)
    morning.tick()
    assert morning.state.copies == {}


@pytest.mark.parametrize("happened_at", [0, -(10**18), 1])
def test_nothing_happened_before_what_is_remembered(morning: Morning, happened_at: int) -> None:
    morning.hand_in(handed(900), Instant(happened_at))
    (issued,) = morning.happened(e.TicketIssued)
    assert issued.handed_in_at == morning.now - 31 * DAY_MS
    assert issued.day == "2026-06-13"


# In place of a command that was not answered


def lost_command(morning: Morning, command: c.AnyCommand) -> object:
    """The command of which the kiosk never heard an answer."""
    decision = morning.carry_out(c.Envelope(LOST, KIOSK_1, DeviceRole.KIOSK, command))
    return decision if isinstance(decision, r.Refusal) else decision[0].event


def test_the_ticket_of_the_replaced_command_is_voided(morning: Morning) -> None:
    lost_command(morning, c.IssueTicket("A"))
    morning.advance(minutes=1)
    events = morning.hand_in(handed(900, replaces=LOST), sample.at(7, 30))
    assert events[-1] == e.TicketVoided("20260714-A001", ActReason.TECHNICAL_FAULT)
    assert morning.waiting("A") == ["20260714-A900"]


def test_called_in_vain_it_frees_the_counter(morning: Morning) -> None:
    lost_command(morning, c.IssueTicket("A"))
    morning.advance(minutes=1)
    morning.call("sri", ONE)
    morning.hand_in(handed(900, replaces=LOST), sample.at(7, 30))
    assert morning.state.seats[ONE].ticket is None
    assert morning.call("sri", ONE) == "20260714-A900"


def test_what_has_ended_already_is_left_as_it_is(morning: Morning) -> None:
    lost_command(morning, c.IssueTicket("A"))
    morning.advance(minutes=1)
    ticket = morning.call("sri", ONE)
    morning.announce(ticket)
    morning.advance(seconds=45)
    morning.clerk("sri", c.MarkNoShow(ticket))
    events = morning.hand_in(handed(900, replaces=LOST), sample.at(7, 30))
    assert len(events) == 2
    assert morning.now_is(ticket).status is TicketStatus.NO_SHOW
    morning.hand_in(handed(901, replaces=CommandId("never-came")), sample.at(7, 30))
    assert morning.happened(e.TicketVoided) == []


def test_a_replaced_command_that_still_comes_is_refused(morning: Morning) -> None:
    slot = c.BookAppointments((Wanted(sample.TUESDAY, sample.at(9), sample.MICRO_BUSINESS),))
    morning.kiosk(slot)
    (appointment,) = morning.state.appointments
    morning.hand_in(handed(900, replaces=LOST), sample.at(7, 30))
    replaced = r.CommandReplaced("20260714-A900")
    assert lost_command(morning, c.IssueTicket("A")) == replaced
    assert lost_command(morning, c.CheckIn(appointment)) == replaced
    morning.take("A")


def test_a_device_replaces_only_commands_of_its_own(morning: Morning) -> None:
    lost_command(morning, c.IssueTicket("A"))
    morning.advance(minutes=1)
    morning.hand_in(handed(950, replaces=LOST), sample.at(7, 30), KIOSK_2)
    assert morning.waiting("A") == ["20260714-A950", "20260714-A001"]
