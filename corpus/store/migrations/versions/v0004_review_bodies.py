"""Rows of the review apart from their bodies, so that looking through all of them is quick.

The tables hold only what is computed; they are made anew, empty, and filled when next opened.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Narrow rows, and a body for each."""
    op.drop_table("review_rows")
    _rows()
    with op.batch_alter_table("review_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_rows_state_due"), ["state", "due"])
        batch_op.create_index(
            "ix_review_rows_queue",
            ["state", "conflict", "due", "doubt", "size", "document_id", "position"],
        )
        batch_op.create_index(
            batch_op.f("ix_review_rows_due_document_id_position_state"),
            ["due", "document_id", "position", "state"],
        )
    op.create_table(
        "review_bodies",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"], ["review_rows.row_id"], name=op.f("fk_review_bodies_row_id")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_review_bodies")),
    )
    op.execute("DELETE FROM review_documents")


def _rows(*more: sa.Column[str]) -> None:
    op.create_table(
        "review_rows",
        sa.Column("row_id", sa.Integer(), nullable=False),
        sa.Column("document_id", sa.String(length=40), nullable=False),
        sa.Column("commitment_id", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("conflict", sa.Boolean(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("doubt", sa.Float(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("units", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        *more,
        sa.ForeignKeyConstraint(
            ["document_id"], ["documents.id"], name=op.f("fk_review_rows_document_id")
        ),
        sa.PrimaryKeyConstraint("row_id", name=op.f("pk_review_rows")),
        sa.UniqueConstraint(
            "document_id", "commitment_id", name=op.f("uq_review_rows_document_id_commitment_id")
        ),
    )
    with op.batch_alter_table("review_rows", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_review_rows_commitment_id"), ["commitment_id"])


def downgrade() -> None:
    """Rows with their bodies in them."""
    op.drop_table("review_bodies")
    op.drop_table("review_rows")
    _rows(sa.Column("json", sa.Text(), nullable=False))
    with op.batch_alter_table("review_rows", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_rows_state_document_id"), ["state", "document_id"]
        )
        batch_op.create_index(batch_op.f("ix_review_rows_due"), ["due"])
    op.execute("DELETE FROM review_documents")
