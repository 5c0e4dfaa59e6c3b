"""Who is signed in at a counter, as its presenter sees it, against the real core."""

from msgspec.structs import replace

from broker.client import Link
from broker.domain import commands as c
from broker.domain.refusals import CounterTaken
from broker.protocol.messages import SignInReason
from counter.desk import Act, DeskStatus
from counter.page import SignInPage, Tab, WorkPage
from counter.sheets import Remark, SignInFailed
from tests.counter.support import Counter
from tests.support import sample
from tests.support.morning import ONE, Morning


def test_a_clerk_signs_in_and_the_counter_opens(counter: Counter) -> None:
    assert counter.sign_in_page.profiles[0].name == "Sri Wahyuni"
    counter.sign_in()
    assert counter.work.profile.name == "Sri Wahyuni"
    assert counter.desk.status is DeskStatus.FREE
    assert counter.morning.state.seats[ONE].clerk == sample.SRI


def test_a_wrong_pin_is_said(counter: Counter) -> None:
    counter.sign_in(pin="9999")
    assert counter.sign_in_page.notice == SignInFailed(SignInReason.WRONG_PIN, None)


def test_who_finds_a_colleague_at_the_counter_is_not_kept_signed_in(counter: Counter) -> None:
    counter.morning.clerk("budi", c.OpenCounter(ONE))
    counter.sign_in("sri")
    assert counter.sign_in_page.notice == CounterTaken(ONE)


def test_a_clerk_who_is_still_signed_in_after_a_restart_goes_straight_on() -> None:
    morning = Morning()
    morning.clerk("sri", c.OpenCounter(ONE))
    morning.take("A")
    ticket = morning.serving("sri", ONE)
    again = Counter(morning, clerk="sri")
    assert again.desk.in_hand is not None
    assert again.desk.in_hand.ticket == ticket


def test_the_back_office_begins_with_the_board_and_opens_no_counter(counter: Counter) -> None:
    counter.sign_in("dewi")
    assert counter.work.tab is Tab.ONE_DAY
    assert counter.morning.state.seats == {}
    assert counter.desk.primary is Act.OPEN


def test_signing_out_leaves_the_counter(at_work: Counter) -> None:
    at_work.presenter.act(Act.SIGN_OUT)
    assert isinstance(at_work.glass.page, SignInPage)
    assert at_work.morning.state.seats == {}


def test_nobody_signs_out_with_a_number_in_hand(at_work: Counter) -> None:
    at_work.morning.take("A")
    at_work.presenter.act(Act.CALL_NEXT)
    at_work.presenter.act(Act.SIGN_OUT)
    assert isinstance(at_work.glass.page, WorkPage)


def test_a_broker_that_does_not_know_the_clerk_any_more_asks_for_the_pin_again(at_work: Counter) -> None:
    welcome = at_work.session.welcome
    assert welcome is not None
    at_work.session.welcome = replace(welcome, profile=None)
    at_work.session.set_link(Link.LIVE)
    assert at_work.sign_in_page.notice is Remark.SIGNED_OUT


def test_a_sign_out_that_got_lost_is_asked_for_again_and_lets_nobody_in(at_work: Counter) -> None:
    morning, session = at_work.morning, at_work.session
    morning.paused = True
    at_work.presenter.sign_out()
    morning.deliver()  # the counter is closed; the sign-out is on its way
    assert isinstance(at_work.glass.page, SignInPage)
    welcome = session.welcome
    assert welcome is not None
    session.welcome = replace(
        welcome, profile=at_work.session._profile("sri")
    )  # the broker has not heard of it
    session.set_link(Link.LIVE)
    assert isinstance(at_work.glass.page, SignInPage)
