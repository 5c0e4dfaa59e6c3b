"""Deciding a command: events or a refusal, from the state alone.

`decide` never changes the state. It checks first who may ask (permissions.py), then hands over to the one function
for that command. Time comes in as `now`; ids and roles come in with the envelope.
"""

from collections.abc import Callable
from typing import Any

from broker.domain import commands as c
from broker.domain.decide import applications, counters, outlet, tickets, time
from broker.domain.decide.permissions import refuse_stranger
from broker.domain.events import AnyEvent
from broker.domain.refusals import AnyRefusal, NotConfigured
from broker.domain.state import State
from broker.domain.values import Instant

Decision = tuple[AnyEvent, ...] | AnyRefusal

HANDLERS: dict[type[c.Command], Callable[[State, c.Envelope, Any, Instant], Decision]] = {
    c.ConfigureOutlet: outlet.configure,
    c.AdoptCatalogue: outlet.adopt_catalogue,
    c.IssueTicket: tickets.issue,
    c.ConfirmDelivery: tickets.confirm_delivery,
    c.OpenCounter: counters.open_counter,
    c.PauseCounter: counters.pause,
    c.ResumeCounter: counters.resume,
    c.CloseCounter: counters.close,
    c.CallNext: tickets.call_next,
    c.CallTicket: tickets.call_chosen,
    c.ReportAnnounced: tickets.report_announced,
    c.Recall: tickets.recall,
    c.StartService: tickets.start,
    c.CompleteTicket: tickets.complete,
    c.MarkNoShow: tickets.mark_no_show,
    c.ReinstateTicket: tickets.reinstate,
    c.TransferTicket: tickets.transfer,
    c.HoldTicket: tickets.hold,
    c.ResumeTicket: tickets.resume,
    c.BringPapers: tickets.bring_papers,
    c.CancelTicket: tickets.cancel,
    c.RefutePriority: tickets.refute_priority,
    c.SetService: tickets.set_service,
    c.AcceptApplication: applications.accept,
    c.MarkComplete: applications.mark_complete,
    c.RejectApplication: applications.reject,
    c.HandOver: applications.hand_over,
    c.Tick: time.tick,
}

_BEFORE_RULES = (c.ConfigureOutlet, c.Tick)


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
