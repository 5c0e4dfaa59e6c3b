"""When a call counts as heard, and from when on a recall or a no-show may follow it."""

from broker.domain.rules import Patience
from broker.domain.ticket import Call
from broker.domain.values import Instant

SECOND_MS = 1000


def heard_at(call: Call, patience: Patience) -> Instant:
    """When the call was, or at the latest will count as, announced."""
    if call.announced_at is not None:
        return call.announced_at
    return Instant(call.at + patience.announcement_seconds * SECOND_MS)


def recalls_used_up(call: Call, patience: Patience) -> bool:
    """Whether no further recall may follow this call."""
    return call.number > patience.recalls_at_most


def recall_possible_at(call: Call, patience: Patience) -> Instant:
    """From when on the same ticket may be announced once more, if recalls are left."""
    return Instant(heard_at(call, patience) + patience.recall_after_seconds * SECOND_MS)


def no_show_possible_at(call: Call, patience: Patience) -> Instant:
    """From when on the ticket may be given up as a no-show."""
    return Instant(heard_at(call, patience) + patience.no_show_after_seconds * SECOND_MS)
