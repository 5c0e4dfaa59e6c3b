"""What a supervisor sees of the outlet's devices: which of them need a look, and what the broker sounds alarm for.

Pure; the broker's own answer says what is wrong with clocks and signs of life, its state how the printers are.
"""

from collections.abc import Iterator, Mapping

from msgspec import Struct

from broker.domain.state import Outputs, State
from broker.domain.values import DeviceId, DeviceRole, Instant, PrinterNeed, PrinterState
from broker.protocol.messages import AlarmKind, Devices, DeviceStanding

OLD_AFTER_MS = 10_000
"""An answer that came longer ago is not passed off as what is."""

ORDER = tuple(DeviceRole)
"""Kiosks first: citizens meet them first."""


class DeviceLine(Struct, frozen=True):
    """A device that may connect."""

    device: DeviceId
    role: DeviceRole
    name: str
    version: str
    """Empty: not known."""
    seen_at: Instant | None
    """Its last sign of life; None: none since the broker's start."""
    seen_seconds: int
    """How long ago that was."""
    is_silent: bool
    """It was here and should be, and gives no sign of life."""
    clock_ahead_ms: int | None
    """How far its clock is ahead; None: in step, as far as anybody needs."""
    printer: PrinterState | None
    """None: nothing is known of a printer there."""
    need: PrinterNeed | None = None
    """What somebody has to do at it besides."""
    outputs: Outputs = Outputs()
    """What of a display can be perceived."""

    @property
    def needs_look(self) -> bool:
        """Whether somebody has to go there."""
        is_well = self.printer in (None, PrinterState.READY) and self.need is None
        return self.is_silent or self.clock_ahead_ms is not None or not is_well or self.outputs != Outputs()


class AlarmLine(Struct, frozen=True):
    """Something that needs somebody's hand."""

    kind: AlarmKind
    figure: int
    """As the protocol has it; of several silent devices, how long the longest has been silent."""
    names: tuple[str, ...] = ()
    """The devices', as people call them; empty: it is the broker's own."""


class DevicesShown(Struct, frozen=True):
    """All of it, as of the broker's last answer."""

    as_of: Instant
    is_old: bool
    alarms: tuple[AlarmLine, ...]
    lines: tuple[DeviceLine, ...]
    """Those that need a look first."""

    @property
    def to_see(self) -> int:
        """How many things need a look: devices, and whatever is the matter with the broker itself."""
        return sum(each.needs_look for each in self.lines) + sum(not each.names for each in self.alarms)


def devices_shown(answer: Devices, state: State, now: Instant) -> DevicesShown:
    """The answer, as it is to be read now. Devices that may not connect any more are not shown."""
    lines = [_line(each, answer, state, now) for each in answer.devices if each.revoked_at is None]
    names = {each.device: each.name for each in answer.devices}
    return DevicesShown(
        as_of=answer.at,
        is_old=now - answer.at > OLD_AFTER_MS,
        alarms=tuple(_alarms(answer, names)),
        lines=tuple(sorted(lines, key=lambda line: (not line.needs_look, ORDER.index(line.role), line.name))),
    )


def _line(standing: DeviceStanding, answer: Devices, state: State, now: Instant) -> DeviceLine:
    alarms = {each.kind: each.figure for each in answer.alarms if each.device == standing.device}
    seen_at = standing.seen_at
    return DeviceLine(
        device=standing.device,
        role=standing.role,
        name=standing.name,
        version=_version(standing.program),
        seen_at=seen_at,
        seen_seconds=max(0, now - seen_at) // 1000 if seen_at is not None else 0,
        is_silent=AlarmKind.DEVICE_SILENT in alarms,
        clock_ahead_ms=alarms.get(AlarmKind.CLOCK_OFF),
        printer=_printer(standing, state),
        need=state.printer_needs.get(standing.device),
        outputs=state.displays.get(standing.device, Outputs()),
    )


def _printer(standing: DeviceStanding, state: State) -> PrinterState | None:
    """A state that is not told is "ready"; only kiosks have a printer for certain."""
    is_kiosk = standing.role is DeviceRole.KIOSK and standing.seen_at is not None
    return state.printers.get(standing.device, PrinterState.READY if is_kiosk else None)


def _version(program: str) -> str:
    """Programs give their name, then their version."""
    last = program.rpartition(" ")[2]
    return last if last[:1].isdigit() else ""


def _alarms(answer: Devices, names: Mapping[DeviceId, str]) -> Iterator[AlarmLine]:
    """The broker's own as they come; those of devices after them, the silent ones together."""
    about = [each for each in answer.alarms if each.device is not None]
    for alarm in answer.alarms:
        if alarm.device is None:
            yield AlarmLine(alarm.kind, alarm.figure)
    silent = [each for each in about if each.kind is AlarmKind.DEVICE_SILENT]
    if silent:
        who = tuple(names.get(each.device, each.device) for each in silent if each.device is not None)
        yield AlarmLine(AlarmKind.DEVICE_SILENT, max(each.figure for each in silent), who)
    for alarm in about:
        if alarm.kind is not AlarmKind.DEVICE_SILENT and alarm.device is not None:
            yield AlarmLine(alarm.kind, alarm.figure, (names.get(alarm.device, alarm.device),))
