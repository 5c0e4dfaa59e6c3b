"""`antrean init`: a new outlet's folder, with its database, the keys, and a settings file for each program.

The broker's machine keeps the folder; each device gets its own settings file and key file.
"""

import json
import secrets
import shutil
from pathlib import Path
from typing import assert_never

from msgspec import Struct

import catalogue
from antrean import keys
from antrean.headless import database_url
from antrean.problem import Problem
from antrean.seed import Seed, device_id
from antrean.settings import BROKER_SETTINGS, BrokerSettings, ConnectionSettings
from broker.client import DeviceKeys
from broker.domain.values import ClerkId, DeviceId, DeviceRole, Instant
from broker.server.keys import new_key_pair
from broker.server.provision import OPERATOR, NewClerk, NewDevice, make_outlet
from broker.store.errors import ToldError
from wording import Wording

PIN_DIGITS = 6
OWNER_ONLY = 0o700
DATABASE = BrokerSettings().database
RECOVERY_KEY = "keys/recovery.key"

FORECAST = DeviceId("forecast")
"""The one process that reports expected waits."""

METRICS = DeviceId("metrics")
"""The one process that tells Prometheus how the outlet is doing."""


class Devices(Struct, frozen=True):
    """How many of each an outlet has."""

    kiosks: int
    counters: int
    displays: int


class NewOutlet(Struct, frozen=True):
    """What was made. The PINs are nowhere else: they are told once."""

    folder: Path
    seed: Seed
    pins: dict[ClerkId, str]
    settings: dict[DeviceId, Path]


def find_outlet(wanted: str, wording: Wording) -> catalogue.Outlet:
    """The catalogue's outlet of that code, or of that name when only one has it. Raises Problem otherwise."""
    outlets = catalogue.load_outlets()
    found = [each for each in outlets if each.code == wanted]
    found = found or [
        each for each in outlets if wanted.casefold() in (each.name.casefold(), each.display_name.casefold())
    ]
    if len(found) == 1:
        return found[0]
    if found:
        several = ", ".join(f"{each.code} {each.display_name}" for each in found)
        todo = wording.t("Name one by its code: {outlets}", outlets=several)
        raise Problem(wording.t("Several outlets have this name"), wanted, todo)
    raise Problem(
        wording.t("No outlet of the catalogue has this code or name"),
        wanted,
        wording.t("Use a code such as 31.74.01.1001 from catalogue/data/outlets.csv."),
    )


def make(
    folder: Path,
    seed: Seed,
    devices: Devices,
    host: str,
    port: int,
    at: Instant,
    database: str = DATABASE,
) -> NewOutlet:
    """Make the folder, which must not be there yet. Raises StoreError, RulesRefusedError, FileExistsError.

    `database` is what the broker's settings shall say: a file, or the URL of an empty database.
    """
    folder.mkdir(parents=True, mode=OWNER_ONLY)
    (folder / "keys").mkdir()
    wanted = _devices(devices)
    pins = {ClerkId(each.id): _new_pin() for each in seed.clerks}
    clerks = [NewClerk(ClerkId(each.id), each.name, pins[ClerkId(each.id)]) for each in seed.clerks]
    try:
        enrolment = make_outlet(database_url(database, folder), seed.rules, seed.services, wanted, clerks, at)
    except ToldError:
        shutil.rmtree(folder)  # corrected, the same command shall work
        raise
    broker = enrolment.broker
    keys.write(folder / "keys/broker.key", DeviceKeys(broker.public, broker.secret, broker.public))
    for device, pair in enrolment.devices.items():
        keys.write(folder / f"keys/{device}.key", DeviceKeys(pair.public, pair.secret, broker.public))
    addresses = f"tcp://{host}:{port}", f"tcp://{host}:{port + 1}"
    connection, listening = (_both(table, *addresses) for table in ("connection", "broker"))
    kept = "" if database == DATABASE else f"database = {json.dumps(database)}\n"
    recovery = new_key_pair()
    keys.write(folder / RECOVERY_KEY, DeviceKeys(recovery.public, recovery.secret, broker.public))
    backups = f"[backup]\nrecovery = '{recovery.public}'\n"  # Z85 has no apostrophe
    _write(
        folder / BROKER_SETTINGS, f'{connection}key = "keys/{OPERATOR}.key"\n\n{listening}{kept}\n{backups}'
    )
    settings = {}
    for new in wanted:
        settings[new.id] = folder / f"{new.id}.toml"
        _write(settings[new.id], settings_for(new, ConnectionSettings(*addresses)))
    return NewOutlet(folder, seed, pins, settings)


def described(made: NewOutlet, wording: Wording) -> list[str]:
    """What an operator must know after `init`: the next commands, and the PINs, told once."""
    lines = [
        wording.t("{outlet} is ready in {folder}", outlet=made.seed.rules.name, folder=made.folder),
        "",
        wording.t("Start it:"),
        f"  antrean broker --settings {made.folder / BROKER_SETTINGS}",
    ]
    for device, path in made.settings.items():
        lines.append(f"  antrean {device.rsplit('-', 1)[0]} --settings {path}")
    names = {each.id: each.name for each in made.seed.clerks}
    lines += ["", wording.t("The clerks' PINs, shown only now:")]
    lines += [f"  {names[clerk]}: {pin}" for clerk, pin in made.pins.items()]
    lines += [
        "",
        wording.t("Move this key to a safe place away from this machine; it alone opens the backups' keys:"),
        f"  {made.folder / RECOVERY_KEY}",
    ]
    lines += ["", wording.t("Rules, clerks and services are samples: a supervisor replaces them.")]
    return lines


def settings_for(device: NewDevice, connection: ConnectionSettings) -> str:
    """A device's settings file."""
    reached = _both("connection", connection.requests, connection.updates)
    return f'{reached}key = "keys/{device.id}.key"\n\n{_own_table(device)}'


def _both(table: str, requests: str, updates: str) -> str:
    return f'[{table}]\nrequests = "{requests}"\nupdates = "{updates}"\n'


def _devices(devices: Devices) -> list[NewDevice]:
    counts = (
        (DeviceRole.KIOSK, devices.kiosks),
        (DeviceRole.COUNTER, devices.counters),
        (DeviceRole.DISPLAY, devices.displays),
    )
    numbered = [
        NewDevice(device_id(role, number), role, f"{role.value} {number}")
        for role, count in counts
        for number in range(1, count + 1)
    ]
    return [
        *numbered,
        NewDevice(FORECAST, DeviceRole.FORECAST, "Expected waits"),
        NewDevice(METRICS, DeviceRole.MONITOR, "Metrics"),
    ]


def _own_table(device: NewDevice) -> str:
    """The table of the device's program; by it the file tells whose it is."""
    match device.role:
        case DeviceRole.KIOSK:
            return (
                f'[kiosk]\nprint_journal = "{device.id}-print.db"\n\n'
                '[kiosk.printer]\naddress = "tcp://127.0.0.1:9100"\nprofile = "default"\n'
            )
        case DeviceRole.COUNTER:
            return f"[counter]\nnumber = {_number_of(device.id)}\n"
        case DeviceRole.DISPLAY | DeviceRole.FORECAST:
            return f"[{device.role.value}]\n"
        case DeviceRole.MONITOR:
            return "[metrics]\n"
        case DeviceRole.OPERATOR | DeviceRole.BROKER:
            return ""
        case _:
            assert_never(device.role)


def _number_of(device: DeviceId) -> int:
    """The number that the device's id ends with; 1 where it has none."""
    last = device.rpartition("-")[2]
    return int(last) if last.isdigit() and int(last) > 0 else 1


def _new_pin() -> str:
    return f"{secrets.randbelow(10**PIN_DIGITS):0{PIN_DIGITS}d}"


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(text)
