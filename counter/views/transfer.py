"""The sheet that sends the number in hand on: to whom, to which place there, and with what words."""

from enum import Enum, auto
from typing import assert_never

from PySide6.QtWidgets import QWidget

from broker.domain.ticket import Destination, ToClerk, ToCounter, ToQueue, ToSender
from broker.domain.values import Place
from counter import words
from counter.presenter import Presenter
from counter.sheets import Colleague, TransferSheet
from counter.views.question import Answer, Answers, Question
from counter.views.segments import Segments
from ui.icons import Icon
from ui.theme import Surface, Theme
from ui.widgets.field import TextField
from ui.widgets.scroll import RowScroll
from wording import Wording

LONGEST_NOTE = 140
"""So much can be read at a glance under the number."""


class Kind(Enum):
    """To what a number can be sent."""

    QUEUE = auto()
    COUNTER = auto()
    CLERK = auto()
    SENDER = auto()


class TransferQuestion(Question):
    """The place is as configured for the destination until the clerk chooses another."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: TransferSheet
    ) -> None:
        is_strip = theme.surface is Surface.STRIP
        title = w.t("Transfer") if is_strip else w.t("Transfer to whom?")
        super().__init__(theme, w, page, presenter, title, sheet.number)
        self._sheet = sheet
        self._chosen_place: Place | None = None
        self._answers: Answers[Destination] | None = None
        self._kinds: Segments[Kind] = Segments(
            theme,
            [(kind, f"to-{kind.name.lower()}", self._kind(kind)) for kind in self._possible()],
            2 if self.is_strip else 4,
            Kind.QUEUE,
            self._show_answers,
        )
        self._rows = RowScroll(theme)
        self._rows.setFixedHeight(theme.px(188 if self.is_strip else 220))
        self._places: Segments[Place] = Segments(
            theme,
            [(place, f"place-{place}", words.place(place, w)) for place in Place],
            2 if self.is_strip else 3,
            None,
            self._place_chosen,
        )
        asked = w.t("A note, if needed") if is_strip else w.t("A note for the next clerk, if needed")
        self._note = TextField(theme, asked, Icon.PENCIL)
        self._note.setObjectName("note")
        self._note.setMaxLength(LONGEST_NOTE)
        for part in (self._kinds, self._rows, self._places, self._note):
            self.body.addWidget(part)
        if not is_strip:
            self.body.insertSpacing(2, theme.space(4))
        self.finish(confirm=self.primary("transfer-confirm", w.t("Transfer"), Icon.TRANSFER, self._transfer))
        self._show_answers()

    def _possible(self) -> list[Kind]:
        """Kinds of which there is one."""
        kinds = [Kind.QUEUE]
        if self._sheet.colleagues:
            kinds += [Kind.COUNTER, Kind.CLERK]
        return [*kinds, Kind.SENDER] if self._sheet.sender is not None else kinds

    def _kind(self, kind: Kind) -> str:
        match kind:
            case Kind.QUEUE:
                return self.w.tp("transfer", "Queue")
            case Kind.COUNTER:
                return self.w.tp("transfer", "Counter")
            case Kind.CLERK:
                return self.w.tp("transfer", "Clerk")
            case Kind.SENDER:
                return self.w.tp("transfer", "Back to the sender")
            case _:
                assert_never(kind)

    def _show_answers(self) -> None:
        """The destinations of the kind chosen; whatever there is only one of is chosen at once."""
        kind = self._kinds.chosen
        assert kind is not None
        answers = self._destinations(kind)
        chosen = answers[0].value if kind is Kind.SENDER else None
        self._answers = Answers(self.theme, answers, chosen, self._destination_chosen)
        self._rows.clear()
        self._rows.rows.addWidget(self._answers)
        self._destination_chosen()

    def _destinations(self, kind: Kind) -> list[Answer[Destination]]:
        w, sheet = self.w, self._sheet
        match kind:
            case Kind.QUEUE:
                return [
                    Answer(
                        ToQueue(queue.letter),
                        f"transfer-{queue.letter}",
                        words.queue_name(queue, w),
                        letter=queue.letter,
                        aside=self._waiting(waiting),
                    )
                    for queue, waiting in sheet.queues
                ]
            case Kind.COUNTER:
                return [
                    Answer(
                        ToCounter(each.counter),
                        f"transfer-counter-{each.counter}",
                        w.t("Counter {number}", number=each.counter),
                        aside=each.name,
                    )
                    for each in sheet.colleagues
                ]
            case Kind.CLERK:
                return [
                    self._person(ToClerk(each.clerk), f"transfer-clerk-{each.clerk}", each)
                    for each in sheet.colleagues
                ]
            case Kind.SENDER:
                assert sheet.sender is not None
                return [self._person(ToSender(), "transfer-sender", sheet.sender)]
            case _:
                assert_never(kind)

    def _waiting(self, n: int) -> str:
        return self.w.number(n) if self.is_strip else self.w.tn("{n} waiting", "{n} waiting", n)

    def _person(self, to: Destination, name: str, colleague: Colleague) -> Answer[Destination]:
        aside = self.w.t("Counter {number}", number=colleague.counter)
        return Answer(to, name, colleague.name, aside=aside)

    def _destination_chosen(self) -> None:
        to = self._answers.chosen if self._answers is not None else None
        self.set_complete(to is not None)
        if self._chosen_place is not None:
            return
        if to is None:
            self._places.clear_choice()
        else:
            self._places.choose(self._configured(to))

    def _configured(self, to: Destination) -> Place:
        """Where the number stands if nobody says otherwise."""
        match to:
            case ToQueue(letter=letter):
                return next(queue.transfer_place for queue, _ in self._sheet.queues if queue.letter == letter)
            case ToCounter() | ToClerk():
                return self._sheet.current.transfer_place
            case ToSender():
                return Place.FRONT
            case _:
                assert_never(to)

    def _place_chosen(self) -> None:
        self._chosen_place = self._places.chosen

    def _transfer(self) -> None:
        to = self._answers.chosen if self._answers is not None else None
        if to is not None:
            self.presenter.transfer(to, self._chosen_place, self._note.text())
