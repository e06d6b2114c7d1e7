"""The crawl ledger: runs, and one event for each look at an address."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables; nothing that is there is touched."""
    op.create_table(
        "crawl_runs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("requests", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl_runs")),
    )
    with op.batch_alter_table("crawl_runs", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crawl_runs_site"), ["site"], unique=False)

    op.create_table(
        "crawl_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("run_id", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(length=80), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("parent", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("result", sa.String(length=12), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=True),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("json", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["run_id"], ["crawl_runs.id"], name=op.f("fk_crawl_events_run_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_crawl_events")),
    )
    with op.batch_alter_table("crawl_events", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_crawl_events_run_id"), ["run_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_crawl_events_sha256"), ["sha256"], unique=False)
        batch_op.create_index(batch_op.f("ix_crawl_events_digest"), ["digest"], unique=False)
        batch_op.create_index(batch_op.f("ix_crawl_events_site_url"), ["site", "url"], unique=False)


def downgrade() -> None:
    """Back to 0001: what was crawled is forgotten."""
    op.drop_table("crawl_events")
    op.drop_table("crawl_runs")
