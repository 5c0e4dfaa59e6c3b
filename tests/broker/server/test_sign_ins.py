"""Clerks at counters: PINs, locks, and one session for each."""

from pathlib import Path

from msgspec.structs import replace

from broker.domain.commands import CallNext, ConfigureOutlet, OpenCounter
from broker.domain.refusals import ClerkNeeded, NobodyWaiting
from broker.domain.values import ClerkId, ClerkRole, CounterNumber
from broker.protocol import messages as m
from broker.protocol.identifiers import new_request_id
from broker.server.provision import Enrolment
from tests.support import sample
from tests.support.broker import KIOSK, OFFICE, OTHER_PC, PC, PINS, Device, HandClock, RunningBroker

SRI = m.Profile(ClerkId("sri"), "Sri Wahyuni", ClerkRole.CLERK)
FIVE_MINUTES_MS = 5 * 60 * 1000


def reason(answer: m.Answer) -> m.SignInReason | None:
    return answer.reason if isinstance(answer, m.SignInRefused) else None


def refusal(device: Device) -> object:
    answer = device.command(CallNext(CounterNumber(1)))
    return type(answer.refusal) if isinstance(answer, m.Refused) else answer


def test_a_clerk_signs_in_with_the_right_pin(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        answer = pc.sign_in("sri")
        assert isinstance(answer, m.SignedIn)
        assert answer.profile == SRI


def test_nobody_serves_without_having_signed_in(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        assert refusal(pc) is ClerkNeeded
        pc.sign_in("sri")
        pc.accepted(OpenCounter(CounterNumber(1)))
        assert refusal(pc) is NobodyWaiting
        assert isinstance(pc.ask(m.SignOut(new_request_id())), m.SignedOut)
        assert refusal(pc) is ClerkNeeded


def test_a_session_belongs_to_its_device(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        assert refusal(other) is ClerkNeeded


def test_a_wrong_pin_and_an_unknown_clerk_are_told_alike(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        assert reason(pc.sign_in("sri", "0000")) is m.SignInReason.WRONG_PIN
        assert reason(pc.sign_in("nobody", "0000")) is m.SignInReason.WRONG_PIN


def test_five_wrong_pins_lock_the_clerk_for_five_minutes_even_for_the_right_one(
    broker: RunningBroker, clock: HandClock
) -> None:
    with broker.device(PC) as pc:
        for _ in range(4):
            assert reason(pc.sign_in("sri", "0000")) is m.SignInReason.WRONG_PIN
        locked = pc.sign_in("sri", "0000")
        assert isinstance(locked, m.SignInRefused)
        assert locked.reason is m.SignInReason.LOCKED
        assert locked.until == clock.time + FIVE_MINUTES_MS
        assert reason(pc.sign_in("sri")) is m.SignInReason.LOCKED
        assert isinstance(pc.sign_in("ratna"), m.SignedIn)
        clock.time = locked.until
        assert isinstance(pc.sign_in("sri"), m.SignedIn)


def test_the_right_pin_forgives_the_wrong_ones_before(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        for _ in range(2):
            for _ in range(4):
                assert reason(pc.sign_in("sri", "0000")) is m.SignInReason.WRONG_PIN
            assert isinstance(pc.sign_in("sri"), m.SignedIn)


def test_a_lock_and_a_session_survive_a_restart(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        assert isinstance(pc.sign_in("sri"), m.SignedIn)
        for _ in range(5):
            other.sign_in("ratna", "0000")
    broker.stop()
    broker = RunningBroker(tmp_path, enrolment, clock)
    with broker.stranger(enrolment.devices[PC]) as pc, broker.device(OTHER_PC) as other:
        assert pc.hello().profile == SRI
        assert reason(other.sign_in("ratna")) is m.SignInReason.LOCKED
    broker.stop()


def test_signing_in_at_a_second_device_ends_the_first_session(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        assert isinstance(other.sign_in("sri"), m.SignedIn)
        assert refusal(pc) is ClerkNeeded


def test_a_clerk_who_sits_at_an_open_counter_can_not_sign_in_elsewhere(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        pc.accepted(OpenCounter(CounterNumber(1)))
        assert reason(other.sign_in("sri")) is m.SignInReason.ELSEWHERE
        assert isinstance(pc.sign_in("sri"), m.SignedIn)


def sign_out(device: Device, clerk: str | None) -> m.Answer:
    return device.ask(m.SignOut(new_request_id(), ClerkId(clerk) if clerk is not None else None))


def sign_in_if_free(device: Device, clerk: str) -> m.Answer:
    return device.ask(m.SignIn(new_request_id(), ClerkId(clerk), PINS[clerk], if_free=True))


def present(device: Device) -> str | None:
    profile = device.hello().profile
    return profile.clerk if profile is not None else None


def test_who_means_a_clerk_signs_out_no_other(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("ratna")
        answer = sign_out(pc, "sri")
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.ANOTHER_CLERK
        assert present(pc) == "ratna"
        assert isinstance(sign_out(pc, "ratna"), m.SignedOut)
        assert isinstance(sign_out(pc, "ratna"), m.SignedOut), (
            "an answer that was lost is had by asking again"
        )
        assert present(pc) is None


def test_who_means_nobody_signs_out_whoever_is_there(broker: RunningBroker) -> None:
    """So do the clients of the first release."""
    with broker.device(PC) as pc:
        pc.sign_in("ratna")
        assert isinstance(sign_out(pc, None), m.SignedOut)
        assert present(pc) is None


def test_who_signs_in_where_it_is_free_takes_nobodys_place(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        assert isinstance(sign_in_if_free(pc, "sri"), m.SignedIn)
        for clerk in ("ratna", "sri"):  # not her own either: she would be signed out with it
            assert reason(sign_in_if_free(pc, clerk)) is m.SignInReason.OCCUPIED
        assert present(pc) == "sri"
        assert isinstance(pc.sign_in("ratna"), m.SignedIn), "at the window a colleague takes over"


def test_a_clerk_whom_the_rules_know_no_more_takes_up_no_device(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OFFICE) as office:
        pc.sign_in("sri")
        clerks = tuple(each for each in sample.RULES.clerks if each.id != sample.SRI)
        office.accepted(ConfigureOutlet(replace(sample.RULES, clerks=clerks)))
        assert isinstance(sign_in_if_free(pc, "ratna"), m.SignedIn)


def test_sessions_end_with_the_day(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(PC) as pc:
        pc.listen()
        pc.sign_in("sri")
        clock.time = sample.at(18)
        assert pc.heard_update().records
        assert refusal(pc) is ClerkNeeded


def test_only_counters_sign_in_and_see_the_clerks(broker: RunningBroker) -> None:
    with broker.device(KIOSK) as kiosk, broker.device(PC) as pc:
        for question in (
            m.SignIn(new_request_id(), ClerkId("sri"), "1234"),
            m.AskProfiles(new_request_id()),
        ):
            answer = kiosk.ask(question)
            assert isinstance(answer, m.Error)
            assert answer.code is m.ErrorCode.NOT_PERMITTED
        profiles = pc.ask(m.AskProfiles(new_request_id()))
        assert isinstance(profiles, m.Profiles)
        assert [profile.name for profile in profiles.profiles] == ["Ratna Sari", "Sri Wahyuni"]


def test_the_broker_answers_others_while_a_pin_is_compared(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.send(m.SignIn(new_request_id(), ClerkId("sri"), "1234"))
        assert refusal(other) is ClerkNeeded
        assert isinstance(pc.answer(), m.SignedIn)
