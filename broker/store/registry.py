"""Who and what the broker knows beside the journal: devices, clerks with their PINs' hashes, sessions, signing keys.

Not in the journal, because people's data can be erased and keys and hashes belong in no history.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import delete, insert, or_, select, update

from broker.domain.values import ClerkId, DeviceId, DeviceRole, Instant
from broker.store import schema
from broker.store.database import Database


class Device(Struct, frozen=True):
    """A program that may connect, by its public CURVE key (Z85)."""

    id: DeviceId
    role: DeviceRole
    name: str
    public_key: str
    since: Instant
    """When it was enrolled."""
    next_key: str | None = None
    """The key that it will connect with."""
    renew_since: Instant | None = None
    """Since when it has been asked for a new key."""
    revoked_at: Instant | None = None
    """None: it may connect."""


class ClerkProfile(Struct, frozen=True):
    """A clerk as a person: a name, the PIN's hash, and how often it was lately given wrong."""

    clerk: ClerkId
    name: str
    pin_hash: str
    failures: int = 0
    locked_until: Instant | None = None


class Purpose(StrEnum):
    """What a signing key signs."""

    TOKENS = "tokens"
    HISTORY = "history"
    """The number of the newest event, in updates and heartbeats."""


class SigningKey(Struct, frozen=True):
    """A secret that only the broker holds."""

    number: int
    key: bytes


class Registry:
    """The tables that are no journal. A write that returns is on disk; one that raises NotCommittedError isn't."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Devices

    def devices(self) -> dict[DeviceId, Device]:
        """Every device, also those that were revoked."""
        rows = self._database.read(select(schema.device))
        found = (
            Device(
                DeviceId(row.id),
                DeviceRole(row.role),
                row.name,
                row.public_key,
                row.since,
                row.next_key,
                row.renew_since,
                row.revoked_at,
            )
            for row in rows
        )
        return {device.id: device for device in found}

    def add_device(self, device: Device) -> None:
        """Let a device connect."""
        self._database.write(insert(schema.device).values(asdict(device)))

    def change_device(self, device: Device) -> None:
        """Other keys, or none any more."""
        table = schema.device
        self._database.write(update(table).where(table.c.id == device.id).values(asdict(device)))

    # Clerks

    def clerks(self) -> dict[ClerkId, ClerkProfile]:
        """Every clerk's profile."""
        table = schema.clerk_profile
        rows = self._database.read(
            select(table.c.clerk, table.c.name, table.c.pin_hash, table.c.failures, table.c.locked_until)
        )
        return {ClerkId(row.clerk): ClerkProfile(*row) for row in rows}

    def add_clerk(self, profile: ClerkProfile) -> None:
        """Add a clerk's name and PIN hash."""
        values = {
            "clerk": profile.clerk,
            "name": profile.name,
            "pin_hash": profile.pin_hash,
            "failures": profile.failures,
            "locked_until": profile.locked_until,
        }
        self._database.write(insert(schema.clerk_profile).values(values))

    def count_failures(self, clerk: ClerkId, failures: int, locked_until: Instant | None) -> None:
        """Note how often the clerk's PIN was given wrong in a row, and until when nobody may try again."""
        table = schema.clerk_profile
        noted = update(table).where(table.c.clerk == clerk)
        self._database.write(noted.values(failures=failures, locked_until=locked_until))

    # Sessions

    def sessions(self) -> dict[DeviceId, ClerkId]:
        """Who is signed in where."""
        table = schema.session
        rows = self._database.read(select(table.c.device, table.c.clerk))
        return {DeviceId(device): ClerkId(clerk) for device, clerk in rows}

    def begin_session(self, device: DeviceId, clerk: ClerkId, at: Instant) -> None:
        """Sign the clerk in at the device; ends the device's session and the clerk's elsewhere."""
        table = schema.session
        self._database.write(
            delete(table).where(or_(table.c.device == device, table.c.clerk == clerk)),
            insert(table).values(device=device, clerk=clerk, since=at),
        )

    def end_session(self, device: DeviceId) -> None:
        """Sign out whoever is signed in at the device."""
        self._database.write(delete(schema.session).where(schema.session.c.device == device))

    def end_all_sessions(self) -> None:
        """Sign everybody out."""
        self._database.write(delete(schema.session))

    # Signing keys

    def signing_keys(self, purpose: Purpose) -> tuple[SigningKey, ...]:
        """The purpose's keys, oldest first; the last one signs, all of them verify."""
        table = schema.signing_key
        rows = self._database.read(
            select(table.c.number, table.c.key).where(table.c.purpose == purpose).order_by(table.c.number)
        )
        return tuple(SigningKey(number, key) for number, key in rows)

    def add_signing_key(self, purpose: Purpose, key: bytes, at: Instant) -> None:
        """Begin signing with a new key."""
        values = {"purpose": purpose, "key": key, "since": at}
        self._database.write(insert(schema.signing_key).values(values))
