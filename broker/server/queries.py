"""Questions that change nothing: answered from the state, the journal and the keys."""

from collections.abc import Iterator
from typing import assert_never

from broker.domain.codec import encode_state
from broker.domain.roll import Roll
from broker.domain.state import State
from broker.domain.ticket import read_plate
from broker.domain.values import (
    ApplicationId,
    AppointmentId,
    ClerkId,
    ClerkRole,
    DeviceRole,
    Instant,
    Seq,
    TicketId,
)
from broker.protocol.codec import SNAPSHOT_PART_BYTES
from broker.protocol.messages import (
    AskDayReport,
    AskDevices,
    AskFigures,
    AskHistory,
    AskNote,
    AskProfiles,
    AskSlip,
    AskSnapshot,
    AskToken,
    AskUpdates,
    AskWitnesses,
    BelieveClock,
    ConfirmHistory,
    DayReport,
    EnrolDevice,
    Epoch,
    EraseNote,
    Error,
    ErrorCode,
    History,
    Message,
    Note,
    NoteErased,
    NoteWritten,
    Profile,
    RenewBrokerKey,
    RenewKeys,
    RevokeDevice,
    SignIn,
    SignOut,
    Slip,
    SnapshotPart,
    SwitchBrokerKey,
    TokenAnswer,
    TokenKind,
    Updates,
    WriteNote,
)
from broker.protocol.token import read_code, read_roll_id
from broker.server.outcomes import slip_of
from broker.server.tokens import Tokens
from broker.store import notes
from broker.store.journal import Journal
from broker.store.notes import Notes
from broker.store.reports import Reports

REPLAY_AT_MOST = 10_000
"""A device further behind takes a snapshot."""

RECORDS_AT_ONCE = 500


_OPERATOR = frozenset({DeviceRole.OPERATOR})

ASKERS: dict[type[Message], frozenset[DeviceRole]] = {
    SignIn: frozenset({DeviceRole.COUNTER}),
    SignOut: frozenset({DeviceRole.COUNTER}),
    AskProfiles: frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR}),
    AskToken: frozenset({DeviceRole.COUNTER, DeviceRole.KIOSK}),
    AskHistory: frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR}),
    AskSlip: frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR}),
    WriteNote: frozenset({DeviceRole.COUNTER}),
    AskNote: frozenset({DeviceRole.COUNTER}),
    EraseNote: frozenset({DeviceRole.COUNTER}),
    AskDayReport: frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR}),
    AskDevices: frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR, DeviceRole.MONITOR}),
    AskFigures: frozenset({DeviceRole.OPERATOR, DeviceRole.MONITOR}),
    EnrolDevice: _OPERATOR,
    RevokeDevice: _OPERATOR,
    RenewKeys: _OPERATOR,
    RenewBrokerKey: _OPERATOR,
    SwitchBrokerKey: _OPERATOR,
    AskWitnesses: _OPERATOR,
    ConfirmHistory: _OPERATOR,
    BelieveClock: frozenset({DeviceRole.COUNTER, DeviceRole.OPERATOR}),
}
"""Which devices may ask what; everybody may ask what is not here."""

_EVERY_CLERK = frozenset(ClerkRole)

CLERKS_ASKING: dict[type[Message], frozenset[ClerkRole]] = {
    AskSlip: _EVERY_CLERK,  # who holds a slip's token collects the permit
    WriteNote: _EVERY_CLERK,
    AskNote: _EVERY_CLERK,
    EraseNote: _EVERY_CLERK,
    AskDayReport: frozenset({ClerkRole.SUPERVISOR}),
    AskDevices: frozenset({ClerkRole.SUPERVISOR}),
    BelieveClock: frozenset({ClerkRole.SUPERVISOR}),
}
"""What a counter may ask only while such a clerk is signed in there."""


class Queries:
    """What a device may ask."""

    def __init__(self, journal: Journal, reports: Reports, notes: Notes, tokens: Tokens) -> None:
        self._journal = journal
        self._reports = reports
        self._notes = notes
        self._tokens = tokens
        self._encoded: tuple[Seq, bytes] = (Seq(-1), b"")

    def token(self, asked: AskToken, state: State, now: Instant) -> TokenAnswer:
        """What a scanned token, or a typed short code of an open ticket, application or appointment, stands for."""
        if state.rules is None:
            return TokenAnswer(asked.id)
        code = read_code(asked.token)
        if code is not None:
            return self._code(asked, code, state)
        token = self._tokens.verified(asked.token, state.rules.code, now)
        if token is None:
            return TokenAnswer(asked.id)
        match token.kind:
            case TokenKind.TICKET:
                return TokenAnswer(asked.id, token.kind, ticket=TicketId(token.id))
            case TokenKind.APPLICATION:
                return TokenAnswer(asked.id, token.kind, application=ApplicationId(token.id))
            case TokenKind.APPOINTMENT:
                return TokenAnswer(asked.id, token.kind, appointment=AppointmentId(token.id))
            case TokenKind.ROLL:
                return self._roll(asked, token.id, state, now)
            case _:
                assert_never(token.kind)

    def _roll(self, asked: AskToken, id_: str, state: State, now: Instant) -> TokenAnswer:
        ticket = read_roll_id(id_)
        if ticket is None:
            return TokenAnswer(asked.id)
        roll = state.rolls.get(ticket.letter, Roll())
        if not roll.is_spent(ticket.serial, now):
            return TokenAnswer(asked.id, TokenKind.ROLL, roll=ticket)
        entered = roll.entered.get(ticket.serial)
        return TokenAnswer(asked.id, TokenKind.ROLL, ticket=entered.ticket if entered is not None else None)

    def _code(self, asked: AskToken, code: str, state: State) -> TokenAnswer:
        for ticket in state.tickets:
            if self._tokens.is_code_of(ticket, code):
                return TokenAnswer(asked.id, TokenKind.TICKET, ticket=ticket)
        for application in state.applications:
            if self._tokens.is_code_of(application, code):
                return TokenAnswer(asked.id, TokenKind.APPLICATION, application=application)
        for appointment in state.appointments:
            if self._tokens.is_code_of(appointment, code):
                return TokenAnswer(asked.id, TokenKind.APPOINTMENT, appointment=appointment)
        return TokenAnswer(asked.id)

    def history(self, asked: AskHistory) -> History:
        """A ticket's story."""
        plate = read_plate(asked.number)
        ticket, records = self._journal.history(*plate, asked.day) if plate else (None, ())
        return History(asked.id, ticket, records)

    def slip(self, asked: AskSlip, state: State) -> Slip:
        """What a slip says, made anew while its application lives."""
        application = state.applications.get(asked.application)
        if application is None or state.rules is None:
            return Slip(asked.id)
        accepted_at, promised_at = application.accepted_at, application.promised_at
        return Slip(asked.id, slip_of(application.id, accepted_at, promised_at, state.rules, self._tokens))

    def write_note(self, asked: WriteNote, clerk: ClerkId, now: Instant) -> NoteWritten | Error:
        """Keep a note."""
        kept = self._notes.write(notes.Note(asked.note, asked.text, clerk, now))
        return NoteWritten(asked.id) if kept else Error(asked.id, ErrorCode.COMMAND_ID_REUSED)

    def note(self, asked: AskNote) -> Note:
        """What a note says."""
        known = self._notes.read(asked.note)
        return Note(asked.id) if known is None else Note(asked.id, known.text, known.clerk, known.at)

    def erase_note(self, asked: EraseNote, asker: Profile, now: Instant) -> NoteErased | Error:
        """Forget what a note says: its author may ask for it, and a supervisor."""
        known = self._notes.read(asked.note)
        if known is not None and known.clerk != asker.clerk and asker.role is not ClerkRole.SUPERVISOR:
            return Error(asked.id, ErrorCode.NOT_PERMITTED, "another clerk's note")
        self._notes.erase(asked.note, asker.clerk, now)
        return NoteErased(asked.id)

    def day_report(self, asked: AskDayReport, state: State) -> DayReport:
        """What a day came to."""
        return DayReport(asked.id, self._reports.day(asked.day, state))

    def updates(self, asked: AskUpdates, state: State, epoch: Epoch, role: DeviceRole) -> Updates | Error:
        """The events from a number on. Too many of them, or none there yet, is an error: a snapshot helps.

        An operator may read the whole journal; a snapshot would not help there.
        """
        known = state.seq + 1
        first = 1 if role is DeviceRole.OPERATOR else max(1, known - REPLAY_AT_MOST)
        if not first <= asked.start <= known:
            return Error(asked.id, ErrorCode.TOO_FAR_BEHIND)
        return Updates(asked.id, epoch, self._journal.records_from(asked.start, RECORDS_AT_ONCE))

    def snapshot(self, asked: AskSnapshot, state: State, epoch: Epoch) -> Iterator[SnapshotPart]:
        """The whole state in parts; encoded once for all who ask before the next event."""
        if self._encoded[0] != state.seq:
            self._encoded = state.seq, encode_state(state)
        seq, body = self._encoded
        starts = range(0, len(body), SNAPSHOT_PART_BYTES)
        for part, start in enumerate(starts):
            yield SnapshotPart(
                asked.id, epoch, seq, part, len(starts), body[start : start + SNAPSHOT_PART_BYTES]
            )
