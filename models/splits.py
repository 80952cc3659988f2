"""Who may be used for what: `splits.csv` names, by image hash, every face that training must not see.

Roles: `persons` (the actors: paper's protocol, open-set identification), `pairs` (kept-out identities for
verification), `attributes` (kept-out ages and ethnicities), `cohort` (strangers that thresholds are set on), `dropped`
(too like a kept-out face to be believed another picture). A hash that the file does not name is for training.

Make such a file for sets of your own with `python -m models.splits --faces FOLDER --out FOLDER/splits.csv`. There a
hash of the name decides who is kept, so that nobody who was trained on is kept when the set grows; fewer than 24
persons are too few for that.
"""

import argparse
import csv
import hashlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.data import SETS, SPLITS, UNKNOWN, Faces, read_faces
from models.metrics import FEWEST_PERSONS
from models.sentences import sentences

ROLES = ("persons", "pairs", "attributes", "cohort", "dropped")
SAME_PICTURE = 0.35
"""Teacher distance under which two files show the same picture or moment."""
STRANGERS_APART = 0.5
"""Teacher distance that two faces of the cohort keep at least."""
COHORT = {"synthetic": 1500, "portraits": 1300, "celeba_small": 900, "utkface": 900, "asian_portraits": 400}

Rows = NDArray[np.intp]


def read_roles(splits: Path = SPLITS) -> dict[str, str]:
    """Read the roles by image hash.

    Raises:
        ValueError: The file is another table.
    """
    with splits.open(newline="") as table:
        lines = csv.DictReader(table)
        if not {"sha256_16", "role"} <= set(lines.fieldnames or ()):
            raise ValueError(f"Expected columns `sha256_16` and `role` in {splits}: make it with models.splits.")
        return {line["sha256_16"]: line["role"] for line in lines}


def role_rows(faces: Faces, role: str, splits: Path = SPLITS) -> Rows:
    """Give the rows of the faces with a role; role "train" is everything the file does not name.

    Raises:
        ValueError: The role is not known, or the file is another table.
    """
    if role not in (*ROLES, "train"):
        raise ValueError(f"Expected a role of {', '.join((*ROLES, 'train'))}, got {role!r}.")
    roles = read_roles(splits)
    return np.flatnonzero([roles.get(str(digest), "train") == role for digest in faces.hashes])


def training_rows(faces: Faces, splits: Path = SPLITS) -> Rows:
    """Give the rows of the faces that training uses.

    Raises:
        ValueError: There are none.
    """
    rows = role_rows(faces, "train", splits)
    if not len(rows):
        raise ValueError(f"{splits} leaves none of {len(faces)} faces for training: keep whole persons apart.")
    return rows


def make_splits(faces: Faces, seed: int = 3) -> dict[str, Rows]:
    """Choose the faces of each role.

    Args:
        faces: All sets.
        seed: Of the random choices.

    Returns:
        Rows by role; no row has two roles.
    """
    rng = np.random.default_rng(seed)
    chosen = {
        "persons": np.flatnonzero(faces.sets == "actors"),
        "pairs": _kept_out_identities(faces, rng),
        "attributes": _kept_out_attributes(faces, rng),
    }
    tested = np.concatenate(list(chosen.values()))
    free = np.setdiff1d(np.arange(len(faces)), tested)
    alike = _alike(faces, free, tested)
    chosen["dropped"] = free[alike]
    chosen["cohort"] = _cohort(faces, free[~alike], rng)
    return chosen


def nearest_distance(queries: NDArray[np.float32], gallery: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the Euclidean distance (n,) of each query (n, d) to its nearest row of the gallery (m, d)."""
    lengths = (gallery**2).sum(axis=1)
    parts = [
        (part**2).sum(axis=1) + (lengths - 2.0 * part @ gallery.T).min(axis=1)
        for part in np.array_split(queries, max(1, len(queries) // 2000))
    ]
    distances: NDArray[np.float32] = np.sqrt(np.maximum(np.concatenate(parts), 0.0))
    return distances


def make_own_splits(faces: Faces, seed: int = 3, share: float = 0.15) -> dict[str, Rows]:
    """Choose the faces of each role in sets of which nothing is known beforehand.

    What their owner keeps from training (`Faces.splits`) is kept, to measure the tasks where it is labelled and the
    pairs where it is not; where nothing is said, some persons and some labelled faces are drawn, each by itself (see
    `_drawn`). Nobody is trained on of whom a picture is kept: such pictures are dropped, and those too like a kept one.

    Args:
        faces: All faces.
        seed: Of the random choices.
        share: Share of the persons drawn for pairs, of those that are left for the tasks, and of the labelled faces
            without a person for the tasks.

    Returns:
        Rows by role; no row has two roles. No cohort is kept, for small sets have none to spare.
    """
    chosen = _kept_by_their_owner(faces) if faces.splits.any() else _drawn(faces, seed, share)
    kept = np.concatenate(list(chosen.values()))
    persons = np.unique(faces.persons[kept])
    free = np.setdiff1d(np.arange(len(faces)), kept)
    leaking = np.isin(faces.persons[free], persons[persons != ""]) | _alike(faces, free, kept)
    return chosen | {"dropped": free[leaking]}


def _kept_by_their_owner(faces: Faces) -> dict[str, Rows]:
    """Those that a split other than "train" names: with a label they measure the tasks, else the pairs."""
    kept = (faces.splits != "") & (faces.splits != "train")
    labelled = _labelled(faces)
    return {"pairs": np.flatnonzero(kept & ~labelled), "attributes": np.flatnonzero(kept & labelled)}


def _drawn(faces: Faces, seed: int, share: float) -> dict[str, Rows]:
    """Those who lie lowest: the lowest persons for the pairs, the next for the tasks, and the lowest loose faces."""
    labelled = _labelled(faces)
    persons = _places(faces.persons, seed)
    loose = _places(np.where(labelled & (faces.persons == ""), faces.hashes, ""), seed)
    for_pairs, for_tasks = _bound(persons, share), _bound(persons, share, parts=2)
    next_lowest = (for_pairs <= persons) & (persons < for_tasks)
    return {
        "pairs": np.flatnonzero(persons < for_pairs),
        "attributes": np.flatnonzero(labelled & (next_lowest | (loose < _bound(loose, share)))),
    }


def _places(names: NDArray[np.str_], seed: int) -> NDArray[np.float64]:
    """Give each name a place (n,) in [0, 1) that it and the seed alone decide; the empty name has 1."""
    digests = {name: hashlib.sha256(f"{seed} {name}".encode()).digest() for name in names.tolist() if name}
    return np.array([int.from_bytes(digests[name][:6]) / 2**48 if name else 1.0 for name in names.tolist()])


def _bound(places: NDArray[np.float64], share: float, parts: int = 1) -> float:
    """Give the place below which lie the names of so many `parts` of a `share` each.

    It is the share itself, and so not moved by names that are added; where fewer than `FEWEST_PERSONS` a part lie below
    it, it is higher, and names that are added only move it down. In a set so small that its share are fewer than these,
    it is where the share has been counted off.
    """
    lowest = np.append(np.unique(places[places < 1.0]), 1.0)
    count = round(share * (len(lowest) - 1))
    counted = float(lowest[parts * min(count, FEWEST_PERSONS)])
    return counted if count < FEWEST_PERSONS else max(parts * share, counted)


def _labelled(faces: Faces) -> NDArray[np.bool_]:
    """Tell of each face (n,) whether a task knows it."""
    return np.asarray(np.any([classes != UNKNOWN for classes in faces.classes.values()], axis=0))


def _alike(faces: Faces, free: Rows, kept: Rows) -> NDArray[np.bool_]:
    """Tell of each free face whether the teacher takes it for the same picture as a kept one."""
    taught = np.asarray(faces.teacher.any(axis=1))
    seen, alike = kept[taught[kept]], np.zeros(len(free), np.bool_)
    if len(seen) and taught[free].any():
        here = taught[free]
        alike[here] = nearest_distance(faces.teacher[free[here]], faces.teacher[seen]) < SAME_PICTURE
    return alike


def _kept_out_identities(faces: Faces, rng: np.random.Generator) -> Rows:
    """Choose 40 identities with ten pictures or more and 400 with two or more; with them go all their pictures."""
    many = _persons_with(faces, "celeba", 10)
    few = np.setdiff1d(_persons_with(faces, "celeba_small", 2), np.unique(faces.persons[faces.sets == "celeba"]))
    persons = np.concatenate([rng.choice(many, 40, replace=False), rng.choice(few, 400, replace=False)])
    return np.flatnonzero(np.isin(faces.persons, persons))


def _persons_with(faces: Faces, name: str, pictures: int) -> NDArray[np.str_]:
    persons, counts = np.unique(faces.persons[(faces.sets == name) & (faces.persons != "")], return_counts=True)
    return persons[counts >= pictures]


def _kept_out_attributes(faces: Faces, rng: np.random.Generator) -> Rows:
    """Choose 250 faces of each age group and ethnicity of utkface, and 200 of each age group of allage."""
    rows = []
    for name, ethnicities, count in (("utkface", (0, 1, 2), 250), ("allage", (0,), 200)):
        for ethnicity in ethnicities:
            for age in range(3):
                here = (faces.sets == name) & (faces.labels("ethnicity") == ethnicity) & (faces.labels("age") == age)
                candidates = np.flatnonzero(here)
                rows.append(rng.choice(candidates, min(count, len(candidates) // 3), replace=False))
    return np.concatenate(rows)


def _cohort(faces: Faces, free: Rows, rng: np.random.Generator) -> Rows:
    """Choose strangers of many sets, no two of whom the teacher finds alike."""
    chosen: list[int] = []
    taken = np.zeros((sum(COHORT.values()), faces.teacher.shape[1]), np.float32)
    for name, count in COHORT.items():
        found = 0
        apart = SAME_PICTURE if name == "synthetic" else STRANGERS_APART  # generated faces are nobody twice
        for row in rng.permutation(free[(faces.sets[free] == name)]):
            if found == count:
                break
            distances = np.linalg.norm(taken[: len(chosen)] - faces.teacher[row], axis=1)
            if (distances > apart).all():
                taken[len(chosen)] = faces.teacher[row]
                chosen.append(int(row))
                found += 1
    return np.array(chosen)


def write_splits(faces: Faces, chosen: dict[str, Rows], path: Path = SPLITS) -> None:
    """Write hashes and roles, in the order of the hashes."""
    lines = sorted((str(faces.hashes[row]), role) for role, rows in chosen.items() for row in rows)
    with path.open("w", newline="") as table:
        writer = csv.writer(table, lineterminator="\n")
        writer.writerow(("sha256_16", "role"))
        writer.writerows(lines)


def known(labels: NDArray[np.int8]) -> Rows:
    """Give the rows whose label is known."""
    return np.flatnonzero(labels != UNKNOWN)


@sentences()
def main() -> None:
    """Choose the splits and write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faces", type=Path, required=True, help="folder of the face sets")
    parser.add_argument("--cache", type=Path, default=Path(".runs/cache"), help="folder for decoded crops")
    parser.add_argument("--out", type=Path, default=SPLITS, help="file to write (default models/splits.csv)")
    options = parser.parse_args()
    faces = read_faces(options.faces, options.cache)
    ours = set(SETS) <= set(np.unique(faces.sets).tolist())
    chosen = make_splits(faces) if ours else make_own_splits(faces)
    write_splits(faces, chosen, options.out)
    counts = {role: len(rows) for role, rows in chosen.items()}
    trained = len(faces) - sum(counts.values())
    told = ", ".join(f"{count} {role}" for role, count in counts.items())
    print(f"{trained} faces for training, {told}")  # noqa: T201 - what the command has done


if __name__ == "__main__":
    main()
