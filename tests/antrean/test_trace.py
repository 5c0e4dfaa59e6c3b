"""A ticket's story in an operator's words."""

from antrean.trace import EVENTS, PRINTS, story
from broker.domain import commands as c
from broker.domain import events as e
from broker.protocol import messages as m
from broker.store.projection import subject_of
from hardware.print_journal import JobState
from tests.support import sample
from tests.support.morning import ONE, Morning
from wording import Language, Wording


def test_everything_that_can_happen_to_a_ticket_has_its_words() -> None:
    told_of = {each for each in e.AnyEvent.__args__ if {"ticket", "application"} & {*each.__struct_fields__}}
    assert set(EVENTS) == told_of
    assert set(PRINTS) == set(JobState)


def test_the_story_names_what_who_and_by_which_command() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    ticket = morning.take("A", sample.MICRO_BUSINESS)
    morning.serving("sri", ONE)
    morning.accept("sri", ticket, sample.MICRO_BUSINESS)
    morning.clerk("sri", c.CompleteTicket(ticket))
    records = tuple(
        each
        for each in morning.journal
        if subject_of(each.event) == ticket or "Accepted" in type(each.event).__name__
    )
    told = list(story(m.History(m.RequestId("1"), ticket, records), [], Wording(Language.ID)))
    assert [line[29:61].strip() for line in told] == [
        "Nomor diberikan",
        "Sampai di tangan warga",
        "Dipanggil",
        "Mulai dilayani",
        "Berkas diterima",
        "Kunjungan selesai",
    ]
    assert told[0].startswith("2026-07-14 07:30:00")
    assert "pc-sri, sri" in told[2]
    assert records[2].command in told[2]
    assert "promised_at=11.30" in told[4]
