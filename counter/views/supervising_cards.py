"""The outlet at a glance: a row for each queue, a tile for each counter. Touched, each tells what can be done there."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from counter import office_words, words
from counter.supervising import CounterCard, Doing, QueueCard
from ui.icons import Icon, paint_icon
from ui.text import Align, Paragraph, fitted
from ui.theme import Ground, Hex, Role, Theme, Type, Weight
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State
from wording import Wording

DOING_ICONS = {
    Doing.NOBODY: Icon.MINUS,
    Doing.FREE: Icon.CIRCLE_CHECK,
    Doing.CALLED: Icon.BELL_RING,
    Doing.SERVING: Icon.USER_CHECK,
    Doing.ON_BREAK: Icon.COFFEE,
}


class _Tile(Pressable):
    """What both have: a bordered box, quiet where nothing goes on there."""

    is_quiet = False

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        line = self.theme.line(palette.control_px)
        match state:
            case State.REST | State.CHOSEN:
                return Box(
                    palette.page if self.is_quiet else palette.card, palette.ink, palette.control, line
                )
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.UNAVAILABLE:
                return Box(palette.page, palette.faint, palette.hairline, line)

    def design_width(self) -> int:
        return self.theme.px(200)

    @property
    def is_cut(self) -> bool:
        return False  # names end in an ellipsis here: the sheet shows them whole

    def faint(self, box: Box) -> Hex:
        """For second words."""
        return self.theme.palette.faint if box.ink == self.theme.palette.ink else box.ink

    def badge(self, painter: QPainter, rect: QRectF, letter: str) -> None:
        """A queue's letter, as the ground asks."""
        ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
        paint_badge(painter, rect, letter, badge_colours(self.theme, letter, ground))


class QueueRow(_Tile):
    """Its letter and name, how many wait and how long, and whether it is interrupted."""

    def __init__(self, theme: Theme, w: Wording, card: QueueCard) -> None:
        self.card = card
        self._w = w
        super().__init__(theme, words.said(card.queue.name, w))
        self.setObjectName(f"queue-card-{card.letter}")
        self.show_card(card)

    def show_card(self, card: QueueCard) -> None:
        self.card = card
        self.is_quiet = bool(office_words.queue_state(card, self._w))
        waiting = self._w.tn("{n} waiting", "{n} waiting", card.waiting)
        state = office_words.queue_state(card, self._w)
        name = f"{card.letter} {self.words}, {waiting}"
        self.setAccessibleName(f"{name}, {state}" if state else name)
        self.update()

    def height_for(self, _width: int) -> int:
        return self.theme.px(60)

    def paint_words(self, painter: QPainter, box: Box) -> None:
        theme, card, middle = self.theme, self.card, self.height() / 2
        side, edge = theme.px(32), theme.px(14)
        self.badge(painter, QRectF(edge, middle - side / 2, side, side), card.letter)
        count = Paragraph(self._w.number(card.waiting), Type(theme.px(24), Weight.BOLD))
        right = self.width() - edge
        minutes = self._wait()
        icon_room = theme.px(22) if card.late else 0
        minutes.draw(painter, right, middle - minutes.height / 2, self._wait_ink(box), Align.RIGHT)
        if card.late:
            px = theme.px(17)
            left = right - minutes.width - theme.px(5) - px
            paint_icon(painter, Icon.ALERT, QRectF(left, middle - px / 2, px, px), self._wait_ink(box))
        column = right - max(theme.px(76), minutes.width + icon_room) - theme.px(12)
        count.draw(painter, column, middle - count.height / 2, box.ink, Align.RIGHT)
        left = edge + side + theme.px(12)
        room = column - max(count.width, theme.px(30)) - theme.px(12) - left
        self._name(painter, box, left, room)

    def _name(self, painter: QPainter, box: Box, left: float, room: float) -> None:
        theme, middle = self.theme, self.height() / 2
        state = office_words.queue_state(self.card, self._w)
        name = Paragraph(str(self.words), Type(theme.type(Role.BODY).px, Weight.BOLD), room, 1)
        if not state:
            name.draw(painter, left, middle - name.height / 2, box.ink)
            return
        said = Paragraph(state, theme.type(Role.SMALL), room - theme.px(22), 1)
        top = middle - (name.height + said.height) / 2
        name.draw(painter, left, top, box.ink)
        px, below = theme.px(16), top + name.height
        sign = Icon.PAUSE if self.card.paused is not None else Icon.LOCK
        paint_icon(painter, sign, QRectF(left, below + (said.height - px) / 2, px, px), self.faint(box))
        said.draw(painter, left + theme.px(22), below, self.faint(box))

    def _wait(self) -> Paragraph:
        said = words.minutes(self.card.longest_minutes, self._w) if self.card.waiting else "–"
        weight = Weight.BOLD if self.card.late else Weight.MEDIUM
        return Paragraph(said, Type(self.theme.type(Role.SMALL).px, weight))

    def _wait_ink(self, box: Box) -> Hex:
        if self.card.late and self.state is not State.PRESSED:
            return self.theme.palette.danger
        return self.faint(box)


class CounterTile(_Tile):
    """Its number, who sits there, and what goes on."""

    def __init__(self, theme: Theme, w: Wording, card: CounterCard, name: str) -> None:
        self.card = card
        self._w = w
        self._name = name
        super().__init__(theme, w.t("Counter {number}", number=card.counter))
        self.setObjectName(f"counter-card-{card.counter}")
        self.show_card(card, name)

    def show_card(self, card: CounterCard, name: str) -> None:
        self.card, self._name = card, name
        self.is_quiet = card.doing in (Doing.NOBODY, Doing.ON_BREAK)
        self.setEnabled(card.clerk is not None)
        number = words.spoken(card.in_hand.number) if card.in_hand is not None else ""
        said = (str(self.words), name, office_words.doing(card.doing, self._w), number)
        self.setAccessibleName(", ".join(each for each in said if each))
        self.update()

    @property
    def radius(self) -> int:
        return self.theme.card_radius

    def height_for(self, _width: int) -> int:
        return self.theme.px(132)

    def paint_words(self, painter: QPainter, box: Box) -> None:
        theme, w, card = self.theme, self._w, self.card
        edge, top = theme.px(18), theme.px(14)
        room = self.width() - 2 * edge
        title = Paragraph(str(self.words), Type(theme.type(Role.BODY).px, Weight.BOLD))
        title.draw(painter, edge, top, box.ink)
        doing = Paragraph(office_words.doing(card.doing, w), theme.type(Role.SMALL))
        doing.draw(painter, self.width() - edge, top + theme.px(1), self.faint(box), Align.RIGHT)
        name = Paragraph(self._name, theme.type(Role.SMALL), room, 1)
        name.draw(painter, edge, top + title.height, self.faint(box))
        middle = self.height() - theme.px(38)
        if card.in_hand is not None:
            self._paint_number(painter, box, edge, middle)
        else:
            self._paint_state(painter, box, edge, middle)
        if card.clerk is not None:
            lasting = Paragraph(self._lasting(), Type(theme.type(Role.BODY).px, Weight.MEDIUM))
            lasting.draw(painter, self.width() - edge, middle - lasting.height / 2, box.ink, Align.RIGHT)

    def _paint_number(self, painter: QPainter, box: Box, left: float, middle: float) -> None:
        assert self.card.in_hand is not None
        number, side = self.card.in_hand.number, self.theme.px(36)
        self.badge(painter, QRectF(left, middle - side / 2, side, side), number.letter)
        x = left + side + self.theme.px(10)
        room = self.width() - x - self.theme.px(90)
        digits = fitted(number.digits, Type(self.theme.px(30), Weight.BOLD), room, max_lines=1)
        digits.draw(painter, x, middle - digits.height / 2, box.ink)

    def _paint_state(self, painter: QPainter, box: Box, left: float, middle: float) -> None:
        theme, card = self.theme, self.card
        px = theme.px(22)
        paint_icon(painter, DOING_ICONS[card.doing], QRectF(left, middle - px / 2, px, px), self.faint(box))
        if card.clerk is None:
            said = self._w.t("No clerk")
        elif card.pause is not None:
            said = words.pause_reason(card.pause, self._w)
        else:
            said = self._w.tp("counter", "Ready")
        text = Paragraph(said, theme.type(Role.BODY), self.width() - left - px - theme.px(100), 1)
        text.draw(painter, left + px + theme.px(10), middle - text.height / 2, self.faint(box))

    def _lasting(self) -> str:
        """A call and a service by the second, what lasts longer by the minute."""
        if self.card.in_hand is not None:
            return self._w.duration(self.card.for_seconds)
        return office_words.lasting(self.card.for_seconds // 60, self._w)
