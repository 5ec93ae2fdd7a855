"""Text as people write it: kept as typed (NFC), compared without accents and case."""

import re
import unicodedata

# Dutch infixes sort behind the name proper: "de Vries" stands under V (NEN 1888, Basisregistratie Personen).
INFIXES = frozenset(
    {"van", "de", "der", "den", "het", "'t", "te", "ten", "ter", "in", "'in", "op", "onder", "over", "voor", "bij"}
    | {"aan", "la", "le", "du", "des", "von", "zu", "zur", "el", "al", "ben", "ibn", "d'", "l'", "s'"}
)
# Letters that are no letter with an accent to Unicode, and that people without such a key write otherwise.
_WITHOUT_KEY = str.maketrans(
    {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "ŧ": "t"}
    | {"þ": "th", "æ": "ae", "œ": "oe", "ŋ": "n"}
)
_LINE_END = re.compile(r"\r\n?")
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def clean(value: str) -> str:
    """Return text as this house keeps it: NFC, lines divided by a line feed, no control characters.

    Everything that comes in by a form passes here once (`config.requests`). Taken out is what nobody sees and what
    turns the order of reading round (U+202A to U+202E, U+2066 to U+2069); letters, marks and emoji stay as typed.
    """
    return _CONTROL.sub("", _LINE_END.sub("\n", unicodedata.normalize("NFC", value)))


def tidy(value: str) -> str:
    """Return one line of text as this house keeps it, outer and doubled spaces removed."""
    return _SPACES.sub(" ", clean(value)).strip()


def fold(value: str) -> str:
    """Return the text for comparing: no accents, no case (``"Çelik"`` → ``"celik"``, ``"Łukasz"`` → ``"lukasz"``).

    Folding what is folded changes nothing.
    """
    stripped = "".join(c for c in unicodedata.normalize("NFKD", value.casefold()) if not unicodedata.combining(c))
    return stripped.casefold().translate(_WITHOUT_KEY)


def sort_name(first_name: str, last_name: str) -> str:
    """Return the name as a Dutch list sorts it: ``("Anna", "van der Berg")`` → ``"berg, van der, anna"``."""
    words = last_name.split()
    infix = []
    while len(words) > 1 and fold(words[0]).replace("’", "'") in INFIXES:
        infix.append(words.pop(0))
    return fold(", ".join(part for part in (" ".join(words), " ".join(infix), first_name) if part))
