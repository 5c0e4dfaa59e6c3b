"""Messages as bytes: whatever comes in that is none is told so, and by no other error."""

import re
from collections.abc import Callable

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.commands import IssueTicket
from broker.domain.values import CommandId
from broker.protocol import messages as m
from broker.protocol.codec import MalformedError, decode_answer, decode_broadcast, decode_request, encode

SURROGATE = b"\xed\xa0\x80"
"""Half a pair: no UTF-8, though as long as the text that it replaces below."""

HONEST = (
    encode(m.AskToken(m.RequestId("xxx"), "yyy")),
    encode(m.SendCommand(CommandId("xxx"), IssueTicket("A"))),
)


@pytest.mark.parametrize("text", [b"xxx", b"yyy", b"com", b"ask", b"typ"])
def test_a_text_that_is_no_utf_8_is_malformed(text: bytes) -> None:
    for body in HONEST:
        if text in body:
            with pytest.raises(MalformedError):
                decode_request(body.replace(text, SURROGATE, 1))


@pytest.mark.parametrize("decode", [decode_answer, decode_broadcast])
def test_so_it_is_at_the_other_end(decode: Callable[[bytes], object]) -> None:
    with pytest.raises(MalformedError):
        decode(b"\x81\xa4type\xa3" + SURROGATE)


@given(
    place=st.integers(0, max(map(len, HONEST)) - 1), put=st.binary(max_size=4), body=st.sampled_from(HONEST)
)
def test_a_message_that_was_damaged_is_one_or_is_malformed(place: int, put: bytes, body: bytes) -> None:
    damaged = body[:place] + put + body[place + len(put) :]
    try:
        decode_request(damaged)
    except MalformedError:
        return


def test_a_message_without_end_is_malformed() -> None:
    with pytest.raises(MalformedError):
        decode_request(b"\x81\xa1x" * 20_000)


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ({"type": "Budi' - at `$.x`\nSantoso"}, "Invalid value - at `$.type`"),
        (
            {"type": "enrol-device", "id": "1", "device": "ab", "role": "Budi Santoso"},
            "Invalid enum value - at `$.role`",
        ),
        ({"type": "sign-in", "id": "1", "clerk": "rina", "pin": "Budi Santoso"}, "- at `$.pin`"),
    ],
)
def test_what_stood_in_a_wrong_place_is_not_repeated(message: object, said: str) -> None:
    """It may be anybody's, and an error's text goes into logs."""
    with pytest.raises(MalformedError, match=re.escape(said)) as raised:
        decode_request(msgspec.msgpack.encode(message))
    assert "Budi" not in str(raised.value)
