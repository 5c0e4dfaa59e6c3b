"""The counter's window: a strip or a whole desk by its width, its views made anew where words or size change."""

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication

from counter.page import Page, SignInPage, WorkPage
from counter.presenter import Presenter
from counter.views.sign_in import SignInView
from counter.views.work import WorkView
from counter.words import wording_of
from ui.theme import NORMAL, Size, Surface, Theme, fitting_scale
from ui.window import Window
from wording import Language, Wording

NARROW_BELOW_PX = 1200
"""A window narrower than this is a strip of one column."""

_GREATEST_SCALE = 1.5
_SCALE_STEPS = 20  # in so many parts of one; a window that is dragged larger is not built anew at every pixel


def theme_for(size: Size) -> Theme:
    """Larger windows are drawn larger; smaller ones than the design's lose air, never the size of their words."""
    surface = Surface.STRIP if size.width < NARROW_BELOW_PX else Surface.COUNTER
    if surface is Surface.STRIP:
        return Theme(surface, 1.0, NORMAL)
    fitting = fitting_scale(surface.value.size, size)
    scale = int(min(max(fitting, 1.0), _GREATEST_SCALE) * _SCALE_STEPS) / _SCALE_STEPS
    return Theme(surface, scale, NORMAL)


class CounterWindow(Window):
    """Shows the presenter's pages in the clerk's language."""

    def __init__(self, title: str, size: Size, language: Language) -> None:
        self._theme = theme_for(size)
        super().__init__(self._theme, title)
        self._language = language
        self._presenter: Presenter | None = None
        self._page_shown: Page | None = None
        self._view: SignInView | WorkView | None = None
        self._built_for: tuple[Theme, Wording, type[Page]] | None = None
        self.resize(size.width, size.height)
        self.setMinimumSize(360, 560)

    def set_presenter(self, presenter: Presenter) -> None:
        """To be called once, before the first page."""
        self._presenter = presenter

    def present(self, page: Page) -> None:
        """Show what the presenter has, in the views at hand or in new ones."""
        self._page_shown = page
        wording = wording_of(page.around, self._language)
        wanted = (self._theme, wording, type(page))
        if wanted != self._built_for:
            self._built_for = wanted
            self._view = self._built(page, wording)
            self.show_page(self._view, self._theme)
            self._view.setFocus()
        self._update(page)

    @property
    def listens_to_scans(self) -> bool:
        """Nobody scans before signing in."""
        return isinstance(self._page_shown, WorkPage) and QApplication.activeModalWidget() is None

    def resizeEvent(self, event: QResizeEvent) -> None:
        theme = theme_for(Size(event.size().width(), event.size().height()))
        if theme != self._theme:
            self._theme = theme
            if self._page_shown is not None:
                self.present(self._page_shown)
        super().resizeEvent(event)

    def _built(self, page: Page, wording: Wording) -> SignInView | WorkView:
        assert self._presenter is not None
        match page:
            case SignInPage():
                return SignInView(self._theme, wording, page, self._presenter, self._speak)
            case WorkPage():
                return WorkView(self._theme, wording, page, self._presenter)

    def _update(self, page: Page) -> None:
        match self._view, page:
            case SignInView() as view, SignInPage():
                view.show_sign_in(page)
            case WorkView() as view, WorkPage():
                view.show_work(page)
            case _:
                raise AssertionError("a view is of the kind of its page")

    def _speak(self, language: Language) -> None:
        self._language = language
        if self._page_shown is not None:
            self.present(self._page_shown)
