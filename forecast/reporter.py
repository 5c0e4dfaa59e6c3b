"""Decides when to simulate anew and what of it to tell the broker; lives in one thread beside its session.

A change is answered within two seconds; without one, time itself moves the figures. It keeps a state of its own that
it moves event by event: the session's is already at the end of what came together.
"""

from collections.abc import Callable

import structlog

from broker.client import CommandAnswer, Link, SessionFace
from broker.domain.codec import decode_state, encode_state
from broker.domain.commands import ReportForecast
from broker.domain.events import ForecastReported, Recorded, TicketIssued
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.ticket import Estimate
from broker.domain.values import Instant
from broker.protocol.messages import Accepted
from forecast.forecaster import Figure, Forecaster, Line

log = structlog.get_logger(__name__)

AFTER_CHANGE_SECONDS = 1.0
STANDS_MS = 20_000
"""So long a figure stands when nothing happens, by the outlet's clock."""
RENEWED_MS = 50_000
"""After so long, by the outlet's clock, figures are told even if they are the same: they go stale."""
SHARE_OF_CORE = 0.1
MOVED_SHARE = 0.08
"""A range is told anew when an end has moved by more than this share of its middle, or a minute."""


class Reporter:
    """One outlet's forecasts, told to its broker. `spent` counts the processor's seconds that this process has used."""

    def __init__(
        self,
        session: SessionFace,
        forecaster: Forecaster,
        monotonic: Callable[[], float],
        spent: Callable[[], float],
    ) -> None:
        self._session = session
        self._forecaster = forecaster
        self._monotonic = monotonic
        self._spent = spent
        self._state = State()
        self._told: dict[Line, Estimate | None] = {}
        self._latest: dict[Line, Figure] = {}
        self._changed = False
        self._next_at = monotonic()
        self._stands_until = Instant(0)
        self._renew_at = Instant(0)
        session.on_change(self._on_change)

    def turn(self) -> None:
        """Let time act; to be called several times a second."""
        due = self._changed or self._session.now() >= self._stands_until
        if due and self._monotonic() >= self._next_at and self._session.link is Link.LIVE:
            self._refresh()

    def _on_change(self, records: tuple[Recorded, ...]) -> None:
        if self._session.state.seq != self._state.seq + len(records):
            self._take_up()
            return
        for record in records:
            evolve(self._state, record)
            self._forecaster.happened(self._state, record)
            match record.event:
                case TicketIssued(ticket=ticket, letter=letter, priority=priority):
                    figure = self._latest.get(Line(letter, priority is not None))
                    if figure is not None and figure.raw is not None:
                        self._forecaster.notebook.told(ticket, figure.raw)
                case ForecastReported():
                    continue
                case _:
                    pass
            self._changed = True

    def _take_up(self) -> None:
        """The replica has been replaced: so is the state kept here."""
        self._state = decode_state(encode_state(self._session.state))
        self._forecaster.begin(self._state)
        self._told = {
            Line(each.letter, each.with_priority): each.estimate
            for each in (*self._state.expected.values(), *self._state.expected_with_priority.values())
        }
        self._changed = True

    def _refresh(self) -> None:
        began, now = self._spent(), self._session.now()
        self._changed = False
        self._stands_until = Instant(now + STANDS_MS)
        rules = self._state.rules
        if rules is not None and self._state.day is not None:
            lines = [Line(queue.letter, priority) for queue in rules.queues for priority in (False, True)]
            figures = self._forecaster.figures(self._state, now, lines)
            self._latest = {figure.line: figure for figure in figures}
            news = [figure for figure in figures if self._is_news(figure)]
            if news or now >= self._renew_at:
                self._tell(news or figures[:1])
                self._renew_at = Instant(now + RENEWED_MS)
        self._next_at = self._monotonic() + max(AFTER_CHANGE_SECONDS, (self._spent() - began) / SHARE_OF_CORE)

    def _tell(self, figures: list[Figure]) -> None:
        told = {figure.line: figure.estimate for figure in figures}

        def answered(answer: CommandAnswer) -> None:
            if isinstance(answer, Accepted):
                return
            log.info("the expected waits were not taken", answer=str(answer))
            for line in told:
                self._told.pop(line, None)

        self._told |= told
        self._session.send(ReportForecast(tuple(figure.expected for figure in figures)), answered)

    def _is_news(self, figure: Figure) -> bool:
        if figure.line not in self._told:
            return True
        before, after = self._told[figure.line], figure.estimate
        if before is None or after is None:
            return before is not after
        least = max(1.0, MOVED_SHARE * (after.from_minutes + after.to_minutes) / 2)
        moved = (abs(after.from_minutes - before.from_minutes), abs(after.to_minutes - before.to_minutes))
        return max(moved) >= least
