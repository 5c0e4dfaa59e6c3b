"""A network that can be broken before the module's outlet, and the devices behind it."""

from collections.abc import Iterator

import pytest

from tests.broker.network.support import Hall
from tests.support.proxy import Network
from tests.support.running import RunningOutlet, free_pair


@pytest.fixture
def network(outlet: RunningOutlet) -> Iterator[Network]:
    with Network(outlet.endpoints, free_pair()) as made:
        yield made


@pytest.fixture
def hall() -> Iterator[Hall]:
    with Hall() as made:
        yield made
