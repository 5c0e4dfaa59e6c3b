"""A small outlet for tests: five queues, three counters, four clerks, four services."""

from typing import Any

from msgspec.structs import replace

from broker.domain.day import instant_of
from broker.domain.rules import (
    Bilingual,
    Clerk,
    Counter,
    DayHours,
    Fairness,
    OneDay,
    OutletRules,
    Patience,
    Queue,
    Service,
)
from broker.domain.values import (
    BusinessDay,
    ClerkId,
    ClerkRole,
    CounterNumber,
    Instant,
    Priority,
    ServiceClass,
    ServiceCode,
)

JAKARTA_MINUTES = 7 * 60
TUESDAY = BusinessDay("2026-07-14")

WEEKDAY = DayHours(
    first_ticket=7 * 60 + 30,
    last_ticket=13 * 60 + 30,
    opens=7 * 60 + 30,
    doors_close=16 * 60,
    day_close=18 * 60,
    breaks=((12 * 60, 13 * 60),),
)

QUEUES = tuple(
    Queue(letter, Bilingual(name_id, name_en), Bilingual(about_id, about_en), minutes)
    for letter, name_id, name_en, about_id, about_en, minutes in (
        (
            "A",
            "Sehari jadi",
            "Same-day permits",
            "Ajukan pagi, ambil hari ini juga",
            "File early, collect today",
            10,
        ),
        (
            "B",
            "Perizinan",
            "Permits",
            "Izin usaha, bangunan, dan praktik profesi",
            "Business and practice",
            12,
        ),
        (
            "C",
            "Nonperizinan",
            "Non-permits",
            "Surat keterangan, kartu, dan rekomendasi",
            "Certificates, cards",
            8,
        ),
        (
            "D",
            "Informasi dan pengaduan",
            "Information and complaints",
            "Belum tahu harus ke mana? Pilih ini",
            "Not sure where to go? Choose this",
            5,
        ),
        (
            "E",
            "Ambil berkas",
            "Collection",
            "Izin Anda sudah jadi dan siap diambil",
            "Your permit is ready",
            3,
        ),
    )
)

MICRO_BUSINESS = ServiceCode("IUMK")
DOCTOR = ServiceCode("DOKTER")
JOBSEEKER = ServiceCode("AK1")
RESEARCH = ServiceCode("RISET")

REQUIREMENTS = (
    Bilingual("KTP asli dan fotokopinya", "Identity card and a copy"),
    Bilingual("Surat pengantar RT dan RW", "Letter from the neighbourhood head"),
    Bilingual("Pasfoto 4 x 6, dua lembar", "Two photographs, 4 x 6"),
)

SERVICES = (
    Service(
        MICRO_BUSINESS,
        Bilingual("Izin Usaha Mikro dan Kecil (IUMK)", "Micro and Small Business Permit (IUMK)"),
        "A",
        ServiceClass.LIGHT,
        1,
        10,
        REQUIREMENTS,
        OneDay(cut_off=11 * 60, promise_minutes=240),
        short_name=Bilingual("Izin Usaha Mikro", "Micro Business"),
        explanation=Bilingual(
            "Untuk warung, jasa, dan usaha rumahan.", "For stalls, services and home businesses."
        ),
    ),
    Service(
        JOBSEEKER,
        Bilingual("Kartu pencari kerja (AK 1)", "Jobseeker's Card (AK 1)"),
        "A",
        ServiceClass.LIGHT,
        1,
        6,
        REQUIREMENTS[:2],
        OneDay(cut_off=10 * 60 + 30, promise_minutes=120),
    ),
    Service(
        DOCTOR,
        Bilingual(
            "Izin Praktik Dokter Umum (Praktik Perorangan)",
            "General Practitioner's Practice Permit (Private)",
        ),
        "B",
        ServiceClass.MEDIUM,
        7,
        15,
        REQUIREMENTS,
    ),
    Service(
        RESEARCH,
        Bilingual("Rekomendasi Penelitian", "Research Recommendation"),
        "C",
        ServiceClass.LIGHT,
        3,
        8,
        REQUIREMENTS[:1],
    ),
)

SRI, BUDI, DEWI, RATNA = (ClerkId(name) for name in ("sri", "budi", "dewi", "ratna"))

RULES = OutletRules(
    code="31.74.01.1001",
    name="PTSP Kelurahan Tebet Timur",
    utc_offset_minutes=JAKARTA_MINUTES,
    queues=QUEUES,
    week=(WEEKDAY,) * 5 + (None, None),
    counters=(
        Counter(CounterNumber(1), (("A",), ("B", "C", "D"))),
        Counter(CounterNumber(2), (("B", "C"), ("D",))),
        Counter(CounterNumber(3), (("E",), ("D",), ("A", "B", "C"))),
    ),
    clerks=(
        Clerk(SRI, ClerkRole.CLERK),
        Clerk(BUDI, ClerkRole.CLERK, (MICRO_BUSINESS, RESEARCH)),
        Clerk(DEWI, ClerkRole.BACK_OFFICE),
        Clerk(RATNA, ClerkRole.SUPERVISOR),
    ),
    fairness=Fairness(dict.fromkeys(Priority, 20), longest_wait_minutes=90, longest_head_start_minutes=60),
    patience=Patience(),
    announcement=Bilingual(
        "Nomor antrean diberikan sampai pukul 13.30. Istirahat 12.00–13.00.",
        "Numbers are given out until 13:30. Break 12:00–13:00.",
    ),
    collection_counter=CounterNumber(3),
)


def at(hour: int, minute: int = 0, second: int = 0, day: BusinessDay = TUESDAY) -> Instant:
    """The instant of a local time of the sample's day."""
    return Instant(instant_of(day, hour * 60 + minute, JAKARTA_MINUTES) + second * 1000)


def rules(**changes: Any) -> OutletRules:
    """The outlet's rules with some of them changed."""
    return replace(RULES, **changes)


def services(code: ServiceCode, **changes: Any) -> tuple[Service, ...]:
    """The outlet's services with one of them changed."""
    return tuple(replace(each, **changes) if each.code == code else each for each in SERVICES)
