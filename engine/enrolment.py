"""One person's enrolment: consent → capture → check → train → done. Until `finish` nothing but the consent is kept."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from sqlalchemy.orm import Session

from engine.capture_guide import CaptureGuide, Guidance
from engine.errors import EnrolmentError
from engine.gallery import identifier_of
from engine.health import HealthCard, health_card
from engine.likeness import unlike
from engine.looks import embed_views
from engine.people import ConsentText, People
from engine.person_head import DEFAULT_FPIR, PersonHead
from engine.photographs import faces_in_photograph, shrunk
from engine.recognition import Recognition
from engine.retraining import Outcome, Progress, Retraining
from engine.sample_store import SampleStore
from engine.store import Store
from engine.types import Detection, Floats, Image


class Enrolment:
    """One person's way into the store. `cancel` leaves no trace; of a program that dies, the next start removes it.

    Args:
        store: The open store.
        recognition: Detector, network and strangers.
        guide: Judges and collects; guided for a camera, not guided for photographs and videos.
        fpir: The setting that answers are given for.

    Attributes:
        person_id: The person's number, after `begin` or `add_to`.
        guide: What was collected so far.
        outcome_: What the training changed, after `finish`.
    """

    def __init__(
        self, store: Store, recognition: Recognition, guide: CaptureGuide | None = None, fpir: float = DEFAULT_FPIR
    ) -> None:
        self.guide = guide or CaptureGuide()
        self.person_id: int | None = None
        self.outcome_: Outcome | None = None
        self._store = store
        self._people = People(store)
        self._recognition = recognition
        self._fpir = fpir
        self._further_consent: int | None = None
        self._vectors: dict[int, Floats] = {}

    def begin(self, name: str, consent: ConsentText, external_id: str = "") -> None:
        """Records the consent; must come before the first picture.

        Raises:
            EnrolmentError: The name is not usable or taken, or there is no consent.
        """
        self.person_id = self._people.begin(name, consent, external_id)

    def add_to(self, person_id: int, consent: ConsentText) -> None:
        """Adds to somebody who is enrolled already, whose new consent is recorded.

        What was begun for somebody else is taken back; the pictures taken so far go to this person.

        Raises:
            EnrolmentError: The person was deleted meanwhile.
        """
        further = self._people.consent_again(person_id, consent)
        self._take_back()
        self.person_id, self._further_consent = person_id, further

    def observe(self, image: Image, time_ms: float) -> Guidance:
        """Looks at a picture of a camera or a video.

        Args:
            image: (H, W, 3) uint8 RGB.
            time_ms: When it was taken, in any running time.

        Raises:
            ModelError: A network failed.
        """
        self._require_consent()
        return self._guided(image, self._recognition.detector.detect(image), time_ms)

    def add_photograph(self, image: Image) -> Guidance:
        """Looks at a photograph of any size.

        Args:
            image: (H, W, 3) uint8 RGB.

        Raises:
            ModelError: A network failed.
        """
        self._require_consent()
        image = shrunk(image)
        return self._guided(image, faces_in_photograph(self._recognition.detector, image), 0.0)

    def _guided(self, image: Image, detections: tuple[Detection, ...], time_ms: float) -> Guidance:
        guidance = self.guide.observe(image, detections, time_ms)
        if guidance.accepted is not None:
            self._vectors[id(guidance.accepted)] = embed_views(self._recognition.network, guidance.accepted.crop)
        return guidance

    def _require_consent(self) -> None:
        if self.person_id is None:
            raise EnrolmentError("There is no consent yet.", "Record the consent before taking pictures.")

    def drop(self, index: int) -> None:
        """Removes a sample again."""
        self.guide.drop(index)

    def check(self) -> HealthCard:
        """Compares the samples with each other, with everybody enrolled and with strangers.

        Pictures added to somebody are outliers, too, when they are not like that person's own.

        Raises:
            EnrolmentError: There is no sample.
            ModelError: The network failed.
        """
        besides = () if self._further_consent is None or self.person_id is None else (self.person_id,)
        cohort = self._recognition.cohort
        card = health_card(self._kept_vectors(), cohort, self._head(), self.guide.missing_poses, besides)
        return replace(card, outliers=tuple(sorted({*card.outliers, *self.unlike()})))

    def unlike(self) -> tuple[int, ...]:
        """Places of the samples that do not seem to show the person they are added to; of a new person none.

        Raises:
            ModelError: The network failed.
        """
        if self._further_consent is None or self.person_id is None or not self.guide.samples:
            return ()
        own = self._own_vectors(self.person_id)
        if not len(own):
            return ()
        return unlike(self._kept_vectors(), own, self._recognition.cohort.embeddings, self._head(), self.person_id)

    def _own_vectors(self, person_id: int) -> Floats:
        """What is kept of somebody, as this network sees it, even when it has not been trained with it yet."""
        samples, network = SampleStore(self._store), self._recognition.network
        known = samples.looks(person_id, self._recognition.cohort.network).vectors
        if len(known):
            return known
        seen = [embed_views(network, crop) for _, crop in samples.crops(person_id)]
        return np.stack(seen) if seen else known

    def finish(self, *, accept_worse: bool = False) -> Iterator[Progress]:
        """Trains a head with this person and keeps everything at once; closing the generator cancels.

        Args:
            accept_worse: Keep it even when those enrolled before are then named rightly less often.

        Raises:
            EnrolmentError: There is no sample, or the person was deleted meanwhile; nothing was changed.
            WorseHeadError: Others would suffer; nothing was changed.
            StoreError: The database does not answer; nothing was changed.
        """
        vectors = self._kept_vectors()
        person_id = self.person_id
        assert person_id is not None
        samples, cohort = SampleStore(self._store), self._recognition.cohort
        job = Retraining(self._store, cohort, self._recognition.network, self._fpir)
        try:
            yield from job.run_with(
                lambda: samples.training_set(cohort.network).with_samples(person_id, vectors),
                self._keep,
                accept_worse=accept_worse,
            )
        finally:
            self.outcome_ = job.outcome_

    def _keep(self, session: Session) -> None:
        """Keeps the pictures and lets the consent count, in the caller's transaction."""
        assert self.person_id is not None
        self._people.complete(session, self.person_id, self._further_consent)
        vectors, network = list(self._kept_vectors()), self._recognition.cohort.network
        SampleStore(self._store).add(session, self.person_id, self.guide.samples, vectors, network)

    def cancel(self, *, wipe: bool = True) -> None:
        """Leaves as if nothing had been begun; after `finish` it does nothing.

        Args:
            wipe: See to the bytes at once; otherwise the caller wipes the store when more was cancelled.
        """
        if self.outcome_ is not None:
            return
        self._take_back(wipe=wipe)
        self.person_id = self._further_consent = None
        self.guide.samples.clear()
        self._vectors.clear()

    def _take_back(self, *, wipe: bool = True) -> None:
        """Removes the consent from the store, and from its files."""
        if self.person_id is None:
            return
        if self._further_consent is not None:
            self._people.forget_consent(self._further_consent)
        else:
            self._people.cancel(self.person_id)
        if wipe:
            self._store.wipe()

    def _kept_vectors(self) -> Floats:
        self._require_consent()
        if not self.guide.samples:
            raise EnrolmentError("There is no picture to enrol this person with.", "Take or choose another one.")
        return np.stack([self._vectors[id(sample)] for sample in self.guide.samples])

    def _head(self) -> PersonHead:
        return identifier_of(self._store, self._recognition.cohort.network, self._fpir)
