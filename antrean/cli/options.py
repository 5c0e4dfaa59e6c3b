"""What several commands are told in the same way: which settings, which broker, which folder."""

from collections.abc import Callable
from pathlib import Path

import click

from antrean import addresses, keys, logs, settings
from antrean.broker_line import ANSWER_SECONDS, BrokerLine
from antrean.settings import BROKER_SETTINGS, PrinterKind, Settings
from wording import Wording

Option = Callable[[Callable[..., None]], Callable[..., None]]

folder_argument = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))


def settings_option(w: Wording) -> Option:
    """Which settings file."""
    return click.option(
        "--settings",
        "settings_path",
        type=click.Path(path_type=Path, dir_okay=False),
        default=Path(BROKER_SETTINGS),
        show_default=True,
        help=w.t("The program's settings file. `antrean settings` prints an example."),
    )


def connect_option(w: Wording) -> Option:
    """Where the broker is."""
    return click.option(
        "--connect",
        metavar="tcp://HOST:PORT",
        default=None,
        help=w.t(
            "The broker's address for commands; updates come from the next port. Overrides the settings."
        ),
    )


def load(
    path: Path,
    connect: str | None,
    w: Wording,
    *,
    counter: int | None = None,
    printer_port: int | None = None,
    printer_like: PrinterKind | None = None,
    optional: bool = False,
) -> Settings:
    """The settings in a file, with what the command line says instead. Raises Problem."""
    loaded = Settings() if optional and not path.exists() else settings.load(path, w)
    return settings.overridden(
        loaded, connect=connect, counter=counter, printer_port=printer_port, printer_like=printer_like
    )


def outlet(folder: Path, w: Wording) -> Settings:
    """The settings of the outlet in a folder, as its operator has them. Raises Problem."""
    return load(folder / BROKER_SETTINGS, None, w)


def outlet_line(folder: Path, w: Wording) -> BrokerLine:
    """The operator's line to the broker of the outlet in a folder. Raises Problem."""
    return line(outlet(folder, w), folder, w)


def line(loaded: Settings, base: Path, w: Wording, answer_seconds: float = ANSWER_SECONDS) -> BrokerLine:
    """The line to the broker that the settings name, as the device that they name. Raises Problem."""
    logs.configure(loaded.log, "antrean", base)
    endpoints = addresses.endpoints(loaded.connection.requests, loaded.connection.updates, w)
    return BrokerLine(endpoints, keys.PassingKeyring(base / loaded.connection.key, w), w, answer_seconds)
