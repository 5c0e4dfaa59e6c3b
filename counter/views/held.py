"""Services on hold: each a row that goes on with it."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from counter import words
from counter.desk import Act, Desk, HeldLine
from counter.presenter import Presenter
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph
from ui.theme import Ground, Role, Theme, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State
from wording import Wording


class HeldButton(Pressable):
    """Number, reason and until when at the left, what a press does at the right."""

    def __init__(self, theme: Theme, line: HeldLine, w: Wording) -> None:
        self.line = line
        until = words.held_until(line, w)
        self._reason = "\n".join(filter(None, (words.hold_reason(line.reason, w), until)))
        super().__init__(theme, w.t("Resume"))
        said = ", ".join(self._reason.split("\n"))
        self.setAccessibleName(f"{words.spoken(line.number)}, {said}, {w.t('Resume')}")

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        line = self.theme.line(palette.control_px)
        match state:
            case State.REST | State.CHOSEN:
                return Box(palette.card, palette.ink, palette.control, line)
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return Box(palette.page, palette.disabled, palette.hairline, line)

    def height_for(self, _width: int) -> int:
        return self.theme.px(48)

    def design_width(self) -> int:
        return self.theme.px(348)

    @property
    def is_cut(self) -> bool:
        return self._said(self._type(Weight.MEDIUM)).is_cut

    def paint_words(self, painter: QPainter, box: Box) -> None:
        theme, middle = self.theme, self.height() / 2
        edge, side = theme.px(12), theme.px(26)
        badge = QRectF(edge, middle - side / 2, side, side)
        ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
        letter = self.line.number.letter
        paint_badge(painter, badge, letter, badge_colours(theme, letter, ground))
        digits = Paragraph(self.line.number.digits, Type(theme.px(18), Weight.BOLD))
        digits.draw(painter, badge.right() + edge, middle - digits.height / 2, box.ink)
        said = self._said(self._type(Weight.MEDIUM))
        said.draw(painter, self._words_left, middle - said.height / 2, box.ink)
        word = Paragraph(self.words if isinstance(self.words, str) else "", self._type(Weight.BOLD))
        px = theme.px(18)
        right = self.width() - edge - px
        paint_icon(painter, Icon.CHEVRON_RIGHT, QRectF(right, middle - px / 2, px, px), box.ink)
        word.draw(painter, right - theme.px(4), middle - word.height / 2, box.ink, Align.RIGHT)

    def _said(self, type: Type) -> Paragraph:
        word = Paragraph(self.words, self._type(Weight.BOLD)).width
        room = self.width() - self._words_left - word - self.theme.px(12 + 18 + 4 + 12)
        return Paragraph(self._reason, type, room, 2)

    def _type(self, weight: Weight) -> Type:
        return Type(self.theme.type(Role.SMALL).px, weight)

    @property
    def _words_left(self) -> int:
        return self.theme.px(12 + 26 + 12 + 44 + 12)


class HeldRows(QWidget):
    """At most three, the oldest first; the others follow when these are done."""

    MOST = 3

    def __init__(self, theme: Theme, w: Wording, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._buttons: list[HeldButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.space(8))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_desk(self, desk: Desk) -> None:
        wanted = desk.held[: self.MOST]
        if tuple(button.line for button in self._buttons) != wanted:
            for button in self._buttons:
                self._column.removeWidget(button)
                button.hide()
                button.deleteLater()
            self._buttons = [self._button(line) for line in wanted]
        for button in self._buttons:
            button.setEnabled(Act.RESUME in desk.acts)

    def _button(self, line: HeldLine) -> HeldButton:
        button = HeldButton(self._theme, line, self._w)
        button.setObjectName(f"resume-{line.number.letter}{line.number.digits}")
        button.clicked.connect(lambda: self._presenter.resume(line.ticket))
        self._column.addWidget(button)
        return button
