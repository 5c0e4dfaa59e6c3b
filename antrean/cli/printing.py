"""Printers, and what comes out of them. What imports slowly is imported when asked for."""

import sys
from pathlib import Path

import click

from antrean.cli import rolling
from wording import Language, Wording


def add_to(group: click.Group, w: Wording) -> None:
    """`printer` with its own commands."""

    @group.group("printer", help=w.t("Printers: find them, try them, and see a page before it is printed."))
    def printer() -> None:
        pass

    _add_preview(printer, w)
    _add_find(printer, w)
    _add_test(printer, w)
    rolling.add_to(printer, w)


def _add_preview(printer: click.Group, w: Wording) -> None:
    from hardware.page import JobKind
    from hardware.profile import PaperWidth

    @printer.command(
        "preview",
        help=w.t(
            "Write a picture of a page of this KIND, with sample contents, as the printer will print it. Checks every"
            " layout in the outlet's folder of layouts, if it is given one."
        ),
    )
    @click.argument("kind", type=click.Choice([kind.value for kind in JobKind]))
    @click.option(
        "--paper",
        type=click.Choice([str(int(paper)) for paper in PaperWidth]),
        default="80",
        show_default=True,
        help=w.t("The width of the paper in mm: 80 or 58."),
    )
    @click.option(
        "--language",
        type=click.Choice([language.value for language in Language]),
        default=w.language.value,
        show_default=True,
        help=w.t("The language of the page."),
    )
    @click.option(
        "--layouts",
        type=click.Path(path_type=Path, file_okay=False),
        default=None,
        help=w.t("The outlet's own layouts: a folder with files as ticket-80mm.toml."),
    )
    @click.option(
        "--out",
        type=click.Path(path_type=Path, dir_okay=False),
        required=True,
        help=w.t("The picture's file, a PNG."),
    )
    def preview(kind: str, paper: str, language: str, layouts: Path | None, out: Path) -> None:
        from antrean.printer_preview import write_preview

        click.echo(write_preview(JobKind(kind), PaperWidth(int(paper)), Language(language), layouts, out, w))


def _add_find(printer: click.Group, w: Wording) -> None:
    @printer.command(
        "find", help=w.t("Show the printers that are here, with their addresses for the settings.")
    )
    @click.option(
        "--network",
        is_flag=True,
        help=w.t("Also ask each of the 254 addresses of this machine's network for a printer."),
    )
    def find(network: bool) -> None:
        from antrean.printer_find import found_here, found_in_network
        from hardware.connections.find import neighbours

        for line in found_here(w):
            click.echo(line)
        if network:
            hosts = neighbours()
            with click.progressbar(found_in_network(hosts, w), length=len(hosts), file=sys.stderr) as asked:
                lines = [line for line in asked if line is not None]
            click.echo("\n".join(lines), nl=bool(lines))


def _add_test(printer: click.Group, w: Wording) -> None:
    @printer.command(
        "test",
        help=w.t(
            "Print a test page on the printer at this ADDRESS, and say whether it came out and what to write into the"
            " settings. Stop the kiosk or counter that uses the printer first: it takes one program at a time."
        ),
    )
    @click.argument("address")
    @click.option(
        "--profile", default="default", show_default=True, help=w.t("What model it is, as in the settings.")
    )
    def test(address: str, profile: str) -> None:
        from antrean.printer_check import print_test_page

        for line in print_test_page(address, profile, w):
            click.echo(line)
