"""What is cut off is found."""

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.gallery import Gallery
from ui.legibility import cut_words
from ui.theme import Contrast, Role, Theme
from ui.widgets.label import TextLabel


def test_a_label_in_too_little_room_is_found(qtbot: QtBot, kiosk: Theme) -> None:
    screen = QWidget()
    qtbot.addWidget(screen)
    screen.resize(400, 400)
    whole = TextLabel(kiosk, "Antrean", Role.BODY, parent=screen)
    whole.setGeometry(0, 0, 300, 60)
    cut = TextLabel(kiosk, "Apa keperluan Anda?", Role.TITLE, parent=screen)
    cut.setGeometry(0, 100, 300, 60)
    outside = TextLabel(kiosk, "Loket", Role.BODY, parent=screen)
    outside.setGeometry(350, 200, 200, 60)
    assert cut_words(screen) == ["Apa keperluan Anda?", "Loket"]


def test_the_gallery_of_all_widgets_has_nothing_cut(qtbot: QtBot) -> None:
    for contrast in Contrast:
        host = QWidget()
        qtbot.addWidget(host)
        gallery = Gallery(contrast)
        gallery.setParent(host)
        host.resize(gallery.width(), gallery.heightForWidth(gallery.width()))
        gallery.resize(host.size())
        host.show()
        assert cut_words(host) == []
