"""One ticket's whole path through real processes: touch, paper, journal, call, lobby, completion, collection."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from antrean.demo.morning import IUMK
from antrean.demo.watch import Watcher
from broker.domain import events as e
from broker.domain.codec import kind_of
from broker.domain.values import CounterNumber
from broker.protocol.messages import TokenKind
from broker.protocol.token import read_token
from broker.store.database import Database
from broker.store.journal import Journal
from tests.stories.stage import Outlet, open_outlet

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240)]


def scanned(picture: Path) -> str:
    """What a barcode reader that is not ours reads from the paper."""
    with Image.open(picture) as paper:
        (code,) = zxingcpp.read_barcodes(paper.convert("L"))
    assert code.format == zxingcpp.BarcodeFormat.QRCode
    return code.text


def happened(watcher: Watcher, kind: type[e.Event]) -> None:
    watcher.until(kind.__name__, lambda: any(isinstance(each.event, kind) for each in watcher.records))


def test_a_ticket_from_the_first_touch_to_the_permit_in_the_citizens_hand(tmp_path: Path) -> None:
    with open_outlet(tmp_path) as (outlet, watcher):
        ticket_token = _takes_a_number(outlet, watcher)
        slip_token = _is_called_by_scan_and_files(outlet, watcher, ticket_token)
        _collects(outlet, watcher, slip_token)
        told = [kind_of(each.event) for each in watcher.history("A001")]
        traced = _trace(outlet)
        folder = outlet.stage.folder
    assert told == [
        "ticket-issued",
        "ticket-delivered",
        "ticket-called",
        "call-announced",
        "service-started",
        "application-accepted",
        "ticket-completed",
        "application-completed",
        "application-handed-over",
    ]
    printed = [line[29:61].strip() for line in traced if "Printed" in line]
    assert printed == ["Printed"] * 3, "the ticket, the slip, the slip's copy for the file"
    for record in watcher.records:
        if getattr(record.event, "ticket", None) == "20260714-A001":
            assert any(record.command in line for line in traced), "each line names its command"
    with Database.open(f"sqlite:///{folder / 'outlet.db'}") as database:
        assert [kind_of(each.event) for each in Journal(database).history("A", 1, None)[1]] == told


def _trace(outlet: Outlet) -> list[str]:
    settings = str(outlet.stage.folder / "antrean.toml")
    done = subprocess.run(
        [sys.executable, "-m", "antrean", "trace", "A001", "--settings", settings],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env=os.environ | {"LANG": "C.UTF-8"},
    )
    return done.stdout.splitlines()


def _takes_a_number(outlet: Outlet, watcher: Watcher) -> str:
    outlet.citizen.takes_service(IUMK)
    happened(watcher, e.TicketDelivered)
    (paper,) = outlet.papers_of("kiosk-1")
    text = scanned(paper)
    token = read_token(text)
    assert token is not None
    assert token.kind is TokenKind.TICKET
    assert token.id in watcher.state.tickets, "the paper's ticket is the journal's"
    assert (watcher.state.tickets[token.id].letter, watcher.state.tickets[token.id].number) == ("A", 1)  # type: ignore[index]
    return text


def _is_called_by_scan_and_files(outlet: Outlet, watcher: Watcher, token: str) -> str:
    outlet.sri.signs_in("sri", outlet.stage.pin("sri"))
    outlet.sri.types(token + "\n")
    outlet.sri.see("start")
    watcher.until("it is called", lambda: CounterNumber(1) in watcher.state.seats)
    watcher.until("it is in hand", lambda: watcher.state.seats[CounterNumber(1)].ticket is not None)
    read = read_token(token)
    assert read is not None
    assert watcher.state.seats[CounterNumber(1)].ticket == read.id, "the scanned ticket is at the counter"
    outlet.lobby.see("panel-A001")
    happened(watcher, e.CallAnnounced)
    outlet.sri.starts()
    outlet.sri.presses("F8")
    outlet.sri.touch("all-received", "accept-confirm")
    happened(watcher, e.ApplicationAccepted)
    watcher.until("the slip is printed", lambda: bool(outlet.papers_of("counter-1")))
    outlet.sri.touch("close")
    outlet.sri.completes()
    return scanned(outlet.papers_of("counter-1")[0])


def _collects(outlet: Outlet, watcher: Watcher, token: str) -> None:
    read = read_token(token)
    assert read is not None
    assert read.kind is TokenKind.APPLICATION
    outlet.sri.touch("tab-one-day", f"file-{read.id}", "mark-complete")
    happened(watcher, e.ApplicationCompleted)
    outlet.lobby.see("ready-A001")
    outlet.sri.types(token + "\n")
    outlet.sri.touch("hand-over-confirm")
    happened(watcher, e.ApplicationHandedOver)
