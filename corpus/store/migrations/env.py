"""How Alembic reaches the tables: through the connection that ``engine.upgrade`` hands over."""

from __future__ import annotations

from alembic import context

from corpus.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    # SQLite can't alter most of a table: it is copied instead.
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
