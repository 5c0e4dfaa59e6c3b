"""The sheets of the supervisor's and the office's acts: what each of them asks about. Values only, as sheets.py."""

from collections.abc import Mapping
from enum import Enum, auto

from msgspec import Struct

from broker.domain.roll import RollTicket
from broker.domain.rules import Machine, Queue, Service
from broker.domain.ticket import Estimate, ToCounter, ToQueue, ToSender
from broker.domain.values import (
    BusinessDay,
    ClerkId,
    CounterNumber,
    Instant,
    MachineState,
    Priority,
    TicketId,
)
from broker.protocol.messages import Reserved
from counter.appointing import AppointmentLine
from counter.desk import Number
from counter.others import OtherNumber
from counter.paper import Printout
from counter.supervising import ClerkCard, ConductTable, CounterCard, QueueCard, WaitingNumber
from hardware.layout.office import DayReportContent

# What every counter can do


class MachineLine(Struct, frozen=True):
    """A machine that services depend on, and whether it can work."""

    machine: Machine
    state: MachineState


class MenuSheet(Struct, frozen=True):
    """What else there is."""

    machines: tuple[MachineLine, ...]
    is_supervisor: bool


class MachineSheet(Struct, frozen=True):
    """How a machine is now."""

    line: MachineLine


class GiveSheet(Struct, frozen=True):
    """For whom a number is given out."""

    queues: tuple[Queue, ...]
    services: tuple[Service, ...]


class GivenSheet(Struct, frozen=True):
    """A number that its citizen has still to be told."""

    ticket: TicketId
    number: Number
    token: str
    code: str
    estimate: Estimate | None
    """None: nobody knows how long it will wait."""
    printout: Printout


class RollSheet(Struct, frozen=True):
    """When somebody with a ticket of the emergency roll came, and for what."""

    ticket: RollTicket
    number: Number
    services: tuple[Service, ...]
    """Those of its queue."""


class OthersSheet(Struct, frozen=True):
    """Which of those who wait is meant."""

    numbers: tuple[OtherNumber, ...]
    names: Mapping[ClerkId, str]


class CallOtherSheet(Struct, frozen=True):
    """Why this number is called out of turn."""

    ticket: TicketId
    number: Number


class PrioritySheet(Struct, frozen=True):
    """Which priority a number that waits really has."""

    ticket: TicketId
    number: Number
    priority: Priority | None
    """As it is now."""


class CheckInSheet(Struct, frozen=True):
    """Somebody with an appointment is here."""

    line: AppointmentLine


class CancelAppointmentSheet(Struct, frozen=True):
    """Whether the place is really given back."""

    line: AppointmentLine


class BookSheet(Struct, frozen=True):
    """For which service, and when."""

    services: tuple[Service, ...]
    days: tuple[BusinessDay, ...]
    """The days for which places can be reserved."""


class BookedSheet(Struct, frozen=True):
    """What the citizen has to know of the place reserved."""

    reserved: Reserved
    service: Service
    printout: Printout


class DayReportSheet(Struct, frozen=True):
    """A clerk's day in figures, as they were when it was opened."""

    report: DayReportContent
    printout: Printout


# A supervisor's


class QueueSheet(Struct, frozen=True):
    """What is to happen to a queue."""

    card: QueueCard


class Closing(Enum):
    """What gives out no more numbers."""

    PAUSE_QUEUE = auto()
    CLOSE_QUEUE = auto()
    CLOSE_DOORS = auto()


class ClosingSheet(Struct, frozen=True):
    """Why numbers are not given out any more, as citizens are told."""

    closing: Closing
    queue: Queue | None
    """None: all of them."""
    waiting: int


class CounterSheet(Struct, frozen=True):
    """What is to happen at a counter."""

    card: CounterCard
    name: str
    """The clerk's."""


class ReleaseSheet(Struct, frozen=True):
    """Why a counter is closed in its clerk's absence."""

    card: CounterCard
    name: str


class Way(Struct, frozen=True):
    """Where a number can go, and who is there."""

    to: ToQueue | ToCounter | ToSender
    queue: Queue | None = None
    counter: CounterNumber | None = None
    name: str = ""
    """The clerk's."""


class ReassignSheet(Struct, frozen=True):
    """Where a number goes that is taken from its clerk."""

    ticket: TicketId
    number: Number
    ways: tuple[Way, ...]


class WaitingSheet(Struct, frozen=True):
    """Which of those who wait are meant."""

    numbers: tuple[WaitingNumber, ...]
    names: Mapping[ClerkId, str]


class MoveSheet(Struct, frozen=True):
    """To which queue the numbers go, and why."""

    tickets: tuple[TicketId, ...]
    queues: tuple[Queue, ...]


class VoidSheet(Struct, frozen=True):
    """Why the numbers end unserved."""

    tickets: tuple[TicketId, ...]
    numbers: tuple[Number, ...]


class ClerksSheet(Struct, frozen=True):
    """Who may serve what."""

    cards: tuple[ClerkCard, ...]
    names: Mapping[ClerkId, str]


class SkillsSheet(Struct, frozen=True):
    """What one clerk may serve, and from when."""

    card: ClerkCard
    name: str
    services: tuple[Service, ...]
    first_days: tuple[BusinessDay, ...]
    today: BusinessDay


class ConductSheet(Struct, frozen=True):
    """Who has changed somebody's turn today."""

    table: ConductTable
    names: Mapping[ClerkId, str]


class ClockSheet(Struct, frozen=True):
    """Whether the server's clock, which is in doubt, is right after all."""

    shows: Instant
    queue_at: Instant
    """The queue's time."""


OfficeSheet = (
    MenuSheet
    | MachineSheet
    | GiveSheet
    | GivenSheet
    | RollSheet
    | OthersSheet
    | CallOtherSheet
    | PrioritySheet
    | CheckInSheet
    | CancelAppointmentSheet
    | BookSheet
    | BookedSheet
    | DayReportSheet
    | QueueSheet
    | ClosingSheet
    | CounterSheet
    | ReleaseSheet
    | ReassignSheet
    | WaitingSheet
    | MoveSheet
    | VoidSheet
    | ClerksSheet
    | SkillsSheet
    | ConductSheet
    | ClockSheet
)
