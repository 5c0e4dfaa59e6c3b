"""What a kiosk that was cut off leaves in its print journal."""

from datetime import UTC, datetime, time

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.values import DeviceRole, Language
from hardware.layout.content import AppointmentContent, TicketContent, appointment_fields, ticket_fields
from hardware.page import JobKind, Page
from hardware.print_journal import Doubt
from tests.support.morning import Morning
from tests.support.outlet import token_of
from wording import Language as WordingLanguage

SERVICE = "Izin Usaha Mikro dan Kecil (IUMK)"
CODE = "7K4 M2P"
NINE = datetime(2026, 7, 15, 9)


def number_in_doubt(
    outlet: Morning, language: Language = Language.INDONESIAN, began: bool = True, age_seconds: float = 90
) -> Doubt:
    """A number is given out, and the kiosk ends before anybody hears of its ticket."""
    (issued,) = outlet.do(c.IssueTicket("A"), DeviceRole.KIOSK, "kiosk-1")
    assert isinstance(issued, e.TicketIssued)
    paper = TicketContent(
        language=WordingLanguage(language.value),
        outlet_name="PTSP Kelurahan Tebet Timur",
        letter="A",
        number=f"{issued.number:03d}",
        queue_name="Sehari jadi",
        token=token_of(issued.ticket),
        code=CODE,
        people_ahead=8,
        issued_at=NINE,
        service_name=SERVICE,
    )
    page = Page(JobKind.TICKET, ticket_fields(paper))
    return Doubt(
        1, "ticket-1", page.kind, page, "command", issued.ticket, False, began, _ago(outlet, age_seconds)
    )


def place_in_doubt(
    outlet: Morning, language: Language = Language.INDONESIAN, age_seconds: float = 90
) -> Doubt:
    """The same with a place for another day."""
    paper = AppointmentContent(
        language=WordingLanguage(language.value),
        outlet_name="PTSP Kelurahan Tebet Timur",
        service_name=SERVICE,
        at=NINE,
        until=time(9, 15),
        token="place",
        code=CODE,
        printed_at=NINE,
    )
    page = Page(JobKind.APPOINTMENT, appointment_fields(paper))
    return Doubt(2, "appointment-2", page.kind, page, "command", None, False, True, _ago(outlet, age_seconds))


def _ago(outlet: Morning, seconds: float) -> datetime:
    return datetime.fromtimestamp(outlet.now / 1000 - seconds, UTC)
