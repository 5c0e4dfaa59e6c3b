"""The page of appointments: who is expected on a day; one who is chosen is checked in or does not come."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import AppointmentId
from counter import words
from counter.appointing import AppointmentDay, AppointmentLine
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.acts import PRIMARY_CAP, PRIMARY_KEY, accept_enter_too
from counter.views.day_stepper import DayStepper
from counter.views.said import SaidLine
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Ground, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.card import Card
from ui.widgets.key_button import KeyButton, KeyPrimaryButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, paint_mark
from ui.widgets.pressable import Pressable, State
from ui.widgets.scroll import Scroll
from wording import Wording


class AppointmentRow(Pressable):
    """One who is expected; checked is chosen. In the strip on two lines."""

    def __init__(self, theme: Theme, w: Wording, line: AppointmentLine) -> None:
        self.line = line
        self._w = w
        super().__init__(theme, words.said(line.service.name, w))
        self.setCheckable(True)
        self.set_line(line)

    def set_line(self, line: AppointmentLine) -> None:
        self.line = line
        at = words.clock(line.slot_at, self._w)
        self.setAccessibleName(f"{at}, {words.spoken(line.number)}, {self.words}")
        self.update()

    @property
    def radius(self) -> int:
        return 0

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.CHOSEN:
                return Box(palette.chosen, palette.ink)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed)
            case State.REST | State.UNAVAILABLE:
                return Box(palette.card, palette.ink)

    def height_for(self, _width: int) -> int:
        return self.theme.px(72 if self._is_narrow else 52)

    def design_width(self) -> int:
        return self.theme.px(340)

    @property
    def is_cut(self) -> bool:
        return False  # a service's name ends in an ellipsis here: the sheet shows it whole

    def paint_words(self, painter: QPainter, box: Box) -> None:
        theme = self.theme
        middle = theme.px(24) if self._is_narrow else self.height() / 2
        side = theme.px(24)
        mark = QRectF(theme.px(12 if self._is_narrow else 20), middle - side / 2, side, side)
        pressed = self.state is State.PRESSED
        paint_mark(painter, mark, Mark.ONE, self.isChecked(), theme, box.ink if pressed else None)
        x = mark.right() + theme.px(16)
        x = self._text(painter, words.clock(self.line.slot_at, self._w), x, middle, box, Weight.BOLD)
        x = self._number(painter, x + theme.px(24), middle, box) + theme.px(32)
        if self._is_narrow:
            self._late(painter, middle, box)
            left = mark.right() + theme.px(16)
            self._text(painter, str(self.words), left, middle + theme.px(26), box)
        else:
            taken = self._late(painter, middle, box)
            self._text(painter, str(self.words), theme.px(290), middle, box, room=taken - theme.px(306))
        line = theme.line(2)
        bottom = QRectF(0, self.height() - line, self.width(), line)
        painter.fillRect(bottom, QColor(theme.palette.hairline))

    def _number(self, painter: QPainter, x: float, middle: float, box: Box) -> float:
        side = self.theme.px(26)
        ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
        badge = QRectF(x, middle - side / 2, side, side)
        letter = self.line.number.letter
        paint_badge(painter, badge, letter, badge_colours(self.theme, letter, ground))
        return self._text(
            painter, self.line.number.digits, badge.right() + self.theme.px(10), middle, box, Weight.BOLD
        )

    def _late(self, painter: QPainter, middle: float, box: Box) -> float:
        """Returns where it begins."""
        theme, w = self.theme, self._w
        right = self.width() - theme.px(20)
        if not self.line.is_late:
            return right
        said = w.t("Late") if self._is_narrow else w.t("Late: stands in line as if it came now")
        text = Paragraph(said, theme.type(Role.BODY))
        text.draw(painter, right, middle - text.height / 2, box.ink, Align.RIGHT)
        px = theme.px(20)
        left = right - text.width - theme.px(10) - px
        paint_icon(painter, Icon.CLOCK_ALERT, QRectF(left, middle - px / 2, px, px), box.ink)
        return left

    def _text(
        self,
        painter: QPainter,
        said: str,
        x: float,
        middle: float,
        box: Box,
        weight: Weight = Weight.MEDIUM,
        room: float | None = None,
    ) -> float:
        """Returns where it ends."""
        most = room if room is not None else self.width() - x - self.theme.px(12)
        text = Paragraph(said, Type(self.theme.type(Role.BODY).px, weight), most, 1)
        text.draw(painter, x, middle - text.height / 2, box.ink)
        return x + text.width

    @property
    def _is_narrow(self) -> bool:
        return self.theme.surface is Surface.STRIP


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
