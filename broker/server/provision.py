"""A new outlet's database: its history begun, devices with keys, clerks with PINs, and the first events.

What `antrean init` calls. Secret keys are returned, to be written where only their owners can read them; the
database keeps the public ones.
"""

import secrets
from collections.abc import Sequence

from msgspec import Struct

from broker.domain.commands import AdoptCatalogue, ConfigureOutlet, Envelope
from broker.domain.decide import decide
from broker.domain.refusals import Refusal, RulesInvalid
from broker.domain.rules import OutletRules, Service
from broker.domain.state import State
from broker.domain.values import ClerkId, DeviceId, DeviceRole, Instant
from broker.protocol.identifiers import new_command_id
from broker.server.core import fold
from broker.server.errors import RulesRefusedError
from broker.server.keys import KeyPair, new_key_pair
from broker.server.sign_ins import hash_pin
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.journal import Group, Journal
from broker.store.registry import ClerkProfile, Device, Purpose, Registry

OPERATOR = DeviceId("operator")
"""The device that every outlet has: the command line of whoever runs it."""

SIGNING_KEY_BYTES = 32


class NewDevice(Struct, frozen=True):
    """A program that shall be able to connect."""

    id: DeviceId
    role: DeviceRole
    name: str


class NewClerk(Struct, frozen=True):
    """A clerk of the outlet's rules, as a person; the PIN is hashed and forgotten."""

    id: ClerkId
    name: str
    pin: str


class Enrolment(Struct, frozen=True):
    """The secret keys of a new outlet."""

    broker: KeyPair
    devices: dict[DeviceId, KeyPair]


def make_outlet(
    url: str,
    rules: OutletRules,
    services: Sequence[Service],
    devices: Sequence[NewDevice],
    clerks: Sequence[NewClerk],
    at: Instant,
) -> Enrolment:
    """Make an outlet's database at `url`; the operator's device is added to `devices`.

    Raises RulesRefusedError before anything is made, and the store's errors.
    """
    seeds = _seeds(rules, services, at)
    with Database.create(url) as database:
        Epochs(database).begin(at)
        registry = Registry(database)
        for purpose in Purpose:
            registry.add_signing_key(purpose, secrets.token_bytes(SIGNING_KEY_BYTES), at)
        for clerk in clerks:
            registry.add_clerk(ClerkProfile(clerk.id, clerk.name, hash_pin(clerk.pin)))
        everyone = (NewDevice(OPERATOR, DeviceRole.OPERATOR, "Operator"), *devices)
        keys = {device.id: enrol(registry, device, at) for device in everyone}
        Journal(database).commit(seeds)
    return Enrolment(new_key_pair(), keys)


def enrol(registry: Registry, device: NewDevice, at: Instant) -> KeyPair:
    """Let a device connect from the broker's next start on; its new keys."""
    keys = new_key_pair()
    registry.add_device(Device(device.id, device.role, device.name, keys.public, at))
    return keys


def _seeds(rules: OutletRules, services: Sequence[Service], at: Instant) -> Group:
    """The outlet's first events, sent by its operator."""
    state, group = State(), Group(at)
    for command in (ConfigureOutlet(rules), AdoptCatalogue(tuple(services))):
        envelope = Envelope(new_command_id(at), OPERATOR, DeviceRole.OPERATOR, command)
        decision = decide(state, envelope, at)
        if isinstance(decision, RulesInvalid):
            raise RulesRefusedError(decision.detail)
        if isinstance(decision, Refusal):
            raise RulesRefusedError(decision.code)
        fold(decision, envelope, state, group)
    return group
