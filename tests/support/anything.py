"""Any command that can be decoded: made from the commands' own types, about what there is or about nothing at all."""

from collections.abc import Mapping
from typing import Annotated, Any, Protocol, TypeVar

import msgspec
from hypothesis import strategies as st
from msgspec import inspect

from broker.domain.commands import AnyCommand
from broker.domain.state import State

T = TypeVar("T")
Values = st.SearchStrategy[Any]
Leaf = tuple[Any, Any, inspect.Type, str]
"""Where a value is: its holder and key there, its type, and the name of its field."""

Known = Mapping[str, list[Any]]
"""Values that mean something, by the name of the field that may have them."""


class Draw(Protocol):
    """Hypothesis' choice."""

    def __call__(self, strategy: st.SearchStrategy[T], /) -> T: ...


ODD_TEXTS = st.sampled_from(
    ["", "\0", "0" * 300, "A", "2026-02-30", "\u202e\U0001f600", "#1", "A#1", "@", "=sri"]
)
ODD_NUMBERS = st.sampled_from([0, 1, -1, 2, 59, 10**6, 2**31, 2**53, 2**63 - 1, 2**63, 2**64 - 1, -(2**63)])


def known_to(state: State) -> Known:
    """What the outlet has: its tickets, its clerks, its slots."""
    rules = state.rules
    letters = [queue.letter for queue in rules.queues] if rules is not None else []
    clerks = [clerk.id for clerk in rules.clerks] if rules is not None else []
    tickets = [*state.tickets, *(ended.ticket.id for ended in state.last_ended.values())]
    services, days = [*state.services], [day for day in (state.day, state.last_day) if day is not None]
    slots = [appointment.slot_at for appointment in state.appointments.values()]
    return {
        "letter": letters,
        "steps": letters,
        "service": services,
        "services": services,
        "ticket": tickets,
        "tickets": tickets,
        "counter": [counter.number for counter in rules.counters] if rules is not None else [],
        "clerk": clerks,
        "officer": clerks,
        "appointment": [*state.appointments],
        "application": [*state.applications],
        "pick_up": [*state.pick_ups],
        "machine": [machine.code for machine in rules.machines] if rules is not None else [],
        "received": [0, 1],
        "number": [900, 901, 3],
        "call": [1, 2],
        "day": days,
        "first_day": days,
        "slot_at": [*slots, state.at, state.at + 3_600_000],
        "replaces": [*state.issued_by],
    }


def commands(state: State) -> st.SearchStrategy[AnyCommand]:
    """Any command, as if it had just been decoded."""
    known = known_to(state)
    kinds: tuple[type[Any], ...] = AnyCommand.__args__
    return st.sampled_from(kinds).flatmap(lambda kind: of_kind(kind, known))


def of_kind(kind: type[Any], known: Known) -> Values:
    """Any value of a struct's type."""
    info = inspect.type_info(kind)
    return values(info, "", known).map(lambda made: msgspec.convert(made, kind))


def values(info: inspect.Type, name: str, known: Known) -> Values:
    """Anything of that type, in builtin types; where the field's name means something, most often what is known."""
    if isinstance(info, inspect.Metadata):
        return values(info.type, name, known)
    if known.get(name) and isinstance(info, inspect.StrType | inspect.IntType):
        some = st.sampled_from(known[name]).filter(lambda value: _fits(value, info))
        return st.one_of(some, some, some, _anything(info, name, known))
    return _anything(info, name, known)


def _anything(info: inspect.Type, name: str, known: Known) -> Values:
    match info:
        case inspect.Metadata():
            return values(info.type, name, known)
        case inspect.StructType():
            tag = {} if info.tag_field is None else {info.tag_field: st.just(info.tag)}
            fields = {field.encode_name: values(field.type, field.name, known) for field in info.fields}
            return st.fixed_dictionaries(fields | tag)
        case inspect.UnionType():
            return st.one_of([values(each, name, known) for each in info.types])
        case inspect.EnumType():
            return st.sampled_from([each.value for each in info.cls])
        case inspect.VarTupleType():
            return st.lists(values(info.item_type, name, known), max_size=4).map(tuple)
        case inspect.TupleType():
            return st.tuples(*[values(each, name, known) for each in info.item_types])
        case inspect.DictType():
            return st.dictionaries(
                values(info.key_type, name, known), values(info.value_type, name, known), max_size=4
            )
        case inspect.StrType(pattern=str(pattern)):
            return st.from_regex(pattern.removesuffix("$") + r"\Z")
        case inspect.StrType():
            return ODD_TEXTS
        case inspect.IntType():
            return ODD_NUMBERS.filter(lambda number: _fits(number, info)) | st.integers(
                -(2**63) if info.ge is None else info.ge, 2**64 - 1 if info.le is None else info.le
            )
        case inspect.BoolType():
            return st.booleans()
        case inspect.NoneType():
            return st.none()
        case _:
            raise TypeError(f"no values of {info}")


def _fits(value: Any, info: inspect.StrType | inspect.IntType) -> bool:
    """Whether the type's limits let the value through."""
    try:
        msgspec.convert(value, _plain(info))
    except msgspec.ValidationError:
        return False
    return True


def _plain(info: inspect.StrType | inspect.IntType) -> Any:
    """The type again, as `convert` takes it."""
    if isinstance(info, inspect.IntType):
        return Annotated[int, msgspec.Meta(ge=info.ge, le=info.le)]
    return Annotated[str, msgspec.Meta(pattern=info.pattern)]


def with_one_leaf_changed(value: Any, kind: type[Any], known: Known, draw: Draw) -> Any:
    """The value with one leaf of it replaced by anything of its type."""
    made: Any = msgspec.json.decode(msgspec.json.encode(value))
    places: list[Leaf] = []
    _leaves(made, inspect.type_info(kind), "", places)
    holder, key, info, name = draw(st.sampled_from(places))
    holder[key] = draw(_anything(info, name, known))
    return msgspec.convert(made, kind)


def _leaves(made: Any, info: inspect.Type, name: str, places: list[Leaf]) -> None:
    """Every place in the builtin value, with its type."""
    match info:
        case inspect.Metadata():
            _leaves(made, info.type, name, places)
        case inspect.StructType() if isinstance(made, dict):
            for field in info.fields:
                _place(made, field.encode_name, field.type, field.name, places)
        case inspect.UnionType():
            for each in info.types:
                if not isinstance(each, inspect.NoneType):
                    _leaves(made, each, name, places)
        case inspect.VarTupleType() if isinstance(made, list):
            for place in range(len(made)):
                _place(made, place, info.item_type, name, places)
        case inspect.DictType() if isinstance(made, dict):
            for key in made:
                _place(made, key, info.value_type, name, places)
        case _:
            return


def _place(holder: Any, key: Any, info: inspect.Type, name: str, places: list[Leaf]) -> None:
    places.append((holder, key, info, name))
    _leaves(holder[key], info, name, places)
