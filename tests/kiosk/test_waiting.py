"""The waits as timers."""

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from broker.domain.values import Language
from kiosk.flow import Page, Visit
from kiosk.settings import WaitSettings
from kiosk.waiting import Waiting

QUICK = WaitSettings(touch=0.05, answer=0.05, taking=0.05, copying=0.05, reading=0.05)
PATIENCE_MS = 15_000


class Watch:
    """A wait, and how often its end was told."""

    def __init__(self, settings: WaitSettings) -> None:
        self.waiting = Waiting(settings)
        self.ends = 0
        self.shown: list[tuple[float, float]] = []
        self.waiting.over.connect(self._ended)
        self.waiting.shown.connect(lambda left, whole: self.shown.append((left, whole)))

    def _ended(self) -> None:
        self.ends += 1


def test_no_time_runs_while_a_machine_is_waited_for(qapp: QApplication, qtbot: QtBot) -> None:
    printing, choosing = Watch(QUICK), Watch(QUICK)
    printing.waiting.follow(Visit(Page.PRINTING))
    choosing.waiting.follow(Visit(Page.CHOOSE))
    qtbot.waitUntil(lambda: choosing.ends == 1, timeout=PATIENCE_MS)
    assert printing.ends == 0


def test_a_touch_begins_the_wait_anew(qapp: QApplication, qtbot: QtBot) -> None:
    touched, untouched = Watch(WaitSettings(touch=0.15)), Watch(WaitSettings(touch=0.15))
    half = Watch(WaitSettings(touch=0.1))
    for each in (touched, untouched, half):
        each.waiting.follow(Visit(Page.CHOOSE))
    half.waiting.over.connect(touched.waiting.touched)
    qtbot.waitUntil(lambda: untouched.ends == 1, timeout=PATIENCE_MS)
    assert touched.ends == 0
    qtbot.waitUntil(lambda: touched.ends == 1, timeout=PATIENCE_MS)


def test_what_is_chosen_on_a_page_begins_its_wait_anew(qapp: QApplication) -> None:
    watch = Watch(WaitSettings(reading=60))
    watch.waiting.follow(Visit(Page.REFUSED))
    assert len(watch.shown) == 1
    watch.waiting.follow(Visit(Page.REFUSED))
    assert len(watch.shown) == 1
    watch.waiting.follow(Visit(Page.REFUSED, Language.ENGLISH))
    assert len(watch.shown) == 2
    watch.waiting.stop()
