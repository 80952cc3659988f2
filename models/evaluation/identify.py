"""Open-set identification: enrol some persons, then show further pictures of them, and strangers."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
FEWEST_PERSONS = 2
ENROLLED_PICTURES = (1, 5, 15)
STRANGER_RATES = (0.01, 0.001)


@dataclass(frozen=True, slots=True, eq=False)
class Search:
    """Best similarities of probes against everybody enrolled.

    Attributes:
        mated: (n,) best similarity of each picture of an enrolled person.
        right: (n,) whether the best person was the right one.
        strangers: (m,) best similarity of each stranger, anew in each draw.
        draws: How often pictures were chosen to enrol.
    """

    mated: Floats
    right: NDArray[np.bool_]
    strangers: Floats
    draws: int = 1

    def tells(self, fpir: float) -> bool:
        """Tell whether there are strangers enough for a rate: each, in all draws, is a share no larger than it."""
        return fpir * len(self.strangers) >= self.draws

    def threshold(self, fpir: float) -> float:
        """Give the similarity that a share `fpir` of the strangers reaches."""
        return float(np.quantile(self.strangers, 1.0 - fpir, method="higher"))

    def fnir(self, fpir: float) -> float:
        """Give the share of enrolled persons' pictures that are missed or named wrongly at that threshold."""
        return float(np.mean(~self.right | (self.mated <= self.threshold(fpir))))

    def curve(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Give FPIR and FNIR (k,) from one stranger in a thousand, or from a single one, to all."""
        rates = np.geomspace(max(1e-3, self.draws / len(self.strangers)), 1.0, 60)
        return rates, np.array([self.fnir(rate) for rate in rates])


def enrollable(persons: NDArray[np.str_], pictures: int) -> Rows:
    """Give the rows of the persons (n,) that have more pictures than are enrolled; unnamed faces are left out."""
    names, places, counts = np.unique(persons, return_inverse=True, return_counts=True)
    return np.flatnonzero((counts > pictures)[places] & (names != "")[places])


def enrolments(persons: NDArray[np.str_]) -> tuple[dict[int, Rows], list[str]]:
    """Choose who takes part for each number of enrolled pictures.

    Args:
        persons: (n,) who the pictures show, empty when not known.

    Returns:
        Rows by number of pictures, and a sentence for each number that too few persons have pictures for.

    Raises:
        ValueError: Too few persons have pictures for any of the numbers.
    """
    rows = {pictures: enrollable(persons, pictures) for pictures in ENROLLED_PICTURES}
    counts = {pictures: len(np.unique(persons[chosen])) for pictures, chosen in rows.items()}
    notes = [
        f"{pictures} enrolled pictures: left out; expected {FEWEST_PERSONS} persons with more pictures than that, "
        f"got {count}."
        for pictures, count in counts.items()
        if count < FEWEST_PERSONS
    ]
    if len(notes) == len(rows):
        raise ValueError(
            f"Expected {FEWEST_PERSONS} persons or more with two pictures or more to enrol, got {max(counts.values())}."
        )
    return {pictures: chosen for pictures, chosen in rows.items() if counts[pictures] >= FEWEST_PERSONS}, notes


def search(
    embeddings: Floats, persons: NDArray[np.str_], strangers: Floats, pictures: int, seed: int = 5, draws: int = 5
) -> Search:
    """Enrol each person by the mean of some pictures and search the others and the strangers.

    Args:
        embeddings: (n, d) unit rows of the persons' pictures.
        persons: (n,) who they show.
        strangers: (m, d) unit rows of persons that are not enrolled.
        pictures: How many are enrolled of each person.
        seed: Of the choice of pictures.
        draws: How often the choice is made; results are put together.

    Raises:
        ValueError: A person has not more pictures than are enrolled.
    """
    names = np.unique(persons)
    rng = np.random.default_rng(seed)
    results = [_search_once(embeddings, persons, strangers, names, pictures, rng) for _ in range(draws)]
    mated, right, unknown = (np.concatenate(parts) for parts in zip(*results, strict=True))
    return Search(mated, right, unknown, draws)


def _search_once(
    embeddings: Floats,
    persons: NDArray[np.str_],
    strangers: Floats,
    names: NDArray[np.str_],
    pictures: int,
    rng: np.random.Generator,
) -> tuple[Floats, NDArray[np.bool_], Floats]:
    enrolled = np.zeros(len(persons), bool)
    for name in names:
        rows = np.flatnonzero(persons == name)
        if len(rows) <= pictures:
            raise ValueError(f"{name} has {len(rows)} pictures; expected more than the {pictures} to enrol.")
        enrolled[rng.choice(rows, pictures, replace=False)] = True
    templates = np.stack([embeddings[enrolled & (persons == name)].mean(axis=0) for name in names])
    templates /= np.linalg.norm(templates, axis=1, keepdims=True)
    similarity = embeddings[~enrolled] @ templates.T
    right = names[similarity.argmax(axis=1)] == persons[~enrolled]
    return similarity.max(axis=1), right, (strangers @ templates.T).max(axis=1)
