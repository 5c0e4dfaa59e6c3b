"""The command line: one command a program, each with a help worth reading, in the operator's language.

Here is only what can be asked and how errors are told. Qt is imported by the programs that have a window alone.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import click

from antrean import addresses, appointments, day_report, headless, keys, outlet_folder, settings
from antrean.broker_line import BrokerLine
from antrean.language import language_of_environment
from antrean.outlet_folder import Devices
from antrean.printer_check import print_test_page
from antrean.problem import EXIT_CODE, Problem
from antrean.seed import seed_for
from antrean.settings import Settings
from antrean.simulator.setting import Perturbation
from antrean.trace import history, story
from broker.domain.values import BusinessDay, Instant
from broker.store.errors import ToldError
from catalogue import CatalogueError
from wording import Wording

INTERRUPTED = 130


def main() -> None:
    """The entry point of the program `antrean`."""
    wording = Wording(language_of_environment())
    with reported(wording):
        commands(wording)(prog_name="antrean")


@contextmanager
def reported(wording: Wording) -> Iterator[None]:
    """Tell what a person can put right in three lines and end with an exit code; no traceback."""
    try:
        yield
    except Problem as problem:
        _tell(problem, wording)
    except ToldError as error:
        detail = f" ({error.detail})" if error.detail else ""
        _tell(Problem(wording.t(error.what) + detail, error.where, wording.t(error.remedy)), wording)
    except CatalogueError as error:
        wrong = "\n".join(str(problem) for problem in error.problems)
        todo = wording.t("Correct the file, then try again.")
        _tell(
            Problem(wording.t("The catalogue has wrong rows:") + "\n" + wrong, str(error.path), todo), wording
        )
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)


def _tell(problem: Problem, wording: Wording) -> None:
    where, todo = wording.t("Where"), wording.t("What to do")
    click.echo(f"antrean: {problem.what}\n  {where}: {problem.where}\n  {todo}: {problem.todo}", err=True)
    sys.exit(EXIT_CODE)


def commands(w: Wording) -> click.Group:
    """All commands, with their help in the wording's language."""

    @click.group(
        context_settings={"max_content_width": 100},
        help=w.t("Antrean: queue tickets for one-stop permit outlets, from touch to completion."),
    )
    @click.version_option(package_name="antrean", message="%(prog)s %(version)s")
    def antrean() -> None:
        pass

    for add in (_outlet_commands, _program_commands, _operator_commands):
        add(antrean, w)
    return antrean


def _settings_option(w: Wording) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--settings",
        "settings_path",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path("antrean.toml"),
        show_default=True,
        help=w.t("The program's settings file. `antrean settings` prints an example."),
    )


def _connect_option(w: Wording) -> Callable[[Callable[..., None]], Callable[..., None]]:
    return click.option(
        "--connect",
        metavar="tcp://HOST:PORT",
        default=None,
        help=w.t(
            "The broker's address for commands; updates come from the next port. Overrides the settings."
        ),
    )


_folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


def _line(loaded: Settings, base: Path, w: Wording) -> BrokerLine:
    endpoints = addresses.endpoints(loaded.connection.requests, loaded.connection.updates, w)
    return BrokerLine(endpoints, keys.DeviceKeyring(base / loaded.connection.key, w), w)


def _outlet_commands(group: click.Group, w: Wording) -> None:
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
    def init(
        folder: Path, outlet: str, kiosks: int, counters: int, displays: int, address: str, port: int
    ) -> None:
        if folder.exists():
            todo = w.t("Name a folder that does not exist yet.")
            raise Problem(w.t("The folder exists already"), str(folder), todo)
        seed = seed_for(outlet_folder.find_outlet(outlet, w), counters, kiosks)
        now = Instant(time.time_ns() // 1_000_000)
        made = outlet_folder.make(folder, seed, Devices(kiosks, counters, displays), address, port, now)
        for line in outlet_folder.described(made, w):
            click.echo(line)

    @group.command(
        "settings", help=w.t("Print a complete settings file, each key with its meaning and default.")
    )
    def print_settings() -> None:
        click.echo(settings.example(), nl=False)


def _program_commands(group: click.Group, w: Wording) -> None:
    @group.command(
        "broker",
        help=w.t(
            "Run the outlet's broker: it decides every command, keeps the journal and tells all devices. One "
            "runs for each outlet, on the machine that holds its database. SIGTERM or Ctrl-C ends it; what it "
            "has acknowledged is on disk."
        ),
    )
    @_settings_option(w)
    def broker(settings_path: Path) -> None:
        loaded = _load(settings_path, None, w)
        sys.exit(headless.run_broker(loaded, settings_path.parent, w, _ready))

    @group.command(
        "kiosk",
        help=w.t(
            "Run a kiosk: citizens touch, tickets come out of the printer. It needs the settings and the key "
            "that `antrean init` made for it; its printer stands under [kiosk.printer]. Without a printer that "
            "works, numbers are shown on the screen with their QR code."
        ),
    )
    @_settings_option(w)
    @_connect_option(w)
    def kiosk(settings_path: Path, connect: str | None) -> None:
        loaded = _load(settings_path, connect, w)
        from antrean import windowed

        sys.exit(windowed.run_kiosk(loaded, settings_path.parent, w).run())

    @group.command(
        "counter",
        help=w.t(
            "Run a counter's window: a clerk signs in, calls, serves and accepts files. A window narrower than "
            "1200 pixels is a strip beside other programs. Slips are printed where [counter.printer] names a "
            "printer."
        ),
    )
    @_settings_option(w)
    @_connect_option(w)
    @click.option(
        "--counter",
        type=click.IntRange(1, 99),
        default=None,
        help=w.t("The counter's number. Overrides the settings."),
    )
    def counter(settings_path: Path, connect: str | None, counter: int | None) -> None:
        loaded = _load(settings_path, connect, w, counter=counter)
        from antrean import windowed

        sys.exit(windowed.run_counter(loaded, settings_path.parent, w).run())

    @group.command(
        "display",
        help=w.t(
            "Run a lobby display: calls, who waits, and what is ready for collection. One display of each hall "
            "speaks (setting `speaks`): it plays the sound and reports calls as announced. Letters are sized "
            "for the distance in its settings."
        ),
    )
    @_settings_option(w)
    @_connect_option(w)
    def display(settings_path: Path, connect: str | None) -> None:
        loaded = _load(settings_path, connect, w)
        from antrean import windowed

        sys.exit(windowed.run_display(loaded, settings_path.parent, w).run())

    @group.command(
        "forecast",
        help=w.t(
            "Run the forecast of the waits: it simulates the hall as things change and tells the broker a range "
            "for each queue. One runs for each outlet; it learns from day to day. SIGTERM or Ctrl-C ends it."
        ),
    )
    @_settings_option(w)
    @_connect_option(w)
    def forecast(settings_path: Path, connect: str | None) -> None:
        loaded = _load(settings_path, connect, w)
        from antrean import forecasting

        sys.exit(forecasting.run_forecast(loaded, settings_path.parent, w, _ready))

    @group.command(
        "virtual-printer",
        help=w.t(
            "Run a printer made of software that listens like a network printer and leaves every paper as a picture."
        ),
    )
    @_settings_option(w)
    @click.option(
        "--port", type=click.IntRange(0, 65535), default=None, help=w.t("The port. Overrides the settings.")
    )
    def virtual_printer(settings_path: Path, port: int | None) -> None:
        loaded = _load(settings_path, None, w, optional=True, printer_port=port)
        sys.exit(headless.run_virtual_printer(loaded, settings_path.parent, w, _ready))


def _operator_commands(group: click.Group, w: Wording) -> None:
    @group.command(
        "trace",
        help=w.t(
            "Tell one ticket's story from touch to end, e.g. `antrean trace A012`: events, commands, print jobs."
        ),
    )
    @click.argument("number")
    @_settings_option(w)
    @_connect_option(w)
    @click.option(
        "--day",
        default=None,
        metavar="YYYY-MM-DD",
        help=w.t("The business day. Default: the latest such number."),
    )
    def trace(number: str, settings_path: Path, connect: str | None, day: str | None) -> None:
        loaded, base = _load(settings_path, connect, w), settings_path.parent
        with _line(loaded, base, w) as line:
            told = history(line, number, day, w)
        for each in story(told, sorted(base.glob("*-print.db")), w):
            click.echo(each)

    @group.command(
        "report",
        help=w.t(
            "Tell what a business day came to at the outlet in FOLDER, whose broker runs: one-day services and their"
            " promises, waits, expected waits against true ones, and each clerk's day."
        ),
    )
    @_folder_argument
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
        with _line(_load(folder / outlet_folder.BROKER_SETTINGS, None, w), folder, w) as line:
            wanted = BusinessDay(day.date().isoformat()) if day is not None else None
            told = day_report.ask(line, wanted, w)
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
    @_folder_argument
    @click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
    def import_(folder: Path, file: Path) -> None:
        with _line(_load(folder / outlet_folder.BROKER_SETTINGS, None, w), folder, w) as line:
            for each in appointments.book(line, file, w):
                click.echo(each)

    @group.command(
        "printer-test",
        help=w.t(
            "Print a test page on the network printer at HOST or HOST:PORT, and say whether it came out. Stop the kiosk"
            " or counter that uses the printer first: it takes one program at a time."
        ),
    )
    @click.argument("address", metavar="HOST[:PORT]")
    def printer_test(address: str) -> None:
        click.echo(print_test_page(address, w))

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


def _ready(_stop: Callable[[], None]) -> None:
    """Nobody waits for the program to be up; the log says it."""


def _load(
    path: Path,
    connect: str | None,
    w: Wording,
    *,
    counter: int | None = None,
    printer_port: int | None = None,
    optional: bool = False,
) -> Settings:
    loaded = Settings() if optional and not path.exists() else settings.load(path, w)
    return settings.overridden(loaded, connect=connect, counter=counter, printer_port=printer_port)
