"""A new outlet's database holds what a broker needs, and none of the secrets that it hands out."""

import sqlite3
from pathlib import Path

import msgspec
import pytest

from broker.domain.events import CatalogueAdopted, OutletConfigured
from broker.domain.values import DeviceRole, Seq
from broker.server.errors import RulesRefusedError
from broker.server.provision import OPERATOR, Enrolment, make_outlet
from broker.store.database import Database
from broker.store.errors import DatabaseExistsError
from broker.store.journal import Journal
from broker.store.registry import Purpose, Registry
from tests.support import sample
from tests.support.broker import CLERKS, DEVICES, PINS, new_outlet, url_in


def test_the_journal_begins_with_the_rules_and_the_catalogue(database: Database) -> None:
    first, second = Journal(database).records_from(Seq(1), 10)
    assert first.event == OutletConfigured(sample.RULES)
    assert second.event == CatalogueAdopted(sample.SERVICES)
    assert first.device == second.device == OPERATOR


def test_every_device_has_keys_of_its_own(database: Database, enrolment: Enrolment) -> None:
    devices = Registry(database).devices()
    assert set(devices) == set(enrolment.devices) == {OPERATOR, *(device.id for device in DEVICES)}
    assert devices[OPERATOR].role is DeviceRole.OPERATOR
    assert len({keys.secret for keys in enrolment.devices.values()}) == len(devices)
    assert all(devices[name].public_key == keys.public for name, keys in enrolment.devices.items())
    assert all(len(Registry(database).signing_keys(purpose)) == 1 for purpose in Purpose)


def test_the_database_holds_neither_secret_keys_nor_pins(tmp_path: Path, enrolment: Enrolment) -> None:
    with sqlite3.connect(tmp_path / "outlet.db") as connection:
        dump = "\n".join(connection.iterdump())
    connection.close()
    secrets = [enrolment.broker.secret, *(keys.secret for keys in enrolment.devices.values())]
    assert not [secret for secret in secrets if secret in dump]
    assert not [pin for pin in PINS.values() if f"'{pin}'" in dump]


def test_rules_that_contradict_themselves_make_nothing(tmp_path: Path) -> None:
    rules = msgspec.structs.replace(sample.RULES, week=())
    with pytest.raises(RulesRefusedError, match="week"):
        make_outlet(url_in(tmp_path), rules, sample.SERVICES, DEVICES, CLERKS, sample.at(7))
    assert not list(tmp_path.iterdir())


def test_an_outlet_is_not_made_twice(tmp_path: Path, enrolment: Enrolment) -> None:
    with pytest.raises(DatabaseExistsError):
        new_outlet(tmp_path)
