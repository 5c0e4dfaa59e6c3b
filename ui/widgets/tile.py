"""A queue's tile: badge, name, what it is for, how many wait and for how long."""

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ui.icons import Icon, paint_icon
from ui.text import UNBOUNDED, Paragraph, fitted
from ui.theme import Ground, Hex, Role, Theme, Type
from ui.widgets.badge import badge_colours, paint_badge
from ui.widgets.box import Box
from ui.widgets.pressable import Pressable, State


@dataclass(frozen=True)
class Tile:
    """What a tile shows, in the program's language. An empty `wait` or `waiting` leaves its fact out."""

    letter: str
    name: str
    description: str
    waiting: str  # "6", or "6 people"
    wait: str  # "15–25 min"


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
        return self._full_height(width)

    def compact_height_for(self, width: int) -> int:
        """The least height at which the compact form is whole."""
        name = self._name(width - self._side - 2 * self._padding - self._gap, UNBOUNDED)
        return round(name.height + len(self._facts()) * self._fact_line) + self._padding

    def design_width(self) -> int:
        return self.theme.px(472)

    def paint_words(self, painter: QPainter, box: Box) -> None:
        if self.height() >= self._full_height(self.width()):
            self._paint_full(painter, box)
        else:
            self._paint_compact(painter, box)

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
    def _body(self) -> Type:
        return self.theme.type(Role.BODY)

    @property
    def _fact_line(self) -> float:
        return self._body.px * 1.16

    def _name(self, width: float, height: float) -> Paragraph:
        return fitted(self._tile.name, self.theme.type(Role.NAME).spaced(1.15), width, height, max_lines=2)

    def _description(self, width: int) -> Paragraph:
        return Paragraph(self._tile.description, self._body, width - 2 * self._padding)

    def _full_height(self, width: int) -> int:
        return round(
            self._padding * 2
            + self._side
            + self._gap
            + self._description(width).height
            + self._gap * 1.4
            + self._fact_line
        )

    # Painting

    def _facts(self) -> list[tuple[Icon, str]]:
        if self.reason is not None:
            return [(Icon.LOCK, self.reason)]
        both = [(Icon.USERS, self._tile.waiting), (Icon.CLOCK, self._tile.wait)]
        return [(icon, words) for icon, words in both if words]

    def _paint_full(self, painter: QPainter, box: Box) -> None:
        width, padding, side = self.width(), self._padding, self._side
        self._paint_badge(painter, QRectF(padding, padding, side, side))
        left = padding + side + self._gap
        name = self._name(width - left - padding, side * 1.1)
        name.draw(painter, left, padding + (side - name.height) / 2, box.ink)
        description = self._description(width)
        description.draw(painter, padding, padding + side + self._gap, self._faint(box))
        x = float(padding)
        foot = self.height() - padding - self._fact_line
        for icon, words in self._facts():
            x = self._paint_fact(painter, icon, words, x, foot, box.ink) + self._body.px

    def _paint_compact(self, painter: QPainter, box: Box) -> None:
        width, padding, side = self.width(), self._padding, self._side
        self._paint_badge(painter, QRectF(padding, (self.height() - side) / 2, side, side))
        left = padding + side + self._gap
        facts = self._facts()
        line = self._fact_line
        room = self.height() - len(facts) * line
        name = self._name(width - left - padding * 0.5, room)
        y = (self.height() - name.height - len(facts) * line) / 2
        name.draw(painter, left, y, box.ink)
        y += name.height
        for icon, words in facts:
            self._paint_fact(painter, icon, words, left, y, box.ink)
            y += line

    def _paint_badge(self, painter: QPainter, rect: QRectF) -> None:
        ground = Ground.PANEL if self.state is State.PRESSED else Ground.CARD
        paint_badge(painter, rect, self._tile.letter, badge_colours(self.theme, self._tile.letter, ground))

    def _paint_fact(self, painter: QPainter, icon: Icon, words: str, x: float, y: float, ink: Hex) -> float:
        """Returns where it ends."""
        px = round(self._body.px * 1.1)
        text = Paragraph(words, self._body, self.width() - x - px * 1.4 - self._padding / 2, 1)
        paint_icon(painter, icon, QRectF(x, y + (self._fact_line - px) / 2, px, px), ink)
        text.draw(painter, x + px * 1.35, y + (self._fact_line - text.height) / 2, ink)
        return x + px * 1.35 + text.width

    def _faint(self, box: Box) -> Hex:
        return self.theme.palette.faint if self.state is State.REST else box.ink
