"""What has happened, told from the broker's records; and appointments brought in."""

from datetime import datetime
from pathlib import Path

import click

from antrean import appointments, day_report
from antrean.cli.options import connect_option, folder_argument, line, load, outlet_line, settings_option
from antrean.trace import history, story
from broker.domain.values import BusinessDay
from wording import Wording


def add_to(group: click.Group, w: Wording) -> None:
    """`trace`, `report` and `import`."""

    @group.command(
        "trace",
        help=w.t(
            "Tell one ticket's story from touch to end, e.g. `antrean trace A012`: events, commands, print jobs."
        ),
    )
    @click.argument("number")
    @settings_option(w)
    @connect_option(w)
    @click.option(
        "--day",
        default=None,
        metavar="YYYY-MM-DD",
        help=w.t("The business day. Default: the latest such number."),
    )
    def trace(number: str, settings_path: Path, connect: str | None, day: str | None) -> None:
        loaded, base = load(settings_path, connect, w), settings_path.parent
        with line(loaded, base, w) as broker:
            told = history(broker, number, day, w)
        for each in story(told, sorted(base.glob("*-print.db")), w):
            click.echo(each)

    @group.command(
        "report",
        help=w.t(
            "Tell what a business day came to at the outlet in FOLDER, whose broker runs: one-day services and their"
            " promises, waits, expected waits against true ones, and each clerk's day."
        ),
    )
    @folder_argument
    @click.option(
        "--day",
        type=click.DateTime(["%Y-%m-%d"]),
        default=None,
        metavar="YYYY-MM-DD",
        help=w.t("The business day. Default: today, or the last one."),
    )
    @click.option(
        "--csv",
        "csv_path",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        help=w.t("Write the figures to this file, a line for each, instead of showing them."),
    )
    def report(folder: Path, day: datetime | None, csv_path: Path | None) -> None:
        with outlet_line(folder, w) as broker:
            wanted = BusinessDay(day.date().isoformat()) if day is not None else None
            told = day_report.ask(broker, wanted, w)
        if csv_path is not None:
            day_report.write_csv(told, csv_path, w)
            return
        for each in day_report.told(told, w):
            click.echo(each)

    @group.command(
        "import",
        help=w.t(
            "Reserve places for the appointments in FILE at the outlet in FOLDER, whose broker runs: all of them or,"
            " when anything in the file is wrong, none. The file is CSV in UTF-8, with commas or semicolons; its first"
            " line is date,time,service and every other like 2026-07-15,09:30,ADM-017. What is printed has each"
            " appointment's number and code. The same file again reserves nothing twice."
        ),
    )
    @folder_argument
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def import_(folder: Path, file: Path) -> None:
        with outlet_line(folder, w) as broker:
            for each in appointments.book(broker, file, w):
                click.echo(each)
