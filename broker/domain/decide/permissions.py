"""Who may ask for what: one table over device roles and clerk roles."""

from msgspec import Struct

from broker.domain import commands as c
from broker.domain.refusals import ClerkNeeded, NotPermitted
from broker.domain.rules import Clerk
from broker.domain.state import State
from broker.domain.values import ClerkRole, DeviceRole

_EVERY_CLERK = frozenset(ClerkRole)


class Permission(Struct, frozen=True):
    """Which devices may send a command, and which clerks must be signed in there."""

    devices: frozenset[DeviceRole]
    clerks: frozenset[ClerkRole] | None = None
    """None: no clerk is needed."""


_AT_COUNTER = Permission(frozenset({DeviceRole.COUNTER}), _EVERY_CLERK)
_SUPERVISOR = Permission(frozenset({DeviceRole.COUNTER}), frozenset({ClerkRole.SUPERVISOR}))
_AT_KIOSK_OR_COUNTER = Permission(frozenset({DeviceRole.KIOSK, DeviceRole.COUNTER}))
_DISPLAY = Permission(frozenset({DeviceRole.DISPLAY}))
_OPERATOR = Permission(frozenset({DeviceRole.OPERATOR}))
_BROKER = Permission(frozenset({DeviceRole.BROKER}))

PERMISSIONS: dict[type[c.Command], Permission] = {
    c.ConfigureOutlet: _OPERATOR,
    c.AdoptCatalogue: _OPERATOR,
    c.IssueTicket: _AT_KIOSK_OR_COUNTER,
    c.HandInTicket: _AT_KIOSK_OR_COUNTER,
    c.PrintRoll: _OPERATOR,
    c.EnterRollTicket: _AT_COUNTER,
    c.CheckIn: _AT_KIOSK_OR_COUNTER,
    c.ConfirmDelivery: _AT_KIOSK_OR_COUNTER,
    c.BookAppointments: Permission(frozenset({DeviceRole.KIOSK, DeviceRole.COUNTER, DeviceRole.OPERATOR})),
    c.CancelAppointment: _AT_COUNTER,
    c.OpenCounter: _AT_COUNTER,
    c.PauseCounter: _AT_COUNTER,
    c.ResumeCounter: _AT_COUNTER,
    c.CloseCounter: _AT_COUNTER,
    c.AssignSkills: _SUPERVISOR,
    c.CallNext: _AT_COUNTER,
    c.CallTicket: _AT_COUNTER,
    c.ReportAnnounced: _DISPLAY,
    c.Recall: _AT_COUNTER,
    c.UndoCall: _AT_COUNTER,
    c.RefutePriority: _AT_COUNTER,
    c.CorrectPriority: _AT_COUNTER,
    c.MarkNoShow: _AT_COUNTER,
    c.ReinstateTicket: _AT_COUNTER,
    c.StartService: _AT_COUNTER,
    c.CompleteTicket: _AT_COUNTER,
    c.ReopenTicket: _AT_COUNTER,
    c.PlanSteps: _AT_COUNTER,
    c.TransferTicket: _AT_COUNTER,
    c.HoldTicket: _AT_COUNTER,
    c.ResumeTicket: _AT_COUNTER,
    c.BringPapers: _AT_COUNTER,
    c.CancelTicket: _AT_COUNTER,
    c.SetService: _AT_COUNTER,
    c.MoveTickets: _SUPERVISOR,
    c.ReassignTicket: _SUPERVISOR,
    c.VoidTickets: _SUPERVISOR,
    c.ReleaseCounter: _SUPERVISOR,
    c.PauseQueue: _SUPERVISOR,
    c.ResumeQueue: _SUPERVISOR,
    c.CloseQueue: _SUPERVISOR,
    c.ReopenQueue: _SUPERVISOR,
    c.CloseDoors: _SUPERVISOR,
    c.ReopenDoors: _SUPERVISOR,
    c.ReportMachine: Permission(frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR})),
    c.ReportPrinter: _AT_KIOSK_OR_COUNTER,
    c.ReportDisplay: _DISPLAY,
    c.PassNumbers: _OPERATOR,
    c.ReportForecast: Permission(frozenset({DeviceRole.FORECAST})),
    c.AcceptApplication: _AT_COUNTER,
    c.AdvanceApplication: _AT_COUNTER,
    c.MarkComplete: _AT_COUNTER,
    c.ReopenApplication: _AT_COUNTER,
    c.RejectApplication: _AT_COUNTER,
    c.HandOver: _AT_COUNTER,
    c.DeliverPermit: _AT_COUNTER,
    c.FailDelivery: _AT_COUNTER,
    c.RequestPickUp: _AT_COUNTER,
    c.AssignPickUp: _AT_COUNTER,
    c.FetchFile: _AT_COUNTER,
    c.FailPickUp: _AT_COUNTER,
    c.AcceptFetched: _AT_COUNTER,
    c.CancelPickUp: _AT_COUNTER,
    c.Tick: _BROKER,
    c.NoteClock: _BROKER,
}


def refuse_stranger(state: State, envelope: c.Envelope) -> NotPermitted | ClerkNeeded | None:
    """Why this sender may not ask for this; None when it may."""
    permission = PERMISSIONS[type(envelope.command)]
    if envelope.role not in permission.devices:
        return NotPermitted()
    if permission.clerks is None:
        return None
    clerk = clerk_of(state, envelope)
    if clerk is None:
        return ClerkNeeded()
    return None if clerk.role in permission.clerks else NotPermitted()


def clerk_of(state: State, envelope: c.Envelope) -> Clerk | None:
    """The configured clerk who is signed in at the sending device."""
    if state.rules is None or envelope.clerk is None:
        return None
    return next((clerk for clerk in state.rules.clerks if clerk.id == envelope.clerk), None)
