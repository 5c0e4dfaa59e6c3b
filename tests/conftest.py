"""What all tests share: no screen needed, one touch device, and how long the random tests run.

`make soak` sets ANTREAN_SOAK: the same random tests with far more cases.
"""

import os
from collections.abc import Callable

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

SOAKING = bool(os.environ.get("ANTREAN_SOAK"))

settings.register_profile("test", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("soak", settings.get_profile("test"), max_examples=3000)
settings.load_profile("soak" if SOAKING else "test")


class PatientBot(QtBot):
    """Waits long enough for a machine that does other things too."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 15_000) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)
