"""How often a session asks again, and what it does not do to a broker that has enough to do."""

import pytest

from broker.client import Link, Unanswered
from broker.client.session import CommandAnswer
from broker.domain import commands as c
from broker.domain.codec import encode_state
from broker.domain.values import ClerkId, Seq
from broker.protocol import messages as m
from tests.broker.client.test_session import EPOCH, MAC, Hands, connected, parts_of, published, same
from tests.support.morning import ONE, Morning

SECONDS = 30


def alive(hands: Hands, outlet: Morning, seconds: float) -> None:
    """Time passes, and the broker lives."""
    for _ in range(round(seconds)):
        hands.heartbeat(outlet.state.seq)
        hands.pass_time(1)


def test_an_unanswered_command_is_sent_more_and_more_seldom() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.chance = 1.0
    hands.session.send(c.CallNext(ONE), lambda _: None, expires_after=60)
    alive(hands, outlet, 7.5)
    assert len(hands.asked(m.SendCommand)) == 4, "at once, after 1, after 2 and after 4 seconds more"
    alive(hands, outlet, SECONDS)
    assert len(hands.asked(m.SendCommand)) <= 4 + SECONDS / 4 + 1


def test_who_is_turned_away_holds_back_and_loses_nothing() -> None:
    outlet = Morning()
    hands = connected(outlet)
    answers: list[CommandAnswer] = []
    ids = [hands.session.send(c.CallNext(ONE), answers.append, expires_after=60) for _ in range(20)]
    for _ in ids:
        hands.session.receive(m.Error(None, m.ErrorCode.TOO_MANY))
    sent = len(hands.sent)
    alive(hands, outlet, 1.9)
    assert len(hands.sent) == sent
    alive(hands, outlet, 3)
    assert {each.id for each in hands.asked(m.SendCommand)[20:]} == set(ids)
    for each in ids:
        hands.session.receive(m.Accepted(each, outlet.state.seq))
    assert len(answers) == 20


def test_devices_that_were_turned_away_do_not_come_back_at_one_moment() -> None:
    moments = []
    for chance in (0.0, 0.3, 0.6, 0.9):
        outlet = Morning()
        hands = connected(outlet)
        hands.chance = chance
        hands.session.send(c.CallNext(ONE), lambda _: None, expires_after=60)
        hands.session.receive(m.Error(None, m.ErrorCode.TOO_MANY))
        began = hands.seconds
        while len(hands.asked(m.SendCommand)) == 1:
            alive(hands, outlet, 1)
        moments.append(round(hands.seconds - began, 1))
    assert len(set(moments)) > 1


def test_a_sign_in_is_not_sent_again_for_being_turned_away() -> None:
    outlet = Morning()
    hands = connected(outlet)
    replies: list[object] = []
    hands.session.ask(m.SignIn(m.RequestId("q"), ClerkId("sri"), "1234"), replies.append)
    hands.session.receive(m.Error(None, m.ErrorCode.TOO_MANY))
    alive(hands, outlet, 11)
    assert replies == [Unanswered("q")]
    assert len(hands.asked(m.SignIn)) == 1


def test_one_greeting_answers_any_number_of_complaints_that_there_was_none() -> None:
    hands = connected(Morning())
    for _ in range(20):
        hands.session.receive(m.Error(None, m.ErrorCode.HELLO_FIRST))
    assert len(hands.asked(m.Hello)) == 2


@pytest.mark.parametrize("chance", [0.0, 0.5, 1.0])
def test_an_unanswered_greeting_is_repeated_within_a_second_and_not_more_often_than_twice(
    chance: float,
) -> None:
    hands = Hands()
    hands.chance = chance
    hands.session.start()
    for _ in range(SECONDS):
        before = len(hands.asked(m.Hello))
        hands.pass_time(1.1)
        assert 1 <= len(hands.asked(m.Hello)) - before <= 3


def test_a_silent_connection_is_thrown_away_when_chance_says_so_and_stale_is_said_in_time_all_the_same() -> (
    None
):
    hands = Hands()
    outlet = Morning()
    hands.chance = 1.0
    hands.session.start()
    hands.pass_time(2.9)  # the first connection never stood; the next is given the longest
    hands.welcome(outlet.state.seq)
    hands.snapshot(outlet)
    hands.heartbeat(outlet.state.seq)
    assert hands.session.link is Link.LIVE
    hands.pass_time(2.9)
    assert (hands.session.link, hands.renewed) == (Link.STALE, 1)
    hands.pass_time(0.4)
    assert hands.renewed == 2


def test_a_sign_of_life_just_in_time_keeps_the_connection() -> None:
    outlet = Morning()
    hands = Hands()
    hands.chance = 1.0
    hands.session.start()
    hands.pass_time(2.9)
    hands.welcome(outlet.state.seq)
    hands.snapshot(outlet)
    hands.heartbeat(outlet.state.seq)
    hands.pass_time(2.9)
    hands.heartbeat(outlet.state.seq)
    assert (hands.session.link, hands.renewed) == (Link.LIVE, 1)


def test_a_greeting_alone_is_not_believed_where_updates_did_not_come_before() -> None:
    """A network that lets requests through and no updates: the screen does not flicker, it says that it is stale."""
    outlet = Morning()
    hands = connected(outlet)
    hands.pass_time(3)
    assert hands.session.link is Link.STALE
    for _ in range(3):
        hands.welcome(outlet.state.seq)
        assert hands.session.link is Link.STALE
        hands.pass_time(3)
    hands.welcome(outlet.state.seq)
    hands.heartbeat(outlet.state.seq)
    assert hands.session.link is Link.LIVE


def test_where_updates_came_before_a_greeting_is_enough() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.heartbeat(outlet.state.seq)
    hands.pass_time(3)
    assert hands.session.link is Link.STALE
    hands.pass_time(30)
    hands.welcome(outlet.state.seq)
    assert hands.session.link is Link.LIVE


def test_a_snapshot_that_comes_slowly_is_not_asked_for_again() -> None:
    outlet = Morning()
    hands = Hands()
    hands.session.start()
    hands.welcome(outlet.state.seq)
    for part in parts_of(outlet, "slow"):
        hands.heartbeat(outlet.state.seq)
        hands.pass_time(0.9)
        hands.session.receive(part)
    assert len(hands.asked(m.AskSnapshot)) == 1
    assert same(hands, outlet)


def test_a_snapshot_that_does_not_come_is_asked_for_more_and_more_seldom() -> None:
    outlet = Morning()
    hands = Hands()
    hands.session.start()
    hands.welcome(outlet.state.seq)
    alive(hands, outlet, 60)
    assert 5 <= len(hands.asked(m.AskSnapshot)) <= 12


def test_late_repeated_and_mixed_up_messages_end_in_the_brokers_state() -> None:
    outlet = Morning()
    hands = connected(outlet)
    start = encode_state(outlet.state), outlet.state.seq
    records = [
        record
        for letter in "ABCAB"
        for record in published(outlet, lambda letter=letter: outlet.take(letter))
    ]
    updates = [m.Update(EPOCH, (record,), MAC) for record in records]
    for update in [*reversed(updates), updates[0], updates[-1], *updates[:3]]:
        hands.session.receive(update)
        hands.session.receive(update)
    hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, tuple(records[:4])))
    hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, tuple(records)))
    hands.session.receive(m.SnapshotPart(m.RequestId("late"), EPOCH, Seq(start[1]), 0, 1, start[0]))
    for update in updates:
        hands.session.receive(update)
    assert same(hands, outlet)
    assert hands.session.link is Link.LIVE
