from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from broker.store.database import Database
from tests.support import apsw_driver
from tests.support.broker import new_outlet
from tests.support.disk import Disk
from tests.support.hall import Hall


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """A new outlet's disk, recorded, in `tmp_path`."""
    new_outlet(tmp_path)
    with Disk(tmp_path) as disk:
        yield disk


@pytest.fixture
def hall(disk: Disk, tmp_path: Path) -> Iterator[Hall]:
    """A morning that has begun on that disk."""
    with Database.open(apsw_driver.url_in(tmp_path)) as database:
        hall = Hall(database, Random(7))
        for _ in range(10):
            hall.busy()
        yield hall
        disk.rule = None
