"""The head of a page on every kiosk."""

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.legibility import cut_words
from ui.theme import Contrast, Size, TextSize, kiosk_theme
from ui.widgets.header import Header


@pytest.mark.parametrize("size", [Size(1080, 1920), Size(1366, 768), Size(1024, 600)])
@pytest.mark.parametrize("text", TextSize)
def test_nothing_in_it_is_cut(qtbot: QtBot, size: Size, text: TextSize) -> None:
    theme = kiosk_theme(size, Contrast.NORMAL, text)
    host = QWidget()
    qtbot.addWidget(host)
    header = Header(theme, host)
    header.set_outlet("PTSP Kelurahan Kebayoran Lama Selatan")
    header.set_time("10.08", "Selasa, 14 September 2026")
    header.resize(size.width - 2 * theme.margin, header.sizeHint().height())
    host.resize(size.width, size.height)
    host.show()
    assert cut_words(host) == []
