"""What stands on a number's ticket."""

from broker.domain.ticket import Estimate
from broker.domain.values import Language, Priority, ServiceCode, TicketId
from broker.protocol.messages import TicketOutcome
from hardware.page import JobKind
from papers.ticket import Asked, ticket_page
from tests.support.morning import Morning
from tests.support.sample import at

TICKET = TicketOutcome(
    TicketId("20260714-A019"), "A", 19, at(10, 8), "token", "7K4M2P", 8, Estimate(20, 30), at(14, 30)
)


def test_a_one_day_ticket_says_everything_in_local_time() -> None:
    asked = Asked(ServiceCode("IUMK"), Priority.ELDERLY, Language.INDONESIAN)
    page = ticket_page(TICKET, asked, Morning().state)
    assert page.kind is JobKind.TICKET
    says = page.fields
    assert says["outlet"] == "PTSP Kelurahan Tebet Timur"
    assert (says["letter"], says["number"], says["queue"]) == ("A", "019", "Sehari jadi")
    assert says["service"] == "Izin Usaha Mikro dan Kecil (IUMK)"
    assert (says["token"], says["code"]) == ("token", "7K4 M2P")
    assert (says["date"], says["time"]) == ("14 Juli 2026", "10.08")
    assert (says["ahead"], says["expected"]) == ("8 orang", "10.28–10.38")
    assert "14.30" in says["ready"]
    assert says["bring"][0] == "KTP asli dan fotokopinya"
    assert says["priority"] == "Prioritas: Lansia"


def test_a_ticket_without_service_says_only_its_queue_in_english() -> None:
    given = TicketOutcome(TicketId("20260714-B001"), "B", 1, at(8), "token", "7K4M2P", 0)
    says = ticket_page(given, Asked(None, None, Language.ENGLISH), Morning().state).fields
    assert (says["queue"], says["service"], says["bring"]) == ("Permits", "", ())
    assert (says["expected"], says["ready"], says["priority"]) == ("", "", "")
    assert says["no_estimate"]
