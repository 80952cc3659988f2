"""Alembic's entry point: runs the steps on the connection that the store hands over, inside its transaction."""

from alembic import context

from engine.tables import Base

context.configure(
    connection=context.config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True
)
context.run_migrations()
