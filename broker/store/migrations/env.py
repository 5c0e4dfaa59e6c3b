"""Alembic's entry: run the migrations on the connection that `migrate` hands over, in its transaction."""

from alembic import context

from broker.store.schema import metadata

context.configure(
    connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True
)
context.run_migrations()
