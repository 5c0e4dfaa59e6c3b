"""Random days at the outlet: Hypothesis chooses one move after another, World checks every property after each."""

from collections import Counter
from typing import ClassVar

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from broker.domain import commands as c
from broker.domain.refusals import Refusal
from broker.domain.values import ClerkId, CounterNumber
from tests.broker.domain.properties import (
    at_the_counter,
    at_the_door,
    in_the_office,
    in_time,
    out_of_the_blue,
)
from tests.broker.domain.properties.at_the_counter import at_counter
from tests.broker.domain.properties.move import possible
from tests.broker.domain.properties.world import World

CLERKS = (ClerkId("sri"), ClerkId("budi"), ClerkId("ratna"))
MODULES = (at_the_counter, at_the_door, in_the_office, in_time, out_of_the_blue)
"""Each has added its moves to MOVES."""


class OutletMachine(RuleBasedStateMachine):
    """Each step is a move that there is sense in, so that deep states are reached."""

    accepted: ClassVar[Counter[type[c.Command]]] = Counter()
    refused: ClassVar[Counter[type[Refusal]]] = Counter()

    @initialize()
    def open(self) -> None:
        self.world = World()
        for number, clerk in zip((1, 2, 3), CLERKS, strict=True):
            at_counter(self.world, clerk, c.OpenCounter(CounterNumber(number)))

    @rule(data=st.data())
    def step(self, data: st.DataObject) -> None:
        data.draw(st.sampled_from(possible(self.world.state))).act(self.world, data.draw)

    def teardown(self) -> None:
        if self.world.broken is None:
            self.world.restart()
        self.accepted.update(self.world.accepted)
        self.refused.update(self.world.refused)


def run(examples: int, steps: int, *, derandomize: bool, shrink: bool = True) -> None:
    """So many random days of so many moves each; raises ViolatedError where a property does not hold."""
    phases = (Phase.explicit, Phase.generate, Phase.shrink) if shrink else (Phase.generate,)
    run_state_machine_as_test(
        OutletMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            derandomize=derandomize,
            database=None,
            phases=phases,
            print_blob=False,
            report_multiple_bugs=False,
            suppress_health_check=[*HealthCheck],
        ),
    )
