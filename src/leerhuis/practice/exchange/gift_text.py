"""The text of GIFT: what a backslash protects, and what becomes of white space in each format."""

import re

from leerhuis.practice.exchange.gift_items import Rich

FORMATS = ("moodle", "html", "markdown", "plain")
SPECIAL = "~=#{}:"
# Protected characters are carried through the reading as Unicode noncharacters, which no text may contain.
_STAND_INS = {char: chr(0xFDD0 + place) for place, char in enumerate(SPECIAL + "\\n")}
_BACK = {stand_in: ("\n" if char == "n" else char) for char, stand_in in _STAND_INS.items()}
_ESCAPE = re.compile(r"\\([~=#{}:\\n])")
_STAND_IN = re.compile("[" + "".join(_BACK) + "]")
_NONCHARACTER = re.compile("[\ufdd0-\ufdef]")
_FORMAT = re.compile(r"\s*\[(" + "|".join(FORMATS) + r")\]", re.IGNORECASE)


def protect(text: str) -> str:
    """Return the text with each escaped character replaced by a stand-in that no rule of GIFT sees."""
    return _ESCAPE.sub(lambda found: _STAND_INS[found[1]], _NONCHARACTER.sub("", text))


def unprotect(text: str) -> str:
    """Return protected text as it is meant: escaped characters as themselves, an escaped n as a line break."""
    return _STAND_IN.sub(lambda found: _BACK[found[0]], text)


def escape(text: str) -> str:
    """Return plain text as GIFT writes it: specials and backslashes escaped, line breaks as an escaped n."""
    doubled = re.sub(r"\\(?=[~=#{}:\\n\n])|\\$", r"\\\\", text)
    return re.sub(f"([{re.escape(SPECIAL)}])", r"\\\1", doubled).replace("\n", "\\n")


def rich(text: str, around: str = "moodle") -> Rich:
    """Read protected text: an own format mark (``[html]``) wins over the one around it.

    In the format ``moodle`` the line breaks of the file are spaces; in the others they are kept.
    """
    if found := _FORMAT.match(text):
        around, text = found[1].lower(), text[found.end() :]
    if around == "moodle":
        text = re.sub(r"\s+", " ", text)
    return Rich(unprotect(text.strip()), around)
