"""The virtual printer on a bench: what hands do to it, how it is, and what has come out of it. No Qt."""

import datetime as dt
import queue
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import assert_never

import structlog
from PIL import Image

from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.engine import Engine, Report
from hardware.virtual.paper import Ending, Paper
from hardware.virtual.server import PrinterServer, keep_in

USUAL_MM_PER_SECOND = 150.0
SLOW_MM_PER_SECOND = 20.0

_PIECES, _REPORTS = 20, 50

log = structlog.get_logger(__name__)


class Act(Enum):
    """What hands do. Most of them are undone by doing them again."""

    PAPER = auto()
    UPSIDE_DOWN = auto()
    NEAR_END = auto()
    COVER = auto()
    CUTTER = auto()
    HEAT = auto()
    POWER = auto()
    CABLE = auto()
    ANSWERS = auto()
    SPEED = auto()
    TEAR_OFF = auto()
    ALL_WELL = auto()


@dataclass(frozen=True, slots=True)
class Standing:
    """How the printer is at one moment."""

    on: bool
    plugged_in: bool
    has_program: bool
    offline: bool
    paper_out: bool
    near_end: bool
    upside_down: bool
    cover_open: bool
    cutter_jammed: bool
    cutter_error: bool
    overheated: bool
    slow: bool
    silent: bool
    ticket_waits: bool
    """In the mouth of a presenter."""
    rows_out: int

    @property
    def is_well(self) -> bool:
        """Nothing has been done to it that would have to be undone."""
        faults = (
            self.paper_out,
            self.near_end,
            self.upside_down,
            self.cover_open,
            self.cutter_jammed,
            self.cutter_error,
            self.overheated,
            self.slow,
            self.silent,
        )
        return self.on and self.plugged_in and not any(faults)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of paper that has left the printer."""

    image: Image.Image
    ending: Ending
    left_at: dt.datetime
    file: Path


@dataclass(frozen=True, slots=True)
class Told:
    """Something that the printer did not obey."""

    report: Report
    told_at: dt.datetime


class Bench:
    """A printer on the network whose papers are kept in `folder`. To be used by one thread.

    `pieces` and `reports` hold the latest; `pieces_came` and `reports_came` count them all.

    OSError when the address cannot be bound or the folder not be written.
    """

    def __init__(
        self,
        host: str,
        port: int,
        folder: Path,
        width_dots: int,
        now: Callable[[], dt.datetime],
        abilities: Abilities = EPSON,
    ) -> None:
        self._keep = keep_in(folder)
        self._now = now
        self._came: queue.SimpleQueue[Piece | Told] = queue.SimpleQueue()
        self._server = PrinterServer(
            self._piece_left,
            host=host,
            port=port,
            width_dots=width_dots,
            abilities=abilities,
            mm_per_second=USUAL_MM_PER_SECOND,
        )
        self._server.tell_reports(self._report_came)
        self._slow = self._silent = False
        self._hanging_out = (0, Image.new("1", (width_dots, 1), 1))
        self.width_dots = width_dots
        self.folder = folder
        self.pieces: deque[Piece] = deque(maxlen=_PIECES)
        self.reports: deque[Told] = deque(maxlen=_REPORTS)
        self.pieces_came = self.reports_came = 0

    @property
    def address(self) -> tuple[str, int]:
        return self._server.address

    def start(self) -> None:
        self._server.start()

    def stop(self) -> None:
        self._server.stop()

    def look(self) -> Standing:
        """How the printer is now; what has come out and been told since the last look is in `pieces` and `reports`."""
        while not self._came.empty():
            match self._came.get():
                case Piece() as piece:
                    self.pieces.append(piece)
                    self.pieces_came += 1
                case Told() as told:
                    self.reports.append(told)
                    self.reports_came += 1
        with self._server.printer() as printer:
            state = printer.mechanism
            if printer.rows_hanging_out != self._hanging_out[0]:
                self._hanging_out = (printer.rows_hanging_out, printer.paper_hanging_out())
            return Standing(
                on=printer.on,
                plugged_in=self._server.plugged_in,
                has_program=self._server.has_host,
                offline=state.stopped,
                paper_out=state.paper_out,
                near_end=state.near_end,
                upside_down=state.upside_down,
                cover_open=state.cover_open,
                cutter_jammed=state.cutter_jammed,
                cutter_error=state.cutter_error,
                overheated=state.overheated,
                slow=self._slow,
                silent=self._silent,
                ticket_waits=state.ticket_waiting,
                rows_out=printer.rows_hanging_out,
            )

    @property
    def hanging_out(self) -> Image.Image | None:
        """The paper between the last cut and the head, as of the last look."""
        rows, image = self._hanging_out
        return image if rows else None

    def do(self, act: Act) -> None:
        """Do it, or undo it where it has been done."""
        before = self.look()
        match act:
            case Act.CABLE:
                self._server.unplug() if before.plugged_in else self._plug_in()
            case Act.ANSWERS:
                self._be_silent(not before.silent)
            case Act.SPEED:
                self._be_slow(not before.slow)
            case Act.ALL_WELL:
                self._put_right(before)
            case _:
                with self._server.printer() as printer:
                    _handle(printer, act, before)

    def _put_right(self, before: Standing) -> None:
        if not before.plugged_in:
            self._plug_in()
        self._be_silent(False)
        self._be_slow(False)
        with self._server.printer() as printer:
            if before.paper_out or before.near_end or before.upside_down:
                printer.load_paper()
            printer.close_cover()
            printer.free_cutter()
            printer.cool_down()
            if before.cutter_error:  # as its manual says: off and on again
                printer.switch_off()
            if not printer.on:
                printer.switch_on()

    def _plug_in(self) -> None:
        """Where another program has taken the port meanwhile, the cable stays out."""
        try:
            self._server.plug_in()
        except OSError as error:
            log.warning("the cable can't be plugged in", reason=error.strerror)

    def _be_silent(self, silent: bool) -> None:
        self._silent = silent
        self._server.alter_answers(_nothing if silent else bytes)

    def _be_slow(self, slow: bool) -> None:
        self._slow = slow
        self._server.print_at(SLOW_MM_PER_SECOND if slow else USUAL_MM_PER_SECOND)

    def _piece_left(self, paper: Paper) -> None:
        self._came.put(Piece(paper.image, paper.ending, self._now(), self._keep(paper)))

    def _report_came(self, report: Report) -> None:
        self._came.put(Told(report, self._now()))


def _handle(printer: Engine, act: Act, before: Standing) -> None:
    match act:
        case Act.PAPER:
            printer.load_paper() if before.paper_out else printer.take_out_paper()
        case Act.UPSIDE_DOWN:
            printer.load_paper() if before.upside_down else printer.load_paper_upside_down()
        case Act.NEAR_END:
            printer.load_paper() if before.near_end else printer.let_paper_near_its_end()
        case Act.COVER:
            printer.close_cover() if before.cover_open else printer.open_cover()
        case Act.CUTTER:
            printer.free_cutter() if before.cutter_jammed else printer.jam_cutter()
        case Act.HEAT:
            printer.cool_down() if before.overheated else printer.overheat()
        case Act.POWER:
            printer.switch_off() if before.on else printer.switch_on()
        case Act.TEAR_OFF:
            printer.take_ticket() if before.ticket_waits else printer.tear_off()
        case Act.CABLE | Act.ANSWERS | Act.SPEED | Act.ALL_WELL:
            raise AssertionError("not a matter of the printer alone")
        case _:
            assert_never(act)


def _nothing(_answers: bytes) -> bytes:
    return b""
