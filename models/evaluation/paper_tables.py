"""The paper's Tables 5 and 6 and Figs 6 to 11, in both forms, and the same on faces kept out of our training."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from models.data import SPLITS, Faces
from models.evaluation.paper import TASKS, Outcome, Protocol, count, protocol, train_heads
from models.evaluation.pictures import draw_confusions
from models.evaluation.subject import kept_rows
from models.evaluation.tables import Cell, report, table
from models.inference import file_inference, network_file
from models.pretrained import start_weights
from models.tasks import AGE_GROUPS, ETHNICITIES

Floats = NDArray[np.float32]
Rows = NDArray[np.intp]
PAPERS_PEOPLE = 9
SOURCES = {"of training": "train", "never in our training": "attributes"}
"""Where the age and ethnicity faces come from, and the role that these have."""


@dataclass(frozen=True, slots=True, eq=False)
class Looked:
    """What both forms see of the faces of every protocol, computed once.

    Attributes:
        rows: (n,) sorted rows of `Faces`.
        base: (n, channels) features of the paper form's frozen base.
        desk: Outputs (n, size) of the shipped file.
    """

    rows: Rows
    base: Floats
    desk: Mapping[str, Floats]

    def places(self, rows: Rows) -> Rows:
        """Give where some rows stand in the arrays."""
        return np.searchsorted(self.rows, rows)


def run(network: Path, start: Path, faces: Faces, picture: Path | None, splits: Path = SPLITS) -> str:
    """Repeat the protocol with nine and with all persons, in both forms, and write tables.

    Args:
        network: Folder of the shipped network whose fp16 file is the desk form.
        start: Start weights of the paper form's base, see `models.pretrained`.
        faces: All faces.
        picture: PNG file for the confusion matrices, the form added to its name, and "kept" where the age and ethnicity
            faces are kept out; None draws none.
        splits: Who may be used for what.

    Raises:
        ValueError: No face has one of the roles that the protocol needs.
    """
    persons = kept_rows(faces, "persons", splits)
    sources = {source: kept_rows(faces, role, splits) for source, role in SOURCES.items()}
    protocols = {
        (people, source): protocol(faces, persons, attributes, people)
        for people in (PAPERS_PEOPLE, len(np.unique(faces.persons[persons])))
        for source, attributes in sources.items()
    }
    looked = _look(network, start, faces, np.unique(np.concatenate([chosen.rows for chosen in protocols.values()])))
    lines: list[list[Cell]] = []
    texts: list[str] = []
    for (people, source), chosen in protocols.items():
        for form, outcome in _both_forms(looked, chosen).items():
            images = f"{int(chosen.train.sum())} / {int((~chosen.train).sum())}"
            shares = [outcome.accuracy(task) for task in TASKS]
            lines.append([form, people, source, images, *shares, f"{outcome.seconds:.0f} s", outcome.epochs])
            if people == PAPERS_PEOPLE:
                texts += _reports(form, source, outcome, chosen, picture)
    head = ["form", "persons", "age and ethnicity faces", "train / test images", *TASKS, "training time", "epochs"]
    return "\n".join([table(head, lines), *texts])


def _look(network: Path, start: Path, faces: Faces, rows: Rows) -> Looked:
    desk = file_inference(network_file(network, "fp16"))(faces.middle(rows))
    return Looked(rows, _base_features(network.name, start, faces, rows), desk)


def _base_features(name: str, start: Path, faces: Faces, rows: Rows) -> Floats:
    """Give the frozen base's features (rows, channels) with its start weights."""
    import keras

    from models.networks import desk_network
    from models.start import infer, port

    model = desk_network(name)
    port(model, start_weights(name, start))
    trunk = keras.Model(model.input, {"features": model.get_layer("features").output})
    return infer(trunk, faces, rows)["features"]


def _both_forms(looked: Looked, chosen: Protocol) -> dict[str, Outcome]:
    """Train and count both forms on one protocol; the desk form answers age and ethnicity as it ships."""
    here = looked.places(chosen.rows)
    answers, seconds, epochs = train_heads(looked.base[here], chosen, shared=True)
    paper_form = Outcome(count(answers, chosen), seconds, epochs)
    desk = {name: values[here] for name, values in looked.desk.items()}
    answers, seconds, epochs = train_heads(desk["embedding"], chosen, shared=False)
    own = {"person": answers["person"], "age": desk["age"], "ethnicity": desk["ethnicity"]}
    return {"paper": paper_form, "desk": Outcome(count(own, chosen), seconds, epochs)}


def _reports(form: str, source: str, outcome: Outcome, chosen: Protocol, picture: Path | None) -> list[str]:
    """Write the classification reports of one form on faces of one source and draw its confusion matrices."""
    labels = {"person": chosen.people, "age": AGE_GROUPS, "ethnicity": ETHNICITIES}
    if picture:
        tables = {task: (outcome.counts[task], labels[task]) for task in TASKS}
        kept = "" if SOURCES[source] == "train" else "_kept"
        draw_confusions(picture.with_stem(f"{picture.stem}_{form}{kept}"), {form: tables})
    return [
        f"#### {form} form, {task}; age and ethnicity faces {source}\n\n{report(outcome.counts[task], labels[task])}"
        for task in TASKS
    ]
