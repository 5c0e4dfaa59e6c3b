"""The printer's slot and the paper that slides out of it while the real one is printed: a ticket, or a place's."""

from PySide6.QtCore import QEasingCurve, QPointF, QPropertyAnimation, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from kiosk.screens.boxes import Item, column
from ui.text import Align
from ui.theme import Ground, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.plate import NumberPlate

SLIDE_MS = 900
_BAR_PX = 36
_INSET_PX = 40
_TOOTH_PX = 36
_DIGITS_PX = {Surface.KIOSK: 260, Surface.KIOSK_LANDSCAPE: 220, Surface.KIOSK_SMALL: 144}


class Slot(QWidget):
    """The dark slot; under it the paper, once it is let out."""

    def __init__(self, theme: Theme, paper: "Paper") -> None:
        super().__init__()
        self._theme = theme
        self._opening = QWidget(self)
        self.paper = paper
        self.paper.setParent(self._opening)
        self.paper.hide()
        self._slide = QPropertyAnimation(self.paper, b"pos", self)
        self._slide.setDuration(SLIDE_MS)
        self._slide.setEasingCurve(QEasingCurve.Type.OutCubic)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def let_out(self) -> None:
        """The paper begins to slide; nothing waits for the end."""
        if not self.paper.isHidden():
            return
        self.setFixedHeight(self.sizeHint().height())
        self._slide.setStartValue(QPointF(0, -self.paper.height()).toPoint())
        self._slide.setEndValue(QPointF(0, 0).toPoint())
        self.paper.show()
        self._slide.start()

    def sizeHint(self) -> QSize:
        height = self.paper.sizeHint().height() + self._theme.px(_BAR_PX) // 2
        return QSize(self._theme.px(900), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(480), self.sizeHint().height())

    def resizeEvent(self, _event: QResizeEvent) -> None:
        inset, top = self._theme.px(_INSET_PX), self._theme.px(_BAR_PX) // 2
        self._opening.setGeometry(inset, top, self.width() - 2 * inset, self.height() - top)
        self.paper.resize(self._opening.size())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._theme.palette.night))
        height = self._theme.px(_BAR_PX)
        painter.drawRoundedRect(QRectF(0, 0, self.width(), height), height / 2, height / 2)
        painter.end()


class Paper(QWidget):
    """A piece of paper as drawn on the screen: what it says, over a torn edge."""

    def __init__(self, theme: Theme, *says: Item) -> None:
        super().__init__()
        self._theme = theme
        inside = column(0, *says)
        top, foot = (24, 32) if theme.surface is Surface.KIOSK_SMALL else (40, 52)
        inside.setContentsMargins(theme.px(40), theme.px(top), theme.px(40), theme.px(foot))
        self.setLayout(inside)

    def paintEvent(self, _event: QPaintEvent) -> None:
        palette = self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(palette.hairline), self._theme.line(2)))
        painter.setBrush(QColor(palette.card))
        painter.drawPolygon(self._outline())
        painter.fillRect(QRectF(0, 0, self.width(), self._theme.px(14)), QColor(palette.hairline))
        painter.end()

    def _outline(self) -> QPolygonF:
        half = self._theme.line(2) / 2
        left, right, bottom = half, self.width() - half, self.height() - half
        depth = self._theme.px(20)
        count = max(1, round((right - left) / self._theme.px(_TOOTH_PX)))
        tooth = (right - left) / count
        points = [QPointF(left, 0), QPointF(right, 0), QPointF(right, bottom - depth)]
        for index in range(count, 0, -1):
            points.append(QPointF(left + (index - 0.5) * tooth, bottom))
            points.append(QPointF(left + (index - 1) * tooth, bottom - depth))
        return QPolygonF(points)


class PaperTicket(Paper):
    """The number, its queue and service."""

    def __init__(self, theme: Theme, title: str) -> None:
        small = theme.surface is Surface.KIOSK_SMALL
        self._plate = NumberPlate(theme, _DIGITS_PX[theme.surface], ground=Ground.CARD, align=Align.CENTRE)
        self._queue = OneLineLabel(theme, "", Role.NAME, align=Align.CENTRE)
        self._service = OneLineLabel(theme, "", Role.LEAD, Tone.FAINT, Align.CENTRE)
        super().__init__(
            theme,
            TextLabel(theme, title, Role.LEAD, Tone.FAINT, Align.CENTRE),
            theme.px(12 if small else 24),
            self._plate,
            theme.px(16 if small else 28),
            self._queue,
            theme.px(4),
            self._service,
        )

    def set_ticket(self, letter: str, digits: str, queue: str, service: str) -> None:
        self._plate.set_number(letter, digits)
        self._queue.set_words(queue)
        self._service.set_words(service)
        self._service.setVisible(bool(service))


class PaperAppointment(Paper):
    """The day and the time to come at, and for what."""

    def __init__(self, theme: Theme, title: str) -> None:
        small = theme.surface is Surface.KIOSK_SMALL
        self._day = OneLineLabel(theme, "", Role.HEADING, align=Align.CENTRE)
        self._clock = OneLineLabel(theme, "", clock_type(theme), align=Align.CENTRE)
        self._service = OneLineLabel(theme, "", Role.LEAD if small else Role.NAME, align=Align.CENTRE)
        super().__init__(
            theme,
            TextLabel(theme, title, Role.LEAD, Tone.FAINT, Align.CENTRE),
            theme.px(12 if small else 24),
            self._day,
            theme.px(4 if small else 12),
            self._clock,
            theme.px(4 if small else 12),
            self._service,
        )

    def set_appointment(self, day: str, clock: str, service: str) -> None:
        self._day.set_words(day)
        self._clock.set_words(clock)
        self._service.set_words(service)


def clock_type(theme: Theme) -> Type:
    """The time to come at: the hero of its paper, as the number is of a ticket."""
    return Type(round(theme.px(_DIGITS_PX[theme.surface]) * 0.75), Weight.BOLD, line_em=1.0)
