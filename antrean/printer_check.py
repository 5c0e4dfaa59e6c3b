"""`antrean printer test`: one test page, whether it came out by the printer's own word, and what to write of it."""

import datetime as dt
import queue
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from antrean.printers import remedy
from antrean.problem import Problem
from hardware.capabilities import profile_of
from hardware.connection import Connection, ConnectionLost, Spooled
from hardware.connections import connection_to
from hardware.connections.address import Address, PlainFileAddress, address_from
from hardware.conversation import Deadlines, NoAnswer
from hardware.escpos.dialogue import Dialogue
from hardware.escpos.introduction import confirmation_of
from hardware.from_settings import deadlines_of
from hardware.job import Outcome, Printed, PrinterState, PrintJob, Unknown
from hardware.layout.trial import TrialPageContent, trial_page_fields
from hardware.page import JobKind, Page
from hardware.patience import OwnPatience
from hardware.press import press
from hardware.print_journal import PrintJournal
from hardware.printer import Printer
from hardware.profile import Confirmation, Profile
from hardware.settings import PrinterSettings
from hardware.station import PrintStation
from wording import Wording

OUTCOME_SECONDS = 45.0


def print_test_page(address: str, model: str, w: Wording) -> Iterator[str]:
    """Print it; what to tell. Raises Problem when it did not come out, DeviceSettingError for what is none."""
    profile = profile_of(PrinterSettings(address, model))
    place = address_from(address)
    way = connection_to(place)
    try:
        profile = replace(profile, confirmation=_confirmation(way, place, profile, w))
    except ConnectionLost as lost:
        what = w.t("The printer can't be reached")
        raise Problem(what, str(lost), remedy(place, lost, w)) from lost
    outcome, state = _outcome(way, place, profile, model, w)
    match outcome:
        case Printed():
            yield w.t("The printer at {address} has printed the test page.", address=str(place))
        case Unknown() if profile.confirmation is Confirmation.NONE:
            yield w.t("The test page was sent. This printer can't tell whether it came out: look at it.")
        case _:
            raise _not_out(state, place, w)
    yield w.t("Write into the settings, in the printer's table:")
    yield f'  address = "{place}"'
    yield f'  profile = "{model}"'
    if profile.confirmation is not profile_of(PrinterSettings(address, model)).confirmation:
        yield f'  confirmation = "{profile.confirmation.value}"'


def _confirmation(way: Connection | Spooled, place: Address, profile: Profile, w: Wording) -> Confirmation:
    """What the printer answers, where it can be asked. Raises Problem where it is not ready."""
    if isinstance(way, Spooled) or isinstance(place, PlainFileAddress):
        return profile.confirmation
    deadlines = Deadlines()
    asked = replace(profile, confirmation=Confirmation.STATUS)
    talk = Dialogue(way, asked, deadlines, OwnPatience(), lambda _: None)
    try:
        talk.open()
        state = talk.look().state
        if not state.can_print:
            raise _not_out(state, place, w)
        return confirmation_of(way, deadlines.answer)
    except NoAnswer:
        return Confirmation.NONE
    finally:
        talk.close()


def _outcome(
    way: Connection | Spooled, place: Address, profile: Profile, model: str, w: Wording
) -> tuple[Outcome, PrinterState]:
    outcomes: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    content = TrialPageContent(w.language, str(place), model, profile, dt.datetime.now())
    job = PrintJob("test", Page(JobKind.TEST_PAGE, trial_page_fields(content)))
    with tempfile.TemporaryDirectory() as folder:
        printer = Printer(way, profile, press, deadlines=deadlines_of(place))
        journal = PrintJournal(Path(folder) / "print.db", lambda: dt.datetime.now(dt.UTC))
        station = PrintStation((printer,), journal, lambda: None)
        station.start()
        station.submit(job, lambda _, outcome: outcomes.put(outcome))
        try:
            return outcomes.get(timeout=OUTCOME_SECONDS), station.state
        except queue.Empty:
            return Unknown(PrinterState.SILENT), station.state
        finally:
            station.stop()


def _not_out(state: PrinterState, place: Address, w: Wording) -> Problem:
    return Problem(
        w.t("The test page did not come out ({state})", state=state.value),
        str(place),
        w.t("Check power, paper, cover and cable, and that no other program uses the printer."),
    )
