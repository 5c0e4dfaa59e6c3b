"""The command line: one command a program, each with a help worth reading, in the operator's language.

Here is only what can be asked and how errors are told; each module holds a family of commands.
"""

import click

from antrean.cli import custody, operating, outlet, programs, records, scripting, trying
from antrean.cli.reporting import reported
from antrean.language import language_of_environment
from wording import Wording


def main() -> None:
    """The entry point of the program `antrean`."""
    wording = Wording(language_of_environment())
    with reported(wording):
        commands(wording)(prog_name="antrean")


def commands(w: Wording) -> click.Group:
    """All commands, with their help in the wording's language."""

    @click.group(
        context_settings={"max_content_width": 100},
        help=w.t("Antrean: queue tickets for one-stop permit outlets, from touch to completion."),
    )
    @click.version_option(package_name="antrean", message="%(prog)s %(version)s")
    def antrean() -> None:
        pass

    for family in (outlet, programs, operating, custody, records, scripting, trying):
        family.add_to(antrean, w)
    return antrean
