"""Columns and rows of widgets without margins, so that a screen reads as it stands."""

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

STRETCH = None
"""In a column or row: takes the room that is left."""

Item = QWidget | QLayout | int | None
"""A widget, a layout within, a gap in pixels, or STRETCH."""


def column(gap: int, *items: Item) -> QVBoxLayout:
    """Items from top to bottom, `gap` pixels between them."""
    made = QVBoxLayout()
    _fill(made, gap, items)
    return made


def row(gap: int, *items: Item) -> QHBoxLayout:
    """Items from left to right, `gap` pixels between them."""
    made = QHBoxLayout()
    _fill(made, gap, items)
    return made


def _fill(box: QBoxLayout, gap: int, items: tuple[Item, ...]) -> None:
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(gap)
    for item in items:
        match item:
            case None:
                box.addStretch(1)
            case int():
                box.addSpacing(item)
            case QWidget():
                box.addWidget(item)
            case _:
                box.addLayout(item)
