"""Alembic runs this to take the steps, over the connection that ``migrate`` opened."""

from alembic import context

from server.tables import Table

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Table.metadata,
    render_as_batch=True,  # SQLite cannot alter a column in place.
)

with context.begin_transaction():
    context.run_migrations()
