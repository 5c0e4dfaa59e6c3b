"""A device that services depend on, watched by a plug-in: how a plug-in looks, and how one is run.

A plug-in is foreign code: it runs in threads of its own, nobody waits for it, and whatever it does costs no more than
its word. One that raises, hangs or is missing says nothing; then the device is taken to be out of order.
"""

import queue
import threading
from collections.abc import Callable
from enum import StrEnum
from importlib.metadata import entry_points
from typing import Protocol

import structlog

log = structlog.get_logger()

GROUP = "antrean.service_devices"
"""The entry points that plug-ins are installed under; each is a callable without arguments that makes the device."""
SAYS_WITHIN_SECONDS = 60.0
"""So often a device has to be heard of."""
AGAIN_AFTER_SECONDS = 30.0
"""So long after it failed a plug-in is begun again."""
LEAVE_SECONDS = 2.0
"""So long a plug-in has to stop when the program ends."""


class DeviceState(StrEnum):
    READY = "ready"
    OUT_OF_CARDS = "out-of-cards"
    OUT_OF_ORDER = "out-of-order"


OnState = Callable[[DeviceState], None]


class ServiceDevice(Protocol):
    """What a plug-in is."""

    def start(self, on_state: OnState) -> None:
        """Begin to watch the device, and return. `on_state` may be called from any thread: at each change, and
        at least every SAYS_WITHIN_SECONDS while there is none."""

    def stop(self) -> None:
        """Let go of the device, and return."""


class PluginMissingError(Exception):
    """No plug-in is installed under this name."""


class WatchedDevice:
    """Runs one plug-in, and begins it again whenever it has failed. `on_state` is called in its thread, on change."""

    def __init__(
        self,
        plugin: str,
        on_state: OnState,
        says_within_seconds: float = SAYS_WITHIN_SECONDS,
        again_after_seconds: float = AGAIN_AFTER_SECONDS,
    ) -> None:
        self._plugin = plugin
        self._on_state = on_state
        self._says_within_seconds = says_within_seconds
        self._again_after_seconds = again_after_seconds
        self._state: DeviceState | None = None
        self._stopping = threading.Event()
        self._run_now = _Run(plugin)
        self._thread = threading.Thread(target=self._watch, name=f"device {plugin}", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self, within_seconds: float = 5.0) -> None:
        """Let the plug-in stop, and end; one that hangs is left behind. TimeoutError when the watch does not end."""
        self._stopping.set()
        self._run_now.said.put(None)
        self._thread.join(within_seconds)
        if self._thread.is_alive():
            raise TimeoutError(f"the watch of {self._plugin} did not end within {within_seconds} s")

    def _watch(self) -> None:
        while not self._stopping.is_set():
            run = self._run_now
            run.start()
            self._listen(run)
            run.end()
            if not self._stopping.is_set():
                self._found(DeviceState.OUT_OF_ORDER)
            self._let_go(run)
            self._run_now = _Run(self._plugin)

    def _let_go(self, run: "_Run") -> None:
        """Wait before the next one; while this one hangs, too: a second would only fight with it for the device."""
        while not self._stopping.wait(self._again_after_seconds):
            if not run.is_alive:
                return
        if not run.is_gone(LEAVE_SECONDS):
            log.warning("service device left behind", plugin=self._plugin)

    def _listen(self, run: "_Run") -> None:
        """Until the plug-in has failed, or is silent, or is not wanted any more."""
        while not self._stopping.is_set():
            try:
                state = run.said.get(timeout=self._says_within_seconds)
            except queue.Empty:
                log.warning("service device silent", plugin=self._plugin)
                return
            if state is None:
                return
            self._found(state)

    def _found(self, state: DeviceState) -> None:
        if state is not self._state:
            self._state = state
            log.info("service device", plugin=self._plugin, state=state)
            self._on_state(state)


class _Run:
    """A plug-in from its beginning to its end, in a thread of its own. `said`: its words; None when it has failed."""

    def __init__(self, plugin: str) -> None:
        self.said: queue.SimpleQueue[DeviceState | None] = queue.SimpleQueue()
        self._plugin = plugin
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"plug-in {plugin}", daemon=True)

    @property
    def is_alive(self) -> bool:
        return self._thread.is_alive()

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        """Have it stop; returns at once."""
        self._ending.set()

    def is_gone(self, within_seconds: float) -> bool:
        self._thread.join(within_seconds)
        return not self.is_alive

    def _run(self) -> None:
        try:
            device = _installed(self._plugin)
            device.start(lambda state: self.said.put(DeviceState(state)))
            self._ending.wait()
            device.stop()
        except Exception:  # foreign code may raise anything, and must cost no more than its word
            log.exception("service device failed", plugin=self._plugin)
            self.said.put(None)


def _installed(plugin: str) -> ServiceDevice:
    """Made anew. Raises PluginMissingError, and whatever the plug-in raises."""
    for found in entry_points(group=GROUP, name=plugin):
        made: ServiceDevice = found.load()()
        return made
    raise PluginMissingError(f"no plug-in {plugin!r} in the group {GROUP}")
