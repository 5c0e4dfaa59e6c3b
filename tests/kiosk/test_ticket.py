"""What goes onto the paper."""

import datetime as dt

from broker.domain.ticket import Estimate
from broker.domain.values import Language, Priority, ServiceCode, TicketId
from broker.protocol.messages import TicketOutcome
from broker.protocol.token import spaced
from hardware.layout.content import ExpectedCall
from kiosk.flow import Wish
from kiosk.ticket import content
from tests.support.morning import Morning
from tests.support.sample import at

TICKET = TicketOutcome(
    TicketId("20260714-A019"), "A", 19, at(10, 8), "token", "7K4M2P", 8, Estimate(20, 30), at(14, 30)
)


def test_a_one_day_ticket_says_everything_in_local_time() -> None:
    wish = Wish("A", ServiceCode("IUMK"), Priority.ELDERLY)
    paper = content(TICKET, wish, Language.INDONESIAN, Morning().state)
    assert paper.outlet_name == "PTSP Kelurahan Tebet Timur"
    assert (paper.letter, paper.number, paper.queue_name) == ("A", "019", "Sehari jadi")
    assert paper.service_name == "Izin Usaha Mikro dan Kecil (IUMK)"
    assert paper.code == "7K4 M2P"
    assert paper.issued_at == dt.datetime(2026, 7, 14, 10, 8)
    assert paper.expected == ExpectedCall(dt.time(10, 28), dt.time(10, 38))
    assert paper.ready_at is not None
    assert paper.ready_at.replace(tzinfo=None) == dt.time(14, 30)
    assert paper.bring[0] == "KTP asli dan fotokopinya"
    assert paper.priority_name == "Lansia"


def test_a_ticket_without_service_says_only_its_queue_in_english() -> None:
    ticket = TicketOutcome(TicketId("20260714-B001"), "B", 1, at(8), "token", "7K4M2P", 0)
    paper = content(ticket, Wish("B"), Language.ENGLISH, Morning().state)
    assert (paper.queue_name, paper.service_name, paper.bring) == ("Permits", None, ())
    assert paper.expected is None
    assert paper.ready_at is None
    assert paper.priority_name is None


def test_a_code_is_set_in_two_halves() -> None:
    assert spaced("7K4M2P") == "7K4 M2P"
