"""A ticket's life as citizens and clerks see it, decided by the real core."""

import pytest

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain import refusals as r
from broker.domain.ticket import TicketStatus, ToQueue
from broker.domain.values import (
    CancelReason,
    ChoiceReason,
    CounterNumber,
    Delivery,
    DeviceRole,
    HoldReason,
    PauseReason,
    Place,
    Priority,
    TicketId,
)
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning


@pytest.fixture
def morning() -> Morning:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


class TestIssue:
    def test_numbers_count_up_per_queue(self, morning: Morning) -> None:
        assert [morning.take("A"), morning.take("B"), morning.take("A")] == [
            "20260714-A001",
            "20260714-B001",
            "20260714-A002",
        ]

    def test_a_ticket_may_be_called_only_once_it_is_in_the_citizens_hand(self, morning: Morning) -> None:
        morning.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
        assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()
        chosen = c.CallTicket(ONE, TicketId("20260714-A001"), ChoiceReason.SCANNED)
        assert morning.refused("sri", chosen) == r.NotDelivered("20260714-A001")

    def test_an_unconfirmed_ticket_counts_after_the_time_out_and_is_marked(self, morning: Morning) -> None:
        (issued,) = morning.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
        morning.advance(seconds=31)
        ticket = morning.state.tickets[issued.ticket]  # type: ignore[union-attr]
        assert ticket.delivery is None
        assert ticket.arrived_at == morning.now
        assert morning.call("sri", ONE) == ticket.id

    def test_a_late_confirmation_changes_the_mark_and_not_the_place(self, morning: Morning) -> None:
        (issued,) = morning.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
        ticket = issued.ticket  # type: ignore[union-attr]
        morning.advance(seconds=31)
        place = morning.state.tickets[ticket].virtual_arrival
        morning.advance(seconds=5)
        morning.do(c.ConfirmDelivery(ticket, Delivery.SCREEN), DeviceRole.KIOSK, "kiosk-1")
        assert morning.state.tickets[ticket].delivery is Delivery.SCREEN
        assert morning.state.tickets[ticket].virtual_arrival == place

    def test_only_the_kiosk_that_issued_it_confirms_a_ticket(self, morning: Morning) -> None:
        (issued,) = morning.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
        confirm = c.ConfirmDelivery(issued.ticket, Delivery.PAPER)  # type: ignore[union-attr]
        assert isinstance(morning.decide(confirm, DeviceRole.KIOSK, "kiosk-2"), r.UnknownTicket)
        morning.do(confirm, DeviceRole.KIOSK, "kiosk-1")
        assert isinstance(morning.decide(confirm, DeviceRole.KIOSK, "kiosk-1"), r.AlreadyDelivered)

    def test_before_the_first_and_after_the_last_number_the_citizen_is_told_when(self) -> None:
        early = Morning(start=sample.at(7, 0))
        assert early.decide(c.IssueTicket("A"), DeviceRole.KIOSK) == r.TooEarly(sample.at(7, 30))
        late = Morning(start=sample.at(13, 30))
        assert late.decide(c.IssueTicket("B"), DeviceRole.KIOSK) == r.TooLate(sample.at(13, 30))

    def test_on_a_day_off_there_are_no_numbers(self) -> None:
        sunday = Morning(start=sample.at(9, day=sample.BusinessDay("2026-07-19")))
        assert sunday.decide(c.IssueTicket("A"), DeviceRole.KIOSK) == r.OutletClosed()

    def test_a_one_day_service_past_its_cut_off_is_refused_with_the_time(self) -> None:
        late = Morning(start=sample.at(11, 0))
        refusal = late.decide(c.IssueTicket("A", sample.MICRO_BUSINESS), DeviceRole.KIOSK)
        assert refusal == r.PastCutOff(sample.at(11, 0))

    def test_a_service_is_taken_in_its_own_queue(self, morning: Morning) -> None:
        refusal = morning.decide(c.IssueTicket("A", sample.DOCTOR), DeviceRole.KIOSK)
        assert refusal == r.ServiceElsewhere("B")
        unknown = morning.decide(c.IssueTicket("A", sample.ServiceCode("X")), DeviceRole.KIOSK)
        assert unknown == r.UnknownService("X")
        assert morning.decide(c.IssueTicket("Z"), DeviceRole.KIOSK) == r.UnknownQueue("Z")

    def test_the_last_number_of_a_queue_is_the_last(self, morning: Morning) -> None:
        morning.state.numbers["A"] = 998
        assert morning.take("A") == "20260714-A999"
        assert morning.decide(c.IssueTicket("A"), DeviceRole.KIOSK) == r.NumbersUsedUp("A")

    def test_the_citizen_is_told_who_is_ahead_and_when_it_will_be_ready(self, morning: Morning) -> None:
        morning.take("A")
        morning.take("A", priority=Priority.ELDERLY)
        (issued,) = morning.do(c.IssueTicket("A", sample.MICRO_BUSINESS), DeviceRole.KIOSK, "kiosk-1")
        assert isinstance(issued, e.TicketIssued)
        assert issued.ahead == 2
        assert issued.estimate is not None
        assert issued.estimate.from_minutes < issued.estimate.to_minutes
        assert issued.ready_expected_at is not None
        assert issued.ready_expected_at > sample.at(11, 30)

    def test_without_an_open_counter_nobody_is_told_a_wait(self) -> None:
        (issued,) = Morning().do(c.IssueTicket("A"), DeviceRole.KIOSK)
        assert isinstance(issued, e.TicketIssued)
        assert issued.estimate is None


class TestCalling:
    def test_first_come_first_served_within_a_tier(self, morning: Morning) -> None:
        first, second = morning.take("B"), morning.take("C")
        assert morning.serving("sri", ONE) == first
        morning.clerk("sri", c.CompleteTicket(first))
        assert morning.call("sri", ONE) == second

    def test_the_counters_first_tier_comes_first(self, morning: Morning) -> None:
        morning.take("B")
        one_day = morning.take("A")
        assert morning.call("sri", ONE) == one_day

    def test_a_priority_is_counted_as_come_earlier(self, morning: Morning) -> None:
        morning.take("A")
        morning.advance(minutes=15)
        elder = morning.take("A", priority=Priority.ELDERLY)
        assert morning.call("sri", ONE) == elder

    def test_a_priority_does_not_overtake_who_waits_longer_than_its_head_start(
        self, morning: Morning
    ) -> None:
        plain = morning.take("A")
        morning.advance(minutes=25)
        morning.take("A", priority=Priority.ELDERLY)
        assert morning.call("sri", ONE) == plain

    def test_whoever_waits_longer_than_allowed_comes_first_whatever_the_tier(self, morning: Morning) -> None:
        forgotten = morning.take("D")
        morning.advance(minutes=91)
        morning.take("A")
        assert morning.call("sri", ONE) == forgotten

    def test_a_clerk_calls_only_what_the_skills_allow(self, morning: Morning) -> None:
        morning.clerk("budi", c.OpenCounter(TWO))
        doctor = morning.take("B", sample.DOCTOR)
        research = morning.take("C", sample.RESEARCH)
        assert morning.call("budi", TWO) == research
        assert morning.call("sri", ONE) == doctor

    def test_a_clerk_has_one_ticket_in_hand(self, morning: Morning) -> None:
        first = morning.take("A")
        morning.take("A")
        morning.call("sri", ONE)
        assert morning.refused("sri", c.CallNext(ONE)) == r.TicketInHand(first)

    def test_a_chosen_ticket_is_marked_with_its_reason(self, morning: Morning) -> None:
        morning.take("A")
        wanted = morning.take("A")
        events = morning.clerk("sri", c.CallTicket(ONE, wanted, ChoiceReason.SCANNED))
        assert events == (e.TicketCalled(wanted, ONE, sample.SRI, ChoiceReason.SCANNED),)

    def test_a_counter_calls_nobody_from_a_queue_it_does_not_serve(self, morning: Morning) -> None:
        collecting = morning.take("E")
        chosen = c.CallTicket(ONE, collecting, ChoiceReason.SCANNED)
        assert morning.refused("sri", chosen) == r.QueueNotHere("E")

    def test_a_recall_waits_its_interval_and_has_an_end(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.call("sri", ONE)
        morning.announce(ticket)
        possible_at = morning.now + 15_000
        assert morning.refused("sri", c.Recall(ticket)) == r.RecallTooSoon(possible_at)
        for number in (2, 3, 4):
            morning.advance(seconds=15)
            assert morning.clerk("sri", c.Recall(ticket)) == (e.TicketRecalled(ticket, number),)
            morning.announce(ticket)
        morning.advance(seconds=15)
        assert morning.refused("sri", c.Recall(ticket)) == r.RecallsUsedUp(3)

    def test_a_call_without_a_speaking_display_counts_as_announced_in_the_end(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.call("sri", ONE)
        morning.advance(seconds=11)
        assert e.CallAnnounced(ticket, 1, assumed=True) in [record.event for record in morning.journal]

    def test_a_second_report_of_the_same_announcement_changes_nothing(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.call("sri", ONE)
        morning.announce(ticket)
        assert morning.do(c.ReportAnnounced(ticket, 1), DeviceRole.DISPLAY) == ()
        stale = morning.decide(c.ReportAnnounced(ticket, 7), DeviceRole.DISPLAY)
        assert stale == r.NotCurrentCall(7)

    def test_a_no_show_waits_its_time_and_may_come_back_to_the_front(self, morning: Morning) -> None:
        missed = morning.take("A")
        morning.call("sri", ONE)
        morning.announce(missed)
        assert isinstance(morning.refused("sri", c.MarkNoShow(missed)), r.NoShowTooSoon)
        morning.advance(seconds=45)
        morning.clerk("sri", c.MarkNoShow(missed))
        other = morning.take("A")
        morning.clerk("sri", c.ReinstateTicket(missed))
        assert morning.call("sri", ONE) == missed
        assert other in morning.state.tickets

    def test_a_no_show_that_stays_away_is_forgotten(self, morning: Morning) -> None:
        missed = morning.take("A")
        morning.call("sri", ONE)
        morning.announce(missed)
        morning.advance(seconds=45)
        morning.clerk("sri", c.MarkNoShow(missed))
        morning.advance(minutes=30)
        assert missed not in morning.state.tickets
        assert morning.refused("sri", c.ReinstateTicket(missed)) == r.UnknownTicket(missed)

    def test_a_refuted_priority_goes_back_to_its_place_without_head_start(self, morning: Morning) -> None:
        plain = morning.take("A")
        morning.advance(minutes=5)
        claimed = morning.take("A", priority=Priority.DISABILITY)
        assert morning.call("sri", ONE) == claimed
        morning.clerk("sri", c.RefutePriority(claimed))
        assert morning.state.tickets[claimed].priority is None
        assert morning.call("sri", ONE) == plain
        assert morning.refused("sri", c.RefutePriority(plain)) == r.NoPriority(plain)


class TestServing:
    def test_a_visit_from_call_to_completion(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.serving("sri", ONE)
        morning.advance(minutes=7)
        assert morning.clerk("sri", c.CompleteTicket(ticket)) == (e.TicketCompleted(ticket),)
        assert ticket not in morning.state.tickets
        tally = morning.state.tallies[sample.SRI]
        assert (tally.served, tally.timed, tally.service_ms) == (1, 1, 7 * 60_000)
        assert morning.state.service_ms["A"] == 7 * 60_000

    def test_completed_at_the_call_has_no_service_time(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.call("sri", ONE)
        assert morning.clerk("sri", c.CompleteTicket(ticket)) == (
            e.TicketCompleted(ticket, start_unknown=True),
        )
        assert morning.state.tallies[sample.SRI].timed == 0

    def test_another_clerks_ticket_stays_theirs(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.serving("sri", ONE)
        morning.clerk("budi", c.OpenCounter(TWO))
        for command in (
            c.CompleteTicket(ticket),
            c.TransferTicket(ticket, ToQueue("B")),
            c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT),
        ):
            assert morning.refused("budi", command) == r.NotYourTicket(ONE)

    def test_transferred_by_arrival_it_keeps_its_number_and_its_time(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.advance(minutes=3)
        later = morning.take("B")
        morning.serving("sri", ONE)
        morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B")))
        assert morning.state.tickets[ticket].letter == "A"
        assert [place.ticket for place in morning.state.waiting["B"]] == [ticket, later]

    def test_transferred_to_the_end_it_stands_behind_who_waits(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.advance(minutes=3)
        later = morning.take("B")
        morning.serving("sri", ONE)
        morning.advance(seconds=30)
        morning.clerk("sri", c.TransferTicket(ticket, ToQueue("B"), Place.END))
        assert [place.ticket for place in morning.state.waiting["B"]] == [later, ticket]

    def test_held_and_resumed(self, morning: Morning) -> None:
        ticket, next_one = morning.take("A"), morning.take("A")
        morning.serving("sri", ONE)
        morning.clerk("sri", c.HoldTicket(ticket, HoldReason.WAITING))
        morning.serving("sri", ONE)
        assert morning.refused("sri", c.ResumeTicket(ticket)) == r.TicketInHand(next_one)
        morning.clerk("sri", c.CompleteTicket(next_one))
        morning.clerk("sri", c.ResumeTicket(ticket))
        assert morning.state.seats[ONE].ticket == ticket

    def test_back_with_the_papers_one_is_next(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.serving("sri", ONE)
        morning.clerk("sri", c.HoldTicket(ticket, HoldReason.COMPLETING_PAPERS))
        morning.take("A", priority=Priority.ELDERLY)
        morning.clerk("sri", c.BringPapers(ticket))
        assert morning.call("sri", ONE) == ticket

    def test_cancelled_while_waiting_it_leaves_the_queue(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.clerk("sri", c.CancelTicket(ticket, CancelReason.CITIZEN_LEFT))
        assert morning.state.waiting_count("A") == 0
        assert morning.refused("sri", c.CallNext(ONE)) == r.NobodyWaiting()

    def test_the_clerk_says_what_the_visit_is_about(self, morning: Morning) -> None:
        ticket = morning.take("B")
        morning.serving("sri", ONE)
        morning.clerk("sri", c.SetService(ticket, sample.DOCTOR))
        assert morning.state.tickets[ticket].service == sample.DOCTOR
        unknown = c.SetService(ticket, sample.ServiceCode("X"))
        assert morning.refused("sri", unknown) == r.UnknownService("X")

    def test_an_act_in_the_wrong_status_is_refused_with_the_status(self, morning: Morning) -> None:
        ticket = morning.take("A")
        assert morning.refused("sri", c.StartService(ticket)) == r.WrongStatus(ticket, TicketStatus.WAITING)
        morning.call("sri", ONE)
        held = c.HoldTicket(ticket, HoldReason.WAITING)
        assert morning.refused("sri", held) == r.WrongStatus(ticket, TicketStatus.CALLED)


class TestCounters:
    def test_a_counter_has_one_clerk_and_a_clerk_one_counter(self, morning: Morning) -> None:
        assert morning.refused("budi", c.OpenCounter(ONE)) == r.CounterTaken(ONE)
        assert morning.refused("sri", c.OpenCounter(TWO)) == r.ClerkElsewhere(ONE)
        assert morning.refused("sri", c.OpenCounter(CounterNumber(9))) == r.UnknownCounter(9)

    def test_opening_ones_own_open_counter_changes_nothing(self, morning: Morning) -> None:
        assert morning.clerk("sri", c.OpenCounter(ONE)) == ()

    def test_on_a_break_nobody_is_called(self, morning: Morning) -> None:
        morning.take("A")
        morning.clerk("sri", c.PauseCounter(ONE, PauseReason.BREAK))
        assert morning.refused("sri", c.CallNext(ONE)) == r.CounterOnBreak(ONE)
        assert morning.refused("sri", c.PauseCounter(ONE, PauseReason.BREAK)) == r.CounterOnBreak(ONE)
        morning.clerk("sri", c.ResumeCounter(ONE))
        assert morning.refused("sri", c.ResumeCounter(ONE)) == r.CounterNotOnBreak(ONE)
        morning.call("sri", ONE)

    def test_nobody_leaves_with_a_ticket_in_hand(self, morning: Morning) -> None:
        ticket = morning.take("A")
        morning.call("sri", ONE)
        assert morning.refused("sri", c.CloseCounter(ONE)) == r.TicketInHand(ticket)
        assert morning.refused("sri", c.PauseCounter(ONE, PauseReason.BREAK)) == r.TicketInHand(ticket)
        morning.clerk("sri", c.CompleteTicket(ticket))
        morning.clerk("sri", c.CloseCounter(ONE))
        assert morning.refused("sri", c.CallNext(ONE)) == r.CounterNotOpen(ONE)


class TestPermissions:
    def test_a_display_may_send_nothing_but_its_report(self, morning: Morning) -> None:
        for command in (c.IssueTicket("A"), c.CallNext(ONE), c.OpenCounter(ONE)):
            assert morning.decide(command, DeviceRole.DISPLAY, clerk="sri") == r.NotPermitted()

    def test_at_a_counter_somebody_must_be_signed_in(self, morning: Morning) -> None:
        assert morning.decide(c.CallNext(ONE), DeviceRole.COUNTER) == r.ClerkNeeded()
        assert morning.decide(c.CallNext(ONE), DeviceRole.COUNTER, clerk="nobody") == r.ClerkNeeded()

    def test_time_is_the_brokers_own(self, morning: Morning) -> None:
        assert morning.decide(c.Tick(), DeviceRole.OPERATOR) == r.NotPermitted()

    def test_every_command_has_its_permission_and_its_handler(self) -> None:
        from broker.domain.decide import HANDLERS
        from broker.domain.decide.permissions import PERMISSIONS

        commands = set(c.AnyCommand.__args__)
        assert set(PERMISSIONS) == commands
        assert set(HANDLERS) == commands


def test_without_rules_nothing_is_decided() -> None:
    from broker.domain.decide import decide
    from broker.domain.state import State

    envelope = c.Envelope(c.CommandId("0" * 32), c.DeviceId("kiosk-1"), DeviceRole.KIOSK, c.IssueTicket("A"))
    assert decide(State(), envelope, sample.at(8)) == r.NotConfigured()
