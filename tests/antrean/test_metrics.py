"""What Prometheus reads of an outlet: a real broker, a real process, a real scrape, Prometheus' own parser."""

import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from prometheus_client.parser import text_string_to_metric_families

from antrean.outlet_folder import Devices
from broker.domain.commands import ConfirmDelivery, IssueTicket, ReportDisplay, ReportPrinter
from broker.domain.values import Delivery, OutputState, PrinterNeed, PrinterState, Seq
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.support.broker import Device
from tests.support.running import RunningOutlet, free_pair, running_outlet

pytestmark = pytest.mark.slow

SECONDS = 30.0
LOOK_SECONDS = 0.1

Scrape = dict[tuple[str, frozenset[tuple[str, str]]], float]


def scraped(port: int) -> Scrape:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=SECONDS) as answer:
        text = answer.read().decode()
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def value(scrape: Scrape, name: str, **labels: str) -> float | None:
    return scrape.get((name, frozenset(labels.items())))


def until(port: int, told: Callable[[Scrape], bool]) -> Scrape:
    ends, looked, last = time.monotonic() + SECONDS, threading.Event(), Scrape()
    while time.monotonic() < ends:
        try:
            last = scraped(port)
        except urllib.error.URLError:  # it does not listen yet
            last = Scrape()
        if told(last):
            return last
        looked.wait(LOOK_SECONDS)
    raise AssertionError(f"not in time; last: {last}")


@contextmanager
def metrics(outlet: RunningOutlet) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    settings, port = outlet.made.folder / "metrics.toml", free_pair()
    text = settings.read_text(encoding="utf-8").replace("[metrics]", f"[metrics]\nport = {port}")
    settings.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "antrean", "metrics", "--settings", str(settings)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL, env=os.environ)
    try:
        yield port, process
    finally:
        process.kill()
        process.wait()


def test_a_scrape_tells_how_the_outlet_is_doing() -> None:
    with running_outlet(Devices(1, 1, 1)) as outlet, metrics(outlet) as (port, process):
        keys = outlet.keys("kiosk-1")
        bound = Addresses(outlet.endpoints.requests, outlet.endpoints.updates)
        with Device(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret)) as kiosk:
            kiosk.hello()
            for _ in range(3):
                outcome = kiosk.accepted(IssueTicket("A")).outcome
                assert isinstance(outcome, m.TicketOutcome)
            newest = kiosk.accepted(ConfirmDelivery(outcome.ticket, Delivery.PAPER)).seq
            assert isinstance(kiosk.command(IssueTicket("Z")), m.Refused)
            kiosk.accepted(ReportPrinter(PrinterState.PAPER_OUT, PrinterNeed.READ_STRIP))
            kiosk.send(m.Alive(new_request_id(), outcome.at, Seq(newest - 2)))
            seen = until(
                port,
                lambda scrape: (
                    value(scrape, "antrean_printer_state", device="kiosk-1", state="paper-out") == 1
                    and value(scrape, "antrean_replica_lag_events", device="kiosk-1") == 3
                ),
            )
            lobby = outlet.keys("display-1")
            with Device(bound, KeyPair(lobby.broker, ""), KeyPair(lobby.public, lobby.secret)) as display:
                display.hello()
                display.accepted(ReportDisplay(OutputState.WORKING, OutputState.MISSING))
            mute = {"device": "display-1", "output": "sound", "state": "missing"}
            seen = until(port, lambda scrape: value(scrape, "antrean_display_fault", **mute) == 1)
        assert value(seen, "antrean_up") == 1
        assert value(seen, "antrean_commands_total", command="issue-ticket") == 3
        assert value(seen, "antrean_refusals_total", code="unknown-queue") == 1
        assert value(seen, "antrean_queue_waiting", queue="A") == 1
        assert value(seen, "antrean_queue_waiting", queue="B") == 0
        assert value(seen, "antrean_tickets_today") == 3
        assert value(seen, "antrean_device_connected", device="kiosk-1", role="kiosk") == 1
        assert value(seen, "antrean_device_connected", device="counter-1", role="counter") == 0
        assert value(seen, "antrean_printer_state", device="kiosk-1", state="ready") == 0
        assert value(seen, "antrean_printer_need", device="kiosk-1", need="read-strip") == 1
        commits = value(seen, "antrean_commit_seconds_count")
        assert commits == value(seen, "antrean_commit_seconds_bucket", le="+Inf")
        assert commits
        assert (value(seen, "antrean_disk_bytes", part="free") or 0) > 0
        assert not any(name == "antrean_backup_age_seconds" for name, _ in seen)
        (outlet.made.folder / "backups").mkdir()
        assert value(scraped(port), "antrean_backup_age_seconds") == float("inf")
        for tail in (".antrean", ".keys"):
            (outlet.made.folder / f"backups/outlet-20260714-051500{tail}").touch()
        assert 0 < (value(scraped(port), "antrean_backup_age_seconds") or 0) < float("inf")
        outlet.process.kill()
        gone = until(port, lambda scrape: value(scrape, "antrean_up") == 0)
        assert {name for name, _ in gone} == {"antrean_up", "antrean_backup_age_seconds"}
        process.send_signal(signal.SIGTERM)
        assert process.wait(SECONDS) == 0
