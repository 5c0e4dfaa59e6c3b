"""The machines that a plug-in watches at this counter: what each says, the broker is told.

A clerk's word stands until the machine itself says something else.
"""

from collections.abc import Sequence

import structlog

from broker.client import CommandAnswer, Link
from broker.domain.commands import ReportMachine
from broker.domain.values import MachineCode, MachineState
from broker.protocol.messages import Accepted
from counter.errands import SessionFace
from counter.settings import MachineSettings
from hardware.service_device import DeviceState, WatchedDevice
from ui.gui_thread import GuiThread

log = structlog.get_logger(__name__)


class Machines:
    """Made in the GUI's thread. What could not be told is told at the session's next change."""

    def __init__(self, session: SessionFace, machines: Sequence[MachineSettings]) -> None:
        self._session = session
        self._gui = GuiThread()
        self._to_tell: dict[MachineCode, MachineState] = {}
        self._being_told: set[MachineCode] = set()
        self._devices = [self._watched(each) for each in machines]
        session.on_change(lambda _: self._tell())

    def start(self) -> None:
        for device in self._devices:
            device.start()

    def stop(self) -> None:
        for device in self._devices:
            device.stop()

    def found(self, machine: MachineCode, state: MachineState) -> None:
        """The machine says so."""
        rules = self._session.state.rules
        if rules is not None and all(each.code != machine for each in rules.machines):
            log.warning("a machine that the outlet does not have", machine=machine)
        self._to_tell[machine] = state
        self._tell()

    def _watched(self, settings: MachineSettings) -> WatchedDevice:
        machine = MachineCode(settings.code)

        def said(state: DeviceState) -> None:
            self._gui.run(lambda: self.found(machine, MachineState(state.value)))

        return WatchedDevice(settings.plugin, said)

    def _tell(self) -> None:
        rules = self._session.state.rules
        if self._session.link is not Link.LIVE or rules is None:
            return
        for machine in rules.machines:
            state = self._to_tell.get(machine.code)
            if state is not None and machine.code not in self._being_told:
                self._report(machine.code, state)

    def _report(self, machine: MachineCode, state: MachineState) -> None:
        def answered(answer: CommandAnswer) -> None:
            self._being_told.discard(machine)
            if not isinstance(answer, Accepted):
                log.warning("the machine's state was not reported", machine=machine, answer=answer)
            elif self._to_tell.get(machine) is state:
                del self._to_tell[machine]
            else:
                self._tell()

        self._being_told.add(machine)
        self._session.send(ReportMachine(machine, state), answered)
