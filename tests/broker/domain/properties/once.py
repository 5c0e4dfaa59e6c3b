"""What is given out once and never again, and that whatever was given out comes to an end of its own."""

from broker.domain import events as e
from broker.domain.events import Recorded
from broker.domain.roll import RollTicket
from broker.domain.state import State
from broker.domain.values import ApplicationId, AppointmentId, BusinessDay, PickUpId, TicketId


class GivenOut:
    """Everything that has ever been given out."""

    def __init__(self) -> None:
        self.numbers: set[tuple[BusinessDay, str, int, int]] = set()
        self.tickets: set[TicketId] = set()
        self.open: set[TicketId] = set()
        self.applications: set[ApplicationId] = set()
        self.appointments: set[AppointmentId] = set()
        self.pick_ups: set[PickUpId] = set()
        self.roll_tickets: set[RollTicket] = set()
        """Of the emergency rolls, those that have been entered."""
        self.ready: dict[tuple[str, int], int] = {}
        """Of those that have not, the number, by letter and serial."""
        self.passed: dict[tuple[BusinessDay | None, str], int] = {}
        """How far the numbers of a day's queue are known to have been given out by somebody else."""

    def note(self, record: Recorded) -> None:
        """Take the event into account."""
        match record.event:
            case e.TicketIssued() as issued:
                self.numbers.add((issued.day, issued.letter, issued.number, issued.copy))
                self.tickets.add(issued.ticket)
                self.open.add(issued.ticket)
                if issued.roll is not None:
                    self.roll_tickets.add(issued.roll)
                    self.ready.pop((issued.roll.letter, issued.roll.serial), None)
            case e.RollPrinted(letter, first, numbers):
                self.ready |= {(letter, serial): each for serial, each in enumerate(numbers, start=first)}
            case e.TicketReopened() as reopened:
                self.open.add(reopened.ticket)
            case (
                e.TicketCompleted()
                | e.TicketForgotten()
                | e.TicketCancelled()
                | e.TicketVoided()
                | e.TicketExpired()
            ) as ended:
                self.open.discard(ended.ticket)
            case e.ApplicationAccepted() as accepted:
                self.applications.add(accepted.application)
            case e.AppointmentBooked() as booked:
                self.appointments.add(booked.appointment)
            case e.PickUpRequested() as requested:
                self.pick_ups.add(requested.pick_up)
            case e.NumbersPassed(known):
                for letter, number in known.numbers.items():
                    place = known.day, letter
                    self.passed[place] = max(number, self.passed.get(place, 0))
            case _:
                pass


def no_number_is_given_out_twice(given_out: GivenOut, record: Recorded) -> None:
    issued = record.event
    if isinstance(issued, e.TicketIssued):
        number = issued.day, issued.letter, issued.number, issued.copy
        assert number not in given_out.numbers, f"{number} twice"
        assert issued.ticket not in given_out.tickets, f"{issued.ticket} twice"
        assert issued.copy == 0 or issued.handed_in_at is not None, f"a copy of the broker's own: {number}"


def no_file_appointment_or_pick_up_is_numbered_twice(given_out: GivenOut, record: Recorded) -> None:
    match record.event:
        case e.ApplicationAccepted() as accepted:
            assert accepted.application not in given_out.applications, f"{accepted.application} twice"
        case e.AppointmentBooked() as booked:
            assert booked.appointment not in given_out.appointments, f"{booked.appointment} twice"
        case e.PickUpRequested() as requested:
            assert requested.pick_up not in given_out.pick_ups, f"{requested.pick_up} twice"
        case _:
            pass


def no_number_that_has_been_passed_is_given_out(given_out: GivenOut, record: Recorded) -> None:
    issued = record.event
    if isinstance(issued, e.TicketIssued) and issued.handed_in_at is None:
        passed = given_out.passed.get((issued.day, issued.letter), 0)
        assert issued.number > passed, f"{issued.letter}{issued.number} although {passed} was passed"


def no_roll_ticket_is_entered_twice(given_out: GivenOut, record: Recorded) -> None:
    issued = record.event
    if isinstance(issued, e.TicketIssued) and issued.roll is not None:
        serials = {(each.letter, each.serial) for each in given_out.roll_tickets}
        assert (issued.roll.letter, issued.roll.serial) not in serials, f"{issued.roll} twice"


def no_roll_ticket_has_the_number_of_one_that_lies_ready(given_out: GivenOut, record: Recorded) -> None:
    if isinstance(record.event, e.RollPrinted):
        letter, numbers = record.event.letter, record.event.numbers
        assert len(set(numbers)) == len(numbers), f"{letter}: {numbers}"
        ready = {number for (of, _), number in given_out.ready.items() if of == letter}
        assert ready.isdisjoint(numbers), f"{letter}: {ready & set(numbers)} lie ready"


EVENTS = (
    no_roll_ticket_is_entered_twice,
    no_roll_ticket_has_the_number_of_one_that_lies_ready,
    no_number_is_given_out_twice,
    no_number_that_has_been_passed_is_given_out,
    no_file_appointment_or_pick_up_is_numbered_twice,
)


def nothing_is_lost(given_out: GivenOut, state: State) -> None:
    """A ticket leaves the live state by an event that says how it ended, and no other way."""
    assert given_out.open == state.tickets.keys(), given_out.open ^ state.tickets.keys()
