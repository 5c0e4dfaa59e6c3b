"""What every page of the kiosk has: its edge, header and footer, and a way to send what was touched to the flow."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from broker.domain.values import Language
from kiosk import events
from kiosk.events import Event
from kiosk.finder import Finder
from kiosk.presenter import Sight
from ui.theme import Surface, Theme
from ui.widgets.edge import Edge
from ui.widgets.footer import FooterBar, Place
from ui.widgets.header import Header
from wording import Wording

FOOTER_NAMES = {Place.BACK: "footer-back", Place.RESTART: "footer-restart", Place.LANGUAGE: "footer-language"}
_FOOTER_EVENTS: dict[Place, Event] = {
    Place.BACK: events.WentBack(),
    Place.RESTART: events.Restarted(),
    Place.LANGUAGE: events.LanguageSwitched(),
}
_SMALL_GAP = 0.55


@dataclass(frozen=True)
class Stage:
    """What a page is built with."""

    theme: Theme
    wording: Wording
    language: Language
    finder: Finder
    act: Callable[[Event], None]

    @property
    def is_small(self) -> bool:
        """Whether the panel is a small one, with less air."""
        return self.theme.surface is Surface.KIOSK_SMALL

    def gap(self, px: float) -> int:
        """A distance; about half of it where the panel is small."""
        return self.theme.px(px * _SMALL_GAP if self.is_small else px)


class Screen(QWidget):
    """A page. It is built from a Sight, and shows each further Sight of the same page by `refresh`."""

    places: tuple[Place, ...] = (Place.BACK, Place.RESTART, Place.LANGUAGE)
    """The footer's places that are in use; the others stay empty."""

    def __init__(self, stage: Stage) -> None:
        super().__init__()
        self.stage = stage
        self.theme = stage.theme
        self.wording = stage.wording
        self.edge = Edge(self.theme)
        self.header = Header(self.theme)
        self.footer = FooterBar(self.theme)
        for place in self.places:
            self.footer.set_place(place, self._footer_words(place))
            self.footer.button(place).setObjectName(FOOTER_NAMES[place])
        self.footer.chosen.connect(self._footer_chosen)
        self.small = stage.is_small
        self.content = QVBoxLayout()
        margin, top = self.theme.margin, self.gap(22)
        self.content.setContentsMargins(margin, top, margin, self.gap(24))
        self.content.setSpacing(self.gap(24))
        self.content.addWidget(self.header)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.edge)
        page.addLayout(self.content, 1)
        page.addWidget(self.footer)

    def gap(self, px: float) -> int:
        """The stage's distance."""
        return self.stage.gap(px)

    def refresh(self, sight: Sight) -> None:
        """Show what has changed. Pages add what is theirs."""
        w = self.wording
        rules = sight.state.rules
        self.header.set_outlet(rules.name if rules else "")
        if sight.lost_at is None and rules is None:
            return  # nobody has told the time yet
        now = w.local(sight.now)
        self.header.set_time(w.clock(now), w.weekday_date(now))

    def count_down(self, left_seconds: float, of_seconds: float) -> None:
        """The page stays for so long yet. Pages that show it override this."""

    def touch(self, button: QAbstractButton, name: str, event: Event) -> None:
        """Have the button, by its stable name, send the event."""
        button.setObjectName(name)
        button.clicked.connect(lambda: self.stage.act(event))

    def _footer_words(self, place: Place) -> str:
        w = self.wording
        match place:
            case Place.BACK:
                return w.t("Back")
            case Place.RESTART:
                return w.t("Start again")
            case Place.LANGUAGE:
                return "English" if self.stage.language is Language.INDONESIAN else "Bahasa Indonesia"
            case _:
                raise AssertionError(place)

    def _footer_chosen(self, place: Place) -> None:
        self.stage.act(_FOOTER_EVENTS[place])
