"""The sheets about appointments: who is here, who does not come, a place reserved."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from broker.domain.rules import Service
from broker.domain.values import BusinessDay, Instant
from counter import office_words, words
from counter.appointing import AppointmentLine, reference
from counter.office_sheets import BookedSheet, BookSheet, CancelAppointmentSheet, CheckInSheet
from counter.page import WorkPage
from counter.presenter import Presenter
from counter.views.day_stepper import DayStepper
from counter.views.giving import languages, priorities
from counter.views.office_question import OfficeQuestion
from counter.views.on_paper import OnPaper
from counter.views.segments import Segments
from counter.views.services import ServicePicker
from counter.views.to_copy import to_copy
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from ui.widgets.plate import NumberPlate, PlateForm
from wording import Wording


class CheckInQuestion(OfficeQuestion):
    """Somebody with an appointment is here."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: CheckInSheet
    ) -> None:
        line = sheet.line
        super().__init__(theme, w, page, presenter, w.t("The citizen is here?"), line.number)
        show_line(self, line)
        if line.is_late:
            late = w.t("It is later than the time reserved: the number stands in line as if it came now.")
            self.body.addWidget(Fact(theme, Icon.CLOCK_ALERT, late, Role.BODY))
        self._priority = priorities(theme, w)
        self._language = languages(theme)
        self.body.addSpacing(theme.space(8))
        self.body.addLayout(self.headed(w.t("Priority"), self._priority))
        self.body.addSpacing(theme.space(8))
        self.body.addLayout(self.headed(w.t("Language"), self._language))
        yes = self.primary("check-in-confirm", w.t("Give out the number"), Icon.CHECK, self._check_in)
        self._appointment = line.appointment
        self.finish(confirm=yes)

    def _check_in(self) -> None:
        language = self._language.chosen
        assert language is not None
        self.office.giving.check_in(self._appointment, self._priority.chosen, language)


class CancelAppointmentQuestion(OfficeQuestion):
    """Whether the place is really given back."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: CancelAppointmentSheet
    ) -> None:
        line = sheet.line
        super().__init__(theme, w, page, presenter, w.t("Cancel this appointment?"), line.number)
        show_line(self, line)
        self.body.addWidget(self.explanation(w.t("The place is free again for somebody else.")))
        cancel = partial(self.office.cancel_appointment, line.appointment)
        self.finish(confirm=self.danger("cancel-appointment-confirm", w.t("Yes, cancel"), cancel))


def show_line(question: OfficeQuestion, line: AppointmentLine) -> None:
    """For when and for what it is."""
    theme, w = question.theme, question.w
    bold = Type(theme.type(Role.LEAD).px, Weight.BOLD)
    question.body.addWidget(TextLabel(theme, office_words.at_slot(line.slot_at, w), bold))
    question.body.addWidget(question.explanation(words.said(line.service.name, w)))


SLOT_ROWS = 5
"""Room for a whole day of half hours, so that nothing moves from day to day."""


class BookQuestion(OfficeQuestion):
    """The service, the day, and one of the times that are free on it."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: BookSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Book an appointment"))
        self._services = {service.code: service for service in sheet.services}
        rows = 2 if self.is_strip else 6
        self._picker = ServicePicker(theme, w, sheet.services, None, self._show_slots, rows)
        self._day = DayStepper(theme, w, "book-day", self._step)
        self._days = sheet.days
        self._slots: Segments[Instant] | None = None
        self._place = QVBoxLayout()
        self._holder = QWidget()
        self._holder.setLayout(self._place)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._hint = self.explanation("")
        when = self.headed(w.t("When?"), self._day, self._holder, self._hint)
        self.columns(self.headed(w.t("Which service is it for?"), self._picker), when)
        self._holder.setFixedHeight(theme.px(56 * SLOT_ROWS))
        self.finish(confirm=self.primary("book-confirm", w.t("Book"), Icon.CALENDAR_CHECK, self._book))
        self._step(sheet.days[0] if sheet.days else None)

    def open_sheet(self) -> None:
        super().open_sheet()
        self._picker.focus_field()

    def check(self) -> None:
        self.set_complete(self._slots is not None and self._slots.chosen is not None)

    def _step(self, day: BusinessDay | None) -> None:
        if day is not None:
            place = self._days.index(day)
            before = self._days[place - 1] if place > 0 else None
            after = self._days[place + 1] if place + 1 < len(self._days) else None
            self._day.show_day(day, before, after)
        self._show_slots()

    def _show_slots(self) -> None:
        if self._slots is not None:
            self._place.removeWidget(self._slots)
            self._slots.hide()
            self._slots.deleteLater()
            self._slots = None
        service, day = self._service, self._day.day
        free = self.office.slots(service, day) if service is not None and day is not None else ()
        answers = [(at, f"slot-{self.w.local(at):%H%M}", self._clock(at)) for at in free]
        if answers:
            self._slots = Segments(self.theme, answers, 3 if self.is_strip else 4, None, self.check)
            self._place.addWidget(self._slots, 0, Qt.AlignmentFlag.AlignTop)
        if service is None:
            self._hint.set_words(self.w.t("Choose the service first."))
        elif not free:
            self._hint.set_words(self.w.t("No time is free on this day."))
        else:
            self._hint.set_words(self.w.tn("{n} time is free.", "{n} times are free.", len(free)))
        self.check()

    def _clock(self, at: Instant) -> str:
        return words.clock(at, self.w)

    @property
    def _service(self) -> Service | None:
        return self._services.get(self._picker.chosen) if self._picker.chosen is not None else None

    def _book(self) -> None:
        slot_at = self._slots.chosen if self._slots is not None else None
        service, day = self._service, self._day.day
        if slot_at is not None and service is not None and day is not None:
            self.office.giving.book(service, day, slot_at)


class BookedQuestion(OfficeQuestion):
    """What the citizen takes along: when, the reference, and a code that can be photographed."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: BookedSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("The appointment is booked"))
        reserved = sheet.reserved
        when = Type(theme.px(22), Weight.BOLD)
        self.body.addWidget(TextLabel(theme, office_words.at_slot(reserved.slot_at, w), when))
        self.body.addWidget(self.explanation(words.said(sheet.service.name, w)))
        self.body.addSpacing(theme.space(8))
        plate = NumberPlate(theme, 64 if self.is_strip else 84, PlateForm.DESK)
        plate.set_number(reserved.letter, reference(reserved.appointment))
        plate.setObjectName("booked")
        self.body.addLayout(to_copy(theme, w, plate, reserved.token, reserved.code))
        self._booked = sheet
        self._paper = OnPaper(theme, w, self.office.giving.print_again)
        self.body.addWidget(self._paper)
        self._paper.show_paper(sheet.printout.paper)
        done = self.primary("booked-close", w.t("Done"), Icon.CHECK, self.presenter.close_sheet)
        self.foot(confirm=done)

    def show_work(self, page: WorkPage) -> None:
        super().show_work(page)
        if isinstance(page.sheet, BookedSheet) and page.sheet != self._booked:
            self._booked = page.sheet
            self._paper.show_paper(page.sheet.printout.paper)
