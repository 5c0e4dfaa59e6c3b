"""An outlet moves from a file to a PostgreSQL server and back, by its backup."""

from pathlib import Path

import pytest

from antrean import backups, outlet_folder, settings
from antrean.headless import database_url
from antrean.outlet_folder import RECOVERY_KEY, Devices
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS
from broker.domain.codec import encode_state
from broker.store.database import Database
from broker.store.epochs import Epochs
from broker.store.journal import Journal
from broker.store.registry import Purpose, Registry
from tests.support import sample
from tests.support.postgresql import Postgresql
from wording import Language, Wording

W = Wording(Language.EN)


def move(folder: Path, target: str) -> None:
    """As the operator's page says."""
    file = folder / BROKER_SETTINGS
    before = settings.load(file, W)
    copies = folder / f"copies of {len(list(folder.iterdir()))}"
    list(backups.back_up(before, folder, copies, W))
    (copy,) = copies.glob("*.antrean")
    lines = [line for line in file.read_text().splitlines() if not line.startswith("database")]
    lines.insert(lines.index("[broker]") + 1, f'database = "{target}"')
    file.write_text("\n".join(lines))
    list(backups.restore(settings.load(file, W), folder, copy, folder / RECOVERY_KEY, W))


def kept(folder: Path) -> tuple[bytes, list[bytes], bool]:
    """The outlet's state, what it signs with, and whether its history is confirmed."""
    loaded = settings.load(folder / BROKER_SETTINGS, W)
    with Database.open(database_url(loaded.broker.database, folder)) as database:
        keys = [key.key for purpose in Purpose for key in Registry(database).signing_keys(purpose)]
        return encode_state(Journal(database).load()), keys, Epochs(database).lineage()[-1].is_confirmed


@pytest.mark.slow
def test_an_outlet_moves_to_a_server_and_back_with_all_that_it_is(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 1)
    folder = tmp_path / "o"
    outlet_folder.make(folder, seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(7))
    state, keys, _ = kept(folder)
    with Postgresql() as server, server.database() as url:
        move(folder, url)
        assert kept(folder) == (state, keys, False)
        move(folder, "returned.db")
        assert kept(folder) == (state, keys, False)
