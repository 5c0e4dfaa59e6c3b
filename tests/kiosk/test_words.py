"""What the kiosk says of closings and hours, in both languages."""

from datetime import timedelta

import pytest

from broker.domain import refusals as r
from broker.domain.rules import Bilingual
from broker.domain.values import ClosingReason, MachineState
from broker.protocol.token import CODE_ALPHABET
from kiosk.offer import Closure, Doors, Today
from kiosk.screens.code_pad import CHARACTERS
from kiosk.words import closed, hours, why_closed
from tests.support import sample
from tests.support.sample import at
from wording import Language, Wording

OFFSET = timedelta(minutes=sample.JAKARTA_MINUTES)
ID, EN = Wording(Language.ID, OFFSET), Wording(Language.EN, OFFSET)
EID = Bilingual("Idulfitri", "Eid al-Fitr")
RAMADAN = Bilingual("Ramadan", "Ramadan")
OPEN = Doors(at(7, 30), at(16))
NEXT = at(7, 30, day=sample.BusinessDay("2026-07-15"))


@pytest.mark.parametrize(
    ("closure", "button", "sentence"),
    [
        (Closure(r.TooEarly(at(7, 30)), at(7, 30)), "Dibuka 07.30", "Nomor belum diberikan."),
        (
            Closure(r.TooLate(at(12)), None, RAMADAN),
            "Tutup 12.00",
            "Nomor hari ini diberikan sampai pukul 12.00. Jam khusus: Ramadan.",
        ),
        (
            Closure(r.QueueOnPause("B", ClosingReason.SYSTEM_FAULT), None),
            "Dijeda: sistem terganggu",
            "Antrean ini sedang dijeda: sistem sedang terganggu.",
        ),
        (
            Closure(r.DoorsClosedToday(ClosingReason.CEREMONY), None),
            "Tutup: acara dinas",
            "Hari ini nomor tidak diberikan lagi: ada acara dinas.",
        ),
        (
            Closure(r.QuotaReached(20), None),
            "Habis hari ini",
            "Nomor untuk layanan ini hari ini sudah habis: 20 nomor sehari.",
        ),
        (
            Closure(r.MachineNotReady("ektp-printer", MachineState.OUT_OF_CARDS), None),
            "Kartu habis",
            "Layanan ini belum dapat diberikan: mesinnya kehabisan kartu.",
        ),
        (Closure(r.OutletClosed(), NEXT, EID), "Tutup hari ini", "Gerai tutup hari ini: Idulfitri."),
    ],
)
def test_a_closing_is_said_in_a_few_words_and_in_a_sentence(
    closure: Closure, button: str, sentence: str
) -> None:
    assert closed(closure, ID) == button
    assert why_closed(closure, ID) == sentence


@pytest.mark.parametrize("reason", list(ClosingReason))
def test_every_reason_has_its_words_in_both_languages(reason: ClosingReason) -> None:
    for refusal in (
        r.QueueOnPause("B", reason),
        r.QueueClosedToday("B", reason),
        r.DoorsClosedToday(reason),
    ):
        said = {f(Closure(refusal, None), w) for f in (closed, why_closed) for w in (ID, EN)}
        assert len(said) == 4


@pytest.mark.parametrize(
    ("today", "indonesian", "english"),
    [
        (Today(OPEN, NEXT, None, None, None), "Buka sampai pukul 16.00", "Open until 16:00"),
        (
            Today(OPEN, NEXT, RAMADAN, None, None),
            "Buka sampai pukul 16.00 (Ramadan)",
            "Open until 16:00 (Ramadan)",
        ),
        (
            Today(None, NEXT, EID, None, None),
            "Tutup hari ini: Idulfitri. Dibuka lagi Rabu, 15 Juli 2026 pukul 07.30",
            "Closed today: Eid al-Fitr. Opens again Wednesday, 15 July 2026 at 07:30",
        ),
        (
            Today(OPEN, NEXT, None, ClosingReason.EMERGENCY, None),
            "Hari ini nomor tidak diberikan lagi: ada keadaan darurat.",
            "No more numbers are given out today: there is an emergency.",
        ),
        (
            Today(OPEN, NEXT, None, None, at(13, 30)),
            "Nomor hari ini diberikan sampai pukul 13.30.",
            "Numbers were given out until 13:30 today.",
        ),
        (Today(None, None, None, None, None), "Tutup hari ini", "Closed today"),
    ],
)
def test_the_outlets_hours_are_told_with_what_is_different_today(
    today: Today, indonesian: str, english: str
) -> None:
    assert hours(today, at(10), ID) == indonesian
    assert hours(today, at(10), EN) == english


def test_the_keys_for_a_code_are_the_characters_of_codes() -> None:
    assert sorted(CHARACTERS) == sorted(CODE_ALPHABET)
