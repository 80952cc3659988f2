"""Where the key goes when the keyring is at fault."""

import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

from engine.errors import StoreError
from engine.keys import KEY_FILE, NO_KEYRING, SERVICE, keep_key, load_key

KEY = bytes(range(32))


class ScriptedKeyring(KeyringBackend):
    """Keeps passwords, or fails as it is told."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}
        self.fault: Exception | None = None
        self.answers = threading.Event()
        self.answers.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        self.kept[(service, username)] = password

    def _fail(self) -> None:
        self.answers.wait()
        if self.fault is not None:
            raise self.fault


@pytest.fixture
def scripted(monkeypatch: pytest.MonkeyPatch) -> Iterator[ScriptedKeyring]:
    monkeypatch.delenv(NO_KEYRING, raising=False)
    made = ScriptedKeyring()
    monkeypatch.setattr(keyring, "get_keyring", lambda: made)
    monkeypatch.setattr(keyring, "get_password", made.get_password)
    monkeypatch.setattr(keyring, "set_password", made.set_password)
    yield made
    made.answers.set()


def test_a_keyring_that_works_keeps_the_key(scripted: ScriptedKeyring, tmp_path: Path) -> None:
    keep_key(tmp_path, "desk", KEY)
    assert scripted.kept == {(SERVICE, "desk"): KEY.hex()}
    assert load_key(tmp_path, "desk") == KEY
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("fault", [RuntimeError("org.freedesktop.DBus.Error.NoReply"), KeyringLocked("locked")])
def test_with_a_keyring_at_fault_a_new_key_goes_into_a_private_file(
    scripted: ScriptedKeyring, tmp_path: Path, fault: Exception
) -> None:
    scripted.fault = fault
    assert load_key(tmp_path, "") is None
    keep_key(tmp_path, "desk", KEY)
    assert stat.S_IMODE((tmp_path / KEY_FILE).stat().st_mode) == 0o600
    assert load_key(tmp_path, "desk") == KEY


def test_a_keyring_that_should_know_the_key_and_fails_is_named(scripted: ScriptedKeyring, tmp_path: Path) -> None:
    keep_key(tmp_path, "desk", KEY)
    scripted.fault = RuntimeError("org.freedesktop.DBus.Error.NoReply")
    with pytest.raises(StoreError, match="The system keyring does not answer"):
        load_key(tmp_path, "desk")
    assert not list(tmp_path.iterdir())


def test_a_keyring_that_hangs_is_not_waited_for_without_end(
    scripted: ScriptedKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_key(tmp_path, "desk", KEY)
    monkeypatch.setattr("engine.keys.PATIENCE_S", 0.05)
    scripted.answers.clear()
    with pytest.raises(StoreError, match="The system keyring does not answer"):
        load_key(tmp_path, "desk")
    keep_key(tmp_path, "another", KEY)
    assert (tmp_path / KEY_FILE).is_file()
