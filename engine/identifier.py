"""What turns an embedding into a person."""

from typing import Protocol

from engine.types import NOBODY, Floats, Identity


class Identifier(Protocol):
    """Anything that names the person behind an embedding."""

    def identify(self, embedding: Floats) -> Identity:
        """Names the person, or says unsure or unknown.

        Args:
            embedding: (128,) float32, unit length.
        """
        ...


class NobodyEnrolled:
    """The identifier of an empty gallery: everybody is unknown."""

    def identify(self, embedding: Floats) -> Identity:
        """Answers unknown."""
        return NOBODY
