"""Puts the virtual printer on the network as an Ethernet printer is: raw bytes on a TCP port, one host at a time."""

import selectors
import socket
from collections.abc import Callable
from pathlib import Path

import structlog

from hardware.virtual.abilities import EPSON, Abilities
from hardware.virtual.at_work import PrinterAtWork
from hardware.virtual.engine import Engine
from hardware.virtual.paper import WIDTH_80MM, Paper

log = structlog.get_logger()

_READ_BYTES = 16384


def keep_in(folder: Path) -> Callable[[Paper], Path]:
    """A keeper of paper: each piece as `0001.png`, which it names, with its bytes beside it as `0001.escpos`.

    Counting goes on where an earlier run in the same folder ended. OSError where the folder cannot be made; a piece
    that cannot be written later is told in the log, and the printer goes on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    count = max((int(file.stem) for file in folder.glob("*.png") if file.stem.isdecimal()), default=0)

    def keep(paper: Paper) -> Path:
        nonlocal count
        count += 1
        picture = folder / f"{count:04}.png"
        try:
            picture.with_suffix(".escpos").write_bytes(paper.raw_bytes)
            paper.image.save(picture)
        except OSError as error:
            log.error("a paper could not be kept", file=str(picture), reason=str(error))
        return picture

    return keep


class PrinterServer(PrinterAtWork):
    """A virtual printer on a TCP port.

    `port` 0 takes any free one (see `address`); without `mm_per_second` it prints at once. OSError when the
    address cannot be bound.
    """

    def __init__(
        self,
        on_paper: Callable[[Paper], object],
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        width_dots: int = WIDTH_80MM,
        abilities: Abilities = EPSON,
        mm_per_second: float | None = None,
    ) -> None:
        listener = socket.create_server((host, port))
        super().__init__(Engine(on_paper, width_dots, abilities), mm_per_second)
        self._address: tuple[str, int] = listener.getsockname()[:2]
        self._listener: socket.socket | None = None
        self._host: socket.socket | None = None
        self._hearing = False
        self._listen_on(listener)

    @property
    def address(self) -> tuple[str, int]:
        return self._address

    @property
    def plugged_in(self) -> bool:
        return self._listener is not None

    @property
    def has_host(self) -> bool:
        """Whether a program is connected."""
        return self._host is not None

    def drop_host(self) -> None:
        """Close the connection, as when a cable's other end restarts."""
        with self._lock:
            self._hang_up()

    def _listen_on(self, listener: socket.socket) -> None:
        listener.setblocking(False)
        self._listener = listener
        self._selector.register(listener, selectors.EVENT_READ)

    def _take_up(self) -> None:
        if self._listener is None:
            self._listen_on(socket.create_server(self._address))

    def _let_go(self) -> None:
        self._hang_up()
        if self._listener is not None:
            self._selector.unregister(self._listener)
            self._listener.close()
            self._listener = None

    def _attend(self, ready: object) -> None:
        if self._listener is not None and ready is self._listener:
            self._accept(self._listener)
        elif self._host is not None and ready is self._host and not self._stalled and self._engine.room:
            self._read(self._host)

    def _accept(self, listener: socket.socket) -> None:
        """A second host is turned away: a printer serves one at a time."""
        try:
            host, address = listener.accept()
        except (BlockingIOError, ConnectionAbortedError):  # gone before it was let in
            return
        if self._host is not None or not self._engine.on:
            host.close()
            return
        host.setblocking(False)
        host.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._host = host
        log.info("host connected", address=address)

    def _read(self, host: socket.socket) -> None:
        try:
            data = host.recv(min(_READ_BYTES, self._engine.room))
        except ConnectionError:
            data = b""
        if data:
            self._engine.receive(data)
        else:
            self._hang_up()

    def _send(self, answers: bytes) -> None:
        if self._host is None:
            return
        try:
            self._host.sendall(answers)  # a few bytes: they fit the socket's buffer
        except OSError:
            self._hang_up()

    def _listen(self) -> None:
        hearing = self._host is not None and not self._stalled and self._engine.room > 0
        if self._host is None or hearing is self._hearing:
            return
        if hearing:
            self._selector.register(self._host, selectors.EVENT_READ)
        else:
            self._selector.unregister(self._host)
        self._hearing = hearing

    def _hang_up(self) -> None:
        if self._host is None:
            return
        if self._hearing:
            self._selector.unregister(self._host)
            self._hearing = False
        self._host.close()
        self._host = None
