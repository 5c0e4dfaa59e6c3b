"""What the office's own papers say: the copy of a slip for the file, the collection note, a clerk's day.

Frozen values, and their words as fields of a layout. None holds anything about a citizen but numbers.
"""

import datetime as dt
from dataclasses import dataclass

from hardware.layout.blocks import Fields
from hardware.layout.content import FileIdentity, SlipContent, head, words_of_file
from wording import Language, Wording


@dataclass(frozen=True, slots=True)
class CollectionContent:
    """What lies with a finished permit and is signed when it is handed over."""

    file: FileIdentity
    ready_at: dt.datetime


@dataclass(frozen=True, slots=True)
class DayReportContent:
    """A clerk's day in figures, as they were at `printed_at`. Times are the outlet's local time.

    `counter_name` is empty for who sits at none; `mean_service_seconds` is None where no service was timed.
    """

    language: Language
    outlet_name: str
    clerk_name: str
    counter_name: str
    day: dt.date
    printed_at: dt.datetime
    served: int
    missed: int
    accepted: int
    mean_service_seconds: int | None
    idle_minutes: int
    paused_minutes: int


def file_copy_fields(slip: SlipContent) -> Fields:
    """The citizen's slip again, as it stays with the file."""
    file = slip.file
    w = Wording(file.language)
    return {
        **head(w, file.outlet_name, slip.accepted_at),
        "title": w.t("For the file"),
        **words_of_file(w, file),
        "promise_label": w.t("Promised by"),
        "promise": w.clock(slip.ready_by),
        "initials_label": w.t("Officer's initials"),
    }


def collection_fields(content: CollectionContent) -> Fields:
    file = content.file
    w = Wording(file.language)
    return {
        **head(w, file.outlet_name, content.ready_at),
        "title": w.t("Collection note"),
        **words_of_file(w, file),
        "ready_label": w.t("Ready since"),
        "ready": w.clock(content.ready_at),
        "signature_label": w.t("Date and signature of the recipient"),
    }


def figures_of(content: DayReportContent) -> tuple[tuple[str, str], ...]:
    """What was counted and how much of it, in words."""
    w = Wording(content.language)
    mean = content.mean_service_seconds
    return (
        (w.t("Visits served"), w.number(content.served)),
        (w.t("No-shows"), w.number(content.missed)),
        (w.t("Files accepted"), w.number(content.accepted)),
        (w.t("Mean service"), "–" if mean is None else w.duration(mean)),
        (w.t("Idle"), _minutes(w, content.idle_minutes)),
        (w.t("Break taken"), _minutes(w, content.paused_minutes)),
    )


def day_report_fields(content: DayReportContent) -> Fields:
    w = Wording(content.language)
    return {
        **head(w, content.outlet_name, content.printed_at),
        "title": w.t("Day report"),
        "clerk": content.clerk_name,
        "counter": content.counter_name,
        "day": w.weekday_date(content.day),
        "figures": tuple(f"{label}\t{value}" for label, value in figures_of(content)),
        "signature_label": w.t("Clerk's signature"),
    }


def _minutes(w: Wording, minutes: int) -> str:
    return w.t("{minutes} min", minutes=w.number(minutes))
