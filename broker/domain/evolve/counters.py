"""What clerks at their counters change in the state."""

from msgspec.structs import replace

from broker.domain import events as e
from broker.domain.evolve.places import add_to_tally
from broker.domain.state import Assignment, Seat, State, Tally
from broker.domain.values import Instant


def counter_opened(state: State, event: e.CounterOpened, recorded: e.Recorded) -> None:
    """Somebody sits there."""
    state.seats[event.counter] = Seat(event.counter, event.clerk, recorded.at, idle_since=recorded.at)


def counter_paused(state: State, event: e.CounterPaused, recorded: e.Recorded) -> None:
    """It calls nobody for now."""
    seat = _measured(state, state.seats[event.counter], recorded.at)
    state.seats[event.counter] = replace(seat, pause=event.reason, idle_since=None, paused_since=recorded.at)
    state.last_ended.pop(seat.clerk, None)


def counter_resumed(state: State, event: e.CounterResumed, recorded: e.Recorded) -> None:
    """It calls again."""
    seat = _measured(state, state.seats[event.counter], recorded.at)
    state.seats[event.counter] = replace(seat, pause=None, idle_since=recorded.at, paused_since=None)


def counter_closed(state: State, event: e.CounterClosed | e.CounterReleased, recorded: e.Recorded) -> None:
    """Nobody sits there any more."""
    at = event.assumed_at if isinstance(event, e.CounterClosed) else None
    seat = _measured(state, state.seats[event.counter], at or recorded.at)
    state.last_ended.pop(seat.clerk, None)
    del state.seats[event.counter]


def skills_assigned(state: State, event: e.SkillsAssigned, _: e.Recorded) -> None:
    """From its first day on; another assignment from the same day is replaced."""
    others = [each for each in state.assignments.get(event.clerk, []) if each.first_day != event.first_day]
    state.assignments[event.clerk] = sorted(
        [*others, Assignment(event.first_day, event.services)], key=lambda each: each.first_day
    )


def _measured(state: State, seat: Seat, at: Instant) -> Seat:
    """Count how long the seat was idle or paused until `at`."""
    idle = at - seat.idle_since if seat.idle_since is not None else 0
    paused = at - seat.paused_since if seat.paused_since is not None else 0
    add_to_tally(state, seat.clerk, Tally(idle_ms=idle, paused_ms=paused))
    return seat
