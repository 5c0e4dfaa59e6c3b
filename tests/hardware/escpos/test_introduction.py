"""A printer is asked what it is so that nothing is printed, whether or not it knows the question."""

import pytest

from hardware.escpos.introduction import name_of

WITHIN_SECONDS = 0.05
ASK_MAKER, ASK_MODEL, INITIALIZE = b"\x1b@\x1dIB", b"\x1b@\x1dIC", b"\x1b@"


class Talker:
    """Says one thing after each question, and keeps what it was sent."""

    description = "talker"

    def __init__(self, *says: bytes) -> None:
        self._says = list(says)
        self._said = b""
        self.sent: list[bytes] = []

    def open(self, within_seconds: float) -> None: ...

    def close(self) -> None: ...

    def write(self, data: bytes, within_seconds: float) -> None:
        self.sent.append(data)
        self._said += self._says.pop(0) if self._says else b""

    def read(self, within_seconds: float) -> bytes:
        said, self._said = self._said, b""
        return said


@pytest.mark.parametrize(
    ("says", "name"),
    [
        ((b"\x5fEPSON\x00", b"\x5fTM-T20II\x00"), "EPSON TM-T20II"),
        ((b"\x12\x5fBIXOLON \x00", b"\x14\x00\x00\x0f\x5fSRP-330II\x00"), "BIXOLON SRP-330II"),
        ((b"\x5f\x00", b"\x5fPOS-58\x00"), "POS-58"),
        ((b"\x5f\x00", b"\x5f\x00"), None),
        ((b"\x5fEPSON\x00", b"\x12"), "EPSON"),
    ],
)
def test_the_maker_and_the_model_are_the_printers_words(says: tuple[bytes, bytes], name: str | None) -> None:
    printer = Talker(*says)
    assert name_of(printer, WITHIN_SECONDS) == name
    assert printer.sent == [ASK_MAKER, ASK_MODEL, INITIALIZE]


def test_one_that_does_not_know_the_question_is_asked_no_more_and_prints_nothing_of_it() -> None:
    printer = Talker()
    assert name_of(printer, WITHIN_SECONDS) is None
    assert printer.sent == [ASK_MAKER, INITIALIZE]
