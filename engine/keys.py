"""Where the key of the stored data lives: in the system keyring, or where there is none (a kiosk) in a 0600 file."""

import logging
import os
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from engine.crypto import KEY_BYTES
from engine.errors import StoreError
from engine.paths import write_atomically

T = TypeVar("T")

KEY_FILE = "secret.key"
SERVICE = "facedesk"
NO_KEYRING = "FACEDESK_NO_KEYRING"
"""Set to 1 to keep keys in the data folder even where there is a keyring."""

PATIENCE_S = 60.0
"""A keyring may ask somebody for its password; one that hangs answers never."""

log = logging.getLogger(__name__)


def load_key(root: Path, key_id: str) -> bytes | None:
    """Finds the key of a data folder.

    Args:
        root: The data folder.
        key_id: The name under which the keyring knows it; empty for a folder that has no key yet.

    Returns:
        The key, or None when there is none in either place.

    Raises:
        StoreError: The key's file is there, yet cannot be read or is damaged; or there is none, and the keyring that
            should know the key does not answer.
    """
    path = root / KEY_FILE
    try:
        text = path.read_text(encoding="ascii")
    except FileNotFoundError:
        secret = _from_keyring(key_id)
        return _decoded(secret, "the system keyring") if secret else None
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"The key {path} cannot be read.", "Put the right file back, readable by you.") from error
    path.chmod(0o600)
    return _decoded(text, str(path))


def keep_key(root: Path, key_id: str, key: bytes) -> None:
    """Keeps a new key, in the keyring if it takes it, otherwise in the data folder.

    Raises:
        OSError: The file cannot be written.
    """
    if not _into_keyring(key_id, key.hex()):
        write_atomically(root / KEY_FILE, key.hex().encode())


def _decoded(text: str, place: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise StoreError(f"The key in {place} is damaged.", "Put the right key back, or restore a backup.")
    return key


def _from_keyring(key_id: str) -> str | None:
    if os.environ.get(NO_KEYRING) == "1":
        return None
    import keyring
    from keyring.errors import NoKeyringError

    try:
        return _in_time(lambda: keyring.get_password(SERVICE, key_id))
    except NoKeyringError:
        return None
    except Exception as error:  # backends let through whatever their D-Bus library raises
        log.warning("The keyring does not answer: %r", error)
        if not key_id:
            return None
        raise StoreError(
            "The system keyring does not answer.", "Unlock it or log in again, then try again; nothing was changed."
        ) from error


def _into_keyring(key_id: str, text: str) -> bool:
    if os.environ.get(NO_KEYRING) == "1":
        return False
    import keyring
    from keyring.backends import fail, null

    try:
        if isinstance(_in_time(keyring.get_keyring), (fail.Keyring, null.Keyring)):
            return False
        _in_time(lambda: keyring.set_password(SERVICE, key_id, text))
        return _in_time(lambda: keyring.get_password(SERVICE, key_id)) == text
    except Exception as error:  # the file beside the data does as well
        log.warning("The keyring does not take the key: %r", error)
        return False


def _in_time(ask: Callable[[], T]) -> T:
    """What the keyring answers.

    Raises:
        TimeoutError: It did not within `PATIENCE_S`; the thread that waits for it ends with the process.
        Exception: Whatever the keyring raises.
    """
    answer: Future[T] = Future()

    def put() -> None:
        try:
            answer.set_result(ask())
        except Exception as error:  # backends let through whatever their D-Bus library raises
            answer.set_exception(error)

    threading.Thread(target=put, name="keyring", daemon=True).start()
    return answer.result(PATIENCE_S)
