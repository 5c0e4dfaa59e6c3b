"""A program's window: one page, swapped at once, in the theme's colours."""

import gc

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Contrast, Size, TextSize, Theme, kiosk_theme
from ui.widgets.buttons import PrimaryButton
from ui.window import Window


def _page(theme: Theme, words: str) -> QWidget:
    page = QWidget()
    button = PrimaryButton(theme, words)
    button.setObjectName("take")
    column = QVBoxLayout(page)
    column.addWidget(button)
    column.addWidget(PrimaryButton(theme, "Lain"))
    return page


def test_the_ground_is_paper(window: Window) -> None:
    assert QColor(window.grab().toImage().pixel(5, 5)).name().upper() == "#FBF6EE"


def test_a_page_fills_the_window_and_follows_its_size(window: Window, kiosk: Theme) -> None:
    page = _page(kiosk, "Ambil nomor")
    window.show_page(page, kiosk)
    assert page.geometry() == window.rect()
    window.resize(800, 1000)
    assert page.geometry() == QRect(0, 0, 800, 1000)


def test_the_page_before_goes_at_once(qtbot: QtBot, window: Window, kiosk: Theme) -> None:
    first, second = _page(kiosk, "Satu"), _page(kiosk, "Dua")
    window.show_page(first, kiosk)
    with qtbot.waitSignal(first.destroyed, timeout=15_000):
        window.show_page(second, kiosk)
        assert not first.isVisible()
        assert second.isVisible()


def test_a_page_built_anew_keeps_the_keyboard_where_it_was(window: Window, kiosk: Theme) -> None:
    first = _page(kiosk, "Ambil nomor")
    window.show_page(first, kiosk)
    (button,) = first.findChildren(PrimaryButton, "take")
    button.setFocus(Qt.FocusReason.TabFocusReason)
    second = _page(kiosk, "Take a number")
    window.show_page(second, kiosk)
    assert [window.ringed] == second.findChildren(PrimaryButton, "take")


def test_a_page_in_high_contrast_turns_the_ground_black(window: Window) -> None:
    theme = kiosk_theme(Size(1080, 1920), Contrast.HIGH, TextSize.NORMAL)
    window.show_page(QWidget(), theme)
    assert QColor(window.grab().toImage().pixel(5, 5)).name() == "#000000"


def test_a_window_dropped_with_the_focus_in_it_goes_quietly(
    kiosk: Theme, qapp: QApplication, capfd: pytest.CaptureFixture[str]
) -> None:
    def open_and_drop() -> None:
        window = Window(kiosk, "Antrean")
        window.show_page(_page(kiosk, "Ambil nomor"), kiosk)
        window.show()
        window.activateWindow()
        qapp.processEvents()

    for _ in range(3):
        open_and_drop()
        gc.collect()
    qapp.processEvents()
    assert capfd.readouterr().err == ""
