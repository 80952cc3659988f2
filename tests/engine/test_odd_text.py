"""Text that is not in UTF-8 comes from old file systems, other terminals and the environment."""

import os
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from engine import crypto
from engine.backup import back_up, restore
from engine.crypto import key_from_passphrase
from engine.deletion import Deletion
from engine.paths import PROGRAM_ROOT
from engine.people import People
from engine.person_export import export_person
from engine.store import Store
from tests.engine.commands import facedesk
from tests.engine.desk import cohort, enrol, open_store, run

ODD = "jos\udce9"
"""As Python reads the bytes of "José" in Latin-1."""


def test_a_consent_that_cannot_be_kept_is_refused(data_dir: Path) -> None:
    result = facedesk("enrol", "Ana", "none.jpg", "--consent", ODD)
    assert result.exit_code == 1
    assert result.stderr == "What --consent says is not in UTF-8. Type it anew.\n"
    assert not data_dir.exists()


def test_a_receipt_names_a_folder_whose_name_is_no_text(store: Store, tmp_path: Path) -> None:
    ana = enrol(store, "Ana", 1)
    target = export_person(store, ana, tmp_path / ODD)
    assert (target / "person.json").is_file()
    deletion = Deletion(store, lambda _: cohort())
    run(deletion.run([ana]))
    assert deletion.receipt_ is not None
    assert deletion.receipt_.exports == (f"{tmp_path}/jos\\xe9/{target.name}",)


def test_a_passphrase_counts_as_the_bytes_that_it_is(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crypto, "SCRYPT_N", 2)
    salt = b"salt" * 4
    by_hand = [Scrypt(salt=salt, length=32, n=2, r=8, p=1).derive(text) for text in (b"jos\xe9", "josé".encode())]
    assert [key_from_passphrase(ODD, salt), key_from_passphrase("josé", salt)] == by_hand
    enrol(store, "Ana", 1)
    back_up(store, tmp_path / ODD, ODD * 2)
    with open_store(tmp_path / "elsewhere") as other:
        run(restore(other, tmp_path / ODD, ODD * 2))
        assert [person.name for person in People(other).all()] == ["Ana"]


@pytest.mark.parametrize(("way", "says"), [((), "jos\\udce9.png"), (("--json",), '"file": "jos\\udce9.png"')])
def test_a_picture_whose_name_is_no_text_is_analysed(
    data_dir: Path, tmp_path: Path, way: tuple[str, ...], says: str
) -> None:
    cv2.imwrite(str(tmp_path / "empty.png"), np.full((200, 300, 3), 90, np.uint8))
    picture = (tmp_path / "empty.png").rename(tmp_path / f"{ODD}.png")
    done = subprocess.run(
        [sys.executable, "-m", "engine.cli", "analyse", str(picture), *way],
        cwd=PROGRAM_ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8:strict"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert says.encode() in done.stdout
