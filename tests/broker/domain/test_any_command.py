"""No command that can be decoded raises anything, whatever it names: a fault there would end the broker.

Random days as in properties/, with any command of any sender between, and rules and services that nobody would make.
What follows is folded, encoded and made into rows, as the broker does it.
"""

from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from broker.domain import commands as c
from broker.domain import events as e
from broker.domain.codec import encode_event, encode_state
from broker.domain.commands import AnyCommand
from broker.domain.decide import decide
from broker.domain.decide.permissions import PERMISSIONS
from broker.domain.events import Recorded
from broker.domain.evolve import evolve
from broker.domain.refusals import Refusal
from broker.domain.rules import OutletRules, Service
from broker.domain.values import ClerkId, CommandId, CounterNumber, DeviceId, DeviceRole, Instant, Seq
from broker.protocol.codec import encode
from broker.protocol.messages import Refused
from broker.store.projection import changes_of
from tests.broker.domain.properties.at_the_counter import at_counter
from tests.broker.domain.properties.machine import CLERKS
from tests.broker.domain.properties.move import possible
from tests.broker.domain.properties.playground import KIOSKS, RULES, SERVICES
from tests.broker.domain.properties.world import World
from tests.conftest import SOAKING
from tests.support import anything

COLUMN_AT_MOST = 2**63 - 1
"""What fits a number's column."""

SENDERS = st.sampled_from([*CLERKS, ClerkId("dewi"), ClerkId("nobody"), None])
DEVICES = st.sampled_from([*KIOSKS, DeviceId("pc-1")])


class Tough(World):
    """An outlet that is only to go on: what comes of rules that nobody would make is nobody's property."""

    def attempt(
        self,
        command: AnyCommand,
        role: DeviceRole,
        device: str = "device",
        clerk: str | None = None,
        *,
        happened_at: Instant | None = None,
        under: CommandId | None = None,
    ) -> tuple[e.AnyEvent, ...]:
        """Carry it out as the broker does; what has happened."""
        envelope = self.envelope(command, role, device, clerk, happened_at, under)
        decision = decide(self.state, envelope, self.now)
        if isinstance(decision, Refusal):
            encode(Refused(envelope.id, decision))
            return ()
        for event in decision:
            seq = Seq(self.state.seq + 1)
            record = Recorded(seq, self.now, envelope.id, envelope.device, event, envelope.clerk)
            evolve(self.state, record)
            self.journal.append((record, encode_event(event)))
            for change in changes_of(self.state, record):
                numbers = [value for value in change.row.values() if isinstance(value, int)]
                assert all(abs(number) <= COLUMN_AT_MOST for number in numbers), change
        self._bytes = encode_state(self.state)
        return decision


class AnythingGoes(RuleBasedStateMachine):
    """Moves that there is sense in, so that deep states are reached, and whatever can be decoded."""

    @initialize()
    def open(self) -> None:
        self.world = Tough()
        for number, clerk in zip((1, 2, 3), CLERKS, strict=True):
            at_counter(self.world, clerk, c.OpenCounter(CounterNumber(number)))

    @rule(data=st.data())
    def a_move(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(possible(self.world.state))).act(self.world, data.draw)

    @rule(data=st.data())
    def any_command(self, data: st.DataObject) -> None:
        command = data.draw(anything.commands(self.world.state))
        role = data.draw(st.sampled_from(sorted(PERMISSIONS[type(command)].devices)))
        happened_at = data.draw(st.none() | anything.ODD_NUMBERS)
        clerk = data.draw(SENDERS)
        self.world.attempt(command, role, data.draw(DEVICES), clerk, happened_at=happened_at)

    @rule(data=st.data())
    def other_rules(self, data: st.DataObject) -> None:
        before: Any = data.draw(st.sampled_from([RULES, self.world.rules]))
        known = anything.known_to(self.world.state)
        rules = anything.with_one_leaf_changed(before, OutletRules, known, data.draw)
        self.world.attempt(c.ConfigureOutlet(rules), DeviceRole.OPERATOR)

    @rule(data=st.data())
    def other_services(self, data: st.DataObject) -> None:
        known, services = anything.known_to(self.world.state), [*SERVICES]
        place = data.draw(st.integers(0, len(services) - 1))
        services[place] = anything.with_one_leaf_changed(services[place], Service, known, data.draw)
        self.world.attempt(c.AdoptCatalogue(tuple(services)), DeviceRole.OPERATOR)


@pytest.mark.slow
@pytest.mark.timeout(3600 if SOAKING else 120)
def test_no_command_raises_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "only", "nothing: properties/ asks")
    run_state_machine_as_test(
        AnythingGoes,
        settings=settings(
            max_examples=3000 if SOAKING else 60,
            stateful_step_count=40,
            deadline=None,
            derandomize=not SOAKING,
            database=None,
            phases=(Phase.generate,),
            print_blob=False,
            suppress_health_check=[*HealthCheck],
        ),
    )
