"""What a program needs of its machine: the clock, texts, open files, its unit."""

import codecs
import locale
import resource
import shutil
import sqlite3
import subprocess
from pathlib import Path

from antrean.doctor.finding import Finding, fine, unknown, wrong
from wording import Wording

ANSWER_SECONDS = 5.0
BOOTED_BY_SYSTEMD = Path("/run/systemd/system")
FILES_BESIDES = 100
"""The database, logs, libraries, sockets of the broker's own."""


def clock(w: Wording) -> Finding:
    """Whether something keeps this machine's clock right, as timedatectl or chrony tell."""
    told = _said("timedatectl", "show", "--property=NTPSynchronized", "--value")
    if told not in ("yes", "no"):
        leap = _said("chronyc", "-n", "tracking").partition("Leap status")[2].splitlines()[:1]
        told = {": Normal": "yes", ": Not synchronised": "no"}.get(" ".join("".join(leap).split()), "")
    match told:
        case "yes":
            return fine(w.t("The clock is set from the network"))
        case "no":
            todo = w.t(
                "Switch it on: timedatectl set-ntp true; without internet name a time server of your own."
            )
            return wrong(w.t("The clock is not set from the network"), todo)
        case _:
            todo = w.t("Look whether a service such as systemd-timesyncd or chrony sets it.")
            return unknown(w.t("It can't be told whether the clock is set from the network"), todo)


def texts(w: Wording) -> Finding:
    """Whether texts are UTF-8 here."""
    encoding = locale.getpreferredencoding(False)
    if codecs.lookup(encoding).name == "utf-8":
        return fine(w.t("Texts are UTF-8"))
    todo = w.t("Set a locale that is, for instance LANG=id_ID.UTF-8 or LANG=C.UTF-8.")
    return wrong(w.t("Texts are {encoding} here, not UTF-8", encoding=encoding), todo)


def open_files(devices: int, w: Wording) -> Finding:
    """Whether a broker can keep so many devices connected."""
    needed = 2 * devices + FILES_BESIDES
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if most == resource.RLIM_INFINITY or most >= needed:
        return fine(w.t("{devices} devices can be connected", devices=w.number(devices)))
    return wrong(
        w.t(
            "Only {most} files can be open; {devices} devices need {needed}",
            most=most,
            devices=devices,
            needed=needed,
        ),
        w.t(
            "Run the broker by its unit, which allows more, or raise the limit: ulimit -Hn {needed}",
            needed=needed,
        ),
    )


def unit(name: str, w: Wording, systemctl: str = "systemctl") -> Finding:
    """Whether systemd starts the program when the machine starts."""
    todo = w.t(
        "Write it with `antrean units`, copy it to /etc/systemd/system, a counter's to /etc/systemd/user, and enable"
        " it: systemctl enable --now {name}",
        name=name,
    )
    if shutil.which(systemctl) is None or not BOOTED_BY_SYSTEMD.exists():
        return unknown(
            w.t("This machine was not started by systemd: who starts the program is not known"), todo
        )
    told = _said(systemctl, "is-enabled", name) or _said(systemctl, "--user", "is-enabled", name)
    if told == "enabled":
        return fine(w.t("{name} is enabled", name=name))
    return wrong(w.t("{name} is not enabled: {told}", name=name, told=told or "not-found"), todo)


def sqlite() -> Finding:
    """For whoever reports a fault; older ones may damage a database that two write, and of ours one writes alone."""
    return fine(f"SQLite {sqlite3.sqlite_version}")


def _said(*command: str) -> str:
    """What a command prints; empty where it is not there, fails or does not end."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=ANSWER_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()
