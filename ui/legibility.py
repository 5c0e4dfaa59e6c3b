"""Finds the words on a screen that can't be read whole. For tests and for the demo's look at its own screens."""

from typing import Protocol, runtime_checkable

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget


@runtime_checkable
class Legible(Protocol):
    """A widget that knows whether its words fit it."""

    @property
    def is_cut(self) -> bool: ...


def cut_words(screen: QWidget) -> list[str]:
    """What is cut, wider than its room, or partly outside the screen or its parent; empty where all is well."""
    return [
        widget.accessibleName() or type(widget).__name__
        for widget in screen.findChildren(QWidget)
        if isinstance(widget, Legible)
        and widget.isVisibleTo(screen)
        and widget.accessibleName()
        and (widget.is_cut or not _is_inside(widget, screen))
    ]


def _is_inside(widget: QWidget, screen: QWidget) -> bool:
    place = widget.rect().translated(widget.mapTo(screen, QPoint(0, 0)))
    parent = widget.parentWidget()
    return screen.rect().contains(place) and (parent is None or parent.rect().contains(widget.geometry()))
