"""An outlet where everything can happen within a few steps: short ranges, small quotas, machines, dated hours."""

from msgspec.structs import replace

from broker.domain.roll import ROLL
from broker.domain.rules import (
    ApplicantQuota,
    AppointmentRules,
    Bilingual,
    ChannelRule,
    Clerk,
    Counter,
    DatedWeek,
    Machine,
    NumberRange,
    OneDay,
    Queue,
    QueueWindow,
    Service,
)
from broker.domain.values import (
    BusinessDay,
    Channel,
    ClerkId,
    ClerkRole,
    CounterNumber,
    DeviceId,
    Letter,
    MachineCode,
    Place,
    ServiceClass,
    ServiceCode,
    Stage,
)
from tests.support import sample

KIOSKS = (DeviceId("kiosk-1"), DeviceId("kiosk-2"))
PRINTER = MachineCode("ektp-printer")
CARD, QUESTION, COLLECTION = ServiceCode("KTP"), ServiceCode("INFO"), ServiceCode("AMBIL")
SUPERVISOR, BACK_OFFICE = ClerkId("ratna"), ClerkId("dewi")


def _bilingual(text: str) -> Bilingual:
    return Bilingual(text, text)


def _service(code: ServiceCode, letter: Letter) -> Service:
    return Service(code, _bilingual(code), letter, ServiceClass.LIGHT, 1, 5)


_micro, _jobseeker, _doctor, _research = sample.SERVICES
SERVICES = (
    replace(
        _micro, stages=(Stage.RECEIVED, Stage.TECHNICAL_CHECK, Stage.PRINT_AND_SIGNATURE, Stage.HAND_OVER)
    ),
    replace(_jobseeker, one_day=OneDay(cut_off=11 * 60, promise_minutes=15)),
    replace(_doctor, steps=("D", "E")),
    replace(_research, stages=()),
    replace(_service(CARD, "C"), needs=PRINTER),
    replace(_service(QUESTION, "D"), quota=4),
    _service(COLLECTION, "E"),
)

FRIDAY = replace(
    sample.WEEKDAY,
    doors_close=16 * 60 + 30,
    breaks=((11 * 60 + 30, 13 * 60 + 30),),
    windows=(QueueWindow("A", 8 * 60, 11 * 60),),
)
FASTING = replace(
    sample.WEEKDAY, first_ticket=8 * 60, opens=8 * 60, last_ticket=12 * 60, doors_close=14 * 60, breaks=()
)


def _queue(queue: Queue) -> Queue:
    match queue.letter:
        case "C":
            return replace(queue, transfer_place=Place.END)
        case "D":
            return replace(queue, first_number=101, last_number=106, last_ticket=15 * 60)
        case "E":
            return replace(queue, transfer_place=Place.FRONT)
        case _:
            return queue


RULES = replace(
    sample.RULES,
    queues=tuple(_queue(queue) for queue in sample.QUEUES),
    week=(sample.WEEKDAY,) * 4 + (FRIDAY, None, None),
    dated=(
        DatedWeek(_bilingual("Libur"), BusinessDay("2026-07-16"), BusinessDay("2026-07-16"), (None,) * 7),
        DatedWeek(
            _bilingual("Puasa"),
            BusinessDay("2026-07-20"),
            BusinessDay("2026-07-24"),
            (FASTING,) * 5 + (None, None),
        ),
    ),
    clerks=(
        Clerk(ClerkId("sri"), ClerkRole.CLERK),
        Clerk(ClerkId("budi"), ClerkRole.CLERK, (_micro.code, _research.code, QUESTION)),
        Clerk(BACK_OFFICE, ClerkRole.BACK_OFFICE),
        Clerk(SUPERVISOR, ClerkRole.SUPERVISOR),
    ),
    ranges=(
        NumberRange(KIOSKS[0], "A", 900, 904),
        NumberRange(KIOSKS[1], "A", 905, 909),
        NumberRange(KIOSKS[0], "B", 3, 5),
        NumberRange(KIOSKS[1], "E", 1, 4),
        NumberRange(ROLL, "C", 11, 14),
    ),
    channels=(ChannelRule(Channel.DRIVE_THRU, 60, head_start_minutes=30),),
    appointments=AppointmentRules(per_slot=2),
    applicant_quota=ApplicantQuota(files=2, days=3),
    machines=(Machine(PRINTER, _bilingual("Printer")),),
)

OTHER_RULES = (
    replace(
        RULES,
        counters=(
            Counter(CounterNumber(1), (("B",), ("A", "D"))),
            Counter(CounterNumber(2), (("A", "C"), ("B", "E"))),
            Counter(CounterNumber(3), (("D", "E"), ("A", "B", "C"))),
        ),
    ),
    replace(RULES, ranges=RULES.ranges[:2]),
    replace(RULES, patience=replace(RULES.patience, reinstate_minutes=5, papers_minutes=5)),
)
"""What supervisors change while the outlet works: its tiers, a kiosk's own numbers, its patience."""

OTHER_SERVICES = (
    SERVICES[:-1],
    tuple(replace(each, quota=2) if each.code == QUESTION else each for each in SERVICES),
)
"""A service less, and a smaller quota."""
