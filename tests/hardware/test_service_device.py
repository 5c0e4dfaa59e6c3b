"""A plug-in is run, heard, and begun again; whatever it does, nobody waits for it."""

import queue
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hardware.service_device import GROUP, DeviceState, WatchedDevice

PATIENCE_SECONDS = 10.0
READY, OUT_OF_CARDS, OUT_OF_ORDER = DeviceState.READY, DeviceState.OUT_OF_CARDS, DeviceState.OUT_OF_ORDER

EXAMPLE = """
import pathlib, threading

class CardPrinter:
    \"\"\"Looks into a file, as others look at a cable.\"\"\"

    def __init__(self):
        self._file = pathlib.Path({file!r})
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def start(self, on_state):
        self._on_state = on_state
        self._thread.start()

    def stop(self):
        self._stopping.set()
        self._thread.join()
        self._file.with_suffix(".stopped").touch()

    def _watch(self):
        while not self._stopping.wait(0.01):
            self._on_state(self._file.read_text())

class Raises:
    def start(self, on_state):
        raise RuntimeError("no driver")

class Hangs:
    def start(self, on_state):
        on_state("ready")
        threading.Event().wait()

class RaisesAtFirst(CardPrinter):
    begun = 0

    def start(self, on_state):
        RaisesAtFirst.begun += 1
        if RaisesAtFirst.begun == 1:
            raise OSError("the cable is out")
        super().start(on_state)

class FallsSilent:
    def start(self, on_state):
        on_state("ready")

    def stop(self):
        pass
"""


@pytest.fixture
def device_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package as pip installs one, with plug-ins in it; the file is what its card printer looks at."""
    file, name = tmp_path / "device", f"ektp_{tmp_path.name}".replace("-", "_")
    file.write_text("ready")
    (tmp_path / f"{name}.py").write_text(EXAMPLE.format(file=str(file)))
    about = tmp_path / f"{name}-1.0.dist-info"
    about.mkdir()
    (about / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
    plugins = ("CardPrinter", "Raises", "Hangs", "RaisesAtFirst", "FallsSilent")
    lines = "".join(f"{plugin} = {name}:{plugin}\n" for plugin in plugins)
    (about / "entry_points.txt").write_text(f"[{GROUP}]\n{lines}")
    monkeypatch.syspath_prepend(str(tmp_path))
    return file


class Watch:
    """A plug-in that is run, and what was heard of it."""

    def __init__(self, plugin: str) -> None:
        self.states: queue.SimpleQueue[DeviceState] = queue.SimpleQueue()
        self.device = WatchedDevice(
            plugin, self.states.put, says_within_seconds=1.0, again_after_seconds=0.05
        )
        self.device.start()

    def hears(self, *expected: DeviceState) -> None:
        assert [self.states.get(timeout=PATIENCE_SECONDS) for _ in expected] == list(expected)


@pytest.fixture
def watch(device_file: Path) -> Iterator[Callable[[str], Watch]]:
    watches: list[Watch] = []

    def begin(plugin: str) -> Watch:
        watches.append(Watch(plugin))
        return watches[-1]

    yield begin
    for each in watches:
        each.device.stop(PATIENCE_SECONDS)


def test_an_installed_plug_in_says_how_its_device_is_and_is_stopped(
    watch: Callable[[str], Watch], device_file: Path
) -> None:
    seen = watch("CardPrinter")
    seen.hears(READY)
    device_file.write_text("out-of-cards")
    seen.hears(OUT_OF_CARDS)
    seen.device.stop(PATIENCE_SECONDS)
    assert device_file.with_suffix(".stopped").exists()


@pytest.mark.parametrize("plugin", ["Raises", "NotInstalled"])
def test_one_that_raises_or_is_missing_is_out_of_order(watch: Callable[[str], Watch], plugin: str) -> None:
    watch(plugin).hears(OUT_OF_ORDER)


def test_one_that_raised_is_begun_again(watch: Callable[[str], Watch]) -> None:
    watch("RaisesAtFirst").hears(OUT_OF_ORDER, READY)


def test_one_that_hangs_is_out_of_order_and_left_behind(watch: Callable[[str], Watch]) -> None:
    seen = watch("Hangs")
    seen.hears(READY, OUT_OF_ORDER)
    seen.device.stop(PATIENCE_SECONDS)


def test_one_that_falls_silent_is_begun_again(watch: Callable[[str], Watch]) -> None:
    watch("FallsSilent").hears(READY, OUT_OF_ORDER, READY)
