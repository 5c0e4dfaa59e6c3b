"""What operators' scripts send and read, against a broker that runs. Real processes."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from antrean import sending
from antrean.broker_line import BrokerLine
from antrean.outlet_folder import Devices
from broker.client import FixedKeys
from broker.domain.commands import CloseCounter
from broker.domain.state import State
from broker.domain.values import ClerkId, CounterNumber, NoteId, Priority
from broker.protocol import messages as m
from broker.protocol.identifiers import new_note_id, new_request_id
from broker.server.keys import KeyPair
from broker.server.sockets import Addresses
from tests.support.broker import Device
from tests.support.running import RunningOutlet, running_outlet
from tests.support.waiting import wait_until
from wording import Language, Wording

pytestmark = pytest.mark.slow

SECONDS = 60
COMMAND = [sys.executable, "-m", "antrean"]
ENGLISH = Wording(Language.EN)
ENVIRONMENT = os.environ | {"LC_ALL": "C.UTF-8"}


@pytest.fixture(scope="module")
def outlet() -> Iterator[RunningOutlet]:
    with running_outlet(Devices(1, 3, 0)) as running:
        yield running


def antrean(
    outlet: RunningOutlet, device: str, *arguments: object, typed: str = ""
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [*COMMAND, *map(str, arguments), "--settings", str(outlet.made.folder / f"{device}.toml")],
        input=typed,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
        env=ENVIRONMENT,
    )


def sent(outlet: RunningOutlet, device: str, *arguments: object, typed: str = "") -> Any:
    done = antrean(outlet, device, "send", *arguments, typed=typed)
    assert done.returncode in (0, 1), done
    return json.loads(done.stdout)


@contextlib.contextmanager
def watching(outlet: RunningOutlet, *arguments: object) -> Iterator["subprocess.Popen[str]"]:
    settings = str(outlet.made.folder / "antrean.toml")
    command = [*COMMAND, "watch", "--settings", settings, *map(str, arguments)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT) as watch:
        try:
            yield watch
        finally:
            watch.kill()


def line_of(watch: "subprocess.Popen[str]") -> Any:
    assert watch.stdout is not None
    return json.loads(watch.stdout.readline())


def line(outlet: RunningOutlet, device: str) -> BrokerLine:
    """A line of the test's own."""
    return BrokerLine(outlet.endpoints, FixedKeys(outlet.keys(device)), ENGLISH)


def state(outlet: RunningOutlet) -> State:
    """The broker's."""
    with line(outlet, "operator") as operator:
        return operator.state()


def test_a_command_is_carried_out_as_the_settings_device(outlet: RunningOutlet) -> None:
    done = antrean(outlet, "kiosk-1", "send", "issue-ticket", "letter=A", "priority=elderly")
    assert done.returncode == 0, done
    answer = json.loads(done.stdout)
    assert answer["type"] == "accepted"
    ticket = state(outlet).tickets[answer["outcome"]["ticket"]]
    assert (ticket.letter, ticket.priority) == ("A", Priority.ELDERLY)


def test_a_refusal_is_exit_code_1_with_the_code_and_the_sentence(outlet: RunningOutlet) -> None:
    done = antrean(outlet, "kiosk-1", "send", "issue-ticket", "letter=Z")
    assert done.returncode == 1, done
    refused = json.loads(done.stdout)
    assert refused["type"] == "refused"
    assert refused["code"] == "unknown-queue"
    assert refused["sentence"].endswith(".")


def test_under_the_same_id_it_acts_once(outlet: RunningOutlet) -> None:
    first = sent(outlet, "kiosk-1", "issue-ticket", "letter=B")
    again = sent(outlet, "kiosk-1", "issue-ticket", "letter=B", "--id", first["id"])
    assert again == first
    other = antrean(outlet, "kiosk-1", "send", "issue-ticket", "letter=A", "--id", first["id"])
    assert other.returncode == 2
    assert "command-id-reused" in other.stderr


def test_a_clerks_command_is_sent_in_a_session_of_its_own(outlet: RunningOutlet) -> None:
    pin = outlet.pin("sri")
    opened = sent(outlet, "counter-1", "open-counter", "counter=1", "--clerk", "sri", typed=f"{pin}\n")
    assert opened["type"] == "accepted", opened
    assert [seat.clerk for seat in state(outlet).seats.values()] == ["sri"]
    without = sent(outlet, "counter-1", "close-counter", "counter=1")
    assert without["code"] == "clerk-needed"
    closed = sent(outlet, "counter-1", "close-counter", "counter=1", "--clerk", "sri", typed=f"{pin}\n")
    assert closed["type"] == "accepted"
    assert state(outlet).seats == {}


@contextlib.contextmanager
def window(outlet: RunningOutlet) -> Iterator[Device]:
    """What runs at counter 2 besides scripts."""
    keys, bound = outlet.keys("counter-2"), Addresses(outlet.endpoints.requests, outlet.endpoints.updates)
    with Device(bound, KeyPair(keys.broker, ""), KeyPair(keys.public, keys.secret)) as counter:
        counter.hello()
        yield counter
        counter.ask(m.SignOut(new_request_id()))


def present(counter: Device) -> str | None:
    profile = counter.hello().profile
    return profile.clerk if profile is not None else None


def programs(outlet: RunningOutlet) -> dict[str, str]:
    """Which program last said hello as each device."""
    with line(outlet, "operator") as operator:
        devices = operator.ask(m.AskDevices(new_request_id()))
    assert isinstance(devices, m.Devices)
    return {each.device: each.program for each in devices.devices}


def test_who_signs_in_at_the_window_while_a_script_waits_for_its_pin_is_left_there(
    outlet: RunningOutlet,
) -> None:
    settings = str(outlet.made.folder / "counter-2.toml")
    command = [*COMMAND, "send", "open-counter", "counter=2", "--clerk", "sri", "--settings", settings]
    with (
        window(outlet) as counter,
        subprocess.Popen(
            command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
        ) as script,
    ):
        wait_until(lambda: programs(outlet)["counter-2"] == "antrean", SECONDS)
        assert isinstance(counter.sign_in("budi", outlet.pin("budi")), m.SignedIn)
        _, told = script.communicate(f"{outlet.pin('sri')}\n", SECONDS)
        assert script.returncode == 2
        assert "Somebody has signed in at this device meanwhile" in told
        assert present(counter) == "budi"


def test_who_takes_a_scripts_place_is_not_signed_out_with_it(outlet: RunningOutlet) -> None:
    with window(outlet) as counter, line(outlet, "counter-2") as script:
        assert sending.signed_in(script, ClerkId("sri"), outlet.pin("sri"), ENGLISH) is None
        assert isinstance(counter.sign_in("budi", outlet.pin("budi")), m.SignedIn)
        sending.signed_out(script, ClerkId("sri"))
        assert present(counter) == "budi"


def test_a_counter_at_which_somebody_works_is_not_disturbed(outlet: RunningOutlet) -> None:
    with window(outlet) as counter:
        assert isinstance(counter.sign_in("budi", outlet.pin("budi")), m.SignedIn)
        another = antrean(
            outlet, "counter-2", "send", "open-counter", "counter=2", "--clerk", "sri", typed="0000"
        )
        assert another.returncode == 2
        assert "Another clerk is signed in" in another.stderr
        opened = sent(outlet, "counter-2", "open-counter", "counter=2", "--clerk", "budi")
        assert opened["type"] == "accepted"
        assert present(counter) == "budi"
        counter.accepted(CloseCounter(CounterNumber(2)))


def note_of(outlet: RunningOutlet, clerk: str) -> str:
    """The id of what a clerk has just written at counter 2."""
    note = new_note_id()
    with window(outlet) as counter:
        assert isinstance(counter.sign_in(clerk, outlet.pin(clerk)), m.SignedIn)
        written = counter.ask(m.WriteNote(new_request_id(), note, "Gang Kenanga 7"))
        assert isinstance(written, m.NoteWritten)
    return note


def text_of(outlet: RunningOutlet, note: str) -> str | None:
    with window(outlet) as counter:
        counter.sign_in("ratna", outlet.pin("ratna"))
        answer = counter.ask(m.AskNote(new_request_id(), NoteId(note)))
    assert isinstance(answer, m.Note)
    return answer.text


def test_a_note_is_erased_by_its_author_or_a_supervisor(outlet: RunningOutlet) -> None:
    note = note_of(outlet, "sri")

    def erase(clerk: str) -> "subprocess.CompletedProcess[str]":
        return antrean(outlet, "counter-1", "erase-note", note, "--clerk", clerk, typed=outlet.pin(clerk))

    other = erase("budi")
    assert other.returncode == 2
    assert "Let the clerk who wrote it do it" in other.stderr
    assert text_of(outlet, note) == "Gang Kenanga 7"
    done = erase("ratna")
    assert done.returncode == 0, done
    assert json.loads(done.stdout)["type"] == "note-erased"
    assert text_of(outlet, note) is None
    unknown = antrean(outlet, "counter-1", "erase-note", "A012", "--clerk", "sri")
    assert "This is no note's id" in unknown.stderr


def test_a_wrong_pin_is_a_refusal(outlet: RunningOutlet) -> None:
    wrong = antrean(
        outlet, "counter-1", "send", "open-counter", "counter=1", "--clerk", "sri", typed="0000000\n"
    )
    assert wrong.returncode == 1
    assert json.loads(wrong.stdout)["reason"] == "wrong-pin"


@pytest.mark.parametrize("pin", [b"", b"12\n", b"\xff\xfe\n", b"1234567890123\n"])
def test_what_is_no_pin_is_told_and_reaches_nobody(outlet: RunningOutlet, pin: bytes) -> None:
    settings = str(outlet.made.folder / "counter-1.toml")
    command = [*COMMAND, "send", "open-counter", "counter=1", "--clerk", "sri", "--settings", settings]
    done = subprocess.run(
        command, input=pin, capture_output=True, timeout=SECONDS, check=False, env=ENVIRONMENT
    )
    assert done.returncode == 2
    assert b"This is no PIN" in done.stderr
    assert b"4 to 12 digits" in done.stderr


def test_ctrl_c_is_not_taken_for_a_refusal(outlet: RunningOutlet) -> None:
    """Sent to a port that takes connections and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = str(outlet.made.folder / "kiosk-1.toml")
        silent_port = f"tcp://127.0.0.1:{silent.getsockname()[1]}"
        command = [*COMMAND, "send", "issue-ticket", "letter=A", "--settings", settings]
        with subprocess.Popen(
            [*command, "--connect", silent_port], stderr=subprocess.PIPE, text=True, env=ENVIRONMENT
        ) as script:
            silent.accept()[0].close()
            script.send_signal(signal.SIGINT)
            _, told = script.communicate(timeout=SECONDS)
        assert (script.returncode, told) == (130, "")


def test_an_output_that_takes_nothing_is_told(outlet: RunningOutlet) -> None:
    settings = str(outlet.made.folder / "antrean.toml")
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*COMMAND, "state", "--settings", settings],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            timeout=SECONDS,
            check=False,
            env=ENVIRONMENT,
        )
    assert done.returncode == 2
    assert "can't be written" in done.stderr
    assert "Traceback" not in done.stderr


def test_nobody_signs_in_at_a_kiosk(outlet: RunningOutlet) -> None:
    done = antrean(outlet, "kiosk-1", "send", "open-counter", "counter=1", "--clerk", "sri", typed="123456")
    assert done.returncode == 2
    assert "settings of a counter" in done.stderr


def test_events_are_watched_from_a_number_on_and_go_on(outlet: RunningOutlet) -> None:
    with watching(outlet, "--from", 1) as watch:
        first = line_of(watch)
        assert list(first) == ["seq", "at", "kind", "device", "clerk", "command", "event"]
        assert (first["seq"], first["kind"]) == (1, "outlet-configured")
        known = state(outlet).seq
        numbers = [1, *(line_of(watch)["seq"] for _ in range(known - 1))]
        assert numbers == list(range(1, known + 1))
        issued = sent(outlet, "kiosk-1", "issue-ticket", "letter=A")
        event = line_of(watch)
        assert event["command"] == issued["id"]
        assert event["event"]["ticket"] == issued["outcome"]["ticket"]
        watch.send_signal(signal.SIGINT)
        assert watch.wait(SECONDS) == 130


def test_without_a_number_only_what_is_new_is_told(outlet: RunningOutlet) -> None:
    known = state(outlet).seq
    with watching(outlet, "--from", known) as ready, watching(outlet) as watch:
        line_of(ready)
        issued = sent(outlet, "kiosk-1", "issue-ticket", "letter=A")
        event = line_of(watch)
        assert event["seq"] > known
        assert event["command"] == issued["id"]


def test_a_reader_who_has_gone_ends_the_watch_without_a_word(outlet: RunningOutlet) -> None:
    settings = outlet.made.folder / "antrean.toml"
    told = subprocess.run(
        f"{sys.executable} -m antrean watch --from 1 --settings {settings} | head -n 1",
        shell=True,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=True,
        env=ENVIRONMENT,
    )
    assert json.loads(told.stdout)["seq"] == 1
    assert told.stderr == ""


def test_the_state_is_the_same_line_as_long_as_nothing_happens(outlet: RunningOutlet) -> None:
    first, second = (antrean(outlet, "antrean", "state").stdout for _ in range(2))
    assert first == second
    assert {"epoch", "seq", "day", "tickets", "seats", "rules"} <= json.loads(first).keys()
