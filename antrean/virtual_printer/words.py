"""What the window says of the printer."""

from typing import assert_never

from antrean.virtual_printer.bench import Act, Piece, Standing, Told
from hardware.virtual.interpreter import ReportKind
from hardware.virtual.paper import Ending
from wording import N_, Wording

_REPORTS = {
    ReportKind.UNKNOWN_COMMAND: N_("Unknown command"),
    ReportKind.BAD_PARAMETER: N_("A value out of range"),
    ReportKind.MISPLACED: N_("Only obeyed at the beginning of a line"),
    ReportKind.NOTHING_STORED: N_("Nothing was stored to print"),
    ReportKind.STORED_ALREADY: N_("Something stored before has not been printed yet"),
    ReportKind.NO_SUCH_CHARACTER: N_("No such character in this code table"),
    ReportKind.TOO_WIDE: N_("Wider than the paper"),
    ReportKind.NO_CUTTER: N_("There is no cutter"),
    ReportKind.NOTHING_TO_RECOVER: N_("There was no error to recover from"),
    ReportKind.CUT_THROUGH_PRINT: N_("Cut before the print had passed the cutter"),
}


def report(told: Told, w: Wording) -> str:
    """What was not obeyed, in one line."""
    return f"{w.clock(told.told_at.time())}  {w.t(_REPORTS[told.report.kind])}"


def report_bytes(told: Told) -> str:
    """The command's bytes as in its reference, and what more is known of it."""
    shown = told.report.raw_bytes.hex(" ").upper()
    return " · ".join(filter(None, (shown, told.report.detail)))


def piece(piece: Piece, w: Wording) -> str:
    """Under a piece of paper: its file, when it left the printer, and how."""
    match piece.ending:
        case Ending.CUT:
            how = w.t("cut")
        case Ending.TORN:
            how = w.t("torn off")
        case _:
            assert_never(piece.ending)
    return f"{piece.file.name} · {w.clock(piece.left_at.time())} · {how}"


def act(act: Act, standing: Standing, w: Wording) -> str:
    """A button's words, for how the printer is now."""
    if act is Act.TEAR_OFF and standing.ticket_waits:
        return w.t("Take the ticket")
    done, undone = _ACTS[act]
    return w.t(undone if is_done(act, standing) else done)


_ACTS = {
    Act.PAPER: (N_("Take the paper out"), N_("Put paper in")),
    Act.UPSIDE_DOWN: (N_("Put paper in upside down"), N_("Turn the paper over")),
    Act.NEAR_END: (N_("Let the paper run low"), N_("Put in a new roll")),
    Act.COVER: (N_("Open the cover"), N_("Close the cover")),
    Act.CUTTER: (N_("Jam the cutter"), N_("Free the cutter")),
    Act.HEAT: (N_("Overheat the head"), N_("Let it cool down")),
    Act.POWER: (N_("Switch off"), N_("Switch on")),
    Act.CABLE: (N_("Unplug the cable"), N_("Plug the cable in")),
    Act.ANSWERS: (N_("Lose its answers"), N_("Send its answers")),
    Act.SPEED: (N_("Print slowly"), N_("Print at full speed")),
    Act.TEAR_OFF: (N_("Tear the paper off"), N_("Tear the paper off")),
    Act.ALL_WELL: (N_("Put everything right"), N_("Put everything right")),
}


def is_done(act: Act, now: Standing) -> bool:
    """Whether doing it would undo it."""
    match act:
        case Act.PAPER:
            return now.paper_out
        case Act.UPSIDE_DOWN:
            return now.upside_down
        case Act.NEAR_END:
            return now.near_end
        case Act.COVER:
            return now.cover_open
        case Act.CUTTER:
            return now.cutter_jammed
        case Act.HEAT:
            return now.overheated
        case Act.POWER:
            return not now.on
        case Act.CABLE:
            return not now.plugged_in
        case Act.ANSWERS:
            return now.silent
        case Act.SPEED:
            return now.slow
        case Act.TEAR_OFF | Act.ALL_WELL:
            return False
        case _:
            assert_never(act)


def is_possible(act: Act, now: Standing) -> bool:
    """Whether hands could do it now."""
    match act:
        case Act.TEAR_OFF:
            return now.rows_out > 0 or now.ticket_waits
        case Act.ALL_WELL:
            return not now.is_well
        case Act.NEAR_END:
            return not now.paper_out
        case _:
            return True


def readiness(now: Standing, w: Wording) -> str:
    if not now.on:
        return w.t("Switched off")
    return w.t("Does not print") if now.offline else w.t("Ready to print")


def paper(now: Standing, w: Wording) -> str:
    """What the printer's sensors see: to them, paper that is upside down is paper."""
    if now.paper_out:
        return w.t("No paper")
    return w.t("Paper near its end") if now.near_end else w.t("Paper is there")


def cover(now: Standing, w: Wording) -> str:
    return w.t("Cover open") if now.cover_open else w.t("Cover closed")


def cutter(now: Standing, w: Wording) -> str:
    return w.t("Cutter stuck") if now.cutter_error else w.t("Cutter works")


def heat(now: Standing, w: Wording) -> str:
    return w.t("Too hot") if now.overheated else w.t("Temperature fine")


def line(now: Standing, w: Wording) -> str:
    if not now.plugged_in:
        return w.t("Cable unplugged")
    return w.t("A program is connected") if now.has_program else w.t("No program connected")
