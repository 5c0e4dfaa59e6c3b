"""A new outlet's rules and services, from the catalogue and the sample settings shipped with the product."""

import datetime as dt
import tomllib
from importlib.resources import files
from typing import Any

import msgspec
from msgspec import Struct

import catalogue
from broker.domain.roll import ROLL
from broker.domain.rules import (
    AppointmentRules,
    Bilingual,
    ChannelRule,
    Clerk,
    Counter,
    DatedWeek,
    DayHours,
    Fairness,
    NumberRange,
    OneDay,
    OutletRules,
    Patience,
    Queue,
    Service,
)
from broker.domain.values import (
    BusinessDay,
    ClerkId,
    ClerkRole,
    CounterNumber,
    DeviceId,
    DeviceRole,
    ServiceClass,
    ServiceCode,
)

JAKARTA_MINUTES = 7 * 60
WORKING_DAYS, FRIDAY = 5, 4

KIOSKS_SHARE = 5
"""The last fifth of a queue's numbers is for kiosks that are without their broker: from 801 on, of three digits."""

ROLLS_SHARE = 10
"""The tenth of a queue's numbers before that is for its emergency roll: from 701 on, of three digits."""

RANGE_AT_MOST = 99
"""Of three digits; of more, ten times as many for each."""


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


class _SampleDates(Struct, frozen=True, forbid_unknown_fields=True):
    name: Bilingual
    first_day: dt.date
    last_day: dt.date
    hours: str = ""
    """A key of `hours`, whose Fridays are under it with ``-friday``; empty: closed."""


class _SampleOutlet(Struct, frozen=True, forbid_unknown_fields=True):
    fairness: Fairness
    patience: Patience
    announcement: Bilingual
    hours: dict[str, DayHours]
    queues: tuple[Queue, ...]
    counters: tuple[_SampleCounter, ...]
    clerks: tuple[SampleClerk, ...]
    channels: tuple[ChannelRule, ...]
    appointments: AppointmentRules
    dated: tuple[_SampleDates, ...] = ()


def seed_for(outlet: catalogue.Outlet, counters: int, kiosks: int = 1) -> Seed:
    """The sample rules for one of the catalogue's outlets, with as many counters and kiosks as it has."""
    sample = _sample()
    return Seed(
        rules=OutletRules(
            code=outlet.code,
            name=outlet.display_name,
            utc_offset_minutes=JAKARTA_MINUTES,
            queues=sample.queues,
            week=_week(sample.hours, "weekday"),
            counters=_counters(sample, counters),
            clerks=tuple(Clerk(ClerkId(each.id), each.role) for each in sample.clerks),
            fairness=sample.fairness,
            patience=sample.patience,
            announcement=sample.announcement,
            collection_counter=CounterNumber(min(counters, 3)),
            dated=tuple(_dated(sample.hours, each) for each in sample.dated),
            ranges=tuple(
                each
                for queue in sample.queues
                for each in (*ranges_for(queue, kiosks), roll_range_for(queue))
            ),
            channels=sample.channels,
            appointments=sample.appointments,
        ),
        services=tuple(_service(each) for each in catalogue.load_services()),
        clerks=sample.clerks,
    )


def device_id(role: DeviceRole, number: int) -> DeviceId:
    """What `antrean init` calls the devices of a role: ``kiosk-1``."""
    return DeviceId(f"{role.value}-{number}")


def ranges_for(queue: Queue, kiosks: int) -> tuple[NumberRange, ...]:
    """The numbers of a queue that each kiosk gives out by itself: A801–A899, A901–A999."""
    if not kiosks:
        return ()
    numbers = 10**queue.digits
    each = min(numbers // KIOSKS_SHARE // kiosks, (RANGE_AT_MOST + 1) * numbers // 1000)
    begin = numbers - numbers // KIOSKS_SHARE
    return tuple(
        NumberRange(
            device_id(DeviceRole.KIOSK, kiosk + 1),
            queue.letter,
            begin + kiosk * each + 1,
            begin + (kiosk + 1) * each - 1,
        )
        for kiosk in range(kiosks)
    )


def roll_range_for(queue: Queue) -> NumberRange:
    """The numbers of a queue's emergency roll, the tenth of them before the kiosks' own: A701–A799."""
    numbers = 10**queue.digits
    end = numbers - numbers // KIOSKS_SHARE
    return NumberRange(ROLL, queue.letter, end - numbers // ROLLS_SHARE + 1, end - 1)


def _counters(sample: _SampleOutlet, count: int) -> tuple[Counter, ...]:
    """The sample's counters over and over; the last one serves after its own queues whatever no other serves."""
    tiers = [sample.counters[number % len(sample.counters)].tiers for number in range(count)]
    served = {letter for counter in tiers for tier in counter for letter in tier}
    left = tuple(queue.letter for queue in sample.queues if queue.letter not in served)
    if left:
        tiers[-1] = (*tiers[-1], left)
    return tuple(Counter(CounterNumber(number), each) for number, each in enumerate(tiers, start=1))


def _week(hours: dict[str, DayHours], kind: str) -> tuple[DayHours | None, ...]:
    friday = hours.get(f"{kind}-friday", hours[kind])
    days = [friday if day == FRIDAY else hours[kind] for day in range(WORKING_DAYS)]
    return (*days, *(None,) * (7 - WORKING_DAYS))


def _dated(hours: dict[str, DayHours], dates: _SampleDates) -> DatedWeek:
    first, last = (BusinessDay(day.isoformat()) for day in (dates.first_day, dates.last_day))
    return DatedWeek(dates.name, first, last, _week(hours, dates.hours) if dates.hours else (None,) * 7)


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
