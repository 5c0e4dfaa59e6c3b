"""What a citizen's papers say: frozen values, and their words in the citizen's language as fields of a layout.

The office's own papers are in `office`, what tries a printer out in `trial`.
"""

import datetime as dt
from dataclasses import dataclass

from hardware.layout.blocks import Fields
from wording import Language, Wording


@dataclass(frozen=True, slots=True)
class ExpectedCall:
    """Between which local times a number is expected to be called."""

    earliest: dt.time
    latest: dt.time


@dataclass(frozen=True, slots=True)
class TicketContent:
    """A citizen's ticket. Names come in its language already; times are the outlet's local time.

    `number` are the digits as shown ("019"), `token` is what the QR holds, `code` what can be copied by hand
    ("7K4 M2P", or empty).
    `expected` is None while no counter is open, `ready_at` is given for a one-day service only.
    """

    language: Language
    outlet_name: str
    letter: str
    number: str
    queue_name: str
    token: str
    code: str
    people_ahead: int
    issued_at: dt.datetime
    service_name: str | None = None
    expected: ExpectedCall | None = None
    bring: tuple[str, ...] = ()
    ready_at: dt.time | None = None
    priority_name: str | None = None


@dataclass(frozen=True, slots=True)
class AppointmentContent:
    """The proof of a reserved place. `at` is when to come, `until` how late one may be; see TicketContent."""

    language: Language
    outlet_name: str
    service_name: str
    at: dt.datetime
    until: dt.time
    token: str
    code: str
    printed_at: dt.datetime
    bring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FileIdentity:
    """What each paper of a file says: whose it is, and where its permit is collected ("Loket 6").

    `letter` and `number` are the ticket's; where the file came without one there is no letter, and the number is
    the file's serial. `token` and `code` (or empty) are the application's own.
    """

    language: Language
    outlet_name: str
    letter: str
    number: str
    application_number: str
    service_name: str
    token: str
    code: str
    collect_at: str


@dataclass(frozen=True, slots=True)
class SlipContent:
    """The receipt for a file of a one-day service, with its promise. At `open_until` the place of collection closes."""

    file: FileIdentity
    ready_by: dt.time
    received: tuple[str, ...]
    open_until: dt.time
    accepted_at: dt.datetime


@dataclass(frozen=True, slots=True)
class RollTicketContent:
    """A ticket printed beforehand, to be given out when nothing else works.

    It has neither time nor service: the officer who gives it out writes the time on it, and the number becomes a
    ticket when its `token` is scanned at a counter, until `good_until`.
    """

    language: Language
    outlet_name: str
    letter: str
    number: str
    queue_name: str
    token: str
    good_until: dt.date


def words_of_all(w: Wording) -> dict[str, str]:
    """The fields that every page has: its language, and the mark that a repeat carries."""
    return {"language": w.language.value, "mark": w.t("REPRINT")}


def head(w: Wording, outlet_name: str, at: dt.datetime) -> dict[str, str]:
    """The same, and whose page it is and of when."""
    return {**words_of_all(w), "outlet": outlet_name, "time": w.clock(at), "date": w.date(at)}


def words_of_file(w: Wording, file: FileIdentity) -> dict[str, str]:
    """The fields that each page of a file has."""
    return {
        "letter": file.letter,
        "number": file.number,
        "service": file.service_name,
        "file_label": w.t("File number"),
        "file": file.application_number,
        "collect": w.t("Collect at {place}", place=file.collect_at),
        "token": file.token,
        "code_label": w.t("Code") if file.code else "",
        "code": file.code,
    }


def ticket_fields(content: TicketContent) -> Fields:
    w = Wording(content.language)
    expected = content.expected
    return {
        **head(w, content.outlet_name, content.issued_at),
        "letter": content.letter,
        "number": content.number,
        "queue": content.queue_name,
        "service": content.service_name or "",
        "priority": w.t("Priority: {name}", name=content.priority_name) if content.priority_name else "",
        "ready": _ready(w, content.ready_at),
        "ahead": w.tn("{n} person", "{n} people", content.people_ahead),
        "ahead_label": w.t("ahead of you"),
        "expected": f"{w.clock(expected.earliest)}–{w.clock(expected.latest)}" if expected else "",
        "expected_label": w.t("expected call") if expected else "",
        "no_estimate": "" if expected else w.t("Times will be known once a counter is open."),
        "bring_title": w.t("What to bring"),
        "bring": content.bring,
        "token": content.token,
        "scan": _scan(w, content.token),
        "code_label": w.t("Code") if content.code else "",
        "code": content.code,
        "closing": w.t("Please have a seat. Your number will be called and shown on the screen."),
    }


def appointment_fields(content: AppointmentContent) -> Fields:
    w = Wording(content.language)
    return {
        **head(w, content.outlet_name, content.printed_at),
        "title": w.t("Appointment"),
        "day": w.weekday_date(content.at),
        "clock": w.clock(content.at),
        "service": content.service_name,
        "bring_title": w.t("What to bring"),
        "bring": content.bring,
        "token": content.token,
        "scan": w.t("When you arrive, scan this code at the queue machine."),
        "code_label": w.t("Code"),
        "code": content.code,
        "closing": w.t(
            "Please come by {time} at the latest. After that you get an ordinary number.",
            time=w.clock(content.until),
        ),
    }


def slip_fields(content: SlipContent) -> Fields:
    file = content.file
    w = Wording(file.language)
    return {
        **head(w, file.outlet_name, content.accepted_at),
        "title": w.t("Receipt for your file"),
        **words_of_file(w, file),
        "promise_label": w.t("Ready for collection today, at the latest by"),
        "promise": w.clock(content.ready_by),
        "received_title": w.t("What we received"),
        "received": content.received,
        "collect_when": w.t("Bring this receipt when your number is listed under “Ready for collection”."),
        "closing": w.t("Open until {time}.", time=w.clock(content.open_until)),
    }


def roll_ticket_fields(content: RollTicketContent) -> Fields:
    w = Wording(content.language)
    return {
        **words_of_all(w),
        "outlet": content.outlet_name,
        "letter": content.letter,
        "number": content.number,
        "queue": content.queue_name,
        "time_label": w.t("Time of arrival, written by the officer"),
        "token": content.token,
        "scan": w.t("Show this code to the clerk."),
        "closing": w.t("Please have a seat. Your number will be called."),
        "good_until": w.t("Not valid after {date}.", date=w.date(content.good_until)),
    }


def _ready(w: Wording, at: dt.time | None) -> str:
    return "" if at is None else w.t("Expected to be ready today at {time}.", time=w.clock(at))


def _scan(w: Wording, token: str) -> str:
    """A phone can follow an address only; the bare token is for the outlet's own scanners."""
    if token.startswith("https://"):
        return w.t("Scan to follow your turn.")
    return w.t("Show this code to the clerk.")
