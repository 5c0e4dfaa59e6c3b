"""One morning of a program that prints, with faults by chance; all of it follows from a seed."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from hardware.job import Failed, Outcome, Printed, PrintJob, Unknown
from hardware.page import JobKind
from hardware.paper_check import ROLL_CHANGE_SECONDS
from hardware.paper_check import Paper as PaperStage
from hardware.paper_watch import Clocks
from hardware.print_journal import PrintJournal, trace
from hardware.profile import EPSON_58MM, Confirmation, Presenter, Profile
from hardware.station import PrintStation
from hardware.virtual.abilities import CUSTOM_PRESENTER, EPSON, OLD_AND_NARROW, Abilities
from tests.hardware.faults.checker import Ticket, complaint, copies_of
from tests.hardware.faults.world import Machine, SteppedPrinter, World, is_white
from tests.hardware.pressing import CUT, PICTURE, page_of, press

LONGEST = 30.0
"""Simulated seconds in which jobs and faults fall, where no roll is changed unseen."""
UNSEEN = (ROLL_CHANGE_SECONDS, 2 * ROLL_CHANGE_SECONDS)
"""For how long nobody hears a printer whose roll is changed meanwhile."""

STATUS_ONLY = replace(EPSON, process_id=False, automatic_status=False, model="no process id")
MODELS: tuple[tuple[Abilities, Profile], ...] = (
    (EPSON, EPSON_58MM),
    (STATUS_ONLY, replace(EPSON_58MM, confirmation=Confirmation.STATUS)),
    (
        replace(OLD_AND_NARROW, cutter=True),
        replace(EPSON_58MM, confirmation=Confirmation.STATUS, native_qr=False),
    ),
    (EPSON, replace(EPSON_58MM, confirmation=Confirmation.NONE)),
    (CUSTOM_PRESENTER, replace(EPSON_58MM, presenter=Presenter.CUSTOM)),
)


class Killed(BaseException):
    """The program's end, in the middle of whatever it was doing."""

    def __init__(self, seconds_away: float = 0.0) -> None:
        super().__init__()
        self.seconds_away = seconds_away


class MortalJournal(PrintJournal):
    """A journal whose program may be killed just before or just after something is on disk."""

    writes_to_live: int | None = None

    def __init__(self, path: Path, now: Callable[[], dt.datetime]) -> None:
        super().__init__(path, now)
        self._db.execute("PRAGMA synchronous = OFF")  # programs are killed here, the machine is not

    def _write(self, statement: str, values: tuple[object, ...]) -> int:
        if self.writes_to_live == 0:
            raise Killed
        written = super()._write(statement, values)
        if self.writes_to_live is not None:
            self.writes_to_live -= 1
            if self.writes_to_live == 0:
                raise Killed
        return written


STRIP = page_of(b"TES KERTAS\n" + CUT, JobKind.PAPER_CHECK)


class Morning:
    """A station with one or two printers, the owner of its jobs, and whoever looks after the printers."""

    def __init__(self, seed: int, journal: Path) -> None:
        self.chance = random.Random(seed)
        self.world = World()
        self.log: list[str] = []
        self.tickets: list[Ticket] = []
        self._journal_path = journal
        self._checks_paper = self.chance.random() < 0.5
        self._longest = LONGEST
        models = [self.chance.choice(MODELS) for _ in range(self.chance.choice((1, 1, 2)))]
        self.machines = [
            Machine(f"printer-{index}", abilities) for index, (abilities, _) in enumerate(models)
        ]
        self.profiles = [profile for _, profile in models]
        self.world.machines = self.machines
        self._first_number = 1000 * (seed % 9000)
        self._plan()
        self._begin()

    def run(self) -> list[str]:
        """Live through it; the complaints that there are."""
        self._until(self._longest)
        for machine in self.machines:
            machine.put_right()
        self._until(self._longest + 20.0)
        self._journal.close()
        pieces = [piece for machine in self.machines for piece in machine.pieces]
        complaints = []
        for ticket in self.tickets:
            ticket.is_written_down = bool(trace(self._journal_path, self._ticket_id(ticket)))
            if wrong := complaint(ticket, copies_of(ticket, pieces)):
                complaints.append(f"{wrong}: {ticket} {copies_of(ticket, pieces)}")
        return complaints

    # The program

    def _begin(self) -> None:
        """Start the program on the journal that there is."""
        self._journal = MortalJournal(self._journal_path, self._wall_clock)
        self._printers = [
            SteppedPrinter(self.world, machine, profile, press, buffered=self.chance.random() < 0.5)
            for machine, profile in zip(self.machines, self.profiles, strict=True)
        ]
        strip = STRIP if self._checks_paper else None
        clocks = Clocks(self.world.now, self.world.now)
        self.station = PrintStation(self._printers, self._journal, lambda: None, strip, clocks)
        self.station.start()
        for doubt in self.station.in_doubt():
            ticket = next(each for each in self.tickets if self._ticket_id(each) == doubt.ticket_id)
            if self.chance.random() < 0.6:
                self._note(f"prints {ticket.number} again, begun: {doubt.began}")
                self.station.print_again(doubt, self._told(ticket))
            else:
                self._note(f"shows {ticket.number}")
                ticket.is_shown = True
                self.station.settle(doubt)

    def _until(self, end: float) -> None:
        while self.world.now() < end:
            try:
                for printer in self._printers:
                    printer.turn()
                self._somebody_reads_strips()
                waits = min(printer.waits_until for printer in self._printers)
                until = min(end, waits, self.world.next_due or end)
                self.world.let_pass(max(0.0, until - self.world.now()) or 0.001)
            except Killed as killed:
                self._note("killed")
                for printer in self._printers:
                    printer.let_go()
                self._journal.close()
                self.world.let_pass(killed.seconds_away)
                self._begin()

    def _issue(self) -> None:
        """The owner has a number printed, whatever the printers look like."""
        number = self._first_number + len(self.tickets)
        ticket = Ticket(number, b"NOMOR %08d\nLOKET\n" % number)
        self.tickets.append(ticket)
        page = page_of(ticket.body + PICTURE + CUT)
        self._note(f"issues {number}; {self.station.states}")
        self.station.submit(
            PrintJob(f"job-{number}", page, f"command-{number}", self._ticket_id(ticket)), self._told(ticket)
        )

    def _told(self, ticket: Ticket) -> Callable[[PrintJob, Outcome], None]:
        def told(_: PrintJob, outcome: Outcome) -> None:
            self._note(f"{ticket.number}: {outcome}")
            ticket.outcomes.append(outcome)
            match outcome:
                case Printed():
                    pass
                case Failed() | Unknown():
                    ticket.is_shown = True

        return told

    # Whoever looks after the printers

    def _somebody_reads_strips(self) -> None:
        for index, stage in enumerate(self.station.papers):
            if stage is not PaperStage.ASKED or not self.machines[index].pieces:
                continue
            if is_white(self.machines[index].pieces[-1]):
                self.station.unreadable(index)
                self._turn_the_roll(self.machines[index])
            else:
                self.station.readable(index)
            self._note(f"paper {index}: {self.station.papers[index]}")

    def _turn_the_roll(self, machine: Machine) -> None:
        machine.engine.open_cover()
        self.world.let_pass(2.0)
        machine.engine.load_paper()
        machine.engine.close_cover()

    # Faults

    def _plan(self) -> None:
        issues = [self.chance.uniform(1.0, LONGEST * 0.9) for _ in range(self.chance.randint(3, 6))]
        for when in issues:
            self.world.at(when, self._issue)
        for _ in range(self.chance.randint(1, 5)):
            self._plan_fault(self._about(issues), self.chance.choice(self.machines))
        if self.chance.random() < 0.4:
            self.world.at(self._about(issues), self._kill)
        if self.chance.random() < 0.3:
            self.world.at(self._about(issues), self._kill_at_a_write)
        if self.chance.random() < 0.2:
            self._plan_unseen_change()

    def _plan_unseen_change(self) -> None:
        """When all else is well again, a roll is changed while its printer is off, its cable is out, or the program
        does not run; then more numbers are given out.
        """
        machine, begins = self.chance.choice(self.machines), LONGEST + 20.0
        seconds = self.chance.uniform(*UNSEEN)
        name, befall, mend = self.chance.choice(
            (
                ("switched off", machine.switch_off, machine.engine.switch_on),
                ("cable pulled", machine.pull_cable, machine.plug_in),
                ("program away", lambda: self._kill(seconds), lambda: None),
            )
        )
        is_upside_down = self._checks_paper and self.chance.random() < 0.6
        self.world.at(begins - 0.1, machine.put_right)
        self.world.at(begins, lambda: self._note(f"{machine.name}: {name}, roll changed unseen"))
        self.world.at(begins, befall)
        self.world.at(begins + seconds / 2, lambda: machine.change_roll_unseen(is_upside_down))
        self.world.at(begins + seconds, mend)
        for _ in range(3):
            self.world.at(begins + seconds + self.chance.uniform(0.0, 8.0), self._issue)
        self._longest = begins + seconds + 10.0

    def _about(self, issues: list[float]) -> float:
        """Mostly while something is printed."""
        return max(0.0, self.chance.choice(issues) + self.chance.uniform(-0.5, 1.0))

    def _kill(self, seconds_away: float = 0.0) -> None:
        raise Killed(seconds_away)

    def _kill_at_a_write(self) -> None:
        self._journal.writes_to_live = self.chance.randint(0, 4)

    def _plan_fault(self, when: float, machine: Machine) -> None:
        """One misfortune, at best in the middle of a ticket, and its end a while later."""
        engine, chance = machine.engine, self.chance
        name, befall, mend = chance.choice(
            (
                ("the roll ends", lambda: self._end_roll(machine), lambda: self._new_roll(machine)),
                ("no paper", engine.take_out_paper, lambda: self._new_roll(machine)),
                ("cover open", engine.open_cover, engine.close_cover),
                ("held off line", engine.hold_offline, engine.let_online),
                ("cutter jammed", engine.jam_cutter, machine.put_right),
                ("too hot", engine.overheat, engine.cool_down),
                ("switched off", machine.switch_off, engine.switch_on),
                ("cable pulled", machine.pull_cable, machine.plug_in),
                ("cable pulled in mid-page", lambda: self._pull_in_page(machine), machine.plug_in),
                ("stalled", machine.stall, machine.unstall),
                ("connection closed", machine.drop, lambda: None),
                ("confirmation lost", lambda: machine.alter_answers(_lose_confirmation), machine.clear_line),
                ("garbage", lambda: machine.alter_answers(self._garble), machine.clear_line),
                ("noise", lambda: machine.alter_answers(self._with_noise), machine.clear_line),
            )
        )
        self.world.at(when, lambda: self._note(f"{machine.name}: {name}"))
        self.world.at(when, befall)
        self.world.at(when + chance.uniform(2.0, 15.0), mend)

    def _end_roll(self, machine: Machine) -> None:
        machine.engine.let_paper_run_out_after(self.chance.randint(1, 200))

    def _pull_in_page(self, machine: Machine) -> None:
        machine.pull_cable_after(self.chance.randint(1, 80))

    def _new_roll(self, machine: Machine) -> None:
        """Fetched where there is none; now and then put in upside down.

        Not where nobody can know: in less time than a roll's change takes, one cannot be changed unseen.
        """
        engine = machine.engine
        if not engine.mechanism.paper_out:
            engine.let_paper_run_out_after(10**9)
            return
        self.world.at(self.world.now() + 2.0, lambda: self._load(machine))

    def _load(self, machine: Machine) -> None:
        is_noticed = self.station.papers[self.machines.index(machine)] is not PaperStage.TRUSTED
        if not machine.engine.mechanism.paper_out:
            return
        if is_noticed and self.chance.random() < 0.6:
            machine.engine.load_paper_upside_down()
        else:
            machine.engine.load_paper()

    def _garble(self, answers: bytes) -> bytes:
        return self.chance.randbytes(len(answers))

    def _with_noise(self, answers: bytes) -> bytes:
        return self.chance.randbytes(1) + answers if answers and self.chance.random() < 0.2 else answers

    def _ticket_id(self, ticket: Ticket) -> str:
        return f"ticket-{ticket.number}"

    def _wall_clock(self) -> dt.datetime:
        return dt.datetime(2026, 7, 14, tzinfo=dt.UTC) + dt.timedelta(seconds=self.world.now())

    def _note(self, what: str) -> None:
        self.log.append(f"{self.world.now():6.2f} {what}")


def _lose_confirmation(answers: bytes) -> bytes:
    at = answers.find(b"\x37\x22")
    return answers if at < 0 else answers[:at] + answers[at + 7 :]
