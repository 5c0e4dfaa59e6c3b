"""A supervisor's sheets about clerks: who may serve what, from when, and what held before."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from broker.domain.rules import Service
from broker.domain.values import BusinessDay, Language, ServiceCode
from counter import office_words, words
from counter.office_sheets import ClerksSheet, SkillsSheet
from counter.presenter import Presenter
from counter.supervising import ClerkCard
from counter.views.office_question import OfficeQuestion
from counter.views.question import Answer, Answers
from counter.views.services import MOST_ROWS, index_of
from ui.icons import Icon
from ui.theme import Role, Theme, Tone, Type, Weight
from ui.widgets.field import TextField
from ui.widgets.key_button import KeyButton
from ui.widgets.label import TextLabel
from ui.widgets.option import Mark, Option
from ui.widgets.scroll import RowScroll
from wording import Wording


class ClerksQuestion(OfficeQuestion):
    """Everybody; one is chosen."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ClerksSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Who may serve what?"))
        self._clerks: Answers[ClerkCard] = self.answers(
            [
                Answer(
                    card,
                    f"skills-{card.clerk}",
                    sheet.names.get(card.clerk, card.clerk),
                    office_words.whereabouts(card, w),
                    aside=office_words.may_serve(card.services, w),
                )
                for card in sheet.cards
            ],
            None,
        )
        column = QVBoxLayout()
        column.addWidget(self._clerks)
        self.scrolling(column)
        change = self.primary("skills-open", w.t("See and change"), Icon.PENCIL, self._open)
        self._report = KeyButton(theme, w.t("Day report"), Icon.FILE_TEXT, "F8")
        self._report.setObjectName("report-open")
        self._report.clicked.connect(self._open_report)
        self.finish(self._report, confirm=change)
        self.check()

    def check(self) -> None:
        self.set_complete(self._clerks.chosen is not None)
        self._report.setEnabled(self._clerks.chosen is not None)

    def _open_report(self) -> None:
        if self._clerks.chosen is not None:
            self.office.reporting.open_of(self._clerks.chosen.clerk, Language(self.w.language.value))

    def _open(self) -> None:
        if self._clerks.chosen is not None:
            self.office.open_skills(self._clerks.chosen)


class ServiceChecklist(QWidget):
    """Services to be ticked, found by typing; or all of them, whatever comes."""

    def __init__(
        self,
        theme: Theme,
        w: Wording,
        services: tuple[Service, ...],
        chosen: frozenset[ServiceCode] | None,
        rows_in_view: int,
        on_choice: Callable[[], None],
    ) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._services = {service.code: service for service in services}
        self._index = index_of(services, w)
        self._chosen = set(self._services) if chosen is None else set(chosen)
        self._on_choice = on_choice
        self._all = Option(theme, Mark.MANY, w.t("All services"), w.t("Those to come as well"))
        self._all.setObjectName("skills-all")
        self._all.setChecked(chosen is None)
        self._all.clicked.connect(self._touched_all)
        self._field = TextField(theme, w.t("Find a service"), Icon.SEARCH)
        self._field.setObjectName("find-skill")
        self._field.textChanged.connect(self._show_found)
        self._scroll = RowScroll(theme)
        self._scroll.rows.setSpacing(theme.space(8))
        self._scroll.setFixedHeight(theme.px(56) * rows_in_view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.space(8))
        column.addWidget(self._all)
        column.addWidget(self._field)
        column.addWidget(self._scroll)
        self._show_found("")

    @property
    def services(self) -> tuple[ServiceCode, ...] | None:
        """Those ticked, in the outlet's order; None: all."""
        if self._all.isChecked():
            return None
        return tuple(code for code in self._services if code in self._chosen)

    def _touched_all(self) -> None:
        self._show_found(self._field.text())
        self._on_choice()

    def _show_found(self, typed: str) -> None:
        if typed.strip():
            found = [self._services[ServiceCode(match.code)] for match in self._index.find(typed).matches]
        else:
            found = sorted(self._services.values(), key=lambda service: service.code not in self._chosen)
        self._scroll.clear()
        for service in found[:MOST_ROWS]:
            self._scroll.rows.addWidget(self._option(service))
        if not found:
            said = self._w.t("No service has these words.")
            self._scroll.rows.addWidget(TextLabel(self._theme, said, Role.BODY, Tone.FAINT))

    def _option(self, service: Service) -> Option:
        name = words.name_of(service, self._w)
        option = Option(self._theme, Mark.MANY, name.heading, name.detail, service.letter)
        option.setObjectName(f"skill-{service.code}")
        option.setChecked(self._all.isChecked() or service.code in self._chosen)
        option.setEnabled(not self._all.isChecked())
        option.toggled.connect(lambda is_chosen: self._tick(service.code, is_chosen=is_chosen))
        return option

    def _tick(self, code: ServiceCode, *, is_chosen: bool) -> None:
        if is_chosen:
            self._chosen.add(code)
        else:
            self._chosen.discard(code)
        self._on_choice()


class SkillsQuestion(OfficeQuestion):
    """What one clerk may serve, from when, and how it was."""

    MOST_PERIODS = 4

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: SkillsSheet
    ) -> None:
        title = w.t("What may {name} serve?", name=sheet.name)
        super().__init__(theme, w, page, presenter, title)
        self._card = sheet.card
        rows = 3 if self.is_strip else 5
        self._services = ServiceChecklist(theme, w, sheet.services, sheet.card.services, rows, self.check)
        self._days: Answers[BusinessDay] = self.answers(
            [
                Answer(
                    day,
                    f"from-{day}",
                    office_words.on_day(day, w),
                    aside=w.t("today") if day == sheet.today else "",
                )
                for day in sheet.first_days
            ],
            sheet.today,
        )
        when = self.headed(w.t("From when?"), self._days)
        when.addSpacing(theme.space(8))
        when.addLayout(self._history())
        self.columns(self.headed(w.t("Services"), self._services), when)
        self.finish(confirm=self.primary("skills-confirm", w.t("Save"), Icon.CHECK, self._assign))
        self.check()

    def check(self) -> None:
        services = self._services.services
        self.set_complete(services is None or bool(services))

    def _assign(self) -> None:
        if self._days.chosen is not None:
            self.office.assign(self._card.clerk, self._services.services, self._days.chosen)

    def _history(self) -> QVBoxLayout:
        """The latest first; the present one in bold."""
        theme, w = self.theme, self.w
        column = self.headed(w.t("What was assigned"))
        for period in self._card.periods[: self.MOST_PERIODS]:
            weight = Weight.BOLD if period.is_now else Weight.MEDIUM
            said = office_words.period(period, w)
            if period.is_now:
                said = w.t("{period} (now)", period=said)
            column.addWidget(TextLabel(theme, said, Type(theme.type(Role.SMALL).px, weight)))
        return column
