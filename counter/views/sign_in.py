"""Who is on duty: a clerk is chosen and types the PIN, by the keys shown or by the keyboard."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.client import Link
from broker.domain.values import ClerkId
from broker.protocol.messages import Profile
from counter import sentences, words
from counter.page import SignInPage
from counter.presenter import Presenter
from counter.views.pin_pad import PinPad
from counter.views.said import SaidLine
from ui.icons import Icon
from ui.text import Align
from ui.theme import Ground, Role, Surface, Theme, Tone, Type, Weight
from ui.widgets.buttons import OutlineKremButton
from ui.widgets.card import Card, Field
from ui.widgets.edge import Edge
from ui.widgets.fact import Fact
from ui.widgets.key_button import KeyPrimaryButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from ui.widgets.wordmark import Wordmark
from wording import Language, Wording


class ClerkList(QWidget):
    """Everybody who may sign in, with what they are."""

    def __init__(self, theme: Theme, w: Wording, on_choice: Callable[[], None]) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._on_choice = on_choice
        self._profiles: tuple[Profile, ...] = ()
        self._group = QButtonGroup(self)
        self._scroll = RowScroll(theme)
        self._scroll.rows.setSpacing(theme.space(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._scroll)
        # Beside labels whose height goes by their width, a layout takes nothing below its hint: so this asks for none.
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        self.setMinimumHeight(theme.px(104))

    @property
    def chosen(self) -> ClerkId | None:
        place = self._group.checkedId()
        return None if place < 0 else self._profiles[place].clerk

    def show_profiles(self, profiles: tuple[Profile, ...]) -> None:
        if profiles == self._profiles:
            return
        chosen = self.chosen
        self._profiles = profiles
        self._scroll.clear()
        self._group = QButtonGroup(self)
        for place, profile in enumerate(profiles):
            role = words.role(profile.role, self._w)
            option = Option(self._theme, Mark.ONE, profile.name, aside=role)
            option.setObjectName(f"clerk-{profile.clerk}")
            option.setChecked(profile.clerk == chosen)
            self._group.addButton(option, place)
            self._scroll.rows.addWidget(option)
        self._group.buttonToggled.connect(lambda *_: self._on_choice())

    def step(self, by: int) -> None:
        """Choose the one above or below."""
        count = len(self._profiles)
        if count:
            place = min(max(self._group.checkedId() + by, 0), count - 1)
            button = self._group.button(place)
            button.setChecked(True)
            self._scroll.ensureWidgetVisible(button)


class SignInView(QWidget):
    """The counter's number above, the clerks and the PIN below."""

    def __init__(
        self,
        theme: Theme,
        w: Wording,
        page: SignInPage,
        presenter: Presenter,
        on_language: Callable[[Language], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._is_strip = theme.surface is Surface.STRIP
        self._is_live = True
        self._attempted = False
        self._clock = TextLabel(theme, "", Role.CLOCK, Tone.ON_PANEL, Align.RIGHT)
        self._place = TextLabel(
            theme,
            w.t("Counter {number}", number=page.around.counter),
            Type(theme.px(40 if self._is_strip else 64), Weight.BOLD, line_em=1.1),
            Tone.ON_PANEL,
        )
        self._outlet = TextLabel(theme, "", Role.LEAD, Tone.ON_PANEL, max_lines=1)
        self._clerks = ClerkList(theme, w, self._changed)
        self._waiting = Fact(theme, Icon.REFRESH, w.t("One moment, please."), Role.BODY, Tone.FAINT)
        self._pad = PinPad(theme, w)
        self._said = SaidLine(theme, w)
        self._go = KeyPrimaryButton(theme, w.t("Sign in"), Icon.LOG_IN, "", w.tp("key", "Enter"))
        self._language = self._language_button(on_language)
        self._lost = Fact(theme, Icon.UNPLUG, "", Type(theme.type(Role.BODY).px, Weight.BOLD))
        self._wire()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._head())
        whole.addWidget(Edge(theme))
        whole.addWidget(self._form(), 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.show_sign_in(page)

    def show_sign_in(self, page: SignInPage) -> None:
        self._clock.set_words(words.clock(page.around.minute, self._w))
        self._outlet.set_words(page.around.outlet)
        self._clerks.show_profiles(page.profiles)
        self._clerks.setVisible(bool(page.profiles))
        self._waiting.setVisible(not page.profiles)
        self._said.say(page.notice, is_pending=page.pending)
        self._is_live = page.around.link is Link.LIVE
        self._lost.setVisible(not self._is_live)
        self._lost.set_words(sentences.link_lost(page.around, self._w))
        if self._attempted and page.notice is not None:
            self._attempted = False
            self._pad.clear()
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match Qt.Key(event.key()):
            case Qt.Key.Key_Backspace:
                self._pad.delete()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self._go.click()
            case Qt.Key.Key_Down:
                self._clerks.step(1)
            case Qt.Key.Key_Up:
                self._clerks.step(-1)
            case _ if event.text() in tuple("0123456789"):
                self._pad.add(event.text())
            case _:
                super().keyPressEvent(event)

    def _changed(self) -> None:
        self._go.setEnabled(self._is_live and self._clerks.chosen is not None and self._pad.is_long_enough)

    def _sign_in(self) -> None:
        clerk = self._clerks.chosen
        if clerk is not None:
            self._attempted = True
            self._presenter.sign_in(clerk, self._pad.pin)

    def _wire(self) -> None:
        self._go.setObjectName("sign-in")
        self._go.clicked.connect(self._sign_in)
        self._pad.changed.connect(self._changed)

    def _language_button(self, on_language: Callable[[Language], None]) -> OutlineKremButton:
        """Named in the other language, for who reads only that."""
        if self._w.language is Language.ID:
            other, name = Language.EN, "English"
        else:
            other, name = Language.ID, "Indonesia" if self._is_strip else "Bahasa Indonesia"
        button = OutlineKremButton(self._theme, name, Icon.LANGUAGES)
        button.setObjectName("language")
        button.clicked.connect(lambda: on_language(other))
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(self._theme.px(44))
        return button

    def _head(self) -> Field:
        theme = self._theme
        field = Field(theme, Ground.PANEL)
        top = QHBoxLayout()
        top.setSpacing(theme.space(16))
        top.addWidget(Wordmark(theme, 17, Tone.ON_PANEL))
        top.addStretch(1)
        top.addWidget(self._language)
        top.addWidget(self._clock)
        column = QVBoxLayout(field)
        margin = theme.margin if self._is_strip else theme.space(32)
        column.setContentsMargins(margin, theme.space(16), margin, theme.space(8))
        column.setSpacing(theme.space(4))
        column.addLayout(top)
        column.addSpacing(theme.space(4 if self._is_strip else 12))
        column.addWidget(self._place)
        column.addWidget(self._outlet)
        return field

    def _form(self) -> QWidget:
        theme, w = self._theme, self._w
        form = QWidget()
        both: QHBoxLayout | QVBoxLayout = QVBoxLayout(form) if self._is_strip else QHBoxLayout(form)
        margin = theme.margin if self._is_strip else theme.space(32)
        both.setContentsMargins(margin, theme.space(12), margin, theme.space(16 if self._is_strip else 24))
        both.setSpacing(theme.space(12) if self._is_strip else theme.space(24))
        who = QVBoxLayout()
        who.setSpacing(theme.space(8))
        who.addWidget(TextLabel(theme, w.t("Who is on duty?"), Role.HEADING))
        who.addWidget(self._lost)
        who.addWidget(self._waiting)
        who.addWidget(self._clerks, 1)
        code = QVBoxLayout()
        code.setSpacing(theme.space(8))
        if self._is_strip:
            who.setContentsMargins(0, 0, 0, 0)
            both.addLayout(who, 1)
        else:
            code.addWidget(TextLabel(theme, w.t("Your PIN"), Role.HEADING))
            card = Card(theme)
            who.setContentsMargins(theme.space(24), theme.px(20), theme.space(24), theme.space(16))
            card.setLayout(who)
            both.addWidget(card, 1)
        code.addWidget(self._pad)
        code.addWidget(self._said)
        code.addWidget(self._go)
        self._go.setFixedHeight(theme.px(64 if self._is_strip else 84))
        if self._is_strip:
            both.addLayout(code)
        else:
            code.addStretch(1)
            right = Card(theme)
            code.setContentsMargins(theme.space(24), theme.px(20), theme.space(24), theme.space(24))
            right.setLayout(code)
            right.setFixedWidth(theme.px(446))
            both.addWidget(right)
        return form
