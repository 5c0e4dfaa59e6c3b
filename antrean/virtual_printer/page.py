"""All that the window shows: the paper; how the printer is, what hands can do, and what it did not obey."""

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from antrean.virtual_printer import words
from antrean.virtual_printer.bench import Act, Bench, Standing
from antrean.virtual_printer.paper_view import PaperView, Slot
from ui.icons import Icon
from ui.theme import Ground, Role, Theme, Tone, Type, Weight
from ui.widgets.card import Card, Field
from ui.widgets.fact import Fact
from ui.widgets.key_button import KeyButton
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.scroll import Scroll
from ui.widgets.wordmark import Wordmark
from wording import Language, Wording

_KEYS = {
    Act.PAPER: (Icon.SCROLL, "F2"),
    Act.COVER: (Icon.DOOR, "F3"),
    Act.UPSIDE_DOWN: (Icon.FLIP, "F4"),
    Act.CUTTER: (Icon.SCISSORS, "F6"),
    Act.NEAR_END: (Icon.LOWER, "F7"),
    Act.HEAT: (Icon.THERMOMETER, "F8"),
    Act.CABLE: (Icon.UNPLUG, "F9"),
    Act.POWER: (Icon.POWER, "F10"),
    Act.ANSWERS: (Icon.SILENCE, "Ctrl+J"),
    Act.SPEED: (Icon.GAUGE, "Ctrl+L"),
    Act.TEAR_OFF: (Icon.HAND, "Ctrl+T"),
    Act.ALL_WELL: (Icon.WRENCH, "Ctrl+Return"),
}


class Light(Enum):
    """How a lamp tells: never by its colour alone."""

    GOOD = (Icon.CIRCLE_CHECK, Tone.INK)
    QUIET = (Icon.INFO, Tone.FAINT)
    BAD = (Icon.ALERT, Tone.DANGER)


def _good_if(well: bool) -> Light:
    return Light.GOOD if well else Light.BAD


def _line_light(now: Standing) -> Light:
    if not now.plugged_in:
        return Light.BAD
    return Light.GOOD if now.has_program else Light.QUIET


_LAMPS: tuple[tuple[str, Callable[[Standing, Wording], str], Callable[[Standing], Light]], ...] = (
    ("lamp-ready", words.readiness, lambda now: _good_if(now.on and not now.offline)),
    ("lamp-paper", words.paper, lambda now: _good_if(not (now.paper_out or now.near_end))),
    ("lamp-cover", words.cover, lambda now: _good_if(not now.cover_open)),
    ("lamp-cutter", words.cutter, lambda now: _good_if(not now.cutter_error)),
    ("lamp-heat", words.heat, lambda now: _good_if(not now.overheated)),
    ("lamp-line", words.line, _line_light),
)


class Lamp(Fact):
    """A sign, and what it is about in words."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, Icon.CIRCLE_CHECK, "", Role.SMALL)

    def show_lamp(self, said: str, light: Light) -> None:
        self.set_words(said)
        self.set_icon(*light.value)


class PrinterPage(QWidget):
    """All that the window shows, in one language and size."""

    def __init__(
        self, theme: Theme, w: Wording, bench: Bench, is_low: bool, speak: Callable[[Language], None]
    ) -> None:
        super().__init__()
        self._theme, self._w, self._bench, self._is_low = theme, w, bench, is_low
        self._standing: Standing | None = None
        self._pieces_shown = self._reports_shown = -1
        self.paper = PaperView(theme, bench.width_dots)
        self.paper.setAccessibleName(w.t("Paper"))
        self._lamps = {name: Lamp(theme) for name, _, _ in _LAMPS}
        self.buttons = {act: self._button(act) for act in _KEYS}
        self._reports = Scroll(theme)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self._bar(speak))
        air = theme.space(8 if is_low else 16)
        body = QHBoxLayout()
        body.setContentsMargins(air, air, air, air)
        body.setSpacing(air)
        body.addWidget(self._paper_card(), 2)
        body.addLayout(self._hands(air), 3)
        whole.addLayout(body, 1)
        self._listen_to_keys()

    def show_printer(self, now: Standing) -> None:
        """Show how the printer is, and what has come out of it and been told since."""
        before, self._standing = self._standing, now
        if self._reports_shown != self._bench.reports_came:
            self._reports_shown = self._bench.reports_came
            self._show_reports()
        if self._pieces_shown != self._bench.pieces_came:
            self._pieces_shown = self._bench.pieces_came
            pieces = [(piece.image, words.piece(piece, self._w)) for piece in self._bench.pieces]
            self.paper.strip.show_paper(pieces, self._bench.hanging_out)
        elif before is None or before.rows_out != now.rows_out:
            self.paper.strip.show_live(self._bench.hanging_out)
        if before != now:
            self._show_standing(now)

    def _show_standing(self, now: Standing) -> None:
        for name, said, light in _LAMPS:
            self._lamps[name].show_lamp(said(now, self._w), light(now))
        for act, button in self.buttons.items():
            button.set_words(words.act(act, now, self._w))
            button.setChecked(words.is_done(act, now))
            button.setEnabled(words.is_possible(act, now))

    def _show_reports(self) -> None:
        theme, w = self._theme, self._w
        self._reports.clear()
        if not self._bench.reports:
            self._reports.rows.addWidget(
                TextLabel(theme, w.t("It has obeyed everything."), Role.SMALL, Tone.FAINT)
            )
        for told in reversed(self._bench.reports):
            self._reports.rows.addWidget(TextLabel(theme, words.report(told, w), Role.SMALL, Tone.INK))
            self._reports.rows.addWidget(
                OneLineLabel(theme, words.report_bytes(told), Role.LEAST, Tone.FAINT),
            )
            self._reports.rows.addSpacing(theme.space(8))

    def _bar(self, speak: Callable[[Language], None]) -> QWidget:
        theme, w = self._theme, self._w
        bar = Field(theme, Ground.PANEL)
        bar.setFixedHeight(theme.px(52 if self._is_low else 60))
        row = QHBoxLayout(bar)
        row.setContentsMargins(theme.margin, 0, theme.margin, 0)
        row.setSpacing(theme.space(16))
        row.addWidget(Wordmark(theme, 17, Tone.ON_PANEL))
        title = TextLabel(
            theme, w.t("Virtual printer"), Type(theme.type(Role.BODY).px, Weight.BOLD), Tone.ON_PANEL
        )
        title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(title, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addStretch(1)
        host, port = self._bench.address
        address = Fact(theme, Icon.PRINTER, f"tcp://{host}:{port}", Role.SMALL, Tone.ON_PANEL)
        address.setObjectName("address")
        row.addWidget(address, 0, Qt.AlignmentFlag.AlignVCenter)
        other = Language.EN if w.language is Language.ID else Language.ID
        name = "English" if other is Language.EN else "Bahasa Indonesia"
        language = self._small_button(name, Icon.LANGUAGES, "Ctrl+B", lambda: speak(other))
        language.setObjectName("language")
        row.addWidget(language, 0, Qt.AlignmentFlag.AlignVCenter)
        return bar

    def _paper_card(self) -> QWidget:
        theme, w = self._theme, self._w
        card = Card(theme, Ground.QUIET)
        column = QVBoxLayout(card)
        air = theme.space(12)
        column.setContentsMargins(air, air, air, air)
        column.setSpacing(0)
        head = QHBoxLayout()
        head.setSpacing(theme.space(8))
        head.addWidget(TextLabel(theme, w.t("Paper"), Role.HEADING), 1)
        smaller = self._small_button(w.t("Smaller"), Icon.ZOOM_OUT, "Ctrl+-", self.paper.zoom_out)
        larger = self._small_button(w.t("Larger"), Icon.ZOOM_IN, "Ctrl++", self.paper.zoom_in)
        smaller.setObjectName("zoom-out")
        larger.setObjectName("zoom-in")
        head.addWidget(smaller)
        head.addWidget(larger)
        column.addLayout(head)
        column.addSpacing(theme.space(8))
        column.addWidget(self.paper, 1)
        column.addWidget(Slot(theme))
        column.addSpacing(theme.space(8))
        kept = w.t("Each paper is kept in {folder}", folder=self._bench.folder.name)
        where = OneLineLabel(theme, kept, Role.LEAST, Tone.FAINT)
        where.setToolTip(str(self._bench.folder))
        column.addWidget(where)
        return card

    def _hands(self, air: int) -> QVBoxLayout:
        theme, w = self._theme, self._w
        column = QVBoxLayout()
        column.setSpacing(air)
        lamps = Card(theme)
        grid = QGridLayout(lamps)
        grid.setContentsMargins(theme.space(16), theme.space(8), theme.space(16), theme.space(8))
        grid.setVerticalSpacing(theme.space(4))
        for at, (name, lamp) in enumerate(self._lamps.items()):
            lamp.setObjectName(name)
            grid.addWidget(lamp, at // 3, at % 3)
        for across in range(3):
            grid.setColumnStretch(across, 1)
        column.addWidget(lamps)
        acts = QGridLayout()
        acts.setSpacing(theme.space(8))
        for at, button in enumerate(self.buttons.values()):
            acts.addWidget(button, at // 2, at % 2)
        column.addLayout(acts)
        told = Card(theme)
        rows = QVBoxLayout(told)
        rows.setContentsMargins(theme.space(16), theme.space(8), theme.space(16), theme.space(8))
        rows.setSpacing(theme.space(4))
        rows.addWidget(TextLabel(theme, w.t("Not obeyed"), Role.HEADING))
        rows.addWidget(self._reports, 1)
        column.addWidget(told, 1)
        return column

    def _button(self, act: Act) -> KeyButton:
        icon, key = _KEYS[act]
        button = KeyButton(self._theme, "", icon, key, cap=key.replace("Return", "Enter"))
        button.setObjectName(act.name.lower().replace("_", "-"))
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(self._theme.px(40 if self._is_low else 50))
        button.clicked.connect(lambda: self._do(act))
        return button

    def _do(self, act: Act) -> None:
        self._bench.do(act)
        self._standing = None  # a button that could do nothing has shown itself pressed all the same
        self.show_printer(self._bench.look())

    def _small_button(self, said: str, icon: Icon, key: str, on_click: Callable[[], None]) -> KeyButton:
        button = KeyButton(self._theme, said, icon, key)
        button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        button.setFixedHeight(self._theme.px(40))
        button.clicked.connect(on_click)
        return button

    def _listen_to_keys(self) -> None:
        """Page keys move the paper, with Ctrl the reports; Ctrl and an arrow move what is zoomed in sideways."""
        sideways = self.paper.horizontalScrollBar()
        reports = self._reports.verticalScrollBar()
        for key, act in (
            ("PgUp", lambda: self.paper.scroll_pages(-0.8)),
            ("PgDown", lambda: self.paper.scroll_pages(0.8)),
            ("Ctrl+PgUp", lambda: reports.setValue(reports.value() - reports.pageStep())),
            ("Ctrl+PgDown", lambda: reports.setValue(reports.value() + reports.pageStep())),
            ("Ctrl+Left", lambda: sideways.setValue(sideways.value() - sideways.pageStep() // 4)),
            ("Ctrl+Right", lambda: sideways.setValue(sideways.value() + sideways.pageStep() // 4)),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(act)
