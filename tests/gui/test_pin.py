import pytest

from engine.errors import SettingsError
from gui.pin import BackOff, hash_pin, pin_matches


def test_only_the_right_pin_matches() -> None:
    kept = hash_pin("2468")
    assert pin_matches("2468", kept)
    assert not pin_matches("2469", kept)
    assert not pin_matches("", kept)


def test_what_is_kept_does_not_show_the_pin_and_is_salted() -> None:
    first, second = hash_pin("2468"), hash_pin("2468")
    assert "2468" not in first
    assert first != second
    scheme, rounds, salt, _ = first.split("$")
    assert scheme == "pbkdf2-sha256"
    assert int(rounds) >= 200_000
    assert len(bytes.fromhex(salt)) == 16


@pytest.mark.parametrize("pin", ["", "123", "123456789", "12a4", "١٢٣٤"])
def test_a_pin_is_four_to_eight_digits(pin: str) -> None:
    with pytest.raises(SettingsError, match="4 to 8 digits"):
        hash_pin(pin)


@pytest.mark.parametrize("kept", ["", "1234", "md5$1$00$00", "pbkdf2-sha256$x$00$00", "pbkdf2-sha256$0$00$00"])
def test_a_damaged_hash_opens_nothing(kept: str) -> None:
    assert not pin_matches("1234", kept)


def test_three_tries_are_free_then_the_pause_grows() -> None:
    back_off = BackOff()
    waits = []
    now_s = 100.0
    for _ in range(6):
        back_off.wrong(now_s)
        waits.append(back_off.wait_s(now_s))
        now_s += waits[-1]
    assert waits == [0.0, 0.0, 5.0, 10.0, 20.0, 40.0]


def test_the_pause_has_an_end_and_a_limit() -> None:
    back_off = BackOff()
    for _ in range(50):
        back_off.wrong(0.0)
    assert back_off.wait_s(0.0) == 300.0
    assert back_off.wait_s(301.0) == 0.0
    back_off.right()
    back_off.wrong(0.0)
    assert back_off.wait_s(0.0) == 0.0
