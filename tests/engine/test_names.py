"""Names and IDs as they are kept."""

import pytest

from engine.errors import EnrolmentError
from engine.names import LONGEST_NAME, clean_id, clean_name


@pytest.mark.parametrize("name", ["", " \t", "\u200d", "\u2800", "\u3164 \uffa0", "\u115f\u1160"])
def test_a_name_that_nobody_can_see_is_none(name: str) -> None:
    with pytest.raises(EnrolmentError, match="The name is empty"):
        clean_name(name)


def test_an_id_is_kept_as_it_is_compared() -> None:
    assert clean_id(" 7  b ") == "7 b"
    assert clean_id("e\u0301") == "\u00e9"
    assert clean_id("") == ""


@pytest.mark.parametrize("external_id", ["7\x00", "7\u202e", "\udce9"])
def test_an_id_with_hidden_characters_is_refused(external_id: str) -> None:
    with pytest.raises(EnrolmentError, match="The ID holds characters"):
        clean_id(external_id)


def test_an_id_is_one_line() -> None:
    assert clean_id("7\nFAKE #9") == "7 FAKE #9"


def test_an_id_has_an_end() -> None:
    with pytest.raises(EnrolmentError, match=f"The ID has 101 characters; {LONGEST_NAME} is the most"):
        clean_id("7" * 101)
