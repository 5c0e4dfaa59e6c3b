"""A paper that an earlier run of the kiosk may not have brought out: asked about, printed again, or copied."""

from PySide6.QtWidgets import QVBoxLayout

from kiosk import events
from kiosk.flow import Given
from kiosk.in_doubt import InDoubt
from kiosk.presenter import Sight
from kiosk.screens.boxes import Item, column
from kiosk.screens.copying import Copied, CopyingScreen
from kiosk.screens.on_screen import plate_of
from kiosk.screens.printing import PrintingScreen
from kiosk.screens.screen import Stage
from kiosk.screens.slot import Paper, PaperAppointment, PaperTicket, clock_type
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Tone
from ui.widgets.buttons import PrimaryButton, SecondaryButton
from ui.widgets.fact import Fact
from ui.widgets.label import OneLineLabel, TextLabel
from wording import Wording


class InDoubtScreen(CopyingScreen):
    """First what holds: the number, as it can be copied."""

    def __init__(self, stage: Stage, sight: Sight) -> None:
        w, given = stage.wording, _given(sight)
        lead = (
            w.t("The machine stopped while it printed. This ticket may not have come out.")
            if given.may_be_out
            else w.t("The machine stopped before it printed this ticket.")
        )
        super().__init__(stage, _copied(stage, given, _title(given, w), lead))

    def buttons(self) -> tuple[Item, ...]:
        theme, w = self.theme, self.wording
        self._again = PrimaryButton(theme, w.t("Print it again"), Icon.PRINTER)
        self.touch(self._again, "again", events.AgainWanted())
        self._copied = PrimaryButton(theme, w.t("I have copied it"))
        self.touch(self._copied, "copied", events.Done())
        has_it = SecondaryButton(theme, w.t("I have the ticket"))
        self.touch(has_it, "paper-in-hand", events.PaperInHand())
        return (self._again, self._copied, self.gap(16), has_it)

    def refresh(self, sight: Sight) -> None:
        super().refresh(sight)
        self._again.setVisible(sight.can_print)
        self._copied.setVisible(not sight.can_print)


class AgainScreen(PrintingScreen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        w, given = stage.wording, _given(sight)
        marked = w.t("It carries the mark {mark}: the number is the same.", mark=w.t("REPRINT"))
        told = (Fact(stage.theme, Icon.INFO, marked, Role.LEAD, icon_tone=Tone.ACCENT),)
        super().__init__(stage, _paper(stage, given), "", *(told if given.may_be_out else ()))

    def show_given(self, given: Given, sight: Sight) -> None:
        """The paper says it already."""


class AgainOnScreen(CopyingScreen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        w = stage.wording
        lead = (
            w.t("If no ticket comes out, please photograph this screen or write the number down.")
            if sight.visit.perhaps_on_paper
            else w.t("The ticket was not printed. Please photograph this screen or write the number down.")
        )
        given = _given(sight)
        super().__init__(stage, _copied(stage, given, _title(given, w), lead))


def _given(sight: Sight) -> InDoubt:
    given = sight.visit.given
    assert isinstance(given, InDoubt)
    return given


def _title(given: InDoubt, w: Wording) -> str:
    return w.t("Your number is still valid") if given.ticket else w.t("Your place is still reserved")


def _copied(stage: Stage, given: InDoubt, title: str, lead: str) -> Copied:
    return Copied(
        title=title,
        lead=lead,
        hero=_number(stage, given) if given.ticket else _time(stage, given),
        token=given.token,
        code=given.code,
        beside=(),
        below=(),
    )


def _number(stage: Stage, given: InDoubt) -> QVBoxLayout:
    return plate_of(stage, given.letter, given.digits, given.what)


def _time(stage: Stage, given: InDoubt) -> QVBoxLayout:
    theme = stage.theme
    return column(
        0,
        TextLabel(theme, stage.wording.t("Your appointment"), Role.LEAD, Tone.FAINT, Align.CENTRE),
        stage.gap(12),
        OneLineLabel(theme, given.day, Role.HEADING, align=Align.CENTRE),
        OneLineLabel(theme, given.clock, clock_type(theme), align=Align.CENTRE),
        OneLineLabel(theme, given.what, Role.LEAD, Tone.INK, Align.CENTRE),
    )


def _paper(stage: Stage, given: InDoubt) -> Paper:
    theme, w = stage.theme, stage.wording
    if given.ticket is None:
        place = PaperAppointment(theme, w.t("Your appointment"))
        place.set_appointment(given.day, given.clock, given.what)
        return place
    ticket = PaperTicket(theme, w.t("Your queue number"))
    ticket.set_ticket(given.letter, given.digits, given.what, "")
    return ticket
