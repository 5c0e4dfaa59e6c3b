"""The operator's commands against a broker that runs: a report, an import, a ticket's story. Real processes."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antrean.outlet_folder import Devices
from broker.domain.commands import ConfirmDelivery, IssueTicket
from broker.domain.values import Delivery
from broker.protocol import messages as m
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.support.broker import Device
from tests.support.running import RunningOutlet, running_outlet

pytestmark = pytest.mark.slow

SECONDS = 60


@pytest.fixture(scope="module")
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(1, 3, 1)) as running:
        keys = running.keys("kiosk-1")
        bound = Addresses(running.endpoints.requests, running.endpoints.updates)
        with Device(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret)) as kiosk:
            kiosk.hello()
            outcome = kiosk.accepted(IssueTicket("A")).outcome
            assert isinstance(outcome, m.TicketOutcome)
            kiosk.accepted(ConfirmDelivery(outcome.ticket, Delivery.PAPER))
        yield running


def antrean(*arguments: object) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "antrean", *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=os.environ | {"LC_ALL": "C.UTF-8"},
    )


def test_the_open_day_is_reported_and_written(outlet: RunningOutlet, tmp_path: Path) -> None:
    told = antrean("report", outlet.made.folder)
    assert told.stdout.startswith("PTSP Kelurahan Tebet Timur, Tuesday, 14 July 2026"), told
    assert "Sri Wahyuni" in told.stdout
    assert antrean("report", outlet.made.folder, "--csv", tmp_path / "day.csv").returncode == 0
    assert "2026-07-14,waits,,A,walk-in,0,,,issued,1" in (tmp_path / "day.csv").read_text().splitlines()
    before = antrean("report", outlet.made.folder, "--day", "2026-07-13")
    assert before.returncode == 2
    assert "no figures" in before.stderr


def test_a_file_of_appointments_is_booked_once(outlet: RunningOutlet, tmp_path: Path) -> None:
    file = tmp_path / "appointments.csv"
    file.write_text("\ufeffdate;time;service\n2026-07-15;09:30;ADM-017\n2026-07-15;10.00;ADM-001\n")
    told = antrean("import", outlet.made.folder, file)
    header, first, second = told.stdout.splitlines()
    assert header == "date,time,service,appointment,code"
    assert first.startswith("2026-07-15,09:30,ADM-017,20260715-J001,")
    assert second.startswith("2026-07-15,10:00,ADM-001,20260715-J002,")
    assert antrean("import", outlet.made.folder, file).stdout == told.stdout


def test_a_wrong_line_keeps_the_whole_file_out_until_it_is_right(
    outlet: RunningOutlet, tmp_path: Path
) -> None:
    file = tmp_path / "appointments.csv"
    file.write_text("date,time,service\n2026-07-16,09:30,ADM-017\n2026-07-16,09:31,NO-SUCH\n")
    told = antrean("import", outlet.made.folder, file)
    assert told.returncode == 2
    assert "line 3, column service: This service is not offered here." in told.stderr
    file.write_text("date,time,service\n2026-07-16,09:30,ADM-017\n")
    assert "20260716-J001" in antrean("import", outlet.made.folder, file).stdout


def test_a_file_that_can_not_be_read_is_told(outlet: RunningOutlet, tmp_path: Path) -> None:
    file = tmp_path / "appointments.csv"
    assert "can't be read" in antrean("import", outlet.made.folder, file).stderr
    file.write_bytes(b"date,time,service\n2026-07-16,09:30,\xff\n")
    assert "line 2" in antrean("import", outlet.made.folder, file).stderr


def test_a_tickets_story_is_told(outlet: RunningOutlet) -> None:
    told = antrean("trace", "A001", "--settings", outlet.made.folder / "antrean.toml")
    assert "Number issued" in told.stdout, told


def test_another_devices_settings_are_told_to_be_the_wrong_ones(outlet: RunningOutlet) -> None:
    told = antrean("trace", "A001", "--settings", outlet.made.folder / "display-1.toml")
    assert told.returncode == 2
    assert "not-permitted" in told.stderr
    assert "antrean.toml" in told.stderr
