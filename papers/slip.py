"""The slip of a file of a one-day service, with its promise: one for the citizen, a copy that stays with the file."""

import datetime as dt

from broker.domain.day import hours_of
from broker.domain.state import State
from broker.protocol.messages import ApplicationOutcome
from hardware.layout.content import SlipContent, slip_fields
from hardware.layout.office import file_copy_fields
from hardware.page import JobKind, Page
from papers.filed import Filed, identity
from papers.words import said, wording_of
from wording import Wording


def slip_pages(filed: Filed, outcome: ApplicationOutcome, state: State) -> tuple[Page, ...]:
    """Slip and copy, in the citizen's language; nothing where nothing is promised for a day of the outlet."""
    rules = state.rules
    hours = hours_of(rules, filed.day) if rules is not None and filed.day is not None else None
    if hours is None or outcome.promised_at is None:
        return ()
    w = wording_of(state, filed.language)
    content = SlipContent(
        file=identity(filed, outcome, state, w),
        ready_by=w.local(outcome.promised_at).time(),
        received=_names(filed, w),
        open_until=_clock(hours.doors_close),
        accepted_at=w.local(outcome.at).replace(tzinfo=None),
    )
    return Page(JobKind.SLIP, slip_fields(content)), Page(JobKind.FILE_COPY, file_copy_fields(content))


def _names(filed: Filed, w: Wording) -> tuple[str, ...]:
    """What was handed in; the list may have become shorter since."""
    requirements = filed.service.requirements
    return tuple(said(requirements[place], w) for place in filed.received if place < len(requirements))


def _clock(minute: int) -> dt.time:
    return dt.time(minute // 60 % 24, minute % 60)
