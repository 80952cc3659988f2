"""The first form: people, consents, samples, embeddings, heads, exports, receipts."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def _person_id() -> sa.Column[int]:
    return sa.Column(
        "person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True
    )


def upgrade() -> None:
    """Makes the tables."""
    op.create_table(
        "meta", sa.Column("name", sa.String, primary_key=True), sa.Column("value", sa.LargeBinary, nullable=False)
    )
    op.create_table(
        "person",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String, nullable=False),
        sa.Column("external_id", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("draft", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.Integer, primary_key=True),
        _person_id(),
        sa.Column("text", sa.String, nullable=False),
        sa.Column("version", sa.String, nullable=False),
        sa.Column("language", sa.String, nullable=False),
        sa.Column("given_at", sa.DateTime, nullable=False),
        sa.Column("retain_until", sa.Date, nullable=False),
    )
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer, primary_key=True),
        _person_id(),
        sa.Column("negative", sa.Boolean, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("quality", sa.Float, nullable=False),
        sa.Column("yaw", sa.Float, nullable=False),
        sa.Column("pitch", sa.Float, nullable=False),
        sa.Column("crop", sa.LargeBinary),
    )
    op.create_table(
        "embedding",
        sa.Column("sample_id", sa.Integer, sa.ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("network", sa.String, primary_key=True),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "head",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("network", sa.String, nullable=False),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("figures", sa.String, nullable=False),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_head_network", "head", ["network"])
    op.create_table(
        "export",
        sa.Column("id", sa.Integer, primary_key=True),
        _person_id(),
        sa.Column("path", sa.String, nullable=False),
        sa.Column("made_at", sa.DateTime, nullable=False),
    )
    op.create_table(
        "receipt",
        sa.Column("number", sa.String, primary_key=True),
        sa.Column("deleted_at", sa.DateTime, nullable=False),
        sa.Column("reason", sa.String, nullable=False),
        sa.Column("person_ids", sa.String, nullable=False),
        sa.Column("samples", sa.Integer, nullable=False),
    )


def downgrade() -> None:
    """Undoes nothing: there is no earlier form."""
