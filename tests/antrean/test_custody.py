"""An outlet kept by its operator: devices, keys, backups, and a history that was set back. Real processes."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from antrean.outlet_folder import Devices
from antrean.problem import EXIT_CODE
from broker.client import DeviceKeys
from broker.domain.commands import IssueTicket
from broker.domain.known import Known
from broker.domain.values import BusinessDay, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.support import sample
from tests.support.broker import Device
from tests.support.running import RunningOutlet, running_outlet

pytestmark = pytest.mark.slow

SECONDS = 60
HOUR_MS = 3_600_000
TUESDAY = BusinessDay("2026-07-14")


@pytest.fixture
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(2, 1, 1)) as running:
        yield running


def antrean(*arguments: object) -> str:
    done = attempt(*arguments)
    assert done.returncode == 0, done
    return done.stdout


def attempt(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "antrean", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )


def device(outlet: RunningOutlet, keys: DeviceKeys) -> Device:
    bound = Addresses(outlet.endpoints.requests, outlet.endpoints.updates)
    return Device(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret))


def issued(kiosk: Device, letter: str) -> int:
    outcome = kiosk.accepted(IssueTicket(letter)).outcome
    assert isinstance(outcome, m.TicketOutcome)
    return outcome.number


def shown(kiosk: Device, shown: m.Shown | None, known: Known | None = None) -> m.Answer:
    return kiosk.ask(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test", shown, known))


def newest_word(kiosk: Device) -> m.Shown:
    """The last heartbeat that the kiosk hears within a moment."""
    while True:
        heard = kiosk.heard()
        if isinstance(heard, m.Heartbeat) and not kiosk.updates.poll(50):
            return m.Shown(heard.epoch, heard.seq, heard.mac)


def test_a_device_is_provisioned_listed_and_revoked(outlet: RunningOutlet) -> None:
    folder = outlet.made.folder
    told = antrean("provision", folder, "kiosk", "kiosk-9", "--name", "Side door")
    assert "kiosk-9.key" in told
    key_file = folder / "keys/kiosk-9.key"
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert f'key = "keys/{key_file.name}"' in (folder / "kiosk-9.toml").read_text()
    with device(outlet, outlet.keys("kiosk-9")) as kiosk:
        kiosk.hello()
        assert issued(kiosk, "A") == 1
        assert "a test" in antrean("devices", folder)
        antrean("revoke", folder, "kiosk-9")
        answer = kiosk.command(IssueTicket("A"))
        assert isinstance(answer, m.Error)
    again = attempt("provision", folder, "kiosk", "kiosk-1")
    assert again.returncode == 2
    assert "kiosk-1" in again.stderr
    assert attempt("revoke", folder, "kiosk-9").returncode == 2
    assert "revoked" in antrean("devices", folder)


def test_the_operators_own_key_is_renewed_with_the_others(outlet: RunningOutlet) -> None:
    """No program of its own runs: the command itself makes the key, and the next command uses it."""
    folder, before = outlet.made.folder, outlet.keys("operator")
    assert "operator" in antrean("renew-keys", folder)
    assert "kiosk-1" in antrean("devices", folder)
    after = outlet.keys("operator")
    assert after.public != before.public
    assert "next_public" not in (folder / "keys/operator.key").read_text()
    with device(outlet, before) as late:
        late.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "with the old key"))
        assert not late.requests.poll(500)


def test_no_number_on_paper_is_issued_again_after_a_backup_is_restored(outlet: RunningOutlet) -> None:
    """Seven numbers are in the backup; five more are given out, then the disk is lost."""
    folder = outlet.made.folder
    with device(outlet, outlet.keys("kiosk-1")) as kiosk, device(outlet, outlet.keys("kiosk-2")) as other:
        kiosk.hello()
        other.hello()
        assert [issued(kiosk, "B") for _ in range(7)] == [*range(1, 8)]
        assert "backed up" in antrean("backup", folder)
        assert [issued(kiosk, "B") for _ in range(3)] == [8, 9, 10]
        assert [issued(other, "C") for _ in range(2)] == [1, 2]
        word = newest_word(kiosk)
    outlet.process.kill()
    outlet.process.wait()
    for file in folder.glob("outlet.db*"):
        file.unlink()
    (copy,) = (folder / "backups").glob("*.antrean")
    lost = attempt("restore", folder, copy)
    assert lost.returncode == 2  # the keys went with the database
    assert "--recovery" in lost.stderr
    assert "restored" in antrean("restore", folder, copy, "--recovery", folder / "keys/recovery.key")
    with restarted(outlet), device(outlet, outlet.keys("kiosk-1")) as kiosk:
        refused = shown(kiosk, word, Known(TUESDAY, {"B": 10}))
        assert isinstance(refused, m.Error)
        assert refused.code is m.ErrorCode.HISTORY_UNCONFIRMED
        assert not kiosk.updates.poll(1500)  # no sign of life: screens are stale
        with device(outlet, outlet.keys("kiosk-2")) as liar:
            shown(liar, None, Known(TUESDAY, {"B": 1_000_000}, serials=2_000_000))
        wrong = attempt("confirm", folder, "--past", "C=805", "--yes")
        assert wrong.returncode == 2
        assert "805" in wrong.stderr  # a kiosk's own
        told = antrean("confirm", folder, "--past", "C=2", "--yes")
        assert "B 10, C 2" in told
        (not_believed,) = (line for line in told.splitlines() if line.startswith("  not believed: "))
        assert "B 1000000" in not_believed
        assert "2000000" in not_believed
        assert told.index("kiosk-2") < told.index(not_believed)
        welcome = shown(kiosk, word, Known(TUESDAY, {"B": 10}))
        assert isinstance(welcome, m.Welcome)
        assert welcome.epoch != word.epoch
        assert issued(kiosk, "B") == 11
        assert issued(kiosk, "C") == 3


def test_a_machine_that_was_set_back_finds_out_and_waits(outlet: RunningOutlet, tmp_path: Path) -> None:
    """As a copy of a virtual machine is: nobody has told the broker that its disk is an old one."""
    folder = outlet.made.folder
    with device(outlet, outlet.keys("kiosk-1")) as kiosk:
        kiosk.hello()
        assert issued(kiosk, "B") == 1
        for file in folder.glob("outlet.db*"):
            shutil.copy(file, tmp_path / file.name)  # a picture of the disk, as of a moment
        assert issued(kiosk, "B") == 2
        word = newest_word(kiosk)
    outlet.process.kill()
    outlet.process.wait()
    for file in folder.glob("outlet.db*"):
        file.unlink()
    for file in tmp_path.glob("outlet.db*"):
        if not file.name.endswith(".lock"):
            shutil.copy(file, folder / file.name)
    with restarted(outlet), device(outlet, outlet.keys("kiosk-1")) as kiosk:
        forged = m.Shown(word.epoch, Seq(word.seq + 100), word.mac)
        assert isinstance(
            shown(kiosk, forged), m.Welcome
        )  # a number that the broker has not marked says nothing
        refused = shown(kiosk, word, Known(TUESDAY, {"B": 2}))
        assert isinstance(refused, m.Error)
        answer = kiosk.command(IssueTicket("B"))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.HISTORY_UNCONFIRMED
    with restarted(outlet), device(outlet, outlet.keys("kiosk-2")) as kiosk:
        assert isinstance(shown(kiosk, None), m.Error)  # it waits also after a restart
        with device(outlet, outlet.keys("kiosk-1")) as witness:
            shown(witness, word, Known(TUESDAY, {"B": 2}))
            antrean("confirm", folder, "--yes")
        kiosk.hello()
        assert issued(kiosk, "B") == 3


def test_an_operator_is_told_of_a_clock_in_doubt_and_says_that_it_is_right(outlet: RunningOutlet) -> None:
    folder = outlet.made.folder
    outlet.process.terminate()
    outlet.process.wait(SECONDS)
    settings = folder / "antrean.toml"
    shows = int(sample.at(8))
    settings.write_text(settings.read_text().replace(f"shows = {shows}", f"shows = {shows - HOUR_MS}"))
    with restarted(outlet):
        told = "The server's clock shows 14 July 2026, 07:0"
        assert f"! {told}" in antrean("devices", folder)
        assert attempt("health", "--settings", settings).returncode == 1
        asked, done = antrean("believe-clock", folder, "--yes").splitlines()
        assert asked.startswith(told)
        assert done == "The queue follows the server's clock, or waits for it where it is behind."
        assert told not in antrean("devices", folder)
        again = attempt("believe-clock", folder, "--yes")
        assert again.returncode == EXIT_CODE
        assert "The server's clock is not in doubt." in again.stderr


@contextmanager
def restarted(outlet: RunningOutlet) -> Iterator[None]:
    """The outlet's broker once more, until the block ends."""
    settings = outlet.made.folder / "antrean.toml"
    process = subprocess.Popen(
        [sys.executable, "-m", "antrean", "broker", "--settings", str(settings)], stderr=subprocess.DEVNULL
    )
    try:
        deadline = time.monotonic() + SECONDS
        with device(outlet, outlet.keys("operator")) as operator:
            while time.monotonic() < deadline:
                operator.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "a test"))
                if operator.requests.poll(500):
                    break
            else:
                raise TimeoutError("the broker did not come back")
        yield
    finally:
        process.terminate()
        process.wait(SECONDS)
