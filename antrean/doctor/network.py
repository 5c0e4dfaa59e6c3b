"""What a program needs of the network: its ports and its broker."""

import errno
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

from antrean.broker_line import BrokerLine
from antrean.doctor.finding import Finding, fine, wrong
from antrean.problem import Problem
from broker.client import DeviceClock
from broker.domain.values import DeviceRole
from wording import Wording

CONNECT_SECONDS = 3.0
CLOCK_OFF_MS = 5000


def listens(address: str, line: BrokerLine, w: Wording) -> Finding:
    """Whether a broker serves at an address, or could; `line` is one to it."""
    parts = urlsplit(address)
    with socket.socket(socket.AF_INET6 if ":" in (parts.hostname or "") else socket.AF_INET) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind(("" if parts.hostname == "*" else parts.hostname, parts.port))
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                todo = w.t("Use an address of this machine, and a port from 1024 on: [broker].")
                reason = error.strerror or str(error)
                return wrong(
                    w.t("The broker can't listen at {address}: {reason}", address=address, reason=reason),
                    todo,
                )
        else:
            return fine(w.t("{address} is free; the broker does not run", address=address))
    try:
        line.welcome()
    except Problem:
        what = w.t("Another program has {address}, or a broker with other keys", address=address)
        return wrong(what, w.t("Stop that program, or choose another port in all settings."))
    return fine(w.t("The broker serves at {address}", address=address))


def reaches(addresses: tuple[str, ...], w: Wording) -> Iterator[Finding]:
    """Whether something listens at each of the broker's addresses."""
    for address in addresses:
        parts = urlsplit(address)
        yield _connects(
            parts.hostname or "",
            parts.port or 0,
            w.t("Look at the cable, the address in the settings, the firewall, and whether the broker runs."),
            w,
        )


def welcomed(line: BrokerLine, role: DeviceRole, clock: DeviceClock, w: Wording) -> Iterator[Finding]:
    """Whether the broker knows this device, as what it is, and whether both have the same time."""
    try:
        welcome = line.welcome()
    except Problem as problem:
        todo = w.t("Use the key file of this device. If it was revoked, provision it anew: antrean provision")
        yield wrong(f"{problem.what}: {problem.where}", todo)
        return
    if welcome.role is role:
        yield fine(w.t("The broker knows this device as {device}", device=welcome.device))
    else:
        what = w.t("This key is a {other}'s, not a {role}'s", other=welcome.role.value, role=role.value)
        yield wrong(what, w.t("Use the key file of this device: [connection] key."))
    ahead_ms = clock.wall() - line.now()
    if abs(ahead_ms) <= CLOCK_OFF_MS:
        yield fine(w.t("This machine and the broker have the same time"))
    else:
        what = w.t("This machine's clock is {seconds} s off the broker's", seconds=w.number(ahead_ms // 1000))
        yield wrong(what, w.t("Let both clocks be set from the network."))


def _connects(host: str, port: int, todo: str, w: Wording) -> Finding:
    try:
        with socket.create_connection((host, port), CONNECT_SECONDS):
            return fine(w.t("{address} answers", address=f"{host}:{port}"))
    except OSError as error:
        reason = error.strerror or str(error)
        return wrong(
            w.t("{address} does not answer: {reason}", address=f"{host}:{port}", reason=reason), todo
        )
