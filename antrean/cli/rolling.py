"""`antrean printer roll`."""

from pathlib import Path

import click

from antrean.cli.options import connect_option, line, load, settings_option
from wording import Wording


def add_to(printer: click.Group, w: Wording) -> None:
    """`roll` among the commands of `printer`."""

    @printer.command(
        "roll",
        help=w.t(
            "Print COUNT tickets of the emergency roll of queue LETTER, to be given out when nothing else works. They"
            " have numbers of their own; each is entered afterwards by scanning it at a counter. Stop the program that"
            " uses the printer first."
        ),
    )
    @click.argument("letter")
    @click.argument("count", type=click.IntRange(1, 200))
    @click.option(
        "--printer",
        "address",
        required=True,
        help=w.t("Where the printer is, as in the settings: tcp://192.168.1.50:9100."),
    )
    @click.option(
        "--profile",
        default="default",
        show_default=True,
        help=w.t("What model it is, by its name in python-escpos' list."),
    )
    @click.option(
        "--layouts",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=w.t("The outlet's own layouts: a folder with files as ticket-80mm.toml."),
    )
    @settings_option(w)
    @connect_option(w)
    def roll(
        letter: str,
        count: int,
        address: str,
        profile: str,
        layouts: Path | None,
        settings_path: Path,
        connect: str | None,
    ) -> None:
        from antrean.emergency_roll import opened, print_roll
        from hardware.capabilities import profile_of
        from hardware.connections import connection_to
        from hardware.connections.address import address_from
        from hardware.layout.shipped import check_layouts
        from hardware.press import pressing
        from hardware.printer import Printer
        from hardware.settings import PrinterSettings

        model = profile_of(PrinterSettings(address, profile))
        if layouts is not None:
            check_layouts(layouts)
        device = Printer(connection_to(address_from(address)), model, pressing(layouts))
        loaded = load(settings_path, connect, w)
        with line(loaded, settings_path.parent, w) as broker, opened(device, model) as on_paper:
            print_roll(broker, letter, count, on_paper, w, click.echo)
