"""The installed Qt binding keeps its references (PySide6 6.12.0 on Python 3.11 does not, and ends in a crash)."""

import sys

from PySide6.QtWidgets import QApplication

ROUNDS = 4000


def test_processing_events_does_not_use_up_none(qapp: QApplication) -> None:
    before = sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)
    for _ in range(ROUNDS):
        qapp.processEvents()
    after = sys.getrefcount(None), sys.getrefcount(True), sys.getrefcount(False)
    lost = [was - now for was, now in zip(before, after, strict=True)]
    assert max(lost) < ROUNDS / 10
