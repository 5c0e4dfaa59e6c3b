"""Whether the strip that came out after a change of paper can be read; for whoever changed it, or stands there."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from hardware.paper_check import Paper
from kiosk import events
from kiosk.screens.boxes import STRETCH, column, row
from kiosk.screens.screen import Stage
from ui.text import Align, Paragraph
from ui.theme import Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.buttons import SecondaryButton
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.label import TextLabel

_STRIP_PX = {Surface.KIOSK: (220, 300), Surface.KIOSK_LANDSCAPE: (180, 240), Surface.KIOSK_SMALL: (116, 158)}
_STRIPE_SHARE = 0.16


class PaperQuestion(QWidget):
    """Hidden while all paper is trusted. In both languages: it is asked before anybody has chosen one."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        theme, w = stage.theme, stage.wording
        small = stage.is_small
        self._stage = stage
        self._printer = 0
        self._which = TextLabel(theme, " ", Role.BODY, Tone.FAINT)
        self._title = FittedLabel(theme, " ", Role.HEADING, 2)
        self._lead = FittedLabel(theme, " ", Role.BODY if small else Role.LEAD, 4)
        self._english = FittedLabel(theme, " ", Role.BODY, 4, Tone.FAINT)
        self._readable = SecondaryButton(theme, "")
        self._readable.setObjectName("strip-readable")
        self._readable.clicked.connect(lambda: stage.act(events.StripReadable(self._printer)))
        self._blank = SecondaryButton(theme, w.t("No, the paper is blank"))
        self._blank.setObjectName("strip-blank")
        self._blank.clicked.connect(lambda: stage.act(events.StripBlank(self._printer)))
        words = column(
            0,
            self._which,
            self._title,
            stage.gap(12),
            self._lead,
            stage.gap(16),
            self._english,
            STRETCH,
        )
        strip = row(theme.px(32), column(0, StripDrawing(theme, w.t("PAPER TEST")), STRETCH), words)
        strip.setStretch(1, 1)
        answers = row(theme.px(16), self._readable, self._blank)
        answers.setStretch(0, 1)
        answers.setStretch(1, 1)
        self.setLayout(column(0, strip, stage.gap(24), answers, STRETCH))
        self.hide()

    def show_papers(self, papers: Sequence[Paper]) -> None:
        """Ask about the first that is in question; which printer's is said where there is more than one."""
        open_ = [at for at, paper in enumerate(papers) if paper in (Paper.ASKED, Paper.WHITE)]
        self.setVisible(bool(open_))
        if not open_:
            return
        w = self._stage.wording
        self._printer = open_[0]
        self._which.set_words(w.t("Printer {n}", n=w.number(self._printer + 1)))
        self._which.setVisible(len(papers) > 1)
        is_white = papers[self._printer] is Paper.WHITE
        self._blank.setVisible(not is_white)
        if is_white:
            self._title.set_words(w.t("The roll lies upside down"))
            self._lead.set_words(
                w.t(
                    "Please open the printer's cover, turn the roll over and close it. Then a test comes out."
                )
            )
            self._english.set_words("The roll is upside down: please open the cover, turn it over, close it.")
            self._readable.set_words(w.t("It can be read after all"))
        else:
            self._title.set_words(w.t("Can you read this?"))
            self._lead.set_words(w.t("The paper may have been changed; a test came out of the printer."))
            self._english.set_words("Can you read the test that came out? Left: yes. Right: no, it is blank.")
            self._readable.set_words(w.t("Yes, I can read it"))


class StripDrawing(QWidget):
    """What came out, if the paper is right."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__()
        self._theme, self._words = theme, words
        width, height = _STRIP_PX[theme.surface]
        self.setFixedSize(theme.px(width), theme.px(height))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme, palette = self._theme, self._theme.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = theme.line(2)
        sheet = QRectF(self.rect()).adjusted(line, line, -line, -line)
        painter.setPen(QPen(QColor(palette.control), line))
        painter.setBrush(QColor(palette.card))
        painter.drawRect(sheet)
        inset, stripe = sheet.width() * 0.1, sheet.height() * _STRIPE_SHARE
        left, wide = sheet.left() + inset, sheet.width() - 2 * inset
        for top in (sheet.top() + inset, sheet.bottom() - inset - stripe):
            self._stripes(painter, QRectF(left, top, wide, stripe))
        words = self._paragraph(wide)
        words.draw(
            painter, sheet.center().x(), sheet.center().y() - words.height / 2, palette.ink, Align.CENTRE
        )
        painter.end()

    def _paragraph(self, wide: float) -> Paragraph:
        return Paragraph(self._words, Type(round(wide * 0.26), Weight.BOLD, line_em=1.15), wide)

    def _stripes(self, painter: QPainter, area: QRectF) -> None:
        painter.save()
        painter.setClipRect(area)
        painter.setPen(QPen(QColor(self._theme.palette.ink), area.height() * 0.28))
        at = area.left() - area.height()
        while at < area.right() + area.height():
            painter.drawLine(
                QRectF(at, area.top(), 0, 0).topLeft(),
                QRectF(at + area.height(), area.bottom(), 0, 0).topLeft(),
            )
            at += area.height() * 0.7
        painter.restore()
