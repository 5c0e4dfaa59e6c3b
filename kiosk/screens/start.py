"""The first page: the time, one button, English below it, who waits, and the way in for who has an appointment.

While new paper is to be read, the question about it stands where otherwise is told who waits.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from broker.domain.values import Language
from kiosk import events
from kiosk.offer import QueueOffer, outlet_today, queues_on_offer
from kiosk.presenter import Sight
from kiosk.screens.boxes import STRETCH, Item, column, row
from kiosk.screens.paper_question import PaperQuestion
from kiosk.screens.screen import Stage
from kiosk.words import hours, said
from ui.icons import Icon
from ui.text import Align
from ui.theme import Ground, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.badge import Badge
from ui.widgets.buttons import KremButton, OutlineKremButton, PlainButton
from ui.widgets.card import Field, Rule
from ui.widgets.edge import Edge
from ui.widgets.fact import Fact
from ui.widgets.fitted_label import FittedLabel
from ui.widgets.footer import FooterBar
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.wordmark import Wordmark


class StartScreen(QWidget):
    """Always in Indonesian, but for the button that begins in English."""

    def __init__(self, stage: Stage, sight: Sight) -> None:
        super().__init__()
        self._stage = stage
        theme, w = stage.theme, stage.wording
        self._clock = TextLabel(theme, "", _clock_type(theme), Tone.ON_PANEL)
        self._date = TextLabel(theme, "", Role.LEAD, Tone.ON_PANEL, Align.RIGHT)
        self._outlet = OneLineLabel(theme, "", _lead(theme), Tone.ON_PANEL)
        self._hours = FittedLabel(theme, "", _lead(theme), 2, Tone.ON_PANEL)
        self._begin = KremButton(theme, w.t("Take a queue number"), Icon.ARROW_RIGHT)
        self._begin.setObjectName("begin")
        self._begin.clicked.connect(lambda: stage.act(events.Begun(Language.INDONESIAN)))
        self._begin_in_english = OutlineKremButton(theme, "Get a queue number in English", Icon.LANGUAGES)
        self._begin_in_english.setObjectName("begin-english")
        self._begin_in_english.clicked.connect(lambda: stage.act(events.Begun(Language.ENGLISH)))
        self._lines = [
            QueueLine(theme, offer, said(offer.queue.name, w))
            for offer in queues_on_offer(sight.state, sight.now)
        ]
        self._waiting = QWidget()
        self._paper = PaperQuestion(stage)
        self._appointment = PlainButton(theme, w.t("I have an appointment"), Icon.CALENDAR_CHECK)
        self._appointment.setObjectName("appointment")
        self._appointment.clicked.connect(lambda: stage.act(events.AppointmentClaimed()))
        self._footer = FooterBar(theme)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addLayout(self._beside() if theme.surface.is_landscape else self._below(), 1)
        page.addWidget(self._footer)

    def refresh(self, sight: Sight) -> None:
        w = self._stage.wording
        now = w.local(sight.now)
        self._clock.set_words(w.clock(now))
        self._date.set_words(w.weekday_date(now))
        self._outlet.set_words(sight.state.rules.name if sight.state.rules else "")
        self._hours.set_words(hours(outlet_today(sight.state, sight.now), sight.now, w))
        for line, offer in zip(self._lines, queues_on_offer(sight.state, sight.now), strict=True):
            line.set_waiting(w.number(offer.waiting))
        self._paper.show_papers(sight.papers)
        self._waiting.setVisible(self._paper.isHidden())
        if sight.state.appointments:
            self._footer.set_wide(self._appointment)
        elif sight.can_print:
            self._footer.set_hint(Icon.INFO, w.t("Need help? Please ask the staff."))
        else:
            self._footer.set_hint(
                Icon.PRINTER, w.t("Tickets can't be printed now. Your number will be shown on the screen.")
            )

    def _below(self) -> QLayout:
        """Portrait: who waits stands under the panel."""
        theme = self._stage.theme
        panel = Field(theme, Ground.PANEL)
        head = row(theme.px(24), Wordmark(theme, 42, Tone.ON_PANEL), STRETCH, self._date)
        inside = column(
            0,
            head,
            theme.px(72),
            self._clock,
            theme.px(44),
            self._title(),
            self._outlet,
            theme.px(4),
            self._hours,
            theme.px(48),
            self._begin,
            theme.px(28),
            self._begin_in_english,
        )
        inside.setContentsMargins(theme.margin, theme.px(56), theme.margin, theme.px(56))
        panel.setLayout(inside)
        self._waiting.setLayout(column(0, self._waiting_title(), theme.px(16), *self._ruled_lines(), STRETCH))
        below = column(0, self._waiting, self._paper)
        below.setContentsMargins(theme.margin, theme.px(36), theme.margin, theme.px(24))
        return column(0, panel, Edge(theme, theme.palette.panel), below, STRETCH)

    def _beside(self) -> QHBoxLayout:
        """Landscape: who waits stands beside the panel."""
        theme = self._stage.theme
        small = theme.surface is Surface.KIOSK_SMALL
        if small:
            self._begin.setFixedHeight(theme.px(156))
        panel = Field(theme, Ground.PANEL)
        head = row(theme.px(24), Wordmark(theme, 42, Tone.ON_PANEL), STRETCH)
        head.addWidget(self._clock if small else self._date)
        time: list[Item] = [] if small else [self._clock, theme.px(24)]
        inside = column(
            0,
            head,
            STRETCH,
            *time,
            self._title(),
            self._outlet,
            theme.px(4),
            self._hours,
            STRETCH,
            self._begin,
            theme.px(16 if small else 24),
            self._begin_in_english,
        )
        top = theme.px(28 if small else 44)
        inside.setContentsMargins(theme.margin, top, theme.margin, theme.px(16 if small else 24))
        panel.setLayout(inside)
        self._waiting.setLayout(column(0, self._waiting_title(), theme.px(8), *self._ruled_lines(), STRETCH))
        beside = column(0, self._waiting, self._paper)
        beside.setContentsMargins(theme.margin, top + theme.px(8), theme.margin, theme.px(16))
        both = QHBoxLayout()
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        both.addLayout(column(0, panel, Edge(theme, theme.palette.panel)), 10 if small else 11)
        both.addLayout(beside, 10 if small else 9)
        return both

    def _title(self) -> TextLabel:
        theme = self._stage.theme
        title = theme.type(Role.TITLE)
        larger = 1.0 if theme.surface is Surface.KIOSK_SMALL else 1.18
        return TextLabel(
            theme, self._stage.wording.t("Welcome"), title.at(round(title.px * larger)), Tone.ON_PANEL
        )

    def _waiting_title(self) -> TextLabel:
        return TextLabel(self._stage.theme, self._stage.wording.t("Waiting now"), Role.LEAD, Tone.FAINT)

    def _ruled_lines(self) -> list[QWidget]:
        ruled: list[QWidget] = []
        for line in self._lines:
            if ruled:
                ruled.append(Rule(self._stage.theme))
            ruled.append(line)
        return ruled


class QueueLine(QWidget):
    """A queue's badge and name, and how many wait."""

    def __init__(self, theme: Theme, offer: QueueOffer, name: str) -> None:
        super().__init__()
        self._theme = theme
        figure = Type(theme.type(Role.NAME).px, Weight.BOLD)
        self._waiting = TextLabel(theme, "", figure, Tone.INK, Align.RIGHT)
        self._waiting.setFixedWidth(theme.px(72))
        icon = Fact(theme, Icon.USERS, "", Role.LEAD, Tone.FAINT)
        label = OneLineLabel(theme, name, Role.NAME)
        small = theme.surface is Surface.KIOSK_SMALL
        line = row(theme.px(16 if small else 28), Badge(theme, offer.queue.letter, 72), label, icon)
        line.addWidget(self._waiting, 0, Qt.AlignmentFlag.AlignVCenter)
        line.setStretch(1, 1)
        padding = theme.px(22 if theme.surface is Surface.KIOSK_LANDSCAPE else 14)
        line.setContentsMargins(0, padding, 0, padding)
        self.setLayout(line)

    def set_waiting(self, count: str) -> None:
        self._waiting.set_words(count)


def _clock_type(theme: Theme) -> Type:
    role = Role.FIGURE if theme.surface is Surface.KIOSK_SMALL else Role.CLOCK
    return Type(theme.type(role).px, Weight.BOLD, line_em=0.8)


def _lead(theme: Theme) -> Type:
    line_em = 1.2 if theme.surface is Surface.KIOSK_SMALL else 1.4
    return Type(theme.type(Role.LEAD).px, Weight.MEDIUM, line_em=line_em)
