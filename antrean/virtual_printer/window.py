"""The window: its page is made anew where the language or the size changes."""

from PySide6.QtGui import QResizeEvent

from antrean.virtual_printer.bench import Bench, Standing
from antrean.virtual_printer.page import PrinterPage
from ui.theme import NORMAL, Size, Surface, Theme, fitting_scale
from ui.window import Window
from wording import Language, Wording

_LOW_BELOW_PX = 700
_GREATEST_SCALE, _SCALE_STEPS = 1.5, 20


def theme_for(size: Size) -> Theme:
    """Larger windows are drawn larger; smaller ones lose air, never the size of their words."""
    fitting = fitting_scale(Surface.COUNTER.value.size, size)
    scale = int(min(max(fitting, 1.0), _GREATEST_SCALE) * _SCALE_STEPS) / _SCALE_STEPS
    return Theme(Surface.COUNTER, scale, NORMAL)


class PrinterWindow(Window):
    """Shows the printer on the bench."""

    def __init__(self, bench: Bench, size: Size, language: Language) -> None:
        self._theme = theme_for(size)
        super().__init__(self._theme, "Antrean")
        self._bench = bench
        self._language = language
        self._built_for: tuple[Theme, bool, Language] | None = None
        self.resize(size.width, size.height)
        self.setMinimumSize(960, 560)

    def look(self) -> None:
        """Show how the printer is now."""
        self._show(self._bench.look())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._theme = theme_for(Size(event.size().width(), event.size().height()))
        super().resizeEvent(event)
        self.look()

    def _show(self, now: Standing) -> None:
        is_low = self.height() < _LOW_BELOW_PX * self._theme.scale
        wanted = (self._theme, is_low, self._language)
        if wanted != self._built_for:
            self._built_for = wanted
            w = Wording(self._language)
            self.setWindowTitle(f"Antrean – {w.t('Virtual printer')}")
            self.show_page(PrinterPage(self._theme, w, self._bench, is_low, self._speak), self._theme)
        assert isinstance(self.page, PrinterPage)
        self.page.show_printer(now)

    def _speak(self, language: Language) -> None:
        self._language = language
        self.look()
