"""What arguments of the command line may be."""

import os
from typing import Any

import click

from engine.errors import EnrolmentError


class GivenPath(click.Path):
    """A path that is not empty: an empty one would mean the folder that the command is run in."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401
        """Checks it, then does what `click.Path` does."""
        if not os.fspath(value):
            self.fail("The path is empty.", param, ctx)
        return super().convert(value, param, ctx)


def readable(_context: click.Context, parameter: click.Parameter, value: str) -> str:
    """A callback that takes text as it is.

    Raises:
        EnrolmentError: It holds bytes that are no text in this system's encoding, and cannot be kept.
    """
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise EnrolmentError(f"What --{parameter.name} says is not in UTF-8.", "Type it anew.")
    return value
