"""A sample of each kind of page: what a preview shows, and what tells which fields a layout can name."""

import datetime as dt
from typing import assert_never

from hardware.layout.blocks import Fields
from hardware.layout.content import (
    AppointmentContent,
    ExpectedCall,
    FileIdentity,
    RollTicketContent,
    SlipContent,
    TicketContent,
    appointment_fields,
    roll_ticket_fields,
    slip_fields,
    ticket_fields,
)
from hardware.layout.office import (
    CollectionContent,
    DayReportContent,
    collection_fields,
    day_report_fields,
    file_copy_fields,
)
from hardware.layout.trial import (
    PaperCheckContent,
    TrialPageContent,
    paper_check_fields,
    trial_page_fields,
)
from hardware.page import JobKind
from hardware.profile import EPSON_80MM
from wording import Language

_DAY = dt.date(2026, 7, 14)
_SENT = "https://antrean.example/t/"
_MAC = "Z6XK2LQ4WMTB7RDN"
_BRING = ("KTP asli dan fotokopinya", "Surat pengantar RT dan RW", "Pasfoto dan foto tempat usaha")
_OFFICE = "PTSP Kecamatan Tebet"


def sample(kind: JobKind, language: Language) -> Fields:
    """The fields of a page of this kind, in an outlet that is made up."""
    match kind:
        case JobKind.TICKET:
            return ticket_fields(_ticket(language))
        case JobKind.APPOINTMENT:
            return appointment_fields(_appointment(language))
        case JobKind.SLIP:
            return slip_fields(_slip(language))
        case JobKind.FILE_COPY:
            return file_copy_fields(_slip(language))
        case JobKind.COLLECTION_NOTE:
            return collection_fields(_collection(language))
        case JobKind.DAY_REPORT:
            return day_report_fields(_day_report(language))
        case JobKind.ROLL_TICKET:
            return roll_ticket_fields(_roll_ticket(language))
        case JobKind.TEST_PAGE:
            return trial_page_fields(_trial_page(language))
        case JobKind.PAPER_CHECK:
            return paper_check_fields(PaperCheckContent(language))
    assert_never(kind)


def _service(language: Language) -> str:
    return (
        "Izin Usaha Mikro dan Kecil (IUMK)"
        if language is Language.ID
        else "Micro and small enterprise permit (IUMK)"
    )


def _bring(language: Language) -> tuple[str, ...]:
    english = (
        "Identity card and a copy",
        "Letter from the neighbourhood",
        "Photos of you and of the premises",
    )
    return _BRING if language is Language.ID else english


def _at(hour: int, minute: int) -> dt.datetime:
    return dt.datetime.combine(_DAY, dt.time(hour, minute))


def _place(language: Language) -> str:
    return "Loket 6" if language is Language.ID else "Counter 6"


def _ticket(language: Language) -> TicketContent:
    return TicketContent(
        language=language,
        outlet_name=_OFFICE,
        letter="A",
        number="019",
        queue_name="Sehari jadi" if language is Language.ID else "Same day",
        token=f"{_SENT}T:1:31.74.01.1001:20260714-A019:29734500:{_MAC}",
        code="7K4 M2P",
        people_ahead=8,
        issued_at=_at(10, 8),
        service_name=_service(language),
        expected=ExpectedCall(dt.time(10, 25), dt.time(10, 40)),
        bring=_bring(language),
        ready_at=dt.time(14, 30),
        priority_name="Lansia" if language is Language.ID else "Elderly",
    )


def _appointment(language: Language) -> AppointmentContent:
    return AppointmentContent(
        language=language,
        outlet_name=_OFFICE,
        service_name=_service(language),
        at=_at(9, 30),
        until=dt.time(9, 45),
        token=f"{_SENT}J:1:31.74.01.1001:20260714-J003:29734500:{_MAC}",
        code="9QH 5DC",
        printed_at=_at(8, 15) - dt.timedelta(days=1),
        bring=_bring(language),
    )


def _file(language: Language) -> FileIdentity:
    return FileIdentity(
        language=language,
        outlet_name=_OFFICE,
        letter="A",
        number="019",
        application_number="3174-20260714-0042",
        service_name=_service(language),
        token=f"{_SENT}A:1:31.74.01.1001:20260714-0042::{_MAC}",
        code="9QF 3TX",
        collect_at=_place(language),
    )


def _slip(language: Language) -> SlipContent:
    return SlipContent(
        file=_file(language),
        ready_by=dt.time(14, 30),
        received=_bring(language),
        open_until=dt.time(16),
        accepted_at=_at(10, 52),
    )


def _collection(language: Language) -> CollectionContent:
    return CollectionContent(_file(language), ready_at=_at(14, 10))


def _day_report(language: Language) -> DayReportContent:
    return DayReportContent(
        language=language,
        outlet_name=_OFFICE,
        clerk_name="Siti Rahayu",
        counter_name="Loket 3" if language is Language.ID else "Counter 3",
        day=_DAY,
        printed_at=_at(16, 5),
        served=34,
        missed=2,
        accepted=21,
        mean_service_seconds=552,
        idle_minutes=41,
        paused_minutes=60,
    )


def _roll_ticket(language: Language) -> RollTicketContent:
    return RollTicketContent(
        language=language,
        outlet_name=_OFFICE,
        letter="B",
        number="701",
        queue_name="Perizinan" if language is Language.ID else "Permits",
        token=f"{_SENT}R:1:31.74.01.1001:B701-17:30260100:{_MAC}",
        good_until=dt.date(2027, 7, 14),
    )


def _trial_page(language: Language) -> TrialPageContent:
    return TrialPageContent(
        language=language,
        address="tcp://192.168.1.50:9100",
        profile_name="TM-T20II",
        profile=EPSON_80MM,
        printed_at=_at(7, 15),
    )
