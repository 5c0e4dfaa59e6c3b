"""A program's window: paper ground, fonts and colours in place, one page at a time, swapped at once."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui import fonts
from ui.theme import Hex, Palette, Size, Theme
from ui.widgets.focus import FocusRing
from ui.widgets.pressable import Pressable

_TAB = Qt.FocusReason.TabFocusReason


def prepare(application: QApplication) -> None:
    """To be called once, before the first widget is made: the typeface for whatever Qt draws itself."""
    fonts.install()
    application.setFont(fonts.default_font())


class Window(QWidget):
    """Full screen, or `place_at` a given place. Pages are built by the program, each with its theme."""

    def __init__(self, theme: Theme, title: str) -> None:
        super().__init__()
        self.setWindowTitle(title)
        self._page: QWidget | None = None
        self._ring = FocusRing(theme, self)
        self._colour(theme.palette)

    @property
    def page(self) -> QWidget | None:
        return self._page

    @property
    def ringed(self) -> Pressable | None:
        """What the keyboard's focus ring is around."""
        return self._ring.target

    @property
    def area(self) -> Size:
        """The present size, for choosing a theme."""
        return Size(self.width(), self.height())

    def place_at(self, rect: QRect) -> None:
        """Shows it at this place and size."""
        self.setGeometry(rect)
        self.show()

    def show_page(self, page: QWidget, theme: Theme) -> None:
        """Puts the page in the place of the present one, which is deleted.

        Keyboard focus goes to the widget of the same object name, so that a page which is only built anew
        (another language, larger text) keeps it.
        """
        before = self._page
        focused = self.focusWidget()
        name = "" if focused is None else focused.objectName()
        reason = _TAB if self.ringed is not None else Qt.FocusReason.OtherFocusReason
        self._colour(theme.palette)
        self._ring.set_theme(theme)
        page.setParent(self)
        page.setGeometry(self.rect())
        page.show()
        self._page = page
        if before is not None:
            if focused is not None and self.ringed is None:
                focused.clearFocus()  # else Qt would hand it on as if by Tab, and ring a button nobody chose
            before.hide()
            before.deleteLater()
        if name:
            for child in page.findChildren(QWidget, name):
                child.setFocus(reason)
        self._ring.raise_()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        if self._page is not None:
            self._page.setGeometry(self.rect())

    def _colour(self, palette: Palette) -> None:
        self.setPalette(qt_palette(palette))
        self.setAutoFillBackground(True)


def qt_palette(palette: Palette) -> QPalette:
    """For what Qt draws itself."""
    roles: dict[QPalette.ColorRole, Hex] = {
        QPalette.ColorRole.Window: palette.page,
        QPalette.ColorRole.WindowText: palette.ink,
        QPalette.ColorRole.Base: palette.card,
        QPalette.ColorRole.AlternateBase: palette.page,
        QPalette.ColorRole.Text: palette.ink,
        QPalette.ColorRole.Button: palette.card,
        QPalette.ColorRole.ButtonText: palette.ink,
        QPalette.ColorRole.PlaceholderText: palette.faint,
        QPalette.ColorRole.Highlight: palette.accent,
        QPalette.ColorRole.HighlightedText: palette.on_accent,
        QPalette.ColorRole.ToolTipBase: palette.card,
        QPalette.ColorRole.ToolTipText: palette.ink,
    }
    made = QPalette()
    for role, colour in roles.items():
        made.setColor(role, QColor(colour))
    return made
