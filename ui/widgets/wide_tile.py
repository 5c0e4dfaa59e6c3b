"""A queue's tile across the whole width: its facts stand at the right, or under the name where it is narrow."""

from PySide6.QtCore import QPointF, QRectF

from ui.text import UNBOUNDED, Paragraph
from ui.theme import Type
from ui.widgets.tile import Setting, TileButton, TileFact


class WideTileButton(TileButton):
    """Says and does what every tile does, in one low row."""

    def height_for(self, _width: int) -> int:
        return self.theme.px(160)

    def _set(self) -> Setting:
        left = self._compact_left
        name = self._name(self.width() - left - self._padding)
        description = Paragraph(self._tile.description, self._body, max_lines=1)
        facts = self._column()
        facts_left = self.width() - self._padding - max((fact.right for fact in facts), default=0.0)
        if left + max(name.width, description.width) + 2 * self._gap > facts_left:
            return self._set_narrow(name, left)
        top = (self.height() - name.height - description.height) / 2
        return Setting(
            badge=self._badge(),
            name=name,
            name_at=QPointF(left, top),
            description=description,
            description_at=QPointF(left, top + name.height),
            facts=[
                TileFact(each.icon, each.icon_rect.translated(facts_left, 0), each.text) for each in facts
            ],
            is_cut=name.is_cut,
        )

    def _set_narrow(self, name: Paragraph, left: float) -> Setting:
        top = (self.height() - name.height - self._fact_height) / 2
        end = self.width() - self._padding / 2
        type = self._body
        facts = self._under(name, left, top, type)
        while facts and facts[-1].right > end and type.px > self._body.px * 0.7:
            type = type.at(type.px - 1)
            facts = self._under(name, left, top, type)
        return Setting(
            badge=self._badge(),
            name=name,
            name_at=QPointF(left, top),
            description=None,
            description_at=QPointF(),
            facts=facts,
            is_cut=name.is_cut or any(fact.right > end for fact in facts),
        )

    def _badge(self) -> QRectF:
        return QRectF(self._padding, (self.height() - self._side) / 2, self._side, self._side)

    def _column(self) -> list[TileFact]:
        """The facts one under the other, in the middle of the height, from the left edge."""
        facts = self._facts()
        top = (self.height() - len(facts) * self._fact_height) / 2
        return [
            self._fact(icon, words, self._body, 0, top + (index + 0.5) * self._fact_height, UNBOUNDED)
            for index, (icon, words) in enumerate(facts)
        ]

    def _under(self, name: Paragraph, left: float, top: float, type: Type) -> list[TileFact]:
        shift = left - self._padding
        return [
            TileFact(each.icon, each.icon_rect.translated(shift, 0), each.text)
            for each in self._in_a_line(type, top + name.height)
        ]
