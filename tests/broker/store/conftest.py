"""The store's tests run over both engines, but where a file says that they are about one of them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from broker.domain.values import Instant
from broker.store.database import Database
from broker.store.epochs import Epochs
from tests.support.broker import url_in
from tests.support.postgresql import Postgresql

NewUrl = Callable[[], AbstractContextManager[str]]


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return url_in(tmp_path)


@pytest.fixture
def postgresql_url(postgresql: Postgresql) -> Iterator[str]:
    with postgresql.database() as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(engine: str, request: pytest.FixtureRequest) -> str:
    """Where a new database can be made."""
    found: str = request.getfixturevalue(f"{engine}_url")
    return found


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    """A new database whose history has begun."""
    with Database.create(url) as database:
        Epochs(database).begin(Instant(1))
        yield database


@contextmanager
def _new_file() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        yield url_in(Path(folder))


@pytest.fixture
def new_urls(postgresql: Postgresql) -> dict[str, NewUrl]:
    """By engine, for tests that need several databases: where a new one can be made for a while."""
    return {"sqlite": _new_file, "postgresql": postgresql.database}
