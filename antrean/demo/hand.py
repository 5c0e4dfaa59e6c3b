"""The hand on the glass: plays real touch and key events on a program's real window, as a script asks.

Orders come as lines of JSON on standard input, each is answered by one line on standard output. A widget is named
by its object name; an order waits until the widget can be touched, or its time is over.
"""

import json
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QKeyCombination, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

LOOK_EVERY_MS = 20
PATIENCE_SECONDS = 15.0


class Hand(QObject):
    """Plays the orders of one script on `window`; `left` is emitted when the script's end is closed."""

    left = Signal()
    _ordered = Signal(object)

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._device: QPointingDevice = QTest.createTouchDevice()
        self._orders: list[dict[str, Any]] = []
        self._began = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self._try)
        self._ordered.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self._reader = threading.Thread(target=self._read, name="hand", daemon=True)

    def start(self) -> None:
        """Begin to take orders."""
        self._reader.start()

    def _read(self) -> None:
        for line in sys.stdin:
            self._ordered.emit(json.loads(line))
        self._ordered.emit(None)

    def _take(self, order: dict[str, Any] | None) -> None:
        if order is None:
            self.left.emit()
            return
        self._orders.append(order)
        if len(self._orders) == 1:
            self._begin()

    def _begin(self) -> None:
        self._began = time.monotonic()
        self._timer.start()
        self._try()

    def _try(self) -> None:
        self._timer.stop()  # a touch lets Qt's events happen, and this must not happen among them
        order = self._orders[0]
        done = self._carry_out(order)
        if done is None:
            if time.monotonic() - self._began < PATIENCE_SECONDS:
                self._timer.start()
                return
            done = {"ok": False, "seen": sorted(self._names())}
        self._orders.pop(0)
        sys.stdout.write(json.dumps(done) + "\n")
        sys.stdout.flush()
        if self._orders:
            self._begin()

    def _carry_out(self, order: dict[str, Any]) -> dict[str, Any] | None:
        """The answer, or None when it can't be done yet."""
        match order["do"]:
            case "touch":
                return self._on(self._touchable(order["name"]), self._touch)
            case "ready":
                return self._on(self._touchable(order["name"]), lambda _: None)
            case "see":
                return self._on(self._visible(order["name"]), lambda _: None)
            case "key":
                self._press(order["keys"])
            case "type":
                self._type(order["text"])
            case "picture":
                self._picture(Path(order["path"]))
            case other:
                return {"ok": False, "unknown": other}
        return {"ok": True}

    def _on(self, widget: QWidget | None, act: Callable[[QWidget], None]) -> dict[str, Any] | None:
        if widget is None:
            return None
        act(widget)
        return {"ok": True}

    def _visible(self, name: str) -> QWidget | None:
        found = (widget for top in self._tops() for widget in top.findChildren(QWidget, name))
        return next((widget for widget in found if widget.isVisible()), None)

    def _touchable(self, name: str) -> QWidget | None:
        """The widget, once nothing lies over it: a sheet, or the kiosk's shield against double touches."""
        widget = self._visible(name)
        if widget is None or not widget.isEnabled():
            return None
        # Laid out only between press and release, a button that is just there would be missed.
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        there = widget.window().childAt(widget.mapTo(widget.window(), widget.rect().center()))
        is_there = there is not None and (there is widget or widget.isAncestorOf(there))
        return widget if is_there else None

    def _tops(self) -> list[QWidget]:
        """The windows that take input now: an open dialog before the main window."""
        modal = QApplication.activeModalWidget()
        return [modal, self._window] if modal is not None else [self._window]

    def _names(self) -> set[str]:
        return {
            widget.objectName()
            for top in self._tops()
            for widget in top.findChildren(QWidget)
            if widget.objectName() and not widget.objectName().startswith("qt_") and widget.isVisible()
        }

    def _touch(self, widget: QWidget) -> None:
        top = widget.window()
        point = widget.mapTo(top, widget.rect().center())
        QTest.touchEvent(top, self._device).press(0, point, top).commit()
        QTest.touchEvent(top, self._device).release(0, point, top).commit()

    def _press(self, keys: str) -> None:
        combination: QKeyCombination = QKeySequence(keys)[0]  # type: ignore[index]
        QTest.keyClick(self._receiver(), combination.key(), combination.keyboardModifiers())

    def _type(self, text: str) -> None:
        receiver = self._receiver()
        for character in text:
            if character == "\n":
                QTest.keyClick(receiver, Qt.Key.Key_Return)
            else:
                QTest.keyClicks(receiver, character)

    def _receiver(self) -> QWidget:
        return QApplication.focusWidget() or self._tops()[0]

    def _picture(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not self._tops()[-1].grab().save(str(path)):
            raise OSError(f"the picture {path} could not be written")
