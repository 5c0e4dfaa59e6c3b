"""Folding an event into the state. Broker and replicas use this one function; it reads nothing but its arguments.

Deterministic and total over the journal: whatever `decide` has yielded can be folded. Each kind of event has one
small handler in HANDLERS.
"""

from collections.abc import Callable
from typing import Any

from broker.domain import events as e
from broker.domain.evolve import applications, counters, outlet, requests, tickets
from broker.domain.state import State


def evolve(state: State, recorded: e.Recorded) -> None:
    """Fold one event into `state`."""
    HANDLERS[type(recorded.event)](state, recorded.event, recorded)
    state.seq = recorded.seq
    state.at = recorded.at


HANDLERS: dict[type[e.Event], Callable[[State, Any, e.Recorded], None]] = {
    e.OutletConfigured: outlet.outlet_configured,
    e.CatalogueAdopted: outlet.catalogue_adopted,
    e.DayOpened: outlet.day_opened,
    e.DayClosed: outlet.day_closed,
    e.CounterOpened: counters.counter_opened,
    e.CounterPaused: counters.counter_paused,
    e.CounterResumed: counters.counter_resumed,
    e.CounterClosed: counters.counter_closed,
    e.TicketIssued: tickets.ticket_issued,
    e.TicketDelivered: tickets.ticket_delivered,
    e.TicketCalled: tickets.ticket_called,
    e.CallAnnounced: tickets.call_announced,
    e.TicketRecalled: tickets.ticket_recalled,
    e.ServiceStarted: tickets.service_started,
    e.TicketCompleted: tickets.ticket_completed,
    e.TicketMissed: tickets.ticket_missed,
    e.TicketReinstated: tickets.ticket_reinstated,
    e.TicketForgotten: tickets.ticket_ended,
    e.TicketTransferred: tickets.ticket_transferred,
    e.TicketHeld: tickets.ticket_held,
    e.TicketResumed: tickets.ticket_resumed,
    e.PapersBrought: tickets.papers_brought,
    e.TicketCancelled: tickets.ticket_ended,
    e.PriorityRefuted: tickets.priority_refuted,
    e.PriorityCorrected: tickets.priority_corrected,
    e.ServiceSet: tickets.service_set,
    e.TicketExpired: tickets.ticket_ended,
    e.ApplicationAccepted: applications.application_accepted,
    e.ApplicationCompleted: applications.application_completed,
    e.ApplicationRejected: applications.application_ended,
    e.ApplicationOverdue: applications.application_overdue,
    e.ApplicationHandedOver: applications.application_ended,
    e.CallUndone: tickets.call_undone,
    e.TicketReopened: tickets.ticket_reopened,
    e.StepsPlanned: tickets.steps_planned,
    e.TicketMoved: tickets.ticket_moved,
    e.TicketReassigned: tickets.ticket_reassigned,
    e.TicketVoided: tickets.ticket_ended,
    e.CounterReleased: counters.counter_closed,
    e.SkillsAssigned: counters.skills_assigned,
    e.QueuePaused: outlet.queue_paused,
    e.QueueResumed: outlet.queue_resumed,
    e.QueueClosed: outlet.queue_closed,
    e.QueueReopened: outlet.queue_reopened,
    e.DoorsClosed: outlet.doors_closed,
    e.DoorsReopened: outlet.doors_reopened,
    e.MachineReported: outlet.machine_reported,
    e.PrinterReported: outlet.printer_reported,
    e.DisplayReported: outlet.display_reported,
    e.NumbersPassed: outlet.numbers_passed,
    e.RollPrinted: outlet.roll_printed,
    e.ForecastReported: outlet.forecast_reported,
    e.StageReached: applications.stage_reached,
    e.ApplicationReopened: applications.application_reopened,
    e.DeliveryFailed: applications.delivery_failed,
    e.AppointmentBooked: requests.appointment_booked,
    e.AppointmentCancelled: requests.appointment_ended,
    e.AppointmentMissed: requests.appointment_ended,
    e.PickUpRequested: requests.pick_up_requested,
    e.PickUpAssigned: requests.pick_up_assigned,
    e.FileFetched: requests.file_fetched,
    e.PickUpFailed: requests.pick_up_failed,
    e.PickUpCancelled: requests.pick_up_cancelled,
    e.ClockSetForward: outlet.clock_set_forward,
}


__all__ = ["HANDLERS", "evolve"]
