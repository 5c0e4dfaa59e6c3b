"""Commands over pick-ups: asked for, assigned, fetched, failed, taken in as an application."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.application import application_id
from broker.domain.decide.applications import first_stage, promise, refuse_filing
from broker.domain.decide.checks import Decision, known_clerk, rules_of
from broker.domain.pick_up import TRANSITIONS, PickUp, PickUpAct, pick_up_id
from broker.domain.refusals import (
    OutletClosed,
    UnknownPickUp,
    UnknownService,
    WrongPickUpStatus,
)
from broker.domain.rules import Clerk
from broker.domain.state import State
from broker.domain.values import Instant, PickUpId


def request(state: State, _envelope: c.Envelope, command: c.RequestPickUp, _now: Instant) -> Decision:
    """Somebody asks that an officer comes."""
    if command.service not in state.services:
        return UnknownService(command.service)
    if state.day is None:
        return OutletClosed()
    pick_up = pick_up_id(state.day, state.pick_up_serials + 1)
    return (e.PickUpRequested(pick_up, command.service, command.note, command.applicant),)


def assign(state: State, _envelope: c.Envelope, command: c.AssignPickUp, _now: Instant) -> Decision:
    """An officer is to go."""
    pick_up = _acting(state, command.pick_up, PickUpAct.ASSIGN)
    if not isinstance(pick_up, PickUp):
        return pick_up
    officer = known_clerk(state, command.officer)
    return (e.PickUpAssigned(pick_up.id, officer.id),) if isinstance(officer, Clerk) else officer


def fetch(state: State, _envelope: c.Envelope, command: c.FetchFile, _now: Instant) -> Decision:
    """The officer has the file."""
    pick_up = _acting(state, command.pick_up, PickUpAct.FETCH)
    return (e.FileFetched(pick_up.id),) if isinstance(pick_up, PickUp) else pick_up


def fail(state: State, _envelope: c.Envelope, command: c.FailPickUp, _now: Instant) -> Decision:
    """The officer came back without it."""
    pick_up = _acting(state, command.pick_up, PickUpAct.FAIL)
    return (e.PickUpFailed(pick_up.id, command.reason),) if isinstance(pick_up, PickUp) else pick_up


def accept(state: State, envelope: c.Envelope, command: c.AcceptFetched, now: Instant) -> Decision:
    """The fetched file becomes an application, with its promise if it is for a one-day service."""
    assert envelope.clerk is not None
    pick_up = _acting(state, command.pick_up, PickUpAct.ACCEPT)
    if not isinstance(pick_up, PickUp):
        return pick_up
    if state.day is None:
        return OutletClosed()
    service = state.services.get(pick_up.service)
    if service is None:
        return UnknownService(pick_up.service)
    refusal = refuse_filing(state, service, command.received, pick_up.applicant)
    if refusal is not None:
        return refusal
    return (
        e.ApplicationAccepted(
            application=application_id(rules_of(state).code, state.day, state.serials + 1),
            service=service.code,
            received=command.received,
            clerk=envelope.clerk,
            promised_at=promise(state, service, now),
            stage=first_stage(service),
            applicant=pick_up.applicant,
            pick_up=pick_up.id,
        ),
    )


def cancel(state: State, _envelope: c.Envelope, command: c.CancelPickUp, _now: Instant) -> Decision:
    """Not wanted any more."""
    pick_up = _acting(state, command.pick_up, PickUpAct.CANCEL)
    return (e.PickUpCancelled(pick_up.id),) if isinstance(pick_up, PickUp) else pick_up


def _acting(state: State, wanted: PickUpId, act: PickUpAct) -> PickUp | UnknownPickUp | WrongPickUpStatus:
    pick_up = state.pick_ups.get(wanted)
    if pick_up is None:
        return UnknownPickUp(wanted)
    if pick_up.status not in TRANSITIONS[act]:
        return WrongPickUpStatus(pick_up.id, pick_up.status)
    return pick_up
