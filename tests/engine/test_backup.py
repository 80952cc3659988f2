import json
import shutil
import stat
from pathlib import Path

import cv2
import numpy as np
import pytest
from sqlalchemy import Engine

from engine import backup
from engine.backup import MAGIC, back_up, drop_scratch, restore
from engine.corrections import Corrections
from engine.deletion import Deletion, DeletionReceipt
from engine.errors import EnrolmentError, StoreError
from engine.gallery import identifier_of
from engine.people import People
from engine.person_export import export_person
from engine.sample_store import SampleStore
from engine.store import Store, connect
from engine.types import IdentityState
from tests.engine.desk import NETWORK, Projection, cohort, crop_of, enrol, open_store, recognition, run

PASSPHRASE = "seven white geese"


def receipt_of_deleting(store: Store, person_id: int) -> DeletionReceipt:
    deletion = Deletion(store, lambda _: cohort())
    run(deletion.run([person_id]))
    assert deletion.receipt_ is not None
    return deletion.receipt_


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "data")
    enrol(store, "Ana", 1)
    enrol(store, "Ben", 2)
    return store


def name_of(store: Store, person: int) -> str | None:
    answer = identifier_of(store, NETWORK).identify(Projection().infer(crop_of(person, 50)).embedding)
    return answer.name if answer.state is IdentityState.KNOWN else None


def test_a_backup_comes_back_on_another_machine(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert not [plain for plain in (b"SQLite format 3", b"CREATE TABLE") if plain in file.read_bytes()]
    with open_store(tmp_path / "elsewhere") as other:
        enrol(other, "Cem", 3)
        run(restore(other, file, PASSPHRASE))
        assert [person.name for person in People(other).all()] == ["Ana", "Ben"]
        assert (name_of(other, 1), name_of(other, 2), name_of(other, 3)) == ("Ana", "Ben", None)
        assert other.key != store.key
        crops = dict(SampleStore(other).crops(1))
        assert np.array_equal(crops[min(crops)], crop_of(1, 0))
    with open_store(tmp_path / "elsewhere") as other:
        assert name_of(other, 1) == "Ana"
    assert sorted(path.name for path in (tmp_path / "elsewhere").iterdir()) == ["facedesk.db", "secret.key"]


def test_who_was_deleted_since_stays_deleted(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    run(Deletion(store, lambda _: cohort()).run([1]))
    run(restore(store, file, PASSPHRASE))
    assert [person.name for person in People(store).all()] == ["Ben"]
    assert name_of(store, 1) is None


def test_what_was_said_of_who_was_deleted_since_does_not_come_back(store: Store, tmp_path: Path) -> None:
    embedding = Projection().infer(crop_of(1, 70)).embedding
    run(Corrections(store, recognition()).not_me(2, embedding, accept_worse=True))
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    run(restore(store, file, PASSPHRASE))
    assert People(store).find("Ben").refusals == 1
    run(Deletion(store, lambda _: cohort()).run([1]))
    run(restore(store, file, PASSPHRASE))
    assert People(store).find("Ben").refusals == 0
    assert len(identifier_of(store, NETWORK).state.negatives) == 0
    assert name_of(store, 2) == "Ben"


def test_who_was_deleted_elsewhere_is_nobody_else_with_that_number(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    with open_store(tmp_path / "elsewhere") as other:
        run(restore(other, file, PASSPHRASE))
        assert enrol(store, "Dora", 3) == enrol(other, "Cem", 4)
        run(Deletion(other, lambda _: cohort()).run([3]))
        back_up(store, file, PASSPHRASE)
        run(restore(other, file, PASSPHRASE))
        assert [person.name for person in People(other).all()] == ["Ana", "Ben", "Dora"]
        assert name_of(other, 3) == "Dora"
        run(Deletion(other, lambda _: cohort()).run([1]))
        run(restore(other, file, PASSPHRASE))
        assert [person.name for person in People(other).all()] == ["Ben", "Dora"]


@pytest.mark.parametrize("damage", ["passphrase", "cut", "changed", "other", "none"])
def test_a_bad_backup_changes_nothing(store: Store, tmp_path: Path, damage: str) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    data = bytearray(file.read_bytes())
    if damage == "cut":
        data = data[:-40]
    elif damage == "changed":
        data[len(data) // 2] ^= 1
    elif damage == "other":
        data = bytearray(b"something else" * 100)
    file.write_bytes(data)
    if damage == "none":
        file.unlink()
    enrol(store, "Cem", 3)
    with pytest.raises(StoreError) as caught:
        run(restore(store, file, "wrong words" if damage == "passphrase" else PASSPHRASE))
    assert caught.value.remedy
    assert [person.name for person in People(store).all()] == ["Ana", "Ben", "Cem"]
    assert name_of(store, 3) == "Cem"
    assert not list(store.folder.root.glob(".snapshot*"))


def test_a_restore_broken_off_changes_nothing(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    reports = len(list(restore(store, file, PASSPHRASE)))
    enrol(store, "Cem", 3)
    for come in (reports // 2, reports):
        steps = restore(store, file, PASSPHRASE)
        assert [next(steps).stage for _ in range(come)][-1] == "save"
        steps.close()  # type: ignore[attr-defined]
        assert [person.name for person in People(store).all()] == ["Ana", "Ben", "Cem"]


def test_another_program_that_starts_meanwhile_leaves_the_snapshot(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)
    steps = restore(store, file, PASSPHRASE)
    assert [next(steps).stage, next(steps).stage] == ["embed", "save"]
    drop_scratch(store.folder.root)
    assert len(list(store.folder.root.glob(".snapshot*"))) == 1
    run(steps)
    assert [person.name for person in People(store).all()] == ["Ana", "Ben"]
    assert not list(store.folder.root.glob(".snapshot*"))


def test_what_a_killed_program_left_goes(store: Store) -> None:
    root = store.folder.root
    left = [
        root / ".snapshot-77",
        root / f".snapshot-4000000_1_{'0' * 36}",
        root / f".snapshot-4000000_1_{'0' * 36}-wal",
    ]
    for path in left:
        path.touch()
    drop_scratch(root)
    assert not list(root.glob(".snapshot*"))


def test_a_snapshot_that_is_taken_away_changes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "desk.backup"
    back_up(store, file, PASSPHRASE)

    def connect_to_nothing(path: Path) -> Engine:
        path.unlink()
        return connect(path)

    monkeypatch.setattr(backup, "connect", connect_to_nothing)
    with pytest.raises(StoreError, match="damaged"):
        run(restore(store, file, PASSPHRASE))
    assert [person.name for person in People(store).all()] == ["Ana", "Ben"]


def test_a_short_passphrase_and_a_missing_folder(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="passphrase"):
        back_up(store, tmp_path / "x", "short")
    with pytest.raises(StoreError, match="cannot be written"):
        back_up(store, tmp_path / "none" / "x", PASSPHRASE)
    assert not list(store.folder.root.glob(".snapshot*"))
    assert MAGIC.startswith(b"FACEDESK")


def test_nobody_gets_the_embedding_of_somebody_elses_face(store: Store, tmp_path: Path) -> None:
    embedding = Projection().infer(crop_of(9, 0)).embedding
    with store.write() as session:
        refused = SampleStore(store).refuse(session, 1, embedding, NETWORK)
    facts = json.loads((export_person(store, 1, tmp_path) / "person.json").read_text(encoding="utf-8"))
    assert [sample["id"] for sample in facts["samples"] if sample["negative"]] == [refused]
    assert refused not in [embedded["sample"] for embedded in facts["embeddings"]]
    assert len(facts["embeddings"]) == 6


def test_an_export_leaves_no_picture_of_the_one_before_and_is_private(store: Store, tmp_path: Path) -> None:
    target = export_person(store, 1, tmp_path)
    gone, *_ = sorted(target.glob("*.png"))
    gone.rename(target / "4711.png")
    (target / "holiday.png").touch()
    target.chmod(0o755)
    (target / "person.json").chmod(0o644)
    assert export_person(store, 1, tmp_path) == target
    assert not (target / "4711.png").exists()
    assert gone.exists()
    assert (target / "holiday.png").exists(), "it is none of ours"
    assert stat.S_IMODE(target.stat().st_mode) == 0o700
    assert stat.S_IMODE((target / "person.json").stat().st_mode) == 0o600


def test_two_desks_export_to_one_stick(store: Store, tmp_path: Path) -> None:
    first = export_person(store, 1, tmp_path / "stick")
    kept = {path.name: path.read_bytes() for path in first.iterdir()}
    with open_store(tmp_path / "elsewhere") as other:
        assert enrol(other, "Cem", 3, 2) == 1
        second = export_person(other, 1, tmp_path / "stick")
    assert second != first
    assert {path.name: path.read_bytes() for path in first.iterdir()} == kept
    assert json.loads((second / "person.json").read_text(encoding="utf-8"))["person"]["name"] == "Cem"


def test_a_restore_knows_where_copies_were_put_from_here(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "desk.backup"
    before = export_person(store, 1, tmp_path / "before")
    back_up(store, file, PASSPHRASE)
    for _ in range(2):
        since = export_person(store, 1, tmp_path / "stick")
    for _ in range(2):
        run(restore(store, file, PASSPHRASE))
    with open_store(tmp_path / "elsewhere") as other:
        enrol(other, "Cem", 3)
        export_person(other, 1, tmp_path / "others")
        run(restore(other, file, PASSPHRASE))
        assert receipt_of_deleting(other, 1).exports == (str(before),), "Cem had the number, and is not in the backup"
    assert receipt_of_deleting(store, 2).exports == ()
    assert receipt_of_deleting(store, 1).exports == (str(before), str(since))


def test_who_was_deleted_meanwhile_cannot_be_exported(store: Store, tmp_path: Path) -> None:
    with pytest.raises(EnrolmentError, match="was deleted meanwhile"):
        export_person(store, 4711, tmp_path)
    assert not list(tmp_path.glob("facedesk-person-*"))


def test_a_person_gets_everything_kept_of_them(store: Store, tmp_path: Path) -> None:
    target = export_person(store, 1, tmp_path / "out")
    facts = json.loads((target / "person.json").read_text(encoding="utf-8"))
    assert facts["person"]["name"] == "Ana"
    assert facts["consents"][0]["text"] == "signed on paper, folder 3"
    assert len(facts["samples"]) == len(facts["embeddings"]) == 6
    assert np.array(facts["embeddings"][0]["vectors"]).shape == (3, 128)
    crop = cv2.imread(str(target / f"{facts['samples'][0]['id']}.png"))
    assert crop is not None
    assert np.array_equal(crop[..., ::-1], crop_of(1, 0))
    assert {stat.S_IMODE(path.stat().st_mode) for path in target.iterdir()} == {0o600}
    deletion = Deletion(store, lambda _: cohort())
    run(deletion.run([1]))
    assert deletion.receipt_ is not None
    assert deletion.receipt_.exports == (str(target),)
    shutil.rmtree(target)
