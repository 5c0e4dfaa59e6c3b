"""A PostgreSQL server that a process's tests share; each of them has a database of its own there."""

from collections.abc import Iterator

import pytest

from tests.support.postgresql import Postgresql


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Postgresql]:
    with Postgresql() as server:
        yield server
