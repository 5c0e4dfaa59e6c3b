"""A queue's tile: badge, name, what it is for, how many wait and for how long."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import UNBOUNDED, Paragraph, balanced, fitted
from ui.theme import Ground, Role, Theme, Type
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State

_FACT_GAP = 0.35
"""Between icon and words, of the icon's width."""

_LEAST_WIDTH_PX = 320


@dataclass(frozen=True)
class Tile:
    """What a tile shows, in the program's language. An empty `wait` or `waiting` leaves its fact out."""

    letter: str
    name: str
    description: str
    waiting: str  # "6", or "6 people"
    wait: str  # "15–25 min"


@dataclass(frozen=True)
class TileFact:
    """An icon and its words in their place."""

    icon: Icon
    icon_rect: QRectF
    text: Paragraph

    @property
    def right(self) -> float:
        return self.icon_rect.right() + self.icon_rect.width() * _FACT_GAP + self.text.width


@dataclass(frozen=True)
class Setting:
    """Where everything is at one size."""

    badge: QRectF
    name: Paragraph
    name_at: QPointF
    description: Paragraph | None
    description_at: QPointF
    facts: list[TileFact]
    is_cut: bool


class TileButton(Pressable):
    """Full where there is height for it, otherwise compact: badge beside name and facts, no description."""

    def __init__(self, theme: Theme, tile: Tile, parent: QWidget | None = None) -> None:
        self._tile = tile
        super().__init__(theme, tile.name, parent)
        self.set_tile(tile)

    def set_tile(self, tile: Tile) -> None:
        self._tile = tile
        self.setAccessibleDescription(", ".join(filter(None, (tile.description, tile.waiting, tile.wait))))
        self.set_words(tile.name)

    @property
    def radius(self) -> int:
        return self.theme.card_radius

    def box(self, state: State) -> Box:
        palette = self.theme.palette
        match state:
            case State.REST:
                return Box(palette.card, palette.ink, palette.control, self.theme.line(palette.control_px))
            case State.PRESSED:
                return Box(palette.pressed, palette.on_pressed, inner_line=palette.on_pressed)
            case State.CHOSEN:
                return Box(palette.chosen, palette.ink, palette.accent, self.theme.line(palette.chosen_px))
            case State.UNAVAILABLE:
                line = self.theme.line(max(3, palette.control_px))
                return Box(palette.quiet, palette.ink, palette.control, line, dashed=True)

    def height_for(self, width: int) -> int:
        text = self._description(width).height
        return round(2 * self._padding + self._side + 2.4 * self._gap + text + self._fact_height)

    def compact_height_for(self, width: int) -> int:
        """The least height at which the compact form is whole."""
        room = width - self._compact_left - self._padding / 2
        return round(self._name(room).height + self._compact_facts_height(room)) + self._padding

    def design_width(self) -> int:
        return self.theme.px(472)

    def minimumSizeHint(self) -> QSize:
        width = self.theme.px(_LEAST_WIDTH_PX)
        return QSize(width, self.compact_height_for(max(width, self.width())))

    @property
    def is_cut(self) -> bool:
        return self._set().is_cut

    def paint_words(self, painter: QPainter, box: Box) -> None:
        setting = self._set()
        ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
        colours = badge_colours(self.theme, self._tile.letter, ground)
        paint_badge(painter, setting.badge, self._tile.letter, colours)
        setting.name.draw(painter, setting.name_at.x(), setting.name_at.y(), box.ink)
        if setting.description is not None:
            faint = self.theme.palette.faint if self.state is State.REST else box.ink
            at = setting.description_at
            setting.description.draw(painter, at.x(), at.y(), faint)
        for fact in setting.facts:
            paint_icon(painter, fact.icon, fact.icon_rect, box.ink)
            y = fact.icon_rect.center().y() - fact.text.height / 2
            fact.text.draw(painter, fact.icon_rect.right() + fact.icon_rect.width() * _FACT_GAP, y, box.ink)

    # Setting

    def _set(self) -> Setting:
        return self._set_full() if self.height() >= self.height_for(self.width()) else self._set_compact()

    def _set_full(self) -> Setting:
        padding, side = self._padding, self._side
        left = padding + side + self._gap
        name = self._name(self.width() - left - padding, side * 1.1)
        top = self.height() - padding - self._fact_height
        type = self._body
        facts = self._in_a_line(type, top)
        while facts and facts[-1].right > self.width() - padding / 2 and type.px > self._body.px * 0.7:
            type = type.at(type.px - 1)
            facts = self._in_a_line(type, top)
        description = self._description(self.width())
        return Setting(
            badge=QRectF(padding, padding, side, side),
            name=name,
            name_at=QPointF(left, padding + (side - name.height) / 2),
            description=description,
            description_at=QPointF(padding, padding + side + self._gap),
            facts=facts,
            is_cut=name.is_cut
            or description.is_cut
            or any(fact.right > self.width() - padding / 2 for fact in facts),
        )

    def _set_compact(self) -> Setting:
        left = self._compact_left
        room = self.width() - left - self._padding / 2
        facts_height = self._compact_facts_height(room)
        name = self._name(room, self.height() - facts_height)
        y = (self.height() - name.height - facts_height) / 2
        facts: list[TileFact] = []
        each = facts_height / max(1, len(self._facts()))
        for index, (icon, words) in enumerate(self._facts()):
            middle = y + name.height + (index + 0.5) * each
            facts.append(self._fact(icon, words, self._body, left, middle, room, self._compact_lines))
        return Setting(
            badge=QRectF(self._padding, (self.height() - self._side) / 2, self._side, self._side),
            name=name,
            name_at=QPointF(left, y),
            description=None,
            description_at=QPointF(),
            facts=facts,
            is_cut=name.is_cut or y < 0 or any(fact.text.is_cut for fact in facts),
        )

    def _in_a_line(self, type: Type, top: float) -> list[TileFact]:
        facts: list[TileFact] = []
        x = float(self._padding)
        for icon, words in self._facts():
            facts.append(self._fact(icon, words, type, x, top + self._fact_height / 2, UNBOUNDED))
            x = facts[-1].right + type.px
        return facts

    def _compact_facts_height(self, room: float) -> float:
        """A reason may take two lines where it is narrow."""
        facts = [
            self._fact(icon, words, self._body, 0, 0, room, self._compact_lines)
            for icon, words in self._facts()
        ]
        return sum(max(self._fact_height, fact.text.height) for fact in facts)

    @property
    def _compact_lines(self) -> int:
        return 1 if self.reason is None else 2

    def _fact(
        self, icon: Icon, words: str, type: Type, x: float, middle: float, room: float, lines: int = 1
    ) -> TileFact:
        px = round(type.px * 1.1)
        text = fitted(words, type, room - px * (1 + _FACT_GAP), max_lines=lines)
        return TileFact(icon, QRectF(x, middle - px / 2, px, px), text)

    def _facts(self) -> list[tuple[Icon, str]]:
        if self.reason is not None:
            return [(Icon.LOCK, self.reason)]
        both = [(Icon.USERS, self._tile.waiting), (Icon.CLOCK, self._tile.wait)]
        return [(icon, words) for icon, words in both if words]

    def _name(self, width: float, height: float = UNBOUNDED) -> Paragraph:
        return fitted(self._tile.name, self.theme.type(Role.NAME).spaced(1.15), width, height, max_lines=2)

    def _description(self, width: int) -> Paragraph:
        return balanced(self._tile.description, self._body, width - 2 * self._padding)

    # Measures

    @property
    def _padding(self) -> int:
        return self.theme.px(32)

    @property
    def _gap(self) -> int:
        return self.theme.px(20)

    @property
    def _side(self) -> int:
        return self.theme.px(96)

    @property
    def _compact_left(self) -> int:
        return self._padding + self._side + self._gap

    @property
    def _body(self) -> Type:
        return self.theme.type(Role.BODY)

    @property
    def _fact_height(self) -> float:
        return self._body.px * 1.18
