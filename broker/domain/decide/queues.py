"""Commands over whole queues, the doors, and machines: what gives out numbers, and what does not."""

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.decide.checks import Decision, rules_of
from broker.domain.refusals import (
    DoorsClosedToday,
    DoorsNotClosed,
    OutletClosed,
    QueueClosedToday,
    QueueNotClosed,
    QueueNotOnPause,
    QueueOnPause,
    UnknownMachine,
    UnknownQueue,
)
from broker.domain.state import State
from broker.domain.values import Instant, MachineState


def pause(state: State, _envelope: c.Envelope, command: c.PauseQueue, _now: Instant) -> Decision:
    """Neither numbers nor calls."""
    if state.queue(command.letter) is None:
        return UnknownQueue(command.letter)
    if state.day is None:
        return OutletClosed()
    if command.letter in state.paused:
        return QueueOnPause(command.letter, state.paused[command.letter])
    return (e.QueuePaused(command.letter, command.reason),)


def resume(state: State, _envelope: c.Envelope, command: c.ResumeQueue, _now: Instant) -> Decision:
    """Numbers and calls."""
    if command.letter not in state.paused:
        return QueueNotOnPause(command.letter)
    return (e.QueueResumed(command.letter),)


def close(state: State, _envelope: c.Envelope, command: c.CloseQueue, _now: Instant) -> Decision:
    """No more numbers in this queue today; those who wait are served."""
    if state.queue(command.letter) is None:
        return UnknownQueue(command.letter)
    if state.day is None:
        return OutletClosed()
    if command.letter in state.closed:
        return QueueClosedToday(command.letter, state.closed[command.letter])
    return (e.QueueClosed(command.letter, command.reason),)


def reopen(state: State, _envelope: c.Envelope, command: c.ReopenQueue, _now: Instant) -> Decision:
    """Numbers again."""
    if command.letter not in state.closed:
        return QueueNotClosed(command.letter)
    return (e.QueueReopened(command.letter),)


def close_doors(state: State, _envelope: c.Envelope, command: c.CloseDoors, _now: Instant) -> Decision:
    """No more numbers in any queue today; those who wait are served."""
    if state.day is None:
        return OutletClosed()
    if state.doors_closed is not None:
        return DoorsClosedToday(state.doors_closed)
    return (e.DoorsClosed(command.reason),)


def reopen_doors(state: State, _envelope: c.Envelope, _command: c.ReopenDoors, _now: Instant) -> Decision:
    """Numbers again."""
    return (e.DoorsReopened(),) if state.doors_closed is not None else DoorsNotClosed()


def report_machine(state: State, _envelope: c.Envelope, command: c.ReportMachine, _now: Instant) -> Decision:
    """A machine's state; nothing happens when it is the same as before."""
    if all(machine.code != command.machine for machine in rules_of(state).machines):
        return UnknownMachine(command.machine)
    if state.machines.get(command.machine, MachineState.READY) is command.state:
        return ()
    return (e.MachineReported(command.machine, command.state),)


def report_forecast(
    state: State, _envelope: c.Envelope, command: c.ReportForecast, _now: Instant
) -> Decision:
    """The expected waits; those of queues that are gone are left out."""
    if state.day is None:
        return OutletClosed()
    expected = tuple(each for each in command.expected if state.queue(each.letter) is not None)
    return (e.ForecastReported(expected),) if expected else ()
