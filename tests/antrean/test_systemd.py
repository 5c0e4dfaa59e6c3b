"""What systemd is told, over a real datagram socket, and by a real broker that it might have started."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from antrean.outlet_folder import Devices, find_outlet, make
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS
from antrean.systemd import Supervisor
from broker.domain.values import Instant
from tests.support import sample
from tests.support.running import LOOPBACK, TEBET_TIMUR, free_pair, running_outlet
from wording import Language, Wording

SECONDS = 20.0


@pytest.fixture
def listener(tmp_path: Path) -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as opened:
        opened.bind(str(tmp_path / "notify"))
        opened.settimeout(SECONDS)
        yield opened


def environment(listener: socket.socket, watchdog_usec: int = 20_000_000) -> dict[str, str]:
    return {"NOTIFY_SOCKET": listener.getsockname(), "WATCHDOG_USEC": str(watchdog_usec)}


def hear_for_good(listener: socket.socket) -> None:
    while True:
        listener.recv(100)


def test_it_is_told_that_a_program_serves_and_that_it_ends(listener: socket.socket) -> None:
    supervisor = Supervisor(environment(listener))
    supervisor.ready()
    supervisor.stopping()
    assert [listener.recv(100), listener.recv(100)] == [b"READY=1", b"STOPPING=1"]


def test_a_loop_that_comes_round_often_beats_a_quarter_as_long_as_allowed(listener: socket.socket) -> None:
    now = 0.0
    supervisor = Supervisor(environment(listener), lambda: now)
    assert supervisor.beat_seconds == 5.0
    for _ in range(21):
        supervisor.alive()
        now += 0.5
    supervisor.stopping()
    assert [listener.recv(100) for _ in range(4)] == [b"WATCHDOG=1"] * 3 + [b"STOPPING=1"]


def test_a_socket_in_the_abstract_name_space_is_found() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind("")  # a name of the kernel's choice
        listener.settimeout(SECONDS)
        name = listener.getsockname().decode()
        Supervisor({"NOTIFY_SOCKET": f"@{name[1:]}"}).ready()
        assert listener.recv(100) == b"READY=1"


def test_nothing_is_said_where_systemd_did_not_start_the_program() -> None:
    supervisor = Supervisor({})
    supervisor.ready()
    supervisor.alive()
    assert supervisor.beat_seconds is None


def test_a_socket_that_has_gone_does_not_end_the_program(tmp_path: Path) -> None:
    Supervisor({"NOTIFY_SOCKET": str(tmp_path / "gone")}).ready()


@pytest.mark.slow
@pytest.mark.parametrize("device", ["forecast", "display-1"])
def test_a_program_with_a_window_or_without_says_when_it_serves_lives_and_ends(
    listener: socket.socket, device: str
) -> None:
    with running_outlet(Devices(0, 1, 1)) as outlet:
        path = outlet.made.folder / f"{device}.toml"
        program = subprocess.Popen(
            [sys.executable, "-m", "antrean", device.partition("-")[0], "--settings", str(path)],
            stderr=subprocess.DEVNULL,
            env=os.environ | {"QT_QPA_PLATFORM": "offscreen"} | environment(listener, 800_000),
        )
        try:
            told = [listener.recv(100) for _ in range(3)]
            program.send_signal(signal.SIGTERM)
            while told[-1] != b"STOPPING=1":
                told.append(listener.recv(100))
            assert program.wait(SECONDS) == 0
        finally:
            program.kill()
            program.wait()
    assert sorted(set(told)) == [b"READY=1", b"STOPPING=1", b"WATCHDOG=1"]


@pytest.mark.slow
def test_a_broker_that_stands_still_is_silent(listener: socket.socket, tmp_path: Path) -> None:
    seed = seed_for(find_outlet(TEBET_TIMUR, Wording(Language.EN)), counters=1)
    made = make(tmp_path / "outlet", seed, Devices(0, 1, 0), LOOPBACK, free_pair(), Instant(sample.at(8)))
    settings = made.folder / BROKER_SETTINGS
    program = subprocess.Popen(
        [sys.executable, "-m", "antrean", "broker", "--settings", str(settings)],
        stderr=subprocess.DEVNULL,
        env=os.environ | environment(listener, 800_000),
    )
    try:
        assert sorted({listener.recv(100) for _ in range(4)}) == [b"READY=1", b"WATCHDOG=1"]
        program.send_signal(signal.SIGSTOP)
        listener.settimeout(1.0)
        with pytest.raises(TimeoutError):
            hear_for_good(listener)
        program.send_signal(signal.SIGCONT)
        listener.settimeout(SECONDS)
        assert listener.recv(100) == b"WATCHDOG=1"
        program.terminate()
        assert program.wait(SECONDS) == 0
    finally:
        program.kill()
        program.wait()
