"""The head of the desk: the number in hand, or what the desk waits for."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.values import Priority
from counter import words
from counter.desk import AcceptedFile, Desk, DeskStatus, InHand
from counter.presenter import Presenter
from ui.icons import Icon, paint_icon
from ui.text import Paragraph
from ui.theme import Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.box import Box
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate, PlateForm
from ui.widgets.pressable import Pressable, State
from wording import Wording

PRIORITY_ICONS = {
    Priority.ELDERLY: Icon.PRIORITY_ELDER,
    Priority.DISABILITY: Icon.ACCESSIBILITY,
    Priority.PREGNANT: Icon.PRIORITY_PREGNANT,
    Priority.INFANT: Icon.PRIORITY_CHILD,
}


class Sign(QWidget):
    """Where no number is in hand: a pictogram in a circle, as large as the number's badge."""

    def __init__(self, theme: Theme, side_px: int) -> None:
        super().__init__()
        self._theme = theme
        self._icon = Icon.USERS
        self._side = theme.px(side_px)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def set_icon(self, icon: Icon) -> None:
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.circle))
        painter.drawEllipse(QRectF(self.rect()))
        inset = self._side * 0.28
        inside = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        paint_icon(painter, self._icon, inside, self._theme.palette.accent)
        painter.end()


class FileButton(Pressable):
    """A file taken in during this visit; pressed, its receipt is shown again."""

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        if state is State.PRESSED:
            return Box(palette.pressed, palette.on_pressed)
        return Box(palette.page if self.theme.surface is Surface.STRIP else palette.card, palette.accent)

    def height_for(self, _width: int) -> int:
        return round(self._type.px * 1.9)

    def design_width(self) -> int:
        return round(Paragraph(self.words, self._type).width + self._type.px * 2.4)

    @property
    def is_cut(self) -> bool:
        return Paragraph(self.words, self._type, self.width() - self._type.px * 1.6, 1).is_cut

    def paint_words(self, painter: QPainter, box: Box) -> None:
        px = round(self._type.px * 1.15)
        paint_icon(painter, Icon.CIRCLE_CHECK, QRectF(0, (self.height() - px) / 2, px, px), box.ink)
        text = Paragraph(self.words, self._type, self.width() - px * 1.4, 1)
        text.draw(painter, px * 1.4, (self.height() - text.height) / 2, box.ink)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._type.px * 8, self.height_for(0))

    @property
    def _type(self) -> Type:
        return Type(self.theme.type(Role.SMALL).px, Weight.BOLD)


class Hero(QWidget):
    """Plate and words; in the strip below each other."""

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        is_strip = theme.surface is Surface.STRIP
        digits = 108 if is_strip else 136
        self._plate = NumberPlate(theme, digits, PlateForm.DESK)
        self._plate.setObjectName("plate")
        self._sign = Sign(theme, 84 if is_strip else 112)
        self._title = FittedLabel(theme, "", Role.TITLE, 2)
        self._detail = TextLabel(theme, "", Role.BODY, max_lines=2)
        self._arrival = TextLabel(theme, "", Role.BODY, Tone.FAINT)
        self._priority = Fact(theme, Icon.USER, "", Role.BODY, Tone.FAINT)
        self._is_brief = False
        self._files: tuple[AcceptedFile, ...] = ()
        self._file_buttons = QVBoxLayout()
        self._file_buttons.setSpacing(0)
        lines = QVBoxLayout()
        lines.setSpacing(theme.space(4))
        lines.addStretch()
        for part in (self._title, self._detail, self._arrival, self._priority):
            lines.addWidget(part)
        lines.addLayout(self._file_buttons)
        lines.addStretch()
        both: QHBoxLayout | QVBoxLayout = QVBoxLayout(self) if is_strip else QHBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(theme.space(8) if is_strip else theme.px(36))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        both.addWidget(self._plate, 0, left)
        both.addWidget(self._sign, 0, left)
        both.addLayout(lines, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_brief(self, *, is_brief: bool) -> None:
        """Leave room for something else to be said: what stands under the service is left out."""
        self._is_brief = is_brief

    def show_desk(self, desk: Desk, counter: int) -> None:
        hand = desk.in_hand
        self._plate.setVisible(hand is not None)
        self._sign.setVisible(hand is None)
        self._show_files(hand.files if hand is not None else ())
        if hand is None:
            self._show_waiting(desk, counter)
        else:
            self._show_hand(hand)

    def _show_hand(self, hand: InHand) -> None:
        w = self._w
        self._plate.set_number(hand.number.letter, hand.number.digits)
        if hand.service is None:
            self._say(words.said(hand.queue.name, w), w.t("Service not chosen yet"))
        else:
            name = words.name_of(hand.service, w)
            self._say(name.heading, name.detail)
        self._arrival.set_words(words.arrival(hand.arrived_at, hand.waited_minutes, w))
        self._arrival.setVisible(not self._is_brief)
        is_strip = self._theme.surface is Surface.STRIP
        self._priority.setVisible(hand.priority is not None and is_strip and not self._is_brief)
        if hand.priority is not None:
            self._priority.set_words(words.priority_chip(hand.priority, w))
            self._priority.set_icon(PRIORITY_ICONS[hand.priority], Tone.FAINT)

    def _show_waiting(self, desk: Desk, counter: int) -> None:
        w = self._w
        self._priority.hide()
        self._arrival.hide()
        match desk.status:
            case DeskStatus.CLOSED:
                self._sign.set_icon(Icon.DOOR)
                self._say(
                    w.t("Counter {number} is closed", number=counter), w.t("Open it to call the next number.")
                )
            case DeskStatus.ON_BREAK:
                self._sign.set_icon(Icon.COFFEE)
                reason = words.pause_reason(desk.pause, w) if desk.pause is not None else ""
                self._say(reason, w.t("Who waits is called by the other counters meanwhile."))
            case _ if desk.waiting:
                self._sign.set_icon(Icon.USERS)
                self._say(
                    w.tn("{n} person is waiting for you", "{n} people are waiting for you", desk.waiting),
                    self._longest(desk),
                )
            case _:
                self._sign.set_icon(Icon.USERS)
                self._say(w.t("Nobody is waiting for you"), w.t("The next number appears here by itself."))

    def _longest(self, desk: Desk) -> str:
        longest = max(desk.queues, key=lambda line: line.longest_minutes)
        return self._w.tn(
            "The longest for {n} minute, in queue {letter}.",
            "The longest for {n} minutes, in queue {letter}.",
            longest.longest_minutes,
            letter=longest.letter,
        )

    def _say(self, title: str, detail: str) -> None:
        self._title.set_words(title)
        self._detail.set_words(detail)
        self._detail.setVisible(bool(detail) and not self._files)
        self._detail.setToolTip(detail)

    def _show_files(self, files: tuple[AcceptedFile, ...]) -> None:
        if files == self._files:
            return
        self._files = files
        while (item := self._file_buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file in files[-2:]:
            self._file_buttons.addWidget(self._file_button(file), 0, Qt.AlignmentFlag.AlignLeft)

    def _file_button(self, file: AcceptedFile) -> FileButton:
        said = self._w.t("File accepted")
        if file.promised_at is not None:
            at = words.clock(file.promised_at, self._w)
            said = self._w.t("File accepted, ready by {time}", time=at)
        button = FileButton(self._theme, said)
        button.setObjectName(f"slip-{file.application}")
        button.clicked.connect(lambda: self._presenter.show_slip(file.application))
        return button
