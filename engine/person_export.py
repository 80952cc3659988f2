"""One person's data for the person: JSON and the crops as pictures."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import cv2
from sqlalchemy import select

from engine.errors import StoreError
from engine.people import People, PersonRecord, now
from engine.sample_store import SampleStore
from engine.samples import unpack_vectors
from engine.store import Store
from engine.tables import Consent, Embedding, Export, Sample


def export_person(store: Store, person_id: int, folder: Path) -> Path:
    """Writes everything kept of a person into a new folder, readable by its owner alone.

    Of a "not me" it says that there is one; the embedding is of somebody else's face.

    Args:
        store: The open store.
        person_id: Whom.
        folder: Where the new folder goes.

    Returns:
        The new folder, with `person.json` and one PNG per crop.

    Raises:
        StoreError: It cannot be written, or a crop cannot be decrypted.
    """
    record = next(person for person in People(store).all() if person.person_id == person_id)
    target = folder.absolute() / f"facedesk-person-{person_id}"
    with store.write() as session:
        session.add(Export(person_id=person_id, path=str(target), made_at=now()))
    try:
        target.mkdir(mode=0o700, parents=True, exist_ok=True)
        for number, crop in SampleStore(store).crops(person_id):
            _write(target / f"{number}.png", cv2.imencode(".png", crop[..., ::-1])[1].tobytes())
        text = json.dumps(_facts(store, record), indent=2, ensure_ascii=False, default=str)
        _write(target / "person.json", text.encode())
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror}.", "Choose another folder.") from error
    return target


def _write(path: Path, data: bytes) -> None:
    path.touch(mode=0o600)
    path.write_bytes(data)


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
