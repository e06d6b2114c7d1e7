"""What the pages of the review count and search by: counters, tokens, narrow rows, their order.

The tables hold only what is computed; they are made anew, empty, and filled when next opened.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_ID = sa.String(length=40)
_TOKENS = {
    "rows": ("text", "units"),
    "changes": ("text", "units", "indicators"),
    "texts": ("text",),
}


def upgrade() -> None:
    """Rows without their texts, counters, tables of tokens."""
    op.drop_table("review_bodies")
    op.drop_table("review_rows")
    op.execute("DELETE FROM review_documents")
    op.execute("DELETE FROM review_changes")
    with op.batch_alter_table("review_documents", schema=None) as batch_op:
        batch_op.drop_column("text")
    op.create_table(
        "review_texts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        _document("review_texts"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review_texts")),
        sa.UniqueConstraint("document_id", name=op.f("uq_review_texts_document_id")),
    )
    op.create_table(
        "review_counts",
        sa.Column("kind", sa.String(length=10), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("kind", "name", name=op.f("pk_review_counts")),
    )
    _index("review_counts", "kind", "number")
    _rows(sa.Column("weight", sa.Float(), nullable=False))
    _index("review_rows", "due", "document_id", "position", "state")
    _index("review_rows", "state", "due", "document_id", "position")
    _named("review_rows", "queue", "state conflict due weight document_id position")
    _named("review_rows", "weight", "state conflict weight document_id position due")
    _bodies(*(sa.Column(name, sa.Text(), nullable=False) for name in ("units", "text")))
    for column in ("weight", "state"):
        op.drop_index(op.f(f"ix_review_changes_{column}"), "review_changes")
    _named("review_changes", "list", "weight document_id position labels state")
    for table, columns in _TOKENS.items():
        _tokens(f"index_grams_{table}", columns)


def _rows(*more: sa.Column[float] | sa.Column[str]) -> None:
    op.create_table(
        "review_rows",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("document_id", _ID, nullable=False),
        sa.Column("commitment_id", _ID, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("doubt", sa.Float(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        *more,
        _document("review_rows"),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_review_rows")),
        sa.UniqueConstraint(
            "document_id", "commitment_id", name=op.f("uq_review_rows_document_id_commitment_id")
        ),
    )
    _index("review_rows", "commitment_id")


def _bodies(*more: sa.Column[str]) -> None:
    op.create_table(
        "review_bodies",
        sa.Column("row_id", sa.Integer(), nullable=False),
        *more,
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["review_rows.row_id"], name=op.f("fk_review_bodies_row_id")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_review_bodies")),
    )


def _document(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["document_id"], ["documents.id"], name=op.f(f"fk_{table}_document_id")
    )


def _tokens(table: str, columns: tuple[str, ...]) -> None:
    if op.get_bind().dialect.name == "sqlite":
        # The texts are in the tables that they come from, and are not kept once more.
        op.execute(
            f"CREATE VIRTUAL TABLE {table} USING fts5({', '.join(columns)}, "
            "content='', columnsize=0, tokenize='ascii')"
        )
        return
    made = ", ".join(f"{column} TEXT[] NOT NULL" for column in columns)
    op.execute(f"CREATE TABLE {table} (id INTEGER PRIMARY KEY, {made})")
    for column in columns:
        op.execute(f"CREATE INDEX ix_{table}_{column} ON {table} USING gin ({column})")


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _named(table: str, name: str, columns: str) -> None:
    op.create_index(f"ix_{table}_{name}", table, columns.split())


def downgrade() -> None:
    """Texts in the rows, no counters."""
    for table in _TOKENS:
        op.drop_table(f"index_grams_{table}")
    for table in ("review_bodies", "review_rows", "review_counts", "review_texts"):
        op.drop_table(table)
    op.drop_index("ix_review_changes_list", "review_changes")
    for column in ("weight", "state"):
        _index("review_changes", column)
    op.execute("DELETE FROM review_documents")
    op.execute("DELETE FROM review_changes")
    with op.batch_alter_table("review_documents", schema=None) as batch_op:
        batch_op.add_column(sa.Column("text", sa.Text(), nullable=False))
    _rows(*(sa.Column(name, sa.Text(), nullable=False) for name in ("units", "text")))
    _index("review_rows", "state", "due")
    _named("review_rows", "queue", "state conflict due doubt size document_id position")
    _index("review_rows", "due", "document_id", "position", "state")
    _bodies()
