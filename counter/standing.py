"""What at the outlet is not as usual now, as every counter is told: doors, queues, machines, calls. Pure."""

from msgspec import Struct

from broker.domain.rules import Machine, Service
from broker.domain.state import State
from broker.domain.values import ClosingReason, MachineState, OutputState
from counter.office_sheets import MachineLine


class QueueStanding(Struct, frozen=True):
    """A queue that gives out no numbers."""

    letter: str
    reason: ClosingReason
    is_paused: bool
    """Its waiting numbers are not called either; else it is closed for today."""


class MachineStanding(Struct, frozen=True):
    """A machine that can't work, and what can't be served without it."""

    machine: Machine
    state: MachineState
    services: tuple[Service, ...]


class Standing(Struct, frozen=True):
    """Everything that is not as usual."""

    doors_closed: ClosingReason | None = None
    queues: tuple[QueueStanding, ...] = ()
    machines: tuple[MachineStanding, ...] = ()
    is_unseen: bool = False
    """Calls are not seen on every display."""
    is_unheard: bool = False
    """Nor heard from each that speaks."""

    @property
    def is_usual(self) -> bool:
        """Whether there is nothing to tell."""
        return self == Standing()


def standing_of(state: State) -> Standing:
    """The outlet's, now."""
    paused = {
        letter: QueueStanding(letter, reason, is_paused=True) for letter, reason in state.paused.items()
    }
    closed = {
        letter: QueueStanding(letter, reason, is_paused=False) for letter, reason in state.closed.items()
    }
    queues = closed | paused
    return Standing(
        state.doors_closed,
        tuple(queues[letter] for letter in sorted(queues)),
        tuple(
            MachineStanding(
                line.machine,
                line.state,
                tuple(each for each in state.services.values() if each.needs == line.machine.code),
            )
            for line in machines_of(state)
            if line.state is not MachineState.READY
        ),
        is_unseen=any(each.screen is not OutputState.WORKING for each in state.displays.values()),
        is_unheard=any(each.sound is not OutputState.WORKING for each in state.displays.values()),
    )


def machines_of(state: State) -> tuple[MachineLine, ...]:
    """All machines that services depend on."""
    machines = state.rules.machines if state.rules is not None else ()
    return tuple(
        MachineLine(machine, state.machines.get(machine.code, MachineState.READY)) for machine in machines
    )
