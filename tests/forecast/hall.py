"""A hall for the forecast's tests: a morning that the forecast follows, and days made up for it to have seen."""

from broker.domain import commands as c
from broker.domain.evolve import evolve
from broker.domain.state import State
from broker.domain.values import BusinessDay, ClerkId, CounterNumber, PauseReason
from forecast.experience import DayFigures, Entry, Experience, Rest, Shift, Spell
from forecast.forecaster import Forecaster
from tests.support.morning import Morning

DAYS = tuple(BusinessDay(f"2026-07-{day:02d}") for day in (7, 8, 9, 10, 13))
OPENS = 7.5 * 60
NOTHING_SEEN = Experience()


class Hall(Morning):
    """A morning at the sample outlet, and a forecast that follows it from the start."""

    def __init__(self, experience: Experience = NOTHING_SEEN) -> None:
        super().__init__()
        self.forecaster = Forecaster(experience, seed=1)
        self._seen = State()
        self.follow()

    def follow(self) -> None:
        """Let the forecast take in what has happened since."""
        for record in self.journal[self._seen.seq :]:
            evolve(self._seen, record)
            self.forecaster.happened(self._seen, record)

    def serve_in_hand(self, clerk: str) -> None:
        """Complete what the clerk has in hand, ten minutes from now."""
        ticket = next(seat.ticket for seat in self.state.seats.values() if seat.clerk == clerk)
        assert ticket is not None
        self.advance(minutes=10)
        self.clerk(clerk, c.CompleteTicket(ticket))

    def serve(self, clerk: str, counter: CounterNumber, minutes: float) -> None:
        """Call, serve, complete; the walk is within the minutes."""
        ticket = self.call(clerk, counter)
        self.clerk(clerk, c.StartService(ticket))
        self.advance(minutes=minutes)
        self.clerk(clerk, c.CompleteTicket(ticket))


def spell(letter: str, minutes: float, clerk: str = "sri", counter: int = 1, *, served: bool = True) -> Spell:
    return Spell(OPENS, minutes, letter, CounterNumber(counter), ClerkId(clerk), served, 5.0)


def entry(minute: float, letter: str = "A") -> Entry:
    return Entry(minute, letter, None, 0.0)


def rest(begins: float, minutes: float | None, counter: int = 1) -> Rest:
    ends = None if minutes is None else begins + minutes
    return Rest(begins, ends, CounterNumber(counter), PauseReason.BREAK, begins)


def shift(opens: float = OPENS, closes: float | None = None, counter: int = 1, clerk: str = "sri") -> Shift:
    return Shift(opens, closes, CounterNumber(counter), ClerkId(clerk))


def steady(letter_minutes: dict[str, float], *, days: int = 5, each: int = 60) -> Experience:
    """Days on which every service of a queue took the same time, at one counter without rests."""
    return Experience(
        tuple(
            DayFigures(
                day,
                spells=[
                    spell(letter, minutes) for letter, minutes in letter_minutes.items() for _ in range(each)
                ],
                gaps=[0.1] * 50,
                shifts=[shift()],
            )
            for day in DAYS[:days]
        )
    )
