"""What a broker needs of its PostgreSQL server: that it answers, keeps what it is given, is free, has our tables."""

import socket
from collections.abc import Iterator

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from antrean.doctor.finding import Finding, fine, wrong
from broker.store.driver import said
from broker.store.errors import (
    DatabaseInUseError,
    DatabaseMissingError,
    DatabaseNewerError,
    DatabaseUnsuitableError,
    StoreError,
)
from broker.store.migrate import Tables, tables_of
from broker.store.place import place_of
from broker.store.postgresql import DEMANDS, HOLDER, LOCK
from wording import Wording

OLDEST = 13
"""The first version of PostgreSQL that will do."""

TRIED = f"SELECT pg_try_advisory_lock({LOCK})"
MAY_MAKE = "SELECT coalesce(has_schema_privilege(current_schema(), 'CREATE'), false)"

LOGS_TEXTS = """
SELECT current_setting('log_parameter_max_length', true) <> '0' AND (
    current_setting('log_statement') IN ('mod', 'all')
    OR (SELECT setting::int >= 0 FROM pg_settings WHERE name = 'log_min_duration_statement'))
"""
"""Statements go to the server's log with what is to be stored."""


def server(url: str, w: Wording) -> Iterator[Finding]:
    """Everything about the database at a URL. Holds its lock for a moment where nobody has it; changes nothing."""
    try:
        with place_of(url).reading() as connection:
            yield from _examined(connection, w)
    except StoreError as error:
        yield wrong(f"{w.t(error.what)}: {error.where} {error.detail}".strip(), w.t(error.remedy))
    except DBAPIError as error:
        todo = w.t("Give the broker's user the right to it, best as the database's owner.")
        yield wrong(w.t("The database can't be examined: {reason}", reason=said(error)), todo)


def _examined(connection: Connection, w: Wording) -> Iterator[Finding]:
    number, told = connection.exec_driver_sql(
        "SELECT current_setting('server_version_num')::int / 10000, current_setting('server_version')"
    ).one()
    yield _version(number, told, w)
    yield _keeps(connection, w)
    yield _logs(connection, w)
    yield _held(connection, w)
    yield _tables(connection, w)


def _version(number: int, told: str, w: Wording) -> Finding:
    what = w.t("The database server answers: PostgreSQL {version}", version=told)
    if number >= OLDEST:
        return fine(what)
    return wrong(what, w.t("Use PostgreSQL {oldest} or newer.", oldest=OLDEST))


def _keeps(connection: Connection, w: Wording) -> Finding:
    """Whether what it has acknowledged is on its disk, and texts are in the order of their bytes."""
    found = connection.exec_driver_sql(DEMANDS).scalars().all()
    if found:
        what = f"{w.t(DatabaseUnsuitableError.what)}: {', '.join(found)}"
        return wrong(what, w.t(DatabaseUnsuitableError.remedy))
    return fine(
        w.t("It keeps what it acknowledges (fsync, full_page_writes); texts are UTF8, in the order C")
    )


def _logs(connection: Connection, w: Wording) -> Finding:
    """Whether names and notes go into the server's log."""
    if connection.exec_driver_sql(LOGS_TEXTS).scalar_one():
        todo = w.t("Set log_parameter_max_length to 0 at the server.")
        return wrong(w.t("The database server's log keeps what clerks write about people"), todo)
    return fine(w.t("The database server's log keeps nothing about people"))


def _held(connection: Connection, w: Wording) -> Finding:
    """Whether a broker could take the database, or the one on this machine has it."""
    if connection.exec_driver_sql(TRIED).scalar_one():
        connection.exec_driver_sql(f"SELECT pg_advisory_unlock({LOCK})")
        return fine(w.t("The database is free; the broker does not run"))
    *_, holder = connection.exec_driver_sql(HOLDER, {"lock": LOCK}).first() or ("",)
    if f"antrean, {socket.gethostname()}, " in holder:
        return fine(w.t("This machine's broker has the database ({holder})", holder=holder))
    return wrong(f"{w.t(DatabaseInUseError.what)}: {holder}", w.t(DatabaseInUseError.remedy))


def _tables(connection: Connection, w: Wording) -> Finding:
    """Whether its tables are this version's, or can be brought to it."""
    match tables_of(connection):
        case Tables.NONE:
            return wrong(w.t(DatabaseMissingError.what), w.t(DatabaseMissingError.remedy))
        case Tables.NEWER:
            return wrong(w.t(DatabaseNewerError.what), w.t(DatabaseNewerError.remedy))
        case Tables.OLDER if not connection.exec_driver_sql(MAY_MAKE).scalar_one():
            todo = w.t("Give the broker's user the right to it, best as the database's owner.")
            return wrong(w.t("The broker's user may not bring the tables to this version"), todo)
        case Tables.OLDER:
            return fine(
                w.t("The tables are an older version's; the broker's next start brings them to this one")
            )
        case Tables.CURRENT:
            return fine(w.t("The tables are this version's"))
