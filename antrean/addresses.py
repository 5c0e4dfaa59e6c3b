"""Addresses as operators write them: the broker's two ports."""

from urllib.parse import urlsplit

from antrean.problem import Problem
from broker.client import Endpoints
from wording import Wording


def endpoints(requests: str, updates: str, wording: Wording) -> Endpoints:
    """Where to reach a broker; without an address for updates it is the port after the one for commands."""
    host, port = _host_and_port(requests, wording)
    return Endpoints(requests, updates or f"tcp://{host}:{port + 1}")


def _host_and_port(address: str, wording: Wording) -> tuple[str, int]:
    parts = urlsplit(address)
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if parts.scheme != "tcp" or not host or not port:
        raise Problem(
            wording.t("This is no broker's address"),
            address,
            wording.t("Write it like tcp://192.168.7.2:5570."),
        )
    return host, port
