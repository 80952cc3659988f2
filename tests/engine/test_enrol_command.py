"""`facedesk enrol`, `people` and `retrain` with the real detector and the real network."""

import json
import shutil
import sys
from datetime import date
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from sqlalchemy import delete, update

from engine.catalogue import Catalogue
from engine.enrol_command import StatusLine
from engine.enrol_list import begin
from engine.gallery import network_id
from engine.head_store import HeadStore
from engine.paths import DataFolder
from engine.sample_store import NetworkId, SampleStore
from engine.samples import FaceSample
from engine.sources.pictures import read_picture
from engine.store import Store
from engine.tables import Consent, Head
from tests.engine.commands import facedesk
from tests.engine.desk import crop_of, enrol, everything, open_store

PASSPHRASE = "seven white geese"


def people() -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(facedesk("people", "list", "--json").stdout)
    return found


def names_in(clip: Path) -> list[set[tuple[str, str | None]]]:
    result = facedesk("analyse", clip, "--json")
    assert result.exit_code == 0, result.output
    frames = [json.loads(line) for line in result.stdout.splitlines()]
    return [{(face["identity"]["state"], face["identity"]["name"]) for face in frame["faces"]} for frame in frames]


def test_analyse_names_nobody_whose_retention_date_has_passed(data_dir: Path, shared_media: Path) -> None:
    photo = shared_media / "biden.jpg"
    assert facedesk("enrol", "Joe", photo, "--consent", "test").exit_code == 0
    assert names_in(photo) == [{("known", "Joe")}]
    with Store.open(DataFolder(data_dir)) as store, store.write() as session:
        session.execute(update(Consent).values(retain_until=date(2020, 1, 1)))
    assert names_in(photo) == [{("unknown", None)}]


def test_analyse_says_when_a_network_does_not_know_everybody_yet(data_dir: Path, shared_media: Path) -> None:
    photo = shared_media / "biden.jpg"
    assert facedesk("analyse", photo).stderr == ""
    assert facedesk("enrol", "Joe", photo, "--consent", "test").exit_code == 0
    assert facedesk("analyse", photo).stderr == ""
    with Store.open(DataFolder(data_dir)) as store, store.write() as session:
        session.execute(delete(Head))
    assert "Run: facedesk retrain" in facedesk("analyse", photo).stderr


def test_a_name_that_another_program_takes_meanwhile_is_a_sentence(
    data_dir: Path, shared_media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(data_dir) as other:

        def raced(*arguments: Any) -> tuple[str, ...]:
            alike = begin(*arguments)
            enrol(other, "Joe", 1)
            return alike

        monkeypatch.setattr("engine.enrol_command.begin", raced)
        result = facedesk("enrol", "Joe", shared_media / "biden.jpg", "--consent", "the odd word xylocarp")
        assert result.exit_code == 1
        assert result.stderr.splitlines()[-1].startswith("Somebody named Joe is enrolled already. Add pictures to")
        assert [(person["name"], person["samples"]) for person in people()] == [("Joe", 6)]
        assert b"xylocarp" not in everything(data_dir)


def test_pictures_of_somebody_else_are_not_added(data_dir: Path, shared_media: Path) -> None:
    """Also where the other one is not enrolled, and where one of the pictures alone might pass."""
    biden, biden2, *obama = (shared_media / f"{name}.jpg" for name in ("biden", "biden2", "obama2", "obama3"))
    assert facedesk("enrol", "Joe", biden, "--consent", "test").exit_code == 0
    refused = facedesk("enrol", "Joe", *obama, "--consent", "test", "--add")
    assert refused.exit_code == 1
    assert "obama2.jpg: does not seem to show this person" in refused.stderr
    assert "obama3.jpg: does not seem to show this person" in refused.stderr
    assert "None of these pictures seems to show Joe. Check the name" in refused.stderr
    mixed = facedesk("enrol", "Joe", biden2, obama[0], "--consent", "test", "--add")
    assert mixed.exit_code == 0, mixed.output
    assert "1 picture taken, 1 not." in mixed.stderr
    assert [(person["name"], person["samples"]) for person in people()] == [("Joe", 2)]
    assert ("known", "Joe") not in names_in(shared_media / "obama.jpg")[0]


def test_pictures_nearer_to_somebody_else_are_not_added(data_dir: Path, shared_media: Path) -> None:
    assert facedesk("enrol", "Joe", shared_media / "biden.jpg", "--consent", "test").exit_code == 0
    assert facedesk("enrol", "Barack", shared_media / "obama.jpg", "--consent", "test").exit_code == 0
    refused = facedesk("enrol", "Joe", shared_media / "obama3.jpg", "--consent", "test", "--add")
    assert refused.exit_code == 1
    for name in ("obama2", "obama3"):
        added = facedesk("enrol", "Barack", shared_media / f"{name}.jpg", "--consent", "test", "--add")
        assert added.exit_code == 0, added.output
    assert [person["samples"] for person in people()] == [3, 1]


def test_a_folder_of_mixed_pictures_is_reported(data_dir: Path, shared_media: Path, tmp_path: Path) -> None:
    folder = tmp_path / "pictures"
    folder.mkdir()
    shutil.copy(shared_media / "obama.jpg", folder / "1.jpg")
    shutil.copy(shared_media / "obama_and_biden.jpg", folder / "2.jpg")
    shutil.copy(shared_media / "obama_partial_face.jpg", folder / "3.jpg")
    (folder / "4.jpg").write_bytes((shared_media / "obama2.jpg").read_bytes()[:5000])
    (folder / "5.png").write_bytes(b"no picture")
    face = read_picture(shared_media / "obama2.jpg")
    deep = np.dstack([face[..., ::-1].astype(np.uint16) * 257, np.full(face.shape[:2], 65535, np.uint16)])
    cv2.imwrite(str(folder / "6.png"), deep)
    result = facedesk("enrol", "Barack", "--folder", folder, "--consent", "test")
    assert result.exit_code == 0, result.output
    assert "2 pictures taken, 4 not." in result.stderr
    assert "2.jpg: shows more than one face" in result.stderr
    assert "3.jpg: the face is cut off at the edge" in result.stderr
    assert "  The picture 4.jpg is damaged" in result.stderr
    assert people()[0]["samples"] == 2
    again = facedesk("enrol", "Berry", shared_media / "obama3.jpg", "--consent", "test")
    if again.exit_code == 1:
        assert "looks like Barack" in again.stderr
    assert people()[0]["name"] == "Barack"


def test_a_list_enrols_a_class(data_dir: Path, shared_media: Path, tmp_path: Path) -> None:
    for name in ("obama.jpg", "obama2.jpg", "biden.jpg"):
        shutil.copy(shared_media / name, tmp_path / name)
    listed = tmp_path / "class.csv"
    listed.write_text("name,files,id\nBarack,obama.jpg;obama2.jpg,7\nJoe,biden.jpg,\nNobody,none.jpg,\n", "utf-8")
    result = facedesk("enrol", "--csv", listed, "--consent", "slips in folder 3")
    assert result.exit_code == 1
    assert "1 of the list could not be enrolled: Nobody." in result.stderr
    assert [(person["name"], person["samples"], person["external_id"]) for person in people()] == [
        ("Barack", 2, "7"),
        ("Joe", 1, ""),
    ]


def test_a_life_from_enrolment_to_deletion(data_dir: Path, shared_media: Path, tmp_path: Path) -> None:
    photo = shared_media / "biden.jpg"
    assert facedesk("people").output == "Nobody is enrolled.\n"
    assert facedesk("enrol", "Joe", photo, "--consent", "test", "--keep-until", "2099-01-01").exit_code == 0
    assert facedesk("enrol", "Joe", photo, "--consent", "test").exit_code == 1
    added = facedesk("enrol", "Joe", shared_media / "biden2.jpg", "--consent", "test", "--add")
    assert added.stdout.startswith("Joe, #1, was given 1 picture more: 2 in all.\n")
    shown = facedesk("people", "show", "Joe").output
    assert "retain until: 2099-01-01" not in shown  # the later consent counts
    assert "samples: 2" in shown
    assert [line.endswith(" UTC") for line in shown.splitlines() if "ed at: " in line] == [True, True]
    backup = tmp_path / "desk.backup"
    assert facedesk("people", "backup", backup, "--passphrase", PASSPHRASE).exit_code == 0
    exported = facedesk("people", "export", "Joe", tmp_path)
    assert (Path(exported.output.strip()) / "person.json").is_file()
    assert facedesk("people", "rename", "Joe", "Joseph").exit_code == 0
    assert facedesk("retrain", "--model", "mobilenet").exit_code == 0
    versions = facedesk("retrain", "--versions").output.splitlines()
    assert [(line[0], " UTC: " in line) for line in versions] == [("*", True), (" ", True), (" ", True)]
    assert facedesk("retrain", "--back", "--model", "mobilenet").exit_code == 0
    deleted = facedesk("people", "delete", "Joseph", "--yes")
    assert "Receipt" in deleted.output
    assert exported.output.strip() in deleted.output
    assert facedesk("people").output == "Nobody is enrolled.\n"
    restored = facedesk("--data-dir", tmp_path / "other", "people", "restore", backup, "--passphrase", PASSPHRASE)
    assert "1 people restored" in restored.output


def test_a_worse_head_is_taken_only_when_it_is_said_so(data_dir: Path, shared_media: Path) -> None:
    photos = (shared_media / "biden.jpg", shared_media / "biden2.jpg")
    assert facedesk("enrol", "Joe", *photos, "--consent", "test").exit_code == 0
    with Store.open(DataFolder(data_dir)) as store:
        network = network_id(Catalogue.read().find("mobilenet")[0])
        (before,) = HeadStore(store).versions(network)
        with store.write() as session:
            others = [FaceSample(crop_of(1, look), 0.8, 0.0, 0.0, "photo") for look in range(20)]
            nothing = [np.zeros((0, 128), np.float32)] * 20
            SampleStore(store).add(session, 1, others, nothing, NetworkId("gone", ""))
    refused = facedesk("retrain")
    assert refused.exit_code == 1
    (sentence,) = refused.stderr.splitlines()
    assert "stays" in sentence
    assert sentence.endswith("facedesk retrain --accept-worse.")
    assert refused.stdout.count("1 people, 22 pictures") == 2, "the others are trained all the same"
    with Store.open(DataFolder(data_dir)) as store:
        assert HeadStore(store).versions(network) == (before,)
    taken = facedesk("retrain", "--model", "mobilenet", "--accept-worse")
    assert taken.exit_code == 0, taken.output
    with Store.open(DataFolder(data_dir)) as store:
        assert [version.active for version in HeadStore(store).versions(network)] == [True, False]


def test_a_damaged_head_is_made_anew(data_dir: Path, shared_media: Path) -> None:
    assert facedesk("enrol", "Joe", shared_media / "biden.jpg", "--consent", "test").exit_code == 0
    with Store.open(DataFolder(data_dir)) as store, store.write() as session:
        session.execute(update(Head).values(state=b"damaged"))
    mended = facedesk("retrain", "--model", "mobilenet")
    assert mended.exit_code == 0, mended.output
    with Store.open(DataFolder(data_dir)) as store:
        state = HeadStore(store).active(network_id(Catalogue.read().find("mobilenet")[0]))
        assert state is not None
        assert len(state.person_ids) == 1


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("enrol", "x" * 500, "{obama}", "--consent", "c"), "500 characters"),
        (("enrol", "Ana", "none.jpg", "--consent", "c"), "No picture of Ana could be used."),
        (("enrol", "Ana", "--video", "none.mkv", "--consent", "c"), "There is no video none.mkv."),
        (("enrol", "Ana", "--folder", "none", "--consent", "c"), "There is no folder none."),
        (("enrol", "Ana", "{obama}", "--consent", "c", "--keep-until", "2001-01-01"), "retention date is in the past"),
        (("enrol", "Ana", "{obama}", "--consent", " "), "There is no consent."),
        (("enrol", "--csv", "none.csv", "--consent", "c"), "none.csv cannot be read"),
        (("people", "delete", "Ana", "--yes"), "Nobody is enrolled."),
        (("retrain",), "Nobody is enrolled."),
        (("people", "restore", "none", "--passphrase", "x"), "There is no file none."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    data_dir: Path, shared_media: Path, arguments: tuple[str, ...], sentence: str
) -> None:
    result = facedesk(*(argument.format(obama=shared_media / "obama.jpg") for argument in arguments))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert people() == []


def test_a_terminal_is_told_how_far_it_is_and_nobody_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    StatusLine().show("1 picture looked at")
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    line = StatusLine()
    line.show("1 picture looked at")
    line.show("2 pictures looked at")
    line.clear()
    assert capsys.readouterr().err == "\r1 picture looked at\r" + " " * 19 + "\r"


def test_wrong_usage_is_told(data_dir: Path) -> None:
    assert facedesk("enrol", "Ana", "--consent", "c").exit_code == 2
    assert facedesk("enrol", "--folder", "x", "--consent", "c").exit_code == 2
    listed = facedesk("enrol", "--csv", __file__, "--id", "7", "--consent", "c")
    assert listed.exit_code == 2
    assert "leave --id out" in listed.stderr
    assert facedesk("retrain", "--back").exit_code == 2


def test_a_huge_photograph(data_dir: Path, shared_media: Path, tmp_path: Path) -> None:
    photo = read_picture(shared_media / "obama.jpg")
    huge = cv2.resize(photo, (8200, round(8200 * photo.shape[0] / photo.shape[1])))
    cv2.imwrite(str(tmp_path / "huge.jpg"), huge[..., ::-1])
    assert huge.size > 3 * 50e6
    assert facedesk("enrol", "Barack", tmp_path / "huge.jpg", "--consent", "test").exit_code == 0


def test_ten_thousand_files_in_a_folder(data_dir: Path, shared_media: Path, tmp_path: Path) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10_000):
        (folder / f"{number}.jpg").write_bytes(b"nothing")
    shutil.copy(shared_media / "biden.jpg", folder / "77a.jpg")
    result = facedesk("enrol", "Joe", "--folder", folder, "--consent", "test")
    assert result.exit_code == 0, result.output
    assert "1 picture taken, 10000 not." in result.stderr
    assert len(result.stderr.splitlines()) < 40
