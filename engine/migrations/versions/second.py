"""The second form: a consent knows the enrolment that is not finished yet."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Adds the column; what was agreed to so far counts."""
    op.add_column("consent", sa.Column("begun_by", sa.String))


def downgrade() -> None:
    """Drops the column, and with it which consents do not count yet."""
    op.drop_column("consent", "begun_by")
