"""Every reason for a call comes about: one scene each, so that a reason without a scene stands out."""

from collections.abc import Callable

import pytest

from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.rules import ChannelRule
from broker.domain.ticket import ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    Because,
    Channel,
    ChoiceReason,
    HoldReason,
    Place,
    Priority,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, Morning

DRIVE_THRU = ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=30)
Scene = Callable[[Morning], TicketId]
"""What happens before Sri calls the next ticket at counter 1, where A is served before B; whom she calls then."""


def came_first(morning: Morning) -> TicketId:
    return morning.take("A")


def better_tier(morning: Morning) -> TicketId:
    morning.take("B")
    return morning.take("A")


def priority(morning: Morning) -> TicketId:
    morning.take("A")
    morning.advance(minutes=1)
    return morning.take("A", priority=Priority.DISABILITY)


def appointment(morning: Morning) -> TicketId:
    morning.kiosk(c.BookAppointments((Wanted(sample.TUESDAY, sample.at(8), sample.DOCTOR),)))
    morning.take("B")
    morning.advance(minutes=1)
    (booked,) = morning.state.appointments
    return morning.delivered(morning.issue(c.CheckIn(booked)).ticket)


def channel(morning: Morning) -> TicketId:
    morning.take("A")
    morning.advance(minutes=1)
    return morning.delivered(morning.issue(c.IssueTicket("A", channel=Channel.DRIVE_THRU)).ticket)


def waited_too_long(morning: Morning) -> TicketId:
    longest = morning.take("B")
    morning.advance(minutes=91)
    morning.take("A")
    return longest


def sent_here(morning: Morning) -> TicketId:
    ticket = morning.take("B")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToCounter(ONE)))
    return ticket


def came_back(morning: Morning) -> TicketId:
    morning.take("B")
    morning.advance(minutes=1)
    back = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(back, HoldReason.COMPLETING_PAPERS))
    morning.take("A", priority=Priority.ELDERLY)
    morning.clerk("sri", c.BringPapers(back))
    return back


def put_forward(morning: Morning) -> TicketId:
    morning.take("A")
    morning.advance(minutes=1)
    moved = morning.take("A")
    morning.clerk("ratna", c.MoveTickets((moved,), "A", ActReason.CITIZEN_ASKED, Place.FRONT))
    return moved


SCENES: dict[Because, Scene] = {
    Because.CAME_FIRST: came_first,
    Because.BETTER_TIER: better_tier,
    Because.PRIORITY: priority,
    Because.APPOINTMENT: appointment,
    Because.CHANNEL: channel,
    Because.WAITED_TOO_LONG: waited_too_long,
    Because.SENT_HERE: sent_here,
    Because.CAME_BACK: came_back,
    Because.PUT_FORWARD: put_forward,
}


@pytest.fixture
def morning() -> Morning:
    morning = Morning(sample.rules(channels=(DRIVE_THRU,)))
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def test_every_reason_of_the_rule_has_its_scene() -> None:
    assert set(SCENES) == set(Because) - {Because.CHOSEN}, "a choice is the clerk's, not the rule's"


@pytest.mark.parametrize("because", SCENES)
def test_the_reason_comes_about(morning: Morning, because: Because) -> None:
    expected = SCENES[because](morning)
    assert morning.call("sri", ONE) == expected
    assert morning.now_is(expected).because is because


def test_what_a_clerk_chose_was_chosen(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.clerk("sri", c.CallTicket(ONE, ticket, ChoiceReason.CAME_BACK))
    assert morning.now_is(ticket).because is Because.CHOSEN


def test_who_passes_only_those_of_another_service_has_a_priority_too(morning: Morning) -> None:
    first = morning.take("A", sample.MICRO_BUSINESS)
    morning.advance(minutes=1)
    morning.take("A", sample.JOBSEEKER)
    morning.advance(minutes=1)
    urgent = morning.take("A", sample.MICRO_BUSINESS, Priority.INFANT)
    morning.clerk("sri", c.CallTicket(ONE, first, ChoiceReason.SHORT_QUESTION))
    morning.clerk("sri", c.CompleteTicket(first))
    assert morning.call("sri", ONE) == urgent
    assert morning.now_is(urgent).because is Because.PRIORITY


def test_sent_on_by_a_colleague_one_has_not_come_back(morning: Morning) -> None:
    ticket = morning.take("A")
    morning.serving("sri", ONE)
    morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
    morning.clerk("sri", c.BringPapers(ticket))
    morning.serving("sri", ONE)
    morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
    assert not morning.now_is(ticket).came_back
