"""The index of candidates: names with their tokens, commitments, documents, citations, sketches.

The tables start empty and are filled, for what the library holds already, when first looked into.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_SQLITE = """
CREATE VIRTUAL TABLE index_grams USING fts5(
    grams, content='', detail=none, columnsize=0, tokenize='ascii'
)
"""
# What is found by it must be right at once: no list of entries that wait.
_POSTGRESQL = (
    "CREATE TABLE index_grams (name_id INTEGER PRIMARY KEY REFERENCES index_names (id), "
    "grams TEXT[] NOT NULL)",
    "CREATE INDEX ix_index_grams ON index_grams USING gin (grams) WITH (fastupdate = off)",
)


def upgrade() -> None:
    """Five tables, and one for tokens in the way of the database."""
    _names()
    _commitments()
    _documents()
    if op.get_bind().dialect.name == "sqlite":
        op.execute(_SQLITE)
    else:
        for statement in _POSTGRESQL:
            op.execute(statement)


def _names() -> None:
    op.create_table(
        "index_names",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=1), nullable=False),
        sa.Column("key", sa.String(length=32), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_names")),
        sa.UniqueConstraint("key", "kind", name=op.f("uq_index_names_key_kind")),
    )


def _commitments() -> None:
    op.create_table(
        "index_commitments",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("name_id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(length=32), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        _key("index_commitments", "row_id", "commitments.row_id"),
        _key("index_commitments", "document_id", "documents.id"),
        _key("index_commitments", "name_id", "index_names.id"),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_index_commitments")),
    )
    _index("index_commitments", "document_id")
    _index("index_commitments", "name_id", "measure", "unit", "row_id")


def _documents() -> None:
    op.create_table(
        "index_documents",
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("body_id", sa.Integer(), nullable=False),
        sa.Column("extraction_id", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *_named(),
        sa.Column("series", sa.String(length=32), nullable=True),
        sa.Column("commitments", sa.Integer(), nullable=False),
        _key("index_documents", "document_id", "documents.id"),
        _key("index_documents", "title_id", "index_names.id"),
        sa.PrimaryKeyConstraint("document_id", name=op.f("pk_index_documents")),
    )
    for column in ("serial", "title_id", "series"):
        _index("index_documents", column)
    op.create_table(
        "index_citations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        *_named(),
        _key("index_citations", "document_id", "documents.id"),
        _key("index_citations", "title_id", "index_names.id"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_index_citations")),
    )
    for column in ("document_id", "serial", "title_id"):
        _index("index_citations", column)
    op.create_table(
        "index_sketches",
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        _key("index_sketches", "document_id", "documents.id"),
        sa.PrimaryKeyConstraint("hash", "document_id", name=op.f("pk_index_sketches")),
    )
    _index("index_sketches", "document_id")


def _named() -> tuple[sa.Column[str], sa.Column[str], sa.Column[int]]:
    return (
        sa.Column("code", sa.Text(), nullable=True),
        sa.Column("serial", sa.String(length=20), nullable=True),
        sa.Column("title_id", sa.Integer(), nullable=True),
    )


def _key(table: str, column: str, points_at: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [points_at], name=op.f(f"fk_{table}_{column}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def downgrade() -> None:
    """Nothing is lost: all of it can be made anew."""
    for table in ("grams", "sketches", "citations", "documents", "commitments", "names"):
        op.drop_table(f"index_{table}")
