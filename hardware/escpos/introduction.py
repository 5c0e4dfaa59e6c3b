"""Finding out how a printer can tell that a page is on paper, by asking it; nothing is printed.

The line that a printer without GS ( H makes of that command's rest is cleared before it is printed.
"""

import time

from hardware.connection import Connection
from hardware.escpos.replies import Processed, Replies, Reply, TransmittedStatus
from hardware.profile import Confirmation

_NAME = b"TEST"
_ASK_PROCESS_ID = b"\x1b@\x1d(H\x06\x0000" + _NAME + b"\x1b@"
_ASK_STATUS = b"\x1b@\x1dr\x01"


def confirmation_of(connection: Connection, within_seconds: float) -> Confirmation:
    """The best that a printer which is ready answers, each asked for so long. Raises ConnectionLost."""

    def answers(question: bytes, expected: Reply | type[TransmittedStatus]) -> bool:
        connection.write(question, within_seconds)
        replies, end = Replies(), time.monotonic() + within_seconds
        while (left := end - time.monotonic()) > 0:
            for reply in replies.feed(connection.read(left)):
                if reply == expected or type(reply) is expected:
                    return True
        return False

    if answers(_ASK_PROCESS_ID, Processed(_NAME)):
        return Confirmation.PROCESS_ID
    if answers(_ASK_STATUS, TransmittedStatus):
        return Confirmation.STATUS
    return Confirmation.NONE
