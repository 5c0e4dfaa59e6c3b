"""Which question goes with which of the office's sheets."""

from typing import assert_never

from PySide6.QtWidgets import QWidget

from counter.office_sheets import (
    BookedSheet,
    BookSheet,
    CallOtherSheet,
    CancelAppointmentSheet,
    CheckInSheet,
    ClerksSheet,
    ClockSheet,
    ClosingSheet,
    ConductSheet,
    CounterSheet,
    DayReportSheet,
    GivenSheet,
    GiveSheet,
    MachineSheet,
    MenuSheet,
    MoveSheet,
    OfficeSheet,
    OthersSheet,
    PrioritySheet,
    QueueSheet,
    ReassignSheet,
    ReleaseSheet,
    RollSheet,
    SkillsSheet,
    VoidSheet,
    WaitingSheet,
)
from counter.presenter import Presenter
from counter.views.appointing_sheets import (
    BookedQuestion,
    BookQuestion,
    CancelAppointmentQuestion,
    CheckInQuestion,
)
from counter.views.clerks import ClerksQuestion, SkillsQuestion
from counter.views.clock_doubt import ClockQuestion
from counter.views.conduct import ConductQuestion
from counter.views.giving import GivenQuestion, GiveQuestion, MachineQuestion, MenuQuestion
from counter.views.office_question import OfficeQuestion
from counter.views.others import CallOtherQuestion, OthersQuestion, PriorityQuestion
from counter.views.reporting import DayReportQuestion
from counter.views.roll import RollQuestion
from counter.views.supervising_sheets import (
    ClosingQuestion,
    CounterQuestion,
    MoveQuestion,
    QueueQuestion,
    ReassignQuestion,
    ReleaseQuestion,
    VoidQuestion,
)
from counter.views.waiting_numbers import WaitingQuestion
from ui.theme import Theme
from wording import Wording


def office_question(
    theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: OfficeSheet
) -> OfficeQuestion:
    """The question, to be laid over the page."""
    match sheet:
        case MenuSheet():
            return MenuQuestion(theme, w, page, presenter, sheet)
        case MachineSheet():
            return MachineQuestion(theme, w, page, presenter, sheet)
        case GiveSheet():
            return GiveQuestion(theme, w, page, presenter, sheet)
        case GivenSheet():
            return GivenQuestion(theme, w, page, presenter, sheet)
        case RollSheet():
            return RollQuestion(theme, w, page, presenter, sheet)
        case OthersSheet():
            return OthersQuestion(theme, w, page, presenter, sheet)
        case CallOtherSheet():
            return CallOtherQuestion(theme, w, page, presenter, sheet)
        case PrioritySheet():
            return PriorityQuestion(theme, w, page, presenter, sheet)
        case CheckInSheet():
            return CheckInQuestion(theme, w, page, presenter, sheet)
        case CancelAppointmentSheet():
            return CancelAppointmentQuestion(theme, w, page, presenter, sheet)
        case BookSheet():
            return BookQuestion(theme, w, page, presenter, sheet)
        case BookedSheet():
            return BookedQuestion(theme, w, page, presenter, sheet)
        case DayReportSheet():
            return DayReportQuestion(theme, w, page, presenter, sheet)
        case QueueSheet():
            return QueueQuestion(theme, w, page, presenter, sheet)
        case ClosingSheet():
            return ClosingQuestion(theme, w, page, presenter, sheet)
        case CounterSheet():
            return CounterQuestion(theme, w, page, presenter, sheet)
        case ReleaseSheet():
            return ReleaseQuestion(theme, w, page, presenter, sheet)
        case ReassignSheet():
            return ReassignQuestion(theme, w, page, presenter, sheet)
        case WaitingSheet():
            return WaitingQuestion(theme, w, page, presenter, sheet)
        case MoveSheet():
            return MoveQuestion(theme, w, page, presenter, sheet)
        case VoidSheet():
            return VoidQuestion(theme, w, page, presenter, sheet)
        case ClerksSheet():
            return ClerksQuestion(theme, w, page, presenter, sheet)
        case SkillsSheet():
            return SkillsQuestion(theme, w, page, presenter, sheet)
        case ConductSheet():
            return ConductQuestion(theme, w, page, presenter, sheet)
        case ClockSheet():
            return ClockQuestion(theme, w, page, presenter, sheet)
        case _:
            assert_never(sheet)
