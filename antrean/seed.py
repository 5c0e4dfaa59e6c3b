"""A new outlet's rules and services, from the catalogue and the sample settings shipped with the product."""

import datetime as dt
import tomllib
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

import catalogue
from broker.domain.values import (
    Bilingual,
    Clerk,
    ClerkId,
    ClerkRole,
    Counter,
    CounterNumber,
    DayHours,
    Fairness,
    OneDay,
    OutletRules,
    Patience,
    Queue,
    Service,
    ServiceClass,
    ServiceCode,
)

JAKARTA_MINUTES = 7 * 60
WORKING_DAYS, FRIDAY = 5, 4


class SampleClerk(Struct, frozen=True, forbid_unknown_fields=True):
    """A clerk of the sample settings, with the name that the journal never sees."""

    id: str
    name: str
    role: ClerkRole


class Seed(Struct, frozen=True):
    """What a new outlet starts with."""

    rules: OutletRules
    services: tuple[Service, ...]
    clerks: tuple[SampleClerk, ...]


class _SampleCounter(Struct, frozen=True, forbid_unknown_fields=True):
    tiers: tuple[tuple[str, ...], ...]


class _SampleOutlet(Struct, frozen=True, forbid_unknown_fields=True):
    fairness: Fairness
    patience: Patience
    announcement: Bilingual
    hours: dict[str, DayHours]
    queues: tuple[Queue, ...]
    counters: tuple[_SampleCounter, ...]
    clerks: tuple[SampleClerk, ...]


def seed_for(outlet: catalogue.Outlet, counters: int) -> Seed:
    """The sample rules for one of the catalogue's outlets, with as many counters as it has."""
    sample = _sample()
    return Seed(
        rules=OutletRules(
            code=outlet.code,
            name=outlet.display_name,
            utc_offset_minutes=JAKARTA_MINUTES,
            queues=sample.queues,
            week=tuple(
                sample.hours["friday" if day == FRIDAY else "weekday"] if day < WORKING_DAYS else None
                for day in range(7)
            ),
            counters=tuple(
                Counter(CounterNumber(number + 1), sample.counters[number % len(sample.counters)].tiers)
                for number in range(counters)
            ),
            clerks=tuple(Clerk(ClerkId(each.id), each.role) for each in sample.clerks),
            fairness=sample.fairness,
            patience=sample.patience,
            announcement=sample.announcement,
            collection_counter=CounterNumber(min(counters, 3)),
        ),
        services=tuple(_service(each) for each in catalogue.load_services()),
        clerks=sample.clerks,
    )


def _sample() -> _SampleOutlet:
    text = files("antrean").joinpath("data/sample_outlet.toml").read_text(encoding="utf-8")
    return msgspec.convert(_in_minutes(tomllib.loads(text)), _SampleOutlet)


def _in_minutes(value: Any) -> Any:
    """TOML's local times as minutes since midnight."""
    match value:
        case dt.time():
            return value.hour * 60 + value.minute
        case dict():
            return {key: _in_minutes(each) for key, each in value.items()}
        case list():
            return [_in_minutes(each) for each in value]
        case _:
            return value


def _service(offered: catalogue.Service) -> Service:
    one_day = offered.one_day
    return Service(
        code=ServiceCode(offered.code),
        name=_both(offered.name),
        letter=offered.letter,
        service_class=ServiceClass(offered.service_class.value),
        standard_working_days=offered.standard_working_days,
        counter_minutes=offered.counter_minutes,
        requirements=tuple(_both(each) for each in offered.requirements),
        one_day=None
        if one_day is None
        else OneDay(one_day.cut_off.hour * 60 + one_day.cut_off.minute, one_day.promise_minutes),
        short_name=_both(one_day.short_name) if one_day else None,
        explanation=_both(one_day.explanation) if one_day else None,
        group=offered.group,
    )


def _both(text: catalogue.Bilingual) -> Bilingual:
    return Bilingual(text.id, text.en)
