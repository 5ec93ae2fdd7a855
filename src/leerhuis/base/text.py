"""Text as people write it: kept as typed (NFC), compared without accents and case."""

import re
import unicodedata

# Dutch infixes sort behind the name proper: "de Vries" stands under V (NEN 1888, Basisregistratie Personen).
INFIXES = frozenset(
    {"van", "de", "der", "den", "het", "'t", "te", "ten", "ter", "in", "'in", "op", "onder", "over", "voor", "bij"}
    | {"aan", "la", "le", "du", "des", "von", "zu", "zur", "el", "al", "ben", "ibn", "d'", "l'", "s'"}
)
_SPACES = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def tidy(value: str) -> str:
    """Return one line of text in NFC, outer and doubled spaces removed, without control characters."""
    return _SPACES.sub(" ", _CONTROL.sub("", unicodedata.normalize("NFC", value))).strip()


def fold(value: str) -> str:
    """Return the text for comparing: no accents, no case (``"Çelik"`` → ``"celik"``)."""
    stripped = "".join(c for c in unicodedata.normalize("NFKD", value) if not unicodedata.combining(c))
    return stripped.casefold().replace("ß", "ss")


def sort_name(first_name: str, last_name: str) -> str:
    """Return the name as a Dutch list sorts it: ``("Anna", "van der Berg")`` → ``"berg, van der, anna"``."""
    words = last_name.split()
    infix = []
    while len(words) > 1 and fold(words[0]).replace("’", "'") in INFIXES:
        infix.append(words.pop(0))
    return fold(", ".join(part for part in (" ".join(words), " ".join(infix), first_name) if part))
