"""A finger on a window: real touch events, played where a person would touch. One device for the whole session."""

from functools import cache

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


@cache
def finger() -> QPointingDevice:
    """A second device for the same screen would confuse Qt."""
    return QTest.createTouchDevice()


def touch_at(window: QWidget, place: QPoint) -> None:
    """Finger down and up at a place of the window, whatever is there."""
    QTest.touchEvent(window, finger()).press(0, place, window).commit()
    QTest.touchEvent(window, finger()).release(0, place, window).commit()


def middle_of(widget: QWidget) -> QPoint:
    """The widget's middle, in its window, once what was just put there has found its place.

    Between the press and the release of a touch Qt would lay it out, and the release would miss it.
    """
    QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
    return widget.mapTo(widget.window(), widget.rect().center())


def is_on_top(widget: QWidget) -> bool:
    """Whether a touch on the widget's middle would reach it, nothing lying over it."""
    top = widget.window().childAt(middle_of(widget))
    return top is not None and (top is widget or widget.isAncestorOf(top))
