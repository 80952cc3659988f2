"""Databases of earlier versions are carried over."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from engine.keys import KEY_FILE
from engine.people import ConsentText, People, now
from engine.store import DATABASE, Store, connect, upgrade
from engine.tables import SCHEMA, Base, Person, Receipt
from engine.types import IdentityState
from tests.engine.desk import enrol, look, open_store

TABLES = ("meta", "person", "consent", "sample", "embedding", "head")
LINEAGE = b"0123456789abcdef0123456789abcdef"


def as_version_1(store: Store, folder: Path) -> None:
    """Writes what a store holds in the form that version 1 gave it."""
    folder.mkdir()
    (folder / KEY_FILE).write_bytes((store.folder.root / KEY_FILE).read_bytes())
    engine = connect(folder / DATABASE)
    with engine.execution_options(writes=True).begin() as connection:
        upgrade(connection, "0001")
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("ATTACH ? AS new", (str(store.folder.root / DATABASE),))
        for table in TABLES:
            columns = ", ".join(row[1] for row in driver.execute(f"PRAGMA main.table_info({table})"))
            driver.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
        driver.execute("INSERT INTO main.meta VALUES ('lineage', ?)", (LINEAGE,))
        driver.execute("INSERT INTO main.receipt VALUES ('R1', '2026-01-01', 'asked', '2,7', 9)")
    engine.dispose()


def test_a_version_1_database_is_carried_over(store: Store, tmp_path: Path) -> None:
    enrol(store, "Ana", 1)
    People(store).begin("Zelda", ConsentText("paper"))
    as_version_1(store, tmp_path / "old")
    with open_store(tmp_path / "old") as old:
        with old.read() as session:
            connection = session.connection()
            assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []
            assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == SCHEMA
        people = People(old)
        assert people.all() == People(store).all()
        assert look(old, 1) == (IdentityState.KNOWN, "Ana")
        assert people.drop_stale_drafts() == 0
        with old.write() as session:
            session.connection().exec_driver_sql(f"UPDATE consent SET given_at = '{now().replace(year=2020)}'")
        assert people.drop_stale_drafts() == 1
        assert enrol(old, "Ben", 2) == 3


def test_copies_of_one_database_agree_on_whom_a_receipt_means(store: Store, tmp_path: Path) -> None:
    enrol(store, "Ana", 1)
    as_version_1(store, tmp_path / "since")
    enrol(store, "Ben", 2)
    as_version_1(store, tmp_path / "before")
    uids = {}
    for place in ("before", "since"):
        with open_store(tmp_path / place) as old, old.read() as session:
            uids[place] = session.scalars(select(Person.uid).order_by(Person.id)).all()
            uids[f"{place}, deleted"] = session.get_one(Receipt, "R1").person_uids.split(",")
    ana, ben = uids["before"]
    assert uids["since"] == [ana]
    assert uids["since, deleted"][0] == ben
    assert len(uids["since, deleted"]) == 2
    assert uids["before, deleted"] == uids["since, deleted"][1:], "whoever is there was not deleted"
