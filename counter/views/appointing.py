"""The page of appointments: who is expected on a day; one who is chosen is checked in or does not come."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import AppointmentId
from counter import words
from counter.appointing import AppointmentDay, AppointmentLine
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.acts import PRIMARY_CAP, PRIMARY_KEY, accept_enter_too
from counter.views.day_stepper import DayStepper
from counter.views.list_row import ListRow
from counter.views.said import SaidLine
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Role, Surface, Theme, Tone, Weight
from ui.widgets.box import Box
from ui.widgets.card import Card
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.label import TextLabel
from ui.widgets.scroll import Scroll
from wording import Wording


class AppointmentRow(ListRow):
    """One who is expected."""

    def __init__(self, theme: Theme, w: Wording, line: AppointmentLine) -> None:
        self.line = line
        self._w = w
        super().__init__(theme, words.said(line.service.name, w))
        self.set_line(line)

    def set_line(self, line: AppointmentLine) -> None:
        self.line = line
        at = words.clock(line.slot_at, self._w)
        self.setAccessibleName(f"{at}, {words.spoken(line.number)}, {self.words}")
        self.update()

    def paint_row(self, painter: QPainter, box: Box, mark: QRectF, middle: float) -> None:
        theme = self.theme
        left = mark.right() + theme.px(16)
        at = words.clock(self.line.slot_at, self._w)
        x = self.paint_text(painter, at, left, middle, box.ink, Weight.BOLD)
        self.paint_number(painter, self.line.number, x + theme.px(24), middle, box.ink)
        taken = self._late(painter, middle, box)
        if self.is_narrow:
            below, room = middle + theme.px(26), self.width() - left - theme.px(12)
            self.paint_text(painter, str(self.words), left, below, box.ink, room=room)
        else:
            room = taken - theme.px(306)
            self.paint_text(painter, str(self.words), theme.px(290), middle, box.ink, room=room)

    def _late(self, painter: QPainter, middle: float, box: Box) -> float:
        """Returns where it begins."""
        theme, w = self.theme, self._w
        right = self.width() - theme.px(20)
        if not self.line.is_late:
            return right
        said = w.t("Late") if self.is_narrow else w.t("Late: stands in line as if it came now")
        text = Paragraph(said, theme.type(Role.BODY))
        text.draw(painter, right, middle - text.height / 2, box.ink, Align.RIGHT)
        px = theme.px(20)
        left = right - text.width - theme.px(10) - px
        paint_icon(painter, Icon.CLOCK_ALERT, QRectF(left, middle - px / 2, px, px), box.ink)
        return left


class AppointmentList(Card):
    """The rows, kept while their appointments stay. Arrows go up and down."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__(theme)
        self._theme = theme
        self._w = w
        self.rows: dict[AppointmentId, AppointmentRow] = {}
        self.group = QButtonGroup(self)
        self._scroll = Scroll(theme)
        self._empty = TextLabel(theme, "", Role.LEAD, Tone.FAINT, Align.CENTRE)
        column = QVBoxLayout(self)
        line = theme.line(2)
        column.setContentsMargins(line, theme.px(8), line, theme.px(8))
        column.addWidget(self._empty, 1)
        column.addWidget(self._scroll, 1)

    def show_day(self, day: AppointmentDay) -> None:
        is_empty = not day.lines
        self._empty.set_words(
            self._w.t("Nobody is expected any more today.")
            if day.is_today
            else self._w.t("Nobody is expected on this day yet.")
        )
        self._empty.setVisible(is_empty)
        self._scroll.setVisible(not is_empty)
        if [line.appointment for line in day.lines] != list(self.rows):
            self._rebuild(day)
        for line in day.lines:
            self.rows[line.appointment].set_line(line)

    @property
    def chosen(self) -> AppointmentLine | None:
        """Who is meant; None while nobody is."""
        return next((row.line for row in self.rows.values() if row.isChecked()), None)

    def _rebuild(self, day: AppointmentDay) -> None:
        chosen = self.chosen
        for row in self.rows.values():
            self.group.removeButton(row)
        self._scroll.clear()
        self.rows = {}
        for line in day.lines:
            row = AppointmentRow(self._theme, self._w, line)
            row.setObjectName(f"appointment-{line.appointment}")
            self.group.addButton(row)
            row.setChecked(chosen is not None and line.appointment == chosen.appointment)
            self._scroll.rows.addWidget(row)
            self.rows[line.appointment] = row

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        rows = list(self.rows.values())
        if step is None or not rows:
            super().keyPressEvent(event)
            return
        now = next((place for place, row in enumerate(rows) if row.hasFocus()), -1 if step > 0 else len(rows))
        row = rows[min(max(now + step, 0), len(rows) - 1)]
        row.setFocus(Qt.FocusReason.TabFocusReason)
        self._scroll.ensureWidgetVisible(row, 0, self._theme.px(48))


class AppointmentsPage(QWidget):
    """The page of the tab "Janji temu"."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._page: WorkPage | None = None
        office = presenter.office
        self._day = DayStepper(theme, w, "day", office.show_day)
        self._list = AppointmentList(theme, w)
        self._list.group.buttonClicked.connect(lambda _: self._enable())
        self._said = SaidLine(theme, w)
        self._here = KeyPrimaryButton(theme, w.t("Is here"), Icon.USER_CHECK, PRIMARY_KEY, PRIMARY_CAP)
        self._cancel = KeyButton(theme, w.t("Cancel appointment"), Icon.CROSS, "F4")
        self._book = KeyButton(theme, w.t("Book an appointment"), Icon.CALENDAR_CHECK, "F2")
        for button, name in (
            (self._here, "check-in"),
            (self._cancel, "cancel-appointment"),
            (self._book, "book"),
        ):
            button.setObjectName(name)
            button.setFixedHeight(theme.px(66))
        self._here.clicked.connect(lambda: self._about_chosen(office.open_check_in))
        self._cancel.clicked.connect(lambda: self._about_chosen(office.open_cancelling))
        self._book.clicked.connect(office.open_booking)
        accept_enter_too(self._here)
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
        day = page.office.appointments
        self._said.say(page.notice if page.sheet is None else None, is_pending=page.pending)
        if day is not None:
            self._day.show_day(day.day, day.before, day.after)
            self._list.show_day(day)
        self._enable()

    def _enable(self) -> None:
        page = self._page
        is_live = page is not None and page.around.link is Link.LIVE
        chosen = self._list.chosen is not None
        day = page.office.appointments if page is not None else None
        self._here.setEnabled(is_live and chosen and day is not None and day.is_today)
        self._cancel.setEnabled(is_live and chosen)
        self._book.setEnabled(is_live)

    def _about_chosen(self, act: Callable[[AppointmentLine], None]) -> None:
        if (line := self._list.chosen) is not None:
            act(line)

    def _head(self) -> QHBoxLayout | QVBoxLayout:
        title = TextLabel(self._theme, self._w.t("Appointments"), Role.TITLE)
        if self._theme.surface is Surface.STRIP:
            column = QVBoxLayout()
            column.setSpacing(self._theme.space(8))
            column.addWidget(title)
            column.addWidget(self._day)
            return column
        self._day.setFixedWidth(self._theme.px(560))
        row = QHBoxLayout()
        row.addWidget(title, 1)
        row.addWidget(self._day)
        return row

    def _foot(self) -> QHBoxLayout | QGridLayout:
        if self._theme.surface is Surface.STRIP:
            grid = QGridLayout()
            grid.setSpacing(self._theme.space(8))
            for button in (self._book, self._cancel, self._here):
                button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            for button in (self._book, self._cancel):
                button.cap = ""
            grid.addWidget(self._book, 0, 0)
            grid.addWidget(self._cancel, 0, 1)
            grid.addWidget(self._here, 1, 0, 1, 2)
            return grid
        row = QHBoxLayout()
        row.setSpacing(self._theme.space(12))
        for button in (self._book, self._cancel, self._here):
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row.addWidget(self._book)
        row.addStretch(1)
        row.addWidget(self._cancel)
        row.addWidget(self._here)
        return row
