"""Encryption of what is kept: AES-256-GCM, each piece with its own nonce and bound to its purpose."""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from engine.errors import DamagedError

KEY_BYTES = 32
NONCE_BYTES = 12
SCRYPT_N, SCRYPT_R, SCRYPT_P = 2**16, 8, 1
"""64 MB and about a quarter of a second on a laptop, a second on a Raspberry Pi."""


def new_key() -> bytes:
    """A fresh random key."""
    return os.urandom(KEY_BYTES)


def key_from_passphrase(passphrase: str, salt: bytes) -> bytes:
    """Derives a key from a passphrase (scrypt, RFC 7914); bytes of one that are not UTF-8 count as they are."""
    derivation = Scrypt(salt=salt, length=KEY_BYTES, n=SCRYPT_N, r=SCRYPT_R, p=SCRYPT_P)
    return derivation.derive(passphrase.encode(errors="surrogateescape"))


class Cipher:
    """Seals and opens pieces of data under one key.

    Args:
        key: 32 bytes.
    """

    def __init__(self, key: bytes) -> None:
        self._aes = AESGCM(key)

    def seal(self, data: bytes, purpose: str) -> bytes:
        """Encrypts.

        Args:
            data: What to hide.
            purpose: What it is ("crop", "embedding"); a piece opens only for the purpose it was sealed for.
        """
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._aes.encrypt(nonce, data, purpose.encode())

    def open(self, sealed: bytes, purpose: str) -> bytes:
        """Decrypts what `seal` made.

        Raises:
            DamagedError: The key or the purpose is another one, or the piece was changed.
        """
        try:
            return self._aes.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], purpose.encode())
        except (InvalidTag, ValueError) as error:
            raise DamagedError(
                f"A piece of the stored data ({purpose}) cannot be decrypted.",
                "The key does not belong to this data, or the data is damaged: restore a backup.",
            ) from error
