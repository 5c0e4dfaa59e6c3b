"""The paper as it comes out: what has left the printer above, what hangs out of it at the foot, and the slot below."""

from collections.abc import Sequence

from PIL import Image
from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget

from ui.text import Align, Paragraph
from ui.theme import Role, Theme
from ui.widgets.scroll import Handle

SLOT_PX = 26
_MARGIN_PX, _GAP_PX = 14, 10
_ZOOM_STEP, _LEAST_ZOOM, _GREATEST_ZOOM = 1.25, 0.5, 3.0


class Strip(QWidget):
    """The pieces of paper one above the other, with a word under each, at one scale."""

    def __init__(self, theme: Theme, paper_dots: int) -> None:
        super().__init__()
        self._theme = theme
        self._paper_dots = paper_dots
        self._pieces: list[tuple[QImage, str]] = []
        self._live: QImage | None = None
        self._scale = 1.0

    def show_paper(self, pieces: Sequence[tuple[Image.Image, str]], live: Image.Image | None) -> None:
        self._pieces = [(_qimage(image), words) for image, words in pieces]
        self.show_live(live)

    def show_live(self, live: Image.Image | None) -> None:
        self._live = None if live is None else _qimage(live)
        self._measure()

    def set_scale(self, scale: float) -> None:
        """Pixels of the screen for each dot of the printer."""
        self._scale = scale
        self._measure()

    @property
    def live_height(self) -> int:
        """How many pixels of paper hang out of the printer."""
        return 0 if self._live is None else self._length(self._live)

    def sizeHint(self) -> QSize:
        theme, type_ = self._theme, self._theme.type(Role.LEAST)
        each = round(type_.px * 1.3) + theme.px(_GAP_PX) * 2
        height = sum(self._length(image) + each for image, _ in self._pieces)
        return QSize(self._width + 2 * theme.px(_MARGIN_PX), height + self.live_height + theme.px(_MARGIN_PX))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, self._scale < 1)
        type_, gap = self._theme.type(Role.LEAST), self._theme.px(_GAP_PX)
        y, left = self.height(), round((self.width() - self._width) / 2)
        if self._live is not None:
            y -= self._length(self._live)
            self._paint_paper(painter, self._live, left, y)
        for image, said in reversed(self._pieces):
            words = Paragraph(said, type_)
            y -= gap + round(words.height)
            words.draw(painter, self.width() / 2, y, self._theme.palette.faint, Align.CENTRE)
            y -= gap + self._length(image)
            self._paint_paper(painter, image, left, y)
            if y < event.rect().top():
                break
        painter.end()

    def _paint_paper(self, painter: QPainter, image: QImage, left: int, top: int) -> None:
        rect = QRectF(left, top, self._width, self._length(image))
        painter.fillRect(rect.adjusted(-1, -1, 1, 1), QColor(self._theme.palette.hairline))
        painter.drawImage(rect, image)

    @property
    def _width(self) -> int:
        return round(self._paper_dots * self._scale)

    def _length(self, image: QImage) -> int:
        return max(1, round(image.height() * self._scale))

    def _measure(self) -> None:
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()


class PaperView(QScrollArea):
    """Follows the paper as it comes out, unless somebody looks at older paper. Zoomed in, it can be dragged about."""

    def __init__(self, theme: Theme, paper_dots: int) -> None:
        super().__init__()
        self._theme = theme
        self._paper_dots = paper_dots
        self._zoom = 1.0
        self._grabbed: QPoint | None = None
        self._follows = True
        self.strip = Strip(theme, paper_dots)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.viewport().setAutoFillBackground(False)
        self.setWidget(self.strip)
        self.strip.setAutoFillBackground(False)
        self._handle = Handle(theme, self)
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        self.verticalScrollBar().valueChanged.connect(self._note_place)

    def zoom_in(self) -> None:
        self._set_zoom(self._zoom * _ZOOM_STEP)

    def zoom_out(self) -> None:
        self._set_zoom(self._zoom / _ZOOM_STEP)

    @property
    def zoom(self) -> float:
        """1 where the paper's width just fits."""
        return self._zoom

    def scroll_pages(self, pages: float) -> None:
        """Towards newer paper, or older where negative."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * bar.pageStep()))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._fit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._grabbed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grabbed is None:
            return
        now = event.position().toPoint()
        moved, self._grabbed = self._grabbed - now, now
        self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() + moved.x())
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + moved.y())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._grabbed = None

    def _set_zoom(self, zoom: float) -> None:
        self._zoom = min(max(zoom, _LEAST_ZOOM), _GREATEST_ZOOM)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().width() - 2 * self._theme.px(_MARGIN_PX)
        self.strip.set_scale(max(0.05, room / self._paper_dots) * self._zoom)

    def _follow(self, _least: int, most: int) -> None:
        if self._follows:
            self.verticalScrollBar().setValue(most)

    def _note_place(self, value: int) -> None:
        self._follows = value >= self.verticalScrollBar().maximum()


class Slot(QWidget):
    """The printer's mouth, below the paper."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setFixedHeight(theme.px(SLOT_PX))

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.palette.ink))
        painter.drawRoundedRect(QRectF(self.rect()), theme.px(8), theme.px(8))
        painter.setBrush(QColor(theme.palette.faint))
        inset = theme.px(10)
        painter.drawRoundedRect(QRectF(inset, 0, self.width() - 2 * inset, theme.px(5)), 2, 2)
        painter.end()


def _qimage(image: Image.Image) -> QImage:
    grey = image.convert("L")
    made = QImage(grey.tobytes(), grey.width, grey.height, grey.width, QImage.Format.Format_Grayscale8)
    return made.copy()  # Qt does not keep the bytes
