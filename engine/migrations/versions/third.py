"""The third form: people are known by a name of chance that is the same in every copy, receipts by those of whom."""

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Adds the column; copies of one database give the same person the same name."""
    op.add_column("person", sa.Column("uid", sa.String, nullable=False, server_default=""))
    op.execute("ALTER TABLE receipt RENAME COLUMN person_ids TO person_uids")
    connection = op.get_bind()
    lineage = connection.execute(sa.text("SELECT value FROM meta WHERE name = 'lineage'")).scalar()
    if lineage is not None:
        family = uuid.UUID(hex=lineage.decode())
        _name_people(connection, family)
        _name_in_receipts(connection, family)
    op.create_index("ix_person_uid", "person", ["uid"], unique=True)


def downgrade() -> None:
    """Drops the column; receipts no longer say whom a restored backup must leave out."""
    op.drop_index("ix_person_uid", "person")
    op.drop_column("person", "uid")
    op.execute("UPDATE receipt SET person_uids = ''")
    op.execute("ALTER TABLE receipt RENAME COLUMN person_uids TO person_ids")


def _name_people(connection: sa.Connection, family: uuid.UUID) -> None:
    for (number,) in connection.execute(sa.text("SELECT id FROM person")).all():
        values = {"uid": _uid(family, str(number)), "id": number}
        connection.execute(sa.text("UPDATE person SET uid = :uid WHERE id = :id"), values)


def _name_in_receipts(connection: sa.Connection, family: uuid.UUID) -> None:
    """Leaves out numbers of people who are there: such a receipt is of the database that was here before a restore."""
    present = {str(number) for (number,) in connection.execute(sa.text("SELECT id FROM person")).all()}
    for receipt, people in connection.execute(sa.text("SELECT number, person_uids FROM receipt")).all():
        uids = ",".join(_uid(family, number) for number in people.split(",") if number and number not in present)
        values = {"uids": uids, "number": receipt}
        connection.execute(sa.text("UPDATE receipt SET person_uids = :uids WHERE number = :number"), values)


def _uid(family: uuid.UUID, number: str) -> str:
    return uuid.uuid5(family, number).hex
