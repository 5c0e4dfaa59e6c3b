"""What a doctor finds at a PostgreSQL server, of a real one in every state."""

from collections.abc import Iterator

import pytest
from sqlalchemy import make_url

from antrean.doctor import database
from antrean.doctor.finding import Finding, Standing
from broker.store.database import Database
from broker.store.migrate import VERSION_TABLE
from broker.store.place import place_of
from tests.support.postgresql import Postgresql
from wording import Language, Wording

pytestmark = pytest.mark.slow

W = Wording(Language.EN)


@pytest.fixture(scope="module")
def server() -> Iterator[Postgresql]:
    with Postgresql() as running:
        yield running


@pytest.fixture
def url(server: Postgresql) -> Iterator[str]:
    with server.database() as url:
        Database.create(url).close()
        yield url


def wrong(url: str) -> list[Finding]:
    return [each for each in database.server(url, W) if each.standing is Standing.WRONG]


def only_wrong(url: str) -> Finding:
    (found,) = wrong(url)
    assert found.todo
    return found


def whats(url: str) -> list[str]:
    return [each.what for each in database.server(url, W)]


def test_an_outlets_database_that_is_in_order(url: str) -> None:
    assert not wrong(url)
    version, keeps, logs, free, tables = whats(url)
    assert version.startswith("The database server answers: PostgreSQL ")
    assert "fsync" in keeps
    assert "nothing about people" in logs
    assert free == "The database is free; the broker does not run"
    assert tables == "The tables are this version's"


def test_while_the_broker_runs_it_has_the_database_and_keeps_it(url: str) -> None:
    with Database.open(url) as broker:
        assert any(
            each.startswith("This machine's broker has the database (antrean, ") for each in whats(url)
        )
        broker.write()
    assert not wrong(url)


def test_a_database_that_somebody_else_holds(url: str) -> None:
    with place_of(url).reading() as other:
        other.exec_driver_sql("SET application_name = 'antrean, elsewhere, process 7'")
        other.exec_driver_sql(database.TRIED)
        found = only_wrong(url)
    assert "antrean, elsewhere, process 7" in found.what


def test_a_server_that_is_away_or_a_database_that_is_not_there(url: str) -> None:
    for gone in ("postgresql://postgres@127.0.0.1:1/outlet", url.replace("outlet_", "nowhere_")):
        assert "does not serve us" in only_wrong(gone).what


def test_a_url_of_something_else() -> None:
    assert "not supported" in only_wrong("oracle://somewhere/outlet").what


def test_a_database_of_the_wrong_order_and_encoding(server: Postgresql) -> None:
    name = server.new_database("TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'")
    keeps, tables = wrong(server.url(name))
    assert "UTF8" in keeps.what
    assert "TEMPLATE template0" in keeps.todo
    assert tables.what == "There is no outlet's database here"


def test_a_log_that_keeps_what_is_written_about_people(server: Postgresql, url: str) -> None:
    name = make_url(url).database or ""
    server.run(f"ALTER DATABASE {name} SET log_min_duration_statement = '1s'")
    assert only_wrong(url).todo == "Set log_parameter_max_length to 0 at the server."
    server.run(f"ALTER DATABASE {name} SET log_parameter_max_length = 0")
    assert not wrong(url)
    server.run(f"ALTER DATABASE {name} RESET ALL")


def test_tables_of_a_newer_version_and_of_an_older_one(server: Postgresql, url: str) -> None:
    name = make_url(url).database or ""
    server.run(f"UPDATE {VERSION_TABLE} SET version_num = '9999'", name)
    assert "newer version" in only_wrong(url).what
    server.run(f"UPDATE {VERSION_TABLE} SET version_num = '0001'", name)
    assert not wrong(url)
    assert any("older version's" in each for each in whats(url))
    server.run("CREATE ROLE reader; GRANT USAGE ON SCHEMA public TO reader", name)
    server.run(f"GRANT SELECT ON {VERSION_TABLE} TO reader", name)
    as_reader = f"{url}{'&' if '?' in url else '?'}options=-crole%3Dreader"
    assert "may not bring the tables" in only_wrong(as_reader).what
