"""A clerk's session belongs to one device, and to one day; what was said once is not said again by somebody else."""

from pathlib import Path

from msgspec.structs import replace

from broker.domain.commands import (
    AnyCommand,
    CallNext,
    CloseCounter,
    ConfigureOutlet,
    IssueTicket,
    OpenCounter,
)
from broker.domain.refusals import ClerkNeeded, NotPermitted
from broker.domain.values import CounterNumber, DeviceId, Instant, NoteId, Seq
from broker.protocol import messages as m
from broker.protocol.codec import decode_answer, encode
from broker.protocol.identifiers import new_command_id, new_request_id
from broker.server.provision import Enrolment
from tests.broker.strangers.looks import state_of
from tests.broker.strangers.running import running
from tests.support import sample
from tests.support.broker import (
    DISPLAY,
    KIOSK,
    NOW,
    OFFICE,
    OTHER_PC,
    PC,
    Device,
    HandClock,
    RunningBroker,
)

ONE = CounterNumber(1)


def refusal_of(answer: m.Answer) -> object:
    assert isinstance(answer, m.Refused), answer
    return answer.refusal


def nobody_is_at(device: Device) -> bool:
    """Whether the device gets nothing done that is a clerk's: neither a command nor a question."""
    question = device.ask(m.WriteNote(new_request_id(), NoteId("0" * 32), "…"))
    refused = isinstance(question, m.Error) and question.code is m.ErrorCode.NOT_PERMITTED
    return refused and refusal_of(device.command(CallNext(ONE))) == ClerkNeeded()


# Somebody else's session


def test_a_clerk_who_is_signed_in_at_one_counter_is_nobody_at_another(
    broker: RunningBroker, tmp_path: Path
) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        pc.accepted(OpenCounter(ONE))
        before = state_of(pc)
        assert nobody_is_at(other)
        assert state_of(pc) == before


def test_a_clerk_who_serves_cannot_be_signed_in_elsewhere_not_even_by_her_pin(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        pc.accepted(OpenCounter(ONE))
        refused = other.sign_in("sri")
        assert isinstance(refused, m.SignInRefused)
        assert refused.reason is m.SignInReason.ELSEWHERE
        assert nobody_is_at(other)
        pc.accepted(CloseCounter(ONE))


def test_who_signs_in_elsewhere_leaves_nothing_behind(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OTHER_PC) as other:
        pc.sign_in("sri")
        assert isinstance(other.sign_in("sri"), m.SignedIn)
        assert nobody_is_at(pc)


# A session that has ended


def test_after_signing_out_nobody_is_there(broker: RunningBroker) -> None:
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        pc.ask(m.SignOut(new_request_id()))
        assert nobody_is_at(pc)


def test_after_the_day_nobody_is_there(broker: RunningBroker, clock: HandClock) -> None:
    with broker.device(PC) as pc, broker.device(DISPLAY) as display:
        display.listen()
        pc.sign_in("sri")
        clock.time = sample.at(18)
        display.heard_update()
        assert nobody_is_at(pc)


def test_a_clerk_whom_the_rules_know_no_more_is_nobody(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OFFICE) as office:
        pc.sign_in("sri")
        clerks = tuple(each for each in sample.RULES.clerks if each.id != sample.SRI)
        office.accepted(ConfigureOutlet(replace(sample.RULES, clerks=clerks)))
        assert nobody_is_at(pc)
        assert isinstance(pc.sign_in("sri"), m.SignInRefused)


def test_a_supervisor_who_is_made_a_clerk_may_do_no_more_than_one(broker: RunningBroker) -> None:
    with broker.device(PC) as pc, broker.device(OFFICE) as office:
        pc.sign_in("ratna")
        assert isinstance(pc.ask(m.AskDevices(new_request_id())), m.Devices)
        clerks = tuple(replace(each, role=sample.RULES.clerks[0].role) for each in sample.RULES.clerks)
        office.accepted(ConfigureOutlet(replace(sample.RULES, clerks=clerks)))
        answer = pc.ask(m.AskDevices(new_request_id()))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.NOT_PERMITTED


# Said again


def frame(command: AnyCommand) -> bytes:
    """A command's bytes, as they could be kept and sent again."""
    return encode(m.SendCommand(new_command_id(NOW), command))


def sent(device: Device, body: bytes) -> bytes:
    device.requests.send(body)
    return device.requests.recv()


def test_the_same_bytes_from_the_same_device_act_once(
    tmp_path: Path, enrolment: Enrolment, clock: HandClock
) -> None:
    body = frame(IssueTicket("A"))
    with running(tmp_path, enrolment, clock) as broker, broker.device(KIOSK) as kiosk:
        first = sent(kiosk, body)
        after = state_of(kiosk)
        clock.time = Instant(clock.time + 1000)
        assert {sent(kiosk, body) for _ in range(50)} == {first}
        assert state_of(kiosk) == after
    with running(tmp_path, enrolment, clock) as broker, broker.device(KIOSK) as kiosk:
        assert sent(kiosk, body) == first
        assert state_of(kiosk) == after


def test_the_same_bytes_after_signing_out_are_answered_and_act_no_more(broker: RunningBroker) -> None:
    body = frame(OpenCounter(ONE))
    with broker.device(PC) as pc:
        pc.sign_in("sri")
        first = sent(pc, body)
        pc.accepted(CloseCounter(ONE))
        pc.ask(m.SignOut(new_request_id()))
        before = state_of(pc)
        assert sent(pc, body) == first
        assert state_of(pc) == before


def test_another_devices_bytes_are_judged_by_who_sends_them(broker: RunningBroker) -> None:
    issue, call = frame(IssueTicket("A")), frame(OpenCounter(ONE))
    with (
        broker.device(KIOSK) as kiosk,
        broker.device(PC) as pc,
        broker.device(OTHER_PC) as other,
        broker.device(DISPLAY) as display,
    ):
        pc.sign_in("sri")
        for device, body in ((kiosk, issue), (pc, call)):
            assert isinstance(decode_answer(sent(device, body)), m.Accepted)
        before = state_of(kiosk)
        for device, body, refusal in (
            (display, issue, NotPermitted()),
            (display, call, NotPermitted()),
            (kiosk, call, NotPermitted()),
            (other, call, ClerkNeeded()),
        ):
            assert refusal_of(decode_answer(sent(device, body))) == refusal
        assert state_of(kiosk) == before
        assert isinstance(decode_answer(sent(other, issue)), m.Accepted), (
            "a counter may; it is the counter's own command"
        )
        assert state_of(kiosk)[0] == before[0] + 1


def test_another_devices_word_of_the_history_proves_nothing_about_who_says_it(broker: RunningBroker) -> None:
    """Every device hears the marks; one of them makes nobody another device."""
    with broker.device(KIOSK) as kiosk, broker.device(DISPLAY) as display:
        beat = kiosk.heard()
        while not isinstance(beat, m.Heartbeat):
            beat = kiosk.heard()
        shown = m.Shown(beat.epoch, Seq(beat.seq), beat.mac)
        welcome = display.ask(m.Hello(new_request_id(), (1,), "a display", shown))
        assert isinstance(welcome, m.Welcome)
        assert welcome.device == DISPLAY


# A way back that is another's


def named(broker: RunningBroker, device: DeviceId, route: bytes) -> Device:
    """A device that chooses its routing id itself."""
    made = broker.stranger(broker.enrolment.devices[device])
    made.requests.disconnect(broker.server.bound.requests)
    made.requests.routing_id = route
    made.requests.connect(broker.server.bound.requests)
    return made


def test_a_route_that_is_taken_is_not_given_to_a_second_device(broker: RunningBroker) -> None:
    with named(broker, KIOSK, b"the way") as kiosk, broker.device(PC) as pc:
        kiosk.hello()
        with named(broker, DISPLAY, b"the way") as display:
            display.send(m.Hello(new_request_id(), (1,), "a display"))
            for _ in range(20):
                kiosk.accepted(IssueTicket("A"))
            assert display.requests.poll(300) == 0, "neither its own answers nor the kiosk's"
        pc.hello()
        kiosk.accepted(IssueTicket("A"))


def test_a_route_that_was_anothers_gives_nothing_of_the_others(broker: RunningBroker) -> None:
    with named(broker, KIOSK, b"the way") as kiosk:
        kiosk.hello()
    with named(broker, DISPLAY, b"the way") as display:
        answer = display.command(IssueTicket("A"))
        assert isinstance(answer, m.Error)
        assert answer.code is m.ErrorCode.HELLO_FIRST, "the kiosk's greeting was the kiosk's"
        assert display.hello().device == DISPLAY
        assert refusal_of(display.command(IssueTicket("A"))) == NotPermitted()
