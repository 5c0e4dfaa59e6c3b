from collections.abc import Iterator
from pathlib import Path

import pytest

from broker.domain.values import Instant
from broker.store.database import Database
from broker.store.epochs import Epochs
from tests.support.broker import url_in


@pytest.fixture
def url(tmp_path: Path) -> str:
    return url_in(tmp_path)


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A new database whose history has begun."""
    with Database.create(url) as database:
        Epochs(database).begin(Instant(1))
        yield database
