"""Events and states as bytes: the same again, told apart from damage and from the future."""

import pytest
from msgspec import msgpack

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import (
    KINDS,
    UPCASTERS,
    JournalError,
    UnknownEventError,
    decode_event,
    decode_state,
    encode_event,
    encode_state,
    kind_of,
)
from broker.domain.evolve import HANDLERS, evolve
from broker.domain.state import State
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning


def test_every_kind_of_event_can_be_folded() -> None:
    assert set(HANDLERS) == set(KINDS.values())


def test_a_morning_comes_back_from_its_bytes_to_the_byte() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A", sample.MICRO_BUSINESS)
    morning.serving("sri", ONE)
    morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    again = State()
    for record in morning.journal:
        event = decode_event(kind_of(record.event), record.event.VERSION, encode_event(record.event))
        assert event == record.event
        evolve(again, e.Recorded(record.seq, record.at, record.command, record.device, event, record.clerk))
    assert encode_state(again) == encode_state(morning.state)
    assert encode_state(decode_state(encode_state(again))) == encode_state(again)


def test_an_event_from_the_future_is_told_from_damage() -> None:
    body = encode_event(e.DayOpened(sample.TUESDAY))
    with pytest.raises(UnknownEventError, match="version 99"):
        decode_event("day-opened", 99, body)
    with pytest.raises(UnknownEventError, match="moon-rose"):
        decode_event("moon-rose", 1, body)
    with pytest.raises(JournalError, match="day-opened"):
        decode_event("day-opened", 1, body[:-3])
    with pytest.raises(JournalError, match="day-opened"):
        decode_event("day-opened", 1, body.replace(b"2026", b"\xed\xa0\x80-"))
    with pytest.raises(JournalError, match="snapshot"):
        decode_state(b"\xc1")


def test_an_old_version_is_brought_up_step_by_step(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(e.CounterClosed, "VERSION", 3)
    monkeypatch.setitem(UPCASTERS, ("counter-closed", 1), lambda old: {**old, "counter": old["window"]})
    monkeypatch.setitem(UPCASTERS, ("counter-closed", 2), lambda old: {**old, "clerk": old["clerk"].lower()})
    first = msgpack.encode({"event": "counter-closed", "window": 2, "clerk": "SRI"})
    second = msgpack.encode({"event": "counter-closed", "counter": 2, "clerk": "SRI"})
    assert decode_event("counter-closed", 1, first) == e.CounterClosed(TWO, sample.SRI)
    assert decode_event("counter-closed", 2, second) == e.CounterClosed(TWO, sample.SRI)
    with pytest.raises(UnknownEventError):
        decode_event("counter-closed", 4, second)
    with pytest.raises(JournalError, match="counter-closed"):
        decode_event("counter-closed", 2, second[:-2])
