"""A sheet takes touch and keyboard until it is closed."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.footer import FooterBar, Place
from ui.widgets.sheet import Sheet, Stand
from ui.window import Window


class Page(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.under = SecondaryButton(theme, "Di bawah")
        self.footer = FooterBar(theme)
        self.footer.set_place(Place.BACK, "Kembali")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.under)
        column.addStretch()
        column.addWidget(self.footer)


def _opened(window: Window, theme: Theme, stand: Stand) -> tuple[Page, Sheet, PrimaryButton]:
    page = Page(theme)
    window.show_page(page, theme)
    QApplication.processEvents()
    sheet = Sheet(theme, page, stand, above=page.footer)
    close = PrimaryButton(theme, "Tutup")
    sheet.content.addWidget(close)
    sheet.content.addWidget(SecondaryButton(theme, "Lain"))
    close.clicked.connect(sheet.close_sheet)
    sheet.open_sheet()
    return page, sheet, close


def test_what_is_under_it_can_not_be_touched(window: Window, kiosk: Theme, qtbot: QtBot) -> None:
    page, sheet, _ = _opened(window, kiosk, Stand.FOOT)
    pressed: list[bool] = []
    page.under.clicked.connect(lambda: pressed.append(True))
    with qtbot.waitSignal(sheet.closed, timeout=15_000):
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(500, 60))
    assert pressed == []


def test_the_footer_below_stays_in_use(window: Window, kiosk: Theme, qtbot: QtBot) -> None:
    page, sheet, _ = _opened(window, kiosk, Stand.FOOT)
    back = page.footer.button(Place.BACK)
    with qtbot.waitSignal(page.footer.chosen, timeout=15_000):
        at = back.mapTo(window, back.rect().center())
        QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=at)
    assert sheet.geometry().bottom() < page.footer.y()


def test_tab_stays_within_it(window: Window, kiosk: Theme) -> None:
    _, sheet, close = _opened(window, kiosk, Stand.MIDDLE)
    reached = []
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        reached.append(window.focusWidget())
    assert reached[0] is close
    assert all(sheet.isAncestorOf(widget) for widget in reached)


def test_escape_closes_it(window: Window, kiosk: Theme, qtbot: QtBot) -> None:
    _, sheet, _ = _opened(window, kiosk, Stand.MIDDLE)
    with qtbot.waitSignal(sheet.closed, timeout=15_000):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_it_lies_in_the_middle_or_at_the_foot(window: Window, kiosk: Theme) -> None:
    _, foot, _ = _opened(window, kiosk, Stand.FOOT)
    assert foot.panel.geometry().bottom() == foot.rect().bottom()
    assert foot.panel.width() == window.width()
    _, middle, _ = _opened(window, kiosk, Stand.MIDDLE)
    assert abs(middle.panel.geometry().center().y() - middle.rect().center().y()) <= 1
