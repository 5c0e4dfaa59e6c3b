"""A device's side of the connection, fed by hand: retries, stale links, gaps and snapshots."""

from collections.abc import Callable

import msgspec

from broker.client import DeviceClock, DeviceKeys, Link, Session, Unanswered
from broker.client.session import CommandAnswer
from broker.client.transport import Unreadable
from broker.domain import commands as c
from broker.domain.codec import encode_state
from broker.domain.events import Recorded
from broker.domain.known import Known
from broker.domain.values import ClerkId, CommandId, DeviceId, DeviceRole, Instant, Seq
from broker.protocol import messages as m
from broker.protocol.codec import decode_request
from tests.support.keyring import KeysInHand
from tests.support.morning import ONE, Morning

EPOCH = m.Epoch("one")
MAC = b""
NEXT_KEY = "n" * 40


class Hands:
    """A wire and a clock in the test's hands."""

    def __init__(self) -> None:
        self.sent: list[m.ClientMessage] = []
        self.renewed = 0
        self.seconds = 100.0
        self.wall = Instant(5000)
        self.keyring = KeysInHand(DeviceKeys("own", "secret", "broker"), (NEXT_KEY, "its secret"))
        self.known = Known()
        self.chance = 0.0
        self.changes: list[tuple[Recorded, ...]] = []
        self.session = Session(
            self,
            "test",
            DeviceClock(lambda: self.seconds, lambda: self.wall),
            self.keyring,
            lambda: self.known,
            lambda: self.chance,
        )
        self.session.on_change(self.changes.append)

    def send(self, body: bytes) -> None:
        self.sent.append(decode_request(body))

    def renew(self) -> None:
        self.renewed += 1

    def pass_time(self, seconds: float) -> None:
        for _ in range(round(seconds * 10)):
            self.seconds += 0.1
            self.session.tick()

    def asked(self, kind: type[m.Message]) -> list[m.ClientMessage]:
        return [each for each in self.sent if isinstance(each, kind)]

    def welcome(self, seq: int, epoch: m.Epoch = EPOCH) -> None:
        hello = self.asked(m.Hello)[-1]
        self.session.receive(
            m.Welcome(
                m.RequestId(hello.id),
                1,
                epoch,
                Seq(seq),
                DeviceId("kiosk-1"),
                DeviceRole.KIOSK,
                Instant(1000),
            )
        )

    def snapshot(self, outlet: Morning, epoch: m.Epoch = EPOCH, parts: int = 1) -> None:
        body = encode_state(outlet.state)
        step = len(body) // parts + 1
        for part in range(parts):
            piece = body[part * step : (part + 1) * step]
            self.session.receive(
                m.SnapshotPart(m.RequestId("s"), epoch, outlet.state.seq, part, parts, piece)
            )

    def heartbeat(self, seq: int, epoch: m.Epoch = EPOCH, at: int = 2000) -> None:
        self.session.receive(m.Heartbeat(epoch, Seq(seq), Instant(at), MAC))


def connected(outlet: Morning) -> Hands:
    hands = Hands()
    hands.session.start()
    hands.welcome(outlet.state.seq)
    hands.snapshot(outlet)
    return hands


def same(hands: Hands, outlet: Morning) -> bool:
    return encode_state(hands.session.state) == encode_state(outlet.state)


def published(outlet: Morning, act: Callable[[], object]) -> tuple[Recorded, ...]:
    before = len(outlet.journal)
    act()
    return tuple(outlet.journal[before:])


def test_a_session_begins_with_hello_then_asks_for_a_snapshot_and_is_live() -> None:
    outlet = Morning()
    hands = Hands()
    hands.session.start()
    assert hands.session.link is Link.CONNECTING
    hands.welcome(outlet.state.seq)
    assert [type(each) for each in hands.sent] == [m.Hello, m.AskSnapshot]
    hands.snapshot(outlet, parts=3)
    assert hands.session.link is Link.LIVE
    assert same(hands, outlet)
    assert () in hands.changes


def test_updates_are_folded_as_they_come() -> None:
    outlet = Morning()
    hands = connected(outlet)
    records = published(outlet, lambda: outlet.take("A"))
    hands.session.receive(m.Update(EPOCH, records, MAC))
    assert same(hands, outlet)
    assert hands.changes[-1] == records


def test_a_gap_is_seen_at_once_and_replayed() -> None:
    outlet = Morning()
    hands = connected(outlet)
    known = outlet.state.seq
    lost = published(outlet, lambda: outlet.take("A"))
    later = published(outlet, lambda: outlet.take("B"))
    hands.session.receive(m.Update(EPOCH, later, MAC))
    (asked,) = hands.asked(m.AskUpdates)
    assert isinstance(asked, m.AskUpdates)
    assert asked.start == known + 1
    hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, lost + later))
    assert same(hands, outlet)


def test_a_heartbeat_tells_of_what_was_missed() -> None:
    outlet = Morning()
    hands = connected(outlet)
    outlet.take("A")
    hands.heartbeat(outlet.state.seq)
    assert hands.asked(m.AskUpdates)


def test_an_update_told_twice_is_folded_once() -> None:
    outlet = Morning()
    hands = connected(outlet)
    update = m.Update(EPOCH, published(outlet, lambda: outlet.take("A")), MAC)
    hands.session.receive(update)
    hands.session.receive(update)
    assert same(hands, outlet)


def test_too_far_behind_a_snapshot_is_asked_for() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.heartbeat(outlet.state.seq + 50_000)
    error = m.Error(hands.asked(m.AskUpdates)[-1].id, m.ErrorCode.TOO_FAR_BEHIND)
    hands.session.receive(error)
    assert len(hands.asked(m.AskSnapshot)) == 2


def test_another_epoch_begins_with_a_snapshot_of_its_own() -> None:
    outlet, restored = Morning(), Morning()
    outlet.take("A")
    hands = connected(outlet)
    other = m.Epoch("two")
    hands.heartbeat(restored.state.seq, other)
    assert len(hands.asked(m.AskSnapshot)) == 2
    hands.snapshot(restored, other)
    assert same(hands, restored)


def test_without_a_sign_of_life_for_three_seconds_the_link_is_stale() -> None:
    hands = connected(Morning())
    hands.pass_time(2.6)
    assert hands.session.link is Link.LIVE
    hands.pass_time(0.3)
    assert hands.session.link is Link.STALE
    assert hands.renewed == 1, "the silent connection is thrown away"
    assert hands.asked(m.Hello), "and a new one begun"


def test_a_link_that_comes_back_is_live_once_the_state_is_current() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.heartbeat(outlet.state.seq)
    hands.pass_time(4)
    outlet.take("A")
    hands.welcome(outlet.state.seq)
    assert hands.session.link is Link.STALE
    hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, tuple(outlet.journal[-2:])))
    assert hands.session.link is Link.LIVE
    assert same(hands, outlet)


def test_a_command_is_sent_again_under_its_own_id_until_it_is_answered() -> None:
    hands = connected(Morning())
    answers: list[CommandAnswer] = []
    command_id = hands.session.send(c.CallNext(ONE), answers.append)
    hands.heartbeat(0)
    hands.pass_time(2.4)
    sent = hands.asked(m.SendCommand)
    assert len(sent) == 3
    assert {each.id for each in sent} == {command_id}
    hands.session.receive(m.Accepted(command_id, Seq(9)))
    hands.session.receive(m.Accepted(command_id, Seq(9)))
    assert answers == [m.Accepted(command_id, Seq(9))]
    hands.heartbeat(0)
    hands.pass_time(1.5)
    assert len(hands.asked(m.SendCommand)) == 3


def test_a_command_can_have_an_id_that_its_sender_made() -> None:
    hands = connected(Morning())
    own = CommandId("0" * 12 + "7" * 20)
    assert hands.session.send(c.CallNext(ONE), lambda _: None, under=own) == own
    (sent,) = hands.asked(m.SendCommand)
    assert sent.id == own


def test_a_command_without_answer_ends_and_says_so() -> None:
    hands = connected(Morning())
    answers: list[CommandAnswer] = []
    command_id = hands.session.send(c.CallNext(ONE), answers.append, expires_after=1.5)
    hands.pass_time(2)
    assert answers == [Unanswered(command_id)]


def test_a_command_sent_while_connecting_goes_out_after_the_welcome() -> None:
    hands = Hands()
    hands.session.start()
    hands.session.send(c.CallNext(ONE), lambda _: None)
    assert not hands.asked(m.SendCommand)
    hands.welcome(0)
    assert len(hands.asked(m.SendCommand)) == 1


def test_the_brokers_clock_is_carried_on_between_its_signs_of_life() -> None:
    hands = connected(Morning())
    hands.heartbeat(0, at=50_000)
    hands.seconds += 0.75
    assert hands.session.now() == 50_750
    assert hands.session.lost_at == 50_000


def test_a_broker_that_forgot_the_conversation_is_greeted_again() -> None:
    hands = connected(Morning())
    hands.session.receive(m.Error(None, m.ErrorCode.HELLO_FIRST))
    assert len(hands.asked(m.Hello)) == 2


def test_what_a_broker_did_not_listen_to_is_never_answered_by_that_it_did_not() -> None:
    """Whether it says which message it was, or not."""
    outlet = Morning()
    hands = connected(outlet)
    answers: list[CommandAnswer] = []
    command_id = hands.session.send(c.CallNext(ONE), answers.append)
    hands.session.receive(m.Error(m.RequestId(command_id), m.ErrorCode.HELLO_FIRST))
    assert not answers
    assert len(hands.asked(m.Hello)) == 2
    hands.welcome(outlet.state.seq)
    assert len(hands.asked(m.SendCommand)) == 2


def test_a_command_id_is_a_uuid_of_version_seven() -> None:
    hands = connected(Morning())
    command_id = hands.session.send(c.CallNext(ONE), lambda _: None)
    assert len(command_id) == 32
    assert command_id[12] == "7"
    assert command_id[16] in "89ab"
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(command_id)) == command_id


def test_what_this_program_does_not_understand_comes_as_a_snapshot() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.session.receive(Unreadable())
    assert len(hands.asked(m.AskSnapshot)) == 2
    hands.snapshot(outlet)
    assert hands.session.link is Link.LIVE


def test_a_snapshot_that_can_not_be_read_is_asked_for_again_later_and_ends_nothing() -> None:
    hands = connected(Morning())
    hands.session.receive(Unreadable())
    hands.session.receive(m.SnapshotPart(m.RequestId("s"), EPOCH, Seq(9), 0, 1, b"\xc1"))
    asked = len(hands.asked(m.AskSnapshot))
    hands.heartbeat(0)
    hands.pass_time(2.4)
    assert len(hands.asked(m.AskSnapshot)) == asked + 1


def test_a_sign_in_is_sent_once() -> None:
    hands = connected(Morning())
    hands.session.ask(m.SignIn(m.RequestId("q"), ClerkId("sri"), "1234"), lambda _: None)
    hands.heartbeat(0)
    hands.pass_time(2.4)
    assert len(hands.asked(m.SignIn)) == 1


def test_a_sign_in_that_went_out_on_a_silent_connection_is_not_sent_on_the_next() -> None:
    outlet = Morning()
    hands = connected(outlet)
    replies: list[object] = []
    hands.session.ask(m.SignIn(m.RequestId("q"), ClerkId("sri"), "1234"), replies.append)
    hands.pass_time(3)
    assert replies == [Unanswered("q")], "its answer can't come any more"
    hands.welcome(outlet.state.seq)
    assert len(hands.asked(m.SignIn)) == 1


def test_a_sign_in_that_the_broker_did_not_listen_to_is_sent_after_the_greeting() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.session.ask(m.SignIn(m.RequestId("q"), ClerkId("sri"), "1234"), lambda _: None)
    hands.session.receive(m.Error(None, m.ErrorCode.HELLO_FIRST))
    hands.welcome(outlet.state.seq)
    assert len(hands.asked(m.SignIn)) == 2


def test_an_answer_after_the_commands_time_was_over_changes_nothing() -> None:
    outlet = Morning()
    hands = connected(outlet)
    answers: list[CommandAnswer] = []
    command_id = hands.session.send(c.CallNext(ONE), answers.append, expires_after=1.5)
    hands.heartbeat(outlet.state.seq)
    hands.pass_time(2)
    for _ in range(2):
        hands.session.receive(m.Accepted(command_id, outlet.state.seq))
    hands.session.receive(m.Error(m.RequestId(command_id), m.ErrorCode.NOT_STORED))
    assert answers == [Unanswered(command_id)]
    assert hands.session.link is Link.LIVE


def test_a_snapshot_older_than_the_state_is_let_go() -> None:
    outlet = Morning()
    hands = connected(outlet)
    old = outlet.state.seq, encode_state(outlet.state)
    records = published(outlet, lambda: outlet.take("A"))
    hands.session.receive(m.Update(EPOCH, records, MAC))
    told = len(hands.changes)
    hands.session.receive(m.SnapshotPart(m.RequestId("late"), EPOCH, old[0], 0, 1, old[1]))
    assert same(hands, outlet)
    assert len(hands.changes) == told
    assert not hands.asked(m.AskUpdates)


def test_snapshots_in_parts_between_updates_one_part_lost_end_in_the_same_state() -> None:
    outlet = Morning()
    hands = Hands()
    hands.session.start()
    hands.welcome(outlet.state.seq)
    first = parts_of(outlet, "first")
    hands.session.receive(first[0])
    hands.session.receive(m.Update(EPOCH, published(outlet, lambda: outlet.take("A")), MAC))
    hands.session.receive(first[2])  # the second part is lost
    hands.heartbeat(outlet.state.seq)
    hands.pass_time(2.1)
    assert len(hands.asked(m.AskSnapshot)) == 2
    second = parts_of(outlet, "second")
    since = outlet.state.seq
    later = published(outlet, lambda: outlet.take("B"))
    for part in second[:2]:
        hands.session.receive(part)
    hands.session.receive(m.Update(EPOCH, later, MAC))
    hands.session.receive(second[2])
    asked = hands.asked(m.AskUpdates)[-1]
    assert isinstance(asked, m.AskUpdates)
    assert asked.start == since + 1
    hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, later))
    assert same(hands, outlet)
    assert hands.session.link is Link.LIVE


def parts_of(outlet: Morning, name: str) -> list[m.SnapshotPart]:
    body = encode_state(outlet.state)
    step = len(body) // 3 + 1
    return [
        m.SnapshotPart(
            m.RequestId(name), EPOCH, outlet.state.seq, part, 3, body[part * step : (part + 1) * step]
        )
        for part in range(3)
    ]


def test_a_state_that_does_not_catch_up_is_stale_though_the_broker_lives() -> None:
    outlet = Morning()
    hands = connected(outlet)
    for _ in range(4):
        hands.heartbeat(outlet.state.seq + 1)
        hands.pass_time(1)
    assert hands.session.link is Link.STALE
    hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, published(outlet, lambda: outlet.take("A"))))
    assert hands.session.link is Link.LIVE


def test_a_broker_that_went_back_in_its_history_is_followed_by_a_snapshot() -> None:
    """A copy of the database was put back by hand: the same epoch, fewer events."""
    restored, outlet = Morning(), Morning()
    outlet.take("A")
    hands = connected(outlet)
    assert hands.session.state.seq > restored.state.seq
    hands.session.start()
    hands.welcome(restored.state.seq)
    assert len(hands.asked(m.AskSnapshot)) == 2
    hands.snapshot(restored)
    assert same(hands, restored)
    assert hands.session.link is Link.LIVE


def test_a_greeting_overtaken_by_updates_is_no_step_back() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.session.start()
    greeted = outlet.state.seq
    hands.session.receive(m.Update(EPOCH, published(outlet, lambda: outlet.take("A")), MAC))
    hands.welcome(greeted)
    assert len(hands.asked(m.AskSnapshot)) == 1
    assert same(hands, outlet)


def test_a_replay_without_events_is_not_asked_for_at_once_again() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.heartbeat(outlet.state.seq + 1)
    for _ in range(5):
        hands.session.receive(m.Updates(m.RequestId("u"), EPOCH, ()))
    assert len(hands.asked(m.AskUpdates)) == 1


def test_the_brokers_clock_never_goes_back_when_a_heartbeat_is_late() -> None:
    hands = connected(Morning())
    shown: list[Instant] = []
    for second, late in enumerate((0.0, 0.4, 0.05, 0.9, 0.0, 0.3)):
        due = 200.0 + second + late
        while hands.seconds < due:
            hands.seconds += 0.01
            shown.append(hands.session.now())
        hands.heartbeat(0, at=50_000 + second * 1000)
        shown.append(hands.session.now())
    settled = shown[shown.index(Instant(50_000)) :]
    assert settled == sorted(settled)
    assert abs(hands.session.now() - 55_300) <= 300, "and stays near the broker's"


def test_a_clock_that_the_broker_has_set_far_back_is_followed() -> None:
    hands = connected(Morning())
    hands.heartbeat(0, at=500_000)
    hands.heartbeat(0, at=50_000)
    assert hands.session.now() == 50_000
