"""The printer itself: bytes in, answers and paper out. It has no thread, no clock and no socket.

`receive` takes what arrives and obeys real-time commands at once; `work` prints what is buffered, row by row, until
paper, cover or cutter stop it. What a real printer would not obey, or a careful host would not send, is in `reports`.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from PIL import Image

from hardware.virtual import commands, realtime
from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.commands import Incomplete
from hardware.virtual.interpreter import (
    Answer,
    AutomaticStatus,
    Interpreter,
    ReportKind,
    Step,
    TransmitStatus,
)
from hardware.virtual.mechanism import Mechanism
from hardware.virtual.paper import WIDTH_80MM, Paper, Roll

_LONG_COMMAND_BYTES = 256

_CLEARED = b"\x37\x25\x00"
# GS a n: which bits of the four bytes each bit of n asks for. The drawer (0x01) and the buttons (0x40) never change.
_ASKED_FOR = {
    0x01: b"\x04\0\0\0",
    0x02: b"\x68\x01\0\0",
    0x04: b"\0\x6c\0\0",
    0x08: b"\0\0\x0f\0",
    0x40: b"\0\x02\0\0",
}


@dataclass(frozen=True, slots=True)
class Report:
    """Something that the host should not have sent: the command's bytes (at most 64 of them) and what is wrong."""

    kind: ReportKind
    raw_bytes: bytes
    detail: str


class Engine:
    """A printer for paper of `width_dots`; each piece of paper that leaves it goes to `on_paper`."""

    def __init__(
        self, on_paper: Callable[[Paper], object], width_dots: int = WIDTH_80MM, abilities: Abilities = EPSON
    ) -> None:
        self._on_paper = on_paper
        self._abilities = abilities
        self._on = True
        self._mechanism = Mechanism()
        self._roll = Roll(width_dots)
        self._rows_left: int | None = None
        self._buffer = bytearray()
        self._watch = realtime.Watch()
        self._interpreter = Interpreter(width_dots, abilities, self._complain)
        self._steps: deque[Step] = deque()
        self._command_bytes = b""
        self._piece_bytes = bytearray()
        self._answers = bytearray()
        self._asked_for = 0
        self._told = b""
        self.reports: list[Report] = []

    # What the host does

    def receive(self, data: bytes) -> None:
        """Take bytes from the host. The caller sees to it that they fit (`room`)."""
        if not self._on:
            return
        for chunk, command in self._watch.feed(data):
            self._buffer += chunk
            if command is not None:
                self._obey_at_once(command)
                self._step_over_realtime()

    @property
    def room(self) -> int:
        """How many bytes the receive buffer still takes. A command that is being taken in fills it no further."""
        taken = 0 if self._takes_in() else len(self._buffer)
        return max(0, self._abilities.receive_buffer_bytes - taken)

    def _takes_in(self) -> bool:
        """Whether the printer is at work on the command at the buffer's head, which has not arrived whole."""
        if not self._on or self._mechanism.stopped or self._steps:
            return False
        return bool(self._buffer) and not self._complete_command()

    def answers(self) -> bytes:
        """What the printer has to tell the host, once."""
        told, self._answers = bytes(self._answers), bytearray()
        return told

    def work(self, rows: int | None = None) -> int:
        """Print at most so many rows of dots, or all that can be; returns how many were."""
        printed = 0
        while self._on and not self._mechanism.stopped and (rows is None or printed < rows):
            if not self._steps and not self._begin_command():
                break
            if self._steps and self._carry_out(self._steps[0]):
                printed += 1
        return printed

    @property
    def idle(self) -> bool:
        """Nothing is left to print that could be printed."""
        return not self._on or self._mechanism.stopped or not (self._steps or self._complete_command())

    # What a person does

    def take_out_paper(self) -> None:
        self._change(paper_out=True)

    def let_paper_run_out_after(self, rows: int) -> None:
        """The roll's end passes the head after so many more rows of dots."""
        self._rows_left = rows

    def load_paper(self) -> None:
        """Put in a new roll: what hung out of the printer is torn off."""
        self._load(upside_down=False)

    def load_paper_upside_down(self) -> None:
        """Put in a new roll with its coating away from the head: all seems well, and nothing is seen on the paper."""
        self._load(upside_down=True)

    def tear_off(self) -> None:
        """Tear off what hangs out of the printer, at the head."""
        if torn := self._roll.tear_off(bytes(self._piece_bytes)):
            self._piece_bytes.clear()
            self._on_paper(torn)

    def take_ticket(self) -> None:
        """Take what the presenter holds out."""
        self._change(ticket_waiting=False)

    def let_paper_near_its_end(self) -> None:
        self._change(near_end=True)

    def open_cover(self) -> None:
        self._change(cover_open=True)

    def close_cover(self) -> None:
        self._change(cover_open=False)

    def jam_cutter(self) -> None:
        """The next cut fails; the error then lasts until the host recovers from it."""
        self._mechanism.cutter_jammed = True

    def free_cutter(self) -> None:
        self._mechanism.cutter_jammed = False

    def overheat(self) -> None:
        """The head is too hot: it goes on by itself when it has cooled down."""
        self._change(overheated=True)

    def cool_down(self) -> None:
        self._change(overheated=False)

    def break_down(self) -> None:
        """An error that neither the host nor switching off and on mends."""
        self._change(broken=True)

    def repair(self) -> None:
        self._change(broken=False)

    def hold_offline(self) -> None:
        """As by a button on the printer."""
        self._change(held_offline=True)

    def let_online(self) -> None:
        self._change(held_offline=False)

    def switch_off(self) -> None:
        """What was buffered is lost; what was printed stays where it is."""
        self._on = False
        self._drop_buffered()
        self._answers.clear()
        self._watch = realtime.Watch()

    def switch_on(self) -> None:
        self._on = True
        self._interpreter.reset()
        self._asked_for, self._told = 0, b""
        self._mechanism.cutter_error = False

    @property
    def on(self) -> bool:
        return self._on

    @property
    def rows_hanging_out(self) -> int:
        return self._roll.length

    def paper_hanging_out(self) -> Image.Image:
        """The paper between the last cut and the head; its lowest row is the one printed last."""
        return self._roll.picture()

    @property
    def mechanism(self) -> Mechanism:
        """For looking at; what a person does to it goes through the methods above."""
        return self._mechanism

    def _obey_at_once(self, command: realtime.RealtimeCommand) -> None:
        match command:
            case realtime.StatusRequest(20):
                if self._abilities.presenter:  # else it is told of in its turn, as an unknown command
                    self._answers += self._mechanism.full_status()
            case realtime.StatusRequest(n):
                self._answers.append(self._mechanism.realtime_status(n))
            case realtime.Recover():
                self._recover(b"\x10\x05\x01")
            case realtime.ClearAndRecover():
                if self._mechanism.cutter_error:
                    self._drop_buffered()
                self._recover(b"\x10\x05\x02")
            case realtime.ClearBuffers():
                if self._abilities.buffer_clear:
                    self._drop_buffered()
                    self._change(cutter_error=False)
                    self._answers += _CLEARED
            case _:
                assert_never(command)

    def _recover(self, request: bytes) -> None:
        """Only the cutter's error waits for the host; a hot head recovers by itself, and the rest never does."""
        if self._mechanism.cutter_error:
            self._change(cutter_error=False)
        else:
            self._report(ReportKind.NOTHING_TO_RECOVER, request, "")

    def _step_over_realtime(self) -> None:
        """What has been obeyed and has nothing before it takes no room, or asking would fill a stopped printer."""
        if self._buffer[:1] == b"\x10" and commands.is_realtime(bytes(self._buffer), self._abilities):
            self._buffer.clear()

    def _drop_buffered(self) -> None:
        self._buffer.clear()
        self._steps.clear()
        self._interpreter.drop_line()

    def _complete_command(self) -> bool:
        try:
            return bool(self._buffer) and self._read() is not None
        except Incomplete:
            return False

    def _read(self) -> tuple[commands.Command, int]:
        """The command at the head of the buffer; only a picture needs more of it looked at than its beginning."""
        try:
            return commands.read(bytes(self._buffer[:_LONG_COMMAND_BYTES]), self._abilities)
        except Incomplete:
            return commands.read(bytes(self._buffer), self._abilities)

    def _begin_command(self) -> bool:
        """Read the next command from the buffer into steps; False when there is none, or not all of it."""
        if not self._buffer:
            return False
        try:
            command, length = self._read()
        except Incomplete:
            return False
        self._command_bytes = bytes(self._buffer[:length])
        del self._buffer[:length]
        if not isinstance(command, commands.Realtime | commands.ProcessId):  # conversation, not the page
            self._piece_bytes += self._command_bytes
        self._steps.extend(self._interpreter.execute(command))
        return True

    def _carry_out(self, step: Step) -> bool:
        """Do one step, and say whether it moved the paper by a row. A cut that fails stays to be done."""
        match step:
            case bytes():
                self._feed(step)
            case commands.Cut(feed):
                if not self._cut(feed):
                    return False
            case Answer(data):
                self._answers += data
            case TransmitStatus(n):
                self._answers.append(self._mechanism.transmitted_paper_status() if n == 1 else 0)
            case AutomaticStatus(n):
                self._asked_for = n
                self._told = self._watched()
                if self._told:
                    self._answers += self._mechanism.automatic_status()
            case _:
                assert_never(step)
        self._steps.popleft()
        return isinstance(step, bytes)

    def _feed(self, row: bytes) -> None:
        self._roll.feed(self._roll.blank_row if self._mechanism.upside_down else row)
        if self._rows_left is not None:
            self._rows_left -= 1
            if self._rows_left <= 0:
                self._change(paper_out=True)

    def _cut(self, feed: int | None) -> bool:
        if self._mechanism.cutter_jammed:
            self._change(cutter_error=True)
            return False
        made_by = bytes(self._piece_bytes)
        self._piece_bytes.clear()
        if feed is None:
            piece, through = self._roll.cut_as_it_lies(made_by)
            if through:
                self._complain(ReportKind.CUT_THROUGH_PRINT, "")
        else:
            piece = self._roll.cut_all(made_by)
        self._on_paper(piece)
        if self._abilities.presenter:
            self._change(ticket_waiting=True)
        return True

    def _load(self, upside_down: bool) -> None:
        self._rows_left = None
        self.tear_off()
        self._change(paper_out=False, near_end=False, upside_down=upside_down)

    def _change(self, **state: bool) -> None:
        for name, value in state.items():
            setattr(self._mechanism, name, value)
        if self._on and self._watched() != self._told:
            self._told = self._watched()
            self._answers += self._mechanism.automatic_status()

    def _watched(self) -> bytes:
        """The bits of the automatic status that the host has asked to be told of; none of them is a bit for itself."""
        masks = [mask for bit, mask in _ASKED_FOR.items() if self._asked_for & bit]
        status = self._mechanism.automatic_status()
        return b"".join(bytes(a & b for a, b in zip(status, mask, strict=True)) for mask in masks)

    def _complain(self, kind: ReportKind, detail: str) -> None:
        self._report(kind, self._command_bytes, detail)

    def _report(self, kind: ReportKind, raw_bytes: bytes, detail: str) -> None:
        self.reports.append(Report(kind, raw_bytes[:64], detail))
