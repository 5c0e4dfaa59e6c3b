"""How the outlet is doing, as Prometheus reads it: names by its conventions, nothing about a person.

Of what `monitoring` knows at the moment of a scrape; of a broker that is away there is `antrean_up 0` and no more.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import accumulate
from math import inf

from msgspec import Struct
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from antrean.backup_age import Newest
from broker.domain.state import Outputs, State
from broker.domain.values import DeviceId, DeviceRole, OutputState, PrinterNeed, PrinterState
from broker.protocol import messages as m

CONNECTED_MS = 15_000
"""A device that gave a sign of life so lately is connected."""


class Hall(Struct, frozen=True):
    """What the replica knows of the outlet."""

    waiting: Mapping[str, int]
    """By the letter of the queue."""
    printers: Mapping[DeviceId, PrinterState]
    """Those that are not ready."""
    open_counters: int
    issued: int
    """Numbers given out today."""
    printer_needs: Mapping[DeviceId, PrinterNeed] = {}
    """What somebody has to do at printers besides."""
    displays: Mapping[DeviceId, Outputs] = {}
    """Those of which something can't be perceived."""


class Known(Struct, frozen=True):
    """All that is told at a scrape. None: the broker has not answered lately."""

    figures: m.Figures | None = None
    devices: m.Devices | None = None
    hall: Hall | None = None


def hall_of(state: State) -> Hall:
    """The outlet as a replica has it."""
    letters = [queue.letter for queue in state.rules.queues] if state.rules is not None else []
    return Hall(
        {letter: state.waiting_count(letter) for letter in letters},
        dict(state.printers),
        len(state.seats),
        state.issued,
        dict(state.printer_needs),
        dict(state.displays),
    )


class OutletCollector(Collector):
    """What Prometheus asks at each scrape."""

    def __init__(self, known: Callable[[], Known], backups: Callable[[], Newest]) -> None:
        self._known = known
        self._backups = backups

    def collect(self) -> Iterator[Metric]:
        """All metrics, from one moment."""
        known = self._known()
        is_up = known.figures is not None and known.figures.is_confirmed
        yield GaugeMetricFamily("antrean_up", "Whether the broker answers and serves.", value=is_up)
        yield from _backups(self._backups())
        if known.figures is not None:
            yield from _work(known.figures)
            yield from _storage(known.figures)
        if known.figures is not None and known.devices is not None:
            yield from _devices(known.devices, known.figures)
        if known.hall is not None:
            yield from _hall(known.hall)
        if known.hall is not None and known.devices is not None:
            yield _printers(known.hall, known.devices)
            yield _printer_needs(known.hall)
            yield _displays(known.hall)


def _backups(newest: Newest) -> Iterator[Metric]:
    """Where this machine sees their folder; without any backup its age has no end."""
    if newest.folder.is_dir():
        age = inf if newest.age_seconds is None else newest.age_seconds
        yield GaugeMetricFamily("antrean_backup_age_seconds", "How old the newest backup is.", value=age)


def _work(figures: m.Figures) -> Iterator[Metric]:
    yield GaugeMetricFamily(
        "antrean_start_time_seconds", "When the broker began to serve.", value=figures.started_at / 1000
    )
    yield _counted("antrean_commands", "Commands carried out.", "command", figures.commands)
    yield _counted("antrean_refusals", "Commands refused.", "code", figures.refusals)
    yield _counted("antrean_errors", "Messages answered with an error.", "code", figures.errors)
    yield CounterMetricFamily("antrean_strangers", "Connections refused.", value=figures.strangers)
    bounds = [str(ms / 1000) for ms in m.COMMIT_BOUNDS_MS] + ["+Inf"]
    buckets = list(zip(bounds, map(float, accumulate(figures.commit_ms)), strict=True))
    commits = HistogramMetricFamily("antrean_commit_seconds", "How long groups of commands took to disk.")
    commits.add_metric([], buckets, figures.commit_ms_sum / 1000)
    yield commits
    yield CounterMetricFamily(
        "antrean_failed_commits", "Commits that the disk did not take.", value=figures.failed_commits
    )


def _storage(figures: m.Figures) -> Iterator[Metric]:
    yield GaugeMetricFamily("antrean_journal_events", "The newest event's number.", value=figures.seq)
    yield GaugeMetricFamily(
        "antrean_snapshot_events", "The number of the newest snapshot on disk.", value=figures.snapshot_seq
    )
    sizes = {
        "database": figures.database_bytes,
        "log": figures.log_bytes,
        "free": figures.free_bytes,
    }
    disk = GaugeMetricFamily(
        "antrean_disk_bytes", "The database, its write-ahead log, what is free.", labels=["part"]
    )
    for part, size in sizes.items():
        if size is not None:
            disk.add_metric([part], size)
    yield disk
    yield GaugeMetricFamily(
        "antrean_memory_peak_bytes", "The most memory that the broker has held.", value=figures.memory_bytes
    )
    alarms = GaugeMetricFamily(
        "antrean_alarm",
        "What needs somebody's hand; the value depends on the kind.",
        labels=["kind", "device"],
    )
    for alarm in figures.alarms:
        alarms.add_metric([alarm.kind.value, alarm.device or ""], alarm.figure)
    yield alarms


def _devices(told: m.Devices, figures: m.Figures) -> Iterator[Metric]:
    connected = GaugeMetricFamily(
        "antrean_device_connected", "Whether a device gives signs of life.", labels=["device", "role"]
    )
    lag = GaugeMetricFamily(
        "antrean_replica_lag_events", "How far a device's replica was behind.", labels=["device"]
    )
    clock = GaugeMetricFamily(
        "antrean_device_clock_offset_seconds", "How far a device's clock is ahead.", labels=["device"]
    )
    for each in told.devices:
        if each.revoked_at is not None:
            continue
        is_connected = each.seen_at is not None and told.at - each.seen_at < CONNECTED_MS
        connected.add_metric([each.device, each.role.value], is_connected)
        if is_connected and each.seq is not None:
            lag.add_metric([each.device], max(0, figures.seq - each.seq))
        if each.clock_ahead_ms is not None:
            clock.add_metric([each.device], each.clock_ahead_ms / 1000)
    yield from (connected, lag, clock)


def _hall(hall: Hall) -> Iterator[Metric]:
    waiting = GaugeMetricFamily("antrean_queue_waiting", "Tickets that wait to be called.", labels=["queue"])
    for letter, count in hall.waiting.items():
        waiting.add_metric([letter], count)
    yield waiting
    yield GaugeMetricFamily(
        "antrean_counters_open", "Counters at which somebody sits.", value=hall.open_counters
    )
    yield GaugeMetricFamily("antrean_tickets_today", "Numbers given out today.", value=hall.issued)


def _printers(hall: Hall, told: m.Devices) -> Metric:
    """Each kiosk's printer, and any other that is not ready; 1 for the state that it is in."""
    states = GaugeMetricFamily("antrean_printer_state", "A device's printer.", labels=["device", "state"])
    kiosks = {
        each.device for each in told.devices if each.role is DeviceRole.KIOSK and each.revoked_at is None
    }
    for device in sorted(kiosks | hall.printers.keys()):
        now = hall.printers.get(device, PrinterState.READY)
        for state in PrinterState:
            states.add_metric([device, state.value], state is now)
    return states


def _printer_needs(hall: Hall) -> Metric:
    needs = GaugeMetricFamily(
        "antrean_printer_need", "1: what somebody has to do at a device's printer.", labels=["device", "need"]
    )
    for device, need in sorted(hall.printer_needs.items()):
        needs.add_metric([device, need.value], 1)
    return needs


def _displays(hall: Hall) -> Metric:
    faults = GaugeMetricFamily(
        "antrean_display_fault",
        "1: a display's screen or sound can't be perceived.",
        labels=["device", "output", "state"],
    )
    for device, outputs in sorted(hall.displays.items()):
        for output, now in (("screen", outputs.screen), ("sound", outputs.sound)):
            if now is not OutputState.WORKING:
                faults.add_metric([device, output, now.value], 1)
    return faults


def _counted(name: str, meaning: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, meaning, labels=[label])
    for what, count in sorted(counts.items()):
        family.add_metric([what], count)
    return family
