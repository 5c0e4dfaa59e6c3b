"""A new outlet, and a settings file to begin with."""

import time
from pathlib import Path

import click

from antrean import outlet_folder, settings
from antrean.outlet_folder import Devices
from antrean.problem import Problem
from antrean.seed import seed_for
from broker.domain.values import Instant
from wording import Wording


def add_to(group: click.Group, w: Wording) -> None:
    """`init` and `settings`."""

    @group.command(
        "init",
        help=w.t(
            "Make a new outlet in FOLDER: its database with sample rules and all services, keys and a settings file"
            " for each device. OUTLET is a code or name from the catalogue, e.g. 31.74.01.1001."
        ),
    )
    @click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
    @click.option(
        "--outlet",
        required=True,
        metavar="CODE",
        help=w.t("The outlet's code, or its name if no other has it."),
    )
    @click.option(
        "--kiosks", type=click.IntRange(0, 99), default=1, show_default=True, help=w.t("How many kiosks.")
    )
    @click.option(
        "--counters", type=click.IntRange(1, 99), default=3, show_default=True, help=w.t("How many counters.")
    )
    @click.option(
        "--displays",
        type=click.IntRange(0, 99),
        default=1,
        show_default=True,
        help=w.t("How many lobby displays."),
    )
    @click.option(
        "--address",
        default="127.0.0.1",
        show_default=True,
        help=w.t("The broker's address in the outlet's network."),
    )
    @click.option(
        "--port",
        type=click.IntRange(1, 65534),
        default=5570,
        show_default=True,
        help=w.t("The first of the broker's two ports."),
    )
    @click.option(
        "--database",
        metavar="URL",
        default=outlet_folder.DATABASE,
        show_default=True,
        help=w.t(
            "Where the outlet's data is kept: a file, or an empty PostgreSQL database, e.g."
            " postgresql://antrean@localhost/outlet. Its password is best kept in ~/.pgpass."
        ),
    )
    def init(
        folder: Path,
        outlet: str,
        kiosks: int,
        counters: int,
        displays: int,
        address: str,
        port: int,
        database: str,
    ) -> None:
        if folder.exists():
            todo = w.t("Name a folder that does not exist yet.")
            raise Problem(w.t("The folder exists already"), str(folder), todo)
        seed = seed_for(outlet_folder.find_outlet(outlet, w), counters, kiosks)
        now = Instant(time.time_ns() // 1_000_000)
        devices = Devices(kiosks, counters, displays)
        made = outlet_folder.make(folder, seed, devices, address, port, now, database)
        for line in outlet_folder.described(made, w):
            click.echo(line)

    @group.command(
        "settings", help=w.t("Print a complete settings file, each key with its meaning and default.")
    )
    def print_settings() -> None:
        click.echo(settings.example(), nl=False)
