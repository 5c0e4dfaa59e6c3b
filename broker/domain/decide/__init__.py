"""Deciding a command: events or a refusal, from the state alone.

`decide` never changes the state. It checks first who may ask (permissions.py), then hands over to the one function
for that command. Time comes in as `now`; ids and roles come in with the envelope.
"""

from collections.abc import Callable
from typing import Any

from broker.domain import commands as c
from broker.domain.decide import (
    applications,
    appointments,
    calling,
    counters,
    issue,
    outlet,
    pick_ups,
    queues,
    roll,
    supervisor,
    time,
    visits,
)
from broker.domain.decide.checks import Decision
from broker.domain.decide.permissions import refuse_stranger
from broker.domain.refusals import NotConfigured
from broker.domain.state import State
from broker.domain.values import Instant

HANDLERS: dict[type[c.Command], Callable[[State, c.Envelope, Any, Instant], Decision]] = {
    c.ConfigureOutlet: outlet.configure,
    c.AdoptCatalogue: outlet.adopt_catalogue,
    c.IssueTicket: issue.issue,
    c.HandInTicket: issue.hand_in,
    c.PrintRoll: roll.print_roll,
    c.EnterRollTicket: roll.enter,
    c.CheckIn: issue.check_in,
    c.ConfirmDelivery: issue.confirm_delivery,
    c.BookAppointments: appointments.book,
    c.CancelAppointment: appointments.cancel,
    c.OpenCounter: counters.open_counter,
    c.PauseCounter: counters.pause,
    c.ResumeCounter: counters.resume,
    c.CloseCounter: counters.close,
    c.AssignSkills: counters.assign_skills,
    c.CallNext: calling.call_next,
    c.CallTicket: calling.call_chosen,
    c.ReportAnnounced: calling.report_announced,
    c.Recall: calling.recall,
    c.UndoCall: calling.undo_call,
    c.RefutePriority: calling.refute_priority,
    c.CorrectPriority: calling.correct_priority,
    c.MarkNoShow: calling.mark_no_show,
    c.ReinstateTicket: calling.reinstate,
    c.StartService: visits.start,
    c.CompleteTicket: visits.complete,
    c.ReopenTicket: visits.reopen,
    c.PlanSteps: visits.plan_steps,
    c.TransferTicket: visits.transfer,
    c.HoldTicket: visits.hold,
    c.ResumeTicket: visits.resume,
    c.BringPapers: visits.bring_papers,
    c.CancelTicket: visits.cancel,
    c.SetService: visits.set_service,
    c.MoveTickets: supervisor.move,
    c.ReassignTicket: supervisor.reassign,
    c.VoidTickets: supervisor.void,
    c.ReleaseCounter: supervisor.release_counter,
    c.PauseQueue: queues.pause,
    c.ResumeQueue: queues.resume,
    c.CloseQueue: queues.close,
    c.ReopenQueue: queues.reopen,
    c.CloseDoors: queues.close_doors,
    c.ReopenDoors: queues.reopen_doors,
    c.ReportMachine: queues.report_machine,
    c.ReportPrinter: outlet.report_printer,
    c.ReportDisplay: outlet.report_display,
    c.PassNumbers: outlet.pass_numbers,
    c.ReportForecast: queues.report_forecast,
    c.AcceptApplication: applications.accept,
    c.AdvanceApplication: applications.advance,
    c.MarkComplete: applications.mark_complete,
    c.ReopenApplication: applications.reopen,
    c.RejectApplication: applications.reject,
    c.HandOver: applications.hand_over,
    c.DeliverPermit: applications.deliver,
    c.FailDelivery: applications.fail_delivery,
    c.RequestPickUp: pick_ups.request,
    c.AssignPickUp: pick_ups.assign,
    c.FetchFile: pick_ups.fetch,
    c.FailPickUp: pick_ups.fail,
    c.AcceptFetched: pick_ups.accept,
    c.CancelPickUp: pick_ups.cancel,
    c.Tick: time.tick,
    c.NoteClock: time.note_clock,
}

_BEFORE_RULES = (c.ConfigureOutlet, c.Tick, c.NoteClock)


def decide(state: State, envelope: c.Envelope, now: Instant) -> Decision:
    """What follows from the command at `now`: events to record, or why not.

    `now` is never before `state.at`; the caller sees to that.
    """
    stranger = refuse_stranger(state, envelope)
    if stranger is not None:
        return stranger
    command = envelope.command
    if state.rules is None and not isinstance(command, _BEFORE_RULES):
        return NotConfigured()
    return HANDLERS[type(command)](state, envelope, command, now)


__all__ = ["Decision", "decide"]
