"""A supervisor's page of devices: what needs somebody's hand and what to do, then each device with how it is."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import DeviceId, DeviceRole, Instant
from broker.protocol.messages import AlarmKind
from counter import device_words
from counter.devices import AlarmLine, DeviceLine, DevicesShown
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.said import SaidLine
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.card import Card, Rule
from ui.widgets.fact import Fact
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.scroll import RowScroll
from wording import Wording

ROLE_ICONS = {
    DeviceRole.KIOSK: Icon.DEVICES,
    DeviceRole.COUNTER: Icon.USER,
    DeviceRole.DISPLAY: Icon.TV,
    DeviceRole.OPERATOR: Icon.KEY,
    DeviceRole.FORECAST: Icon.CLOCK,
    DeviceRole.MONITOR: Icon.EYE,
    DeviceRole.BROKER: Icon.BOX,
}

SHARES = (26, 16, 9, 17, 32)
"""Of the window's width: name, role, version, last sign of life, standing."""

AIR_PX = 14
"""Over and under a row's words."""

STEP_PX = 72
"""So far the arrow keys scroll."""


class AlarmNote(Card):
    """One alarm: what is wrong, and what to do."""

    def __init__(self, theme: Theme, w: Wording, kind: AlarmKind) -> None:
        super().__init__(theme)
        self._w = w
        self.setObjectName(f"alarm-{kind}")
        bold = Type(theme.type(Role.BODY).px, Weight.BOLD)
        self._wrong = Fact(theme, Icon.ALERT, "", bold, Tone.DANGER)
        self._todo = TextLabel(theme, "", Role.BODY)
        self.column = QVBoxLayout(self)
        edge = theme.px(16)
        self.column.setContentsMargins(edge, theme.px(12), edge, theme.px(12))
        self.column.setSpacing(theme.space(4))
        self.column.addWidget(self._wrong)
        self.column.addWidget(self._todo)

    def show_alarm(self, alarm: AlarmLine, as_of: Instant) -> None:
        wrong, todo = (
            device_words.what_is_wrong(alarm, as_of, self._w),
            device_words.what_to_do(alarm, self._w),
        )
        self._wrong.set_words(wrong)
        self._todo.set_words(todo)
        self.setAccessibleName(f"{wrong}. {todo}")


class ClockNote(AlarmNote):
    """The server's clock is in doubt: the one alarm that a supervisor can answer."""

    def __init__(self, theme: Theme, w: Wording, believe: Callable[[], None]) -> None:
        super().__init__(theme, w, AlarmKind.CLOCK_DOUBTED)
        button = KeyButton(theme, w.t("The server's clock is right"), Icon.CHECK, "F2")
        button.setObjectName("believe-clock")
        button.clicked.connect(lambda _checked: believe())
        self.column.addSpacing(theme.space(8))
        place = Qt.AlignmentFlag(0) if theme.surface is Surface.STRIP else Qt.AlignmentFlag.AlignLeft
        self.column.addWidget(button, 0, place)


class AlarmNotes(QWidget):
    """All of them; the notes are kept while there are the same alarms."""

    def __init__(self, theme: Theme, w: Wording, believe_clock: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._believe_clock = believe_clock
        self._notes: dict[tuple[AlarmKind, tuple[str, ...]], AlarmNote] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(8))

    def show_alarms(self, alarms: tuple[AlarmLine, ...], as_of: Instant) -> None:
        self.setVisible(bool(alarms))
        if [(each.kind, each.names) for each in alarms] != list(self._notes):
            empty(self._column)
            self._notes = {(each.kind, each.names): self._note(each.kind) for each in alarms}
            for note in self._notes.values():
                self._column.addWidget(note)
        for each in alarms:
            self._notes[each.kind, each.names].show_alarm(each, as_of)

    def _note(self, kind: AlarmKind) -> AlarmNote:
        if kind is AlarmKind.CLOCK_DOUBTED:
            return ClockNote(self._theme, self._w, self._believe_clock)
        return AlarmNote(self._theme, self._w, kind)


class DeviceRow(QWidget):
    """One device, across the window; in the strip one thing below the other."""

    def __init__(self, theme: Theme, w: Wording, line: DeviceLine) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self.setObjectName(f"device-{line.device}")
        body = theme.type(Role.BODY).px
        self._name = TextLabel(theme, line.name, Type(body, Weight.BOLD), max_lines=1)
        self._role = Fact(theme, ROLE_ICONS[line.role], "", Role.SMALL, Tone.FAINT)
        self._version = TextLabel(theme, "", Role.SMALL, Tone.FAINT)
        self._seen = TextLabel(theme, "", Role.SMALL, Tone.FAINT)
        self._standing = Fact(theme, Icon.CHECK, "", Role.BODY, Tone.FAINT)
        self._is_narrow = theme.surface is Surface.STRIP
        if self._is_narrow:
            self._lay_out_strip()
        else:
            across(self, theme, [self._name, self._role, self._version, self._seen, self._standing])

    def show_line(self, line: DeviceLine, now: Instant) -> None:
        w = self._w
        role, standing = device_words.role(line.role, w), device_words.standing(line, w)
        seen = device_words.seen(line, now, w)
        self._name.set_words(line.name)
        short = (role, line.version, seen)
        self._role.set_words(" · ".join(each for each in short if each) if self._is_narrow else role)
        self._version.set_words(line.version or "–")
        self._seen.set_words(seen)
        self._standing.set_words(standing)
        if line.needs_look:
            self._standing.set_icon(Icon.ALERT, Tone.INK)
        elif line.seen_at is None:
            self._standing.set_icon(Icon.MINUS, Tone.FAINT)
        else:
            self._standing.set_icon(Icon.CHECK, Tone.FAINT)
        self.setAccessibleName(", ".join(each for each in (line.name, *short, standing) if each))

    def _lay_out_strip(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, self._theme.px(10), 0, self._theme.px(10))
        column.setSpacing(self._theme.space(4))
        for widget in (self._name, self._role, self._standing):
            column.addWidget(widget)


def across(row: QWidget, theme: Theme, widgets: list[QWidget]) -> None:
    """The columns of the window, each with its share."""
    line = QHBoxLayout(row)
    line.setContentsMargins(0, theme.px(AIR_PX), 0, theme.px(AIR_PX))
    line.setSpacing(theme.space(16))
    for widget, share in zip(widgets, SHARES, strict=True):
        policy = widget.sizePolicy()
        policy.setHorizontalPolicy(QSizePolicy.Policy.Ignored)
        widget.setSizePolicy(policy)
        line.addWidget(widget, share)


class Heads(QWidget):
    """What the window's columns are."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__()
        said = (w.t("Name"), w.t("Kind"), w.t("Version"), w.t("Last sign of life"), w.t("Condition"))
        across(self, theme, [TextLabel(theme, each, Role.SMALL, Tone.FAINT) for each in said])


class DeviceList(Card):
    """All devices; the rows are kept while the devices are the same, in the same order."""

    def __init__(self, theme: Theme, w: Wording) -> None:
        super().__init__(theme)
        self._theme = theme
        self._w = w
        self._rows: dict[DeviceId, DeviceRow] = {}
        whole = QVBoxLayout(self)
        edge = theme.px(16 if theme.surface is Surface.STRIP else 20)
        whole.setContentsMargins(edge, theme.px(8), edge, theme.px(8))
        whole.setSpacing(0)
        if theme.surface is not Surface.STRIP:
            whole.addWidget(Heads(theme, w))
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        whole.addLayout(self._column)

    def show_devices(self, shown: DevicesShown, now: Instant) -> None:
        if [line.device for line in shown.lines] != list(self._rows):
            self._rebuild(shown)
        for line in shown.lines:
            self._rows[line.device].show_line(line, now)

    def _rebuild(self, shown: DevicesShown) -> None:
        empty(self._column)
        self._rows = {line.device: DeviceRow(self._theme, self._w, line) for line in shown.lines}
        has_heads = self._theme.surface is not Surface.STRIP
        for place, row in enumerate(self._rows.values()):
            if place or has_heads:
                self._column.addWidget(Rule(self._theme))
            self._column.addWidget(row)


class DevicesPage(QWidget):
    """The page of the tab "Perangkat". Only a clock in doubt wants an answer. The arrow and page keys scroll."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._count = TextLabel(theme, "", Role.SMALL, Tone.FAINT, Align.RIGHT)
        self._count.setObjectName("devices-count")
        self._as_of = Fact(theme, Icon.CLOCK_ALERT, "", Type(theme.type(Role.BODY).px, Weight.BOLD))
        self._as_of.setObjectName("devices-old")
        self._awaited = Fact(theme, Icon.CLOCK, w.t("Waiting for the answer."), Role.BODY, Tone.FAINT)
        self._said = SaidLine(theme, w)
        self._alarms = AlarmNotes(theme, w, presenter.office.ask_clock)
        self._list = DeviceList(theme, w)
        self._scroll = RowScroll(theme)
        self._scroll.rows.setSpacing(theme.space(12))
        self._scroll.rows.addWidget(self._alarms)
        self._scroll.rows.addWidget(self._list)
        self._lay_out()
        self._take_keys()

    def show_work(self, page: WorkPage) -> None:
        shown, w = page.office.devices, self._w
        notice = page.notice if page.sheet is None else None
        self._said.say(notice, is_pending=page.pending)
        self._said.setVisible(notice is not None or page.pending)
        self._awaited.setVisible(shown is None)
        self._scroll.setVisible(shown is not None)
        self._as_of.setVisible(shown is not None and shown.is_old)
        self._count.set_words(device_words.count(shown, w) if shown is not None else "")
        if shown is None:
            return
        self._as_of.set_words(device_words.as_of(shown, w))
        self._alarms.show_alarms(shown.alarms, shown.as_of)
        self._alarms.setEnabled(page.around.link is Link.LIVE)
        self._list.show_devices(shown, page.around.minute)

    def _lay_out(self) -> None:
        theme = self._theme
        head = QHBoxLayout()
        head.addWidget(TextLabel(theme, self._w.t("Devices"), Role.TITLE), 1)
        head.addWidget(self._count, 0, Qt.AlignmentFlag.AlignVCenter)
        column = QVBoxLayout(self)
        margin = theme.margin
        column.setContentsMargins(margin, theme.space(16), margin, theme.space(16))
        column.setSpacing(theme.space(12))
        column.addLayout(head)
        column.addWidget(self._as_of)
        column.addWidget(self._awaited)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)
        column.addWidget(self._said)

    def _take_keys(self) -> None:
        bar, step = self._scroll.verticalScrollBar(), self._theme.px(STEP_PX)
        for key, way in (("Down", step), ("Up", -step)):
            QShortcut(QKeySequence(key), self, lambda way=way: bar.setValue(bar.value() + way))
        for key, pages in (("PgDown", 1), ("PgUp", -1)):
            QShortcut(
                QKeySequence(key),
                self,
                lambda pages=pages: bar.setValue(bar.value() + pages * bar.pageStep()),
            )


def empty(column: QVBoxLayout) -> None:
    """Take out all its widgets."""
    while (item := column.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
