"""What the page of devices says. Pure, as words.py."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import assert_never

from broker.domain.values import DeviceRole, Instant, OutputState, PrinterNeed, PrinterState
from broker.protocol.messages import AlarmKind
from counter import words
from counter.devices import AlarmLine, DeviceLine, DevicesShown
from counter.office_sheets import ClockSheet
from wording import N_, Wording

ROLES: Mapping[DeviceRole, str] = MappingProxyType(
    {
        DeviceRole.KIOSK: N_("Ticket machine"),
        DeviceRole.COUNTER: N_("Counter"),
        DeviceRole.DISPLAY: N_("Lobby display"),
        DeviceRole.OPERATOR: N_("Operator"),
        DeviceRole.FORECAST: N_("Forecast of waits"),
        DeviceRole.MONITOR: N_("Monitoring"),
        DeviceRole.BROKER: N_("Server"),
    }
)

PRINTERS: Mapping[PrinterState, str] = MappingProxyType(
    {
        PrinterState.READY: N_("Printer ready"),
        PrinterState.PAPER_LOW: N_("Paper nearly used up"),
        PrinterState.PAPER_OUT: N_("Paper used up"),
        PrinterState.COVER_OPEN: N_("Printer cover open"),
        PrinterState.CUTTER: N_("Paper cutter jammed"),
        PrinterState.OVERHEATED: N_("Printer too hot"),
        PrinterState.FAULT: N_("Printer fault"),
        PrinterState.OFFLINE: N_("Printer switched off line"),
        PrinterState.UNREACHABLE: N_("Printer cannot be reached"),
        PrinterState.UNKNOWN: N_("Printer's state unknown"),
    }
)

NEEDS: Mapping[PrinterNeed, str] = MappingProxyType(
    {
        PrinterNeed.READ_STRIP: N_("New paper: somebody must read its test strip"),
        PrinterNeed.TAKE_TICKET: N_("A ticket was left in the printer's mouth"),
        PrinterNeed.MEND_OTHER: N_("Only one of its two printers works"),
    }
)
"""What stands beside the printer's state."""

SCREENS: Mapping[OutputState, str] = MappingProxyType(
    {
        OutputState.MISSING: N_("Screen off or unplugged"),
        OutputState.FAILING: N_("Screen fault"),
    }
)

SOUNDS: Mapping[OutputState, str] = MappingProxyType(
    {
        OutputState.MISSING: N_("No loudspeaker: off or unplugged"),
        OutputState.FAILING: N_("Sound fault"),
    }
)
"""Of displays; what works is not told."""

_SECOND_MS, _MINUTE, _HOUR = 1000, 60, 3600
_MEGABYTE = 1_000_000


def role(value: DeviceRole, w: Wording) -> str:
    return w.t(ROLES[value])


def seen(line: DeviceLine, now: Instant, w: Wording) -> str:
    """When it gave its last sign of life: how long ago, or from an hour on at what time."""
    ago = line.seen_seconds
    if line.seen_at is None:
        return w.t("Not seen yet")
    if ago < _MINUTE:
        return w.tn("{n} second ago", "{n} seconds ago", ago) if ago else w.t("Just now")
    if ago < _HOUR:
        return w.tn("{n} minute ago", "{n} minutes ago", ago // _MINUTE)
    day, at = w.local(line.seen_at).date(), words.clock(line.seen_at, w)
    return at if day == w.local(now).date() else w.t("{date}, {time}", date=w.short_date(day), time=at)


def standing(line: DeviceLine, w: Wording) -> str:
    """How the device is, the most pressing first."""
    if not line.needs_look:
        if line.seen_at is None:
            return w.t("Not connected yet")
        return w.t(PRINTERS[line.printer]) if line.printer is not None else w.tp("device", "Fine")
    said = []
    if line.is_silent:
        said.append(w.t("No sign of life"))
    if line.printer not in (None, PrinterState.READY):
        said.append(w.t(PRINTERS[line.printer]))
    if line.need is not None:
        said.append(w.t(NEEDS[line.need]))
    if line.outputs.screen is not OutputState.WORKING:
        said.append(w.t(SCREENS[line.outputs.screen]))
    if line.outputs.sound is not OutputState.WORKING:
        said.append(w.t(SOUNDS[line.outputs.sound]))
    if line.clock_ahead_ms is not None:
        said.append(w.t("Clock {off}", off=_off(line.clock_ahead_ms, w)))
    return " · ".join(said)


def count(shown: DevicesShown, w: Wording) -> str:
    """At the head of the page."""
    devices = w.tn("{n} device", "{n} devices", len(shown.lines))
    if not shown.to_see:
        return w.t("{devices}, all is well", devices=devices)
    to_see = w.tn("{n} needs a look", "{n} need a look", shown.to_see)
    return w.t("{devices}, {to_see}", devices=devices, to_see=to_see)


def as_of(shown: DevicesShown, w: Wording) -> str:
    """Over an answer that is old."""
    return w.t("As it was at {time}. No newer answer has come.", time=words.clock(shown.as_of, w))


def what_is_wrong(alarm: AlarmLine, as_of: Instant, w: Wording) -> str:
    """An alarm's first sentence; `as_of` is the broker's time when it was told."""
    names = ", ".join(alarm.names)
    match alarm.kind:
        case AlarmKind.CLOCK_DOUBTED:
            return w.t(
                "The server's clock shows {shows}; the queue is at {queue}",
                shows=moment(Instant(as_of + alarm.figure), w),
                queue=moment(as_of, w),
            )
        case AlarmKind.NOT_STORED:
            return w.t("The last change could not be stored")
        case AlarmKind.DISK_FULL_SOON:
            return w.t("The server's disk is nearly full: {free} left", free=_megabytes(alarm.figure, w))
        case AlarmKind.LOG_GROWS:
            return w.t("The server's log of changes grows: {size}", size=_megabytes(alarm.figure, w))
        case AlarmKind.CLOCK_OFF if not alarm.names:
            return w.t("The server's clock is {off}", off=_off(alarm.figure, w))
        case AlarmKind.CLOCK_OFF:
            return w.t("{device}: the clock is {off}", device=names, off=_off(alarm.figure, w))
        case AlarmKind.DEVICE_SILENT:
            return w.t("No sign of life: {devices}", devices=names)
        case _:
            assert_never(alarm.kind)


def what_to_do(alarm: AlarmLine, w: Wording) -> str:
    """What then."""
    match alarm.kind:
        case AlarmKind.CLOCK_DOUBTED:
            return w.t(
                "Which is right? If the server's clock is wrong, please ask the technician to correct it: the queue "
                "follows by itself."
            )
        case AlarmKind.NOT_STORED:
            return w.t(
                "Numbers already given stay valid. Please call the technician at once: nothing new can be stored."
            )
        case AlarmKind.DISK_FULL_SOON:
            return w.t("Service goes on. Please ask the technician today to make room on the disk.")
        case AlarmKind.LOG_GROWS:
            return w.t("Service goes on. Please ask the technician to look for a backup that stands still.")
        case AlarmKind.CLOCK_OFF:
            return w.t("Please ask the technician to let the clock be set from the network.")
        case AlarmKind.DEVICE_SILENT:
            return w.t("Please see whether it is switched on and its network cable is plugged in.")
        case _:
            assert_never(alarm.kind)


def moment(at: Instant, w: Wording) -> str:
    """A day, which may be any, and the time of it."""
    local = w.local(at)
    return w.t("{date}, {time}", date=w.date(local.date()), time=w.clock(local))


def if_believed(sheet: ClockSheet, w: Wording) -> str:
    """What follows where the server's clock is right."""
    if sheet.shows < sheet.queue_at:
        return w.t(
            "The queue's time goes at half speed until the server's clock has caught up. Numbers stay valid."
        )
    return w.t(
        "The queue goes on at this time. A day that is still open is closed, with all who wait. This can't be taken "
        "back."
    )


def _megabytes(n: int, w: Wording) -> str:
    """On one line."""
    return f"{w.number(n // _MEGABYTE)}\N{NO-BREAK SPACE}MB"


def _off(ahead_ms: int, w: Wording) -> str:
    """By how much a clock is off, within a sentence."""
    seconds = abs(ahead_ms) // _SECOND_MS
    is_long = seconds >= 2 * _MINUTE
    n = seconds // _MINUTE if is_long else seconds
    match is_long, ahead_ms > 0:
        case True, True:
            return w.tn("{n} minute fast", "{n} minutes fast", n)
        case True, False:
            return w.tn("{n} minute slow", "{n} minutes slow", n)
        case False, True:
            return w.tn("{n} second fast", "{n} seconds fast", n)
        case _:
            return w.tn("{n} second slow", "{n} seconds slow", n)
