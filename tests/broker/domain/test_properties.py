"""What must hold whatever happens: random mornings against the real core.

Each rule below is checked after every step: no number twice, no ticket in two places, no clerk with two tickets,
refusals change nothing, replay gives the same state to the byte, nothing is lost.
"""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import encode_state
from broker.domain.commands import AnyCommand
from broker.domain.day import local_time
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.line import Line, in_order
from broker.domain.queue import can_serve
from broker.domain.refusals import Refusal
from broker.domain.state import Seat, State, Waiting
from broker.domain.ticket import IN_HAND, TRANSITIONS, Ticket, TicketAct, TicketStatus, ToQueue
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
    RejectReason,
    TicketId,
)
from tests.conftest import SOAKING
from tests.support import sample
from tests.support.outlet import LocalOutlet

CLERKS = st.sampled_from(["sri", "budi", "dewi", "ratna"])
COUNTERS = st.sampled_from([CounterNumber(number) for number in (1, 2, 3)])
LETTERS = st.sampled_from("ABCDE")
SERVICES = st.sampled_from([each.code for each in sample.SERVICES])

ACTS: dict[TicketAct, Callable[[TicketId], AnyCommand]] = {
    TicketAct.RECALL: c.Recall,
    TicketAct.START: c.StartService,
    TicketAct.COMPLETE: c.CompleteTicket,
    TicketAct.NO_SHOW: c.MarkNoShow,
    TicketAct.REINSTATE: c.ReinstateTicket,
    TicketAct.RESUME: c.ResumeTicket,
    TicketAct.PAPERS_BROUGHT: c.BringPapers,
    TicketAct.RETURN: c.RefutePriority,
}
"""What is done to a ticket without a further choice, by the act that its life is looked up under."""

RARE = (TicketAct.START, TicketAct.NO_SHOW, TicketAct.NO_SHOW, TicketAct.REINSTATE, TicketAct.RESUME)
"""Tried more often, since what they need comes about seldom."""

HEAD_START_MS = sample.RULES.fairness.longest_head_start_minutes * 60_000
NIGHT_EVERY = 50
"""Events after which a day may end."""
LONGEST_WAIT_MS = sample.RULES.fairness.longest_wait_minutes * 60_000


Move = Callable[[st.DataObject], None]


class OutletMachine(RuleBasedStateMachine):
    """Each step is one that may well be legal now, so that deep states are reached; a few are by the wrong clerk."""

    accepted: ClassVar[Counter[type[c.Command]]] = Counter()

    @initialize()
    def open(self) -> None:
        self.outlet = LocalOutlet()
        self.night_from = NIGHT_EVERY
        for number, clerk in zip((1, 2, 3), ("sri", "budi", "ratna"), strict=True):
            self.attempt(c.OpenCounter(CounterNumber(number)), DeviceRole.COUNTER, clerk)

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        possible = [move for move, when in self.moves() if when]
        data.draw(st.sampled_from(possible))(data)

    def moves(self) -> list[tuple[Move, bool]]:
        """What may be tried, and whether there is somebody to try it with."""
        state = self.outlet.state
        seats = state.seats.values()
        free = any(seat.ticket is None for seat in seats)
        statuses = {ticket.status for ticket in state.tickets.values()}
        of_tickets: list[tuple[TicketAct, Move]] = [
            *((act, partial(self.act, act)) for act in sorted(ACTS)),
            *((act, partial(self.act, act)) for act in RARE),
            (TicketAct.CALL, self.confirm_late),
            (TicketAct.RECALL, self.announce),
            (TicketAct.TRANSFER, self.transfer),
            (TicketAct.HOLD, self.hold),
            (TicketAct.CANCEL, self.cancel),
            (TicketAct.COMPLETE, self.set_service),
            (TicketAct.COMPLETE, self.accept),
        ]
        return [
            (self.issue, True),
            (self.some_seconds_pass, True),
            (self.a_while_passes, True),
            (self.the_night_passes, len(self.outlet.journal) > self.night_from),
            (self.sit_down, len(seats) < len(sample.RULES.counters)),
            (self.leave, bool(seats)),
            (self.pause, bool(seats)),
            (self.go_on, any(seat.pause for seat in seats)),
            *[(self.call_next, free)] * 3,
            (self.call_chosen, free and TicketStatus.WAITING in statuses),
            *[(self.process, bool(state.applications))] * 2,
            (self.anything, bool(state.tickets)),
            *((move, not statuses.isdisjoint(TRANSITIONS[act])) for act, move in of_tickets),
        ]

    def attempt(
        self, command: AnyCommand, role: DeviceRole, clerk: str | None = None
    ) -> tuple[Recorded, ...]:
        """Carry it out if the core agrees; what has happened."""
        before = encode_state(self.outlet.state)
        decision = self.outlet.decide(command, role, "device", clerk)
        if isinstance(decision, Refusal):
            assert encode_state(self.outlet.state) == before, f"{decision} changed the state"
            return ()
        self.accepted[type(command)] += 1
        return decision

    def ticket(self, data: st.DataObject, act: TicketAct) -> Ticket:
        """One from which the act may begin."""
        known = sorted(self.outlet.state.tickets.items())
        return data.draw(st.sampled_from([each for _, each in known if each.status in TRANSITIONS[act]]))

    def seat(self, data: st.DataObject) -> Seat:
        return data.draw(st.sampled_from([seat for _, seat in sorted(self.outlet.state.seats.items())]))

    def free_seat(self, data: st.DataObject) -> Seat:
        seats = sorted(self.outlet.state.seats.items())
        return data.draw(st.sampled_from([seat for _, seat in seats if seat.ticket is None]))

    # Tickets

    def issue(self, data: st.DataObject) -> None:
        delivered, priority = data.draw(st.booleans()), data.draw(st.none() | st.sampled_from(Priority))
        for letter in data.draw(st.lists(LETTERS, min_size=1, max_size=4)):
            services = [each.code for each in sample.SERVICES if each.letter == letter]
            command = c.IssueTicket(letter, data.draw(st.sampled_from([None, *services])), priority)
            for record in self.attempt(command, DeviceRole.KIOSK):
                if delivered and isinstance(record.event, e.TicketIssued):
                    self.attempt(c.ConfirmDelivery(record.event.ticket, Delivery.PAPER), DeviceRole.KIOSK)

    def confirm_late(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.CALL)
        self.attempt(c.ConfirmDelivery(ticket.id, Delivery.SCREEN), DeviceRole.KIOSK)

    def act(self, act: TicketAct, data: st.DataObject) -> None:
        ticket = self.ticket(data, act)
        if act in (TicketAct.RECALL, TicketAct.NO_SHOW):  # allowed only some time after the call
            self.outlet.advance(seconds=data.draw(st.sampled_from([90, 90, 0])))
        stray = data.draw(st.sampled_from([False] * 5 + [True]))
        clerk = data.draw(CLERKS) if stray or ticket.clerk is None else ticket.clerk
        self.attempt(ACTS[act](ticket.id), DeviceRole.COUNTER, clerk)

    def anything(self, data: st.DataObject) -> None:
        ticket = data.draw(st.sampled_from(sorted(self.outlet.state.tickets)))
        act = data.draw(st.sampled_from(sorted(ACTS)))
        self.attempt(ACTS[act](ticket), DeviceRole.COUNTER, data.draw(CLERKS))

    def announce(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.RECALL)
        assert ticket.call is not None
        self.attempt(c.ReportAnnounced(ticket.id, ticket.call.number), DeviceRole.DISPLAY)

    def transfer(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.TRANSFER)
        command = c.TransferTicket(ticket.id, ToQueue(data.draw(LETTERS)), data.draw(st.sampled_from(Place)))
        self.attempt(command, DeviceRole.COUNTER, ticket.clerk)

    def hold(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.HOLD)
        command = c.HoldTicket(ticket.id, data.draw(st.sampled_from(HoldReason)))
        self.attempt(command, DeviceRole.COUNTER, ticket.clerk)

    def cancel(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.CANCEL)
        command = c.CancelTicket(ticket.id, CancelReason.CITIZEN_LEFT)
        self.attempt(command, DeviceRole.COUNTER, data.draw(CLERKS))

    def set_service(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.COMPLETE)
        self.attempt(c.SetService(ticket.id, data.draw(SERVICES)), DeviceRole.COUNTER, ticket.clerk)

    # Counters and files

    def sit_down(self, data: st.DataObject) -> None:
        self.attempt(c.OpenCounter(data.draw(COUNTERS)), DeviceRole.COUNTER, data.draw(CLERKS))

    def pause(self, data: st.DataObject) -> None:
        seat = self.seat(data)
        self.attempt(c.PauseCounter(seat.counter, PauseReason.BREAK), DeviceRole.COUNTER, seat.clerk)

    def go_on(self, data: st.DataObject) -> None:
        seat = self.seat(data)
        self.attempt(c.ResumeCounter(seat.counter), DeviceRole.COUNTER, seat.clerk)

    def leave(self, data: st.DataObject) -> None:
        seat = self.seat(data)
        self.attempt(c.CloseCounter(seat.counter), DeviceRole.COUNTER, seat.clerk)

    def call_chosen(self, data: st.DataObject) -> None:
        seat, ticket = self.free_seat(data), self.ticket(data, TicketAct.CALL)
        command = c.CallTicket(seat.counter, ticket.id, data.draw(st.sampled_from(ChoiceReason)))
        self.attempt(command, DeviceRole.COUNTER, seat.clerk)

    def call_next(self, data: st.DataObject) -> None:
        seat = self.free_seat(data)
        waiting = self.servable_at(seat)
        for record in self.attempt(c.CallNext(seat.counter), DeviceRole.COUNTER, seat.clerk):
            assert isinstance(record.event, e.TicketCalled)
            self.check_nobody_starves(waiting, record.event.ticket)

    def servable_at(self, seat: Seat) -> dict[TicketId, tuple[int, Ticket]]:
        """Everybody whom that clerk may call there, with the tier in which they wait."""
        state = self.outlet.state
        counter = next(each for each in sample.RULES.counters if each.number == seat.counter)
        clerk = next(each for each in sample.RULES.clerks if each.id == seat.clerk)
        waiting = {
            place.ticket: (tier, state.tickets[place.ticket])
            for tier, letters in enumerate(counter.tiers)
            for letter in letters
            for line in state.waiting.get(letter, {}).values()
            for place in in_order(line)
        }
        return {
            name: (tier, each)
            for name, (tier, each) in waiting.items()
            if can_serve(state, clerk, each.service)
        }

    def check_nobody_starves(self, waiting: dict[TicketId, tuple[int, Ticket]], called: TicketId) -> None:
        """Nobody issued later than (my virtual arrival + H) comes before me; across tiers, once I waited too long."""
        tier, first = waiting.pop(called)
        for other_tier, other in waiting.values():
            assert other.virtual_arrival is not None
            too_long = other.virtual_arrival < self.outlet.now - LONGEST_WAIT_MS
            if other_tier <= tier or too_long:
                assert first.issued_at <= other.virtual_arrival + HEAD_START_MS, (first, other)

    def accept(self, data: st.DataObject) -> None:
        ticket = self.ticket(data, TicketAct.COMPLETE)
        command = c.AcceptApplication(ticket.id, data.draw(SERVICES), (0,))
        self.attempt(command, DeviceRole.COUNTER, ticket.clerk)

    def process(self, data: st.DataObject) -> None:
        application = data.draw(st.sampled_from(sorted(self.outlet.state.applications)))
        commands = (
            c.MarkComplete(application),
            c.HandOver(application),
            c.RejectApplication(application, RejectReason.NOT_ELIGIBLE),
        )
        self.attempt(data.draw(st.sampled_from(commands)), DeviceRole.COUNTER, "dewi")

    def lines(self) -> list[Line[Waiting]]:
        return [line for lines in self.outlet.state.waiting.values() for line in lines.values()]

    # Time

    def some_seconds_pass(self, data: st.DataObject) -> None:
        self.outlet.advance(seconds=data.draw(st.integers(20, 120)))

    def a_while_passes(self, data: st.DataObject) -> None:
        self.outlet.advance(minutes=data.draw(st.sampled_from([5, 20, 100])))

    def the_night_passes(self, _data: st.DataObject) -> None:
        """And, after a Friday, the weekend."""
        self.night_from = len(self.outlet.journal) + NIGHT_EVERY
        self.outlet.advance(minutes=10 * 60)
        while not self.gives_out_numbers():
            self.outlet.advance(minutes=30)

    def gives_out_numbers(self) -> bool:
        local = local_time(self.outlet.now, sample.JAKARTA_MINUTES)
        minute = local.hour * 60 + local.minute
        return (
            self.outlet.state.day is not None
            and sample.WEEKDAY.first_ticket <= minute < sample.WEEKDAY.last_ticket
        )

    @invariant()
    def no_number_is_issued_twice(self) -> None:
        issued = [each.event.ticket for each in self.outlet.journal if isinstance(each.event, e.TicketIssued)]
        assert len(issued) == len(set(issued))

    @invariant()
    def no_ticket_is_in_two_places(self) -> None:
        state = self.outlet.state
        waiting = [place.ticket for line in self.lines() for place in in_order(line)]
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
        for line in self.lines():
            assert [*in_order(line)] == sorted(in_order(line))

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


def test_every_step_of_random_mornings_holds_and_every_command_is_tried_in_earnest() -> None:
    run_state_machine_as_test(
        OutletMachine,
        settings=settings(max_examples=3000 if SOAKING else 120, stateful_step_count=100, deadline=None),
    )
    by_operator_or_time = {c.ConfigureOutlet, c.AdoptCatalogue, c.Tick}
    assert not {*c.Command.__subclasses__()} - by_operator_or_time - {*OutletMachine.accepted}
