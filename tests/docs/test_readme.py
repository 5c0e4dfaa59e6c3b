"""The README's commands are real: every program, option and make target that it names exists."""

import re
from pathlib import Path

import click
import pytest

from antrean.cli import commands
from wording import Language, Wording

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
GROUP = commands(Wording(Language.EN))
LINES = sorted({line.strip() for line in re.findall(r"`?(antrean [a-z][^`\n#]*)", README)})


@pytest.mark.parametrize("line", LINES)
def test_every_command_with_its_options_exists(line: str) -> None:
    name = line.split()[1]
    command = GROUP.get_command(click.Context(GROUP), name)
    assert command is not None, f"the README names `{line}`"
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", line)) <= known


def test_every_make_target_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in set(re.findall(r"make ([a-z]+)\b", README)) - {"and"}:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"the README names `make {target}`"


def test_every_link_and_picture_exists() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)|src=\"([^\"]+)\"", README):
        target = "".join(link)
        assert (ROOT / target).exists(), f"the README links to {target}"
