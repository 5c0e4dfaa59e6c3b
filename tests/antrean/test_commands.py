"""The table of commands and the modules that hold them say the same."""

import importlib

import click
import pytest
from click.testing import CliRunner

from antrean.cli import FAMILIES, commands
from wording import Language, Wording

ENGLISH = Wording(Language.EN)


@pytest.mark.parametrize("family", FAMILIES)
def test_a_module_holds_the_commands_of_its_family(family: str) -> None:
    group = click.Group()
    importlib.import_module(f"antrean.cli.{family}").add_to(group, ENGLISH)
    assert set(group.commands) == set(FAMILIES[family])


@pytest.mark.parametrize("language", Language)
def test_every_command_has_a_line_in_the_list(language: Language) -> None:
    group = commands(Wording(language))
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        assert command.get_short_help_str()


def test_what_is_no_command_is_none() -> None:
    group = commands(ENGLISH)
    assert group.get_command(click.Context(group), "dance") is None


def test_a_name_that_is_nearly_a_commands_is_told_with_the_command() -> None:
    told = CliRunner().invoke(commands(ENGLISH), ["helth"])
    assert told.exit_code == 2
    assert "Did you mean 'health'?" in told.output
