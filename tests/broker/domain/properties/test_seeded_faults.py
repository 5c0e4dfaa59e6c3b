"""Each property can fail: with a fault seeded into the core, the random days find it, by that property alone."""

import pytest

from tests.broker.domain.properties.faults import FAULTS, Fault
from tests.broker.domain.properties.machine import run
from tests.broker.domain.properties.world import RULES, ViolatedError, World


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.seed.__name__)
def test_the_random_days_find_a_seeded_fault(fault: Fault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(World, "only", fault.rule.__name__)
    fault.seed(monkeypatch)
    with pytest.raises(ViolatedError) as found:
        run(400, 60, derandomize=True, shrink=False)
    assert found.value.rule == fault.rule.__name__


def test_every_property_has_a_fault_that_it_finds() -> None:
    assert {fault.rule.__name__ for fault in FAULTS} == {rule.__name__ for rule in RULES}
