"""The printer itself: bytes in, answers and paper out. It has no thread, no clock and no socket.

`receive` takes what arrives and obeys real-time commands at once; `work` prints what is buffered, row by row, until
paper, cover or cutter stop it. What a real printer would not obey, or a careful host would not send, is in `reports`.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from hardware.virtual import commands, realtime
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

RECEIVE_BUFFER_BYTES = 65536

_LONG_COMMAND_BYTES = 256

_CLEARED = b"\x37\x25\x00"
# GS a n: which bits of n ask for which of the four bytes.
_ASKED_FOR = {0x02: 0, 0x04: 1, 0x08: 2}


@dataclass(frozen=True, slots=True)
class Report:
    """Something that the host should not have sent: the command's bytes (at most 64 of them) and what is wrong."""

    kind: ReportKind
    raw_bytes: bytes
    detail: str


class Engine:
    """A printer for paper of `width_dots`; each piece of paper that leaves it goes to `on_paper`."""

    def __init__(self, on_paper: Callable[[Paper], None], width_dots: int = WIDTH_80MM) -> None:
        self._on_paper = on_paper
        self._on = True
        self._mechanism = Mechanism()
        self._roll = Roll(width_dots)
        self._rows_left: int | None = None
        self._buffer = bytearray()
        self._watch = realtime.Watch()
        self._interpreter = Interpreter(width_dots, self._complain)
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
        """How many bytes the receive buffer still takes."""
        return max(0, RECEIVE_BUFFER_BYTES - len(self._buffer))

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
        self._rows_left = None
        if torn := self._roll.tear_off(bytes(self._piece_bytes)):
            self._piece_bytes.clear()
            self._on_paper(torn)
        self._change(paper_out=False, near_end=False)

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
        self._asked_for = 0
        self._mechanism.cutter_error = False

    @property
    def on(self) -> bool:
        return self._on

    @property
    def mechanism(self) -> Mechanism:
        """For looking at; what a person does to it goes through the methods above."""
        return self._mechanism

    def _obey_at_once(self, command: realtime.RealtimeCommand) -> None:
        match command:
            case realtime.StatusRequest(n):
                self._answers.append(self._mechanism.realtime_status(n))
            case realtime.Recover():
                self._change(cutter_error=False)
            case realtime.ClearAndRecover():
                if self._mechanism.cutter_error:
                    self._drop_buffered()
                    self._change(cutter_error=False)
            case realtime.ClearBuffers():
                self._drop_buffered()
                self._change(cutter_error=False)
                self._answers += _CLEARED
            case _:
                assert_never(command)

    def _step_over_realtime(self) -> None:
        """What has been obeyed and has nothing before it takes no room, or asking would fill a stopped printer."""
        if self._buffer[:1] == b"\x10" and self._read() == (commands.Realtime(), len(self._buffer)):
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
            return commands.read(bytes(self._buffer[:_LONG_COMMAND_BYTES]))
        except Incomplete:
            return commands.read(bytes(self._buffer))

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
                if n:
                    self._tell_status()
            case _:
                assert_never(step)
        self._steps.popleft()
        return isinstance(step, bytes)

    def _feed(self, row: bytes) -> None:
        self._roll.feed(row)
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
            for _ in range(feed):
                self._roll.feed(self._roll.blank_row)
            piece = self._roll.cut_all(made_by)
        self._on_paper(piece)
        return True

    def _change(self, **state: bool) -> None:
        for name, value in state.items():
            setattr(self._mechanism, name, value)
        now = self._mechanism.automatic_status()
        watched = [at for bit, at in _ASKED_FOR.items() if self._asked_for & bit]
        if self._on and any(now[at] != self._told[at] for at in watched):
            self._tell_status()

    def _tell_status(self) -> None:
        self._told = self._mechanism.automatic_status()
        self._answers += self._told

    def _complain(self, kind: ReportKind, detail: str) -> None:
        self.reports.append(Report(kind, self._command_bytes[:64], detail))
