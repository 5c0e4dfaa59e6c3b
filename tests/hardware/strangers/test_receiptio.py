"""receiptio, a status client and printer driver that is not ours, sees the virtual printer's states rightly.

It speaks to port 9100 of an address alone: the printer gets a loopback address of its own.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp

from hardware.virtual.engine import Engine
from hardware.virtual.paper import Paper
from hardware.virtual.server import PrinterServer

PACKAGE = "receiptio@2.1.2"
NODE_SECONDS = 60.0
ADDRESS = f"127.91.{os.getpid() % 250}.{os.getpid() // 250 % 250 + 1}"
TOKEN = "https://antrean.example/t/A019"
RECEIPT = f"^^^A019\n{{code:{TOKEN};option:qrcode,6,M}}\nSilakan duduk\n=\n"

Act = Callable[[Engine], None]


@pytest.fixture(scope="module")
def receiptio(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command's file; fetched once."""
    npm, node = shutil.which("npm"), shutil.which("node")
    assert None not in (npm, node), "make soak needs node and npm"
    folder = tmp_path_factory.mktemp("npm")
    subprocess.run([npm, "install", "--ignore-scripts", "--silent", PACKAGE], cwd=folder, check=True)
    return folder / "node_modules" / "receiptio" / "bin" / "cli.js"


class Desk:
    """A printer in some state, what came out of it, and what receiptio says."""

    def __init__(self, command: Path) -> None:
        self._command = command
        self.pieces: list[Paper] = []
        self.server = PrinterServer(self.pieces.append, host=ADDRESS, port=9100)

    def asked(self, *options: str) -> str:
        return self._run("-q", *options)

    def printed(self, receipt: str) -> str:
        return self._run("-p", "escpos", text=receipt)

    def _run(self, *options: str, text: str | None = None) -> str:
        done = subprocess.run(
            ["node", self._command, "-d", ADDRESS, *options],
            input=text,
            capture_output=True,
            text=True,
            timeout=NODE_SECONDS,
            check=False,
        )
        return done.stderr.strip()


@pytest.fixture
def at(receiptio: Path) -> Iterator[Callable[[Act], Desk]]:
    """A printer to which something has happened."""
    desk = Desk(receiptio)
    desk.server.start()

    def after(act: Act) -> Desk:
        with desk.server.printer() as printer:
            act(printer)
        return desk

    yield after
    desk.server.stop()


def nothing(_: Engine) -> None:
    """All is well."""


def jam(printer: Engine) -> None:
    """A cut has met a jam."""
    printer.jam_cutter()
    printer.receive(b"A\n\x1dV\x42\x00")
    printer.work()


@pytest.mark.parametrize("options", [("-p", "escpos"), ()], ids=["told what it is", "to be found out"])
@pytest.mark.parametrize(
    ("act", "says"),
    [
        pytest.param(nothing, "online", id="all well"),
        pytest.param(Engine.let_paper_near_its_end, "online", id="paper near its end"),
        pytest.param(Engine.load_paper_upside_down, "online", id="paper upside down"),
        pytest.param(Engine.open_cover, "coveropen", id="cover open"),
        pytest.param(Engine.take_out_paper, "paperempty", id="paper out"),
        pytest.param(jam, "error", id="cutter error"),
        pytest.param(Engine.overheat, "error", id="overheated"),
        pytest.param(Engine.break_down, "error", id="broken"),
        pytest.param(Engine.switch_off, "offline", id="switched off"),
    ],
)
def test_it_sees_each_state(at, act: Act, says: str, options: tuple[str, ...]) -> None:
    assert at(act).asked(*options) == says


def test_it_sees_a_printer_that_says_nothing(at) -> None:
    desk = at(nothing)
    desk.server.stall()
    assert desk.asked("-p", "escpos") == "offline"


def test_it_sees_an_unplugged_printer(at) -> None:
    desk = at(nothing)
    desk.server.unplug()
    assert desk.asked("-p", "escpos") == "disconnect"


def test_its_receipt_comes_out_and_its_qr_code_is_read(at) -> None:
    desk = at(nothing)
    assert desk.printed(RECEIPT) == "success"
    codes = zxingcpp.read_barcodes(desk.pieces[0].image.convert("L"))
    assert [code.text for code in codes] == [TOKEN]


@pytest.mark.parametrize(
    ("act", "says"),
    [
        pytest.param(
            lambda printer: printer.let_paper_run_out_after(60), "paperempty", id="paper ends in the middle"
        ),
        pytest.param(Engine.jam_cutter, "error", id="the cutter jams"),
        pytest.param(Engine.open_cover, "coveropen", id="cover open"),
    ],
)
def test_it_is_told_why_its_receipt_did_not_come_out(at, act: Act, says: str) -> None:
    desk = at(act)
    assert desk.printed(RECEIPT) == says
    assert desk.pieces == []
