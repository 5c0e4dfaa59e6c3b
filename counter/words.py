"""What the counter says, from the values that the desk and the presenter hold. Pure; the views only set it in type."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import assert_never

from msgspec import Struct

from broker.domain.rules import Bilingual, Queue, Service
from broker.domain.values import (
    CancelReason,
    ClerkId,
    ClerkRole,
    HoldReason,
    Instant,
    PauseReason,
    Place,
    Priority,
)
from catalogue import heading_and_detail
from counter.desk import Act, Desk, DeskStatus, HeldLine, InHand, Number, Undo, Undoable
from counter.oneday import BoardLine, Group
from counter.page import Surroundings
from counter.paper import NotYet
from counter.sheets import HandOverSheet
from hardware.page import JobKind
from wording import Language, Wording

A_MINUTE = 60


def wording_of(around: Surroundings, language: Language) -> Wording:
    """The clerk's language in the outlet's local time."""
    return Wording(language, timedelta(minutes=around.utc_offset_minutes))


def clock(at: Instant, w: Wording) -> str:
    """The time of day of an instant at the outlet."""
    return w.clock(w.local(at))


def ready_by(promised_at: Instant, now: Instant, w: Wording) -> str:
    """Before the time of a promise: for which day it holds."""
    day = w.local(promised_at).date()
    if day == w.local(now).date():
        return w.t("Ready for collection today, at the latest by")
    return w.t("Promised for {date}, at the latest by", date=w.date(day))


def said(text: Bilingual, w: Wording) -> str:
    """A configured text in the clerk's language."""
    return text.in_language(w.language.value)


def spoken(number: Number) -> str:
    """A number within a sentence: "B 014"."""
    return f"{number.letter} {number.digits}".strip()


class Name(Struct, frozen=True):
    """A service's name: its heading, and what sets it apart from others of the same heading (or nothing)."""

    heading: str
    detail: str


def name_of(service: Service, w: Wording) -> Name:
    return Name(*heading_and_detail(said(service.name, w)))


def minutes(n: int, w: Wording) -> str:
    """The short form that only the counter uses: "18 mnt"."""
    return w.tp("counter", "{n} min", n=w.number(n))


# The desk


def status(value: DeskStatus, w: Wording) -> str:
    """The state of the desk, for its chip."""
    match value:
        case DeskStatus.CLOSED:
            return w.t("Counter closed")
        case DeskStatus.FREE:
            return w.t("Ready to call")
        case DeskStatus.CALLED:
            return w.t("Being called")
        case DeskStatus.SERVING:
            return w.t("In service")
        case DeskStatus.ON_BREAK:
            return w.t("On a break")
        case _:
            assert_never(value)


def standing(desk: Desk | None, w: Wording) -> str:
    """The state of the counter in one word, for the bar."""
    match desk.status if desk is not None else DeskStatus.CLOSED:
        case DeskStatus.CLOSED:
            return w.tp("counter", "Closed")
        case DeskStatus.ON_BREAK:
            return w.tp("counter", "Break")
        case _:
            return w.tp("counter", "Open")


def countdown(value: Act, desk: Desk, w: Wording) -> str:
    """Until the act is possible; empty where nothing counts down."""
    match value:
        case Act.RECALL:
            return _until(desk.recall_in_seconds, w)
        case Act.NO_SHOW:
            return _until(desk.no_show_in_seconds, w)
        case _:
            return ""


def _until(seconds: int, w: Wording) -> str:
    if seconds >= A_MINUTE:
        return w.t("in {time}", time=w.duration(seconds))
    return w.t("in {seconds} s", seconds=seconds) if seconds > 0 else ""


def plain_act(value: Act, w: Wording) -> str:
    match value:
        case Act.OPEN:
            return w.t("Open the counter")
        case Act.CALL_NEXT:
            return w.t("Call next")
        case Act.START:
            return w.t("Serve")
        case Act.COMPLETE:
            return w.t("Finish")
        case Act.END_BREAK:
            return w.t("End the break")
        case Act.RECALL:
            return w.t("Call again")
        case Act.NO_SHOW:
            return w.t("No-show")
        case Act.REFUTE_PRIORITY:
            return w.t("Priority does not hold")
        case Act.HOLD:
            return w.t("Hold")
        case Act.TRANSFER:
            return w.t("Transfer")
        case Act.CHANGE_SERVICE:
            return w.t("Change service")
        case Act.ACCEPT:
            return w.t("Accept file")
        case Act.SCAN:
            return w.t("Scan QR")
        case Act.CANCEL:
            return w.t("Cancel number")
        case Act.RESUME:
            return w.t("Resume")
        case Act.BREAK:
            return w.tp("counter", "Break")
        case Act.SIGN_OUT:
            return w.t("Sign out")
        case Act.PLAN_STEPS:
            return w.t("Steps of the visit")
        case Act.WHY:
            return w.t("Why this number?")
        case Act.UNDO:
            return w.t("Undo")
        case _:
            assert_never(value)


def short_act(value: Act, w: Wording) -> str:
    """The same in a word, for the strip."""
    match value:
        case Act.RECALL:
            return w.tp("strip", "Again")
        case Act.TRANSFER:
            return w.tp("strip", "Transfer")
        case Act.CHANGE_SERVICE:
            return w.tp("strip", "Service")
        case Act.ACCEPT:
            return w.tp("strip", "File")
        case Act.SCAN:
            return w.tp("strip", "Scan")
        case Act.CANCEL:
            return w.tp("strip", "Cancel")
        case Act.REFUTE_PRIORITY:
            return w.tp("strip", "No priority")
        case Act.PLAN_STEPS:
            return w.tp("strip", "Steps")
        case Act.WHY:
            return w.tp("strip", "Why?")
        case _:
            return plain_act(value, w)


def primary(desk: Desk, w: Wording) -> str:
    """What the filled button says: of a visit that goes on, also where to."""
    said, onward = plain_act(desk.primary, w), _onward(desk)
    if onward is None:
        return said
    where = w.t("on to {letter} {name}", letter=onward.letter, name=queue_name(onward, w))
    return f"{said}\n{where}"


def short_primary(desk: Desk, w: Wording) -> str:
    """The same for the strip, which has the name beside it."""
    said, onward = plain_act(desk.primary, w), _onward(desk)
    if onward is None:
        return said
    where = w.tp("strip", "on to {letter}", letter=onward.letter)
    return f"{said}\n{where}"


def _onward(desk: Desk) -> Queue | None:
    """Where the ticket goes when this service is done."""
    if desk.primary is not Act.COMPLETE or desk.in_hand is None:
        return None
    return next(iter(desk.in_hand.steps), None)


def undo(value: Undo, w: Wording) -> str:
    """What would be taken back, and how long that is possible."""
    match value.what:
        case Undoable.CALL:
            said = w.t("Undo the call")
        case Undoable.COMPLETION:
            said = w.t("{number} is not finished", number=spoken(value.number))
        case Undoable.TRANSFER:
            said = w.t("Take {number} back", number=spoken(value.number))
        case _:
            assert_never(value.what)
    return said if value.seconds is None else f"{said} ({_seconds(value.seconds, w)})"


def short_undo(value: Undo, w: Wording) -> str:
    """The same in a word, for the strip."""
    said = w.t("Undo")
    return said if value.seconds is None else f"{said} ({_seconds(value.seconds, w)})"


def _seconds(n: int, w: Wording) -> str:
    return w.tp("counter", "{n} s", n=n)


def queue_name(queue: Queue, w: Wording) -> str:
    return said(queue.name, w)


def way(hand: InHand, w: Wording) -> str:
    """The steps of the visit in hand, from here on."""
    said = steps(hand.queue, hand.steps, w)
    return said if hand.steps else w.t("{queue}, then done", queue=said)


def steps(current: Queue, onward: Sequence[Queue], w: Wording) -> str:
    """The queues of a visit in their order: "D Informasi → K Kasir → E Ambil berkas"."""
    return " → ".join(f"{queue.letter} {queue_name(queue, w)}" for queue in (current, *onward))


def sent(hand: InHand, note: str | None, names: Mapping[ClerkId, str], w: Wording) -> str:
    """Who sent the ticket here and with what words; empty where nobody did."""
    sender = hand.sender
    if sender is None:
        return ""
    name = names.get(sender.clerk, sender.clerk)
    if note:
        return w.t("From counter {counter}, {clerk}: {note}", counter=sender.counter, clerk=name, note=note)
    return w.t("Sent from counter {counter} by {clerk}.", counter=sender.counter, clerk=name)


def arrival(arrived_at: Instant, waited_minutes: int, w: Wording) -> str:
    """When the citizen came, and the wait since then."""
    return w.tn(
        "Came at {time}, waited {n} minute",
        "Came at {time}, waited {n} minutes",
        waited_minutes,
        time=clock(arrived_at, w),
    )


def priority(value: Priority, w: Wording) -> str:
    match value:
        case Priority.ELDERLY:
            return w.tp("priority", "Elderly")
        case Priority.DISABILITY:
            return w.tp("priority", "Disability")
        case Priority.PREGNANT:
            return w.tp("priority", "Pregnancy")
        case Priority.INFANT:
            return w.tp("priority", "Infant")
        case _:
            assert_never(value)


def priority_chip(value: Priority, w: Wording) -> str:
    return w.t("Priority: {name}", name=priority(value, w).lower())


def people(n: int, w: Wording) -> str:
    return w.tn("{n} person", "{n} people", n)


def paper(kind: JobKind, clerk: str, w: Wording) -> str:
    """What a paper of the counter's is called; a day report by whose day it is, where that is known."""
    match kind:
        case JobKind.TICKET:
            return w.t("Ticket")
        case JobKind.APPOINTMENT:
            return w.t("Appointment")
        case JobKind.SLIP:
            return w.t("Receipt for the file")
        case JobKind.FILE_COPY:
            return w.t("Receipt, copy for the file")
        case JobKind.COLLECTION_NOTE:
            return w.t("Collection note")
        case JobKind.DAY_REPORT:
            return w.t("Day report of {clerk}", clerk=clerk) if clerk else w.t("Day report")
        case JobKind.ROLL_TICKET | JobKind.TEST_PAGE | JobKind.PAPER_CHECK:
            return w.t("A paper")
        case _:
            assert_never(kind)


# Reasons and places, each a row to choose


def hold_reason(value: HoldReason, w: Wording) -> str:
    match value:
        case HoldReason.WAITING:
            return w.t("Waiting for something")
        case HoldReason.COMPLETING_PAPERS:
            return w.t("Completing papers")
        case _:
            assert_never(value)


def hold_note(value: HoldReason, papers_until: Instant, w: Wording) -> str:
    match value:
        case HoldReason.WAITING:
            return w.t("You resume the service yourself.")
        case HoldReason.COMPLETING_PAPERS:
            return w.t(
                "Back by {time} and scanned again, this number is next in line. Please tell the citizen.",
                time=clock(papers_until, w),
            )
        case _:
            assert_never(value)


def held_until(line: HeldLine, w: Wording) -> str:
    """Until when whoever completes papers is next in line; empty for other holds."""
    return "" if line.until is None else w.t("until {time}", time=clock(line.until, w))


def pause_reason(value: PauseReason, w: Wording) -> str:
    match value:
        case PauseReason.BREAK:
            return w.tp("counter", "Break")
        case PauseReason.PRAYER:
            return w.t("Prayer")
        case PauseReason.BACK_OFFICE_WORK:
            return w.t("Back-office work")
        case _:
            assert_never(value)


def cancel_reason(value: CancelReason, w: Wording) -> str:
    match value:
        case CancelReason.CITIZEN_LEFT:
            return w.t("The citizen has left")
        case CancelReason.ISSUED_BY_MISTAKE:
            return w.t("Taken by mistake")
        case _:
            assert_never(value)


def place(value: Place, w: Wording) -> str:
    match value:
        case Place.BY_ARRIVAL:
            return w.t("By arrival")
        case Place.FRONT:
            return w.t("In front")
        case Place.END:
            return w.t("At the end")
        case _:
            assert_never(value)


def role(value: ClerkRole, w: Wording) -> str:
    match value:
        case ClerkRole.CLERK:
            return w.t("Clerk")
        case ClerkRole.BACK_OFFICE:
            return w.t("Back office")
        case ClerkRole.SUPERVISOR:
            return w.t("Supervisor")
        case _:
            assert_never(value)


# The one-day board


def print_notes(sheet: HandOverSheet, w: Wording) -> str:
    """What the button does that prints the collection notes of the files."""
    if NotYet.NOT_YET in sheet.notes:
        return w.tn("Print the collection note", "Print the collection notes", len(sheet.files))
    return w.t("Print again")


def group(value: Group, w: Wording) -> str:
    match value:
        case Group.LATE:
            return w.t("Promise passed")
        case Group.SOON:
            return w.t("Needs haste")
        case Group.ON_TIME:
            return w.t("Within the promise")
        case Group.NO_PROMISE:
            return w.t("Other services")
        case Group.READY:
            return w.t("Ready for collection")
        case _:
            assert_never(value)


def time_left(line: BoardLine, w: Wording) -> str:
    match line.group:
        case Group.READY:
            return w.t("May be handed over")
        case Group.LATE if line.earlier_day is not None:
            return w.t("Late since an earlier day")
        case Group.LATE:
            return w.t("Late by {time}", time=_span(-line.minutes_left, w))
        case Group.SOON | Group.ON_TIME:
            return w.t("{time} left", time=_span(line.minutes_left, w))
        case Group.NO_PROMISE:
            days = line.file.service.standard_working_days
            return w.tn("Standard {n} working day", "Standard {n} working days", days)
        case _:
            assert_never(line.group)


def _span(minutes: int, w: Wording) -> str:
    """Within a sentence: "25 minutes", and from an hour on "1 h 25 min"."""
    hours, rest = divmod(minutes, 60)
    if hours:
        return w.t("{hours} h {minutes} min", hours=hours, minutes=rest)
    return w.tn("{n} minute", "{n} minutes", rest)


def promised(line: BoardLine, w: Wording) -> str:
    """The time, or the day where that is not today; for no promise the day of acceptance, if it was another."""
    if line.promised_at is None:
        return w.short_date(w.local(line.accepted_at)) if line.earlier_day is not None else "–"
    if line.earlier_day is not None:
        return w.short_date(w.local(line.promised_at))
    return clock(line.promised_at, w)
