"""Every message and every command from every sender that may not send it: nothing changes, on disk or in memory.

Made from the two tables of permissions and from the messages' own types: a new kind is among them by itself.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import Struct

from broker.domain import commands as c
from broker.domain.commands import AnyCommand, Command
from broker.domain.decide.permissions import PERMISSIONS
from broker.domain.values import ClerkRole, DeviceId, DeviceRole
from broker.protocol import messages as m
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.queries import ASKERS, CLERKS_ASKING
from tests.broker.strangers.looks import disk_of, state_of
from tests.support.broker import (
    DISPLAY,
    FORECAST,
    KIOSK,
    MONITOR,
    NOW,
    OFFICE,
    OTHER_PC,
    PC,
    Device,
    RunningBroker,
    accepted_file,
)
from tools.docs.kinds import COMMANDS, REQUESTS
from tools.docs.samples import whole


class Sender(Struct, frozen=True):
    """A device, and who is signed in there."""

    device: DeviceId
    role: DeviceRole
    clerk: str | None = None
    clerks_role: ClerkRole | None = None

    def may_send(self, kind: type[Command]) -> bool:
        permission = PERMISSIONS[kind]
        clerk_is_right = permission.clerks is None or self.clerks_role in permission.clerks
        return self.role in permission.devices and clerk_is_right

    def may_ask(self, kind: type[m.Message]) -> bool:
        clerks = CLERKS_ASKING.get(kind) if self.role is DeviceRole.COUNTER else None
        return self.role in ASKERS.get(kind, frozenset(DeviceRole)) and (
            clerks is None or self.clerks_role in clerks
        )


SENDERS = {
    "kiosk": Sender(KIOSK, DeviceRole.KIOSK),
    "display": Sender(DISPLAY, DeviceRole.DISPLAY),
    "operator": Sender(OFFICE, DeviceRole.OPERATOR),
    "forecast": Sender(FORECAST, DeviceRole.FORECAST),
    "monitor": Sender(MONITOR, DeviceRole.MONITOR),
    "counter": Sender(OTHER_PC, DeviceRole.COUNTER),
    "clerk": Sender(PC, DeviceRole.COUNTER, "sri", ClerkRole.CLERK),
    "supervisor": Sender(OTHER_PC, DeviceRole.COUNTER, "ratna", ClerkRole.SUPERVISOR),
}

REAL = {"counter": 1, "ticket": "20260714-A001", "application": "31.74.01.1001-20260714-0001"}
"""What there is at the outlet: whoever may ask for it gets it, so that a refusal is for the sender's sake."""


def sample(kind: type[msgspec.Struct], **changes: object) -> Any:
    """A message or command of the kind, about what there is."""
    fields = whole(kind)
    known = {name: value for name, value in REAL.items() if isinstance(fields.get(name), type(value))}
    return msgspec.convert(fields | known | changes, kind)


@contextmanager
def at_work(broker: RunningBroker) -> Iterator[Device]:
    """Sri serves a ticket at counter 1 and has taken in a file; a kiosk looks on."""
    with broker.device(PC) as pc, broker.device(KIOSK) as onlooker:
        accepted_file(broker, pc)
        yield onlooker


@pytest.mark.parametrize("name", SENDERS)
def test_no_sender_does_what_it_may_not(broker: RunningBroker, tmp_path: Path, name: str) -> None:
    sender = SENDERS[name]
    with at_work(broker) as onlooker, broker.device(sender.device) as device:
        if sender.clerk is not None:
            assert isinstance(device.sign_in(sender.clerk), m.SignedIn)
        before = state_of(onlooker), disk_of(tmp_path)
        for kind in COMMANDS:
            if not sender.may_send(kind):
                answer = device.command(sample(kind))
                assert isinstance(answer, m.Refused), kind
                assert answer.refusal.code in ("not-permitted", "clerk-needed"), kind
        for kind in REQUESTS:
            if kind is not m.SendCommand and not sender.may_ask(kind):
                answer = device.ask(sample(kind, id=new_request_id()))
                assert isinstance(answer, m.Error), kind
                assert answer.code is m.ErrorCode.NOT_PERMITTED, kind
        assert (state_of(onlooker), disk_of(tmp_path)) == before


FEW = {"kiosk": (6, 6), "display": (2, 5), "operator": (6, 19), "forecast": (1, 5), "monitor": (0, 7)}
"""How many kinds of commands, and of other messages, a device may send at which nobody signs in."""


@pytest.mark.parametrize("name", FEW)
def test_a_device_without_a_clerk_may_send_little(name: str) -> None:
    """Counted by hand: who permits a role one thing more changes a figure here, knowingly."""
    sender = SENDERS[name]
    questions = [kind for kind in REQUESTS if kind is not m.SendCommand and sender.may_ask(kind)]
    assert (sum(map(sender.may_send, COMMANDS)), len(questions)) == FEW[name]


def test_a_display_may_send_the_two_commands_that_are_its_own() -> None:
    display, monitor = SENDERS["display"], SENDERS["monitor"]
    assert [kind for kind in COMMANDS if display.may_send(kind)] == [c.ReportAnnounced, c.ReportDisplay]
    assert [kind for kind in COMMANDS if monitor.may_send(kind)] == []


def test_nobody_who_connects_is_time_itself() -> None:
    assert not any(sender.may_send(c.Tick) for sender in SENDERS.values())


def test_no_device_is_enrolled_as_the_broker(broker: RunningBroker, tmp_path: Path) -> None:
    with broker.device(OFFICE) as office:
        before = disk_of(tmp_path)
        asked = sample(m.EnrolDevice, device="clock", role="broker", public_key="y" * 40)
        answer = office.ask(asked)
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.DEVICE_EXISTS
        assert disk_of(tmp_path) == before


def test_a_refused_command_is_refused_for_good_under_its_id(broker: RunningBroker) -> None:
    """Who was nobody when it was sent does not get it done by signing in afterwards."""
    with broker.device(PC) as pc:
        command: AnyCommand = sample(c.OpenCounter)
        under = new_command_id(NOW)
        refused = pc.command(command, under)
        assert isinstance(refused, m.Refused)
        pc.sign_in("sri")
        assert pc.command(command, under) == refused
        pc.accepted(command)
