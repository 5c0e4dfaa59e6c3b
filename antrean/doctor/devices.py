"""Whether a program may use a device of this machine: who it runs as, the file of the device, and its group."""

import grp
import os
import pwd
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from antrean.doctor.finding import Finding, wrong
from wording import Wording

ROOT = "root"
PRINTERS_GROUP, LINES_GROUP = "lp", "dialout"


@dataclass(frozen=True, slots=True)
class User:
    """As whom the program runs. A group that was `joined` is among its `groups` once it is started anew."""

    name: str
    groups: frozenset[str]
    joined: frozenset[str]
    may_use: Callable[[Path], bool]


def this_user() -> User:
    """The one who asks; by number where the system has no name."""
    number = os.geteuid()
    try:
        name = pwd.getpwuid(number).pw_name
    except KeyError:
        name = str(number)
    every = grp.getgrall()
    own = {os.getegid(), *os.getgroups()}
    return User(
        name,
        frozenset(group.gr_name for group in every if group.gr_gid in own),
        frozenset(group.gr_name for group in every if name in group.gr_mem),
        lambda path: os.access(path, os.R_OK | os.W_OK),
    )


@dataclass(frozen=True, slots=True)
class Machine:
    """What is looked at: a user, the files from the root on, and USB by pyusb's backend (None: the system's own)."""

    user: User = field(default_factory=this_user)
    root: Path = Path("/")
    usb: object = None

    def file(self, path: str) -> Path:
        """Where a file of the system is."""
        return self.root / path.lstrip("/")


def denied(path: Path, group: str, user: User, w: Wording) -> Finding | None:
    """What keeps a user from a device, whose file belongs to this group where all is set up; None: nothing."""
    if not path.exists():
        todo = w.t("Look at power and cable, and at the address: `antrean printer find` shows what is there.")
        return wrong(w.t("There is no device {file}", file=path), todo)
    if user.may_use(path):
        return None
    owner = path.group()
    what = w.t("{user} may not use {file} of the group {group}", user=user.name, file=path, group=owner)
    if owner == ROOT or owner in user.groups:
        return wrong(what, given_by_rule(group, w))
    if owner in user.joined:
        return wrong(what, w.t("Sign in anew, or restart the program: it has the groups of its start."))
    return wrong(
        what, w.t("Join the group: adduser {user} {group}; then sign in anew.", user=user.name, group=owner)
    )


def given_by_rule(group: str, w: Wording) -> str:
    """What lets a group use a kind of device."""
    return w.t(
        "Let a rule of udev give it to the group {group}: for printers, copy packaging/70-antrean-printers.rules into"
        " /etc/udev/rules.d and plug the printer in again.",
        group=group,
    )
