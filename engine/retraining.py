"""Making a network's person head anew: embed what is missing, train, compare with the old one, swap."""

import time
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from sqlalchemy.orm import Session

from engine.errors import DamagedError, WorseHeadError
from engine.gallery import Cohort, identifier_of
from engine.head_fit import FitProgress, HeadTrainer, Named, name_samples
from engine.head_state import HeadState
from engine.head_store import Figures, HeadStore
from engine.looks import Recogniser, embed_views
from engine.person_head import DEFAULT_FPIR, PersonHead
from engine.sample_store import SampleStore
from engine.store import Store
from engine.training_set import TrainingSet
from engine.types import Floats

WORSE_BY = 0.005
"""How much the share of samples that lose their name may rise before the new head is refused."""
_BATCH = 32


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is.

    Attributes:
        stage: What it does now.
        fraction: Of this stage, in [0, 1].
        fit: While training: the epoch's report.
    """

    stage: Literal["embed", "train", "calibrate", "save"]
    fraction: float
    fit: FitProgress | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a training changed: before → after, for those enrolled before.

    Attributes:
        before: Share of the samples kept before that the old head names at once and rightly, each compared with the
            person's others; None without an old head.
        after: The same samples by the new head.
        figures: The new head's figures.
        number: The new head's number.
    """

    before: float | None
    after: float
    figures: Figures
    number: int


@dataclass(frozen=True, slots=True)
class Trained:
    """A new head, not installed yet."""

    state: HeadState
    before: float | None
    after: float
    figures: Figures


class Retraining:
    """Trains a network's head from what the store holds.

    Args:
        store: The open store.
        cohort: The network's strangers.
        network: The network itself, to embed what is missing; None trains from what is embedded already.
        fpir: The setting that the figures speak of.

    Attributes:
        outcome_: What came of it; None until `run` came to its end.
    """

    def __init__(
        self, store: Store, cohort: Cohort, network: Recogniser | None = None, fpir: float = DEFAULT_FPIR
    ) -> None:
        self._store = store
        self._cohort = cohort
        self._network = network
        self._fpir = fpir
        self.outcome_: Outcome | None = None

    def run(self, *, accept_worse: bool = False) -> Iterator[Progress]:
        """Embeds, trains, compares and swaps; closing the generator cancels and leaves the old head.

        Args:
            accept_worse: Swap even when those enrolled before are named rightly less often.

        Raises:
            WorseHeadError: The new head is worse; the old one stays.
            ModelError: The network failed.
            StoreError: The database does not answer.
        """
        samples = SampleStore(self._store)
        yield from self.run_with(
            lambda: samples.training_set(self._cohort.network), lambda _: None, accept_worse=accept_worse
        )

    def remove(self, numbers: Collection[int]) -> Iterator[Progress]:
        """Trains without some samples or corrections, then deletes them and swaps in one step, then wipes the files.

        Heads that learnt from them are deleted, too, earlier versions and those of other networks: going back brings
        nothing of it back, and whoever uses those networks trains them anew.

        Raises:
            ModelError: The network failed; nothing was changed.
            StoreError: The database does not answer; nothing was changed.
        """
        samples = SampleStore(self._store)
        yield from self.run_with(
            lambda: samples.training_set(self._cohort.network, removed=numbers),
            lambda session: self._forget(session, samples, numbers),
            accept_worse=True,
        )
        self._store.wipe()

    def _forget(self, session: Session, samples: SampleStore, numbers: Collection[int]) -> None:
        heads = HeadStore(self._store)
        heads.drop(session, samples.networks_of(session, numbers) - {self._cohort.network.name})
        heads.drop_learnt(session, self._cohort.network, numbers)
        samples.remove(session, numbers)

    def run_with(
        self, learn_from: Callable[[], TrainingSet], keep: Callable[[Session], object], *, accept_worse: bool = False
    ) -> Iterator[Progress]:
        """Trains as if something had been changed already, then changes it and swaps in one step.

        Closing the generator, or a crash, leaves everything as it was: the last report comes before the change.

        Args:
            learn_from: What to train on, asked for when everybody is embedded.
            keep: Makes the change, in the transaction of the swap.
            accept_worse: Swap even when those enrolled before are named rightly less often.

        Raises:
            WorseHeadError: The new head is worse; nothing was changed.
            ModelError: The network failed; nothing was changed.
            StoreError: The database does not answer; nothing was changed.
        """
        self.outcome_ = None
        yield from self.embed_missing()
        heads, network = HeadStore(self._store), self._cohort.network
        while True:
            with self._store.read() as session:
                newest = heads.newest(session, network)
            trained: list[Trained] = []
            yield from self.train(learn_from(), trained.append, accept_worse=accept_worse)
            yield Progress("save", 0.0)
            with self._store.write() as session:
                # Another training may have come to its end meanwhile; this one would forget what that one learnt.
                if heads.newest(session, network) == newest:
                    keep(session)
                    outcome = self.install(session, trained[0])
                    break
        self.outcome_ = outcome

    def train(
        self, data: TrainingSet, keep: Callable[[Trained], None], *, accept_worse: bool = False
    ) -> Iterator[Progress]:
        """Trains on data, without installing.

        Args:
            data: Everybody's embeddings.
            keep: Gets the new head.
            accept_worse: Keep it even when it is worse than the active one.

        Raises:
            WorseHeadError: It is worse than the active one.
        """
        began = time.perf_counter()
        trainer = HeadTrainer()
        for report in trainer.fit(data, self._cohort.embeddings):
            stage: Literal["train", "calibrate"] = "train" if report.stage == "train" else "calibrate"
            yield Progress(stage, report.fraction, report)
        assert trainer.head_ is not None
        names = dict(zip(data.person_ids, data.names, strict=True))
        head = PersonHead(trainer.head_, names, self._fpir)
        before, at_new_strictness, after = self._compared(head, data)
        if before is not None and _is_worse(at_new_strictness, after) and not accept_worse:
            raise WorseHeadError(
                f"Nothing was changed: the people enrolled before would be named rightly in {after.right:.0%} of cases "
                f"instead of {before.right:.0%}.",
                "Check that this person is not enrolled already, and that the pictures show the right person.",
            )
        share = before.right if before is not None else None
        keep(Trained(trainer.head_, share, after.right, _figures(head, data, time.perf_counter() - began)))

    def _compared(self, new: PersonHead, data: TrainingSet) -> tuple[Named | None, Named, Named]:
        """The head that answers, as it is and as strict as the new one is, and the new one.

        On the samples that the first has learnt. Thresholds rise with everybody enrolled, which is nobody's fault.
        """
        network = self._cohort.network
        try:
            old = identifier_of(self._store, network, self._fpir)
        except DamagedError:
            old = PersonHead(HeadState.empty(), {}, self._fpir)
        newest = HeadStore(self._store).newest_sample(network)
        both = set(old.state.person_ids.tolist()) & set(new.state.person_ids.tolist())
        before = name_samples(old, data, both, newest, knows_newer=False)
        if not before.samples:
            after = name_samples(new, data, data.person_ids)
            return None, after, after
        as_strict = PersonHead(
            replace(old.state, tail=new.state.tail),
            dict(zip(old.state.person_ids.tolist(), old.names, strict=True)),
            self._fpir,
        )
        at_new_strictness = name_samples(as_strict, data, both, newest, knows_newer=False)
        return before, at_new_strictness, name_samples(new, data, both, newest)

    def install(self, session: Session, trained: Trained) -> Outcome:
        """Makes a trained head the active one, in the caller's transaction."""
        number = HeadStore(self._store).install(session, self._cohort.network, trained.state, trained.figures)
        return Outcome(trained.before, trained.after, trained.figures, number)

    def embed_missing(self) -> Iterator[Progress]:
        """Embeds the samples that this network has not seen yet, as after a switch of network."""
        samples = SampleStore(self._store)
        missing = samples.missing(self._cohort.network) if self._network is not None else []
        for start in range(0, len(missing), _BATCH):
            yield Progress("embed", start / len(missing))
            part = missing[start : start + _BATCH]
            samples.keep_vectors(self._cohort.network, self._embedded(samples, part))

    def _embedded(self, samples: SampleStore, numbers: Sequence[int]) -> dict[int, Floats]:
        assert self._network is not None
        crops = ((number, samples.crop(number)) for number in numbers)
        return {number: embed_views(self._network, crop) for number, crop in crops if crop is not None}


def train_without(
    store: Store,
    cohort: Cohort,
    people: Collection[int],
    fpir: float = DEFAULT_FPIR,
    *,
    removed: Collection[int] = (),
) -> Iterator[Progress | Trained]:
    """Trains a head without some people, as a deletion needs it; the last thing that comes is the head.

    Args:
        store: The open store.
        cohort: The network's strangers.
        people: Whom to leave out.
        fpir: The setting that the figures speak of.
        removed: Others' samples and corrections to leave out.

    Raises:
        DamagedError: Something that is kept of the others is damaged.
        StoreError: The database does not answer.
    """
    job = Retraining(store, cohort, fpir=fpir)
    data = SampleStore(store).training_set(cohort.network, without=people, removed=removed)
    trained: list[Trained] = []
    yield from job.train(data, trained.append, accept_worse=True)
    yield trained[0]


def _is_worse(before: Named, after: Named) -> bool:
    """Whether names get lost, or more samples than one become a question: one does by chance."""
    allowed = WORSE_BY + 1.0 / before.samples
    return after.lost > before.lost + WORSE_BY or after.right < before.right - allowed - 1e-6


def _figures(head: PersonHead, data: TrainingSet, seconds: float) -> Figures:
    rates = head.rates()
    return {
        "people": data.people,
        "samples": int(data.as_seen.sum()),
        "accuracy": round(name_samples(head, data, data.person_ids).right, 4),
        "fpir": rates.fpir,
        "fnir": None if rates.fnir is None else round(rates.fnir, 4),
        "seconds": round(seconds, 2),
    }
