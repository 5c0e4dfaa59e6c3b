"""Clerks at a device: who there is, who signs in, who leaves."""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from broker.domain.values import ClerkId, ClerkRole, Instant
from broker.protocol.messages.message import Message, RequestId


class Profile(Struct, frozen=True):
    """A clerk as colleagues know them."""

    clerk: ClerkId
    name: str
    """What colleagues call them."""
    role: ClerkRole


class SignIn(Message, frozen=True, tag="sign-in"):
    """A clerk signs in at the sending device. The PIN is hashed and forgotten; it reaches no journal and no log."""

    id: RequestId
    clerk: ClerkId
    """Whose PIN it is."""
    pin: Annotated[str, Meta(min_length=4, max_length=12, pattern="^[0-9]+\\Z")]
    """Digits."""
    if_free: bool = False
    """Refused where somebody is signed in at the device; else the clerk takes their place."""


class SignedIn(Message, frozen=True, tag="signed-in"):
    """The clerk is signed in at the device: until signed out, or until the day closes."""

    id: RequestId
    profile: Profile


class SignInReason(StrEnum):
    """Why a clerk could not sign in."""

    WRONG_PIN = "wrong-pin"
    """The PIN is wrong, or there is no such clerk."""
    LOCKED = "locked"
    """Wrong too often; `until` says for how long."""
    ELSEWHERE = "elsewhere"
    """The clerk sits at an open counter and is signed in at another device."""
    OCCUPIED = "occupied"
    """Somebody is signed in at the device, and was to be left there."""


class SignInRefused(Message, frozen=True, tag="sign-in-refused"):
    """The clerk is not signed in."""

    id: RequestId
    reason: SignInReason
    until: Instant | None = None
    """When a lock ends."""


class SignOut(Message, frozen=True, tag="sign-out"):
    """Whoever is signed in at the sending device is not any more."""

    id: RequestId
    clerk: ClerkId | None = None
    """Who is to be signed out; another one who is there by now stays, and that is an error. None: whoever it is."""


class SignedOut(Message, frozen=True, tag="signed-out"):
    """Nobody is signed in at the device."""

    id: RequestId


class AskProfiles(Message, frozen=True, tag="ask-profiles"):
    """The names of the outlet's clerks, for a counter's sign-in page."""

    id: RequestId


class Profiles(Message, frozen=True, tag="profiles"):
    """Every clerk who can sign in, by name."""

    id: RequestId
    profiles: tuple[Profile, ...]
    """Names are for the sign-in page only and are in no event."""
