"""What must hold whatever happens: random days against the real core, with every command in earnest."""

import pytest

from broker.domain import commands as c
from tests.broker.domain.properties.machine import OutletMachine, run
from tests.conftest import SOAKING


@pytest.mark.timeout(3600 if SOAKING else 120)
def test_every_property_holds_on_random_days_and_every_command_is_carried_out() -> None:
    run(5000 if SOAKING else 200, 100, derandomize=not SOAKING)
    never = [each.__name__ for each in c.Command.__subclasses__() if not OutletMachine.accepted[each]]
    assert not never
