"""`antrean believe-clock`: what to do about a server's clock that its broker does not follow."""

from antrean.broker_line import BrokerLine
from antrean.problem import Problem
from broker.client import new_request_id
from broker.domain.values import Instant
from broker.protocol import messages as m
from wording import Wording


def readings(alarm: m.Alarm, at: Instant, w: Wording) -> str:
    """What the clock shows, and the queue's time at the same moment."""
    return w.t(
        "The server's clock shows {shows}; the queue is at {queue}",
        shows=_moment(at + alarm.figure, w),
        queue=_moment(at, w),
    )


def doubted(line: BrokerLine, w: Wording) -> str:
    """The two readings, for an operator to judge. Raises Problem when nothing is in doubt, or the broker is away."""
    figures = line.ask(m.AskFigures(new_request_id()))
    assert isinstance(figures, m.Figures)
    for alarm in figures.alarms:
        if alarm.kind is m.AlarmKind.CLOCK_DOUBTED:
            return readings(alarm, figures.at, w)
    todo = w.t("If it is wrong all the same, let it be set from the network: the queue follows by itself.")
    raise Problem(w.t("The server's clock is not in doubt."), _moment(figures.at, w), todo)


def believe(line: BrokerLine, w: Wording) -> str:
    """Let the queue follow the clock. Raises Problem."""
    line.ask(m.BelieveClock(new_request_id()))
    return w.t("The queue follows the server's clock, or waits for it where it is behind.")


def _moment(at: int, w: Wording) -> str:
    local = w.local(at)
    return w.t("{date}, {time}", date=w.date(local.date()), time=w.clock(local))
