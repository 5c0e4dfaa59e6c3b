"""Tokens and codes: what the broker has signed it knows again, and nothing else."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broker.domain.values import ApplicationId, Instant, TicketId
from broker.protocol.messages import TokenKind
from broker.server.tokens import Tokens
from broker.store.registry import SigningKey
from tests.support import sample

OUTLET = "31.74.01.1001"
TICKET = TicketId("20260714-A012")
APPLICATION = ApplicationId("31.74.01.1001-20260714-0001")
END = sample.at(24)
OURS = Tokens([SigningKey(1, b"k" * 32)])
THEIRS = Tokens([SigningKey(1, b"t" * 32)])

TICKET_TOKEN = OURS.for_ticket(OUTLET, TICKET, END)
APPLICATION_TOKEN = OURS.for_application(OUTLET, APPLICATION)


def test_a_tickets_token_is_known_again() -> None:
    token = OURS.verified(TICKET_TOKEN, OUTLET, sample.at(9))
    assert token is not None
    assert (token.kind, token.id) == (TokenKind.TICKET, TICKET)


def test_a_tickets_token_ends_with_its_day() -> None:
    assert OURS.verified(TICKET_TOKEN, OUTLET, Instant(END - 1)) is not None
    assert OURS.verified(TICKET_TOKEN, OUTLET, END) is None


def test_an_applications_token_has_no_end_of_its_own() -> None:
    years_later = Instant(END + 10 * 365 * 24 * 3600 * 1000)
    token = OURS.verified(APPLICATION_TOKEN, OUTLET, years_later)
    assert token is not None
    assert (token.kind, token.id) == (TokenKind.APPLICATION, APPLICATION)


def test_another_outlets_token_is_not_ours() -> None:
    assert OURS.verified(OURS.for_ticket("31.71.01.1001", TICKET, END), OUTLET, sample.at(9)) is None
    assert OURS.verified(THEIRS.for_ticket(OUTLET, TICKET, END), OUTLET, sample.at(9)) is None


@pytest.mark.parametrize("genuine", [TICKET_TOKEN, APPLICATION_TOKEN])
def test_a_token_with_any_character_changed_is_refused(genuine: str) -> None:
    for place, character in enumerate(genuine):
        for other in "0A2Z:.-":
            if other != character:
                forged = genuine[:place] + other + genuine[place + 1 :]
                assert OURS.verified(forged, OUTLET, sample.at(9)) is None, forged


@given(st.text(max_size=80) | st.from_regex(r"[TA]:1:31\.74\.01\.1001:[A-Z0-9-]{1,20}:\d{0,8}:[A-Z2-7]{16}"))
def test_nobody_guesses_a_token(text: str) -> None:
    assert OURS.verified(text, OUTLET, sample.at(9)) is None


def test_an_older_key_still_verifies_and_the_newest_signs() -> None:
    both = Tokens([SigningKey(1, b"k" * 32), SigningKey(2, b"n" * 32)])
    assert both.verified(TICKET_TOKEN, OUTLET, sample.at(9)) is not None
    assert OURS.verified(both.for_ticket(OUTLET, TICKET, END), OUTLET, sample.at(9)) is None
    assert both.is_code_of(TICKET, OURS.code(TICKET))


def test_a_token_is_short_and_all_in_the_qr_codes_alphanumeric_set() -> None:
    assert re.fullmatch(r"[0-9A-Z $%*+./:-]+", TICKET_TOKEN)
    assert len(TICKET_TOKEN) <= 61, "more than QR version 3-M holds"
    assert len(APPLICATION_TOKEN) <= 90, "more than QR version 4-M holds"


def test_a_code_stands_for_one_ticket() -> None:
    code = OURS.code(TICKET)
    assert len(code) == 6
    assert not set("0O1IL") & set(code)
    assert OURS.is_code_of(TICKET, code)
    assert not OURS.is_code_of(TicketId("20260714-A013"), code)
    assert not THEIRS.is_code_of(TICKET, code)
