"""A place is reserved: its paper is printed and taken, or it is copied from the screen."""

from PySide6.QtWidgets import QVBoxLayout

from broker.protocol.messages import Reserved
from kiosk.flow import Given
from kiosk.presenter import Sight
from kiosk.screens.boxes import column
from kiosk.screens.copying import Copied, CopyingScreen
from kiosk.screens.printing import PrintingScreen
from kiosk.screens.screen import Stage
from kiosk.screens.slot import PaperAppointment, clock_type
from kiosk.words import clock, if_late, on_arrival, said
from ui.icons import Icon
from ui.text import Align
from ui.theme import Role, Tone
from ui.widgets.fact import Fact
from ui.widgets.label import OneLineLabel, TextLabel


class ReservedScreen(PrintingScreen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        w = stage.wording
        self._paper = PaperAppointment(stage.theme, w.t("Your appointment"))
        super().__init__(stage, self._paper, w.t("Your place is being reserved"), *_advice(stage, sight))

    def show_given(self, given: Given, sight: Sight) -> None:
        assert isinstance(given, Reserved)
        self._paper.set_appointment(
            _day(self.stage, given), clock(given.slot_at, self.wording), _what(self.stage, given, sight)
        )


class ReservedOnScreen(CopyingScreen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        w, reserved = stage.wording, sight.visit.given
        assert isinstance(reserved, Reserved)
        lead = (
            w.t("If no ticket comes out, please photograph this screen or write the code down.")
            if sight.visit.perhaps_on_paper
            else w.t("The ticket was not printed. Please photograph this screen or write the code down.")
        )
        super().__init__(
            stage,
            Copied(
                title=w.t("Your place is reserved"),
                lead=lead,
                hero=_time(stage, reserved, sight),
                token=reserved.token,
                code=reserved.code,
                beside=(),
                below=_advice(stage, sight)[-1:] if stage.is_small else _advice(stage, sight),
            ),
        )


def _time(stage: Stage, reserved: Reserved, sight: Sight) -> QVBoxLayout:
    theme, w = stage.theme, stage.wording
    return column(
        0,
        TextLabel(theme, w.t("Your appointment"), Role.LEAD, Tone.FAINT, Align.CENTRE),
        stage.gap(12),
        OneLineLabel(theme, _day(stage, reserved), Role.HEADING, align=Align.CENTRE),
        OneLineLabel(theme, clock(reserved.slot_at, w), clock_type(theme), align=Align.CENTRE),
        OneLineLabel(theme, _what(stage, reserved, sight), Role.LEAD, Tone.INK, Align.CENTRE),
    )


def _day(stage: Stage, reserved: Reserved) -> str:
    return stage.wording.weekday_date(stage.wording.local(reserved.slot_at))


def _what(stage: Stage, reserved: Reserved, sight: Sight) -> str:
    service = sight.state.services.get(reserved.service)
    return said(service.name, stage.wording) if service else ""


def _advice(stage: Stage, sight: Sight) -> tuple[Fact, ...]:
    theme, w = stage.theme, stage.wording
    assert sight.state.rules is not None
    type = Role.BODY if stage.is_small else Role.LEAD
    return (
        Fact(theme, Icon.SCAN, on_arrival(w), type, icon_tone=Tone.ACCENT),
        Fact(theme, Icon.CLOCK, if_late(sight.state.rules.appointments, w), type, icon_tone=Tone.ACCENT),
    )
