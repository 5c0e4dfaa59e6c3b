"""A supervisor's page: all counters, all queues, and the ways to numbers, clerks and the doors."""

from functools import partial

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from counter.office_sheets import Closing
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.supervising import Supervision
from counter.views.conduct import ConductList
from counter.views.said import SaidLine
from counter.views.supervising_cards import CounterTile, QueueRow
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Surface, Theme, Tone
from ui.widgets.card import Card
from ui.widgets.key_button import KeyButton
from ui.widgets.key_danger import KeyDangerButton
from ui.widgets.label import TextLabel
from ui.widgets.scroll import RowScroll, Scroll
from wording import Wording

SIDE_PX = 520
TILES_ACROSS = 3


class CountersPart(QWidget):
    """A tile for each counter."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._tiles: dict[int, CounterTile] = {}
        self._across = 1 if theme.surface is Surface.STRIP else TILES_ACROSS
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(theme.space(12))
        for column in range(self._across):
            self._grid.setColumnStretch(column, 1)

    def show_counters(self, page: WorkPage, shown: Supervision) -> None:
        if [card.counter for card in shown.counters] != list(self._tiles):
            self._rebuild(shown)
        for card in shown.counters:
            name = page.names.get(card.clerk, card.clerk) if card.clerk is not None else ""
            tile = self._tiles[card.counter]
            tile.show_card(card, name)
            if page.around.link is not Link.LIVE:
                tile.setEnabled(False)

    def _rebuild(self, shown: Supervision) -> None:
        for tile in self._tiles.values():
            tile.hide()
            tile.deleteLater()
        self._tiles = {}
        for place, card in enumerate(shown.counters):
            tile = CounterTile(self._theme, self._w, card, "")
            tile.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            tile.clicked.connect(partial(self._touched, card.counter))
            self._grid.addWidget(tile, place // self._across, place % self._across)
            self._tiles[card.counter] = tile

    def _touched(self, counter: int) -> None:
        self._presenter.office.open_counter(self._tiles[counter].card)


class QueuesPart(QWidget):
    """A row for each queue."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._rows: dict[str, QueueRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(8))

    def show_queues(self, page: WorkPage, shown: Supervision) -> None:
        if [card.letter for card in shown.queues] != list(self._rows):
            self._rebuild(shown)
        for card in shown.queues:
            self._rows[card.letter].show_card(card)
            self._rows[card.letter].setEnabled(page.around.link is Link.LIVE)

    def _rebuild(self, shown: Supervision) -> None:
        for row in self._rows.values():
            row.hide()
            row.deleteLater()
        self._rows = {}
        for card in shown.queues:
            row = QueueRow(self._theme, self._w, card)
            row.clicked.connect(partial(self._touched, card.letter))
            self._column.addWidget(row)
            self._rows[card.letter] = row

    def _touched(self, letter: str) -> None:
        self._presenter.office.open_queue(self._rows[letter].card)


class Ways(QWidget):
    """The buttons of the page."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        office = presenter.office
        self._waiting = KeyButton(theme, w.t("Waiting numbers"), Icon.USERS, "F2")
        self._clerks = KeyButton(theme, w.t("Clerks"), Icon.USER, "F3")
        self._close = KeyDangerButton(theme, w.t("Close early"), "F6")
        self._reopen = KeyButton(theme, w.t("Open again"), Icon.DOOR, "F6")
        self._waiting.setObjectName("waiting-numbers")
        self._clerks.setObjectName("clerks")
        self._close.setObjectName("close-doors")
        self._reopen.setObjectName("reopen-doors")
        self._waiting.clicked.connect(office.open_waiting)
        self._clerks.clicked.connect(office.open_clerks)
        self._close.clicked.connect(lambda: office.ask_closing(Closing.CLOSE_DOORS, None))
        self._reopen.clicked.connect(office.reopen_doors)
        self._buttons = [self._waiting, self._clerks, self._close, self._reopen]
        rows = [[self._waiting, self._clerks]]
        if theme.surface is Surface.STRIP:  # the window has the corrections on the page
            conduct = KeyButton(theme, w.t("Corrections today"), Icon.UNDO, "F4")
            conduct.clicked.connect(office.open_conduct)
            conduct.setObjectName("conduct")
            self._buttons.append(conduct)
            rows = [[self._waiting], [self._clerks], [conduct]]
        self._lay_out(theme, [*rows, [self._close, self._reopen]])  # these two take turns

    def _lay_out(self, theme: Theme, rows: list[list[KeyButton]]) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(12))
        for buttons in rows:
            row = QHBoxLayout()
            row.setSpacing(theme.space(12))
            for button in buttons:
                button.setFixedHeight(theme.px(56))
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
                row.addWidget(button, 1)
            column.addLayout(row)

    def show_work(self, page: WorkPage, shown: Supervision) -> None:
        is_live = page.around.link is Link.LIVE
        for button in self._buttons:
            button.setEnabled(is_live)
        self._waiting.setEnabled(is_live and shown.waiting > 0)
        is_closed = shown.doors_closed is not None
        self._close.setVisible(not is_closed)
        self._close.setEnabled(is_live and shown.is_open)
        self._reopen.setVisible(is_closed)


class SupervisionPage(QWidget):
    """The page of the tab "Pantauan"."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._counters = CountersPart(theme, w, presenter)
        self._queues = QueuesPart(theme, w, presenter)
        self._ways = Ways(theme, w, presenter)
        self._conduct: ConductList | None = None
        self._said = SaidLine(theme, w)
        self._open = TextLabel(theme, "", Role.SMALL, Tone.FAINT, Align.RIGHT)
        self._waiting = TextLabel(theme, "", Role.SMALL, Tone.FAINT, Align.RIGHT)
        if theme.surface is Surface.STRIP:
            self._lay_out_strip()
        else:
            self._lay_out_window()

    def show_work(self, page: WorkPage) -> None:
        shown = page.office.supervision
        self._said.say(page.notice if page.sheet is None else None, is_pending=page.pending)
        if shown is None:
            return
        seated = sum(card.clerk is not None for card in shown.counters)
        self._open.set_words(self._w.t("{open} of {all} open", open=seated, all=len(shown.counters)))
        self._waiting.set_words(self._w.tn("{n} waiting", "{n} waiting", shown.waiting))
        self._counters.show_counters(page, shown)
        self._queues.show_queues(page, shown)
        self._ways.show_work(page, shown)
        if self._conduct is not None:
            self._conduct.show_table(shown.conduct, page.names)

    def _heading(self, said: str, aside: TextLabel) -> QHBoxLayout:
        head = QHBoxLayout()
        head.addWidget(TextLabel(self._theme, said, Role.NAME), 1)
        head.addWidget(aside)
        return head

    def _lay_out_window(self) -> None:
        theme, w = self._theme, self._w
        tiles = RowScroll(theme)
        tiles.rows.addWidget(self._counters)
        left = QVBoxLayout()
        left.setSpacing(theme.space(12))
        left.addLayout(self._heading(w.t("Counters"), self._open))
        left.addWidget(tiles, 3)
        left.addWidget(self._conduct_card(), 2)
        card = Card(theme)
        inner = QVBoxLayout(card)
        edge = theme.px(20)
        inner.setContentsMargins(edge, theme.px(16), edge, edge)
        inner.setSpacing(theme.space(12))
        rows = RowScroll(theme)
        rows.rows.addWidget(self._queues)
        inner.addLayout(self._heading(w.t("Queues"), self._waiting))
        inner.addWidget(rows, 1)
        side = QWidget()
        side.setFixedWidth(theme.px(SIDE_PX))
        right = QVBoxLayout(side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.space(8))
        right.addWidget(card, 1)
        right.addWidget(self._said)
        right.addWidget(self._ways)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(theme.margin, theme.margin, theme.margin, theme.margin)
        whole.setSpacing(theme.margin)
        whole.addLayout(left, 1)
        whole.addWidget(side)

    def _conduct_card(self) -> Card:
        theme = self._theme
        card = Card(theme)
        inner = QVBoxLayout(card)
        edge = theme.px(20)
        inner.setContentsMargins(edge, theme.px(16), edge, theme.px(12))
        inner.setSpacing(theme.space(8))
        explained = self._w.t("A quick no-show is one without a recall.")
        aside = TextLabel(theme, explained, Role.SMALL, Tone.FAINT, Align.RIGHT)
        inner.addLayout(self._heading(self._w.t("Corrections today"), aside))
        scroll = Scroll(theme)
        self._conduct = ConductList(theme, self._w, is_narrow=False)
        scroll.rows.addWidget(self._conduct)
        inner.addWidget(scroll, 1)
        return card

    def _lay_out_strip(self) -> None:
        theme, w = self._theme, self._w
        scroll = Scroll(theme)
        scroll.rows.setSpacing(theme.space(12))
        scroll.rows.setContentsMargins(theme.margin, theme.space(12), theme.margin, theme.space(12))
        scroll.rows.addLayout(self._heading(w.t("Queues"), self._waiting))
        scroll.rows.addWidget(self._queues)
        scroll.rows.addWidget(self._ways)
        scroll.rows.addLayout(self._heading(w.t("Counters"), self._open))
        scroll.rows.addWidget(self._counters)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(scroll, 1)
        column.addWidget(self._said)
