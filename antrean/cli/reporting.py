"""How what a person can put right is told: what, where, what to do; no traceback, and an exit code."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from antrean.problem import EXIT_CODE, Problem
from broker.store.errors import ToldError
from catalogue import CatalogueError
from hardware.layout.blocks import LayoutError
from hardware.settings import DeviceSettingError
from wording import Wording

INTERRUPTED = 130


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
    except (LayoutError, DeviceSettingError) as error:
        detail = f" ({error.detail})" if error.detail else ""
        _tell(Problem(wording.t(error.what) + detail, error.where, wording.t(error.todo)), wording)
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
