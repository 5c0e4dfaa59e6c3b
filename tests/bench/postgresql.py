"""Commands over PostgreSQL beside the bare limit there: round trips with CURVE and commits by psycopg.

The same server on this machine for both. There is no target: most outlets have a file.
"""

import statistics
from collections.abc import Callable

from msgspec import Struct

from antrean.outlet_folder import Devices
from tests.bench import load
from tests.bench.bare import BareServer, bare_target, postgresql_at
from tests.support.postgresql import Postgresql
from tests.support.running import running_outlet

ROUNDS = 5
SECONDS = 1.5
MANY = 16


class Row(Struct, frozen=True):
    """One line of the table."""

    name: str
    figure: float
    limit: float
    unit: str


def measured(progress: Callable[[str], None]) -> list[Row]:
    """Kiosks that issue and confirm: one, and many at once; medians of interleaved rounds."""
    ours: dict[int, list[load.Sample]] = {1: [], MANY: []}
    limits: dict[int, list[load.Sample]] = {1: [], MANY: []}
    with (
        Postgresql() as server,
        server.database() as url,
        server.database() as bare_url,
        BareServer(postgresql_at(bare_url)) as bare,
        running_outlet(Devices(kiosks=MANY, counters=1, displays=1), digits=5, database=url) as outlet,
    ):
        for turn in range(ROUNDS):
            progress(f"over PostgreSQL, round {turn + 1} of {ROUNDS}")
            for clients in (1, MANY):
                kiosks = [load.device(outlet, f"kiosk-{number + 1}") for number in range(clients)]
                limits[clients].append(load.measure([bare_target(bare) for _ in kiosks], SECONDS))
                ours[clients].append(load.measure(kiosks, SECONDS))
    progress("")
    took, least = (statistics.median(each.median_ms for each in side[1]) for side in (ours, limits))
    rate, most = (statistics.median(each.per_second for each in side[MANY]) for side in (ours, limits))
    return [
        Row("acknowledged, one client", round(took, 3), round(least, 3), "ms"),
        Row(f"acknowledged, {MANY} clients", round(rate), round(most), "1/s"),
    ]


def table(rows: list[Row]) -> str:
    """For people."""
    lines = [f"{'over PostgreSQL':<36}{'Antrean':>10} {'':<5}{'limit':>10}{'ratio':>8}"]
    for each in rows:
        ratio = each.figure / each.limit
        lines.append(f"{each.name:<36}{each.figure:>10.3f} {each.unit:<5}{each.limit:>10.3f}{ratio:>8.2f}")
    return "\n".join(lines)
