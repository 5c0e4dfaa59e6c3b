"""Search: a field, a keyboard, and the services found with what matches marked.

On a small landscape panel keyboard and results take turns; elsewhere both are in sight.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from kiosk import events
from kiosk.finder import Findings, Found
from kiosk.offer import service_on_offer
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, column, row
from kiosk.screens.keyboard import Keyboard
from kiosk.screens.paging import more, shown_from
from kiosk.screens.screen import Screen, Stage
from kiosk.screens.service_rows import ServiceRow, ServiceRows
from kiosk.words import closed
from ui.icons import Icon
from ui.text import Span
from ui.theme import Role, Surface, Tone
from ui.widgets.buttons import PlainButton
from ui.widgets.field import TextField
from ui.widgets.label import TextLabel

_LONGEST_QUERY = 60
_ROOM = {Surface.KIOSK: (3, 1), Surface.KIOSK_LANDSCAPE: (3, 1), Surface.KIOSK_SMALL: (2, 1)}


class SearchScreen(Screen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__(stage)
        theme, w = self.theme, self.wording
        self._field = TextField(theme, w.t("Search, for example “open a food stall”"), Icon.SEARCH)
        self._field.setObjectName("search-field")
        self._field.setMaxLength(_LONGEST_QUERY)
        self._field.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self._field.setText(sight.visit.query)
        self._field.textChanged.connect(self._typed)
        self._keyboard = Keyboard(theme, w)
        self._keyboard.typed.connect(self._field.insert)
        self._keyboard.erased.connect(self._field.backspace)
        self._keyboard.cleared.connect(self._field.clear)
        self._count = TextLabel(theme, " ", Role.BODY, Tone.FAINT)
        self._rows = ServiceRows(self, *_ROOM[theme.surface])
        self._more = PlainButton(theme, "", Icon.CHEVRON_DOWN)
        self.touch(self._more, "more", events.MoreChosen())
        instead = PlainButton(theme, w.t("Not found? Choose a queue"), Icon.CHEVRON_RIGHT)
        self.touch(instead, "choose-queue", events.WentBack())
        last = row(theme.px(12), instead, self._more)
        last.setStretch(0, 1)
        if self.small:
            for button in (instead, self._more):
                button.setFixedHeight(theme.px(88))
        self._results = QWidget()
        self._results.setLayout(column(self.gap(16), self._count, self._rows, STRETCH, last))
        self._other = PlainButton(theme, " ")
        self._other.setObjectName("other-turn")
        self._other.clicked.connect(self._swap)
        self._arrange()
        self._take_turn(self._results if sight.visit.query else self._keyboard)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._field.setFocus()

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        visit = sight.visit
        findings = self.stage.finder.find(visit.query, sight.state.services, visit.language)
        self._count.set_words(self._told(visit.query, findings))
        start, left = shown_from(visit.list_page, len(findings.found), self._rows.room)
        in_sight = findings.found[start : start + self._rows.room]
        self._rows.show_rows(tuple(self._row(found, sight) for found in in_sight))
        self._more.setVisible(len(findings.found) > self._rows.room)
        self._more.set_words(more(left, self.wording))

    def _arrange(self) -> None:
        theme = self.theme
        match theme.surface:
            case Surface.KIOSK_SMALL:
                field = row(theme.px(12), self._field, self._other)
                field.setStretch(0, 1)
                self.content.addLayout(field)
                self.content.addWidget(self._results, 1)
                self.content.addWidget(self._keyboard)
            case Surface.KIOSK_LANDSCAPE:
                typing = column(theme.px(24), self._field, self._keyboard, STRETCH)
                both = row(theme.px(40), typing, self._results)
                both.setStretch(0, 64)
                both.setStretch(1, 36)
                self.content.addLayout(both, 1)
            case _:
                self.content.addSpacing(theme.px(16))
                self.content.addWidget(self._field)
                self.content.addWidget(self._results, 1)
                self.content.addSpacing(theme.px(24))
                self.content.addWidget(self._keyboard)

    def _typed(self, text: str) -> None:
        self._take_turn(self._keyboard)
        self.stage.act(events.Typed(text))

    def _take_turn(self, turn: QWidget) -> None:
        w = self.wording
        self._other.setVisible(self.small)
        if self.small:
            self._results.setVisible(turn is self._results)
            self._keyboard.setVisible(turn is self._keyboard)
            self._other.set_words(w.t("Show") if turn is self._keyboard else w.t("Type"))

    def _swap(self) -> None:
        self._take_turn(self._results if self._results.isHidden() else self._keyboard)
        self._field.setFocus()

    def _told(self, query: str, findings: Findings) -> str:
        w = self.wording
        if not query.strip():
            return w.t("Type what you need, or a part of it.")
        if not findings.found:
            return w.t("No service for “{query}”", query=query.strip())
        return w.tn(
            "{n} service for “{query}”",
            "{n} services for “{query}”",
            len(findings.found),
            query=findings.query,
        )

    def _row(self, found: Found, sight: Sight) -> ServiceRow:
        mark = self.theme.palette.match
        name = tuple(Span(piece.text, mark=mark if piece.is_match else None) for piece in found.heading)
        offer = service_on_offer(sight.state, found.service.code, sight.now)
        closure = offer.closure if offer is not None else None
        note = found.detail if closure is None else closed(closure, self.wording)
        letter = found.service.letter
        return ServiceRow(found.service.code, letter, name, note, closure is not None, badge=letter)
