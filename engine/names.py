"""Names of people: what is a name, and which names are mistaken for one another."""

import unicodedata

from engine.errors import EnrolmentError

LONGEST_NAME = 100
_FORMATTING = {"\u200c", "\u200d"}
"""Zero-width joiners, which Persian and Indic names and emoji need."""
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}
"""Letters that show nothing: fillers of Korean, and Braille without dots."""


def clean_name(name: str) -> str:
    """A name as it is kept: composed (NFC), without stray spaces.

    Raises:
        EnrolmentError: It is empty, longer than 100 characters, or holds control characters.
    """
    cleaned = composed(name)
    if any(_is_hidden(letter) for letter in cleaned):
        raise EnrolmentError("The name holds characters that cannot be seen.", "Type it anew.")
    if not set(cleaned) - _FORMATTING - _BLANK - {" "}:
        raise EnrolmentError("The name is empty.", "Type a name.")
    if len(cleaned) > LONGEST_NAME:
        raise EnrolmentError(
            f"The name has {len(cleaned)} characters; {LONGEST_NAME} is the most.", "Shorten it, or use initials."
        )
    return cleaned


def clean_id(external_id: str) -> str:
    """An ID as it is kept: composed (NFC), without stray spaces; it may be empty.

    Raises:
        EnrolmentError: It is longer than 100 characters, or holds control characters.
    """
    cleaned = composed(external_id)
    if any(_is_hidden(letter) for letter in cleaned):
        raise EnrolmentError("The ID holds characters that cannot be seen.", "Type it anew.")
    if len(cleaned) > LONGEST_NAME:
        raise EnrolmentError(f"The ID has {len(cleaned)} characters; {LONGEST_NAME} is the most.", "Shorten it.")
    return cleaned


def composed(name: str) -> str:
    """A name as it is compared: composed (NFC), without stray spaces."""
    return " ".join(unicodedata.normalize("NFC", name).split())


def _is_hidden(letter: str) -> bool:
    """Control characters, and those that turn the direction of the text around them.

    What this Python does not know (Cn) may be an emoji of a newer Unicode.
    """
    return unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co"} and letter not in _FORMATTING


def quoted(name: str) -> str:
    """The name in quotation marks, for a sentence or a command line; `repr` would spell out the joiners of an emoji."""
    mark = '"' if "'" in name else "'"
    return f"{mark}{name}{mark}"


def same_but_for_case(one: str, other: str) -> bool:
    """Whether two names differ in capital letters alone: `I` is that of `i` and, in Turkish, of the dotless one.

    Lower case rather than `casefold`, which takes a sharp s for ss: those are different names.
    """
    one, other = composed(one), composed(other)
    return one.lower() == other.lower() or _turkish_lower(one) == _turkish_lower(other)


def _turkish_lower(name: str) -> str:
    dotted = name.replace("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}", "i")
    return dotted.replace("I", "\N{LATIN SMALL LETTER DOTLESS I}").lower()


def folded(name: str) -> str:
    """The name without case, accents and spaces: names with the same fold are easily mistaken for one another."""
    dotless = name.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i")
    letters = unicodedata.normalize("NFKD", dotless).casefold()
    return "".join(letter for letter in letters if letter.isalnum()) or name


def look_alike_names(name: str, others: list[str]) -> list[str]:
    """The names among others that could be mistaken for this one: the same letters, or one letter different."""
    mine = folded(name)
    return [other for other in others if _nearly_equal(mine, folded(other))]


def _nearly_equal(one: str, other: str) -> bool:
    if one == other:
        return True
    if min(len(one), len(other)) < 4 or abs(len(one) - len(other)) > 1:
        return False
    if len(one) > len(other):
        one, other = other, one
    place = next((i for i, letter in enumerate(one) if letter != other[i]), len(one))
    return one[place + (len(one) == len(other)) :] == other[place + 1 :]
