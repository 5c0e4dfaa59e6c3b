"""Finding out what a printer is and how it can tell that a page is on paper, by asking it; nothing is printed.

Only printers that are ready answer. The line that one without a command makes of its rest is cleared before it is
printed.
"""

import time
from collections.abc import Iterator

from hardware.connection import Connection
from hardware.escpos import commands
from hardware.escpos.replies import Identity, Processed, Replies, Reply, TransmittedStatus
from hardware.profile import Confirmation

_NAME = b"TEST"
_ASK_PROCESS_ID = b"\x1b@\x1d(H\x06\x0000" + _NAME + b"\x1b@"
_ASK_STATUS = b"\x1b@\x1dr\x01"
_ASK_MAKER, _ASK_MODEL = b"\x1b@\x1dI\x42", b"\x1b@\x1dI\x43"


def confirmation_of(connection: Connection, within_seconds: float) -> Confirmation:
    """The best that the printer answers, each asked for so long. Raises ConnectionLost."""
    if Processed(_NAME) in _answers(connection, _ASK_PROCESS_ID, within_seconds):
        return Confirmation.PROCESS_ID
    if any(isinstance(each, TransmittedStatus) for each in _answers(connection, _ASK_STATUS, within_seconds)):
        return Confirmation.STATUS
    return Confirmation.NONE


def name_of(connection: Connection, within_seconds: float) -> str | None:
    """The maker and the model, "EPSON TM-T20II", as the printer says them, each asked for so long; None where it does
    not say. Raises ConnectionLost.
    """
    words: list[str] = []
    for question in (_ASK_MAKER, _ASK_MODEL):
        answers = _answers(connection, question, within_seconds)
        word = next((each.word for each in answers if isinstance(each, Identity)), None)
        if word is None:
            break  # nothing more may be sent before its answer, and this printer gives none
        words.append(word)
    connection.write(commands.initialize(), within_seconds)
    return " ".join(words).strip() or None


def _answers(connection: Connection, question: bytes, within_seconds: float) -> Iterator[Reply]:
    """What comes after a question, until the time is over."""
    connection.write(question, within_seconds)
    replies, end = Replies(), time.monotonic() + within_seconds
    while (left := end - time.monotonic()) > 0:
        yield from replies.feed(connection.read(left))
