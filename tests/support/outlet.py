"""An outlet in memory for tests: the real core (decide and evolve) behind the face of a client's session.

No sockets and no disk: what a screen's presenter sees of its broker, answered at once, or when `deliver` is called
while `paused`.
"""

from collections.abc import Callable
from itertools import count
from typing import assert_never

from broker.client.session import Link, OnAnswer, OnReply, Question, Unanswered
from broker.domain import events as e
from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import AdoptCatalogue, AnyCommand, ConfigureOutlet, Envelope, Tick
from broker.domain.decide import decide
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import AnyRefusal, Refusal
from broker.domain.roll import Roll, RollTicket
from broker.domain.rules import OutletRules, Service
from broker.domain.state import State
from broker.domain.values import (
    ApplicationId,
    AppointmentId,
    ClerkId,
    ClerkRole,
    CommandId,
    DeviceId,
    DeviceRole,
    Instant,
    NoteId,
    Seq,
    TicketId,
)
from broker.protocol import messages as m
from broker.protocol.token import read_roll_id
from tests.support import sample

NAMES = {"sri": "Sri Wahyuni", "budi": "Budi Santoso", "dewi": "Dewi Lestari", "ratna": "Ratna Sari"}
PIN = "1234"
EPOCH = m.Epoch("test-epoch")


class LocalOutlet:
    """A broker's core with a settable clock."""

    def __init__(
        self,
        rules: OutletRules = sample.RULES,
        services: tuple[Service, ...] = sample.SERVICES,
        start: Instant | None = None,
    ) -> None:
        self.now = sample.at(7, 30) if start is None else start
        self.state = State()
        self.journal: list[Recorded] = []
        self.sessions: list[LocalSession] = []
        self.paused = False
        self.notes: dict[NoteId, m.Note] = {}
        self.devices: tuple[m.DeviceStanding, ...] = ()
        self.alarms: tuple[m.Alarm, ...] = ()
        self.asked_of_devices = 0
        self.believed = False
        """Whether somebody has said that the clock in doubt is right."""
        self._held: list[Callable[[], None]] = []
        self._ids = count(1)
        self.do(ConfigureOutlet(rules), DeviceRole.OPERATOR)
        self.do(AdoptCatalogue(services), DeviceRole.OPERATOR)
        self.tick()

    def decide(
        self, command: AnyCommand, role: DeviceRole, device: str = "device", clerk: str | None = None
    ) -> tuple[Recorded, ...] | AnyRefusal:
        """Decide, fold, publish; the events recorded, or the refusal."""
        return self.carry_out(
            Envelope(
                CommandId(f"{next(self._ids):032x}"),
                DeviceId(device),
                role,
                command,
                ClerkId(clerk) if clerk else None,
            )
        )

    def carry_out(self, envelope: Envelope) -> tuple[Recorded, ...] | AnyRefusal:
        """The same for a command whose envelope matters."""
        decision = decide(self.state, envelope, self.now)
        if isinstance(decision, Refusal):
            return decision
        records = tuple(
            Recorded(
                Seq(self.state.seq + place), self.now, envelope.id, envelope.device, event, envelope.clerk
            )
            for place, event in enumerate(decision, start=1)
        )
        for record in records:
            evolve(self.state, record)
            self.journal.append(record)
        self._publish(records)
        return records

    def do(
        self, command: AnyCommand, role: DeviceRole, device: str = "device", clerk: str | None = None
    ) -> tuple[e.AnyEvent, ...]:
        """Like `decide`, for commands that the test knows to be allowed: the events themselves."""
        records = self.decide(command, role, device, clerk)
        assert not isinstance(records, Refusal), f"{command} was refused: {records}"
        return tuple(record.event for record in records)

    def tick(self) -> None:
        """Let the broker's tick decide what is due, until nothing is."""
        while self.do(Tick(), DeviceRole.BROKER, "broker"):
            pass

    def advance(self, *, minutes: float = 0, seconds: float = 0) -> None:
        """Move the clock and tick."""
        self.now = Instant(self.now + int(minutes * 60_000 + seconds * 1000))
        self.tick()

    def session(self, role: DeviceRole, device: str, clerk: str | None = None) -> "LocalSession":
        """A connected device, with a replica of its own."""
        session = LocalSession(self, role, device, clerk)
        self.sessions.append(session)
        return session

    def deliver(self) -> None:
        """Let through the answers and updates held while `paused`."""
        held, self._held = self._held, []
        for act in held:
            act()

    def hold_or_do(self, act: Callable[[], None]) -> None:
        """Answer now, or when `deliver` is called."""
        if self.paused:
            self._held.append(act)
        else:
            act()

    def _publish(self, records: tuple[Recorded, ...]) -> None:
        if records:
            for session in self.sessions:
                self.hold_or_do(lambda session=session: session.fold(records))  # type: ignore[misc]


class LocalSession:
    """A client's session over a LocalOutlet: the face that presenters use, answered by the real core."""

    def __init__(self, outlet: LocalOutlet, role: DeviceRole, device: str, clerk: str | None) -> None:
        self._outlet = outlet
        self._role = role
        self._device = device
        self._clerk = clerk
        self._watchers: list[Callable[[tuple[Recorded, ...]], None]] = []
        self.state = decode_state(encode_state(outlet.state))
        self.link = Link.LIVE
        self.lost_at: Instant | None = None
        profile = self._profile(clerk) if clerk else None
        self.welcome: m.Welcome | None = m.Welcome(
            m.RequestId("1"), 1, EPOCH, self.state.seq, DeviceId(device), role, outlet.now, profile
        )

    def now(self) -> Instant:
        return self._outlet.now

    def on_change(self, watcher: Callable[[tuple[Recorded, ...]], None]) -> None:
        self._watchers.append(watcher)

    def fold(self, records: tuple[Recorded, ...]) -> None:
        for record in records:
            evolve(self.state, record)
        self._tell(records)

    def set_link(self, link: Link) -> None:
        """The connection is lost, or found again."""
        self.link = link
        self.lost_at = self._outlet.now
        self._tell(())

    def send(
        self, command: AnyCommand, on_answer: OnAnswer, *, expires_after: float | None = None
    ) -> CommandId:
        if self.link is not Link.LIVE:
            on_answer(Unanswered("lost"))
            return CommandId("lost")
        decided = self._outlet.decide(command, self._role, self._device, self._clerk)
        if isinstance(decided, Refusal):
            refused = m.Refused(CommandId("r"), decided)
            self._outlet.hold_or_do(lambda: on_answer(refused))
            return refused.id
        command_id = decided[0].command if decided else CommandId("none")
        accepted = m.Accepted(command_id, self._outlet.state.seq, self._outcome(decided))
        self._outlet.hold_or_do(lambda: on_answer(accepted))
        return command_id

    def ask(self, question: Question, on_reply: OnReply) -> None:
        reply = self._reply(question)
        self._outlet.hold_or_do(lambda: on_reply(reply))

    def _tell(self, records: tuple[Recorded, ...]) -> None:
        for watcher in list(self._watchers):
            watcher(records)

    def _profile(self, clerk: str) -> m.Profile:
        rules = self._outlet.state.rules
        assert rules is not None
        configured = next(each for each in rules.clerks if each.id == clerk)
        return m.Profile(configured.id, NAMES[configured.id], configured.role)

    def _outcome(self, records: tuple[Recorded, ...]) -> m.Outcome | None:
        for record in records:
            match record.event:
                case e.TicketIssued() as issued:
                    return m.TicketOutcome(
                        issued.ticket,
                        issued.letter,
                        issued.number,
                        record.at,
                        token_of(issued.ticket),
                        "7K4M2P",
                        issued.ahead,
                        issued.estimate,
                        issued.ready_expected_at,
                    )
                case e.ApplicationAccepted() as accepted:
                    return slip_of(accepted.application, record.at, accepted.promised_at)
                case e.TicketCalled() as called:
                    return m.CallOutcome(called.ticket)
                case e.AppointmentBooked():
                    booked = (each.event for each in records)
                    return m.AppointmentsOutcome(
                        tuple(reserved(each) for each in booked if isinstance(each, e.AppointmentBooked))
                    )
                case _:
                    pass
        return None

    def _reply(self, question: Question) -> m.Answer:
        match question:
            case m.SignIn():
                if question.pin != PIN:
                    return m.SignInRefused(question.id, m.SignInReason.WRONG_PIN)
                self._clerk = question.clerk
                return m.SignedIn(question.id, self._profile(question.clerk))
            case m.SignOut():
                self._clerk = None
                return m.SignedOut(question.id)
            case m.AskProfiles():
                return m.Profiles(question.id, tuple(self._profile(clerk) for clerk in NAMES))
            case m.AskToken():
                return self._token(question)
            case m.AskHistory():
                return m.History(question.id, None, ())
            case m.AskSlip():
                return self._slip(question)
            case m.WriteNote() | m.AskNote() | m.EraseNote() if self._clerk is None:
                return m.Error(question.id, m.ErrorCode.NOT_PERMITTED)
            case m.WriteNote():
                assert self._clerk is not None
                clerk = ClerkId(self._clerk)
                self._outlet.notes[question.note] = m.Note(
                    m.RequestId(""), question.text, clerk, self._outlet.now
                )
                return m.NoteWritten(question.id)
            case m.AskNote():
                note = self._outlet.notes.get(question.note, m.Note(m.RequestId("")))
                return m.Note(question.id, note.text, note.clerk, note.at)
            case m.EraseNote():
                self._outlet.notes.pop(question.note, None)
                return m.NoteErased(question.id)
            case m.AskDevices():
                return self._devices(question)
            case m.BelieveClock():
                return self._believe(question)
            case m.AskDayReport():
                return m.DayReport(question.id)
            case _:
                assert_never(question)

    def _devices(self, question: m.AskDevices) -> m.Answer:
        if self._clerk is None or self._profile(self._clerk).role is not ClerkRole.SUPERVISOR:
            return m.Error(question.id, m.ErrorCode.NOT_PERMITTED)
        outlet = self._outlet
        outlet.asked_of_devices += 1
        return m.Devices(question.id, outlet.now, outlet.devices, outlet.alarms)

    def _believe(self, question: m.BelieveClock) -> m.Answer:
        outlet = self._outlet
        others = tuple(each for each in outlet.alarms if each.kind is not m.AlarmKind.CLOCK_DOUBTED)
        if others == outlet.alarms:
            return m.Error(question.id, m.ErrorCode.CLOCK_NOT_DOUBTED)
        outlet.alarms, outlet.believed = others, True
        return m.ClockBelieved(question.id)

    def _slip(self, question: m.AskSlip) -> m.Answer:
        if self._clerk is None:
            return m.Error(question.id, m.ErrorCode.NOT_PERMITTED)
        known = self._outlet.state.applications.get(question.application)
        return m.Slip(question.id, known and slip_of(known.id, known.accepted_at, known.promised_at))

    def _token(self, question: m.AskToken) -> m.TokenAnswer:
        _, _, wanted = question.token.partition(":")
        if wanted in self._outlet.state.applications:
            return m.TokenAnswer(question.id, m.TokenKind.APPLICATION, application=ApplicationId(wanted))
        if wanted in self._outlet.state.tickets:
            return m.TokenAnswer(question.id, m.TokenKind.TICKET, ticket=TicketId(wanted))
        if wanted in self._outlet.state.appointments:
            return m.TokenAnswer(question.id, m.TokenKind.APPOINTMENT, appointment=AppointmentId(wanted))
        rolled = read_roll_id(wanted)
        return self._roll(question, rolled) if rolled is not None else m.TokenAnswer(question.id)

    def _roll(self, question: m.AskToken, wanted: RollTicket) -> m.TokenAnswer:
        entered = self._outlet.state.rolls.get(wanted.letter, Roll()).entered.get(wanted.serial)
        if entered is None:
            return m.TokenAnswer(question.id, m.TokenKind.ROLL, roll=wanted)
        return m.TokenAnswer(question.id, m.TokenKind.ROLL, ticket=entered.ticket)


def slip_of(
    application: ApplicationId, accepted_at: Instant, promised_at: Instant | None
) -> m.ApplicationOutcome:
    return m.ApplicationOutcome(application, token_of(application), accepted_at, "3TR8WX", promised_at)


def reserved(booked: e.AppointmentBooked) -> m.Reserved:
    token = token_of(booked.appointment)
    return m.Reserved(booked.appointment, booked.letter, booked.service, booked.slot_at, token, "9QH5DC")


def token_of(identifier: str) -> str:
    """The stand-in for a signed token: these tests have no keys."""
    return f"TEST:{identifier}"
