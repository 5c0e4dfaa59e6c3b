"""What becomes of what is asked for ahead of a visit or instead of one, in the state: appointments and pick-ups."""

from msgspec.structs import replace

from broker.domain import events as e
from broker.domain.appointment import Appointment, slot_key
from broker.domain.pick_up import PickUp, PickUpStatus
from broker.domain.state import State
from broker.domain.values import AppointmentId


def appointment_booked(state: State, event: e.AppointmentBooked, _: e.Recorded) -> None:
    """A place is reserved."""
    slot = slot_key(event.letter, event.slot_at)
    state.reserved[slot] = state.reserved.get(slot, 0) + 1
    state.booked[event.day] = state.booked.get(event.day, 0) + 1
    state.appointments[event.appointment] = Appointment(
        event.appointment, event.day, event.slot_at, event.letter, event.service
    )


def appointment_ended(
    state: State, event: e.AppointmentCancelled | e.AppointmentMissed, _: e.Recorded
) -> None:
    """Its place is free."""
    give_back(state, event.appointment)


def give_back(state: State, appointment_id: AppointmentId) -> None:
    """The appointment is over, one way or another; that it was booked is known."""
    appointment = state.appointments.pop(appointment_id)
    slot = slot_key(appointment.letter, appointment.slot_at)
    state.reserved[slot] -= 1
    if not state.reserved[slot]:
        del state.reserved[slot]


def pick_up_requested(state: State, event: e.PickUpRequested, recorded: e.Recorded) -> None:
    """Nobody goes yet."""
    state.pick_up_serials += 1
    state.pick_ups[event.pick_up] = PickUp(
        event.pick_up, event.service, PickUpStatus.REQUESTED, recorded.at, event.note, event.applicant
    )


def pick_up_assigned(state: State, event: e.PickUpAssigned, _: e.Recorded) -> None:
    """An officer is to go."""
    state.pick_ups[event.pick_up] = replace(
        state.pick_ups[event.pick_up], status=PickUpStatus.ASSIGNED, officer=event.officer
    )


def file_fetched(state: State, event: e.FileFetched, _: e.Recorded) -> None:
    """It waits to be accepted."""
    state.pick_ups[event.pick_up] = replace(state.pick_ups[event.pick_up], status=PickUpStatus.FETCHED)


def pick_up_failed(state: State, event: e.PickUpFailed, _: e.Recorded) -> None:
    """Somebody may go again."""
    request = state.pick_ups[event.pick_up]
    state.pick_ups[request.id] = replace(
        request, status=PickUpStatus.FAILED, failure=event.reason, visits=request.visits + 1
    )


def pick_up_cancelled(state: State, event: e.PickUpCancelled, _: e.Recorded) -> None:
    """Not in the live state any more."""
    del state.pick_ups[event.pick_up]
