"""Every kind of map that the wire carries, by its family and by its name."""

import msgspec

import broker.domain.commands
import broker.domain.events
import broker.domain.refusals
import broker.domain.values
from broker.domain import application, appointment, day_report, pick_up, roll, rules, state, ticket
from broker.domain.commands import AnyCommand, Command
from broker.domain.events import AnyEvent
from broker.domain.refusals import AnyRefusal
from broker.protocol import messages as m

Kind = type[msgspec.Struct]

REQUESTS: tuple[Kind, ...] = m.ClientMessage.__args__
ANSWERS: tuple[Kind, ...] = m.Answer.__args__
OUTCOMES: tuple[Kind, ...] = m.Outcome.__args__
BROADCASTS: tuple[Kind, ...] = m.Broadcast.__args__
COMMANDS: tuple[type[Command], ...] = AnyCommand.__args__
EVENTS: tuple[Kind, ...] = AnyEvent.__args__
REFUSALS: tuple[Kind, ...] = AnyRefusal.__args__

TAGGED: tuple[Kind, ...] = (*REQUESTS, *ANSWERS, *OUTCOMES, *BROADCASTS, *COMMANDS, *EVENTS, *REFUSALS)
"""Every kind of map that names itself in one of its fields."""

STATE = "State"
"""The body of a snapshot: the one struct that no message names."""


_MODULES = (
    broker.domain.values,
    roll,
    rules,
    ticket,
    application,
    appointment,
    pick_up,
    state,
    day_report,
    broker.domain.commands,
    broker.domain.events,
    broker.domain.refusals,
    m,
)


def kind_of(name: str) -> Kind:
    """The struct of a name."""
    kind: Kind = next(getattr(module, name) for module in _MODULES if hasattr(module, name))
    return kind
