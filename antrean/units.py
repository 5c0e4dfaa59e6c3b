"""`antrean units`: systemd units for the programs whose settings are in a folder, with this installation's paths.

Each says itself when it serves and that its loop is alive (systemd.py), and is started again whatever ends it. A
kiosk and a display have a screen of their own under the compositor cage; a counter is a window in the clerk's
session, so its unit is for systemd's user part.
"""

import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import assert_never

from msgspec import Struct

from antrean.problem import Problem
from antrean.programs import Program, program_of
from antrean.settings import Settings, load
from wording import Wording

UNITS = "units"
FOR_SESSIONS = "user"
"""The folder in that folder for units of the user part."""

WATCHDOG_SECONDS = 20
COMPOSITOR = "/usr/bin/cage"
SCREEN = "tty1"

Sections = Mapping[str, Sequence[str]]

ALIVE = ("Type=notify", f"WatchdogSec={WATCHDOG_SECONDS}", "Restart=always", "RestartSec=2")
PRIVATE = ("UMask=0077", "NoNewPrivileges=yes")
CONFINED = (
    "PrivateTmp=yes",
    "PrivateDevices=yes",
    "ProtectSystem=strict",
    "ProtectHome=read-only",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "RestrictAddressFamilies=AF_INET AF_INET6 AF_NETLINK AF_UNIX",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "RestrictSUIDSGID=yes",
    "LockPersonality=yes",
    "SystemCallArchitectures=native",
    "CapabilityBoundingSet=",
)
ON_SCREEN = (
    "NotifyAccess=all",  # the program is the compositor's child
    "PAMName=login",
    f"TTYPath=/dev/{SCREEN}",
    "TTYReset=yes",
    "TTYVHangup=yes",
    "TTYVTDisallocate=yes",
    "StandardInput=tty-fail",
    "StandardOutput=journal",
    f"UtmpIdentifier={SCREEN}",
    "UtmpMode=user",
    "ProtectSystem=full",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
)


class Unit(Struct, frozen=True):
    """One file."""

    name: str
    sections: Sections
    for_sessions: bool = False

    def text(self) -> str:
        """What stands in it."""
        return "\n".join("\n".join([f"[{section}]", *lines, ""]) for section, lines in self.sections.items())


def units_for(folder: Path, user: str, w: Wording) -> list[Unit]:
    """The units for the settings files in a folder. Raises Problem."""
    units = []
    for path in sorted(folder.resolve().glob("*.toml")):
        own = load(path, w)
        program = program_of(path)
        if program is not None:
            units.append(_unit(path, program, own, user))
        if program is Program.BROKER:
            units += _backup(path.parent, own, user)
    return units


def write(folder: Path, user: str, w: Wording) -> Iterator[str]:
    """Write the units into a folder of the outlet's folder; what to do with them. Raises Problem."""
    units = units_for(folder, user, w)
    if not units:
        raise Problem(
            w.t("There are no settings of a program in this folder"),
            str(folder),
            w.t("Name the folder that `antrean init` made, or the one with this device's settings."),
        )
    target = folder.resolve() / UNITS
    (target / FOR_SESSIONS).mkdir(parents=True, exist_ok=True)
    for unit in units:
        (_place(target, unit) / unit.name).write_text(unit.text(), encoding="utf-8")
        yield str(_place(target, unit) / unit.name)
    yield w.t(
        "Copy those that this machine runs to /etc/systemd/system, those of counters to /etc/systemd/user;"
    )
    yield w.t("then run `systemctl daemon-reload` and `systemctl enable --now` with the name of each.")


def unit_name(path: Path, program: Program) -> str:
    """The name of the unit that runs a settings file's program."""
    return f"antrean-{program.value if program is Program.BROKER else path.stem}.service"


def _place(target: Path, unit: Unit) -> Path:
    return target / FOR_SESSIONS if unit.for_sessions else target


def _unit(path: Path, program: Program, own: Settings, user: str) -> Unit:
    name, command = unit_name(path, program), _command(program.value, "--settings", str(path))
    writes = _writes(path.parent, own)
    match program:
        case Program.BROKER:
            section = [*ALIVE, *PRIVATE, *CONFINED, writes, "LimitNOFILE=65536", f"ExecStart={command}"]
            return Unit(name, _system("Antrean's broker", [f"User={user}", *section]))
        case Program.FORECAST | Program.METRICS:
            section = [*ALIVE, *PRIVATE, *CONFINED, writes, f"ExecStart={command}"]
            return Unit(name, _system(f"Antrean's {program.value}", [f"User={user}", *section]))
        case Program.KIOSK | Program.DISPLAY:
            compositor = shutil.which("cage") or COMPOSITOR
            section = [*ALIVE, *PRIVATE, *ON_SCREEN, f"ExecStart={_quoted(compositor)} -- {command}"]
            return Unit(name, _screen(f"Antrean's {path.stem}", [f"User={user}", *section]))
        case Program.COUNTER:
            section = [*ALIVE, *PRIVATE, f"ExecStart={command}"]
            return Unit(name, _session(f"Antrean's {path.stem}", section), for_sessions=True)
        case _:
            assert_never(program)


def _backup(folder: Path, own: Settings, user: str) -> list[Unit]:
    command, writes = _command("backup", str(folder)), _writes(folder, own)
    section = ["Type=oneshot", f"User={user}", *PRIVATE, *CONFINED, writes, f"ExecStart={command}"]
    times = ["OnCalendar=*-*-* 12,18:15:00", "Persistent=yes"]
    return [
        Unit("antrean-backup.service", {"Unit": ["Description=Antrean's backup"], "Service": section}),
        Unit(
            "antrean-backup.timer",
            {
                "Unit": ["Description=Antrean's backup, at noon and in the evening"],
                "Timer": times,
                "Install": ["WantedBy=timers.target"],
            },
        ),
    ]


def _writes(base: Path, own: Settings) -> str:
    """Where a confined program may write: its folder, and what its settings name elsewhere."""
    files = [own.log.file, "" if "://" in own.broker.database else own.broker.database]
    folders = {base, base / own.backup.folder, *((base / file).parent for file in files if file)}
    outside = sorted({str(each) for each in folders if base not in each.resolve().parents} - {str(base)})
    return " ".join([f"ReadWritePaths={_quoted(str(base))}", *(_quoted(f"-{each}") for each in outside)])


def _system(description: str, service: Sequence[str]) -> Sections:
    return {
        "Unit": [
            f"Description={description}",
            "Wants=network-online.target",
            "After=network-online.target",
            "StartLimitIntervalSec=0",
        ],
        "Service": service,
        "Install": ["WantedBy=multi-user.target"],
    }


def _screen(description: str, service: Sequence[str]) -> Sections:
    return {
        "Unit": [
            f"Description={description}",
            "Wants=network-online.target dbus.socket systemd-logind.service",
            f"After=network-online.target dbus.socket systemd-logind.service systemd-user-sessions.service"
            f" getty@{SCREEN}.service",
            f"Conflicts=getty@{SCREEN}.service",
            "StartLimitIntervalSec=0",
        ],
        "Service": service,
        "Install": ["WantedBy=graphical.target"],
    }


def _session(description: str, service: Sequence[str]) -> Sections:
    return {
        "Unit": [
            f"Description={description}",
            "PartOf=graphical-session.target",
            "After=graphical-session.target",
            "StartLimitIntervalSec=0",
        ],
        "Service": service,
        "Install": ["WantedBy=graphical-session.target"],
    }


def _command(*arguments: str) -> str:
    return " ".join(map(_quoted, (sys.executable, "-m", "antrean", *arguments)))


def _quoted(word: str) -> str:
    """As systemd reads a word: specifiers and variables are none, spaces do not part it."""
    plain = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{plain}"' if any(each in word for each in ' "\\;') else plain
