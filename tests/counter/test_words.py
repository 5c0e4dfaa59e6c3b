"""What the counter says, for every value that there is, in both languages."""

import datetime as dt
from collections.abc import Iterable

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.refusals import RecallTooSoon
from broker.domain.ticket import Sender
from broker.domain.values import (
    ApplicationId,
    CancelReason,
    ClerkRole,
    HoldReason,
    PauseReason,
    Place,
    Priority,
    TicketId,
)
from broker.protocol.messages import ErrorCode, SignInReason
from counter import sentences, words
from counter.desk import Act, Desk, DeskStatus, HeldLine, Number, Undo, Undoable, desk_of
from counter.oneday import BoardLine, FileLine, Group
from counter.paper import NoPrinter, NotYet, Printing
from counter.sheets import (
    FileNotReady,
    HandOverSheet,
    HeldForPapers,
    NextInLine,
    NotPrinted,
    NotProcessed,
    Remark,
    SignInFailed,
)
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.page import JobKind
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning
from wording import Language, Wording

ID, EN = (Wording(language, dt.timedelta(hours=7)) for language in Language)
BOTH = pytest.mark.parametrize("w", [ID, EN], ids=["id", "en"])
TICKET = TicketId("20260714-A004")
FILE = FileLine(ApplicationId("31.74.01.1001-20260714-0001"), Number("A", "004"), sample.SERVICES[0])


def called(priority: Priority | None = None) -> Desk:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("B", priority=priority)
    morning.advance(minutes=18)
    morning.call("sri", ONE)
    desk = desk_of(morning.state, sample.SRI, ONE, morning.now)
    assert desk is not None
    return desk


def test_the_arrival_and_the_wait() -> None:
    hand = called().in_hand
    assert hand is not None
    came, waited = hand.arrived_at, hand.waited_minutes
    assert words.arrival(came, waited, ID) == "Datang 07.30, menunggu 18 menit"
    assert words.arrival(came, waited, EN) == "Came at 07:30, waited 18 minutes"


def test_what_is_not_possible_yet_counts_down_in_seconds_then_in_minutes() -> None:
    desk = replace(called(), recall_in_seconds=8, no_show_in_seconds=213)
    assert words.countdown(Act.RECALL, desk, ID) == "8 dtk lagi"
    assert words.countdown(Act.NO_SHOW, desk, ID) == "3:33 lagi"
    assert words.countdown(Act.TRANSFER, desk, ID) == ""


def test_what_can_be_taken_back_says_for_how_long() -> None:
    number = Number("A", "004")
    assert words.undo(Undo(Undoable.CALL, TICKET, number, 7), ID) == "Urungkan panggilan (7 dtk)"
    assert words.undo(Undo(Undoable.COMPLETION, TICKET, number, 7), ID) == "A 004 belum selesai (7 dtk)"
    assert words.undo(Undo(Undoable.TRANSFER, TICKET, number, 7), ID) == "A 004 batal dipindahkan (7 dtk)"
    assert words.undo(Undo(Undoable.CALL, TICKET, number, None), EN) == "Undo the call"
    assert words.short_undo(Undo(Undoable.COMPLETION, TICKET, number, 10), ID) == "Urungkan (10 dtk)"


def test_the_filled_button_says_where_a_visit_goes_on_to() -> None:
    desk = called()
    hand = desk.in_hand
    assert hand is not None
    ends = replace(desk, status=DeskStatus.SERVING)
    assert words.primary(ends, ID) == "Selesai"
    goes_on = replace(ends, in_hand=replace(hand, steps=(sample.QUEUES[3], sample.QUEUES[4])))
    assert words.primary(goes_on, ID) == "Selesai\nlanjut ke D Informasi dan pengaduan"
    assert words.primary(goes_on, EN) == "Finish\non to D Information and complaints"
    assert words.short_primary(goes_on, ID) == "Selesai\nlanjut ke D"
    assert words.short_primary(ends, ID) == "Selesai"
    assert goes_on.in_hand is not None
    assert words.way(hand, ID) == "B Perizinan, lalu selesai"
    assert words.way(goes_on.in_hand, ID) == "B Perizinan → D Informasi dan pengaduan → E Ambil berkas"


def test_who_sent_a_number_is_said_with_their_note() -> None:
    hand = called().in_hand
    assert hand is not None
    names = {sample.BUDI: "Budi Santoso"}
    assert words.sent(hand, None, names, ID) == ""
    from_budi = replace(hand, sender=Sender(sample.BUDI, TWO, "C"))
    assert words.sent(from_budi, None, names, ID) == "Dikirim dari loket 2 oleh Budi Santoso."
    assert words.sent(from_budi, "KTP asli ada di sini.", names, ID) == (
        "Dari loket 2, Budi Santoso: KTP asli ada di sini."
    )
    assert words.sent(from_budi, None, {}, EN) == "Sent from counter 2 by budi."


@pytest.mark.parametrize(
    ("minutes", "said"),
    [
        (-25, "Lewat 25 menit"),
        (-85, "Lewat 1 jam 25 menit"),
        (10, "10 menit lagi"),
        (71, "1 jam 11 menit lagi"),
    ],
)
def test_the_time_left_of_a_promise(minutes: int, said: str) -> None:
    group = Group.LATE if minutes < 0 else Group.ON_TIME
    line = BoardLine(FILE, group, sample.at(11), minutes, sample.at(8), sample.SRI, None)
    assert words.time_left(line, ID) == said


def test_an_earlier_days_promise_is_a_date() -> None:
    line = BoardLine(FILE, Group.LATE, sample.at(11), -1500, sample.at(8), sample.SRI, sample.TUESDAY)
    assert words.promised(line, ID) == "14 Jul"
    assert words.time_left(line, ID) == "Lewat sejak hari lain"


def test_a_refusal_says_its_time() -> None:
    assert "07.31" in sentences.notice(RecallTooSoon(sample.at(7, 31)), ID)


def everything(w: Wording) -> Iterable[str]:
    """Each sentence once."""
    yield from (words.status(value, w) for value in DeskStatus)
    yield from (words.plain_act(value, w) for value in Act)
    yield from (words.short_act(value, w) for value in Act)
    yield from (words.priority_chip(value, w) for value in Priority)
    yield from (words.undo(Undo(what, TICKET, FILE.number, 7), w) for what in Undoable)
    yield words.short_undo(Undo(Undoable.CALL, TICKET, FILE.number, None), w)
    yield words.held_until(HeldLine(TICKET, FILE.number, HoldReason.COMPLETING_PAPERS, sample.at(8)), w)
    yield from (words.hold_reason(value, w) + words.hold_note(value, sample.at(8), w) for value in HoldReason)
    yield from (words.pause_reason(value, w) for value in PauseReason)
    yield from (words.cancel_reason(value, w) for value in CancelReason)
    yield from (words.place(value, w) for value in Place)
    yield from (words.role(value, w) for value in ClerkRole)
    yield from (words.group(value, w) for value in Group)
    for notice in (
        *Remark,
        FileNotReady(FILE, None),
        FileNotReady(FILE, sample.at(11)),
        NextInLine(FILE.number),
        HeldForPapers(FILE.number, sample.at(8)),
        *(NotPrinted(kind, number) for kind in JobKind for number in (FILE.number, None)),
        NotProcessed(ErrorCode.NOT_STORED),
        *(SignInFailed(reason, until) for reason in SignInReason for until in (None, sample.at(8))),
    ):
        yield sentences.notice(notice, w)
    for paper in (
        NoPrinter.NO_PRINTER,
        Printing.PRINTING,
        Printed(),
        Unknown(PrinterState.SILENT),
        *(Failed(state) for state in PrinterState),
    ):
        yield sentences.slip(paper, w)
        yield sentences.for_citizen(paper, w)
        if not isinstance(paper, NoPrinter):
            yield sentences.for_office(paper, w)
            yield sentences.note(paper, w)
    yield from (words.paper(kind, clerk, w) for kind in JobKind for clerk in ("", "Sri"))
    for notes in ((NotYet.NOT_YET,), (Printed(),)):
        yield words.print_notes(HandOverSheet((FILE,), notes), w)


@BOTH
def test_everything_has_its_words(w: Wording) -> None:
    for said in everything(w):
        assert said
        assert "{" not in said
        assert "!" not in said


def test_nothing_is_left_in_english() -> None:
    same = set(everything(ID)) & set(everything(EN))
    assert same == set()
