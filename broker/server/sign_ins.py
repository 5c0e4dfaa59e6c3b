"""Clerks' sessions: who is signed in at which device, and whether a PIN is right.

PINs are compared in a worker thread, one at a time; the loop never waits for it. A clerk whose PIN was given wrong
too often is locked before anything is compared. Everything is on disk before it is answered.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from msgspec import Struct
from msgspec.structs import replace

from broker.domain.state import State
from broker.domain.values import ClerkId, DeviceId, Instant
from broker.protocol.messages import (
    Answer,
    Error,
    ErrorCode,
    Profile,
    SignedIn,
    SignedOut,
    SignIn,
    SignInReason,
    SignInRefused,
    SignOut,
)
from broker.store.errors import StoreError
from broker.store.registry import ClerkProfile, Registry

log = structlog.get_logger(__name__)

FAILURES_AT_MOST = 5
LOCK_MS = 5 * 60 * 1000

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
"""OWASP's choice for argon2id: 19 MiB and two passes, so that a small broker can afford it."""


class Attempt(Struct, frozen=True):
    """Somebody wants to sign in, and the way back to the device."""

    route: bytes
    device: DeviceId
    request: SignIn


class SignIns:
    """The outlet's sessions. `wake` is called from the worker's thread when a comparison has ended."""

    def __init__(self, registry: Registry, wake: Callable[[], None]) -> None:
        self._registry = registry
        self._wake = wake
        self._clerks = registry.clerks()
        self._sessions = registry.sessions()
        self._waiting: dict[DeviceId, Attempt] = {}
        self._compared: tuple[Attempt, Future[bool]] | None = None
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="pins")

    def clerk_at(self, device: DeviceId) -> ClerkId | None:
        """Who is signed in at the device."""
        return self._sessions.get(device)

    def profile(self, clerk: ClerkId | None, state: State) -> Profile | None:
        """The clerk as colleagues know them; None when the outlet's rules or the registry don't know them."""
        known = self._clerks.get(clerk) if clerk is not None else None
        configured = (
            next((each for each in state.rules.clerks if each.id == clerk), None) if state.rules else None
        )
        return Profile(known.clerk, known.name, configured.role) if known and configured else None

    def profiles(self, state: State) -> tuple[Profile, ...]:
        """Every clerk who can sign in, by name."""
        found = (self.profile(clerk, state) for clerk in self._clerks)
        return tuple(sorted((each for each in found if each is not None), key=lambda profile: profile.name))

    def ask(self, attempt: Attempt) -> None:
        """Take up an attempt; a device's later one takes the place of one that still waits."""
        self._waiting[attempt.device] = attempt

    def settle(self, state: State, now: Instant) -> Iterator[tuple[bytes, Answer]]:
        """Answer the attempts that are decided, and begin comparing the next."""
        if self._compared is not None and self._compared[1].done():
            attempt, right = self._compared
            self._compared = None
            try:
                yield attempt.route, self._judged(attempt, right.result(), state, now)
            except StoreError as error:
                log.error("a sign-in could not be stored", error=str(error), device=attempt.device)
                yield attempt.route, Error(attempt.request.id, ErrorCode.NOT_STORED)
        while self._compared is None and self._waiting:
            attempt = self._waiting.pop(next(iter(self._waiting)))
            clerk = self._clerks.get(attempt.request.clerk)
            if clerk is None or self.profile(clerk.clerk, state) is None:
                yield attempt.route, SignInRefused(attempt.request.id, SignInReason.WRONG_PIN)
            elif clerk.locked_until is not None and now < clerk.locked_until:
                yield attempt.route, _locked(attempt, clerk.locked_until)
            else:
                future = self._worker.submit(_is_right, clerk.pin_hash, attempt.request.pin)
                self._compared = attempt, future
                future.add_done_callback(lambda _: self._wake())

    def sign_out(self, device: DeviceId, request: SignOut) -> SignedOut | Error:
        """Sign out whom the device means. StoreError: nobody is."""
        if request.clerk is not None and self._sessions.get(device, request.clerk) != request.clerk:
            return Error(request.id, ErrorCode.ANOTHER_CLERK)
        self.end(device)
        return SignedOut(request.id)

    def end(self, device: DeviceId) -> None:
        """Sign out whoever is signed in at the device."""
        self._registry.end_session(device)
        self._sessions.pop(device, None)

    def end_all(self) -> None:
        """Sign everybody out: the day is over."""
        self._registry.end_all_sessions()
        self._sessions.clear()

    def close(self) -> None:
        """End the worker; a comparison under way takes a few hundredths of a second at most."""
        self._worker.shutdown(wait=True, cancel_futures=True)

    def _judged(self, attempt: Attempt, right: bool, state: State, now: Instant) -> Answer:
        request = attempt.request
        clerk = self._clerks[request.clerk]
        profile = self.profile(clerk.clerk, state)
        if not right or profile is None:
            log.warning(
                "a PIN was wrong", device=attempt.device, clerk=clerk.clerk, failures=clerk.failures + 1
            )
            return self._failed(attempt, clerk, now)
        elsewhere = any(
            device != attempt.device for device, other in self._sessions.items() if other == clerk.clerk
        )
        if elsewhere and state.seat_of(clerk.clerk) is not None:
            return SignInRefused(request.id, SignInReason.ELSEWHERE)
        if request.if_free and self.profile(self.clerk_at(attempt.device), state) is not None:
            return SignInRefused(request.id, SignInReason.OCCUPIED)
        if clerk.failures:
            self._count(clerk, 0, None)
        self._registry.begin_session(attempt.device, clerk.clerk, now)
        self._sessions = {
            device: other for device, other in self._sessions.items() if other != clerk.clerk
        } | {attempt.device: clerk.clerk}
        log.info("a clerk signed in", device=attempt.device, clerk=clerk.clerk)
        return SignedIn(request.id, profile)

    def _failed(self, attempt: Attempt, clerk: ClerkProfile, now: Instant) -> Answer:
        if clerk.failures + 1 < FAILURES_AT_MOST:
            self._count(clerk, clerk.failures + 1, None)
            return SignInRefused(attempt.request.id, SignInReason.WRONG_PIN)
        until = Instant(now + LOCK_MS)
        self._count(clerk, 0, until)
        return _locked(attempt, until)

    def _count(self, clerk: ClerkProfile, failures: int, locked_until: Instant | None) -> None:
        self._registry.count_failures(clerk.clerk, failures, locked_until)
        self._clerks[clerk.clerk] = replace(clerk, failures=failures, locked_until=locked_until)


def hash_pin(pin: str) -> str:
    """What is kept of a PIN."""
    return HASHER.hash(pin)


def _is_right(pin_hash: str, pin: str) -> bool:
    try:
        return HASHER.verify(pin_hash, pin)
    except VerificationError:
        return False
    except InvalidHashError:
        log.error("a clerk's stored PIN can't be read; it needs to be set anew")
        return False


def _locked(attempt: Attempt, until: Instant) -> SignInRefused:
    return SignInRefused(attempt.request.id, SignInReason.LOCKED, until)
