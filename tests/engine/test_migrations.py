"""Databases of earlier versions are carried over."""

from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import select

from engine.corrections import Corrections
from engine.crypto import new_key
from engine.errors import StoreError
from engine.keys import KEY_FILE
from engine.people import ConsentText, People, now
from engine.retraining import Retraining
from engine.store import DATABASE, Store, connect, upgrade
from engine.tables import SCHEMA, Base, Person, Receipt
from engine.types import IdentityState
from tests.engine.desk import Projection, cohort, crop_of, enrol, look, open_store, recognition, run

TABLES = ("meta", "person", "consent", "sample", "embedding", "head")
LINEAGE = b"0123456789abcdef0123456789abcdef"


def as_version_1(store: Store, folder: Path) -> None:
    """Writes what a store holds in the form that version 1 gave it."""
    as_version("0001", store, folder)
    engine = connect(folder / DATABASE)
    with engine.execution_options(writes=True).begin() as connection:
        connection.exec_driver_sql("INSERT INTO meta VALUES ('lineage', ?)", (LINEAGE,))
        connection.exec_driver_sql("INSERT INTO receipt VALUES ('R1', '2026-01-01', 'asked', '2,7', 9)")
    engine.dispose()


def as_version(version: str, store: Store, folder: Path) -> None:
    """Writes what a store holds in an earlier form."""
    folder.mkdir()
    (folder / KEY_FILE).write_bytes((store.folder.root / KEY_FILE).read_bytes())
    engine = connect(folder / DATABASE)
    with engine.execution_options(writes=True).begin() as connection:
        upgrade(connection, version)
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("ATTACH ? AS new", (str(store.folder.root / DATABASE),))
        for table in TABLES:
            columns = ", ".join(row[1] for row in driver.execute(f"PRAGMA main.table_info({table})"))
            driver.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
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


def test_a_version_3_database_keeps_its_samples_and_never_numbers_two_alike(store: Store, tmp_path: Path) -> None:
    ana = enrol(store, "Ana", 1)
    run(Corrections(store, recognition()).not_me(ana, Projection().infer(crop_of(9, 0)).embedding))
    as_version("0003", store, tmp_path / "old")
    with open_store(tmp_path / "old") as old:
        assert People(old).all() == People(store).all()
        assert {table: rows(old, table) for table in TABLES} == {table: rows(store, table) for table in TABLES}
        assert look(old, 1) == (IdentityState.KNOWN, "Ana")
        with old.outside_transaction() as connection:
            assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
            assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        newest = max(number for number, *_ in rows(old, "sample"))
        run(Retraining(old, cohort()).remove([newest]))
        assert [number for number, *_ in rows(old, "embedding") if number == newest] == []
        enrol(old, "Ben", 2)
        assert min(number for number, person, *_ in rows(old, "sample") if person != ana) == newest + 1


def rows(store: Store, table: str) -> list[tuple[Any, ...]]:
    """All that a table holds."""
    with store.outside_transaction() as connection:
        return connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_with_a_wrong_key_nothing_is_carried_over(store: Store, tmp_path: Path, version: str) -> None:
    enrol(store, "Ana", 1)
    as_version(version, store, tmp_path / "old")
    before = (tmp_path / "old" / DATABASE).read_bytes()
    (tmp_path / "old" / KEY_FILE).write_text(new_key().hex())
    with pytest.raises(StoreError, match="does not belong"):
        open_store(tmp_path / "old")
    assert (tmp_path / "old" / DATABASE).read_bytes() == before
    (tmp_path / "old" / KEY_FILE).write_text(store.key.hex())
    with open_store(tmp_path / "old") as old:
        assert look(old, 1) == (IdentityState.KNOWN, "Ana")
