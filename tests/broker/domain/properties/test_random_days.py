"""What must hold whatever happens: random days against the real core, with every command in earnest."""

import pytest

from broker.domain.commands import Command
from broker.domain.refusals import Refusal
from tests.broker.domain.properties.machine import OutletMachine, run
from tests.conftest import SOAKING


@pytest.mark.timeout(3600 if SOAKING else 120)
def test_every_property_holds_on_random_days_with_every_command_and_every_refusal() -> None:
    run(5000 if SOAKING else 300, 100, derandomize=not SOAKING)
    never = [each.__name__ for each in Command.__subclasses__() if not OutletMachine.accepted[each]]
    assert not never, "never carried out"
    unheard = [each.__name__ for each in Refusal.__subclasses__() if not OutletMachine.refused[each]]
    assert not unheard, "never refused"
