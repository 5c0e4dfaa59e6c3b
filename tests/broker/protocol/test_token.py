"""A token's and a code's form, as a scanner without keys can check it."""

import pytest

from broker.domain.roll import RollTicket
from broker.protocol.messages import TokenKind
from broker.protocol.token import CODE_ALPHABET, Token, read_code, read_roll_id, read_token, roll_id

TICKET = "T:1:31.74.01.1001:20260714-A012:29734500:ABCDEFGHIJKLMNOP"
SLIP = "A:2:31.74.01.1001:31.74.01.1001-20260714-0001::ABCDEFGHIJKLMNOP"

APPOINTMENT = "J:1:31.74.01.1001:20260715-J003:29735940:ABCDEFGHIJKLMNOP"

ROLL_TICKET = "R:1:31.74.01.1001:B701-17:30260100:ABCDEFGHIJKLMNOP"


def test_a_tickets_token_says_what_it_is() -> None:
    assert read_token(TICKET) == Token(
        TokenKind.TICKET, 1, "31.74.01.1001", "20260714-A012", 29734500, "ABCDEFGHIJKLMNOP"
    )


def test_a_slips_token_has_no_end() -> None:
    token = read_token(SLIP)
    assert token is not None
    assert (token.kind, token.end_minute) == (TokenKind.APPLICATION, None)


def test_an_appointments_token_is_told_apart() -> None:
    token = read_token(APPOINTMENT)
    assert token is not None
    assert (token.kind, token.id) == (TokenKind.APPOINTMENT, "20260715-J003")


def test_a_roll_tickets_token_says_its_number_and_its_serial() -> None:
    token = read_token(ROLL_TICKET)
    assert token is not None
    assert token.kind is TokenKind.ROLL
    ticket = read_roll_id(token.id)
    assert ticket == RollTicket("B", 701, 17)
    assert roll_id(ticket) == token.id


@pytest.mark.parametrize("text", ["B701", "B-17", "B701-", "701-17", "B701-0x1", "B123456-1", ""])
def test_what_has_not_a_roll_tickets_form_is_none(text: str) -> None:
    assert read_roll_id(text) is None


@pytest.mark.parametrize("text", [TICKET, SLIP, APPOINTMENT, ROLL_TICKET])
def test_what_is_signed_is_everything_before_the_mac(text: str) -> None:
    token = read_token(text)
    assert token is not None
    assert f"{token.signed}:{token.mac}" == text


def test_a_token_is_read_from_an_address_in_any_case_too() -> None:
    assert read_token(f"https://antrean.jakarta.example/t/{TICKET.lower()}\n") == read_token(TICKET)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "A012",
        "https://antrean.jakarta.example/",
        TICKET[:-1],
        TICKET + "A",
        "X" + TICKET[1:],
        TICKET + ":",
    ],
)
def test_other_texts_are_no_token(text: str) -> None:
    assert read_token(text) is None


def test_a_code_is_read_as_people_type_it() -> None:
    assert read_code(" 7k4 m2P ") == "7K4M2P"


@pytest.mark.parametrize("text", ["A012", "7K4M2", "7K4M2PP", "7K4M20", ""])
def test_other_texts_are_no_code(text: str) -> None:
    assert read_code(text) is None


def test_a_code_has_no_characters_that_a_hand_confuses() -> None:
    assert not set("0O1IL") & set(CODE_ALPHABET)
