"""Why this number: one sentence for each reason of the calling rule, true by the real core."""

import datetime as dt

import pytest
from msgspec.structs import replace

from broker.domain import commands as c
from broker.domain.appointment import Wanted
from broker.domain.rules import AppointmentRules, ChannelRule
from broker.domain.ticket import ToClerk, ToCounter, ToQueue
from broker.domain.values import (
    ActReason,
    Because,
    Channel,
    ChoiceReason,
    ClerkId,
    Delivery,
    DeviceRole,
    Place,
    Priority,
    ServiceCode,
    TicketId,
)
from counter.why import Why, channel, sentence, why
from tests.support import sample
from tests.support.morning import ONE, TWO, Morning
from tests.support.outlet import NAMES
from wording import Language, Wording

ID, EN = (Wording(language, dt.timedelta(hours=7)) for language in Language)
WHO = {ClerkId(clerk): name for clerk, name in NAMES.items()}
RULES = replace(
    sample.RULES,
    channels=(ChannelRule(Channel.DRIVE_THRU, standard_minutes=60, head_start_minutes=30),),
    appointments=AppointmentRules(head_start_minutes=60),
)


@pytest.fixture
def morning() -> Morning:
    """Sri at counter 1, which serves A before B, C and D."""
    morning = Morning(RULES)
    morning.clerk("sri", c.OpenCounter(ONE))
    return morning


def called(morning: Morning) -> TicketId:
    return morning.call("sri", ONE)


def said(morning: Morning, w: Wording = ID) -> str:
    (ticket,) = (seat.ticket for seat in morning.state.seats.values() if seat.counter == ONE)
    assert ticket is not None
    return sentence(why(morning.state, morning.state.tickets[ticket]), WHO, w)


def take_by(morning: Morning, way: Channel) -> TicketId:
    issued = morning.do(c.IssueTicket("B", channel=way), DeviceRole.COUNTER, "pc-2", "ratna")
    ticket: TicketId = issued[0].ticket  # type: ignore[union-attr]
    morning.do(c.ConfirmDelivery(ticket, Delivery.SCREEN), DeviceRole.COUNTER, "pc-2", "ratna")
    return ticket


def test_whoever_came_first(morning: Morning) -> None:
    morning.take("B")
    called(morning)
    assert said(morning) == "Datang pukul 07.30, paling awal di antara yang didahulukan loket ini."


def test_a_queue_that_this_counter_serves_before_others(morning: Morning) -> None:
    morning.take("B")
    morning.advance(minutes=5)
    morning.take("A")
    called(morning)
    assert said(morning) == (
        "Loket ini mendahulukan antrean A, dan di sana nomor ini datang paling awal, pukul 07.35."
    )


def test_a_priority_with_its_head_start(morning: Morning) -> None:
    morning.take("B")
    morning.advance(minutes=10)
    morning.take("B", priority=Priority.ELDERLY)
    called(morning)
    assert said(morning) == (
        "Datang pukul 07.40 dan sebagai lansia dihitung 20 menit lebih awal, jadi didahulukan."
    )
    assert said(morning, EN) == (
        "Came at 07:40 and as an elderly person counts 20 minutes earlier, so goes first."
    )


def test_an_appointment_with_its_time(morning: Morning) -> None:
    wanted = Wanted(sample.TUESDAY, sample.at(8), ServiceCode(sample.DOCTOR))
    (booked,) = morning.clerk("ratna", c.BookAppointments((wanted,)))
    morning.take("B")
    morning.advance(minutes=10)
    issued = morning.issue(c.CheckIn(booked.appointment))  # type: ignore[union-attr]
    morning.kiosk(c.ConfirmDelivery(issued.ticket, Delivery.PAPER))
    assert called(morning) == issued.ticket
    assert said(morning) == "Datang pukul 07.40 untuk janji temu pukul 08.00, jadi didahulukan."


def test_a_way_in_with_a_standard_of_its_own(morning: Morning) -> None:
    morning.take("B")
    morning.advance(minutes=10)
    ticket = take_by(morning, Channel.DRIVE_THRU)
    assert called(morning) == ticket
    assert said(morning) == (
        "Datang pukul 07.40 lewat layanan drive-thru, yang harus dilayani dalam 60 menit, jadi didahulukan."
    )


def test_whoever_has_waited_too_long(morning: Morning) -> None:
    morning.take("B")
    morning.advance(minutes=91)
    morning.take("A")
    called(morning)
    assert said(morning) == (
        "Datang pukul 07.30 dan sudah menunggu lebih dari 90 menit, jadi didahulukan dari semua."
    )


def test_whoever_only_counts_as_having_waited_too_long(morning: Morning) -> None:
    morning.take("B", priority=Priority.PREGNANT)
    morning.advance(minutes=71)
    morning.take("A")
    called(morning)
    assert said(morning, EN) == (
        "Came at 07:30 and counts as having waited more than 90 minutes, so goes before everybody else."
    )


@pytest.mark.parametrize("to", [ToCounter(ONE), ToClerk(sample.SRI)])
def test_whom_a_colleague_sent_here(morning: Morning, to: ToCounter | ToClerk) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("C")
    morning.clerk("budi", c.TransferTicket(morning.serving("budi", TWO), to))
    called(morning)
    assert said(morning) == (
        "Datang pukul 07.30 dan dikirim Budi Santoso dari loket 2 untuk dilayani di sini."
    )


def test_whom_a_supervisor_sent_here(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("C")
    ticket = morning.serving("budi", TWO)
    morning.clerk("ratna", c.ReassignTicket(ticket, ToCounter(ONE), ActReason.SHARE_THE_LOAD))
    called(morning)
    assert said(morning) == "Datang pukul 07.30 dan ditujukan ke loket ini, jadi dilayani di sini."


def test_whoever_missed_the_call_and_is_back(morning: Morning) -> None:
    morning.take("B")
    morning.advance(minutes=5)
    missed = morning.take("B", priority=Priority.INFANT)
    morning.announce(called(morning))
    morning.advance(seconds=45)
    morning.clerk("sri", c.MarkNoShow(missed))
    morning.clerk("sri", c.ReinstateTicket(missed))
    assert called(morning) == missed
    assert said(morning) == "Datang pukul 07.35, sudah mendapat giliran dan kini kembali, jadi didahulukan."


def test_whoever_was_put_in_front(morning: Morning) -> None:
    morning.take("B")
    morning.advance(minutes=5)
    moved = morning.take("B")
    morning.clerk("ratna", c.MoveTickets((moved,), "B", ActReason.CITIZEN_ASKED, Place.FRONT))
    assert called(morning) == moved
    assert said(morning) == "Datang pukul 07.35 dan ditempatkan di depan oleh petugas, jadi didahulukan."


def test_whom_a_colleague_put_in_front_of_another_queue(morning: Morning) -> None:
    morning.take("A")
    morning.advance(minutes=5)
    morning.take("B")
    sent = morning.clerk("sri", c.CallTicket(ONE, morning.waiting("B")[0], ChoiceReason.SHORT_QUESTION))
    morning.clerk("sri", c.TransferTicket(sent[0].ticket, ToQueue("A"), Place.FRONT))  # type: ignore[union-attr]
    called(morning)
    assert said(morning) == "Datang pukul 07.35 dan ditempatkan di depan oleh petugas, jadi didahulukan."


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (ChoiceReason.SCANNED, "dipanggil dengan memindai karcisnya."),
        (ChoiceReason.CAME_BACK, "dipanggil di luar urutan karena sudah kembali."),
        (ChoiceReason.SHORT_QUESTION, "dipanggil di luar urutan untuk pertanyaan singkat."),
        (ChoiceReason.SUPERVISOR_ASKED, "dipanggil di luar urutan atas permintaan pengawas."),
    ],
)
def test_whom_the_clerk_chose(morning: Morning, reason: ChoiceReason, words: str) -> None:
    morning.clerk("sri", c.CallTicket(ONE, morning.take("D"), reason))
    assert said(morning) == f"Datang pukul 07.30 dan {words}"


def every_why(morning: Morning) -> list[Why]:
    morning.take("B")
    known = why(morning.state, morning.state.tickets[called(morning)])
    plain = [replace(known, because=because) for because in (None, *Because)]
    return [
        *plain,
        *(replace(known, because=Because.PRIORITY, priority=priority) for priority in Priority),
        *(replace(known, because=Because.CHANNEL, channel=way, standard_minutes=60) for way in Channel),
        *(replace(known, because=Because.CHOSEN, chosen=reason) for reason in ChoiceReason),
    ]


def test_every_reason_is_one_sentence_in_both_languages(morning: Morning) -> None:
    for value in every_why(morning):
        texts = [sentence(value, WHO, w) for w in (ID, EN)]
        assert texts[0] != texts[1]
        for text in texts:
            assert text.endswith(".")
            assert "{" not in text
            assert "." not in text.replace("07.30", "")[:-1]


def test_a_colleague_who_is_not_known_any_more_is_not_named(morning: Morning) -> None:
    morning.clerk("budi", c.OpenCounter(TWO))
    morning.take("C")
    morning.clerk("budi", c.TransferTicket(morning.serving("budi", TWO), ToCounter(ONE)))
    known = why(morning.state, morning.state.tickets[called(morning)])
    assert sentence(known, {}, EN) == "Came at 07:30 and was sent from counter 2 to be served here."


def test_ways_in_have_names() -> None:
    assert [channel(way, ID) for way in Channel] == [
        "datang langsung",
        "janji temu",
        "layanan drive-thru",
        "jemput berkas",
    ]
