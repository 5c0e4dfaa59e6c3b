"""A morning in which nearly everything happens, and its way into a journal."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import CancelReason, DeviceRole, HoldReason, Priority
from broker.store.journal import Group, Journal
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning


def busy_morning() -> Morning:
    """A morning in which every kind of event occurs but the day's close."""
    outlet = Morning()
    outlet.clerk("sri", c.OpenCounter(ONE))
    outlet.clerk("ratna", c.OpenCounter(TWO))
    for _ in range(4):
        outlet.take("A", sample.MICRO_BUSINESS)
        outlet.take("B", priority=Priority.ELDERLY)
    outlet.do(c.IssueTicket("D"), DeviceRole.KIOSK, "kiosk-1")
    ticket = outlet.serving("sri", ONE)
    outlet.advance(minutes=5)
    application = outlet.accept("sri", ticket, sample.MICRO_BUSINESS)
    outlet.clerk("sri", c.CompleteTicket(ticket))
    missed = outlet.call("sri", ONE)
    outlet.announce(missed)
    outlet.advance(seconds=60)
    outlet.clerk("sri", c.Recall(missed))
    outlet.announce(missed)
    outlet.advance(seconds=60)
    outlet.clerk("sri", c.MarkNoShow(missed))
    outlet.clerk("sri", c.ReinstateTicket(missed))
    held = outlet.serving("ratna", TWO)
    outlet.clerk("ratna", c.HoldTicket(held, HoldReason.COMPLETING_PAPERS))
    outlet.clerk("ratna", c.BringPapers(held))
    outlet.clerk("ratna", c.CancelTicket(held, CancelReason.CITIZEN_LEFT))
    refuted = outlet.call("ratna", TWO)
    outlet.clerk("ratna", c.RefutePriority(refuted))
    outlet.advance(minutes=300)
    outlet.clerk("ratna", c.MarkComplete(application))
    outlet.clerk("ratna", c.HandOver(application))
    outlet.clerk("sri", c.CloseCounter(ONE))
    return outlet


def commit(journal: Journal, records: list[e.Recorded], size: int = 7) -> State:
    """Commit the events in groups; the state that the journal's writer has then."""
    state = State()
    for start in range(0, len(records), size):
        group = Group(records[start].at)
        for record in records[start : start + size]:
            evolve(state, record)
            group.record(record, state)
        journal.commit(group)
    return state
