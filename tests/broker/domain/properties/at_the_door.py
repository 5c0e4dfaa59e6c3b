"""Moves of citizens and kiosks: numbers taken, delivered, handed in later; places reserved, and checked in."""

from hypothesis import strategies as st

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.appointment import Wanted
from broker.domain.day import MINUTE_MS, business_day, next_open_day
from broker.domain.decide.appointments import slots_on
from broker.domain.roll import ROLL, Roll, RollTicket
from broker.domain.rules import NumberRange
from broker.domain.ticket import TicketAct
from broker.domain.values import Channel, Delivery, DeviceRole, Instant, Priority
from tests.broker.domain.properties.move import CODES, LETTERS, RARELY, Draw, Look, move, someone, working
from tests.broker.domain.properties.playground import KIOSKS, SERVICES
from tests.broker.domain.properties.world import World
from tests.support import sample

KIOSK = st.sampled_from(KIOSKS)
PRIORITY = st.none() | st.sampled_from(Priority)
CHANNEL = st.sampled_from([Channel.WALK_IN, Channel.WALK_IN, Channel.DRIVE_THRU])
HOURS_LATE = st.sampled_from([0, 1, 1, 3, 20, 50])


@move(working, weight=12)
def take_numbers(world: World, draw: Draw) -> None:
    kiosk = draw(KIOSK)
    delivered, priority = draw(st.booleans()), draw(PRIORITY)
    for letter in draw(st.lists(LETTERS, min_size=1, max_size=5)):
        services = [each.code for each in SERVICES if each.letter == letter]
        steps = draw(st.sampled_from([None, None, ("D",), ("C", "E")]))
        service = draw(st.sampled_from([None, *services]))
        command = c.IssueTicket(letter, service, priority, draw(CHANNEL), steps=steps)
        under = world.next_id()
        world.sent.append(under)
        for event in world.attempt(command, DeviceRole.KIOSK, kiosk, under=under):
            if delivered and isinstance(event, e.TicketIssued):
                world.attempt(c.ConfirmDelivery(event.ticket, Delivery.PAPER), DeviceRole.KIOSK, kiosk)


@move(lambda look: any(each.delivery is None for each in look.state.tickets.values()))
def confirm_late(world: World, draw: Draw) -> None:
    tickets = [each for each in world.state.tickets.values() if each.delivery is None]
    ticket = draw(st.sampled_from(tickets))
    world.attempt(c.ConfirmDelivery(ticket.id, Delivery.SCREEN), DeviceRole.KIOSK, ticket.device)


@move(weight=2)
def hand_in(world: World, draw: Draw) -> None:
    """A number that a kiosk gave out by itself some time ago, perhaps twice, on a day that is over, not its own."""
    own = draw(st.sampled_from(_kiosks_ranges(world)))
    number = draw(st.integers(1, 9)) if draw(RARELY) else draw(st.integers(own.first, own.last))
    happened_at = Instant(world.now - draw(HOURS_LATE) * 60 * MINUTE_MS)
    command = c.HandInTicket(own.letter, number, Delivery.PAPER, draw(st.none() | CODES), draw(PRIORITY))
    world.attempt(command, DeviceRole.KIOSK, own.device, happened_at=happened_at)


@move(working)
def hand_in_for_a_lost_answer(world: World, draw: Draw) -> None:
    """The command's ticket is cancelled; one that comes only now is refused."""
    own = draw(st.sampled_from(_kiosks_ranges(world)))
    number = draw(st.integers(own.first, own.last))
    lost = draw(st.sampled_from([*world.sent[-5:], world.next_id()]))
    command = c.HandInTicket(own.letter, number, Delivery.SCREEN, replaces=lost)
    world.attempt(command, DeviceRole.KIOSK, own.device)
    if lost not in world.sent:
        world.attempt(c.IssueTicket(own.letter), DeviceRole.KIOSK, own.device, under=lost)


def _kiosks_ranges(world: World) -> list[NumberRange]:
    return [each for each in world.rules.ranges if each.device != ROLL]


# The emergency roll


@move(weight=2)
def print_roll(world: World, draw: Draw) -> None:
    """Some tickets, often more than there are numbers for; or of a queue without a roll."""
    letter = draw(st.sampled_from("CCCA"))
    world.attempt(c.PrintRoll(letter, draw(st.integers(1, 3))), DeviceRole.OPERATOR, "operator")


@move(weight=3)
def enter_roll_ticket(world: World, draw: Draw) -> None:
    """One that was printed, perhaps entered before, or whose printing was lost; given out a while ago."""
    printed = world.state.rolls.get("C", Roll()).serial
    serial = draw(st.integers(max(1, printed - 5), printed + 1))
    ticket = RollTicket("C", draw(st.integers(1, 3)) if draw(RARELY) else 11 + (serial - 1) % 4, serial)
    arrived_at = draw(st.none() | HOURS_LATE.map(lambda hours: Instant(world.now - hours * 60 * MINUTE_MS)))
    command = c.EnterRollTicket(ticket, arrived_at, priority=draw(PRIORITY))
    world.attempt(command, DeviceRole.COUNTER, "pc-1", "sri")


# Appointments


@move(weight=4)
def book(world: World, draw: Draw) -> None:
    """Today or on the next day, mostly for what everybody wants."""
    rules, code = world.rules, draw(CODES) if draw(RARELY) else sample.DOCTOR
    today = business_day(world.now, rules.utc_offset_minutes)
    days = [day for day in (today, next_open_day(rules, today)) if day is not None]
    wanted = [
        Wanted(day, draw(st.sampled_from(slots)), code)
        for day in draw(st.lists(st.sampled_from(days), min_size=1, max_size=3))
        if (slots := [each for each in slots_on(rules, day) if each > world.now][:2])
    ]
    world.attempt(c.BookAppointments(tuple(wanted)), DeviceRole.COUNTER, "pc-1")


def _booked(look: Look) -> bool:
    return any(each.day == look.state.day for each in look.state.appointments.values())


@move(_booked, weight=2)
def check_in(world: World, draw: Draw) -> None:
    """In time or too late."""
    today = [each for each in world.state.appointments.values() if each.day == world.state.day]
    appointment = draw(st.sampled_from(today))
    until = (appointment.slot_at - world.now) // MINUTE_MS + draw(st.sampled_from([-40, 0, 5, 15]))
    if 0 < until < 90:
        world.advance(minutes=until)
    world.attempt(c.CheckIn(appointment.id, draw(PRIORITY)), DeviceRole.KIOSK, draw(KIOSK))


@move(lambda look: bool(look.state.appointments))
def give_back(world: World, draw: Draw) -> None:
    appointment = draw(st.sampled_from([*world.state.appointments]))
    world.attempt(c.CancelAppointment(appointment), DeviceRole.COUNTER, "pc-1", "sri")


@move(someone(TicketAct.RECALL), weight=2)
def announce(world: World, draw: Draw) -> None:
    """The display has spoken the present call, or one that has been superseded."""
    called = [each for each in world.state.tickets.values() if each.call is not None]
    ticket = draw(st.sampled_from(called))
    assert ticket.call is not None
    number = draw(st.sampled_from([ticket.call.number, ticket.call.number, ticket.call.number - 1]))
    world.attempt(c.ReportAnnounced(ticket.id, number), DeviceRole.DISPLAY)
