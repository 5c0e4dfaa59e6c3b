"""Labels wrap, keep their height for their width, and say what they show."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Role, Theme
from ui.widgets.label import OneLineLabel, TextLabel
from ui.window import Window


def test_a_long_text_takes_the_height_it_needs(window: Window, kiosk: Theme) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    label = TextLabel(kiosk, "Karcis tidak dicetak. Silakan foto layar ini atau catat nomornya.", Role.LEAD)
    column.addWidget(label)
    column.addStretch()
    window.show_page(page, kiosk)
    window.resize(700, 600)
    QApplication.processEvents()
    assert label.height() == label.heightForWidth(label.width())
    assert label.height() > 1.5 * kiosk.type(Role.LEAD).px * 1.3
    assert not label.is_cut


def test_a_name_from_data_may_end_with_an_ellipsis(qtbot: QtBot, kiosk: Theme) -> None:
    label = TextLabel(kiosk, "Surat Izin Usaha Perdagangan Mikro dan Kecil", Role.NAME, max_lines=1)
    qtbot.addWidget(label)
    label.resize(400, label.heightForWidth(400))
    assert label.is_cut


def test_its_name_follows_its_words(qtbot: QtBot, kiosk: Theme) -> None:
    label = TextLabel(kiosk, "Selasa,\n14 Juli 2026")
    qtbot.addWidget(label)
    assert label.accessibleName() == "Selasa, 14 Juli 2026"
    label.set_words("Tuesday, 14 July 2026")
    assert label.accessibleName() == "Tuesday, 14 July 2026"


def test_a_name_on_one_line_is_set_smaller_before_it_is_cut(qtbot: QtBot, kiosk: Theme) -> None:
    label = OneLineLabel(kiosk, "PTSP Kelurahan Kebayoran Lama Selatan", Role.BODY)
    qtbot.addWidget(label)
    label.resize(round(label.sizeHint().width() * 0.8), label.sizeHint().height())
    assert not label.is_cut
    label.resize(label.sizeHint().width() // 2, label.sizeHint().height())
    assert label.is_cut
