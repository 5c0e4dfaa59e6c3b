"""Numbers given out at kiosk and counter: when, for what, with what the citizen is told, and how they arrive."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.rules import ChannelRule
from broker.domain.ticket import Estimate, TicketStatus
from broker.domain.values import (
    CancelReason,
    Channel,
    ChoiceReason,
    Delivery,
    DeviceRole,
    Language,
    Priority,
    ServiceCode,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

MINUTE_MS = 60_000


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


# For what


def test_a_ticket_carries_what_its_citizen_has_said(morning: Morning) -> None:
    issued = morning.issue(
        c.IssueTicket(
            "B", sample.DOCTOR, Priority.PREGNANT, Channel.DRIVE_THRU, Language.ENGLISH, steps=("E",)
        )
    )
    ticket = morning.now_is(issued.ticket)
    assert (ticket.letter, ticket.number, ticket.copy, ticket.order) == ("B", 1, 0, 1)
    assert (ticket.service, ticket.priority) == (sample.DOCTOR, Priority.PREGNANT)
    assert (ticket.channel, ticket.language, ticket.steps) == (Channel.DRIVE_THRU, Language.ENGLISH, ("E",))
    assert (ticket.device, ticket.day, ticket.issued_at) == ("kiosk-1", sample.TUESDAY, morning.now)
    assert ticket.status is TicketStatus.WAITING
    assert (ticket.slot_at, ticket.handed_in) == (None, False)


def test_a_service_is_taken_in_its_own_queue(morning: Morning) -> None:
    assert morning.refused_at_kiosk(c.IssueTicket("A", sample.DOCTOR)) == r.ServiceElsewhere("B")
    assert morning.refused_at_kiosk(c.IssueTicket("A", ServiceCode("X"))) == r.UnknownService("X")
    assert morning.refused_at_kiosk(c.IssueTicket("Z")) == r.UnknownQueue("Z")


def test_a_visit_has_the_steps_of_its_service_unless_others_are_asked_for() -> None:
    morning = Morning(services=sample.services(sample.MICRO_BUSINESS, steps=("C", "E")))
    as_configured = morning.issue(c.IssueTicket("A", sample.MICRO_BUSINESS))
    straight_home = morning.issue(c.IssueTicket("A", sample.MICRO_BUSINESS, steps=()))
    assert as_configured.steps == ("C", "E")
    assert straight_home.steps == ()


def test_a_visit_goes_on_only_to_queues_that_there_are(morning: Morning) -> None:
    assert morning.refused_at_kiosk(c.IssueTicket("A", steps=("B", "Z"))) == r.UnknownQueue("Z")


# When


def test_before_the_first_and_after_the_last_number_the_citizen_is_told_when() -> None:
    early = Morning(start=sample.at(7, 29, 59))
    assert early.refused_at_kiosk(c.IssueTicket("A")) == r.TooEarly(sample.at(7, 30))
    early.advance(seconds=1)
    early.take("A")
    late = Morning(start=sample.at(13, 29, 59))
    late.take("B")
    late.advance(seconds=1)
    assert late.refused_at_kiosk(c.IssueTicket("B")) == r.TooLate(sample.at(13, 30))


def test_on_a_day_off_there_are_no_numbers() -> None:
    sunday = Morning(start=sample.at(9, day=sample.BusinessDay("2026-07-19")))
    assert sunday.refused_at_kiosk(c.IssueTicket("A")) == r.OutletClosed()


def test_a_one_day_service_past_its_cut_off_is_refused_with_the_time() -> None:
    morning = Morning(start=sample.at(10, 59, 59))
    morning.take("A", sample.MICRO_BUSINESS)
    morning.advance(seconds=1)
    refusal = morning.refused_at_kiosk(c.IssueTicket("A", sample.MICRO_BUSINESS))
    assert refusal == r.PastCutOff(sample.at(11, 0))
    morning.take("A")


# What the citizen is told


def test_the_citizen_is_told_who_is_ahead_and_when_it_will_be_ready(morning: Morning) -> None:
    morning.take("A")
    morning.take("A", priority=Priority.ELDERLY)
    morning.forecast("A", Estimate(15, 28))
    issued = morning.issue(c.IssueTicket("A", sample.MICRO_BUSINESS))
    assert issued.ahead == 2
    assert issued.estimate == Estimate(15, 28)
    assert issued.ready_expected_at == sample.at(12, 15), "07.30, 28, 10 and 240 minutes"
    assert morning.now_is(issued.ticket).estimate == issued.estimate


def test_who_comes_with_a_priority_is_told_only_of_those_who_stay_before_it(morning: Morning) -> None:
    morning.take("A")
    morning.advance(minutes=25)
    morning.take("A")
    morning.take("A", priority=Priority.INFANT)
    assert morning.issue(c.IssueTicket("A")).ahead == 3
    assert morning.issue(c.IssueTicket("A", priority=Priority.ELDERLY)).ahead == 2


def test_who_comes_by_a_way_with_a_head_start_is_told_only_of_those_who_stay_before_it() -> None:
    drive_thru = ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=30)
    morning = Morning(sample.rules(channels=(drive_thru,)))
    morning.take("A")
    morning.advance(minutes=20)
    assert morning.issue(c.IssueTicket("A")).ahead == 1
    assert morning.issue(c.IssueTicket("A", channel=Channel.DRIVE_THRU)).ahead == 0


# On its way to the citizen


def test_a_ticket_may_be_called_only_once_it_is_in_the_citizens_hand(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
    chosen = c.CallTicket(ONE, ticket, ChoiceReason.SCANNED)
    assert morning.refused("sri", chosen) == r.NotDelivered(ticket)
    morning.advance(seconds=3)
    morning.delivered(ticket)
    assert morning.now_is(ticket).delivery is Delivery.PAPER
    assert morning.now_is(ticket).arrived_at == morning.now
    assert morning.call("sri", ONE) == ticket


def test_an_unconfirmed_ticket_counts_after_the_time_out_and_is_marked(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    morning.advance(seconds=29)
    assert morning.now_is(ticket).arrived_at is None
    morning.advance(seconds=1)
    assert morning.now_is(ticket).delivery is None
    assert morning.now_is(ticket).arrived_at == morning.now
    assert morning.call("sri", ONE) == ticket


def test_of_several_on_their_way_time_counts_those_that_are_due(morning: Morning) -> None:
    first = morning.issue(c.IssueTicket("A")).ticket
    morning.advance(seconds=10)
    second = morning.issue(c.IssueTicket("A", priority=Priority.ELDERLY)).ticket
    morning.advance(seconds=25)
    assert morning.waiting("A") == [first]
    assert list(morning.state.undelivered) == [second]
    morning.advance(seconds=10)
    assert morning.waiting("A") == [second, first]
    due_at = morning.now - 5_000
    assert morning.now_is(second).virtual_arrival == due_at - 20 * MINUTE_MS


def test_a_late_confirmation_changes_the_mark_and_not_the_place(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    morning.advance(seconds=31)
    place = morning.now_is(ticket).virtual_arrival
    morning.advance(seconds=5)
    morning.kiosk(c.ConfirmDelivery(ticket, Delivery.SCREEN))
    assert morning.now_is(ticket).delivery is Delivery.SCREEN
    assert morning.now_is(ticket).virtual_arrival == place
    assert morning.waiting("A") == [ticket]


def test_a_confirmation_that_comes_after_the_call_leaves_the_ticket_in_hand(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    morning.advance(seconds=31)
    morning.call("sri", ONE)
    morning.delivered(ticket)
    assert morning.now_is(ticket).status is TicketStatus.CALLED
    assert morning.now_is(ticket).delivery is Delivery.PAPER
    assert morning.waiting("A") == []


def test_only_the_kiosk_that_issued_it_confirms_a_ticket_and_only_once(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    confirm = c.ConfirmDelivery(ticket, Delivery.PAPER)
    assert morning.decide(confirm, DeviceRole.KIOSK, "kiosk-2") == r.UnknownTicket(ticket)
    morning.kiosk(confirm)
    assert morning.refused_at_kiosk(confirm) == r.AlreadyDelivered(ticket)
    nobodys = c.ConfirmDelivery(TicketId("20260714-A099"), Delivery.PAPER)
    assert morning.refused_at_kiosk(nobodys) == r.UnknownTicket("20260714-A099")


def test_what_was_cancelled_on_its_way_is_never_counted_as_arrived(morning: Morning) -> None:
    ticket = morning.issue(c.IssueTicket("A")).ticket
    morning.clerk("sri", c.CancelTicket(ticket, CancelReason.ISSUED_BY_MISTAKE))
    morning.advance(minutes=1)
    assert morning.happened(e.TicketDelivered) == []
    assert morning.refused_at_kiosk(c.ConfirmDelivery(ticket, Delivery.PAPER)) == r.UnknownTicket(ticket)


# Quotas


def test_no_more_numbers_are_given_out_for_a_service_than_its_quota() -> None:
    morning = Morning(services=sample.services(sample.MICRO_BUSINESS, quota=2))
    morning.take("A", sample.MICRO_BUSINESS)
    morning.take("A", sample.JOBSEEKER)
    morning.take("A", sample.MICRO_BUSINESS)
    assert morning.refused_at_kiosk(c.IssueTicket("A", sample.MICRO_BUSINESS)) == r.QuotaReached(2)
    morning.take("A", sample.JOBSEEKER)
    morning.take("A")
    morning.advance(minutes=24 * 60)
    morning.take("A", sample.MICRO_BUSINESS)


def test_a_quota_of_none_gives_out_no_number() -> None:
    morning = Morning(services=sample.services(sample.MICRO_BUSINESS, quota=0))
    assert morning.refused_at_kiosk(c.IssueTicket("A", sample.MICRO_BUSINESS)) == r.QuotaReached(0)
