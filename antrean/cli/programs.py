"""The programs that run until they are told to stop. Qt is imported by those that have a window alone."""

import sys
from collections.abc import Callable
from pathlib import Path

import click

from antrean import headless
from antrean.cli.options import connect_option, load, settings_option
from antrean.settings import PrinterKind
from wording import Wording


def add_to(group: click.Group, w: Wording) -> None:
    """Broker, kiosk, counter, display, forecast, virtual printer."""

    @group.command(
        "broker",
        help=w.t(
            "Run the outlet's broker: it decides every command, keeps the journal and tells all devices. One "
            "runs for each outlet, on the machine that holds its database. SIGTERM or Ctrl-C ends it; what it "
            "has acknowledged is on disk."
        ),
    )
    @settings_option(w)
    def broker(settings_path: Path) -> None:
        loaded = load(settings_path, None, w)
        sys.exit(headless.run_broker(loaded, settings_path.parent, w, _ready))

    @group.command(
        "kiosk",
        help=w.t(
            "Run a kiosk: citizens touch, tickets come out of the printer. It needs the settings and the key "
            "that `antrean init` made for it; its printer stands under [kiosk.printer]. Without a printer that "
            "works, numbers are shown on the screen with their QR code."
        ),
    )
    @settings_option(w)
    @connect_option(w)
    def kiosk(settings_path: Path, connect: str | None) -> None:
        loaded = load(settings_path, connect, w)
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
    @settings_option(w)
    @connect_option(w)
    @click.option(
        "--counter",
        type=click.IntRange(1, 99),
        default=None,
        help=w.t("The counter's number. Overrides the settings."),
    )
    def counter(settings_path: Path, connect: str | None, counter: int | None) -> None:
        loaded = load(settings_path, connect, w, counter=counter)
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
    @settings_option(w)
    @connect_option(w)
    def display(settings_path: Path, connect: str | None) -> None:
        loaded = load(settings_path, connect, w)
        from antrean import windowed

        sys.exit(windowed.run_display(loaded, settings_path.parent, w).run())

    @group.command(
        "forecast",
        help=w.t(
            "Run the forecast of the waits: it simulates the hall as things change and tells the broker a range "
            "for each queue. One runs for each outlet; it learns from day to day. SIGTERM or Ctrl-C ends it."
        ),
    )
    @settings_option(w)
    @connect_option(w)
    def forecast(settings_path: Path, connect: str | None) -> None:
        loaded = load(settings_path, connect, w)
        from antrean import forecasting

        sys.exit(forecasting.run_forecast(loaded, settings_path.parent, w, _ready))

    @group.command(
        "metrics",
        help=w.t(
            "Run the metrics of the outlet for Prometheus: commands, refusals, times, queues, printers, devices. One"
            " runs for each outlet; the settings say at which port. SIGTERM or Ctrl-C ends it."
        ),
    )
    @settings_option(w)
    @connect_option(w)
    def metrics(settings_path: Path, connect: str | None) -> None:
        loaded = load(settings_path, connect, w)
        from antrean import monitoring

        sys.exit(monitoring.run_metrics(loaded, settings_path.parent, w, _ready))

    @group.command(
        "virtual-printer",
        help=w.t(
            "Run a printer made of software that listens like a network printer and leaves every paper as a picture."
            " With --window it can be handled like a real one: paper, cover, cutter, cable."
        ),
    )
    @settings_option(w)
    @click.option(
        "--port", type=click.IntRange(0, 65535), default=None, help=w.t("The port. Overrides the settings.")
    )
    @click.option(
        "--like",
        type=click.Choice([kind.value for kind in PrinterKind]),
        default=None,
        help=w.t(
            "What printer it is like: epson; simple, a cheap one without cutter and QR codes; presenter, one that holds"
            " each ticket until it is taken. Overrides the settings."
        ),
    )
    @click.option("--window", is_flag=True, help=w.t("Show the printer in a window, for training."))
    def virtual_printer(settings_path: Path, port: int | None, like: str | None, window: bool) -> None:
        kind = PrinterKind(like) if like else None
        loaded = load(settings_path, None, w, optional=True, printer_port=port, printer_like=kind)
        if window:
            from antrean.virtual_printer.app import run_window

            sys.exit(run_window(loaded, settings_path.parent, w))
        sys.exit(headless.run_virtual_printer(loaded, settings_path.parent, w, _ready))


def _ready(_stop: Callable[[], None]) -> None:
    """Nobody waits for the program to be up; the log says it."""
