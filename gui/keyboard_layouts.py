"""What stands on the keys of the touch keyboard: letters of each language, digits and signs, accents. No Qt."""
# ruff: noqa: RUF001 - letters that look alike are what this file is about

from dataclasses import dataclass

SHIFT, BACKSPACE, SPACE, LAYER, LANGUAGE = "shift", "backspace", "space", "layer", "language"


@dataclass(frozen=True, slots=True)
class Layout:
    """One language's letters.

    Attributes:
        code: Its language code.
        short: What the language key shows.
        rows: Three rows of letters, lower case.
    """

    code: str
    short: str
    rows: tuple[str, str, str]

    def upper(self, letter: str) -> str:
        """The capital of a letter as this language writes it."""
        if self.code == "tr":
            letter = {"i": "İ", "ı": "I"}.get(letter, letter)
        return letter if letter == "ß" else letter.upper()


LAYOUTS = (
    Layout("en", "EN", ("qwertyuiop", "asdfghjkl", "zxcvbnm")),
    Layout("tr", "TR", ("qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç")),
)
SIGNS = ("1234567890", "’,_@#&()=+", '/:;*!?"')

ACCENTS = {
    "a": "áàâäãåāăąæ",
    "b": "ḃ",
    "c": "çćčĉ",
    "d": "ďđð",
    "e": "éèêëēėęěə",
    "f": "ƒ",
    "g": "ğģġ",
    "h": "ħĥ",
    "i": "íìîïīįı",
    "ı": "iíìîïī",
    "j": "ĵ",
    "k": "ķ",
    "l": "łľļĺ",
    "n": "ñńňņ",
    "o": "óòôöõøōőœ",
    "ö": "óòôõøōőœ",
    "r": "řŕ",
    "s": "şśšșß",
    "ş": "śšșß",
    "t": "ťțŧþ",
    "u": "úùûüūůűų",
    "ü": "úùûūůűų",
    "w": "ŵ",
    "y": "ýÿŷ",
    "z": "žźż",
    "ç": "ćč",
    "-": "–—",
    "'": "’‘`",
}
"""What holding a key down offers, the likeliest first."""


def layout_of(language: str) -> Layout:
    """The layout of a language; English where there is none of its own."""
    return next((layout for layout in LAYOUTS if layout.code == language), LAYOUTS[0])
