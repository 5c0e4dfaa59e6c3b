"""The command line: one command a program, each with a help worth reading, in the operator's language.

Here is only what can be asked and how errors are told. Each module holds a family of commands; it is imported when one
of them is asked for, so that a script's command does not wait for what a broker or a printer needs.
"""

from importlib import import_module
from typing import Any

import click
from click.exceptions import NoSuchCommand

from antrean.cli.reporting import INTERRUPTED, reported
from antrean.language import language_of_environment
from wording import Wording

FAMILIES = {
    "outlet": ("init", "settings"),
    "programs": ("broker", "kiosk", "counter", "display", "forecast", "metrics", "virtual-printer"),
    "operating": ("health", "doctor", "units"),
    "custody": (
        "devices",
        "provision",
        "revoke",
        "renew-keys",
        "backup",
        "restore",
        "confirm",
        "believe-clock",
    ),
    "records": ("trace", "report", "import"),
    "scripting": ("send", "erase-note", "watch", "state"),
    "printing": ("printer",),
    "trying": ("simulate", "demo"),
}
"""The commands of each module."""


def main() -> None:
    """The entry point of the program `antrean`."""
    wording = Wording(language_of_environment())
    with reported(wording):
        commands(wording)(prog_name="antrean")


class Commands(click.Group):
    """All commands of FAMILIES."""

    def __init__(self, wording: Wording, help: str) -> None:
        super().__init__(context_settings={"max_content_width": 100}, help=help)
        self._wording = wording

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  (click calls it so)
        """Their names."""
        return sorted(name for names in FAMILIES.values() for name in names)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command asked for; a name that is none is told with the nearest of all, imported or not."""
        try:
            return super().resolve_command(ctx, args)
        except NoSuchCommand as error:
            known = self.list_commands(ctx)
            raise NoSuchCommand(error.command_name, possibilities=known, ctx=ctx) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command asked for. Ctrl-C ends any of them without a word, and with no exit code that means more."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One of them, and with it its family."""
        for family, names in FAMILIES.items():
            if cmd_name in names and cmd_name not in self.commands:
                import_module(f"{__name__}.{family}").add_to(self, self._wording)
        return super().get_command(ctx, cmd_name)


def commands(w: Wording) -> click.Group:
    """All commands, with their help in the wording's language."""
    group = Commands(w, w.t("Antrean: queue tickets for one-stop permit outlets, from touch to completion."))
    return click.version_option(package_name="antrean", message="%(prog)s %(version)s")(group)
