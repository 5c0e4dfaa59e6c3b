"""What the office's own papers say: the copy of a slip for the file, the collection note, a clerk's day.

Frozen values, and their words as fields of a layout. None holds anything about a citizen but numbers.
"""

import datetime as dt
from dataclasses import dataclass

from hardware.layout.blocks import Fields
from hardware.layout.content import SlipContent, words_of_all
from wording import Language, Wording


@dataclass(frozen=True, slots=True)
class CollectionContent:
    """What lies with a finished permit and is signed when it is handed over.

    `letter` and `number` are the ticket's, empty where the file came without one; `token` and `code` (or empty) are
    the application's own; `collect_at` is the place ("Loket 6").
    """

    language: Language
    outlet_name: str
    letter: str
    number: str
    application_number: str
    service_name: str
    ready_at: dt.datetime
    collect_at: str
    token: str
    code: str


@dataclass(frozen=True, slots=True)
class DayReportContent:
    """A clerk's day in figures. Times are the outlet's local time; None is what is not known."""

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
    idle_minutes: int | None
    paused_minutes: int | None


def file_copy_fields(slip: SlipContent) -> Fields:
    """The citizen's slip again, as it stays with the file."""
    w = Wording(slip.language)
    return {
        **words_of_all(w),
        "outlet": slip.outlet_name,
        "time": w.clock(slip.accepted_at),
        "date": w.date(slip.accepted_at),
        "title": w.t("For the file"),
        "letter": slip.letter,
        "number": slip.number,
        "service": slip.service_name,
        "file_label": w.t("File number"),
        "file": slip.application_number,
        "promise_label": w.t("Promised by"),
        "promise": w.clock(slip.ready_by),
        "token": slip.token,
        "initials_label": w.t("Officer's initials"),
    }


def collection_fields(content: CollectionContent) -> Fields:
    w = Wording(content.language)
    return {
        **words_of_all(w),
        "outlet": content.outlet_name,
        "time": w.clock(content.ready_at),
        "date": w.date(content.ready_at),
        "title": w.t("Collection note"),
        "letter": content.letter,
        "number": content.number,
        "service": content.service_name,
        "file_label": w.t("File number"),
        "file": content.application_number,
        "ready_label": w.t("Ready since"),
        "ready": w.clock(content.ready_at),
        "collect": w.t("Collect at {place}", place=content.collect_at),
        "token": content.token,
        "code_label": w.t("Code") if content.code else "",
        "code": content.code,
        "signature_label": w.t("Date and signature of the recipient"),
    }


def day_report_fields(content: DayReportContent) -> Fields:
    w = Wording(content.language)
    mean = content.mean_service_seconds
    figures = (
        (w.t("Visits served"), w.number(content.served)),
        (w.t("No-shows"), w.number(content.missed)),
        (w.t("Files accepted"), w.number(content.accepted)),
        (w.t("Mean service"), "–" if mean is None else w.duration(mean)),
        (w.t("Idle"), _minutes(w, content.idle_minutes)),
        (w.t("Break taken"), _minutes(w, content.paused_minutes)),
    )
    return {
        **words_of_all(w),
        "outlet": content.outlet_name,
        "time": w.clock(content.printed_at),
        "date": w.date(content.printed_at),
        "title": w.t("Day report"),
        "clerk": content.clerk_name,
        "counter": content.counter_name,
        "day": w.weekday_date(content.day),
        "figures": tuple(f"{label}\t{value}" for label, value in figures),
        "signature_label": w.t("Clerk's signature"),
    }


def _minutes(w: Wording, minutes: int | None) -> str:
    return "–" if minutes is None else w.t("{minutes} min", minutes=w.number(minutes))
