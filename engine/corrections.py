"""Not me, that is me: an operator's word on a face becomes a hard negative or a sample, and the head is trained anew.

What spoils the head is not kept: where the people enrolled would then be named rightly less often (somebody said "not
me" of the right face), the correction is refused and the old head stays, unless the operator insists. A correction and
the head that learnt it are kept in one step, so that breaking off leaves neither.
"""

from collections.abc import Callable, Generator

from sqlalchemy.orm import Session

from engine.looks import embed_views
from engine.people import People
from engine.person_head import DEFAULT_FPIR
from engine.recognition import Recognition
from engine.retraining import Progress, Retraining
from engine.sample_store import SampleStore
from engine.samples import FaceSample
from engine.store import Store
from engine.training_set import TrainingSet
from engine.types import Floats


class Corrections:
    """Corrects one network's answers.

    Args:
        store: The open store.
        recognition: The network and its strangers.
        fpir: The setting.
    """

    def __init__(self, store: Store, recognition: Recognition, fpir: float = DEFAULT_FPIR) -> None:
        self._store = store
        self._recognition = recognition
        self._fpir = fpir
        self._network = recognition.cohort.network
        self._samples = SampleStore(store)

    def not_me(
        self, person_id: int, embedding: Floats, *, accept_worse: bool = False
    ) -> Generator[Progress, None, int]:
        """Keeps that a face is not this person's; returns a number to undo it by.

        Args:
            person_id: Who it is not.
            embedding: (128,) float32, as the network gave it.
            accept_worse: Keep it even when the enrolled are then named rightly less often.

        Raises:
            WorseHeadError: The enrolled would be named rightly less often; nothing was changed.
            EnrolmentError: The person was deleted meanwhile; nothing was changed.
        """
        return (
            yield from self._kept(
                person_id,
                lambda data: data.with_negative(person_id, embedding),
                lambda session: self._samples.refuse(session, person_id, embedding, self._network),
                accept_worse=accept_worse,
            )
        )

    def that_is_me(
        self, person_id: int, sample: FaceSample, *, accept_worse: bool = False
    ) -> Generator[Progress, None, int]:
        """Keeps a face as a further sample of this person; returns a number to undo it by.

        Args:
            person_id: Whose it is.
            sample: The crop.
            accept_worse: Keep it even when the enrolled are then named rightly less often.

        Raises:
            WorseHeadError: The enrolled would be named rightly less often; nothing was changed.
            EnrolmentError: The person was deleted meanwhile; nothing was changed.
            ModelError: The network failed; nothing was changed.
        """
        vectors = embed_views(self._recognition.network, sample.crop)
        return (
            yield from self._kept(
                person_id,
                lambda data: data.with_samples(person_id, vectors[None]),
                lambda session: self._samples.add(session, person_id, [sample], [vectors], self._network)[0],
                accept_worse=accept_worse,
            )
        )

    def undo(self, number: int, person_id: int) -> Generator[Progress, None, None]:
        """Takes a correction back; what is none of this person's, after a restored backup say, is left alone.

        Args:
            number: What `not_me` or `that_is_me` returned.
            person_id: Whom it was said of.

        Raises:
            ModelError: The network failed; nothing was changed.
            StoreError: The database does not answer; nothing was changed.
        """
        if number in self._samples.corrections(person_id):
            yield from self._retraining().remove([number])

    def _kept(
        self,
        person_id: int,
        learn: Callable[[TrainingSet], TrainingSet],
        keep: Callable[[Session], int],
        *,
        accept_worse: bool,
    ) -> Generator[Progress, None, int]:
        numbers: list[int] = []

        def keep_of_enrolled(session: Session) -> None:
            People.enrolled(session, person_id)
            numbers.append(keep(session))

        yield from self._retraining().run_with(
            lambda: learn(self._samples.training_set(self._network)), keep_of_enrolled, accept_worse=accept_worse
        )
        return numbers[0]

    def _retraining(self) -> Retraining:
        return Retraining(self._store, self._recognition.cohort, self._recognition.network, self._fpir)
