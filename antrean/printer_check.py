"""`antrean printer test`: one test page, whether it came out by the printer's own word, and what to write of it."""

import datetime as dt
import queue
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import assert_never

from antrean.printers import condition, remedy, what_to_do
from antrean.problem import Problem
from hardware.capabilities import profile_of
from hardware.connection import Connection, ConnectionLost, Spooled
from hardware.connections import connection_to
from hardware.connections.address import Address, PlainFileAddress, address_from
from hardware.conversation import Deadlines, NoAnswer
from hardware.escpos.dialogue import Dialogue
from hardware.escpos.introduction import confirmation_of
from hardware.from_settings import deadlines_of
from hardware.job import Failed, Outcome, Printed, PrinterState, PrintJob, Unknown
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
    match _outcome(way, place, profile, model, w):
        case Printed():
            yield w.t("The printer at {address} has printed the test page.", address=str(place))
        case Unknown() if profile.confirmation is Confirmation.NONE:
            yield w.t("The test page was sent. This printer can't tell whether it came out: look at it.")
        case outcome:
            raise _not_out(outcome, place, w)
    yield w.t("Write into the settings, in the printer's table:")
    yield f'  address = "{place}"'
    yield f'  profile = "{model}"'
    if profile.confirmation is not profile_of(PrinterSettings(address, model)).confirmation:
        yield f'  confirmation = "{profile.confirmation.value}"'


def _confirmation(way: Connection | Spooled, place: Address, profile: Profile, w: Wording) -> Confirmation:
    """What the printer answers, where it can be asked. Raises Problem where it is not ready, and ConnectionLost."""
    deadlines = Deadlines()
    if isinstance(way, Spooled):
        _require_ready(way.state(deadlines.answer), place, w)
        return profile.confirmation
    if isinstance(place, PlainFileAddress):
        way.open(deadlines.connect)
        way.close()
        return profile.confirmation
    asked = replace(profile, confirmation=Confirmation.STATUS)
    talk = Dialogue(way, asked, deadlines, OwnPatience(), lambda _: None)
    try:
        talk.open()
        _require_ready(talk.look().state, place, w)
        return confirmation_of(way, deadlines.answer)
    except NoAnswer:
        return Confirmation.NONE
    finally:
        talk.close()


def _require_ready(state: PrinterState, place: Address, w: Wording) -> None:
    if not state.can_print:
        raise _not_out(Failed(state), place, w)


def _outcome(way: Connection | Spooled, place: Address, profile: Profile, model: str, w: Wording) -> Outcome:
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
            return outcomes.get(timeout=OUTCOME_SECONDS)
        except queue.Empty:
            return Unknown(PrinterState.SILENT)
        finally:
            station.stop()


def _not_out(outcome: Failed | Unknown, place: Address, w: Wording) -> Problem:
    match outcome:
        case Failed(began=False):
            what = w.t("The test page was not printed")
        case Failed():
            what = w.t("Only a part of the test page was printed")
        case Unknown():
            what = w.t("Nobody knows whether the test page came out")
        case _:
            assert_never(outcome)
    todo = what_to_do(outcome.state, w) or w.t("See whether it has come out, then try again.")
    return Problem(f"{what}. {condition(outcome.state, w)}", str(place), todo)
