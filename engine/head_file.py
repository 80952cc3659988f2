"""A person head as bytes, and back."""

import io
import zipfile

import numpy as np

from engine.calibration import Peers, StrangerScale, StrangerTail, unit
from engine.errors import DamagedError
from engine.evening import Evening
from engine.head_state import HeadState
from engine.head_training import SoftmaxLayer

FORM = 2
"""2: the seen face's own scale counts, too."""


def to_bytes(state: HeadState) -> bytes:
    """Packs a head; vectors as float16, which moves a cosine by less than 0.001."""
    tail = state.tail
    buffer = io.BytesIO()
    np.savez(
        buffer,
        form=np.array(FORM),
        mean=state.evening.mean,
        matrix=state.evening.matrix,
        person_ids=state.person_ids,
        templates=state.templates.astype(np.float16),
        location=state.scale.location,
        scale=state.scale.scale,
        peers=state.peers.vectors.astype(np.float16),
        typical=np.array(state.peers.typical),
        floors=state.floors,
        tail=np.array([tail.start, tail.scale, tail.shape, tail.share]),
        weights=state.layer.weights.astype(np.float16),
        bias=state.layer.bias,
        negatives=state.negatives.astype(np.float16),
        negative_owners=state.negative_owners,
        own=state.own,
        leads=state.leads,
    )
    return buffer.getvalue()


def from_bytes(data: bytes) -> HeadState | None:
    """Unpacks a head; None for one of an earlier program, which is to be trained anew.

    Raises:
        DamagedError: It is damaged or of a newer program.
    """
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            if int(arrays["form"]) < FORM:
                return None
            if int(arrays["form"]) > FORM:
                raise DamagedError("The person head was made by another Facedesk.", "Make it anew: facedesk retrain.")
            return HeadState(
                evening=Evening(arrays["mean"], arrays["matrix"]),
                person_ids=arrays["person_ids"],
                templates=unit(arrays["templates"].astype(np.float32)),
                scale=StrangerScale(arrays["location"], arrays["scale"]),
                peers=Peers(unit(arrays["peers"].astype(np.float32)), float(arrays["typical"])),
                floors=arrays["floors"],
                tail=StrangerTail(*arrays["tail"].tolist()),
                layer=SoftmaxLayer(arrays["weights"].astype(np.float32), arrays["bias"]),
                negatives=unit(arrays["negatives"].astype(np.float32)),
                negative_owners=arrays["negative_owners"],
                own=arrays["own"],
                leads=arrays.get("leads", np.full(len(arrays["own"]), -np.inf, np.float32)),
            )
    except (ValueError, KeyError, OSError, zipfile.BadZipFile) as error:
        raise DamagedError("The person head is damaged.", "Make it anew: facedesk retrain.") from error
