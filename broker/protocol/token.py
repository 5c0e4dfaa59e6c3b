"""A token's outer form, which a scanner can check by itself; only the broker, who has the keys, can verify one.

``T:1:31.74.01.1001:20260714-A012:29734500:ABCDEFGHIJKLMNOP``: kind, key, outlet, id, the minute in which it ends
(empty: no end of its own) and the MAC over all before it. Every character is in QR's alphanumeric set.
"""

import re

from msgspec import Struct

from broker.domain.roll import RollTicket
from broker.domain.values import Letter
from broker.protocol.messages import TokenKind

_LETTERS = {
    TokenKind.TICKET: "T",
    TokenKind.APPLICATION: "A",
    TokenKind.APPOINTMENT: "J",
    TokenKind.ROLL: "R",
}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}

_FORM = re.compile(
    r"(?P<kind>[TAJR]):(?P<key>\d{1,4}):(?P<outlet>[0-9A-Z.-]{1,24}):(?P<id>[0-9A-Z.-]{1,40}):(?P<end>\d{0,10}):"
    r"(?P<mac>[A-Z2-7]{16})"
)

_ROLL = re.compile(r"([A-Z])(\d{1,5})-(\d{1,9})")

CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Without 0, O, 1, I and L, which a hand confuses."""

CODE_LENGTH = 6


class Token(Struct, frozen=True):
    """What a token says; whether it is true the broker knows."""

    kind: TokenKind
    key: int
    outlet: str
    id: str
    end_minute: int | None
    """The minute of the Unix epoch in which it ends."""
    mac: str = ""

    @property
    def signed(self) -> str:
        """The part that the MAC is made over."""
        end = "" if self.end_minute is None else self.end_minute
        return f"{_LETTERS[self.kind]}:{self.key}:{self.outlet}:{self.id}:{end}"


def read_token(text: str) -> Token | None:
    """The token in a scanned text, bare or at the end of an address; None when it has not a token's form."""
    bare = text.strip().rpartition("/")[2].upper()
    form = _FORM.fullmatch(bare)
    if form is None:
        return None
    end = form["end"]
    return Token(
        _KINDS[form["kind"]],
        int(form["key"]),
        form["outlet"],
        form["id"],
        int(end) if end else None,
        form["mac"],
    )


def roll_id(ticket: RollTicket) -> str:
    """What a roll ticket's token has for an id: ``B701-17``."""
    return f"{ticket.letter}{ticket.number}-{ticket.serial}"


def read_roll_id(text: str) -> RollTicket | None:
    """The roll ticket of such an id; None when it has not its form."""
    form = _ROLL.fullmatch(text)
    return RollTicket(Letter(form[1]), int(form[2]), int(form[3])) if form else None


def read_code(text: str) -> str | None:
    """The short code in a typed text, e.g. ``7K4 M2P``; None when it has not a code's form."""
    code = "".join(text.upper().split())
    return code if len(code) == CODE_LENGTH and set(code) <= set(CODE_ALPHABET) else None


def spaced(code: str) -> str:
    """A short code as people copy it, in two halves: ``7K4 M2P``."""
    return f"{code[: len(code) // 2]} {code[len(code) // 2 :]}"
