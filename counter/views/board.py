"""The one-day board: the files chosen go on to their next stage, are marked ready or handed over, together."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import ApplicationId, ClerkRole
from counter.desk import Act
from counter.oneday import BoardLine, Group
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.acts import PRIMARY_CAP, PRIMARY_KEY, accept_enter_too, act_button
from counter.views.board_rows import BoardList
from counter.views.said import SaidLine
from ui.icons import Icon
from ui.theme import Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.field import TextField
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.label import TextLabel
from wording import Wording

IN_PROCESS = tuple(group for group in Group if group is not Group.READY)


class BoardPage(QWidget):
    """The page of the tab "Sehari jadi"."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._page: WorkPage | None = None
        self._count = TextLabel(theme, "", Role.BODY, Tone.FAINT)
        self._find = TextField(theme, w.t("Find a number"), Icon.SEARCH)
        self._find.setObjectName("find")
        self._scan = act_button(theme, Act.SCAN, w, presenter)
        self._list = BoardList(theme, w)
        self._said = SaidLine(theme, w)
        self._chosen = TextLabel(theme, "", Type(theme.type(Role.BODY).px, Weight.BOLD))
        self._complete = KeyPrimaryButton(theme, w.t("Mark as ready"), Icon.CHECK, PRIMARY_KEY, PRIMARY_CAP)
        self._hand_over = KeyButton(theme, w.t("Hand over"), Icon.PACKAGE, "F8")
        self._slip = KeyButton(theme, w.t("Receipt"), Icon.PRINTER, "F7")
        self._onward = KeyButton(theme, w.t("Next stage"), Icon.CHEVRONS_RIGHT, "F6")
        self._undo = KeyButton(theme, w.t("Not ready yet"), Icon.UNDO, "Ctrl+Z")
        self._wire()
        column = QVBoxLayout(self)
        margin = theme.margin
        column.setContentsMargins(margin, theme.space(16), margin, theme.space(16))
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addSpacing(theme.space(16))
        column.addWidget(self._list, 1)
        column.addWidget(self._said)
        column.addLayout(self._foot())

    def show_work(self, page: WorkPage) -> None:
        self._page = page
        w = self._w
        total = len(page.board.lines)
        self._count.set_words(
            w.tn("{n} file, in the order of the promises", "{n} files, in the order of the promises", total)
        )
        self._said.say(page.notice if page.sheet is None else None, is_pending=page.pending)
        self._show_lines()

    def _show_lines(self) -> None:
        if self._page is None:
            return
        typed = self._find.text().replace(" ", "").upper()
        groups = tuple(
            (group, found)
            for group, lines in self._page.board.grouped()
            if (found := tuple(line for line in lines if typed in _plate(line)))
        )
        empty = self._w.t("No file has this number.") if typed else self._w.t("No same-day files at present.")
        if self._list.show_groups(groups, self._page.names, empty):
            for row in self._list.rows.values():
                row.toggled.connect(self._show_chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = self._list.chosen()
        w = self._w
        self._chosen.set_words(
            w.tn("{n} file chosen", "{n} files chosen", len(chosen)) if chosen else w.t("No file chosen")
        )
        can_act = self._page is not None and self._page.around.link is Link.LIVE and bool(chosen)
        is_ready = [line.group is Group.READY for line in chosen]
        self._complete.setEnabled(can_act and not any(is_ready))
        self._hand_over.setEnabled(can_act and all(is_ready))
        self._slip.setEnabled(can_act and len(chosen) == 1)
        ways = [line.way for line in chosen]
        self._onward.setEnabled(can_act and all(way is not None and way.onward is not None for way in ways))
        self._show_undo()

    def _show_undo(self) -> None:
        """It takes the place of the next stage, which what is ready has none of."""
        wanted = self._undoable()
        self._undo.setVisible(bool(wanted))
        self._onward.setVisible(not wanted)
        self._undo.setEnabled(self._page is not None and self._page.around.link is Link.LIVE)
        seconds = max((line.undo_seconds for line in wanted), default=0)
        said = self._w.t("Not ready yet")
        left = self._w.t("{seconds} s left", seconds=seconds) if seconds else ""
        said = f"{said}\n{left}" if left else said
        if said != self._undo.words:
            self._undo.set_words(said)

    def _undoable(self) -> list[BoardLine]:
        """Ready files that are chosen, or those just marked; a supervisor's choice has no time limit."""
        if self._page is None:
            return []
        is_supervisor = self._page.profile.role is ClerkRole.SUPERVISOR
        chosen = self._list.chosen()
        lines = chosen or self._page.board.lines
        ready = [
            line
            for line in lines
            if line.group is Group.READY and (line.undo_seconds or (chosen and is_supervisor))
        ]
        return ready if len(ready) == len(chosen) or not chosen else []

    def _wire(self) -> None:
        self._complete.setObjectName("mark-complete")
        self._complete.clicked.connect(lambda: self._presenter.mark_complete(self._take_chosen(*IN_PROCESS)))
        accept_enter_too(self._complete)
        self._hand_over.setObjectName("hand-over")
        self._hand_over.clicked.connect(
            lambda: self._presenter.handing_over.offer(self._take_chosen(Group.READY))
        )
        self._slip.setObjectName("show-slip")
        self._slip.clicked.connect(self._show_slip)
        self._onward.setObjectName("next-stage")
        self._onward.clicked.connect(lambda: self._presenter.office.advance(self._take_chosen(*IN_PROCESS)))
        self._undo.setObjectName("not-ready")
        self._undo.clicked.connect(self._take_back)
        self._find.textChanged.connect(self._show_lines)
        shortcut = QShortcut(QKeySequence("Ctrl+F"), self)
        shortcut.activated.connect(lambda: self._find.setFocus(Qt.FocusReason.ShortcutFocusReason))

    def _show_slip(self) -> None:
        (line,) = self._list.chosen()
        self._presenter.show_slip(line.file.application)

    def _take_back(self) -> None:
        wanted = [line.file.application for line in self._undoable()]
        self._take_chosen(Group.READY)
        self._presenter.office.reopen(wanted)

    def _take_chosen(self, *groups: Group) -> list[ApplicationId]:
        """The files chosen; what is acted on is not chosen any more."""
        taken = []
        for row in self._list.rows.values():
            if row.isChecked() and row.line.group in groups:
                taken.append(row.line.file.application)
                row.setChecked(False)
        return taken

    def _head(self) -> QHBoxLayout | QVBoxLayout:
        theme = self._theme
        self._find.setFixedHeight(theme.px(44))
        self._scan.setFixedHeight(theme.px(44))
        self._scan.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        title = TextLabel(theme, self._w.t("Same-day files"), Role.TITLE)
        if theme.surface is Surface.STRIP:
            column = QVBoxLayout()
            column.setSpacing(theme.space(8))
            column.addWidget(title)
            row = QHBoxLayout()
            row.addWidget(self._find, 1)
            column.addLayout(row)
            self._scan.hide()
            self._count.hide()
            return column
        row = QHBoxLayout()
        row.setSpacing(theme.space(12))
        row.addWidget(title)
        row.addSpacing(theme.space(8))
        row.addWidget(self._count, 1)
        self._find.setFixedWidth(theme.px(260))
        row.addWidget(self._find)
        row.addWidget(self._scan)
        return row

    def _foot(self) -> QHBoxLayout | QGridLayout:
        theme = self._theme
        height = theme.px(66)
        for button in (self._complete, self._hand_over, self._slip, self._onward, self._undo):
            button.setFixedHeight(height)
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        if theme.surface is Surface.STRIP:
            grid = QGridLayout()
            grid.setSpacing(theme.space(8))
            for button in (self._complete, self._hand_over, self._slip, self._onward, self._undo):
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            for button in (self._onward, self._undo):
                button.setFixedHeight(theme.px(52))
            grid.addWidget(self._chosen, 0, 0, 1, 2)
            grid.addWidget(self._onward, 1, 0, 1, 2)
            grid.addWidget(self._undo, 1, 0, 1, 2)
            grid.addWidget(self._slip, 2, 0)
            grid.addWidget(self._hand_over, 2, 1)
            grid.addWidget(self._complete, 3, 0, 1, 2)
            return grid
        row = QHBoxLayout()
        row.setSpacing(theme.space(12))
        row.addWidget(self._chosen, 1)
        row.addWidget(self._slip)
        row.addWidget(self._hand_over)
        row.addWidget(self._onward)
        row.addWidget(self._undo)
        row.addWidget(self._complete)
        return row


def _plate(line: BoardLine) -> str:
    return f"{line.file.number.letter}{line.file.number.digits}"
