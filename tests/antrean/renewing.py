"""One of several programs of a device that renew its key at the same time, as often as they can.

Standard input is not read; the one argument is JSON: the key file, the broker's two addresses, how many renewals.
"""

import json
import sys
import time
from pathlib import Path

from antrean.keys import DeviceKeyring
from broker.client import DeviceKeys
from broker.domain.commands import IssueTicket
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer
from broker.protocol.identifiers import new_request_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.support.broker import Device
from wording import Language, Wording

ANSWERED_MS = 1000
PATIENCE_SECONDS = 30.0


def let_in(keyring: DeviceKeyring, bound: Addresses) -> tuple[Device, DeviceKeys]:
    """A connection with what the file holds now: all that it holds is tried in turn, as a transport does."""
    attempts, until = 0, time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        candidates = keyring.candidates()
        keys = candidates[attempts % len(candidates)]
        device = Device(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret))
        device.send(m.Hello(new_request_id(), (m.PROTOCOL_VERSION,), "one of two"))
        if device.requests.poll(ANSWERED_MS) and isinstance(decode_answer(device.requests.recv()), m.Welcome):
            return device, keys
        device.__exit__(None, None, None)
        attempts += 1
    raise TimeoutError("the broker lets the device in no more")


def renew(keyring: DeviceKeyring, bound: Addresses) -> None:
    """Make a key, offer it, use it."""
    device, _ = let_in(keyring, bound)
    with device:
        next_key = keyring.prepare()
        assert next_key is not None
        device.ask(m.OfferKey(new_request_id(), next_key))
    device, keys = let_in(keyring, bound)
    with device:
        keyring.settle(keys)
        device.accepted(IssueTicket("A"))


def main() -> None:
    """As often as is asked for."""
    path, requests, updates, rounds = json.loads(sys.argv[1])
    keyring = DeviceKeyring(Path(path), Wording(Language.EN))
    for _ in range(rounds):
        renew(keyring, Addresses(requests, updates))


if __name__ == "__main__":
    main()
