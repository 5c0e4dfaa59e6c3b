"""What the outlet's rules, its catalogue, its days and its queues as a whole change in the state."""

from datetime import date, timedelta

from msgspec.structs import replace

from broker.domain import events as e
from broker.domain.day import DAY_MS
from broker.domain.roll import ROLL_DAYS, Printed, Roll
from broker.domain.state import HANDED_IN_DAYS, Outputs, State
from broker.domain.values import BusinessDay, MachineState, PrinterState


def outlet_configured(state: State, event: e.OutletConfigured, _: e.Recorded) -> None:
    """These are the rules now."""
    state.rules = event.rules
    codes = {machine.code for machine in event.rules.machines}
    state.machines = {code: each for code, each in state.machines.items() if code in codes}


def catalogue_adopted(state: State, event: e.CatalogueAdopted, _: e.Recorded) -> None:
    """These are the services now."""
    state.services = {service.code: service for service in event.services}


def day_opened(state: State, event: e.DayOpened, _: e.Recorded) -> None:
    """All that is counted by day begins anew."""
    if state.foretold_day != event.day:
        _number_anew(state)
    state.day = event.day
    state.last_day = event.day
    state.foretold_day = None
    state.issued = 0
    state.recent_calls = []
    state.tallies = {}
    state.conduct = {}
    state.paused = {}
    state.closed = {}
    state.doors_closed = None
    state.displays = {}  # one that is still there says it again; one that is gone stands in nobody's way
    state.taken = {}
    state.replaced = {}
    state.expected = {}
    state.expected_with_priority = {}
    state.expected_at = None
    state.booked = {day: serial for day, serial in state.booked.items() if day >= event.day}
    _forget_old_filings(state, event.day)
    _forget_old_copies(state, event.day)


def _number_anew(state: State) -> None:
    state.numbers = {}
    state.serials = 0
    state.pick_up_serials = 0


def _forget_old_filings(state: State, today: BusinessDay) -> None:
    """Days that the applicant quota does not look back to any more."""
    quota = state.rules.applicant_quota if state.rules is not None else None
    days = quota.days if quota is not None else 0
    kept = {
        applicant: [day for day in filed if (date.fromisoformat(today) - date.fromisoformat(day)).days < days]
        for applicant, filed in state.filings.items()
    }
    state.filings = {applicant: filed for applicant, filed in kept.items() if filed}


def _forget_old_copies(state: State, today: BusinessDay) -> None:
    """Numbers of days from which nothing is handed in any more."""
    first_day = date.fromisoformat(today) - timedelta(days=HANDED_IN_DAYS)
    first = f"{first_day:%Y%m%d}"
    state.copies = {ticket: copies for ticket, copies in state.copies.items() if ticket >= first}


def day_closed(state: State, _event: e.DayClosed, _: e.Recorded) -> None:
    """Nobody waits and nobody sits."""
    state.day = None
    state.seats = {}
    state.tickets = {}
    state.waiting = {}
    state.queue_of = {}
    state.undelivered = {}
    state.unannounced = {}
    state.missed = {}
    state.on_hold = {}
    state.issued_by = {}
    state.last_ended = {}


def queue_paused(state: State, event: e.QueuePaused, _: e.Recorded) -> None:
    """Neither numbers nor calls."""
    state.paused[event.letter] = event.reason


def queue_resumed(state: State, event: e.QueueResumed, _: e.Recorded) -> None:
    """Numbers and calls."""
    del state.paused[event.letter]


def queue_closed(state: State, event: e.QueueClosed, _: e.Recorded) -> None:
    """No more numbers."""
    state.closed[event.letter] = event.reason


def queue_reopened(state: State, event: e.QueueReopened, _: e.Recorded) -> None:
    """Numbers again."""
    del state.closed[event.letter]


def doors_closed(state: State, event: e.DoorsClosed, _: e.Recorded) -> None:
    """No more numbers in any queue."""
    state.doors_closed = event.reason


def doors_reopened(state: State, _event: e.DoorsReopened, _: e.Recorded) -> None:
    """Numbers again."""
    state.doors_closed = None


def machine_reported(state: State, event: e.MachineReported, _: e.Recorded) -> None:
    """Only those that are not ready are remembered."""
    if event.state is MachineState.READY:
        state.machines.pop(event.machine, None)
    else:
        state.machines[event.machine] = event.state


def printer_reported(state: State, event: e.PrinterReported, _: e.Recorded) -> None:
    """Only those that are not ready, or need something, are remembered."""
    if event.state is PrinterState.READY:
        state.printers.pop(event.device, None)
    else:
        state.printers[event.device] = event.state
    if event.need is None:
        state.printer_needs.pop(event.device, None)
    else:
        state.printer_needs[event.device] = event.need


def display_reported(state: State, event: e.DisplayReported, _: e.Recorded) -> None:
    """Only those of which something can't be perceived are remembered."""
    outputs = Outputs(event.screen, event.sound)
    if outputs == Outputs():
        state.displays.pop(event.device, None)
    else:
        state.displays[event.device] = outputs


def numbers_passed(state: State, event: e.NumbersPassed, _: e.Recorded) -> None:
    """Nothing that was known before is forgotten. A day that is not open yet may still be opened."""
    known = event.known
    if state.day is None and known.day is not None and known.day > (state.numbered_day or ""):
        state.foretold_day = known.day
        _number_anew(state)
    if known.day == state.numbered_day:
        for letter, number in known.numbers.items():
            state.numbers[letter] = max(number, state.numbers.get(letter, 0))
        state.serials = max(known.serials, state.serials)
        state.pick_up_serials = max(known.pick_up_serials, state.pick_up_serials)
    for day, serial in known.booked.items():
        state.booked[day] = max(serial, state.booked.get(day, 0))
    for letter, serial in known.rolls.items():
        roll = state.rolls.get(letter, Roll())
        state.rolls[letter] = replace(roll, serial=max(serial, roll.serial))


def roll_printed(state: State, event: e.RollPrinted, recorded: e.Recorded) -> None:
    """Whatever can't be given out any more is forgotten."""
    known = state.rolls.get(event.letter, Roll())
    last = event.first + len(event.numbers) - 1
    ready = tuple(each for each in known.printed if recorded.at < each.ends_at)
    printed = (*ready, Printed(event.first, last, event.ends_at))
    oldest = recorded.at - ROLL_DAYS * DAY_MS
    entered = {serial: each for serial, each in known.entered.items() if each.at > oldest}
    state.rolls[event.letter] = Roll(last, printed, entered)


def forecast_reported(state: State, event: e.ForecastReported, recorded: e.Recorded) -> None:
    """The latest figures of each queue."""
    for expected in event.expected:
        figures = state.expected_with_priority if expected.with_priority else state.expected
        figures[expected.letter] = expected
    state.expected_at = recorded.at


def clock_set_forward(_state: State, _event: e.ClockSetForward, _: e.Recorded) -> None:
    """For whoever reads the journal: no rule depends on it."""
