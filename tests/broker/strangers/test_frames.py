"""Frames that nobody would send who means well: each is a message or an error, and what is an error changes nothing.

`make soak` tries a million of them.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from broker.domain.commands import ReportDisplay
from broker.protocol import messages as m
from broker.protocol.codec import LARGEST_REQUEST_BYTES, MalformedError, decode_answer, decode_request, encode
from broker.protocol.identifiers import new_request_id
from broker.server.provision import Enrolment
from tests.broker.strangers.frames import corpus, frames
from tests.broker.strangers.looks import disk_of, seconds_of_a_ticket, state_of
from tests.broker.strangers.running import running
from tests.conftest import SOAKING
from tests.support.broker import DISPLAY, KIOSK, NO_LIMITS, PC, Device, HandClock

DECODED = 1_000_000 if SOAKING else 100_000
SENT = 500_000 if SOAKING else 6_000
AT_ONCE = 200
SEED = 20260714


@pytest.mark.timeout(1800 if SOAKING else 120)
def test_any_bytes_are_a_message_that_can_be_told_again_or_malformed() -> None:
    found: Counter[str] = Counter()
    for body in frames(corpus(), DECODED, SEED):
        try:
            message = decode_request(body)
        except MalformedError:
            found["malformed"] += 1
            continue
        assert decode_request(encode(message)) == message
        found[type(message).__name__] += 1
    assert found.pop("malformed") > DECODED / 3, "else they are not odd enough"
    assert len(found) == len(m.ClientMessage.__args__), "else they are odd only at the outset"


def expected_of(body: bytes) -> m.ErrorCode | m.Message:
    """What a frame is to the broker: a message, or the error that it is answered with."""
    if len(body) > LARGEST_REQUEST_BYTES:
        return m.ErrorCode.TOO_LARGE
    try:
        return decode_request(body)
    except MalformedError:
        return m.ErrorCode.MALFORMED


def tells_of_itself(body: bytes) -> bool:
    """Whether it is a report that a display may make."""
    message = expected_of(body)
    return isinstance(message, m.SendCommand) and isinstance(message.command, ReportDisplay)


NONSENSE = (m.ErrorCode.TOO_LARGE, m.ErrorCode.MALFORMED)


def said(device: Device, bodies: list[bytes], chance: Random) -> None:
    """Send frames, some of them in two, and see each answered as it should be."""
    expected = [expected_of(body) for body in bodies]
    for place, body in enumerate(bodies):
        if chance.random() < 0.02:
            device.requests.send_multipart([body, b""])
            expected[place] = m.ErrorCode.MALFORMED
        else:
            device.requests.send(body)
    answers = answers_until_greeted(device)
    errors = Counter(answer.code for answer in answers if isinstance(answer, m.Error))
    for code in NONSENSE:
        assert errors[code] == expected.count(code)
    answered = {answer.id for answer in answers}
    questions = [each for each in expected if not isinstance(each, m.ErrorCode | m.Alive)]
    unanswered = [each for each in questions if each.id not in answered]
    assert len(unanswered) <= errors[m.ErrorCode.NO_COMMON_VERSION] + errors[m.ErrorCode.HELLO_FIRST]


def answers_until_greeted(device: Device) -> list[m.Answer]:
    """Everything that is answered before the last thing that is asked."""
    last = new_request_id()
    device.send(m.Hello(last, (m.PROTOCOL_VERSION,), "a test"))
    answers: list[m.Answer] = []
    while True:
        answer = decode_answer(device.requests.recv())
        if isinstance(answer, m.Welcome) and answer.id == last:
            return answers
        answers.append(answer)


def batched(bodies: Iterator[bytes]) -> Iterator[list[bytes]]:
    """The frames, AT_ONCE together."""
    while batch := list(islice(bodies, AT_ONCE)):
        yield batch


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 120)
def test_whatever_a_display_sends_changes_nothing_and_a_kiosk_is_served(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    """Its own key and its own state are all that a display may change, so they are left out."""
    chance = Random(SEED)
    with (
        running(tmp_path, enrolment, clock, NO_LIMITS) as broker,
        broker.device(DISPLAY) as display,
        broker.device(KIOSK) as kiosk,
    ):
        before = state_of(kiosk), disk_of(tmp_path)
        odd = (
            each for each in frames(corpus(frozenset({m.OfferKey})), SENT, SEED) if not tells_of_itself(each)
        )
        for bodies in batched(odd):
            said(display, bodies, chance)
        assert (state_of(kiosk), disk_of(tmp_path)) == before
        assert seconds_of_a_ticket(kiosk) < 1


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 120)
def test_whatever_a_supervisors_counter_sends_the_broker_goes_on_and_its_disk_says_the_same(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    """What is a message may do what a supervisor may; what is none does nothing."""
    chance = Random(SEED)
    comes_and_goes = frozenset({m.SignIn, m.SignOut})
    with (
        running(tmp_path, enrolment, clock, NO_LIMITS) as broker,
        broker.device(PC) as pc,
        broker.device(DISPLAY) as onlooker,
    ):
        pc.sign_in("ratna")
        for bodies in batched(frames(corpus(comes_and_goes), SENT, SEED + 1)):
            said(pc, bodies, chance)
            before = state_of(onlooker)
            said(pc, [body for body in bodies if expected_of(body) in NONSENSE], chance)
            assert state_of(onlooker) == before
    with running(tmp_path, enrolment, clock, NO_LIMITS) as broker, broker.device(DISPLAY) as onlooker:
        assert state_of(onlooker) == before
    assert before[0] > 10, "a supervisor gets something done"
