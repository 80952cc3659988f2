import sqlite3
import stat
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from engine.crypto import Cipher, key_from_passphrase, new_key
from engine.errors import EnrolmentError, StoreError
from engine.gallery import identifier_of
from engine.head_store import KEPT, HeadStore
from engine.keys import KEY_FILE
from engine.names import clean_name, look_alike_names, same_but_for_case
from engine.people import ConsentText, People
from engine.retraining import Retraining
from engine.sample_store import NetworkId, SampleStore
from engine.store import DATABASE, Store
from engine.tables import Base
from engine.types import IdentityState
from engine.unlearnt import has_to_learn
from tests.engine.commands import facedesk
from tests.engine.desk import NETWORK, Projection, begin, cohort, crop_of, enrol, everything, look, open_store, run


def test_migrations_make_the_tables_that_the_program_uses(store: Store) -> None:
    with store.outside_transaction() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert connection.execute("PRAGMA foreign_keys").fetchone() == (1,)
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
    with store.read() as session:
        assert compare_metadata(MigrationContext.configure(session.connection()), Base.metadata) == []


def test_only_the_owner_may_read(store: Store) -> None:
    enrol(store, "Ana", 1)
    root = store.folder.root
    assert stat.S_IMODE(root.stat().st_mode) == 0o700
    assert {path.name: stat.S_IMODE(path.stat().st_mode) for path in root.iterdir()} == {
        name: 0o600 for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", KEY_FILE)
    }


def test_cancel_leaves_no_trace(store: Store) -> None:
    enrol(store, "Ben", 2)
    enrolment = begin(store, "Anastasia", 1)
    steps = iter(enrolment.finish())
    next(steps)
    steps.close()  # type: ignore[attr-defined]
    enrolment.cancel()
    assert [person.name for person in People(store).all()] == ["Ben"]
    assert b"Anastasia" not in everything(store.folder.root)


def test_the_last_five_heads_are_kept_and_one_call_goes_back(store: Store) -> None:
    for number in range(7):
        enrol(store, f"P{number}", number)
    heads = HeadStore(store)
    versions = heads.versions(NETWORK)
    assert len(versions) == KEPT
    assert [version.figures["people"] for version in versions] == [7, 6, 5, 4, 3]
    assert [version.active for version in versions] == [True, False, False, False, False]
    assert look(store, 6) == (IdentityState.KNOWN, "P6")
    assert heads.go_back(NETWORK).figures["people"] == 6
    assert look(store, 6) == (IdentityState.UNKNOWN, None)
    assert look(store, 5) == (IdentityState.KNOWN, "P5")
    heads.activate(versions[0].number)
    assert look(store, 6) == (IdentityState.KNOWN, "P6")
    for _ in range(KEPT - 1):
        heads.go_back(NETWORK)
    with pytest.raises(StoreError, match="no earlier version"):
        heads.go_back(NETWORK)


def test_a_training_forgets_nobody_who_was_enrolled_meanwhile(store: Store) -> None:
    enrol(store, "Ana", 1)
    job = Retraining(store, cohort(), Projection())
    steps = job.run()
    assert next(step.stage for step in steps if step.stage != "embed") == "train"
    enrol(store, "Ben", 2)
    run(steps)
    assert look(store, 1) == (IdentityState.KNOWN, "Ana")
    assert look(store, 2) == (IdentityState.KNOWN, "Ben")
    assert len(HeadStore(store).versions()) == 3


def test_a_picture_that_is_removed_leaves_the_heads_of_all_networks(store: Store) -> None:
    enrol(store, "Ana", 1)
    other = type(cohort())(NetworkId("other", "first"), cohort().embeddings)
    run(Retraining(store, other, Projection()).run())
    with store.write() as session:
        refused = SampleStore(store).refuse(session, 1, Projection().infer(crop_of(9, 0)).embedding, NETWORK)
    run(Retraining(store, cohort(), Projection()).remove([refused]))
    assert not has_to_learn(store, other.network), "it never saw that face"
    first = next(number for number, _ in SampleStore(store).crops(1))
    run(Retraining(store, cohort(), Projection()).remove([first]))
    assert HeadStore(store).versions(other.network) == ()
    assert has_to_learn(store, other.network)
    assert look(store, 1) == (IdentityState.KNOWN, "Ana")


def test_another_network_embeds_everybody_anew(store: Store) -> None:
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    other = type(cohort())(NetworkId("stand-in", "trained anew"), cohort().embeddings)
    assert has_to_learn(store, other.network)
    assert len(identifier_of(store, other.network)) == 0
    job = Retraining(store, other, Projection())
    stages = [step.stage for step in job.run()]
    assert stages[0] == "embed"
    assert stages[-1] == "save"
    assert not has_to_learn(store, other.network)
    assert identifier_of(store, other.network).names == ("Ana", "Ben")
    assert [version.fingerprint for version in HeadStore(store).versions(other.network)] == ["trained anew"]
    with pytest.raises(StoreError, match="no earlier version"):
        HeadStore(store).go_back(other.network)
    assert len(identifier_of(store, other.network)) == 2


@pytest.mark.parametrize("change", ["missing", "other", "damaged"])
def test_a_wrong_key_is_told_and_nothing_is_overwritten(tmp_path: Path, change: str) -> None:
    with open_store(tmp_path) as store:
        enrol(store, "Ana", 1)
    key = tmp_path / KEY_FILE
    kept = key.read_bytes()
    before = (tmp_path / DATABASE).read_bytes()
    if change == "missing":
        key.unlink()
    else:
        key.write_text(new_key().hex() if change == "other" else "no key")
    with pytest.raises(StoreError, match="key") as caught:
        open_store(tmp_path)
    assert caught.value.remedy
    assert (tmp_path / DATABASE).read_bytes() == before
    assert key.exists() is (change != "missing")
    key.write_bytes(kept)
    with open_store(tmp_path) as store:
        assert look(store, 1) == (IdentityState.KNOWN, "Ana")


def test_a_locked_database_is_a_sentence(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    other = sqlite3.connect(store.folder.root / DATABASE, isolation_level=None)
    store.close()
    monkeypatch.setattr("engine.store.LOCKED_S", 0.1)
    with open_store(store.folder.root) as again:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            People(again).begin("Ana", ConsentText("paper"))
    other.close()


def test_an_error_of_the_database_names_nobody(store: Store) -> None:
    with pytest.raises(IntegrityError) as caught, store.write() as session:
        session.execute(text("INSERT INTO person (name) VALUES (:name)"), {"name": "Anastasia"})
    assert "Anastasia" not in str(caught.value)


def test_a_full_disk_changes_nothing(store: Store) -> None:
    enrol(store, "Ana", 1)
    enrolment = begin(store, "Ben", 2, 20)
    with store.outside_transaction() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    with pytest.raises(StoreError, match="disk is full"):
        run(enrolment.finish())
    with store.outside_transaction() as connection:
        connection.execute("PRAGMA max_page_count = 1000000")
    assert [person.name for person in People(store).all()] == ["Ana"]
    assert look(store, 1) == (IdentityState.KNOWN, "Ana")
    run(enrolment.finish())
    assert look(store, 2) == (IdentityState.KNOWN, "Ben")


def test_a_damaged_database_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"no database" * 1000)
    with pytest.raises(StoreError, match="damaged"):
        open_store(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == b"no database" * 1000


def test_a_newer_database_is_a_sentence(store: Store) -> None:
    with store.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreError, match="newer"):
        open_store(store.folder.root)


@pytest.mark.parametrize(
    ("name", "message"), [("x" * 500, "500 characters"), ("  ", "empty"), ("A\x07na", "seen"), ("\u202eanA", "seen")]
)
def test_names_that_are_none(store: Store, name: str, message: str) -> None:
    with pytest.raises(EnrolmentError, match=message):
        People(store).begin(name, ConsentText("paper"))
    assert People(store).all() == ()


@pytest.mark.parametrize("name", ["Çiğdem Şahin", "محمد علي", "👩‍🚀 Ada", "\U0001fae8 Ada", "李小龙", "O'Neill-Núñez"])
def test_names_from_everywhere(store: Store, name: str) -> None:
    enrol(store, name, 1)
    assert People(store).find(name).name == clean_name(name)
    assert look(store, 1) == (IdentityState.KNOWN, clean_name(name))


def test_look_alike_names() -> None:
    others = ["Ayşe Y\u0131lmaz", "Ana", "Anna", "Mehmet", "👩"]
    assert look_alike_names("ayse yilmaz", others) == ["Ayşe Y\u0131lmaz"]
    assert look_alike_names("Mehmed", others) == ["Mehmet"]
    assert look_alike_names("Ana", others) == ["Ana"]
    assert look_alike_names("Annä", others) == ["Anna"]
    assert look_alike_names("🚀", others) == []


def test_two_people_of_one_name_need_an_id(store: Store) -> None:
    enrol(store, "Ana", 1)
    people = People(store)
    with pytest.raises(EnrolmentError, match="enrolled already"):
        people.begin("Ana", ConsentText("paper"))
    second = people.begin("Ana", ConsentText("paper"), "77")
    assert second == 2
    with pytest.raises(EnrolmentError, match="Nobody named"):
        people.find("Bob")


def test_a_name_that_is_taken_is_nobodys_new_name(store: Store) -> None:
    enrol(store, "Ana", 1)
    ben = enrol(store, "Ben", 2)
    people = People(store)
    with pytest.raises(EnrolmentError, match="Somebody named Ana is enrolled already"):
        people.rename(ben, " Ana ")
    people.rename(ben, "Ben")
    people.rename(ben, "Benjamin")
    assert [person.name for person in people.all()] == ["Ana", "Benjamin"]
    with pytest.raises(EnrolmentError, match="deleted meanwhile"):
        people.rename(99, "Cem")


def enrol_with_id(store: Store, name: str, external_id: str) -> int:
    people = People(store)
    person_id = people.begin(name, ConsentText("paper"), external_id)
    with store.write() as session:
        people.complete(session, person_id)
    return person_id


def test_only_capital_letters_make_no_other_name() -> None:
    dotted, dotless = "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "\N{LATIN SMALL LETTER DOTLESS I}"
    same = [
        ("ada", "Ada"),
        (f"{dotted}REM", "irem"),
        ("IRMAK", f"{dotless}rmak"),
        ("Mu\u0308ge", "MÜGE"),
        ("irmak", "Irmak"),
    ]
    other = [
        ("Muge", "Müge"),
        ("Ana Maria", "Anamaria"),
        (f"{dotless}rem", "irem"),
        ("Weiss", "Weiß"),
        ("Irem", f"{dotted}rem"),
    ]
    assert [pair for pair in same if not same_but_for_case(*pair)] == []
    assert [pair for pair in other if same_but_for_case(*pair)] == []


@pytest.mark.parametrize(
    ("name", "external_id", "sentence"),
    [
        ("Muge", "", "Nobody named 'Muge' is enrolled. Did you mean #1 Müge (5)?"),
        ("Anamaria", "", "Nobody named 'Anamaria' is enrolled. Did you mean #2 Ana Maria?"),
        ("Mehmet", "", "Nobody named 'Mehmet' is enrolled. Did you mean #4 Mehmed, #5 Mehmed (9)?"),
        ("Ana", "77", "Nobody named 'Ana' with the ID 77 is enrolled. Did you mean #3 Ana (12)?"),
        ("#3", "77", "Nobody named '#3' with the ID 77 is enrolled. See who is: facedesk people."),
        ("Zoe", "", "Nobody named 'Zoe' is enrolled. See who is: facedesk people."),
    ],
)
def test_a_similar_name_or_another_id_is_somebody_else(
    store: Store, name: str, external_id: str, sentence: str
) -> None:
    for each, given in (("Müge", "5"), ("Ana Maria", ""), ("Ana", "12"), ("Mehmed", ""), ("Mehmed", "9")):
        enrol_with_id(store, each, given)
    people = People(store)
    with pytest.raises(EnrolmentError) as caught:
        people.find(name, external_id)
    assert str(caught.value) == sentence
    assert [people.find(name).person_id for name in ("MÜGE", " ana  maria ", "ANA", "12", "#4")] == [1, 2, 3, 3, 4]
    assert people.find("mehmed", "9").person_id == 5
    assert people.external_ids() == {1: "5", 3: "12", 5: "9"}


def test_nobody_else_is_deleted_renamed_or_exported_by_command(data_dir: Path, tmp_path: Path) -> None:
    with open_store(data_dir) as store:
        enrol(store, "Müge", 1)
    for arguments in (("delete", "Muge", "--yes"), ("rename", "Muge", "Mine"), ("export", "Muge", tmp_path)):
        result = facedesk("people", *arguments)
        assert result.exit_code == 1
        assert "Did you mean #1 Müge?" in result.stderr
    with open_store(data_dir) as store:
        assert [person.name for person in People(store).all()] == ["Müge"]


def test_no_name_finds_nobody(store: Store) -> None:
    enrol(store, "Ana", 1)
    for name in ("", " "):
        with pytest.raises(EnrolmentError, match="Nobody named"):
            People(store).find(name)


def test_a_name_in_a_sentence_is_as_it_was_typed(store: Store) -> None:
    with pytest.raises(EnrolmentError, match="'👩‍🚀'"):
        People(store).find("👩‍🚀")
    with pytest.raises(EnrolmentError, match='"O\'Neill"'):
        People(store).find("O'Neill")


def test_what_is_sealed_opens_only_with_its_key_and_purpose() -> None:
    cipher = Cipher(new_key())
    sealed = cipher.seal(b"face", "crop")
    assert cipher.open(sealed, "crop") == b"face"
    for other, purpose, piece in (
        (Cipher(new_key()), "crop", sealed),
        (cipher, "head", sealed),
        (cipher, "crop", sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (cipher, "crop", b""),
    ):
        with pytest.raises(StoreError, match="cannot be decrypted"):
            other.open(piece, purpose)
    assert key_from_passphrase("a", b"salt" * 4) != key_from_passphrase("b", b"salt" * 4)
