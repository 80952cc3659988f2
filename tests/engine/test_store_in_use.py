"""What another program that is writing keeps nobody from."""

import sqlite3
from collections.abc import Iterator

import pytest

from engine.catalogue import Catalogue
from engine.errors import InUseError
from engine.people import ConsentText, People
from engine.people_command import keep_house, list_everybody
from engine.store import DATABASE, Store
from engine.types import IdentityState
from tests.engine.desk import enrol, look, open_store


@pytest.fixture
def writing(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another program has begun to write, and takes its time."""
    enrol(store, "Ana", 1)
    store.close()
    monkeypatch.setattr("engine.store.LOCKED_S", 0.1)
    other = sqlite3.connect(store.folder.root / DATABASE, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield
    other.close()


@pytest.mark.usefixtures("writing")
def test_people_are_named_while_another_program_writes(store: Store) -> None:
    with open_store(store.folder.root) as opened:
        assert look(opened, 1) == (IdentityState.KNOWN, "Ana")
        with pytest.raises(InUseError):
            People(opened).begin("Ben", ConsentText("paper"))


@pytest.mark.usefixtures("writing")
def test_people_are_listed_while_another_program_writes(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    list_everybody(store.folder, as_json=False)
    assert capsys.readouterr().out.startswith("#1  Ana: 6 pictures, until ")


def test_what_was_broken_off_is_found_all_the_same(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    People(store).begin("Ana", ConsentText("paper"))
    monkeypatch.setattr("engine.people.has_ended", lambda _: True)
    keep_house(store, Catalogue.read([store.folder.root]))
    assert People(store).drop_stale_drafts() == 0
    with store.outside_transaction() as connection:
        assert connection.execute("SELECT count(*) FROM person").fetchone() == (0,)
