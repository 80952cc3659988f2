"""The fourth form: numbers of samples are never used twice."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Makes the table anew, with what it holds."""
    _renew(never_twice=True)


def downgrade() -> None:
    """Makes the table anew as it was; the number of a deleted sample may come again."""
    _renew(never_twice=False)


def _renew(*, never_twice: bool) -> None:
    """Copies samples, then their embeddings, and only then drops the old tables: to drop one empties those it owns."""
    op.drop_index("ix_sample_person_id", "sample")
    op.rename_table("sample", "old_sample")
    op.rename_table("embedding", "old_embedding")
    _make_sample(never_twice)
    _make_embedding()
    for table in ("sample", "embedding"):
        op.execute(f"INSERT INTO {table} SELECT * FROM old_{table}")
    op.drop_table("old_embedding")
    op.drop_table("old_sample")


def _make_sample(never_twice: bool) -> None:
    op.create_table(
        "sample",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("person_id", sa.Integer, sa.ForeignKey("person.id", ondelete="CASCADE"), nullable=False, index=True),
        sa.Column("negative", sa.Boolean, nullable=False),
        sa.Column("origin", sa.String, nullable=False),
        sa.Column("created_at", sa.DateTime, nullable=False),
        sa.Column("quality", sa.Float, nullable=False),
        sa.Column("yaw", sa.Float, nullable=False),
        sa.Column("pitch", sa.Float, nullable=False),
        sa.Column("crop", sa.LargeBinary),
        sqlite_autoincrement=never_twice,
    )


def _make_embedding() -> None:
    op.create_table(
        "embedding",
        sa.Column("sample_id", sa.Integer, sa.ForeignKey("sample.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("network", sa.String, primary_key=True),
        sa.Column("fingerprint", sa.String, nullable=False),
        sa.Column("vectors", sa.LargeBinary, nullable=False),
    )
