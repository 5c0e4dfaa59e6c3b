"""`antrean printer find`: a line for each printer, with its address and how it is."""

from pathlib import Path

import pytest

from antrean.printer_find import found_here
from wording import Language, Wording

W = Wording(Language.EN)


@pytest.fixture
def put(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path / "lpstat"


def cups_says(lpstat: Path, state: str) -> None:
    lpstat.write_text(f'#!/bin/sh\ncase "$*" in\n-e) echo front;;\n*) {state};;\nesac\n')
    lpstat.chmod(0o700)


def test_a_queue_is_shown_with_its_printers_state(put: Path) -> None:
    cups_says(put, "printf 'printer front is idle.\\n\\tAlerts: media-empty-error\\n'")
    assert "cups://front  Paper used up" in list(found_here(W))


def test_a_queue_that_can_not_be_asked_is_shown_with_the_reason(put: Path) -> None:
    cups_says(put, "echo 'no such queue' >&2; exit 1")
    assert "cups://front  can't be used: cups://front: no such queue" in list(found_here(W))
