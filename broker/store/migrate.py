"""Bringing a database to this version's tables, by Alembic, inside the caller's transaction."""

from enum import StrEnum
from typing import assert_never

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from broker.store.errors import DatabaseNewerError

VERSION_TABLE = "alembic_version"
"""Alembic's own; every database of ours has it."""


class Tables(StrEnum):
    """Which version's tables a database has."""

    NONE = "none"
    OLDER = "older"
    CURRENT = "current"
    NEWER = "newer"
    """This version does not know them."""


def tables_of(connection: Connection) -> Tables:
    """What stands in a database; changes nothing."""
    script = ScriptDirectory.from_config(_config())
    current = _revision(connection)
    if current is None:
        return Tables.NONE
    if current == script.get_current_head():
        return Tables.CURRENT
    known = {each.revision for each in script.walk_revisions()}
    return Tables.OLDER if current in known else Tables.NEWER


def migrate(connection: Connection, where: str) -> None:
    """Run what is missing. Raises DatabaseNewerError for a database that a newer version has migrated."""
    match tables_of(connection):
        case Tables.CURRENT:
            return
        case Tables.NEWER:
            raise DatabaseNewerError(where, f"revision {_revision(connection)}")
        case Tables.NONE | Tables.OLDER:
            config = _config()
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
        case unknown:
            assert_never(unknown)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "broker.store:migrations")
    return config


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
