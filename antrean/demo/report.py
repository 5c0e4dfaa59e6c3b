"""What happened in the demonstration, as report.json: each ticket's number, token, times and end."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import Struct

from antrean.demo.papers import papers_in
from antrean.demo.watch import Watcher
from broker.domain import events as e
from broker.domain.codec import kind_of
from broker.domain.events import Recorded
from broker.domain.ticket import plate
from broker.domain.values import Instant
from broker.protocol.messages import TokenKind
from broker.protocol.token import read_token
from wording import Wording

ENDS: dict[type[e.Event], str] = {
    e.TicketCompleted: "completed",
    e.TicketMissed: "no-show",
    e.TicketCancelled: "cancelled",
    e.TicketExpired: "expired",
}


class Moment(Struct, frozen=True):
    """One event in a ticket's story."""

    at: str
    seq: int
    event: str
    command: str
    device: str


class FileLine(Struct, frozen=True):
    """One application of a ticket."""

    application: str
    service: str
    accepted: str
    promised: str | None
    token: str | None
    picture: str | None
    ready: str | None = None
    handed_over: str | None = None


class TicketLine(Struct, frozen=True):
    """One ticket's story."""

    number: str
    id: str
    token: str | None
    picture: str | None
    priority: str | None
    issued: str
    called: str | None
    served: str | None
    ended: str | None
    end: str
    files: tuple[FileLine, ...]
    story: tuple[Moment, ...]


class Report(Struct, frozen=True):
    """The whole demonstration."""

    outlet: str
    day: str
    events: int
    tickets: tuple[TicketLine, ...]


class Printed(Struct, frozen=True):
    """A paper, under the name of its picture."""

    picture: str
    token: str


def write(out: Path, papers: Path, watcher: Watcher, wording: Wording) -> Report:
    """Name the papers after their tickets in `out`/tickets, tell each ticket's story in report.json."""
    printed = _named_papers(out / "tickets", papers)
    issued = [record.event for record in watcher.records if isinstance(record.event, e.TicketIssued)]
    lines = tuple(_line(ticket, watcher, printed, wording) for ticket in issued)
    rules = watcher.state.rules
    report = Report(rules.name if rules else "", watcher.state.day or "", int(watcher.state.seq), lines)
    text = json.dumps(msgspec.to_builtins(report), indent=2, ensure_ascii=False)
    (out / "report.json").write_text(text + "\n", encoding="utf-8")
    return report


def _named_papers(tickets: Path, papers: Path) -> dict[str, Printed]:
    """Copies of the papers, by the id of the ticket or application whose token each bears."""
    tickets.mkdir(parents=True, exist_ok=True)
    found: dict[str, Printed] = {}
    for paper in papers_in(papers):
        token = read_token(paper.token) if paper.token else None
        if token is None or paper.token is None:
            continue
        name = token.id.rpartition("-")[2] if token.kind is TokenKind.TICKET else f"slip-{token.id[-4:]}"
        shutil.copy(paper.picture, tickets / f"{name}.png")
        shutil.copy(paper.raw, tickets / f"{name}.escpos")
        found[token.id] = Printed(f"tickets/{name}.png", paper.token)
    return found


def _line(
    issued: e.TicketIssued, watcher: Watcher, printed: dict[str, Printed], wording: Wording
) -> TicketLine:
    queue = watcher.state.queue(issued.letter)
    number = plate(issued.letter, issued.number, queue.digits if queue else 3)
    records = watcher.history(number)
    paper = printed.get(issued.ticket)

    def first(kind: type[e.Event]) -> str | None:
        found = next((record for record in records if isinstance(record.event, kind)), None)
        return _clock(found.at, wording) if found else None

    ended = next((record for record in records if type(record.event) in ENDS), None)
    return TicketLine(
        number=number,
        id=issued.ticket,
        token=paper.token if paper else None,
        picture=paper.picture if paper else None,
        priority=issued.priority.value if issued.priority else None,
        issued=first(e.TicketIssued) or "",
        called=first(e.TicketCalled),
        served=first(e.ServiceStarted),
        ended=_clock(ended.at, wording) if ended else None,
        end=ENDS[type(ended.event)] if ended else "still here",
        files=tuple(_files(records, printed, wording)),
        story=tuple(
            Moment(_clock(each.at, wording), each.seq, kind_of(each.event), each.command, each.device)
            for each in records
        ),
    )


def _files(
    records: tuple[Recorded, ...], printed: dict[str, Printed], wording: Wording
) -> Iterator[FileLine]:
    ready = {r.event.application: r.at for r in records if isinstance(r.event, e.ApplicationCompleted)}
    handed = {r.event.application: r.at for r in records if isinstance(r.event, e.ApplicationHandedOver)}
    for record in records:
        event = record.event
        if not isinstance(event, e.ApplicationAccepted):
            continue
        slip = printed.get(event.application)
        yield FileLine(
            application=event.application,
            service=event.service,
            accepted=_clock(record.at, wording),
            promised=_clock(event.promised_at, wording) if event.promised_at is not None else None,
            token=slip.token if slip else None,
            picture=slip.picture if slip else None,
            ready=_clock(ready[event.application], wording) if event.application in ready else None,
            handed_over=_clock(handed[event.application], wording) if event.application in handed else None,
        )


def _clock(at: Instant, wording: Wording) -> str:
    return f"{wording.local(at):%Y-%m-%d %H:%M:%S}"
