"""A process that enrols, corrects, retrains, deletes, backs up and restores without end, to be killed."""

import os
import random
import sys
from pathlib import Path

import engine.crypto
from engine.backup import back_up, restore
from engine.corrections import Corrections
from engine.deletion import Deletion, tidy
from engine.enrolment import Enrolment
from engine.people import People
from engine.retraining import Retraining
from engine.samples import FaceSample
from engine.store import Store
from tests.engine.desk import (
    CONSENT,
    Projection,
    cohort,
    crop_of,
    enrol,
    finished,
    open_store,
    recognition,
    run,
    take,
)

PASSPHRASE = "seven white geese"
STRANGERS = cohort()  # made once, before the processes part


def work(folder: Path, seed: int) -> None:
    """Does one thing after another until it is killed, and says so each time."""
    engine.crypto.SCRYPT_N = 2  # a quarter of a second in which nothing is written would hide the writing
    rng = random.Random(seed)
    with open_store(folder) as store:
        run(tidy(store, lambda _: STRANGERS))
        while True:
            rng.choice(WORKS)(store, rng)
            os.write(1, b"done\n")


def main(folder: Path) -> None:
    """Forks a process for each seed that comes in, names it, and says when it has ended."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            os.write(1, f"{os.getpid()}\n".encode())
            work(folder, int(line))
        os.waitpid(child, 0)
        os.write(1, b"ended\n")


def _enrol(store: Store, rng: random.Random) -> None:
    if len(People(store).all()) >= 8:
        _delete(store, rng)
    enrol(store, f"P{rng.random()}", rng.randrange(1000), rng.randrange(1, 8))


def _add(store: Store, rng: random.Random) -> None:
    people = sorted(People(store).names())
    if not people:
        return
    enrolment = Enrolment(store, recognition())
    enrolment.add_to(rng.choice(people), CONSENT)
    take(enrolment, rng.randrange(1000), rng.randrange(1, 4))
    if rng.random() < 0.5:
        run(enrolment.finish(accept_worse=True))
    enrolment.cancel()


def _correct(store: Store, rng: random.Random) -> None:
    people = sorted(People(store).names())
    if not people:
        return
    corrections, person_id, crop = (
        Corrections(store, recognition()),
        rng.choice(people),
        crop_of(rng.randrange(1000), 0),
    )
    if rng.random() < 0.5:
        steps = corrections.not_me(person_id, Projection().infer(crop).embedding, accept_worse=True)
    else:
        sample = FaceSample(crop, 0.8, 0.0, 0.0, "correction")
        steps = corrections.that_is_me(person_id, sample, accept_worse=True)
    number = finished(steps)
    if rng.random() < 0.5:
        run(corrections.undo(number, person_id))


def _retrain(store: Store, rng: random.Random) -> None:
    run(Retraining(store, STRANGERS, Projection()).run(accept_worse=True))


def _delete(store: Store, rng: random.Random) -> None:
    people = sorted(People(store).names())
    if people:
        run(Deletion(store, lambda _: STRANGERS).run([rng.choice(people)]))


def _restore(store: Store, rng: random.Random) -> None:
    file = store.folder.root.parent / "desk.backup"
    if not file.exists() or rng.random() < 0.3:
        back_up(store, file, PASSPHRASE)
    run(restore(store, file, PASSPHRASE))


WORKS = (_enrol, _enrol, _enrol, _add, _correct, _correct, _retrain, _delete, _delete, _restore)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
