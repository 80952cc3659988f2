"""One person's data for the person: JSON and the crops as pictures."""

import contextlib
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
from sqlalchemy import select

from engine.errors import EnrolmentError, StoreError
from engine.paths import as_text, write_atomically
from engine.people import People, PersonRecord, now
from engine.sample_store import SampleStore
from engine.samples import unpack_vectors
from engine.store import Store
from engine.tables import Consent, Embedding, Export, Sample

_UID_SHOWN = 8


def export_person(store: Store, person_id: int, folder: Path) -> Path:
    """Writes everything kept of a person into a folder of their own, readable by its owner alone.

    Its name holds a part of the person's uid besides the number: another desk's person of that number has another one.

    What an export before left there of pictures that are not kept any more goes.
    Of a "not me" it says that there is one; the embedding is of somebody else's face.

    Args:
        store: The open store.
        person_id: Whom.
        folder: Where the new folder goes.

    Returns:
        The folder, with `person.json` and one PNG per crop.

    Raises:
        EnrolmentError: The person was deleted meanwhile.
        StoreError: It cannot be written, or a crop cannot be decrypted.
    """
    record = next((person for person in People(store).all() if person.person_id == person_id), None)
    if record is None:
        raise EnrolmentError("This person was deleted meanwhile.", "Enrol the person again.")
    with store.write() as session:
        uid = People.enrolled(session, person_id).uid
        target = folder.absolute() / f"facedesk-person-{person_id}-{uid[:_UID_SHOWN]}"
        session.add(Export(person_id=person_id, path=as_text(target), made_at=now()))
    try:
        _make_private(target)
        written = set()
        for number, crop in SampleStore(store).crops(person_id):
            write_atomically(target / f"{number}.png", cv2.imencode(".png", crop[..., ::-1])[1].tobytes())
            written.add(str(number))
        text = json.dumps(_facts(store, record), indent=2, ensure_ascii=False, default=str)
        write_atomically(target / "person.json", text.encode())
        for crop_file in target.glob("*.png"):
            if crop_file.stem.isdecimal() and crop_file.stem not in written:
                crop_file.unlink()
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}.", "Choose another folder.") from error
    return target


def _make_private(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with contextlib.suppress(PermissionError):  # a memory stick knows no owners
        folder.chmod(0o700)


def _facts(store: Store, record: PersonRecord) -> dict[str, Any]:
    with store.read() as session:
        given = select(Consent).where(Consent.person_id == record.person_id, Consent.begun_by.is_(None))
        consents = session.scalars(given).all()
        samples = session.scalars(select(Sample).where(Sample.person_id == record.person_id)).all()
        own = [sample.id for sample in samples if not sample.negative]
        embeddings = session.scalars(select(Embedding).where(Embedding.sample_id.in_(own))).all()
        agreed = ("text", "version", "language", "given_at", "retain_until")
        looked = ("id", "negative", "origin", "created_at", "quality", "yaw", "pitch")
        return {
            "person": asdict(record),
            "consents": [{name: getattr(consent, name) for name in agreed} for consent in consents],
            "samples": [{name: getattr(sample, name) for name in looked} for sample in samples],
            "embeddings": [
                {
                    "sample": embedding.sample_id,
                    "network": embedding.network,
                    "vectors": unpack_vectors(
                        store.cipher.open(embedding.vectors, f"embedding {embedding.network}")
                    ).tolist(),
                }
                for embedding in embeddings
            ],
        }
