"""emupos, a printer that is not ours: it decodes pages by itself, and answers for its state.

It wants Python 3.13, so it runs in an environment of its own, by its command and over its sockets alone. Only its
letters' shapes are replaced by the virtual printer's, so that whole pages can be compared dot by dot.
"""

import os
import queue
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Self

from PIL import Image

from hardware.virtual import fonts
from hardware.virtual.paper import WIDTH_58MM, WIDTH_80MM

PACKAGE = "emupos==0.4.0"
PATIENCE_SECONDS = 30.0
WIDTHS = {"wide": WIDTH_80MM, "narrow": WIDTH_58MM}
PIECE, SKIPPED = "printer.job.completed", "printer.command.unknown"

PROFILE = """\
type: printer
name: {width} dots
dpi: 203
width_dots: {width}
font_a: {{ width: 12, height: 24 }}
font_b: {{ width: 9, height: 17 }}
code_pages: {{ 0: PC437, 16: WPC1252 }}
default_code_page: 0
drawer_sensor_open_level: high
"""
DEVICE = """\
  - id: {name}
    type: printer
    profile: ./{name}.yaml
    connections: [tcp: {{ port: {port} }}]
"""


@dataclass(frozen=True, slots=True)
class Piece:
    """Paper that it printed: the picture, the text beside it, what ended it, and the commands that it skipped."""

    image: Image.Image
    text: str
    ending: str
    skipped: list[bytes]


class Emupos:
    """Its printers, "wide" and "narrow"."""

    def __init__(self, command: Path, folder: Path) -> None:
        self._command = command
        self._folder = folder
        self._lines: queue.SimpleQueue[str] = queue.SimpleQueue()
        api, *ports = _free_ports(1 + len(WIDTHS))
        self._api = f"http://127.0.0.1:{api}"
        self.ports = dict(zip(WIDTHS, ports, strict=True))
        devices = [DEVICE.format(name=name, port=port) for name, port in self.ports.items()]
        settings = f"schema: 1\napi: {{ host: 127.0.0.1, port: {api} }}\ndevices:\n"
        (folder / "emupos.yaml").write_text(settings + "".join(devices), encoding="utf-8")
        for name, width in WIDTHS.items():
            (folder / f"{name}.yaml").write_text(PROFILE.format(width=width), encoding="utf-8")

    @contextmanager
    def running(self) -> Iterator[Self]:
        with subprocess.Popen(
            [self._command, "run"],
            cwd=self._folder,
            env=os.environ | {"COLUMNS": "100000", "PYTHONUNBUFFERED": "1"},
            stdout=subprocess.PIPE,
            text=True,
        ) as program:
            assert program.stdout is not None
            reader = threading.Thread(target=self._read, args=(program.stdout,), name="emupos")
            reader.start()
            try:
                self._told("Showing events")
                yield self
            finally:
                program.terminate()
                reader.join(PATIENCE_SECONDS)

    def print(self, printer: str, page: bytes) -> Piece:
        """Over a connection of the page's own."""
        with socket.create_connection(("127.0.0.1", self.ports[printer]), PATIENCE_SECONDS) as line:
            own = f"from 127.0.0.1:{line.getsockname()[1]}"
            line.sendall(b"\x1b@" + page)
        told = self._told(own) + self._told(own)
        if not any(PIECE in each for each in told):
            told += self._told(PIECE)  # ended by the connection's end
        return self._piece(told)

    def piece(self) -> Piece:
        """The next that comes out."""
        return self._piece(self._told(PIECE))

    @contextmanager
    def having(self, printer: str, fault: str) -> Iterator[None]:
        self._ask("fault", "set", printer, fault)
        try:
            yield
        finally:
            self._ask("fault", "clear", printer, fault)

    def _piece(self, told: list[str]) -> Piece:
        (piece,) = (line for line in told if PIECE in line)
        ending, _, receipt = piece.partition(" · ")[2].partition(" → ")
        skipped = [line.rpartition("unknown bytes ")[2] for line in told if SKIPPED in line]
        file = self._folder / "receipts" / f"{receipt}.png"
        with Image.open(file) as image:
            image.load()
        text = file.with_suffix(".txt").read_text(encoding="utf-8")
        return Piece(image, text, ending, [bytes.fromhex(each) for each in skipped])

    def _ask(self, *words: str) -> None:
        subprocess.run(
            [self._command, "--api", self._api, *words],
            check=True,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
        )

    def _read(self, output: IO[str]) -> None:
        for line in output:
            self._lines.put(line.rstrip())

    def _told(self, what: str) -> list[str]:
        """Its lines up to one that says this."""
        lines = [""]
        end = time.monotonic() + PATIENCE_SECONDS
        while what not in lines[-1]:
            lines.append(self._lines.get(timeout=max(0.0, end - time.monotonic())))
        return lines


def installed(folder: Path) -> Path:
    """Its command, in a fresh environment under this folder."""
    environment = os.environ | {"PYENV_VERSION": "3.13"}  # where python3.13 is pyenv's stand-in
    python = shutil.which("python3.13")
    assert python is not None, "make soak needs python3.13"
    subprocess.run([python, "-m", "venv", folder], env=environment, check=True)
    subprocess.run([folder / "bin" / "pip", "install", "--quiet", PACKAGE], check=True)
    (letters,) = folder.glob("lib/python3.*/site-packages/emupos/printer/escpos/fonts/font-a-*.hex")
    letters.write_text(_letters(), encoding="ascii")
    return folder / "bin" / "emupos"


def _letters() -> str:
    """The virtual printer's, with rows of whole bytes as it wants them."""
    lines = fonts.FOLDER.joinpath("font-a.txt").read_text(encoding="ascii").splitlines()
    shapes = (line.split() for line in lines if line and not line.startswith("#"))
    return "\n".join(
        f"{code} {''.join(rows[at : at + 3] + '0' for at in range(0, len(rows), 3))}" for code, rows in shapes
    )


def _free_ports(count: int) -> list[int]:
    held = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in held]
    for each in held:
        each.close()
    return ports
