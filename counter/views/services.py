"""Finding a service: a field to type in and the services that have what was typed."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from broker.domain.rules import Bilingual, Service
from broker.domain.values import ServiceCode
from catalogue.search import Entry, Index
from counter import words
from ui.icons import Icon
from ui.theme import Role, Theme, Tone
from ui.widgets.field import TextField
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from wording import Language, Wording

MOST_ROWS = 30
"""More are found by typing."""


class ServicePicker(QWidget):
    """`on_choice` is told of each choice. What is chosen stays chosen while something else is looked for."""

    def __init__(
        self,
        theme: Theme,
        w: Wording,
        services: tuple[Service, ...],
        chosen: ServiceCode | None,
        on_choice: Callable[[], None],
        rows_in_view: int,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._services = {service.code: service for service in services}
        self._index = index_of(services, w)
        self._on_choice = on_choice
        self.chosen = chosen
        self._field = TextField(theme, w.t("Find a service"), Icon.SEARCH)
        self._field.setObjectName("find-service")
        self._field.textChanged.connect(self._show_found)
        self._scroll = RowScroll(theme)
        self._scroll.rows.setSpacing(theme.space(8))
        self._scroll.setFixedHeight(theme.px(56) * rows_in_view)
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        column.addWidget(self._field)
        column.addWidget(self._scroll)
        self._show_found("")

    def focus_field(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def clear_choice(self) -> None:
        """None of them after all."""
        self.chosen = None
        self._show_found(self._field.text())

    def _show_found(self, typed: str) -> None:
        if typed.strip():
            found = [self._services[ServiceCode(match.code)] for match in self._index.find(typed).matches]
        else:
            found = sorted(self._services.values(), key=lambda service: service.code != self.chosen)
        self._scroll.clear()
        self._group = QButtonGroup(self)
        for service in found[:MOST_ROWS]:
            self._scroll.rows.addWidget(self._option(service))
        if not found:
            said = self._w.t("No service has these words.")
            self._scroll.rows.addWidget(TextLabel(self._theme, said, Role.BODY, Tone.FAINT))

    def _option(self, service: Service) -> Option:
        name = words.name_of(service, self._w)
        option = Option(self._theme, Mark.ONE, name.heading, name.detail, service.letter)
        option.setObjectName(f"service-{service.code}")
        self._group.addButton(option)
        option.setChecked(service.code == self.chosen)
        option.clicked.connect(lambda: self._choose(service.code))
        return option

    def _choose(self, code: ServiceCode) -> None:
        self.chosen = code
        self._on_choice()


def index_of(services: Iterable[Service], w: Wording) -> Index:
    """What finds them by words in the clerk's language, and by whatever else they are called."""
    return Index(_entry(service, w) for service in services)


def _entry(service: Service, w: Wording) -> Entry:
    """Found by its name in the clerk's language, and by whatever else it is called."""
    also = [text.in_language(language) for language in Language for text in _texts(service)]
    return Entry(service.code, words.said(service.name, w), (service.code, *also))


def _texts(service: Service) -> list[Bilingual]:
    return [text for text in (service.name, service.short_name, service.explanation) if text is not None]
