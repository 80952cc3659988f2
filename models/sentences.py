"""One sentence in the place of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

from engine.errors import UserError


@contextmanager
def sentences() -> Iterator[None]:
    """End the program with a sentence when a file, a table or pictures are not as expected.

    Raises:
        SystemExit: With the sentence.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise SystemExit(f"{error.filename} is not there." if error.filename else str(error)) from error
    except (OSError, ValueError, UserError) as error:
        raise SystemExit(str(error)) from error
