"""A printer, its cable and the program that prints, in simulated time: nothing happens but what is let happen.

The virtual printer's engine is the product's own; the driver, the talk, the station and the journal are too. Only
threads, sockets and the clock are replaced, so that an hour of faults takes milliseconds and can be repeated.
"""

import heapq
from collections.abc import Callable
from itertools import count

from PIL import ImageOps

from hardware.connection import ConnectionLost
from hardware.conversation import Deadlines, Seen
from hardware.driver import Attempt, Driver, Rhythm
from hardware.job import Leftover
from hardware.press import Press
from hardware.printer import driver_of
from hardware.profile import Profile
from hardware.virtual.abilities import Abilities
from hardware.virtual.engine import Engine
from hardware.virtual.paper import Paper

_STEP_SECONDS = 0.05
_ROWS_PER_SECOND = 500
_BYTES_PER_SECOND = 5000


class World:
    """Time, and what is due in it. It is the patience of whoever waits in it."""

    def __init__(self) -> None:
        self._now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._order = count()
        self.machines: list[Machine] = []

    def now(self) -> float:
        return self._now

    def wait(self, seconds: float) -> None:
        self.let_pass(seconds)

    def at(self, when: float, act: Callable[[], None]) -> None:
        heapq.heappush(self._due, (when, next(self._order), act))

    @property
    def next_due(self) -> float | None:
        return self._due[0][0] if self._due else None

    def let_pass(self, seconds: float, until: Callable[[], bool] = lambda: False) -> None:
        """So much time, or less where something comes true. What is due in it may raise."""
        end = self._now + seconds
        while not until() and self._now < end:
            busy = any(machine.busy for machine in self.machines)
            step_end = min(end, self._now + _STEP_SECONDS) if busy else end
            if self._due:
                step_end = min(step_end, max(self._now, self._due[0][0]))
            passed, self._now = step_end - self._now, step_end
            for machine in self.machines:
                machine.work(passed)
            while self._due and self._due[0][0] <= self._now:
                heapq.heappop(self._due)[2]()
                for machine in self.machines:
                    machine.work(0.0)


class Machine:
    """A virtual printer with its cable. `pieces` is the paper that has come out of it."""

    def __init__(self, name: str, abilities: Abilities) -> None:
        self.name = name
        self.pieces: list[Paper] = []
        self.engine = Engine(self.pieces.append, 128, abilities)
        self._under_way = bytearray()
        self._inbound = bytearray()
        self._rows = 0.0
        self._plugged = True
        self._stalled = False
        self._bytes_until_pulled: int | None = None
        self._alter: Callable[[bytes], bytes] = bytes
        self.line: int | None = None
        """The host's connection, by its number; None while nobody is connected."""

    # What a person or misfortune does

    def pull_cable(self) -> None:
        """Both ends find out; what was under way is lost."""
        self._plugged = False
        self._under_way.clear()
        self._hang_up()

    def pull_cable_after(self, count_of_bytes: int) -> None:
        self._bytes_until_pulled = count_of_bytes

    def plug_in(self) -> None:
        self._plugged = True
        self._bytes_until_pulled = None

    def stall(self) -> None:
        """It holds the line, takes nothing in and says nothing."""
        self._stalled = True

    def unstall(self) -> None:
        self._stalled = False

    def change_roll_unseen(self, upside_down: bool) -> None:
        """While it is off, or its cable is out: whoever is told of the printer is told nothing of this."""
        assert self.line is None
        self.engine.open_cover()
        self.engine.load_paper_upside_down() if upside_down else self.engine.load_paper()
        self.engine.close_cover()

    def drop(self) -> None:
        """It closes the connection; what it had received is printed."""
        self._hang_up()

    def alter_answers(self, alter: Callable[[bytes], bytes]) -> None:
        self._alter = alter

    def clear_line(self) -> None:
        self.alter_answers(bytes)

    def switch_off(self) -> None:
        self.engine.switch_off()
        self._under_way.clear()
        self._hang_up()

    def put_right(self) -> None:
        """What a patient clerk does, whatever was wrong."""
        self.alter_answers(bytes)
        self.unstall()
        self.plug_in()
        engine = self.engine
        if not engine.on or engine.mechanism.cutter_error:
            engine.free_cutter()
            self.switch_off()
            engine.switch_on()
        engine.free_cutter()
        engine.cool_down()
        engine.repair()
        engine.let_online()
        if engine.mechanism.paper_out or engine.mechanism.upside_down:
            engine.load_paper()
        engine.close_cover()

    # What time does

    @property
    def busy(self) -> bool:
        moving = self._under_way and not self._stalled and self.engine.room
        return bool(moving) or not self.engine.idle

    def work(self, seconds: float) -> None:
        if self._under_way and not self._stalled and self.engine.on:
            self._carry(min(self.engine.room, max(1, round(_BYTES_PER_SECOND * seconds))))
        self._rows += _ROWS_PER_SECOND * seconds
        self.engine.work(int(self._rows))
        self._rows -= int(self._rows)
        if self.line is not None and not self._stalled:
            self._inbound += self._alter(self.engine.answers())

    def _carry(self, most: int) -> None:
        if self._bytes_until_pulled is not None:
            most = min(most, self._bytes_until_pulled)
            self._bytes_until_pulled -= most
        self.engine.receive(bytes(self._under_way[:most]))
        del self._under_way[:most]
        if self._bytes_until_pulled == 0:
            self.pull_cable()

    # The host's end of the cable

    def connect(self, line: int) -> bool:
        if not self._plugged or not self.engine.on or self.line is not None:
            return False
        self.line = line
        self._inbound.clear()
        self.engine.answers()
        return True

    def disconnect(self, line: int) -> None:
        """What the host has written still arrives."""
        if self.line == line:
            self._hang_up()

    def write(self, data: bytes) -> None:
        self._under_way += data

    def drained(self) -> bool:
        return not self._under_way

    def heard(self) -> bytes:
        data, self._inbound = bytes(self._inbound), bytearray()
        return data

    @property
    def has_said(self) -> bool:
        return bool(self._inbound)

    def _hang_up(self) -> None:
        self.line = None
        self._inbound.clear()
        self._bytes_until_pulled = None


class SimulatedConnection:
    """The program's end of the cable (`hardware.connection.Connection`)."""

    _lines = count(1)

    def __init__(self, world: World, machine: Machine, buffered: bool) -> None:
        self._world = world
        self._machine = machine
        self._buffered = buffered
        """Whether the kernel takes everything at once, as for a socket, or as fast as the printer does."""
        self._line = 0

    @property
    def description(self) -> str:
        return self._machine.name

    def open(self, within_seconds: float) -> None:
        self._line = next(self._lines)
        if not self._machine.connect(self._line):
            self._world.let_pass(min(within_seconds, 0.05))
            raise ConnectionLost(f"{self.description}: nobody there")

    def write(self, data: bytes, within_seconds: float) -> None:
        self._check()
        self._machine.write(data)
        if self._buffered:
            return
        self._world.let_pass(within_seconds, lambda: self._machine.drained() or self._is_lost)
        self._check()
        if not self._machine.drained():
            raise ConnectionLost(f"{self.description}: takes nothing")

    def read(self, within_seconds: float) -> bytes:
        self._check()
        self._world.let_pass(within_seconds, lambda: self._machine.has_said or self._is_lost)
        if data := self._machine.heard():
            return data
        self._check()
        return b""

    def close(self) -> None:
        self._machine.disconnect(self._line)

    @property
    def _is_lost(self) -> bool:
        return self._machine.line != self._line

    def _check(self) -> None:
        if self._is_lost:
            raise ConnectionLost(f"{self.description}: gone")


QUICK = Deadlines(connect=0.5, answer=0.5, write=2.0, confirm=6.0, ask_again=0.3)
EAGER = Rhythm(poll=1.0, first_retry=0.25, last_retry=1.0)


class SteppedPrinter:
    """A printer without a thread (`hardware.station.StationPrinter`): its turn comes when the program gives it one."""

    def __init__(
        self, world: World, machine: Machine, profile: Profile, press: Press, buffered: bool
    ) -> None:
        self.name = machine.name
        self._world = world
        self._queue: list[Attempt] = []
        self._next_look = world.now()
        self._on_seen: Callable[[Seen], None] = lambda _: None
        connection = SimulatedConnection(world, machine, buffered)
        self._driver: Driver = driver_of(connection, profile, press, world, QUICK, EAGER, self._tell)

    def start(self, on_seen: Callable[[Seen], None], left: Leftover) -> None:
        self._on_seen = on_seen
        self._driver.left = left

    def submit(self, attempt: Attempt) -> None:
        self._queue.append(attempt)

    def end(self) -> None: ...

    def join(self, within_seconds: float) -> None: ...

    @property
    def waits_until(self) -> float:
        return self._world.now() if self._queue else self._next_look

    def turn(self) -> None:
        if self._queue:
            self._driver.print(self._queue.pop(0))
        elif self._next_look <= self._world.now():
            self._next_look = self._world.now() + self._driver.look()

    def let_go(self) -> None:
        """As the kernel closes what a killed program had open."""
        self._driver.hang_up()

    def _tell(self, seen: Seen) -> None:
        self._on_seen(seen)


def is_white(paper: Paper) -> bool:
    return ImageOps.invert(paper.image.convert("L")).getbbox() is None
