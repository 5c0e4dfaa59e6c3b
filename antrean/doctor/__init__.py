"""`antrean doctor`: what is wrong with this machine's set-up for the program of a settings file, and what to do.

Each check is a small function that returns what it found; here is only which of them matter to which program.
"""

from collections.abc import Iterator
from pathlib import Path

from antrean import addresses, backup_age, keys
from antrean.broker_line import BrokerLine
from antrean.clocks import device_clock
from antrean.doctor import database, files, machine, network, printers, scanner, screen
from antrean.doctor.finding import Finding, Standing, fine, wrong
from antrean.problem import Problem
from antrean.programs import WINDOWED, Program, program_of
from antrean.settings import Settings, load
from antrean.units import unit_name
from broker.client import FixedKeys
from broker.domain.values import DeviceRole
from hardware.settings import PrinterSettings
from wording import Wording

__all__ = ["Finding", "Standing", "examine"]

ANSWER_SECONDS = 4.0

ROLES = {
    Program.KIOSK: DeviceRole.KIOSK,
    Program.COUNTER: DeviceRole.COUNTER,
    Program.DISPLAY: DeviceRole.DISPLAY,
    Program.FORECAST: DeviceRole.FORECAST,
    Program.METRICS: DeviceRole.MONITOR,
    Program.BROKER: DeviceRole.OPERATOR,
}
"""What the key beside a program's settings is."""


def examine(path: Path, w: Wording) -> Iterator[Finding]:
    """Everything that matters to the program whose settings are in a file."""
    try:
        own = load(path, w)
        program = program_of(path)
    except Problem as problem:
        yield wrong(f"{problem.what}: {problem.where}", problem.todo)
        return
    base = path.resolve().parent
    if program is None:
        todo = w.t("Add the table of its program, for instance [display].")
        yield wrong(w.t("These settings are no program's: {file}", file=path), todo)
        return
    yield fine(w.t("The settings are in order: {program}", program=program.value))
    yield from _everywhere(path.resolve(), base, program, own, w)
    if program is Program.BROKER:
        yield from _broker(base, own, w)
    else:
        yield from _device(base, program, own, w)
    if program in WINDOWED:
        yield from _windowed(base, program, own, w)


def _everywhere(path: Path, base: Path, program: Program, own: Settings, w: Wording) -> Iterator[Finding]:
    key = base / own.connection.key
    yield from files.key(key, w)
    owned = [path, key, *base.glob("*.db*"), *base.glob("keys/*")]
    yield files.one_owner(owned, base.stat().st_uid, w)
    yield files.writable(base, w)
    yield machine.clock(w)
    yield machine.texts(w)
    yield machine.unit(unit_name(path, program), w)


def _broker(base: Path, own: Settings, w: Wording) -> Iterator[Finding]:
    yield from files.key(base / own.broker.key, w)
    yield files.folder(base, w)
    if "://" in own.broker.database:
        yield from database.server(own.broker.database, w)
    else:
        place = (base / own.broker.database).parent
        if place != base:
            yield files.writable(place, w)
        yield files.local(place, w)
        yield files.room(place, w)
        yield machine.sqlite()
    yield files.backups(backup_age.newest(own.backup, base), w)
    yield machine.open_files(own.broker.limits.devices, w)
    try:
        with _line(base, own, w) as line:
            yield network.listens(own.broker.requests, line, w)
            yield network.listens(own.broker.updates, line, w)
    except Problem as problem:  # the key's own finding tells more
        yield wrong(f"{problem.what}: {problem.where}", problem.todo)


def _device(base: Path, program: Program, own: Settings, w: Wording) -> Iterator[Finding]:
    try:
        endpoints = addresses.endpoints(own.connection.requests, own.connection.updates, w)
        reached = list(network.reaches((endpoints.requests, endpoints.updates), w))
        yield from reached
        if any(each.standing is Standing.WRONG for each in reached):
            return
        with _line(base, own, w) as line:
            yield from network.welcomed(line, ROLES[program], device_clock(own.clock), w)
    except Problem as problem:
        yield wrong(f"{problem.what}: {problem.where}", problem.todo)


def _windowed(base: Path, program: Program, own: Settings, w: Wording) -> Iterator[Finding]:
    yield from screen.qt(w)
    yield screen.typeface(w)
    match program:
        case Program.KIOSK:
            yield from _printing(base, own.kiosk.printers, own.kiosk.layouts, w)
            yield files.writable((base / own.kiosk.print_journal).parent, w)
            yield from scanner.examined(own.kiosk.scanner, w)
        case Program.COUNTER:
            yield from scanner.examined(own.counter.scanner, w)
            if own.counter.printers:
                yield from _printing(base, own.counter.printers, own.counter.layouts, w)
                yield files.writable((base / own.counter.print_journal).parent, w)
        case Program.DISPLAY if own.display.speaks:
            yield screen.sound(w)
        case _:
            return


def _printing(base: Path, used: tuple[PrinterSettings, ...], layouts: str, w: Wording) -> Iterator[Finding]:
    yield from printers.examined(used, w)
    if layouts:
        yield printers.layouts(base / layouts, w)


def _line(base: Path, own: Settings, w: Wording) -> BrokerLine:
    """With the keys as they are: an examination changes none."""
    endpoints = addresses.endpoints(own.connection.requests, own.connection.updates, w)
    held = keys.DeviceKeyring(base / own.connection.key, w).candidates()
    return BrokerLine(endpoints, FixedKeys(*held), w, ANSWER_SECONDS * len(held))
