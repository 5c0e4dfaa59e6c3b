"""Why this number, and no other: one sentence that a clerk can say aloud to a citizen, with the facts in it. Pure."""

from collections.abc import Mapping
from typing import assert_never

from msgspec import Struct

from broker.domain.day import MINUTE_MS
from broker.domain.queue import virtual_arrival
from broker.domain.state import State
from broker.domain.ticket import Sender, Ticket
from broker.domain.values import Because, Channel, ChoiceReason, ClerkId, Instant, Letter, Priority
from wording import Wording


class Why(Struct, frozen=True):
    """What made the difference at the call, and the facts that belong to it."""

    because: Because | None
    """None: called before reasons were kept."""
    arrived_at: Instant
    letter: Letter
    """The queue that it was called from."""
    longest_wait_minutes: int
    head_start_minutes: int
    """By how much its priority counts as having come earlier."""
    counts_earlier: bool
    """Whether it counts as having come earlier than it did, for whatever reason."""
    channel: Channel
    standard_minutes: int | None
    """Within how long whoever comes this way is to be served; None: nobody has said."""
    priority: Priority | None = None
    slot_at: Instant | None = None
    """The time reserved for it."""
    sender: Sender | None = None
    """The colleague who sent it on."""
    chosen: ChoiceReason | None = None


def why(state: State, ticket: Ticket) -> Why:
    """The facts of a ticket that has been called."""
    rules = state.rules
    assert rules is not None
    came_at = ticket.came_at
    by_priority = virtual_arrival(came_at, ticket.priority, rules.fairness)
    standards = (each.standard_minutes for each in rules.channels if each.channel is ticket.channel)
    return Why(
        because=ticket.because,
        arrived_at=came_at,
        letter=state.queue_of[ticket.id],
        longest_wait_minutes=rules.fairness.longest_wait_minutes,
        head_start_minutes=(came_at - by_priority) // MINUTE_MS,
        counts_earlier=ticket.virtual_arrival is not None and ticket.virtual_arrival < came_at,
        channel=ticket.channel,
        standard_minutes=next(standards, None),
        priority=ticket.priority,
        slot_at=ticket.slot_at,
        sender=None if ticket.came_back else ticket.sender,
        chosen=ticket.chosen,
    )


def sentence(value: Why, names: Mapping[ClerkId, str], w: Wording) -> str:
    """The answer to "why this one?"."""
    time = _clock(value.arrived_at, w)
    match value.because:
        case None:
            return w.t("Came at {time} and was called by the rules of the queue.", time=time)
        case Because.CAME_FIRST:
            return w.t("Came at {time}, the earliest of those whom this counter serves first.", time=time)
        case Because.BETTER_TIER:
            return w.t(
                "This counter serves queue {letter} before others, and there this number came the earliest,"
                " at {time}.",
                letter=value.letter,
                time=time,
            )
        case Because.PRIORITY if value.priority is not None:
            return _head_start(value.priority, value.head_start_minutes, time, w)
        case Because.APPOINTMENT if value.slot_at is not None:
            slot = _clock(value.slot_at, w)
            return w.t("Came at {time} for an appointment at {slot}, so goes first.", time=time, slot=slot)
        case Because.CHANNEL | Because.PRIORITY | Because.APPOINTMENT:
            return _channel(value, time, w)
        case Because.WAITED_TOO_LONG:
            return _waited(value, time, w)
        case Because.SENT_HERE:
            return _sent(value.sender, names, time, w)
        case Because.CAME_BACK:
            return w.t("Came at {time}, had a turn before and is back, so goes first.", time=time)
        case Because.PUT_FORWARD:
            return w.t("Came at {time} and was put in front by a colleague, so goes first.", time=time)
        case Because.CHOSEN:
            return _chosen(value.chosen, time, w)
        case _:
            assert_never(value.because)


def _head_start(value: Priority, minutes: int, time: str, w: Wording) -> str:
    match value:
        case Priority.ELDERLY:
            return w.t(
                "Came at {time} and as an elderly person counts {minutes} minutes earlier, so goes first.",
                time=time,
                minutes=minutes,
            )
        case Priority.DISABILITY:
            return w.t(
                "Came at {time} and as a person with a disability counts {minutes} minutes earlier, so goes"
                " first.",
                time=time,
                minutes=minutes,
            )
        case Priority.PREGNANT:
            return w.t(
                "Came at {time} and as a pregnant woman counts {minutes} minutes earlier, so goes first.",
                time=time,
                minutes=minutes,
            )
        case Priority.INFANT:
            return w.t(
                "Came at {time} and with a baby or toddler counts {minutes} minutes earlier, so goes first.",
                time=time,
                minutes=minutes,
            )
        case _:
            assert_never(value)


def _channel(value: Why, time: str, w: Wording) -> str:
    way = channel(value.channel, w)
    if value.standard_minutes is None:
        return w.t("Came at {time} by {way}, so goes first.", time=time, way=way)
    return w.t(
        "Came at {time} by {way}, which is to be served within {minutes} minutes, so goes first.",
        time=time,
        way=way,
        minutes=value.standard_minutes,
    )


def channel(value: Channel, w: Wording) -> str:
    """How a visit came in, within a sentence: "by appointment"."""
    match value:
        case Channel.WALK_IN:
            return w.tp("channel", "walking in")
        case Channel.APPOINTMENT:
            return w.tp("channel", "appointment")
        case Channel.DRIVE_THRU:
            return w.tp("channel", "drive-thru")
        case Channel.PICK_UP:
            return w.tp("channel", "pick-up")
        case _:
            assert_never(value)


def _waited(value: Why, time: str, w: Wording) -> str:
    if value.counts_earlier:
        return w.t(
            "Came at {time} and counts as having waited more than {minutes} minutes, so goes before everybody"
            " else.",
            time=time,
            minutes=value.longest_wait_minutes,
        )
    return w.t(
        "Came at {time} and has waited more than {minutes} minutes, so goes before everybody else.",
        time=time,
        minutes=value.longest_wait_minutes,
    )


def _sent(sender: Sender | None, names: Mapping[ClerkId, str], time: str, w: Wording) -> str:
    if sender is None:
        return w.t("Came at {time} and was sent to this counter, so is served here.", time=time)
    if sender.clerk not in names:
        return w.t(
            "Came at {time} and was sent from counter {counter} to be served here.",
            time=time,
            counter=sender.counter,
        )
    return w.t(
        "Came at {time} and was sent by {clerk} from counter {counter} to be served here.",
        time=time,
        clerk=names[sender.clerk],
        counter=sender.counter,
    )


def _chosen(reason: ChoiceReason | None, time: str, w: Wording) -> str:
    match reason:
        case ChoiceReason.SCANNED:
            return w.t("Came at {time} and was called by scanning the ticket.", time=time)
        case ChoiceReason.CAME_BACK:
            return w.t("Came at {time} and was called out of turn on coming back.", time=time)
        case ChoiceReason.SHORT_QUESTION:
            return w.t("Came at {time} and was called out of turn for a short question.", time=time)
        case ChoiceReason.SUPERVISOR_ASKED | None:
            return w.t("Came at {time} and was called out of turn at the supervisor's request.", time=time)
        case _:
            assert_never(reason)


def _clock(at: Instant, w: Wording) -> str:
    return w.clock(w.local(at))
