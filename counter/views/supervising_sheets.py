"""A supervisor's sheets about queues, counters and numbers that wait: what is to happen, and why."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from broker.domain.ticket import ToCounter, ToQueue, ToSender
from broker.domain.values import ClosingReason, Place
from counter import office_words, words
from counter.office_sheets import (
    Closing,
    ClosingSheet,
    CounterSheet,
    MoveSheet,
    QueueSheet,
    ReassignSheet,
    ReleaseSheet,
    VoidSheet,
)
from counter.presenter import Presenter
from counter.supervising import MOVE_REASONS, RELEASE_REASONS, VOID_REASONS
from counter.views.office_question import OfficeQuestion
from counter.views.question import Answer, Answers
from counter.views.segments import Segments
from counter.views.supervising_cards import DOING_ICONS
from ui.icons import Icon
from ui.theme import Role, Theme, Type, Weight
from ui.widgets.fact import Fact
from ui.widgets.label import TextLabel
from wording import Wording


class QueueQuestion(OfficeQuestion):
    """Whether it is interrupted, closed, or goes on."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: QueueSheet
    ) -> None:
        card, office = sheet.card, presenter.office
        title = w.t("Queue {letter}: {name}", letter=card.letter, name=words.said(card.queue.name, w))
        super().__init__(theme, w, page, presenter, title)
        waiting = w.tn("{n} waiting", "{n} waiting", card.waiting)
        if card.waiting:
            longest = words.minutes(card.longest_minutes, w)
            waiting = w.t("{waiting}, the longest {minutes}", waiting=waiting, minutes=longest)
        self.body.addWidget(self.explanation(waiting))
        if card.paused is None:
            pause = partial(office.ask_closing, Closing.PAUSE_QUEUE, card.letter)
            self.entry("pause-queue", w.t("Pause the queue"), Icon.PAUSE, pause)
        else:
            reason = office_words.closing_reason(card.paused, w)
            self._why(w.t("On pause: {reason}", reason=reason.lower()), Icon.PAUSE)
            self.entry("resume-queue", w.t("Resume the queue"), Icon.RESTART, self._resume(card.letter))
        if card.closed is None:
            close = partial(office.ask_closing, Closing.CLOSE_QUEUE, card.letter)
            self.entry("close-queue", w.t("Close for today"), Icon.LOCK, close)
        else:
            reason = office_words.closing_reason(card.closed, w)
            self._why(w.t("Closed for today: {reason}", reason=reason.lower()), Icon.LOCK)
            self.entry("reopen-queue", w.t("Give out numbers again"), Icon.DOOR, self._reopen(card.letter))
        self.finish()

    def _resume(self, letter: str) -> Callable[[], None]:
        return partial(self.office.resume_queue, letter)

    def _reopen(self, letter: str) -> Callable[[], None]:
        return partial(self.office.reopen_queue, letter)

    def _why(self, said: str, icon: Icon) -> None:
        self.body.addSpacing(self.theme.space(4))
        self.body.addWidget(Fact(self.theme, icon, said, Type(self.theme.type(Role.BODY).px, Weight.BOLD)))


class ClosingQuestion(OfficeQuestion):
    """Why numbers are not given out any more."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ClosingSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, office_words.closing_title(sheet, w))
        self._sheet = sheet
        self._reasons: Answers[ClosingReason] = self.answers(
            [Answer(each, f"reason-{each}", office_words.closing_reason(each, w)) for each in ClosingReason],
            None,
        )
        if self.is_strip:
            column = QVBoxLayout()
            column.addWidget(self._reasons)
            self.body.addWidget(self.explanation(office_words.closing_note(sheet, w)))
            self.scrolling(column)
        else:
            self.body.addWidget(self.explanation(office_words.closing_note(sheet, w)))
            self.body.addWidget(self._reasons)
        yes = office_words.closing_yes(sheet.closing, w)
        confirm = (
            self.primary("closing-confirm", yes, Icon.PAUSE, self._close)
            if sheet.closing is Closing.PAUSE_QUEUE
            else self.danger("closing-confirm", yes, self._close)
        )
        self.finish(confirm=confirm)
        self.check()

    def check(self) -> None:
        self.set_complete(self._reasons.chosen is not None)

    def _close(self) -> None:
        if self._reasons.chosen is not None:
            self.office.close(self._sheet, self._reasons.chosen)


class CounterQuestion(OfficeQuestion):
    """Who sits there and what goes on; what a supervisor can do about it."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: CounterSheet
    ) -> None:
        card, office = sheet.card, presenter.office
        number = card.in_hand.number if card.in_hand is not None else None
        title = w.t("Counter {number}", number=card.counter)
        super().__init__(theme, w, page, presenter, title, number)
        bold = Type(theme.type(Role.LEAD).px, Weight.BOLD)
        self.body.addWidget(TextLabel(theme, office_words.seated(card, sheet.name, w), bold))
        lasting = office_words.lasting(card.for_seconds // 60, w)
        doing = w.t("{doing}, for {minutes}", doing=office_words.doing(card.doing, w), minutes=lasting)
        self.body.addWidget(Fact(theme, DOING_ICONS[card.doing], doing, Role.BODY))
        self.body.addWidget(self.explanation(office_words.day_at_counter(card, w)))
        self.body.addSpacing(theme.space(8))
        if card.in_hand is not None:
            if card.can_undo_call:
                undo = partial(office.undo_call, card.in_hand.ticket)
                self.entry("undo-call", w.t("Take the call back"), Icon.UNDO, undo)
            take = partial(office.ask_reassign, card.in_hand.ticket, card.in_hand.number)
            self.entry("reassign", w.t("Send the number elsewhere"), Icon.TRANSFER, take)
        for held in card.held[:3]:
            said = w.t("Send {number}, on hold, elsewhere", number=words.spoken(held.number))
            take = partial(office.ask_reassign, held.ticket, held.number)
            self.entry(f"reassign-{held.ticket}", said, Icon.TRANSFER, take)
        release = partial(office.ask_release, card)
        self.entry("release-counter", w.t("Close this counter"), Icon.USER_CROSS, release)
        self.finish()


class ReleaseQuestion(OfficeQuestion):
    """Why the counter is closed in its clerk's absence."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ReleaseSheet
    ) -> None:
        card = sheet.card
        title = w.t("Close counter {number} for {name}?", number=card.counter, name=sheet.name)
        super().__init__(theme, w, page, presenter, title)
        self._counter = card.counter
        back = [held.number for held in (*((card.in_hand,) if card.in_hand else ()), *card.held)]
        if back:
            numbers = ", ".join(words.spoken(each) for each in back)
            said = w.t("{numbers} will be next in line again.", numbers=numbers)
            self.body.addWidget(self.explanation(said))
        self._reasons = self.reasons(RELEASE_REASONS)
        self.body.addWidget(self._reasons)
        yes = self.danger("release-confirm", w.t("Yes, close the counter"), self._release)
        self.finish(confirm=yes)
        self.check()

    def check(self) -> None:
        self.set_complete(self._reasons.chosen is not None)

    def _release(self) -> None:
        if self._reasons.chosen is not None:
            self.office.release(self._counter, self._reasons.chosen)


class ReassignQuestion(OfficeQuestion):
    """Where the number goes, and why."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: ReassignSheet
    ) -> None:
        super().__init__(theme, w, page, presenter, w.t("Send the number elsewhere"), sheet.number)
        self._ticket = sheet.ticket
        ways = []
        for way in sheet.ways:
            said, note = office_words.way(way, w)
            letter = way.queue.letter if way.queue is not None else None
            ways.append(Answer(way.to, f"to-{_key(way.to)}", said, note, letter))
        self._ways: Answers[ToQueue | ToCounter | ToSender] = self.answers(ways, None)
        self._reasons = self.reasons(MOVE_REASONS)
        rows = self.in_view(self._ways, len(ways))
        self.columns(self.headed(w.t("Where to?"), rows), self.headed(w.t("Why?"), self._reasons))
        yes = self.primary("reassign-confirm", w.t("Send"), Icon.TRANSFER, self._send)
        self.finish(confirm=yes)
        self.check()

    def check(self) -> None:
        self.set_complete(self._ways.chosen is not None and self._reasons.chosen is not None)

    def _send(self) -> None:
        to, reason = self._ways.chosen, self._reasons.chosen
        if to is not None and reason is not None:
            self.office.reassign(self._ticket, to, reason)


def _key(to: ToQueue | ToCounter | ToSender) -> str:
    match to:
        case ToQueue(letter=letter):
            return letter
        case ToCounter(counter=counter):
            return f"counter-{counter}"
        case ToSender():
            return "sender"


class MoveQuestion(OfficeQuestion):
    """To which queue all of them go, where in it, and why."""

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: MoveSheet
    ) -> None:
        count = len(sheet.tickets)
        title = w.tn("Move {n} number to which queue?", "Move {n} numbers to which queue?", count)
        super().__init__(theme, w, page, presenter, title)
        self._tickets = sheet.tickets
        queues = [
            Answer(each.letter, f"move-{each.letter}", words.said(each.name, w), letter=each.letter)
            for each in sheet.queues
        ]
        self._queues: Answers[str] = self.answers(queues, None)
        places: list[tuple[Place | None, str, str]] = [(None, "place-usual", w.t("As usual there"))]
        places += [(each, f"place-{each}", words.place(each, w)) for each in Place]
        self._place: Segments[Place | None] = Segments(theme, places, 2, None, self.check)
        self._reasons = self.reasons(MOVE_REASONS)
        rows = self.in_view(self._queues, len(queues))
        where = self.headed(w.t("Where to?"), rows)
        if self.is_strip:
            self.columns(
                where,
                self.headed(w.t("Its place in that queue"), self._place),
                self.headed(w.t("Why?"), self._reasons),
            )
        else:
            where.addSpacing(theme.space(8))
            where.addLayout(self.headed(w.t("Its place in that queue"), self._place))
            self.columns(where, self.headed(w.t("Why?"), self._reasons))
        yes = w.tn("Move {n} number", "Move {n} numbers", count)
        self.finish(confirm=self.primary("move-confirm", yes, Icon.TRANSFER, self._move))
        self.check()

    def check(self) -> None:
        self.set_complete(self._queues.chosen is not None and self._reasons.chosen is not None)

    def _move(self) -> None:
        letter, reason = self._queues.chosen, self._reasons.chosen
        if letter is not None and reason is not None:
            self.office.move(self._tickets, letter, reason, self._place.chosen)


class VoidQuestion(OfficeQuestion):
    """Whether they really end unserved, and why."""

    MOST_NAMED = 12

    def __init__(
        self, theme: Theme, w: Wording, page: QWidget, presenter: Presenter, sheet: VoidSheet
    ) -> None:
        count = len(sheet.tickets)
        super().__init__(theme, w, page, presenter, w.tn("End {n} number?", "End {n} numbers?", count))
        self._tickets = sheet.tickets
        named = ", ".join(words.spoken(each) for each in sheet.numbers[: self.MOST_NAMED])
        if count > self.MOST_NAMED:
            named = w.t("{numbers} and {n} more", numbers=named, n=w.number(count - self.MOST_NAMED))
        self.body.addWidget(TextLabel(theme, named, Type(theme.type(Role.LEAD).px, Weight.BOLD)))
        said = w.tn(
            "It ends without being served and can't be called any more.",
            "They end without being served and can't be called any more.",
            count,
        )
        self.body.addWidget(self.explanation(said))
        self._reasons = self.reasons(VOID_REASONS)
        self.body.addWidget(self._reasons)
        yes = w.tn("Yes, end {n} number", "Yes, end {n} numbers", count)
        self.finish(confirm=self.danger("void-confirm", yes, self._void))
        self.check()

    def check(self) -> None:
        self.set_complete(self._reasons.chosen is not None)

    def _void(self) -> None:
        if self._reasons.chosen is not None:
            self.office.void(self._tickets, self._reasons.chosen)
