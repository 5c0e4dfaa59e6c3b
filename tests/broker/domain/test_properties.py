"""What must hold whatever happens: random mornings against the real core.

Each rule below is checked after every step: no number twice, no ticket in two places, no clerk with two tickets,
refusals change nothing, replay gives the same state to the byte, nothing is lost.
"""

from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import encode_state
from broker.domain.commands import AnyCommand
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.state import State
from broker.domain.ticket import IN_HAND, TicketStatus
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
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.outlet import LocalOutlet

CLERKS = st.sampled_from(["sri", "budi", "dewi", "ratna"])
COUNTERS = st.sampled_from([CounterNumber(number) for number in (1, 2, 3)])
LETTERS = st.sampled_from("ABCDE")
ACTS = st.sampled_from(
    [
        c.Recall,
        c.StartService,
        c.CompleteTicket,
        c.MarkNoShow,
        c.ReinstateTicket,
        c.ResumeTicket,
        c.BringPapers,
        c.RefutePriority,
    ]
)


class OutletMachine(RuleBasedStateMachine):
    @initialize()
    def open(self) -> None:
        self.outlet = LocalOutlet()

    def attempt(self, command: AnyCommand, role: DeviceRole, clerk: str | None = None) -> None:
        before = encode_state(self.outlet.state)
        decision = self.outlet.decide(command, role, "device", clerk)
        if isinstance(decision, Refusal):
            assert encode_state(self.outlet.state) == before, f"{decision} changed the state"

    def any_ticket(self, data: st.DataObject) -> TicketId:
        known = sorted(self.outlet.state.tickets) or [TicketId("20260714-A999")]
        return data.draw(st.sampled_from(known))

    @rule(letter=LETTERS, priority=st.none() | st.sampled_from(Priority), delivered=st.booleans())
    def issue(self, letter: str, priority: Priority | None, delivered: bool) -> None:
        self.attempt(c.IssueTicket(letter, priority=priority), DeviceRole.KIOSK)
        last = self.outlet.journal[-1].event
        if delivered and isinstance(last, e.TicketIssued):
            self.attempt(c.ConfirmDelivery(last.ticket, Delivery.PAPER), DeviceRole.KIOSK)

    @rule(clerk=CLERKS, counter=COUNTERS)
    def sit_down(self, clerk: str, counter: CounterNumber) -> None:
        self.attempt(c.OpenCounter(counter), DeviceRole.COUNTER, clerk)

    @rule(clerk=CLERKS, counter=COUNTERS, what=st.sampled_from(["pause", "resume", "close"]))
    def at_the_counter(self, clerk: str, counter: CounterNumber, what: str) -> None:
        commands: dict[str, AnyCommand] = {
            "pause": c.PauseCounter(counter, PauseReason.BREAK),
            "resume": c.ResumeCounter(counter),
            "close": c.CloseCounter(counter),
        }
        self.attempt(commands[what], DeviceRole.COUNTER, clerk)

    @rule(clerk=CLERKS, counter=COUNTERS)
    def call_next(self, clerk: str, counter: CounterNumber) -> None:
        self.attempt(c.CallNext(counter), DeviceRole.COUNTER, clerk)

    @rule(data=st.data(), clerk=CLERKS, act=ACTS)
    def act(self, data: st.DataObject, clerk: str, act: Any) -> None:
        self.attempt(act(self.any_ticket(data)), DeviceRole.COUNTER, clerk)

    @rule(data=st.data(), clerk=CLERKS, counter=COUNTERS)
    def call_chosen(self, data: st.DataObject, clerk: str, counter: CounterNumber) -> None:
        chosen = c.CallTicket(counter, self.any_ticket(data), ChoiceReason.SCANNED)
        self.attempt(chosen, DeviceRole.COUNTER, clerk)

    @rule(data=st.data(), clerk=CLERKS, letter=LETTERS, place=st.sampled_from(Place))
    def transfer(self, data: st.DataObject, clerk: str, letter: str, place: Place) -> None:
        self.attempt(c.TransferTicket(self.any_ticket(data), letter, place), DeviceRole.COUNTER, clerk)

    @rule(data=st.data(), clerk=CLERKS, reason=st.sampled_from(HoldReason))
    def hold(self, data: st.DataObject, clerk: str, reason: HoldReason) -> None:
        self.attempt(c.HoldTicket(self.any_ticket(data), reason), DeviceRole.COUNTER, clerk)

    @rule(data=st.data(), clerk=CLERKS)
    def cancel(self, data: st.DataObject, clerk: str) -> None:
        command = c.CancelTicket(self.any_ticket(data), CancelReason.CITIZEN_LEFT)
        self.attempt(command, DeviceRole.COUNTER, clerk)

    @rule(data=st.data(), clerk=CLERKS, service=st.sampled_from([each.code for each in sample.SERVICES]))
    def accept(self, data: st.DataObject, clerk: str, service: sample.ServiceCode) -> None:
        command = c.AcceptApplication(self.any_ticket(data), service, (0,))
        self.attempt(command, DeviceRole.COUNTER, clerk)

    @precondition(lambda self: self.outlet.state.applications)
    @rule(data=st.data(), act=st.sampled_from([c.MarkComplete, c.HandOver]))
    def process(self, data: st.DataObject, act: Any) -> None:
        application = data.draw(st.sampled_from(sorted(self.outlet.state.applications)))
        self.attempt(act(application), DeviceRole.COUNTER, "dewi")

    @rule(seconds=st.integers(1, 3600))
    def time_passes(self, seconds: int) -> None:
        self.outlet.advance(seconds=seconds)

    @rule()
    def the_night_passes(self) -> None:
        self.outlet.advance(minutes=12 * 60)

    @invariant()
    def no_number_is_issued_twice(self) -> None:
        issued = [each.event.ticket for each in self.outlet.journal if isinstance(each.event, e.TicketIssued)]
        assert len(issued) == len(set(issued))

    @invariant()
    def no_ticket_is_in_two_places(self) -> None:
        state = self.outlet.state
        waiting = [place.ticket for queue in state.waiting.values() for place in queue]
        in_hand = [seat.ticket for seat in state.seats.values() if seat.ticket]
        assert len(waiting + in_hand) == len({*waiting, *in_hand})
        for ticket in state.tickets.values():
            callable_ = ticket.status is TicketStatus.WAITING and ticket.arrived_at is not None
            assert (ticket.id in waiting) == callable_
            assert (ticket.id in in_hand) == (ticket.status in IN_HAND)

    @invariant()
    def no_clerk_has_two_tickets_or_two_counters(self) -> None:
        seats = list(self.outlet.state.seats.values())
        assert len({seat.clerk for seat in seats}) == len(seats)
        in_hand = [each.clerk for each in self.outlet.state.tickets.values() if each.status in IN_HAND]
        assert len(in_hand) == len(set(in_hand))

    @invariant()
    def every_queue_stands_in_the_rules_order(self) -> None:
        for queue in self.outlet.state.waiting.values():
            assert queue == sorted(queue)

    @invariant()
    def nobody_stands_before_the_longest_head_start(self) -> None:
        for ticket in self.outlet.state.tickets.values():
            if ticket.virtual_arrival is not None:
                assert ticket.arrived_at is not None
                assert ticket.virtual_arrival >= ticket.arrived_at - 60 * 60_000

    def teardown(self) -> None:
        replayed = State()
        for record in self.outlet.journal:
            evolve(replayed, record)
        assert encode_state(replayed) == encode_state(self.outlet.state)


OutletMachine.TestCase.settings = settings(
    max_examples=3000 if SOAKING else 60, stateful_step_count=60, deadline=None
)
TestOutlet = OutletMachine.TestCase
