"""Who is signed in at this counter: by a PIN, met again whenever the broker greets anew, and signed out for certain.

What a clerk finds on the screen then is the presenter's.
"""

from collections.abc import Callable
from dataclasses import dataclass

from broker.client import Link, Reply, new_request_id
from broker.domain import commands as c
from broker.domain.refusals import ClerkElsewhere, CounterTaken, UnknownCounter
from broker.domain.values import ClerkId, ClerkRole, CounterNumber
from broker.protocol import messages as m
from counter.errands import Errands, SessionFace, notice_of
from counter.sheets import Notice, Remark, SignInFailed


@dataclass(frozen=True)
class Told:
    """Who is told what has happened."""

    entered: Callable[[m.Profile], None]
    left: Callable[[Notice | None], None]
    """With what there is to say of it."""
    failed: Callable[[Notice], None]
    show: Callable[[], None]
    """The page, anew."""


class Presence:
    """One counter's."""

    def __init__(self, session: SessionFace, errands: Errands, counter: CounterNumber, told: Told) -> None:
        self._session = session
        self._errands = errands
        self._counter = counter
        self._told = told
        self._welcome: m.Welcome | None = None
        self._profile: m.Profile | None = None
        self._profiles: tuple[m.Profile, ...] = ()
        self._asking_profiles = False
        self._leaving = False

    @property
    def profile(self) -> m.Profile | None:
        """Who is signed in."""
        return self._profile

    @property
    def profiles(self) -> tuple[m.Profile, ...]:
        """Who can sign in, as far as is known."""
        return self._profiles

    @property
    def names(self) -> dict[ClerkId, str]:
        """Who is who."""
        return {profile.clerk: profile.name for profile in self._profiles}

    def sign_in(self, clerk: ClerkId, pin: str) -> None:
        """A clerk who is let in opens the counter too."""
        self._errands.ask(m.SignIn(new_request_id(), clerk, pin), self._sign_in_answered)

    def leave(self, notice: Notice | None = None) -> None:
        """Back to the sign-in page; the broker is told."""
        self._profile = None
        self._told.left(notice)
        self._leaving = True
        self._ask_to_sign_out()

    def forget(self) -> None:
        """The broker does not know the clerk here any more."""
        self._profile = None
        self._told.left(Remark.SIGNED_OUT)

    def meet(self) -> None:
        """Whenever the broker greets anew, it says who is signed in here."""
        welcome = self._session.welcome
        if welcome is not None and welcome is not self._welcome:
            self._welcome = welcome
            self._errands.met_anew()
            self._greeted_as(welcome.profile)
        if not self._profiles and not self._asking_profiles and self._session.link is Link.LIVE:
            self._asking_profiles = True
            self._session.ask(m.AskProfiles(new_request_id()), self._profiles_answered)

    def _greeted_as(self, profile: m.Profile | None) -> None:
        if self._leaving:
            self._ask_to_sign_out()
        elif profile is not None and profile != self._profile:
            self._enter(profile)
        elif profile is None and self._profile is not None:
            self.forget()

    def _enter(self, profile: m.Profile) -> None:
        self._profile = profile
        self._told.entered(profile)

    def _sign_in_answered(self, reply: Reply) -> None:
        match reply:
            case m.SignedIn(profile=profile):
                self._enter(profile)
                if profile.role is ClerkRole.CLERK:
                    opened = c.OpenCounter(self._counter)
                    self._errands.send(opened, lambda _: self._told.show(), self._not_opened)
                self._told.show()
            case m.SignInRefused(reason=reason, until=until):
                self._told.failed(SignInFailed(reason, until))
            case _:
                self._told.failed(notice_of(reply))

    def _not_opened(self, notice: Notice) -> None:
        """Whoever can't sit down here is not kept signed in here."""
        if isinstance(notice, CounterTaken | ClerkElsewhere | UnknownCounter):
            self.leave(notice)
        else:
            self._told.failed(notice)

    def _ask_to_sign_out(self) -> None:
        self._errands.ask(m.SignOut(new_request_id()), self._sign_out_answered)
        self._told.show()

    def _sign_out_answered(self, reply: Reply) -> None:
        """Without an answer it is asked again when the broker is back: nobody stays signed in unawares."""
        self._leaving = not isinstance(reply, m.SignedOut)
        self._told.show()

    def _profiles_answered(self, reply: Reply) -> None:
        self._asking_profiles = False
        if isinstance(reply, m.Profiles):
            self._profiles = reply.profiles
        self._told.show()
