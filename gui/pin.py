"""The PIN that leaves the kiosk: kept as a salted hash, tried with a growing pause. No Qt."""

import hashlib
import hmac
import os

from engine.errors import SettingsError

ROUNDS = 240_000
SHORTEST, LONGEST = 4, 8
FREE_TRIES = 3
LONGEST_WAIT_S = 300.0

_SCHEME = "pbkdf2-sha256"


def hash_pin(pin: str) -> str:
    """What may be kept of a PIN: scheme, rounds, salt and hash, as one line of text.

    Raises:
        SettingsError: It is not 4 to 8 digits.
    """
    if not (pin.isascii() and pin.isdigit() and SHORTEST <= len(pin) <= LONGEST):
        raise SettingsError("This PIN does not fit.", "Choose 4 to 8 digits.")
    salt = os.urandom(16)
    return f"{_SCHEME}${ROUNDS}${salt.hex()}${_derive(pin, salt, ROUNDS).hex()}"


def pin_matches(pin: str, kept: str) -> bool:
    """Whether `pin` is the one behind `kept`; a damaged `kept` matches nothing."""
    scheme, *rest = kept.split("$")
    if scheme != _SCHEME or len(rest) != 3:
        return False
    try:
        rounds, salt, wanted = int(rest[0]), bytes.fromhex(rest[1]), bytes.fromhex(rest[2])
    except ValueError:
        return False
    return rounds > 0 and hmac.compare_digest(_derive(pin, salt, rounds), wanted)


def _derive(pin: str, salt: bytes, rounds: int) -> bytes:
    return hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, rounds)


class BackOff:
    """How long to wait after wrong tries: three are free, then 5 s, doubled each time, 5 min at most."""

    def __init__(self) -> None:
        self._wrong = 0
        self._open_at_s = 0.0

    def wrong(self, now_s: float) -> None:
        """Counts a wrong try at `now_s`, monotonic seconds."""
        self._wrong += 1
        beyond = self._wrong - FREE_TRIES
        if beyond >= 0:
            self._open_at_s = now_s + min(5.0 * 2.0 ** min(beyond, 10), LONGEST_WAIT_S)

    def right(self) -> None:
        """Forgets the wrong tries."""
        self._wrong = 0
        self._open_at_s = 0.0

    def wait_s(self, now_s: float) -> float:
        """Seconds until the next try is allowed; 0 when it is."""
        return max(0.0, self._open_at_s - now_s)
