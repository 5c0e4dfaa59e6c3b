"""How the outlet is doing and how this machine is set up, for operators and for what watches over them."""

import sys
from pathlib import Path

import click

from antrean import units
from antrean.cli.options import connect_option, folder_argument, line, load, settings_option
from antrean.health import as_json, examine, old_backups
from antrean.telling import as_line
from wording import Wording

WRONG = 1
"""The exit code of a doctor who has found something."""


def add_to(group: click.Group, w: Wording) -> None:
    """`health`, `doctor` and `units`."""

    @group.command(
        "health",
        help=w.t(
            "Say whether the broker serves and what needs somebody's hand, a line each. Exit code 0: healthy; 1: it"
            " serves, and there are alarms; 2: it does not serve. Takes the operator's settings or those of the"
            " metrics."
        ),
    )
    @settings_option(w)
    @connect_option(w)
    @click.option(
        "--timeout",
        "seconds",
        type=click.FloatRange(0.1, 60),
        default=5.0,
        show_default=True,
        help=w.t("How many seconds to wait for the broker."),
    )
    @click.option(
        "--json", "in_json", is_flag=True, help=w.t("One object of JSON, with the broker's figures.")
    )
    def health(settings_path: Path, connect: str | None, seconds: float, in_json: bool) -> None:
        loaded = load(settings_path, connect, w)
        with line(loaded, settings_path.parent, w, seconds) as broker:
            report = examine(broker, w, old_backups(settings_path, loaded, w))
        for each in [as_line(as_json(report))] if in_json else report.findings:
            click.echo(each)
        sys.exit(report.health)

    @group.command(
        "doctor",
        help=w.t(
            "Look at this machine for the program whose settings are given, and say what is wrong and what to do: its"
            " settings, keys, files and disk, backups, clock, network, broker, printer, screen and sound, its unit."
            " Changes nothing. Exit code 1: something is wrong. Run it as the user as whom the program runs."
        ),
    )
    @settings_option(w)
    def look(settings_path: Path) -> None:
        from antrean import doctor
        from antrean.doctor import Standing

        words = {
            Standing.FINE: w.t("fine"),
            Standing.WRONG: w.t("WRONG"),
            Standing.UNKNOWN: w.t("can't tell"),
        }
        width = max(map(len, words.values()))
        standings = set()
        for found in doctor.examine(settings_path, w):
            standings.add(found.standing)
            click.echo(f"{words[found.standing]:<{width}}  {found.what}")
            if found.todo:
                click.echo(f"{'':<{width}}  → {found.todo}")
        sys.exit(WRONG if Standing.WRONG in standings else 0)

    @group.command(
        "units",
        help=w.t(
            "Write systemd units for the programs whose settings are in FOLDER, into its folder `units`, with the paths"
            " of this installation: for the broker with its backups, the forecast and the metrics, for kiosks and"
            " displays under the compositor cage, for counters in the clerk's session."
        ),
    )
    @folder_argument
    @click.option(
        "--user",
        default="antrean",
        show_default=True,
        help=w.t("The user as whom they run; the folder should be that user's."),
    )
    def write_units(folder: Path, user: str) -> None:
        for each in units.write(folder, user, w):
            click.echo(each)
