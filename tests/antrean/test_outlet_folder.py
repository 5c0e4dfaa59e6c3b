"""`antrean init`: an outlet's folder from the catalogue."""

import stat
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import catalogue
from antrean import keys, outlet_folder
from antrean.outlet_folder import Devices
from antrean.problem import Problem
from antrean.seed import seed_for
from antrean.settings import BROKER_SETTINGS, load
from broker.domain.decide.outlet import contradiction
from broker.store.database import Database
from broker.store.errors import DatabaseAwayError
from broker.store.journal import Journal
from tests.support import sample
from wording import Language, Wording

W = Wording(Language.EN)


def test_every_outlet_of_the_catalogue_can_be_made() -> None:
    for outlet in catalogue.load_outlets():
        assert contradiction(seed_for(outlet, 4).rules) is None


@pytest.mark.parametrize("counters", [1, 2, 3, 4, 7, 99])
def test_every_queue_is_served_however_few_the_counters(counters: int) -> None:
    rules = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), counters).rules
    assert len(rules.counters) == counters
    assert contradiction(rules) is None


def test_each_kiosk_has_numbers_of_its_own_for_the_time_without_a_broker() -> None:
    rules = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 3, kiosks=2).rules
    assert [(each.device, each.first, each.last) for each in rules.ranges if each.letter == "A"] == [
        ("kiosk-1", 801, 899),
        ("kiosk-2", 901, 999),
        ("roll", 701, 799),
    ]
    assert {each.letter for each in rules.ranges} == {queue.letter for queue in rules.queues}


@pytest.mark.parametrize("kiosks", [0, 1, 3, 99])
def test_kiosks_never_share_numbers(kiosks: int) -> None:
    rules = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 3, kiosks=kiosks).rules
    assert contradiction(rules) is None
    assert len(rules.ranges) == (kiosks + 1) * len(rules.queues)  # one more for the emergency roll


def test_the_samples_commented_exceptions_can_be_taken_as_they_are() -> None:
    text = files("antrean").joinpath("data/sample_outlet.toml").read_text(encoding="utf-8")
    commented = text[text.index("# [hours.ramadan]") : text.index("[[queues]]")]
    exceptions = tomllib.loads(commented.replace("# ", "").replace("#\n", "\n"))
    assert [each["name"]["en"] for each in exceptions["dated"]] == [
        "Ramadan working hours",
        "Independence Day",
    ]
    assert set(exceptions["hours"]) == {"ramadan", "ramadan-friday"}


def test_an_outlet_is_found_by_code_or_by_a_name_that_only_it_has() -> None:
    assert outlet_folder.find_outlet("31.74.01.1001", W).name == "Tebet Timur"
    assert outlet_folder.find_outlet("ptsp kelurahan tebet timur", W).code == "31.74.01.1001"
    with pytest.raises(Problem) as several:
        outlet_folder.find_outlet("Gambir", W)
    assert "31.71.01" in several.value.todo
    with pytest.raises(Problem, match="No outlet"):
        outlet_folder.find_outlet("Atlantis", W)


def test_the_folder_holds_what_each_program_needs(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 2)
    made = outlet_folder.make(tmp_path / "o", seed, Devices(1, 2, 1), "127.0.0.1", 5570, sample.at(7))
    assert set(made.settings) == {"kiosk-1", "counter-1", "counter-2", "display-1", "forecast", "metrics"}
    for device, settings in made.settings.items():
        assert keys.read(made.folder / f"keys/{device}.key", W).broker
        assert settings.exists()
    with Database.open(f"sqlite:///{made.folder / 'outlet.db'}") as database:
        state = Journal(database).load()
    assert state.rules == seed.rules
    assert len(state.services) == len(seed.services) > 300
    assert len({*made.pins.values()}) > 1


def test_the_data_may_be_kept_elsewhere(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 1)
    elsewhere = str(tmp_path / "the data.db")
    made = outlet_folder.make(
        tmp_path / "o", seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(7), elsewhere
    )
    assert load(made.folder / BROKER_SETTINGS, W).broker.database == elsewhere
    Database.open(f"sqlite:///{elsewhere}").close()
    assert not list(made.folder.glob("*.db"))


def test_where_no_database_can_be_made_nothing_is(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 1)
    nobody = "postgresql://antrean@127.0.0.1:1/outlet"
    with pytest.raises(DatabaseAwayError, match=r"127\.0\.0\.1:1/outlet"):
        outlet_folder.make(tmp_path / "o", seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(7), nobody)
    assert not list(tmp_path.iterdir())


def test_secrets_are_their_owners_alone(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 1)
    made = outlet_folder.make(tmp_path / "o", seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(7))
    secret = [*made.folder.glob("keys/*.key"), made.folder / "outlet.db"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}


def test_pins_are_told_once_and_kept_nowhere(tmp_path: Path) -> None:
    seed = seed_for(outlet_folder.find_outlet("31.74.01.1001", W), 1)
    made = outlet_folder.make(tmp_path / "o", seed, Devices(1, 1, 1), "127.0.0.1", 5570, sample.at(7))
    told = "\n".join(outlet_folder.described(made, W))
    for pin in made.pins.values():
        assert pin in told
        for path in made.folder.rglob("*"):
            assert path.is_dir() or pin.encode() not in path.read_bytes()


def test_a_damaged_key_file_is_told_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "device.key"
    path.write_text("public = 3")
    with pytest.raises(Problem, match="damaged"):
        keys.read(path, W)
    with pytest.raises(Problem, match="can't be read"):
        keys.read(tmp_path / "none.key", W)
