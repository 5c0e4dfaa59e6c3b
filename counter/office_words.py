"""What the supervisor's and the office's pages say. Pure, as words.py, which has the words of the desk."""

from collections.abc import Mapping
from datetime import date, time
from types import MappingProxyType
from typing import assert_never

from broker.domain.day import MINUTE_MS
from broker.domain.refusals import AnyRefusal, QueueNotHere, QueueOnPause, SkillMissing
from broker.domain.ticket import Estimate, ToSender
from broker.domain.values import (
    ActReason,
    BusinessDay,
    Channel,
    ChoiceReason,
    ClosingReason,
    Instant,
    MachineState,
    ServiceCode,
    Stage,
)
from counter import sentences, words
from counter.arrival import NoArrival, day_began_at
from counter.desk import Number
from counter.office_sheets import Closing, ClosingSheet, Way
from counter.page import Surroundings
from counter.standing import MachineStanding, QueueStanding, Standing
from counter.supervising import ClerkCard, CounterCard, Doing, Period, QueueCard, WaitingNumber
from wording import N_, Wording
from wording.refusals import CLOSING_REASONS, MACHINE_STATES

# Days and times


def on_day(day: BusinessDay, w: Wording) -> str:
    """ "Selasa, 14 Juli 2026"."""
    return w.weekday_date(date.fromisoformat(day))


def at_slot(slot_at: Instant, w: Wording) -> str:
    """The day and the time of an appointment."""
    local = w.local(slot_at)
    return w.t("{date}, {time}", date=w.weekday_date(local.date()), time=w.clock(local))


def lasting(minutes: int, w: Wording) -> str:
    """ "35 mnt", and from an hour on "1 j 25 mnt"."""
    hours, rest = divmod(minutes, 60)
    if hours:
        return w.tp("counter", "{hours} h {minutes} min", hours=w.number(hours), minutes=w.number(rest))
    return words.minutes(rest, w)


# Reasons, states, stages


def act_reason(value: ActReason, w: Wording) -> str:
    match value:
        case ActReason.WRONG_QUEUE:
            return w.t("Wrong queue")
        case ActReason.CLERK_ABSENT:
            return w.t("The clerk has left")
        case ActReason.SHARE_THE_LOAD:
            return w.t("To share the load")
        case ActReason.TECHNICAL_FAULT:
            return w.t("Technical fault")
        case ActReason.CITIZEN_ASKED:
            return w.t("The citizen asked for it")
        case ActReason.ISSUED_BY_MISTAKE:
            return w.t("Taken by mistake")
        case ActReason.CITIZEN_LEFT:
            return w.t("The citizen has left")
        case _:
            assert_never(value)


CHOICE_REASONS: Mapping[ChoiceReason, str] = MappingProxyType(
    {
        ChoiceReason.CAME_BACK: N_("The citizen has come back"),
        ChoiceReason.SHORT_QUESTION: N_("A short question"),
        ChoiceReason.SUPERVISOR_ASKED: N_("The supervisor asks for it"),
    }
)
"""Why a clerk calls a number out of turn. That its ticket was scanned is not said: the scan shows it."""


def in_the_way(number: Number, obstacle: AnyRefusal, w: Wording) -> str:
    """Why a number that waits can't be called."""
    match obstacle:
        case QueueNotHere() | SkillMissing():
            return w.t("{number} is not called at this counter.", number=words.spoken(number))
        case QueueOnPause(letter=letter, reason=reason):
            return _queue(QueueStanding(letter, reason, is_paused=True), w)
        case _:
            return sentences.notice(obstacle, w)


def closing_reason(value: ClosingReason, w: Wording) -> str:
    """As a line of its own; citizens read the same within a sentence."""
    return capital(w.t(CLOSING_REASONS[value.value]))


def machine_state(value: MachineState, w: Wording) -> str:
    return capital(w.t(MACHINE_STATES[value.value]))


def capital(said: str) -> str:
    """The end of a sentence as a beginning."""
    return said[:1].upper() + said[1:]


def stage(value: Stage, w: Wording) -> str:
    match value:
        case Stage.RECEIVED:
            return w.tp("stage", "Received")
        case Stage.TECHNICAL_CHECK:
            return w.tp("stage", "Technical check")
        case Stage.SITE_VISIT:
            return w.tp("stage", "Site visit")
        case Stage.TECHNICAL_APPROVAL:
            return w.tp("stage", "Approval")
        case Stage.LEVY:
            return w.tp("stage", "Levy")
        case Stage.PRINT_AND_SIGNATURE:
            return w.tp("stage", "Print, signature")
        case Stage.HAND_OVER:
            return w.tp("stage", "Hand-over")
        case _:
            assert_never(value)


def channel(value: Channel, w: Wording) -> str:
    match value:
        case Channel.WALK_IN:
            return w.tp("channel", "Comes in person")
        case Channel.APPOINTMENT:
            return w.tp("channel", "Appointment")
        case Channel.DRIVE_THRU:
            return w.tp("channel", "Drive-thru")
        case Channel.PICK_UP:
            return w.tp("channel", "Pick-up")
        case _:
            assert_never(value)


# What is not as usual


def standing(value: Standing, w: Wording) -> str:
    """All of it, a sentence each."""
    said = [] if value.doors_closed is None else [_doors(value.doors_closed, w)]
    said += [_queue(each, w) for each in value.queues]
    said += [_machine(each, w) for each in value.machines]
    if value.is_unseen:
        said.append(w.t("A lobby display can't be seen: please also call out loud."))
    if value.is_unheard:
        said.append(w.t("A lobby display can't be heard: its calls are only seen."))
    return " ".join(said)


def _doors(reason: ClosingReason, w: Wording) -> str:
    return w.t("No more numbers today: {reason}.", reason=w.t(CLOSING_REASONS[reason.value]))


def _queue(value: QueueStanding, w: Wording) -> str:
    reason = w.t(CLOSING_REASONS[value.reason.value])
    if value.is_paused:
        return w.t("Queue {letter} is on pause: {reason}.", letter=value.letter, reason=reason)
    return w.t("Queue {letter} is closed for today: {reason}.", letter=value.letter, reason=reason)


def _machine(value: MachineStanding, w: Wording) -> str:
    state = w.t(MACHINE_STATES[value.state.value])
    said = w.t("{machine}: {state}.", machine=words.said(value.machine.name, w), state=state)
    if not value.services:
        return said
    names = ", ".join(words.said(each.short_name or each.name, w) for each in value.services)
    closed = w.t("Not possible for now: {services}.", services=names)
    return f"{said} {closed}"


# A supervisor's page


def queue_state(card: QueueCard, w: Wording) -> str:
    """In a word or two; empty for a queue that gives out numbers as usual."""
    if card.paused is not None:
        return w.tp("queue", "On pause")
    return w.tp("queue", "Closed today") if card.closed is not None else ""


def doing(value: Doing, w: Wording) -> str:
    match value:
        case Doing.NOBODY:
            return w.tp("counter", "Closed")
        case Doing.FREE:
            return w.tp("counter", "Free")
        case Doing.CALLED:
            return w.tp("counter", "Calling")
        case Doing.SERVING:
            return w.tp("counter", "Serving")
        case Doing.ON_BREAK:
            return w.tp("counter", "Break")
        case _:
            assert_never(value)


def seated(card: CounterCard, name: str, w: Wording) -> str:
    """Who sits there, and since when."""
    assert card.since is not None
    return w.t("{name}, since {time}", name=name, time=words.clock(card.since, w))


def day_at_counter(card: CounterCard, w: Wording) -> str:
    """The clerk's day: served, free, on a break."""
    return w.t(
        "Served {served} · free {idle} · break {paused}",
        served=w.number(card.served),
        idle=lasting(card.idle_minutes, w),
        paused=lasting(card.paused_minutes, w),
    )


def sent_to(value: WaitingNumber, name: str, w: Wording) -> str:
    """Who alone may call it; empty where anybody may."""
    if value.counter is not None:
        return w.t("for counter {number}", number=value.counter)
    return w.t("for {name}", name=name) if value.clerk is not None else ""


def way(value: Way, w: Wording) -> tuple[str, str]:
    """Where a number can go, and who is there."""
    if value.queue is not None:
        return words.said(value.queue.name, w), ""
    if value.counter is not None:
        return w.t("Counter {number}", number=value.counter), value.name
    assert isinstance(value.to, ToSender)
    return w.t("Back to who sent it"), ""


def closing_title(sheet: ClosingSheet, w: Wording) -> str:
    letter = sheet.queue.letter if sheet.queue is not None else ""
    match sheet.closing:
        case Closing.PAUSE_QUEUE:
            return w.t("Why is queue {letter} on pause?", letter=letter)
        case Closing.CLOSE_QUEUE:
            return w.t("Why is queue {letter} closed for today?", letter=letter)
        case Closing.CLOSE_DOORS:
            return w.t("Why does the outlet close early?")
        case _:
            assert_never(sheet.closing)


def closing_note(sheet: ClosingSheet, w: Wording) -> str:
    """What follows from it."""
    waiting = sheet.waiting
    served = (
        w.tn("{n} person who waits is still served.", "{n} people who wait are still served.", waiting)
        if waiting
        else w.t("Nobody is waiting.")
    )
    match sheet.closing:
        case Closing.PAUSE_QUEUE:
            kept = w.tn(
                "{n} person who waits keeps the place.", "{n} people who wait keep their places.", waiting
            )
            return " ".join(
                (
                    w.t("No numbers and no calls until the queue is resumed."),
                    kept if waiting else w.t("Nobody is waiting."),
                )
            )
        case Closing.CLOSE_QUEUE:
            return " ".join((w.t("No more numbers of this queue today."), served))
        case Closing.CLOSE_DOORS:
            return " ".join((w.t("No more numbers today, of any queue."), served))
        case _:
            assert_never(sheet.closing)


def closing_yes(value: Closing, w: Wording) -> str:
    match value:
        case Closing.PAUSE_QUEUE:
            return w.t("Pause the queue")
        case Closing.CLOSE_QUEUE:
            return w.t("Close for today")
        case Closing.CLOSE_DOORS:
            return w.t("Close early")
        case _:
            assert_never(value)


# Clerks


def may_serve(services: frozenset[ServiceCode] | tuple[ServiceCode, ...] | None, w: Wording) -> str:
    if services is None:
        return w.t("All services")
    return w.tn("{n} service", "{n} services", len(services))


def whereabouts(card: ClerkCard, w: Wording) -> str:
    """The role, and the counter where there is one."""
    role = words.role(card.role, w)
    if card.counter is None:
        return role
    return w.t("{role}, counter {number}", role=role, number=card.counter)


def period(value: Period, w: Wording) -> str:
    """From when, and what."""
    what = may_serve(value.services, w)
    if value.first_day is None:
        return w.t("From the beginning: {services}", services=what)
    day = w.date(date.fromisoformat(value.first_day))
    return w.t("From {date}: {services}", date=day, services=what)


def arrival_meant(value: Instant | NoArrival, around: Surroundings, w: Wording) -> str:
    """What a time that was typed means, or what there is to do."""
    match value:
        case NoArrival.NO_TIME:
            example = w.clock(time(9, 15))
            return w.t("Such as 0915 or {example}. The wait counts from then.", example=example)
        case NoArrival.TO_COME:
            now = words.clock(around.minute, w)
            return w.t("It is only {time} now. Please read the time on the ticket again.", time=now)
        case NoArrival.BEFORE_TODAY:
            began = words.clock(day_began_at(around.minute, around.utc_offset_minutes), w)
            return w.t(
                "That is before today, which began at {time}. Please read the time on the ticket again.",
                time=began,
            )
        case _:
            return words.arrival(value, (around.minute - value) // MINUTE_MS, w)


def expected(estimate: Estimate, w: Wording) -> str:
    """The wait that the citizen can be told."""
    span = w.minutes_range(estimate.from_minutes, estimate.to_minutes)
    return w.t("Expected wait: {minutes}", minutes=span)
