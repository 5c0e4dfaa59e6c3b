"""The real core under simulated time: commands in, events folded, whoever watches told."""

from itertools import count

from antrean.simulator.record import Observer
from antrean.simulator.setting import Outlet
from broker.domain import commands as c
from broker.domain.decide import decide
from broker.domain.events import AnyEvent, Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import AnyRefusal, Refusal
from broker.domain.state import State
from broker.domain.values import ClerkId, CommandId, DeviceId, DeviceRole, Instant, Seq


class SimulationError(Exception):
    """The simulated people did what the core refuses: the simulator is wrong."""


class Core:
    """One outlet's state, moved by commands."""

    def __init__(self, outlet: Outlet, observer: Observer, now: Instant) -> None:
        self.state = State()
        self._observer = observer
        self._ids = count(1)
        self.do(now, c.ConfigureOutlet(outlet.rules), DeviceRole.OPERATOR)
        self.do(now, c.AdoptCatalogue(outlet.services), DeviceRole.OPERATOR)
        self.do(now, c.Tick(), DeviceRole.BROKER)

    def ask(
        self, now: Instant, command: c.AnyCommand, role: DeviceRole, clerk: ClerkId | None = None
    ) -> tuple[AnyEvent, ...] | AnyRefusal:
        """Decide and fold; the events, or why not."""
        device = DeviceId(clerk or role.value)
        envelope = c.Envelope(CommandId(f"{next(self._ids):032x}"), device, role, command, clerk)
        decision = decide(self.state, envelope, now)
        if isinstance(decision, Refusal):
            return decision
        for event in decision:
            record = Recorded(Seq(self.state.seq + 1), now, envelope.id, device, event, clerk)
            evolve(self.state, record)
            self._observer.happened(self.state, record)
        return decision

    def do(
        self, now: Instant, command: c.AnyCommand, role: DeviceRole, clerk: ClerkId | None = None
    ) -> tuple[AnyEvent, ...]:
        """Like `ask`, for what can't be refused. Raises SimulationError where it is."""
        decision = self.ask(now, command, role, clerk)
        if isinstance(decision, Refusal):
            raise SimulationError(f"{command}: {decision}")
        return decision
