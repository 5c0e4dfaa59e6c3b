"""What every counter can do besides its desk: the menu, a machine's state, a number given out by hand."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from broker.domain.values import Channel, Language, MachineState, Priority
from counter import office_words, words
from counter.office_sheets import GivenSheet, GiveSheet, MachineSheet, MenuSheet
from counter.page import Tab, WorkPage
from counter.paper import Printing
from counter.presenter import Presenter
from counter.views.office_question import OfficeQuestion
from counter.views.on_paper import OnPaper
from counter.views.question import Answer, Answers
from counter.views.segments import Segments
from counter.views.services import ServicePicker
from counter.views.to_copy import to_copy
from hardware.job import Printed
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Theme, Tone, Type, Weight
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate, PlateForm
from wording import Wording

MACHINE_ICONS = {
    MachineState.READY: Icon.CIRCLE_CHECK,
    MachineState.OUT_OF_CARDS: Icon.INFO,
    MachineState.OUT_OF_ORDER: Icon.ALERT,
}


class MenuQuestion(OfficeQuestion):
    """The ways to all that is not on the page."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: MenuSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("What else?"))
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.space(8))
        self._add("give-number", w.t("Give out a number"), Icon.PLUS, self.office.open_giving)
        self._add(
            "appointments", w.t("Appointments"), Icon.CALENDAR_CHECK, partial(self._go, Tab.APPOINTMENTS)
        )
        self._add("another-number", w.t("Another number, priorities"), Icon.SEARCH, self.office.open_others)
        self._add("day-report", w.t("Today's report"), Icon.FILE_TEXT, self._report)
        if sheet.is_supervisor:
            self._add("supervision", w.t("Overview"), Icon.EYE, partial(self._go, Tab.SUPERVISION))
            if self.is_strip:  # the window has a tab for each
                self._add("devices", w.t("Devices"), Icon.DEVICES, partial(self._go, Tab.DEVICES))
        for line in sheet.machines:
            said = w.t(
                "{machine}: {state}",
                machine=words.said(line.machine.name, w),
                state=office_words.machine_state(line.state, w).lower(),
            )
            show = partial(self.office.open_machine, line)
            self._add(f"machine-{line.machine.code}", said, MACHINE_ICONS[line.state], show)
        self.scrolling(self._rows)
        self.finish()

    def _add(self, name: str, said: str, icon: Icon, act: Callable[[], None]) -> None:
        """However many machines there are, each can be reached."""
        self._rows.addWidget(self.entry_button(name, said, icon, act))

    def _report(self) -> None:
        self.office.reporting.open_own(Language(self.w.language.value))

    def _go(self, tab: Tab) -> None:
        self.presenter.close_sheet()
        self.presenter.show_tab(tab)


class MachineQuestion(OfficeQuestion):
    """How a machine is; services that need it open and close with it."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: MachineSheet
    ) -> None:
        machine = sheet.line.machine
        title = w.t("How is it now: {machine}?", machine=words.said(machine.name, w))
        super().__init__(theme, w, page, presenter, title)
        said = w.t(
            "Services that need it are closed at once while it can't work, and open again when it is ready."
        )
        self.body.addWidget(self.explanation(said))
        self._machine = machine.code
        self._reported = sheet.line.state
        self._states: Answers[MachineState] = self.answers(
            [
                Answer(state, f"machine-{state}", office_words.machine_state(state, w))
                for state in MachineState
            ],
            sheet.line.state,
        )
        self.body.addWidget(self._states)
        yes = self.primary("machine-confirm", w.t("Report"), Icon.CHECK, self._report)
        self.finish(confirm=yes)
        self.check()

    def check(self) -> None:
        self.set_complete(self._states.chosen is not self._reported)

    def _report(self) -> None:
        if self._states.chosen is not None:
            self.office.report_machine(self._machine, self._states.chosen)


class GiveQuestion(OfficeQuestion):
    """For which service or queue, and for whom."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: GiveSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Give out a number"))
        self._letters = {service.code: service.letter for service in sheet.services}
        rows = 3 if self.is_strip else 4
        self._picker = ServicePicker(theme, w, sheet.services, None, self._chose_service, rows)
        self._queues: Segments[str] = Segments(
            theme,
            [(queue.letter, f"queue-{queue.letter}", queue.letter) for queue in sheet.queues],
            6,
            None,
            self._chose_queue,
        )
        self._named = {queue.letter: words.said(queue.name, w) for queue in sheet.queues}
        self._queue = TextLabel(theme, w.t("Or the queue alone"), Role.BODY, Tone.FAINT, max_lines=1)
        what = self.headed(w.t("Which service is it for?"), self._picker, self._queue, self._queues)
        self._channel = channels(theme, w)
        self._priority = priorities(theme, w)
        self._language = languages(theme)
        who = self.headed(w.t("How does the citizen come?"), self._channel)
        for said, choice in ((w.t("Priority"), self._priority), (w.t("Language"), self._language)):
            who.addSpacing(theme.space(8))
            who.addLayout(self.headed(said, choice))
        self.columns(what, who)
        self.finish(confirm=self.primary("give-confirm", w.t("Give out"), Icon.CHECK, self._give))
        self.set_complete(False)

    def open_sheet(self) -> None:
        super().open_sheet()
        self._picker.focus_field()

    def _chose_service(self) -> None:
        self._queues.clear_choice()
        self._show_choice()

    def _chose_queue(self) -> None:
        self._picker.clear_choice()
        self._show_choice()

    def _show_choice(self) -> None:
        letter = self._queues.chosen
        said = self.w.t("Or the queue alone")
        self._queue.set_words(said if letter is None else f"{letter}  {self._named[letter]}")
        self.set_complete(letter is not None or self._picker.chosen is not None)

    def _give(self) -> None:
        service = self._picker.chosen
        letter = self._queues.chosen if service is None else self._letters[service]
        channel, language = self._channel.chosen, self._language.chosen
        if letter is not None and channel is not None and language is not None:
            self.office.giving.give(letter, service, channel, self._priority.chosen, language)


def channels(theme: Theme, w: Wording) -> Segments[Channel]:
    """The ways in which somebody gets a number here."""
    ways = (Channel.WALK_IN, Channel.DRIVE_THRU)
    answers = [(each, f"channel-{each}", office_words.channel(each, w)) for each in ways]
    return Segments(theme, answers, 2, Channel.WALK_IN, lambda: None)


def priorities(theme: Theme, w: Wording) -> Segments[Priority | None]:
    """None and all there are."""
    answers: list[tuple[Priority | None, str, str]] = [(None, "priority-none", w.t("No priority"))]
    answers += [(each, f"priority-{each}", words.priority(each, w)) for each in Priority]
    return Segments(theme, answers, 2, None, lambda: None)


def languages(theme: Theme) -> Segments[Language]:
    """Each by its own name."""
    answers = [
        (Language.INDONESIAN, "language-id", "Bahasa Indonesia"),
        (Language.ENGLISH, "language-en", "English"),
    ]
    return Segments(theme, answers, 2, Language.INDONESIAN, lambda: None)


class GivenQuestion(OfficeQuestion):
    """The number, on paper or to be shown or said. It may be called once its citizen has it."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: GivenSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Tell the citizen this number"))
        plate = NumberPlate(theme, 96 if self.is_strip else 128, PlateForm.DESK)
        plate.set_number(sheet.number.letter, sheet.number.digits)
        plate.setObjectName("given-number")
        self.body.addLayout(to_copy(theme, w, plate, sheet.token, sheet.code))
        self.body.addSpacing(theme.space(8))
        if sheet.estimate is not None:
            wait = Type(theme.type(Role.LEAD).px, Weight.BOLD)
            expected = TextLabel(theme, office_words.expected(sheet.estimate, w), wait, align=Align.LEFT)
            expected.setObjectName("expected")
            self.body.addWidget(expected)
        self._given = sheet
        self._paper = OnPaper(theme, w, self.office.giving.print_again)
        self.body.addWidget(self._paper)
        self._told = self.primary("told", w.t("The citizen knows it"), Icon.CHECK, self._go_on)
        self.finish(confirm=self._told)
        self._show(sheet)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        if isinstance(page.sheet, GivenSheet) and page.sheet != self._given:
            self._show(page.sheet)

    def _show(self, sheet: GivenSheet) -> None:
        self._given = sheet
        self._paper.show_paper(sheet.printout.paper)
        said = self.w.t("Continue") if self._is_on_paper else self.w.t("The citizen knows it")
        self._told.set_words(said)

    @property
    def _is_on_paper(self) -> bool:
        return isinstance(self._given.printout.paper, Printed | Printing)

    def _go_on(self) -> None:
        if self._is_on_paper:
            self.presenter.close_sheet()
        else:
            self.office.giving.told(self._given.ticket)
