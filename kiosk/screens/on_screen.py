"""The ticket that is not on paper: its plate over the code to copy."""

from PySide6.QtWidgets import QVBoxLayout

from broker.protocol.messages import TicketOutcome
from kiosk.presenter import Sight
from kiosk.screens.boxes import column
from kiosk.screens.copying import Copied, CopyingScreen
from kiosk.screens.screen import Stage
from kiosk.words import clock, minutes, said
from ui.icons import Icon
from ui.text import Align, Span
from ui.theme import Ground, Role, Surface, Tone, Weight
from ui.widgets.fact import Fact
from ui.widgets.label import OneLineLabel, TextLabel
from ui.widgets.plate import NumberPlate

_DIGITS_PX = {Surface.KIOSK: 240, Surface.KIOSK_LANDSCAPE: 200, Surface.KIOSK_SMALL: 130}


class OnScreenScreen(CopyingScreen):
    def __init__(self, stage: Stage, sight: Sight) -> None:
        w, ticket = stage.wording, sight.visit.given
        assert isinstance(ticket, TicketOutcome)
        lead = (
            w.t("If no ticket comes out, please photograph this screen or write the number down.")
            if sight.visit.perhaps_on_paper
            else w.t("The ticket was not printed. Please photograph this screen or write the number down.")
        )
        super().__init__(
            stage,
            Copied(
                title=w.t("Your number is registered"),
                lead=lead,
                hero=_number(stage, ticket, sight),
                token=ticket.token,
                code=ticket.code,
                beside=_waits(stage, ticket),
                below=_ready(stage, ticket),
            ),
        )


def _number(stage: Stage, ticket: TicketOutcome, sight: Sight) -> QVBoxLayout:
    w, queue, wish = stage.wording, sight.state.queue(ticket.letter), sight.visit.wish
    service = sight.state.services.get(wish.service) if wish and wish.service else None
    what = said(service.name, w) if service else said(queue.name, w) if queue else ""
    return plate_of(stage, ticket.letter, sight.state.digits(ticket.letter, ticket.number), what)


def plate_of(stage: Stage, letter: str, digits: str, what: str) -> QVBoxLayout:
    """The number as the hero of a page: its plate, and under it what it is for."""
    theme, w = stage.theme, stage.wording
    plate = NumberPlate(theme, _DIGITS_PX[theme.surface], ground=Ground.CARD, align=Align.CENTRE)
    plate.set_number(letter, digits)
    return column(
        0,
        TextLabel(theme, w.t("Your queue number"), Role.LEAD, Tone.FAINT, Align.CENTRE),
        stage.gap(24),
        plate,
        stage.gap(20),
        OneLineLabel(theme, what, Role.LEAD, Tone.INK, Align.CENTRE),
    )


def _waits(stage: Stage, ticket: TicketOutcome) -> tuple[Fact, ...]:
    theme, w = stage.theme, stage.wording
    people = w.tn("{n} person", "{n} people", ticket.ahead)
    ahead = (Span(people, Weight.BOLD), Span(" " + w.t("ahead of you")))
    people_before = Fact(theme, Icon.USERS, ahead, Role.LEAD)
    if ticket.estimate is None:
        return (people_before,)
    told = Span(minutes(ticket.estimate, w), Weight.BOLD)
    return (people_before, Fact(theme, Icon.CLOCK, (told,), Role.LEAD))


def _ready(stage: Stage, ticket: TicketOutcome) -> tuple[Fact, ...]:
    w = stage.wording
    if ticket.ready_expected_at is None:
        return ()
    ready = w.t("Expected to be ready today at {time}.", time=clock(ticket.ready_expected_at, w))
    return (Fact(stage.theme, Icon.PACKAGE_CHECK, ready, Role.LEAD),)
