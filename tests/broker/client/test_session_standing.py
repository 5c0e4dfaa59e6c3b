"""What a device shows its broker, and how it renews its keys: fed by hand."""

from msgspec.structs import replace

from broker.client import Link
from broker.domain import commands as c
from broker.domain.known import Known
from broker.domain.rules import NumberRange
from broker.domain.values import DeviceId, Instant, Seq
from broker.protocol import messages as m
from tests.broker.client.test_session import EPOCH, NEXT_KEY, Hands, connected, published
from tests.support import sample
from tests.support.morning import Morning

KIOSK = DeviceId("kiosk-1")


def beat(hands: Hands, seq: int, next_key: str | None = None, renew: tuple[DeviceId, ...] = ()) -> None:
    hands.session.receive(m.Heartbeat(EPOCH, Seq(seq), Instant(2000), b"its mark", next_key, renew))


def hello(hands: Hands) -> m.Hello:
    last = hands.asked(m.Hello)[-1]
    assert isinstance(last, m.Hello)
    return last


def test_the_first_hello_shows_nothing_but_what_the_device_knows_itself() -> None:
    hands = Hands()
    hands.known = Known(sample.TUESDAY, {"B": 12})
    hands.session.start()
    assert (hello(hands).shown, hello(hands).known) == (None, hands.known)


def test_a_later_hello_shows_the_newest_word_of_the_brokers_and_the_numbers_known() -> None:
    outlet = Morning()
    outlet.take("A")
    hands = connected(outlet)
    hands.known = Known(sample.TUESDAY, {"A": 7})
    records = published(outlet, lambda: outlet.take("B"))
    hands.session.receive(m.Update(EPOCH, records, b"its mark"))
    hands.session.start()
    assert hello(hands).shown == m.Shown(EPOCH, records[-1].seq, b"its mark")
    assert hello(hands).known == Known(sample.TUESDAY, {"A": 7, "B": 1})
    beat(hands, records[-1].seq + 1)
    hands.session.start()
    assert hello(hands).shown == m.Shown(EPOCH, Seq(records[-1].seq + 1), b"its mark")


def test_a_number_of_a_kiosks_own_does_not_hide_the_last_one_that_the_broker_gave_out() -> None:
    own = NumberRange(KIOSK, "A", 801, 899)
    outlet = Morning(replace(sample.RULES, ranges=(own,)))
    outlet.take("A")
    hands = connected(outlet)
    hands.known = Known(sample.TUESDAY, {"A": 805, "B": 3})
    hands.session.start()
    assert hello(hands).known == Known(sample.TUESDAY, {"A": 1, "B": 3})


def test_a_broker_that_waits_for_an_operator_leaves_the_screen_stale_and_is_asked_again() -> None:
    outlet = Morning()
    hands = connected(outlet)
    answers: list[object] = []
    command = hands.session.send(c.IssueTicket("A"), answers.append, expires_after=60)
    hands.session.receive(m.Error(m.RequestId(command), m.ErrorCode.HISTORY_UNCONFIRMED))
    assert hands.session.link is Link.STALE
    before = len(hands.asked(m.Hello))
    hands.pass_time(4)
    assert len(hands.asked(m.Hello)) > before
    assert not answers
    hands.welcome(outlet.state.seq)
    assert [each.id for each in hands.asked(m.SendCommand)].count(command) >= 2


def test_a_sign_of_life_every_few_seconds_tells_the_clock_and_how_far_the_replica_has_got() -> None:
    outlet = Morning()
    hands = connected(outlet)
    for _ in range(11):
        hands.pass_time(1)
        beat(hands, outlet.state.seq)
    signs = hands.asked(m.Alive)
    assert len(signs) == 2
    assert all(isinstance(each, m.Alive) and each.at == hands.wall for each in signs)
    assert all(isinstance(each, m.Alive) and each.seq == outlet.state.seq for each in signs)


def test_the_brokers_next_key_is_kept_and_told_with_the_next_sign_of_life() -> None:
    outlet = Morning()
    hands = connected(outlet)
    beat(hands, outlet.state.seq, next_key="the broker's next")
    assert hands.keyring.next_broker == "the broker's next"
    for _ in range(6):
        hands.pass_time(1)
        beat(hands, outlet.state.seq, next_key="the broker's next")
    (sign,) = hands.asked(m.Alive)
    assert isinstance(sign, m.Alive)
    assert sign.broker_next == "the broker's next"


def test_a_device_that_is_asked_makes_a_key_offers_it_and_connects_with_it() -> None:
    outlet = Morning()
    hands = connected(outlet)
    beat(hands, outlet.state.seq, renew=(DeviceId("kiosk-2"),))
    assert not hands.asked(m.OfferKey)
    beat(hands, outlet.state.seq, renew=(KIOSK,))
    beat(hands, outlet.state.seq, renew=(KIOSK,))
    (offer,) = hands.asked(m.OfferKey)
    assert isinstance(offer, m.OfferKey)
    assert offer.public_key == NEXT_KEY
    assert hands.keyring.next_pair == (NEXT_KEY, "its secret")
    hands.session.receive(m.KeyTaken(offer.id))
    assert hands.renewed == 1
    assert hands.keyring.candidates()[0].public == NEXT_KEY


def test_a_disk_that_keeps_no_key_leaves_the_device_with_the_one_it_has() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.keyring.is_full = True
    beat(hands, outlet.state.seq, next_key="the broker's next", renew=(KIOSK,))
    assert not hands.asked(m.OfferKey)
    assert hands.keyring.next_broker is None
    assert hands.session.link is Link.LIVE
    hands.keyring.is_full = False
    beat(hands, outlet.state.seq, renew=(KIOSK,))
    assert len(hands.asked(m.OfferKey)) == 1, "once there is room it is done after all"


def test_a_key_that_the_broker_does_not_take_is_offered_anew_as_long_as_it_asks() -> None:
    outlet = Morning()
    hands = connected(outlet)
    beat(hands, outlet.state.seq, renew=(KIOSK,))
    (offer,) = hands.asked(m.OfferKey)
    assert isinstance(offer, m.OfferKey)
    hands.session.receive(m.Error(offer.id, m.ErrorCode.NOT_STORED))
    assert hands.renewed == 0
    beat(hands, outlet.state.seq)
    assert len(hands.asked(m.OfferKey)) == 1
    beat(hands, outlet.state.seq, renew=(KIOSK,))
    assert len(hands.asked(m.OfferKey)) == 2


def test_a_program_that_makes_no_keys_offers_none() -> None:
    outlet = Morning()
    hands = connected(outlet)
    hands.keyring.coming = None
    beat(hands, outlet.state.seq, renew=(KIOSK,))
    assert not hands.asked(m.OfferKey)
