"""A clerk's window: the bar, the page of the chosen tab, and the sheet that lies over it."""

from typing import assert_never

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from counter.office_sheets import BookedSheet, DayReportSheet, GivenSheet
from counter.page import Tab, WorkPage
from counter.presenter import Presenter
from counter.sheets import (
    AcceptSheet,
    BreakSheet,
    CancelSheet,
    DoubtSheet,
    HandOverSheet,
    HoldSheet,
    PlanSheet,
    ScanSheet,
    ServiceSheet,
    Sheet,
    SlipSheet,
    TransferSheet,
    WhySheet,
)
from counter.views.appointing import AppointmentsPage
from counter.views.bar import Bar, LinkBand
from counter.views.board import BoardPage
from counter.views.desk import DeskPage
from counter.views.devices import DevicesPage
from counter.views.doubt import DoubtQuestion
from counter.views.filing import AcceptQuestion, ServiceQuestion
from counter.views.office import office_question
from counter.views.question import Question
from counter.views.questions import (
    BreakQuestion,
    CancelQuestion,
    HandOverQuestion,
    HoldQuestion,
    ScanQuestion,
)
from counter.views.slip import SlipQuestion
from counter.views.standing import StandingBand
from counter.views.strip import StripPage
from counter.views.supervising import SupervisionPage
from counter.views.transfer import TransferQuestion
from counter.views.visit import PlanQuestion, WhyQuestion
from ui.theme import Surface, Theme
from wording import Wording


class WorkView(QWidget):
    """Keeps its widgets while a clerk works; only the sheet is made anew."""

    def __init__(self, theme: Theme, w: Wording, page: WorkPage, presenter: Presenter) -> None:
        super().__init__()
        self._theme = theme
        self._w = w
        self._presenter = presenter
        self._sheet: Sheet | None = None
        self._question: Question | None = None
        self._under = QWidget()
        self._bar = Bar(theme, w, page, presenter)
        self._band = LinkBand(theme, w)
        self._standing = StandingBand(theme, w)
        make_desk = StripPage if theme.surface is Surface.STRIP else DeskPage
        self._desk = make_desk(theme, w, presenter)
        self._board = BoardPage(theme, w, presenter)
        self._appointments = AppointmentsPage(theme, w, presenter)
        self._supervision = SupervisionPage(theme, w, presenter)
        self._devices = DevicesPage(theme, w, presenter)
        self._pages = QStackedWidget()
        for each in (self._desk, self._board, self._appointments, self._supervision, self._devices):
            self._pages.addWidget(each)
        column = QVBoxLayout(self._under)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._bar)
        column.addWidget(self._band)
        column.addWidget(self._standing)
        column.addWidget(self._pages, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._under)

    def show_work(self, page: WorkPage) -> None:
        self._bar.show_work(page)
        self._band.show_work(page)
        self._standing.show_work(page)
        match page.tab:
            case Tab.DESK:
                self._pages.setCurrentWidget(self._desk)
                self._desk.show_work(page)
            case Tab.ONE_DAY:
                self._pages.setCurrentWidget(self._board)
                self._board.show_work(page)
            case Tab.APPOINTMENTS:
                self._pages.setCurrentWidget(self._appointments)
                self._appointments.show_work(page)
            case Tab.SUPERVISION:
                self._pages.setCurrentWidget(self._supervision)
                self._supervision.show_work(page)
            case Tab.DEVICES:
                self._pages.setCurrentWidget(self._devices)
                self._devices.show_work(page)
            case _:
                assert_never(page.tab)
        self._show_sheet(page)

    def _show_sheet(self, page: WorkPage) -> None:
        if not self._is_same(page.sheet):
            self._put_away()
            self._sheet = page.sheet
            if page.sheet is not None:
                self._question = self._made(page.sheet)
                self._question.closed.connect(self._presenter.close_sheet)
                self._question.open_sheet()
                self._under.setEnabled(False)  # its keys are the sheet's keys too
        self._sheet = page.sheet
        if self._question is not None:
            self._question.show_work(page)

    def _is_same(self, sheet: Sheet | None) -> bool:
        """What is to be printed stays in place while it fares at the printer."""
        match sheet, self._sheet:
            case SlipSheet() as new, SlipSheet() as old:
                return new.application == old.application
            case GivenSheet() as new, GivenSheet() as old:
                return new.ticket == old.ticket
            case BookedSheet() as new, BookedSheet() as old:
                return new.reserved == old.reserved
            case HandOverSheet() as new, HandOverSheet() as old:
                return new.files == old.files
            case DayReportSheet() as new, DayReportSheet() as old:
                return new.report == old.report
            case _:
                return sheet == self._sheet

    def _put_away(self) -> None:
        if self._question is not None:
            self._under.setEnabled(True)
            self._question.closed.disconnect(self._presenter.close_sheet)
            self._question.close_sheet()
            self._question = None

    def _made(self, sheet: Sheet) -> Question:
        theme, w, presenter = self._theme, self._w, self._presenter
        match sheet:
            case TransferSheet():
                return TransferQuestion(theme, w, self, presenter, sheet)
            case PlanSheet():
                return PlanQuestion(theme, w, self, presenter, sheet)
            case WhySheet():
                return WhyQuestion(theme, w, self, presenter, sheet)
            case HoldSheet():
                return HoldQuestion(theme, w, self, presenter, sheet)
            case CancelSheet():
                return CancelQuestion(theme, w, self, presenter, sheet)
            case BreakSheet():
                return BreakQuestion(theme, w, self, presenter)
            case ServiceSheet():
                return ServiceQuestion(theme, w, self, presenter, sheet)
            case AcceptSheet():
                return AcceptQuestion(theme, w, self, presenter, sheet)
            case ScanSheet():
                return ScanQuestion(theme, w, self, presenter, sheet)
            case HandOverSheet():
                return HandOverQuestion(theme, w, self, presenter, sheet)
            case SlipSheet():
                return SlipQuestion(theme, w, self, presenter, sheet)
            case DoubtSheet():
                return DoubtQuestion(theme, w, self, presenter, sheet)
            case _:
                return office_question(theme, w, self, presenter, sheet)
