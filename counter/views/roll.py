"""The sheet about a ticket of the emergency roll: when its citizen came, then, if anybody knows, for what and who."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from broker.domain.values import Instant
from counter import office_words
from counter.arrival import NoArrival, arrival_typed
from counter.office_sheets import RollSheet
from counter.page import Surroundings, WorkPage
from counter.presenter import Presenter
from counter.views.giving import languages, priorities
from counter.views.office_question import OfficeQuestion
from counter.views.services import ServicePicker
from ui.icons import Icon
from ui.theme import Role, Theme, Tone
from ui.widgets.fact import Fact
from ui.widgets.field import TextField
from ui.widgets.key_button import KeyButton
from wording import Wording

LONGEST_TIME = 5
"""09.15"""

ROWS_IN_VIEW = 3

TWO_LINES_PX = 42
"""Kept for what is said of a time, so that nothing moves while it is typed."""


class RollQuestion(OfficeQuestion):
    """Typing a time or choosing “now” is enough; Enter in the field goes on. Nothing is chosen beforehand: whoever
    has waited for an hour must not lose it to an Enter too many.
    """

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: RollSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Emergency ticket"), sheet.number)
        self._around: Surroundings | None = None
        self._typed: Instant | NoArrival = NoArrival.NO_TIME
        heading = w.t("Time of arrival written on the ticket")
        self._field = TextField(theme, w.t("Hours and minutes"), Icon.CLOCK)
        self._field.setObjectName("arrived-at")
        self._field.setAccessibleName(heading)
        self._field.setMaxLength(LONGEST_TIME)
        self._field.textChanged.connect(self._typing)
        self._now = KeyButton(theme, w.tp("arrival", "Now"), Icon.USER_CHECK, "F2")
        self._now.setObjectName("arrived-now")
        self._now.setCheckable(True)
        self._now.clicked.connect(self._chose_now)
        self._hint = Fact(theme, Icon.INFO, "", Role.BODY, Tone.FAINT)
        self._hint.setObjectName("arrival")
        self._hint.setMinimumHeight(theme.px(TWO_LINES_PX))
        self._picker: ServicePicker | None = None
        self.columns(self._when_and_what(heading, sheet), self._who())
        yes = self.primary("roll-confirm", w.t("Into the queue"), Icon.CHECK, self._enter)
        self._field.returnPressed.connect(yes.click)
        self.finish(confirm=yes)
        self.set_complete(False)

    def open_sheet(self) -> None:
        super().open_sheet()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        self._around = page.around
        self.check()

    def check(self) -> None:
        """What is typed is judged anew as time goes on."""
        around = self._around
        if around is None:
            return
        self._typed = arrival_typed(self._field.text(), around.minute, around.utc_offset_minutes)
        if self._now.isChecked():
            self._say(self.w.t("The wait counts from now on."), Icon.CLOCK, Tone.INK)
        else:
            icon, tone = _look(self._typed)
            self._say(office_words.arrival_meant(self._typed, around, self.w), icon, tone)
        self.set_complete(self._now.isChecked() or not isinstance(self._typed, NoArrival))

    def _say(self, said: str, icon: Icon, tone: Tone) -> None:
        self._hint.set_words(said)
        self._hint.set_icon(icon, tone)

    def _typing(self, text: str) -> None:
        if text:
            self._now.setChecked(False)
        self.check()

    def _chose_now(self) -> None:
        self._field.clear()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self.check()

    def _enter(self) -> None:
        language = self._language.chosen
        assert language is not None
        arrived_at = None if isinstance(self._typed, NoArrival) else self._typed
        service = self._picker.chosen if self._picker is not None else None
        self.office.enter(arrived_at, service, self._priority.chosen, language)

    # Put together

    def _when_and_what(self, heading: str, sheet: RollSheet) -> QVBoxLayout:
        theme, w = self.theme, self.w
        column = self.headed(heading)
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if self.is_strip else QHBoxLayout()
        row.setSpacing(theme.space(8))
        if not self.is_strip:
            self._now.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        row.addWidget(self._field)
        row.addWidget(self._now)
        column.addLayout(row)
        column.addWidget(self._hint)
        if sheet.services:
            self._picker = ServicePicker(theme, w, sheet.services, None, self.check, ROWS_IN_VIEW)
            column.addSpacing(theme.space(8))
            column.addLayout(self.headed(w.t("Service, if it is known"), self._picker))
        return column

    def _who(self) -> QVBoxLayout:
        theme, w = self.theme, self.w
        self._priority = priorities(theme, w)
        self._language = languages(theme)
        column = self.headed(w.t("Priority"), self._priority)
        column.addSpacing(theme.space(8))
        column.addLayout(self.headed(w.t("Language"), self._language))
        return column


def _look(typed: Instant | NoArrival) -> tuple[Icon, Tone]:
    match typed:
        case NoArrival.NO_TIME:
            return Icon.INFO, Tone.FAINT
        case NoArrival():
            return Icon.ALERT, Tone.DANGER
        case _:
            return Icon.CLOCK, Tone.INK
