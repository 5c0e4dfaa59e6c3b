"""`make bench`: Antrean beside the bare limit of this machine, both measured in the same run, in interleaved rounds.

Prints the table and writes it to bench.json in the folder given with --out.
"""

import argparse
import json
import logging
import statistics
import sys
import tempfile
from pathlib import Path

import structlog
from msgspec import Struct, to_builtins

from antrean.outlet_folder import Devices
from tests.bench import displays, forecast, full_day, load, postgresql, printing, rules
from tests.bench.bare import BareServer, bare_target, sqlite_in
from tests.bench.load import device
from tests.bench.lobby import LobbyBench, bare_way_ms
from tests.support.running import RunningOutlet, running_outlet

ROUNDS = 7
SECONDS = 1.5
SUBSCRIBERS = 3
MANY = 16
CALL_MS = 100.0
FIFTY_MS = 5.0
START_SECONDS = 2.0
MEMORY_MB = 150.0


class Row(Struct, frozen=True):
    """One line of the table. `target` is what `ratio` shall reach, `met` whether it does."""

    name: str
    figure: float
    unit: str
    limit: float
    ratio: float
    target: str
    met: bool


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--out", type=Path, default=None)
    out: Path | None = parser.parse_args().out
    # What a kiosk in this process logs of each touch would bury the table.
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    rows, kinds = measured(), rules.measured(progress)
    print(table(rows))
    over_server = postgresql.measured(progress)
    print(f"\n{postgresql.table(over_server)}")
    print(f"\n{rules.table(kinds)}")
    cost = forecast.measured()
    print(f"\n{forecast.described(cost)}")
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
        found = {
            "outlet": to_builtins(rows),
            "postgresql": to_builtins(over_server),
            "rules": to_builtins(kinds),
            "forecast": to_builtins(cost),
        }
        (out / "bench.json").write_text(json.dumps(found, indent=2) + "\n")
        print(f"\n{out / 'bench.json'}")
    return 0


def measured() -> list[Row]:
    """All rows."""
    with (
        tempfile.TemporaryDirectory(prefix="antrean-bench-") as folder,
        BareServer(sqlite_in(Path(folder))) as bare,
        running_outlet(Devices(kiosks=MANY, counters=2, displays=3), digits=5) as outlet,
        load.subscribers(outlet.endpoints.updates, device(outlet, "display-1"), SUBSCRIBERS),
    ):
        fresh = one_client(bare, outlet)
        rows = [*fresh, many_clients(bare, outlet), call_to_display(bare, outlet), to_fifty(bare, outlet)]
        rows += tickets(bare, outlet)
    return [*rows, *after_a_full_day(fresh)]


def one_client(bare: BareServer, outlet: RunningOutlet) -> list[Row]:
    """Each command by name against a bare round trip with a durable commit."""
    clerk = next(iter(outlet.made.pins))
    limits, ours = [], []
    for turn in range(ROUNDS):
        progress(f"one client, round {turn + 1} of {ROUNDS}")
        limits.append(load.measure([bare_target(bare)], SECONDS).median_ms)
        ours.append(
            load.visits(
                device(outlet, "kiosk-1"), device(outlet, "counter-1"), clerk, outlet.pin(clerk), SECONDS
            )
        )
    limit = statistics.median(limits)
    return [
        row(
            f"{name} acknowledged, one client",
            statistics.median(each[name] for each in ours),
            "ms",
            limit,
            1.5,
            at_most=True,
        )
        for name in ours[0]
    ]


def many_clients(bare: BareServer, outlet: RunningOutlet) -> Row:
    """Sixteen kiosks at once against the bare limit with the same group commit."""
    ours, limits = [], []
    for turn in range(ROUNDS):
        progress(f"{MANY} clients, round {turn + 1} of {ROUNDS}")
        limits.append(load.measure([bare_target(bare) for _ in range(MANY)], SECONDS))
        ours.append(load.measure([device(outlet, f"kiosk-{number + 1}") for number in range(MANY)], SECONDS))
    rate, limit = (statistics.median(each.per_second for each in side) for side in (ours, limits))
    return row(f"commands acknowledged, {MANY} clients", rate, "1/s", limit, 0.5, at_most=False)


def to_fifty(bare: BareServer, outlet: RunningOutlet) -> Row:
    """The clerk's call until the last of fifty displays has it; the target is 5 ms, whatever the limit."""
    progress("call to fifty displays")
    limit = bare_way_ms(bare, bare_target(bare))
    clerk = [*outlet.made.pins][1]
    figure = displays.median_ms(
        outlet.endpoints.updates,
        device(outlet, "display-2"),
        device(outlet, "kiosk-1"),
        device(outlet, "counter-2"),
        clerk,
        outlet.pin(clerk),
    )
    return Row(
        "call heard by 50 displays",
        round(figure, 3),
        "ms",
        round(limit, 3),
        round(figure / limit, 2),
        f"≤ {FIFTY_MS:g} ms",
        figure <= FIFTY_MS,
    )


def tickets(bare: BareServer, outlet: RunningOutlet) -> list[Row]:
    """From a touch to paper, and what a ticket costs; each target is a figure, whatever the limit."""
    progress("touch to last byte")
    return [
        Row(
            each.name,
            round(each.figure, 3),
            each.unit,
            round(each.limit, 3),
            round(each.figure / each.limit, 2),
            f"≤ {each.at_most:g} {each.unit}",
            each.figure <= each.at_most,
        )
        for each in printing.measured(bare, outlet, "kiosk-2")
    ]


def after_a_full_day(fresh: list[Row]) -> list[Row]:
    """The same commands, the start and the memory of a broker with 100,000 tickets of the day in its journal."""
    progress("filling a journal with 100,000 tickets")
    with running_outlet(Devices(kiosks=1, counters=1, displays=1), digits=5) as outlet:
        clerk = next(iter(outlet.made.pins))
        outlet.process.terminate()
        outlet.process.wait()
        full_day.fill(f"sqlite:///{outlet.made.folder / 'outlet.db'}", clerk)
        progress("beginning on it")
        begun, process = full_day.start(outlet.made.folder / "antrean.toml", device(outlet, "operator"))
        try:
            with load.subscribers(outlet.endpoints.updates, device(outlet, "display-1"), SUBSCRIBERS):
                ours = [
                    load.visits(
                        device(outlet, "kiosk-1"),
                        device(outlet, "counter-1"),
                        clerk,
                        outlet.pin(clerk),
                        SECONDS,
                    )
                    for _ in range(ROUNDS)
                ]
        finally:
            process.terminate()
            process.wait()
    rows = [
        row(
            f"{name}, 100,000 tickets before",
            statistics.median(each[name] for each in ours),
            "ms",
            before.figure,
            1.1,
            at_most=True,
        )
        for name, before in zip(ours[0], fresh, strict=True)
    ]
    rows.append(row("start with 100,000 tickets", begun.seconds, "s", START_SECONDS, 1.0, at_most=True))
    rows.append(row("memory then", begun.megabytes, "MB", MEMORY_MB, 1.0, at_most=True))
    return rows


def row(name: str, figure: float, unit: str, limit: float, target: float, *, at_most: bool) -> Row:
    """A line, with its ratio to the limit judged."""
    ratio = figure / limit
    met = ratio <= target if at_most else ratio >= target
    return Row(
        name,
        round(figure, 3),
        unit,
        round(limit, 3),
        round(ratio, 2),
        f"{'≤' if at_most else '≥'} {target}",
        met,
    )


def table(rows: list[Row]) -> str:
    """The rows for people."""
    lines = [f"{'':<36}{'Antrean':>10} {'':<5}{'limit':>10}{'ratio':>8}{'target':>9}  met"]
    for each in rows:
        lines.append(
            f"{each.name:<36}{each.figure:>10.3f} {each.unit:<5}{each.limit:>10.3f}{each.ratio:>8.2f}"
            f"{each.target:>9}  {'yes' if each.met else 'NO'}"
        )
    return "\n".join(lines)


def progress(text: str) -> None:
    """One line that is overwritten by the next."""
    if sys.stderr.isatty():
        sys.stderr.write(f"\r\033[K{text}")


def call_to_display(bare: BareServer, outlet: RunningOutlet) -> Row:
    """The clerk's call until the number is painted in the lobby; the target is 100 ms, whatever the limit."""
    progress("call to display")
    limit = bare_way_ms(bare, bare_target(bare))
    lobby = LobbyBench(outlet, device(outlet, "kiosk-1"), device(outlet, "counter-1"))
    figure = lobby.median_ms()
    lobby.close()
    progress("")
    ratio = round(figure / limit, 2)
    return Row(
        "call to display, painted",
        round(figure, 3),
        "ms",
        round(limit, 3),
        ratio,
        "≤ 100 ms",
        figure <= CALL_MS,
    )


if __name__ == "__main__":
    sys.exit(main())
