"""What the counter says of what happened: refusals, remarks, the lost link, how a slip fares. Pure, as words.py."""

from typing import assert_never

import msgspec

from broker.domain.refusals import Refusal
from broker.protocol.messages import SignInReason
from counter.page import Surroundings
from counter.paper import NoPrinter, NotYet, Paper, Printing
from counter.sheets import (
    Entered,
    FileNotReady,
    HeldForPapers,
    NextInLine,
    Notice,
    NotPrinted,
    NotProcessed,
    Remark,
    SignInFailed,
)
from counter.words import clock, spoken
from hardware.job import Failed, Printed, PrinterState, Unknown
from hardware.page import JobKind
from wording import Wording
from wording.refusals import sentence


def link_lost(around: Surroundings, w: Wording) -> str:
    """Nothing on the screen may be taken for current."""
    if around.lost_at is None:
        return w.t("Connecting. One moment, please.")
    return w.t("Disconnected since {time}. What is shown may be out of date.", time=clock(around.lost_at, w))


def notice(value: Notice, w: Wording) -> str:
    match value:
        case Refusal():
            return sentence(value.code, msgspec.structs.asdict(value), w)
        case Remark():
            return _remark(value, w)
        case FileNotReady(file=file, promised_at=None):
            return w.t("The file of {number} is not ready yet.", number=spoken(file.number))
        case FileNotReady(file=file, promised_at=at):
            assert at is not None
            return w.t(
                "The file of {number} is not ready yet. It is promised for {time}.",
                number=spoken(file.number),
                time=clock(at, w),
            )
        case NextInLine(number=number):
            return w.t("{number} is next in line.", number=spoken(number))
        case Entered(number=number, arrived_at=at):
            return w.t(
                "{number} is in the queue, time of arrival {time}.", number=spoken(number), time=clock(at, w)
            )
        case HeldForPapers(number=number, until=until):
            return w.t(
                "Please tell the citizen: {number} is next in line when back by {time}.",
                number=spoken(number),
                time=clock(until, w),
            )
        case NotPrinted():
            return _not_printed(value, w)
        case NotProcessed(code=code):
            return w.t("This could not be carried out ({code}). Please try again.", code=code.value)
        case SignInFailed():
            return _sign_in_failed(value, w)
        case _:
            assert_never(value)


def _remark(value: Remark, w: Wording) -> str:
    match value:
        case Remark.CODE_UNKNOWN:
            return w.t("This code is not known here, or no longer valid.")
        case Remark.ENTER_THIS_FIRST:
            return w.t("Please finish this ticket first, then scan the next one.")
        case Remark.FILE_ENDED:
            return w.t("This file has been handed over or is closed.")
        case Remark.NUMBER_ENDED:
            return w.t("This number is finished.")
        case Remark.ALREADY_HERE:
            return w.t("This number is already being served here.")
        case Remark.NO_ANSWER:
            return w.t("No answer yet. Please see whether it was done before you try again.")
        case Remark.CLOCK_SETTLED:
            return w.t("The server's clock is not in doubt any more.")
        case Remark.SIGNED_OUT:
            return w.t("You have been signed out. Please sign in again.")
        case _:
            assert_never(value)


def _not_printed(value: NotPrinted, w: Wording) -> str:
    number = spoken(value.number) if value.number is not None else ""
    match value.kind:
        case JobKind.SLIP if number:
            return w.t("The receipt of {number} was not printed. It can be shown here.", number=number)
        case JobKind.TICKET | JobKind.APPOINTMENT if number:
            return w.t("{number} was not printed. Please tell the citizen the number.", number=number)
        case JobKind.COLLECTION_NOTE if number:
            return w.t("The collection note of {number} was not printed.", number=number)
        case JobKind.DAY_REPORT:
            return w.t("The day report was not printed.")
        case _:
            return w.t("The paper was not printed.")


def _sign_in_failed(value: SignInFailed, w: Wording) -> str:
    match value.reason:
        case SignInReason.WRONG_PIN:
            return w.t("The PIN does not match. Please try again.")
        case SignInReason.LOCKED if value.until is not None:
            return w.t("Too many attempts. You can try again at {time}.", time=clock(value.until, w))
        case SignInReason.LOCKED:
            return w.t("Too many attempts. Please ask a supervisor.")
        case SignInReason.ELSEWHERE:
            return w.t("You are still signed in at another counter. Please sign out there first.")
        case SignInReason.OCCUPIED:
            return w.t("Somebody is signed in here. Please let them sign out first.")
        case _:
            assert_never(value.reason)


# Papers


def slip(value: Paper, w: Wording) -> str:
    """How a slip stands, and what to do."""
    match value:
        case NoPrinter.NO_PRINTER | NotYet.NOT_YET:
            return w.t("Please let the citizen photograph this screen or write the code down.")
        case Printing.PRINTING:
            return w.t("The receipt is being printed.")
        case Printed():
            return w.t("The receipt is printed.")
        case Failed(state=state):
            return w.t("The receipt was not printed: {reason}.", reason=printer_state(state, w))
        case Unknown():
            return w.t("Please see whether the receipt was printed before you print it again.")
        case _:
            assert_never(value)


def for_citizen(value: Paper, w: Wording) -> str:
    """How another paper stands that a citizen is to get, and what to do."""
    match value:
        case NoPrinter.NO_PRINTER | NotYet.NOT_YET:
            return w.t("Let the citizen photograph the code, or write number and code down.")
        case Printed():
            return w.t("It is printed. Please hand it over.")
        case _:
            return for_office(value, w)


def for_office(value: Paper, w: Wording) -> str:
    """How the office's own paper stands; nothing while nobody has asked for it."""
    match value:
        case NoPrinter.NO_PRINTER | NotYet.NOT_YET:
            return ""
        case Printing.PRINTING:
            return w.t("It is being printed.")
        case Printed():
            return w.t("It is printed.")
        case Failed(state=state):
            return w.t("It was not printed: {reason}.", reason=printer_state(state, w))
        case Unknown():
            return w.t("Please see whether it has come out before you print it again.")
        case _:
            assert_never(value)


def note(value: Paper, w: Wording) -> str:
    """The same of a collection note, in the line of its file."""
    match value:
        case Printed():
            return w.t("Collection note: printed")
        case Printing.PRINTING:
            return w.t("Collection note: being printed")
        case _:
            return for_office(value, w)


def printer_state(value: PrinterState, w: Wording) -> str:
    """Why a printer does not print, within a sentence."""
    match value:
        case PrinterState.PAPER_OUT:
            return w.tp("printer", "the paper is used up")
        case PrinterState.COVER_OPEN:
            return w.tp("printer", "its cover is open")
        case PrinterState.CUTTER_ERROR:
            return w.tp("printer", "the cutter is jammed")
        case PrinterState.OVERHEATED:
            return w.tp("printer", "it is too hot")
        case PrinterState.UNREACHABLE | PrinterState.OFFLINE | PrinterState.SILENT:
            return w.tp("printer", "the printer cannot be reached")
        case (
            PrinterState.READY
            | PrinterState.PAPER_LOW
            | PrinterState.PAPER_UNCHECKED
            | PrinterState.FAULT
            | PrinterState.UNKNOWN
        ):
            return w.tp("printer", "the printer reports a fault")
        case _:
            assert_never(value)
