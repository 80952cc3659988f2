"""Not me, that is me: an operator's word on a face becomes a hard negative or a sample, and the head is trained anew.

What spoils the head is not kept: where the people enrolled would then be named rightly less often (somebody said "not
me" of the right face), the correction is taken back and the old head stays.
"""

from collections.abc import Callable, Generator, Sequence

from engine.gallery import Cohort
from engine.person_head import DEFAULT_FPIR
from engine.retraining import Progress, Retraining
from engine.sample_store import SampleStore
from engine.samples import FaceSample
from engine.store import Store
from engine.types import Floats


class Corrections:
    """Corrects one network's answers.

    Args:
        store: The open store.
        cohort: The network's strangers.
        fpir: The setting.
    """

    def __init__(self, store: Store, cohort: Cohort, fpir: float = DEFAULT_FPIR) -> None:
        self._store = store
        self._cohort = cohort
        self._fpir = fpir
        self._samples = SampleStore(store)

    def not_me(self, person_id: int, embedding: Floats) -> Generator[Progress, None, int]:
        """Keeps that a face is not this person's; returns a number to undo it by.

        Args:
            person_id: Who it is not.
            embedding: (128,) float32, as the network gave it.

        Raises:
            EnrolmentError: The enrolled would be named rightly less often; nothing was changed.
        """
        return (yield from self._kept(lambda: [self._samples.refuse(person_id, embedding, self._cohort.network)]))

    def that_is_me(self, person_id: int, sample: FaceSample, vectors: Floats) -> Generator[Progress, None, int]:
        """Keeps a face as a further sample of this person; returns a number to undo it by.

        Args:
            person_id: Whose it is.
            sample: The crop.
            vectors: (v, 128): its views (`embed_views`).

        Raises:
            EnrolmentError: The enrolled would be named rightly less often; nothing was changed.
        """

        def keep() -> Sequence[int]:
            with self._store.write() as session:
                return self._samples.add(session, person_id, [sample], [vectors], self._cohort.network)

        return (yield from self._kept(keep))

    def undo(self, number: int) -> Generator[Progress, None, None]:
        """Takes a correction back."""
        self._samples.remove([number])
        yield from Retraining(self._store, self._cohort, fpir=self._fpir).run(accept_worse=True)

    def _kept(self, keep: Callable[[], Sequence[int]]) -> Generator[Progress, None, int]:
        (number,) = keep()
        job = Retraining(self._store, self._cohort, fpir=self._fpir)
        try:
            yield from job.run()
        finally:
            if job.outcome_ is None:
                self._samples.remove([number])
        return number
