"""The few enrolled people whom a face can be, where a product with everybody's template takes too long.

Up to `MOST_BY_PRODUCT` people one matrix product answers in time. Beyond, faiss compares the face with everybody's
template in half a byte per two numbers (product quantisation, Jégou et al. 2011); whoever is nearest by that is then
compared in full. faiss is an extra, `pip install "facedesk[large]"`; without it the product does it, only slower.
"""

import logging
from typing import Any

from engine.types import EMBEDDING_SIZE, Floats, Indices

MOST_BY_PRODUCT = 100_000
NEAREST = 64
_PIECES = 64
_BITS = 4
_SHOWN = 20_000
"""Templates that the quantiser learns from."""

log = logging.getLogger(__name__)


class Shortlist:
    """Finds the people nearest to a face. Immutable; threads may share it.

    Args:
        templates: (n, 128) float32 unit vectors.

    Raises:
        ImportError: faiss is not installed.
    """

    def __init__(self, templates: Floats) -> None:
        import faiss

        faiss.omp_set_num_threads(1)  # two that wait for each other beside a live view take ten times as long
        self._index: Any = faiss.IndexPQFastScan(EMBEDDING_SIZE, _PIECES, _BITS, faiss.METRIC_INNER_PRODUCT)
        self._index.train(templates[:: max(len(templates) // _SHOWN, 1)])
        self._index.add(templates)

    def __call__(self, face: Floats) -> Indices:
        """Gives the rows of the templates nearest to a (128,) unit vector, ascending."""
        _, rows = self._index.search(face[None], NEAREST)
        found: Indices = rows[0]
        found.sort()
        return found[found >= 0]


def shortlist_of(templates: Floats) -> Shortlist | None:
    """A shortlist for so many people; None where a product is quick enough, or faiss is not installed."""
    if len(templates) <= MOST_BY_PRODUCT:
        return None
    try:
        return Shortlist(templates)
    except ImportError:
        log.warning('Beyond %d people, pip install "facedesk[large]" names faces faster.', MOST_BY_PRODUCT)
        return None
