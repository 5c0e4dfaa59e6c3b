"""Bringing a database to this version's tables, by Alembic, inside the caller's transaction."""

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from broker.store.errors import DatabaseNewerError

VERSION_TABLE = "alembic_version"
"""Alembic's own; every database of ours has it."""


def migrate(connection: Connection, where: str) -> None:
    """Run what is missing. Raises DatabaseNewerError for a database that a newer version has migrated."""
    config = Config()
    config.set_main_option("script_location", "broker.store:migrations")
    config.attributes["connection"] = connection
    script = ScriptDirectory.from_config(config)
    current = MigrationContext.configure(connection).get_current_revision()
    if current == script.get_current_head():
        return
    if current is not None and current not in {each.revision for each in script.walk_revisions()}:
        raise DatabaseNewerError(where, f"revision {current}")
    command.upgrade(config, "head")
