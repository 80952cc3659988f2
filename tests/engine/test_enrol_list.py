"""A list of people, with stand-in networks."""

import errno
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from engine.enrol_files import ListedPerson, add_folder, add_video, read_list
from engine.enrol_list import ListEnrolment, ListProgress, PersonReport
from engine.enrolment import Enrolment
from engine.errors import EnrolmentError, SourceError, StoreError
from engine.head_store import HeadStore
from engine.likeness import UNLIKE
from engine.people import ConsentText, People
from engine.store import Store
from engine.tables import Person
from engine.unlearnt import has_to_learn
from tests.engine.desk import CONSENT, NETWORK, crop_of, enrol, open_store, recognition, run


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "data")


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    folder = tmp_path / "photos"
    folder.mkdir()
    for person in range(1, 5):
        for look in range(3):
            other = np.random.default_rng((person, look)).integers(-30, 31, (8, 8, 3))
            picture = crop_of(person, look) + np.kron(other, np.ones((16, 16, 1)))
            cv2.imwrite(str(folder / f"{person}{look}.png"), cv2.resize(np.clip(picture, 0, 255), (256, 256)))
    (folder / "torn.png").write_bytes(b"no picture")
    return folder


def row(name: str, photos: Path, *files: str) -> ListedPerson:
    return ListedPerson(name, "", tuple(photos / file for file in files))


def names(store: Store) -> list[str]:
    return [person.name for person in People(store).all()]


def drafts(store: Store) -> int:
    with store.read() as session:
        return session.query(Person).filter(Person.draft).count()


def test_a_class_is_enrolled_with_one_training(store: Store, photos: Path) -> None:
    enrol(store, "Zoe", 9)
    job = ListEnrolment(store, recognition(), CONSENT)
    steps = list(job.run([row("Ada", photos, "10.png", "11.png", "torn.png"), row("Ben", photos, "20.png")]))
    assert names(store) == ["Ada", "Ben", "Zoe"]
    assert [(report.pictures, len(report.refused)) for report in job.reports_] == [(2, 1), (1, 0)]
    assert "torn.png is damaged" in job.reports_[0].refused[0].refusal
    assert len(HeadStore(store).versions()) == 2, "one for Zoe, one for the class"
    assert not has_to_learn(store, NETWORK)
    assert job.outcome_ is not None
    assert job.outcome_.after == 1.0
    begun = [
        (step.name, step.place, step.people) for step in steps if isinstance(step, ListProgress) and not step.picture
    ]
    assert begun == [("Ada", 0, 2), ("Ben", 1, 2)]


def test_who_cannot_be_enrolled_is_told_and_leaves_nothing(store: Store, photos: Path) -> None:
    run(ListEnrolment(store, recognition(), CONSENT).run([row("Ada", photos, "11.png", "12.png")]))
    listed = [
        row("Ada", photos, "20.png"),
        row("Beatrice", photos, "10.png"),
        row("Cem", photos, "none.png"),
        row(" \u0007", photos, "30.png"),
        row("Dan", photos, "30.png"),
    ]
    job = ListEnrolment(store, recognition(), CONSENT)
    run(job.run(listed))
    assert names(store) == ["Ada", "Dan"]
    assert drafts(store) == 0
    told = [report.error.what if report.error else "" for report in job.reports_]
    assert told[0] == "Somebody named Ada is enrolled already."
    assert told[1].startswith("Beatrice looks like Ada, who is enrolled already")
    assert told[2] == "No picture of Cem could be used."
    assert told[3:] == ["The name holds characters that cannot be seen.", ""]
    alike = job.reports_[1].looks_like
    assert alike is not None
    assert alike.name == "Ada"
    assert not any(b"Beatrice" in path.read_bytes() for path in store.folder.root.iterdir())


@pytest.mark.parametrize("fault", [errno.EACCES, errno.ENAMETOOLONG])
def test_a_path_that_leads_nowhere_is_told_and_the_others_are_looked_at(
    store: Store, photos: Path, monkeypatch: pytest.MonkeyPatch, fault: int
) -> None:
    long = "x" * 5000
    if fault == errno.EACCES:
        monkeypatch.setattr(Path, "is_dir", forbidden(photos / "locked.png", Path.is_dir))
    bad = "locked.png" if fault == errno.EACCES else long
    (photos / "empty").mkdir()
    job = ListEnrolment(store, recognition(), CONSENT)
    run(job.run([row("Ada", photos, bad, "empty", "10.png"), row("Ben", photos, bad), row("Cem", photos, "30.png")]))
    assert names(store) == ["Ada", "Cem"]
    ada, ben, _ = job.reports_
    assert [picture.name for picture in ada.refused] == [bad, "empty"]
    assert "cannot be read" in ada.refused[0].refusal
    assert ada.refused[1].refusal.startswith("The folder empty has no pictures.")
    assert ben.error is not None
    assert ben.error.what == "No picture of Ben could be used."


def forbidden(locked: Path, is_dir: Callable[[Path], bool]) -> Callable[[Path], bool]:
    """`Path.is_dir` for somebody who may not look at one path."""

    def asked(path: Path) -> bool:
        if path == locked:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return is_dir(path)

    return asked


def test_folders_and_videos_that_lead_nowhere_are_a_sentence(store: Store) -> None:
    enrolment = Enrolment(store, recognition())
    for add in (add_folder, add_video):
        with pytest.raises(SourceError, match="There is no"):
            run(add(enrolment, Path("x" * 5000)))


def test_twice_on_the_list_is_noticed_at_the_end(store: Store, photos: Path) -> None:
    job = ListEnrolment(store, recognition(), CONSENT)
    run(job.run([row("Ada", photos, "10.png"), row("Beatrice", photos, "11.png"), row("Cem", photos, "20.png")]))
    told = {report.person.name: report.looks_like.name for report in job.reports_ if report.looks_like}
    assert told == {"Ada": "Beatrice", "Beatrice": "Ada"}


def test_twins_are_enrolled_when_it_is_said_so(store: Store, photos: Path) -> None:
    run(ListEnrolment(store, recognition(), CONSENT).run([row("Ada", photos, "11.png")]))
    job = ListEnrolment(store, recognition(), CONSENT, different=True)
    run(job.run([row("Beatrice", photos, "10.png")]))
    assert names(store) == ["Ada", "Beatrice"]


def test_more_pictures_for_a_class(store: Store, photos: Path) -> None:
    number = enrol(store, "Ada", 1)
    job = ListEnrolment(store, recognition(), ConsentText("another paper"), add=True)
    run(job.run([row("ada", photos, "10.png"), row("Nobody", photos, "20.png")]))
    assert [(report.person_id, report.pictures) for report in job.reports_] == [(number, 1), (None, 0)]
    assert [(person.samples, person.consent) for person in People(store).all()] == [(7, "another paper")]


def test_more_pictures_go_to_the_one_of_that_name_whose_id_it_is(store: Store, photos: Path) -> None:
    picture = {"7": "10.png", "8": "20.png"}
    people = [ListedPerson("Ada", each, (photos / file,)) for each, file in picture.items()]
    run(ListEnrolment(store, recognition(), CONSENT).run(people))
    more = ListEnrolment(store, recognition(), CONSENT, add=True)
    run(more.run([ListedPerson("Ada", "8", (photos / "21.png",)), row("Ada", photos, "11.png")]))
    assert {person.external_id: person.samples for person in People(store).all()} == {"7": 1, "8": 2}
    assert "2 people are named 'Ada'" in str(more.reports_[1].error)


def test_broken_off_the_finished_stay_and_the_one_in_work_goes(store: Store, photos: Path) -> None:
    job = ListEnrolment(store, recognition(), CONSENT)
    steps = job.run([row("Ada", photos, "10.png"), row("Benvenuto", photos, "20.png", "21.png")])
    for step in steps:
        if isinstance(step, ListProgress) and step.name == "Benvenuto" and step.picture:
            break
    steps.close()  # type: ignore[attr-defined]
    assert names(store) == ["Ada"]
    assert drafts(store) == 0
    assert has_to_learn(store, NETWORK)
    assert not any(b"Benvenuto" in path.read_bytes() for path in store.folder.root.iterdir())


def test_a_name_that_another_program_takes_meanwhile_is_told_and_the_list_goes_on(store: Store, photos: Path) -> None:
    job = ListEnrolment(store, recognition(), CONSENT)
    steps = job.run([row("Ada", photos, "10.png"), row("Ben", photos, "20.png")])
    assert any(isinstance(step, ListProgress) and step.name == "Ada" and step.picture for step in steps)
    enrol(store, "Ada", 3)
    run(steps)
    ada, ben = job.reports_
    assert ada.person_id is None
    assert ada.error is not None
    assert ada.error.what == "Somebody named Ada is enrolled already."
    assert ben.person_id is not None
    assert [(person.name, person.samples) for person in People(store).all()] == [("Ada", 6), ("Ben", 1)]
    assert drafts(store) == 0


def test_a_store_that_fails_ends_the_list(store: Store, photos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise StoreError("The disk is full; nothing was changed.", "Free some space, then try again.")

    job = ListEnrolment(store, recognition(), CONSENT)
    monkeypatch.setattr("engine.sample_store.SampleStore.add", full)
    with pytest.raises(StoreError, match="disk is full"):
        run(job.run([row("Ada", photos, "10.png"), row("Ben", photos, "20.png")]))
    assert names(store) == []
    assert drafts(store) == 0


def test_nobody_new_needs_no_training(store: Store, photos: Path) -> None:
    job = ListEnrolment(store, recognition(), CONSENT)
    steps = list(job.run([row("Ada", photos, "none.png")]))
    assert isinstance(steps[-1], PersonReport)
    assert job.outcome_ is None
    assert HeadStore(store).versions() == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("name,files\n , \n", "names nobody"),
        ("name,files\n", "names nobody"),
        ("name,files\nAda,a.png\n\n ,b.png\n", "Row 4 of the list class.csv has no name"),
        ("name;files;id\nAda;a.jpg;b.jpg;17\n", "Row 2 of the list class.csv has more cells than there are columns"),
        ("name;files;id;\nAda;a.jpg;7\nBen;a.jpg;b.jpg;17\n", "Row 3 of the list class.csv has more cells"),
        ("who,files\nAda,a.png\n", "no columns name and files"),
        ("", "columns"),
    ],
)
def test_a_list_that_says_nothing(tmp_path: Path, text: str, sentence: str) -> None:
    path = tmp_path / "class.csv"
    path.write_text(text, "utf-8")
    with pytest.raises(EnrolmentError, match=sentence):
        read_list(path)


def test_a_list_as_excel_writes_it_where_the_comma_is_the_decimal_sign(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text('Name;Files;ID\r\nAda;"a.png;b.png";7\r\nGrace, née Murray;c.png\r\n', "utf-8-sig")
    assert [(person.name, person.external_id, person.files) for person in read_list(path)] == [
        ("Ada", "7", (tmp_path / "a.png", tmp_path / "b.png")),
        ("Grace, née Murray", "", (tmp_path / "c.png",)),
    ]


def test_rows_of_one_name_and_id_are_one_person(tmp_path: Path) -> None:
    path = tmp_path / "class.csv"
    path.write_text("name,files,id\nAda,a.png,\nBen,b.png,7\nBen,c.png,8\n Ada ,d.png;e.png,,\nBen,f.png,7\n", "utf-8")
    read = {(person.name, person.external_id): [file.name for file in person.files] for person in read_list(path)}
    assert read == {
        ("Ada", ""): ["a.png", "d.png", "e.png"],
        ("Ben", "7"): ["b.png", "f.png"],
        ("Ben", "8"): ["c.png"],
    }


def test_every_file_of_a_folder_is_told_as_it_comes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that it can be broken off; what the suffix tells is not even read."""
    folder = tmp_path / "phone"
    folder.mkdir()
    for number in range(1, 4):
        (folder / f"{number}.heic").write_bytes(b"\0\0\0\x18ftypheic")
    read: list[Path] = []
    monkeypatch.setattr(Path, "read_bytes", read.append)
    enrolment = Enrolment(store, recognition())
    reports = add_folder(enrolment, folder)
    first = next(reports)
    assert (first.name, first.refusal.split(",")[0]) == ("1.heic", "1.heic is a HEIC picture")
    assert [report.name for report in reports] == ["2.heic", "3.heic"]
    assert read == []


def test_pictures_of_somebody_else_on_the_list_are_not_added(store: Store, photos: Path) -> None:
    enrol(store, "Ada", 1)
    enrol(store, "Ben", 2)
    job = ListEnrolment(store, recognition(), CONSENT, add=True)
    run(job.run([row("Ada", photos, "20.png", "10.png"), row("Ben", photos, "30.png")]))
    ada, ben = job.reports_
    assert (ada.pictures, [(picture.name, picture.refusal) for picture in ada.refused]) == (1, [("20.png", UNLIKE)])
    assert ben.error is not None
    assert ben.error.what == "None of these pictures seems to show Ben."
    assert [(person.name, person.samples) for person in People(store).all()] == [("Ada", 7), ("Ben", 6)]
