"""Signed tokens for tickets, applications and appointments, and the short codes for where there is no paper.

Only the broker holds the keys. The newest signs; older ones still verify.
"""

import hashlib
import hmac
from collections.abc import Sequence

from broker.domain.day import MINUTE_MS
from broker.domain.roll import RollTicket
from broker.domain.values import ApplicationId, AppointmentId, Instant, TicketId
from broker.protocol.messages import TokenKind
from broker.protocol.token import CODE_ALPHABET, CODE_LENGTH, Token, read_token, roll_id
from broker.store.registry import SigningKey

MAC_BYTES = 10

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_BASE32 = [first + second for first in _ALPHABET for second in _ALPHABET]
_SHIFTS = range(MAC_BYTES * 8 - 10, -1, -10)
"""Base32 (RFC 4648), two letters at a time: this stands on the way of every ticket."""


class Tokens:
    """The broker's signatures. `keys` are the outlet's, oldest first, at least one."""

    def __init__(self, keys: Sequence[SigningKey]) -> None:
        self._keys = {each.number: each.key for each in keys}
        self._newest = keys[-1].number

    def for_ticket(self, outlet: str, ticket: TicketId, ends_at: Instant) -> str:
        """The token printed on a ticket."""
        return self._sign(Token(TokenKind.TICKET, self._newest, outlet, ticket, ends_at // MINUTE_MS))

    def for_application(self, outlet: str, application: ApplicationId) -> str:
        """The token printed on a slip; it has no end of its own."""
        return self._sign(Token(TokenKind.APPLICATION, self._newest, outlet, application, None))

    def for_appointment(self, outlet: str, appointment: AppointmentId, ends_at: Instant) -> str:
        """The token that a citizen checks in with."""
        return self._sign(
            Token(TokenKind.APPOINTMENT, self._newest, outlet, appointment, ends_at // MINUTE_MS)
        )

    def for_roll(self, outlet: str, ticket: RollTicket, ends_at: Instant) -> str:
        """The token printed on a ticket of the emergency roll."""
        return self._sign(Token(TokenKind.ROLL, self._newest, outlet, roll_id(ticket), ends_at // MINUTE_MS))

    def verified(self, text: str, outlet: str, now: Instant) -> Token | None:
        """The token, if this broker has signed it, for this outlet, and it has not ended."""
        token = read_token(text)
        if token is None or token.key not in self._keys:
            return None
        genuine = hmac.compare_digest(token.mac, self._mac(token.key, token.signed))
        ended = token.end_minute is not None and now >= token.end_minute * MINUTE_MS
        return token if genuine and token.outlet == outlet and not ended else None

    def code(self, owner: TicketId | ApplicationId | AppointmentId) -> str:
        """The six characters to write down where there is no paper."""
        return self._code(self._newest, owner)

    def is_code_of(self, owner: TicketId | ApplicationId | AppointmentId, code: str) -> bool:
        """Whether the code stands for this ticket, application or appointment."""
        return any(hmac.compare_digest(code, self._code(key, owner)) for key in self._keys)

    def _sign(self, token: Token) -> str:
        return f"{token.signed}:{self._mac(token.key, token.signed)}"

    def _mac(self, key: int, text: str) -> str:
        number = int.from_bytes(self._digest(key, text)[:MAC_BYTES], "big")
        return "".join([_BASE32[number >> shift & 0x3FF] for shift in _SHIFTS])

    def _code(self, key: int, owner: TicketId | ApplicationId | AppointmentId) -> str:
        number = int.from_bytes(self._digest(key, f"code of {owner}")[:8], "big")
        characters = []
        for _ in range(CODE_LENGTH):
            number, place = divmod(number, len(CODE_ALPHABET))
            characters.append(CODE_ALPHABET[place])
        return "".join(characters)

    def _digest(self, key: int, text: str) -> bytes:
        return hmac.digest(self._keys[key], text.encode(), hashlib.sha256)
