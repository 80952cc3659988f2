"""One line of `facedesk doctor`."""

from dataclasses import dataclass
from typing import Literal

from engine.errors import UserError


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found.

    Attributes:
        state: "ok", "warn" (something is missing that the program can do without) or "fail".
        what: One sentence.
        remedy: What to do about it; empty when all is well.
    """

    state: Literal["ok", "warn", "fail"]
    what: str
    remedy: str = ""

    @classmethod
    def of_error(cls, error: UserError) -> "Finding":
        """A failure with the error's own sentence and remedy."""
        return cls("fail", error.what, error.remedy)

    def as_text(self) -> str:
        """The finding as one line."""
        return f"{self.state:4}  {self.what} {self.remedy}".rstrip()
