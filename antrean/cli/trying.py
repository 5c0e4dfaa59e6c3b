"""Trying things out: simulated days, a whole outlet. What imports slowly is imported when asked for."""

import sys
from pathlib import Path

import click

from antrean.simulator.setting import Perturbation
from wording import Wording


def add_to(group: click.Group, w: Wording) -> None:
    """`simulate` and `demo`."""

    @group.command(
        "simulate",
        help=w.t(
            "Play days of simulated outlets over the real rules, and print waits, fairness, promises, and how good "
            "the forecast's ranges were. With --keep a run that was stopped goes on where it was."
        ),
    )
    @click.option("--days", type=click.IntRange(1), default=8, show_default=True, help=w.t("How many days."))
    @click.option(
        "--load",
        type=click.FloatRange(0.05, 3.0),
        default=0.85,
        show_default=True,
        help=w.t("The work that comes over the work that the counters can do."),
    )
    @click.option(
        "--kind",
        type=click.Choice([each.value for each in Perturbation]),
        default=Perturbation.NONE.value,
        show_default=True,
        help=w.t("What makes the days unlike those that the forecast has seen."),
    )
    @click.option(
        "--keep",
        type=click.Path(path_type=Path, dir_okay=False),
        default=None,
        help=w.t("A file for what has been played."),
    )
    def simulate(days: int, load: float, kind: str, keep: Path | None) -> None:
        from antrean.simulator.run import played

        for line in played(days, load, Perturbation(kind), keep):
            click.echo(line)

    @group.command(
        "demo",
        help=w.t(
            "Run a whole outlet on this machine: broker, printer, kiosk, two counters, lobby display. Without a screen"
            " it plays a scripted morning and leaves pictures, tickets and a report."
        ),
    )
    @click.option(
        "--out",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=w.t("The folder for what it leaves behind."),
    )
    @click.option(
        "--no-screen", is_flag=True, help=w.t("Play the scripted morning even where there is a screen.")
    )
    def demo(out: Path | None, no_screen: bool) -> None:
        from antrean.demo.play import play

        sys.exit(play(out, w, with_screen=not no_screen, say=click.echo))
