"""The icons: Lucide (ISC, see LUCIDE-LICENSE.txt) and three pictograms of our own, in any colour and size.

An icon never stands alone: a word goes with it (LOOK).
"""

from enum import Enum
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from ui.theme import Hex

_FOLDER: Final = Path(__file__).parent


class Icon(Enum):
    """Each icon's value is its file's name."""

    ACCESSIBILITY = "accessibility"
    ALERT = "triangle-alert"
    ARROW_DOWN = "arrow-down"
    ARROW_LEFT = "arrow-left"
    ARROW_RIGHT = "arrow-right"
    BACKSPACE = "delete"
    BELL = "bell"
    BELL_RING = "bell-ring"
    BOX = "inbox"
    CALENDAR_CHECK = "calendar-check"
    CALENDAR_CLOCK = "calendar-clock"
    CAMERA = "camera"
    CHECK = "check"
    CHEVRON_DOWN = "chevron-down"
    CHEVRON_LEFT = "chevron-left"
    CHEVRON_RIGHT = "chevron-right"
    CHEVRON_UP = "chevron-up"
    CHEVRONS_RIGHT = "chevrons-right"
    CIRCLE_ALERT = "circle-alert"
    CIRCLE_CHECK = "circle-check"
    CLOCK = "clock"
    CLOCK_ALERT = "clock-alert"
    COFFEE = "coffee"
    CONTRAST = "contrast"
    CROSS = "x"
    DEVICES = "monitor-smartphone"
    DOOR = "door-open"
    ELLIPSIS = "ellipsis"
    EYE = "eye"
    FILE_CROSS = "file-x"
    FILE_PLUS = "file-plus"
    FILE_TEXT = "file-text"
    FLIP = "flip-vertical-2"
    GAUGE = "gauge"
    HAND = "hand"
    HEADPHONES = "headphones"
    HELP = "circle-help"
    HOUSE = "house"
    INFO = "info"
    KEY = "key-round"
    LANGUAGES = "languages"
    LETTERS = "a-large-small"
    LOCK = "lock"
    LOG_IN = "log-in"
    LOG_OUT = "log-out"
    LOWER = "arrow-down-to-line"
    MAXIMIZE = "maximize-2"
    MEGAPHONE = "megaphone"
    MINIMIZE = "minimize-2"
    MINUS = "minus"
    PACKAGE = "package"
    PACKAGE_CHECK = "package-check"
    PAUSE = "pause"
    PENCIL = "pencil"
    PIN = "pin"
    PLUG = "plug"
    PLUS = "plus"
    POWER = "power"
    PRINTER = "printer"
    PRIORITY_CHILD = "priority-child"
    PRIORITY_ELDER = "priority-elder"
    PRIORITY_PREGNANT = "priority-pregnant"
    RAISE = "arrow-up-to-line"
    REFRESH = "refresh-cw"
    RESTART = "rotate-ccw"
    SCAN = "scan-qr-code"
    SCISSORS = "scissors"
    SCROLL = "scroll"
    SEARCH = "search"
    SILENCE = "message-circle-off"
    SPACE = "space"
    THERMOMETER = "thermometer"
    TRANSFER = "arrow-left-right"
    TRASH = "trash-2"
    TV = "tv"
    UNDO = "undo-2"
    UNPLUG = "unplug"
    USER = "user"
    USER_CHECK = "user-check"
    USER_CROSS = "user-x"
    USER_PLUS = "user-plus"
    USERS = "users"
    VOLUME = "volume-2"
    WRENCH = "wrench"
    ZOOM_IN = "zoom-in"
    ZOOM_OUT = "zoom-out"


def paint_icon(painter: QPainter, icon: Icon, rect: QRectF, colour: Hex) -> None:
    """Draws the icon square in the middle of the rectangle."""
    px = round(min(rect.width(), rect.height()))
    if px < 1:
        return
    device = painter.device()
    picture = pixmap(icon, px, colour, device.devicePixelRatio())
    corner = rect.center() - QPointF(px / 2, px / 2)
    painter.drawPixmap(QPointF(round(corner.x()), round(corner.y())), picture)


@lru_cache(maxsize=512)
def pixmap(icon: Icon, px: int, colour: Hex, pixel_ratio: float = 1.0) -> QPixmap:
    """The icon as a picture of px × px device-independent pixels."""
    picture = QPixmap(round(px * pixel_ratio), round(px * pixel_ratio))
    picture.setDevicePixelRatio(pixel_ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    _renderer(icon, colour).render(painter, QRectF(QPointF(0, 0), QSizeF(px, px)))
    painter.end()
    return picture


@cache
def _source(icon: Icon) -> str:
    return (_FOLDER / f"{icon.value}.svg").read_text(encoding="utf-8")


def _renderer(icon: Icon, colour: Hex) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(_source(icon).replace("currentColor", colour).encode()))
