"""What the display says, in both languages."""

import pytest

from broker.domain.rules import Bilingual
from broker.domain.values import BusinessDay, ClosingReason
from display.board import Closed, Counters, CountersFrom, Halt, NobodyCalled, Notice, NumbersFrom, Outlet
from display.words import (
    NoticeWords,
    closed_counters,
    closed_early,
    date_lines,
    halted,
    notice_words,
    running_text,
    short_day,
    wording_of,
)
from tests.support import sample
from wording import Language, Wording

ID, EN = Wording(Language.ID), Wording(Language.EN)
MONDAY = BusinessDay("2026-07-20")
TEXT = Bilingual("Loket buka.", "Counters are open.")


@pytest.mark.parametrize(
    ("notice", "indonesian", "english"),
    [
        (
            NumbersFrom(sample.at(7, 30)),
            NoticeWords("Selamat datang", "Nomor diberikan mulai", "07.30"),
            NoticeWords("Welcome", "Numbers from", "07:30"),
        ),
        (
            CountersFrom(sample.at(8)),
            NoticeWords("Silakan ambil nomor", "Loket dibuka pukul", "08.00"),
            NoticeWords("Please take a number", "Counters open", "08:00"),
        ),
        (
            NobodyCalled(),
            NoticeWords("Silakan menunggu", "Nomor Anda akan tampil di sini"),
            NoticeWords("Please wait", "Your number will appear here"),
        ),
        (
            Closed(sample.at(7, 30, day=MONDAY)),
            NoticeWords("Gerai sedang tutup", "Buka lagi\nSenin, 20 Juli 2026", "07.30"),
            NoticeWords("We are closed", "Open again\nMonday, 20 July 2026", "07:30"),
        ),
        (
            Closed(None),
            NoticeWords("Gerai sedang tutup", "Terima kasih atas kunjungan Anda"),
            NoticeWords("We are closed", "Thank you for your visit"),
        ),
    ],
)
def test_a_panel_without_a_call_says_what_holds(
    notice: Notice, indonesian: NoticeWords, english: NoticeWords
) -> None:
    assert notice_words(notice, ID) == indonesian
    assert notice_words(notice, EN) == english


def test_while_nobody_serves_the_waits_give_way_to_why() -> None:
    assert closed_counters(Counters.NONE, ID) == "Belum ada loket buka"
    assert closed_counters(Counters.ON_BREAK, ID) == "Loket sedang istirahat"
    assert closed_counters(Counters.OPEN, ID) == ""


def test_the_running_text_comes_in_both_languages_the_screens_own_first() -> None:
    assert running_text(TEXT, Language.ID).startswith("Loket buka.")
    assert running_text(TEXT, Language.ID).endswith("Counters are open.")
    assert running_text(TEXT, Language.EN).startswith("Counters are open.")


@pytest.mark.parametrize("text", [Bilingual("Sama", "Sama"), Bilingual("Sama", ""), Bilingual("", "Sama")])
def test_a_running_text_that_exists_once_runs_once(text: Bilingual) -> None:
    assert running_text(text, Language.ID) == "Sama"


def test_the_date_stands_in_two_lines_and_shortens_where_it_must() -> None:
    assert date_lines(sample.at(10), ID) == ("Selasa,\n14 Juli 2026", "Selasa,\n14 Jul", "14 Jul")


def test_an_earlier_day_is_told_without_its_year() -> None:
    assert short_day(sample.TUESDAY, EN) == "14 Jul"


def test_times_are_the_outlets_own() -> None:
    eastern = Outlet("PTSP", 9 * 60, TEXT)
    wording = wording_of(eastern, Language.ID)
    assert notice_words(NumbersFrom(sample.at(7, 30)), wording).time == "09.30"


def test_why_nobody_gets_a_number_is_said_in_a_word_or_a_sentence() -> None:
    assert [halted(halt, ID) for halt in Halt] == ["Dijeda", "Tutup"]
    assert [halted(halt, EN) for halt in Halt] == ["Paused", "Closed"]
    assert closed_early(ClosingReason.CEREMONY, EN) == (
        "No more numbers are given out today: there is an official event."
    )
