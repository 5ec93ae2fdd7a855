"""Reading names and addresses as people paste them: from a mail, a list, or columns of a spreadsheet.

Each line gives one learner. Understood are, among others::

    Jan de Vries jan@x.nl
    Jan de Vries <jan@x.nl>; Piet Puk <piet@x.nl>
    de Vries, Jan <jan@x.nl>
    jan@x.nl;Jan;de Vries
    Voornaam <tab> Tussenvoegsel <tab> Achternaam <tab> E-mail   (a first line with names of columns)

A line that cannot be read is reported with its number and the words as typed; nothing is guessed about an address.
"""

import re
from dataclasses import dataclass, replace

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leerhuis.base.text import INFIXES, fold, tidy

_ADDRESS = re.compile(r"[^\s<>,;:()\[\]\"“”|]+@[^\s<>,;:()\[\]\"“”|]+")
_LEAD = re.compile(r"^\s*(?:\d{1,3}[.)]\s+|[-*•·–]\s+)")
_MAILTO = re.compile(r"mailto:", re.IGNORECASE)
_AROUND = ' \t<>()[]|,;:"“”„'
_COLUMNS = {
    "first": {"voornaam", "voornamen", "roepnaam", "first name", "firstname", "given name"},
    "infix": {"tussenvoegsel", "tussenvoegsels", "voorvoegsel", "voorvoegsels", "infix"},
    "last": {"achternaam", "last name", "lastname", "surname", "family name"},
    "name": {"naam", "volledige naam", "name", "full name", "deelnemer", "medewerker"},
    "email": {"e-mail", "email", "mail", "e-mailadres", "emailadres", "mailadres", "e-mail address", "email address"},
}
_MOST_FIRST, _MOST_LAST = 120, 150  # characters, as many as the table of people takes

_NO_ADDRESS = _("There is no e-mail address on this line. Type it behind the name.")
_BAD_ADDRESS = _("This e-mail address is not complete. Correct it.")
_TWO_ADDRESSES = _("There is more than one e-mail address on this line. Put each person on a line of their own.")
_NO_NAME = _("There is no name on this line. Type first and last name before the address.")
_NO_LAST_NAME = _("The last name is missing on this line.")
_ODD_NAME = _("This does not look like a name. Type first and last name before the address.")
_TOO_LONG = _("This name is too long. Type first and last name only.")
_TOO_WIDE = _(
    "There is more on this line than a name and an address. Name the columns in a first line, "
    "such as: first name, last name, e-mail."
)


@dataclass(frozen=True)
class Pasted:
    """One learner on one line: its number, what was typed and what was read; `fault` says what is wrong, in words."""

    number: int
    typed: str
    email: str = ""
    first_name: str = ""
    last_name: str = ""
    fault: str | Promise = ""

    @property
    def name(self) -> str:
        """Return the whole name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class _Header:
    """What the columns of a pasted table are, and what stands between them."""

    delimiter: str
    columns: tuple[str, ...]


def read_lines(text: str) -> list[Pasted]:
    """Return one entry per learner in a pasted text, in the order of the text; empty lines are left out.

    A line with several people, each with an address of their own, gives an entry for each. The second time an address
    occurs it is a fault.
    """
    lines = [(number, typed) for number, typed in enumerate(text.splitlines(), start=1) if tidy(typed)]
    header = _header(lines[0][1]) if lines else None
    entries = [entry for number, typed in lines[1 if header else 0 :] for entry in _read(number, typed, header)]
    first_seen: dict[str, int] = {}
    kept = []
    for entry in entries:
        earlier = first_seen.get(entry.email) if entry.email else None
        if earlier and not entry.fault:
            said = format_lazy(_("This address stands on line {line} already."), line=earlier)
            kept.append(replace(entry, fault=said))
            continue
        first_seen.setdefault(entry.email, entry.number)
        kept.append(entry)
    return kept


def _header(typed: str) -> _Header | None:
    """Return the columns that a first line names, or None when it names none."""
    for delimiter in ("\t", ";", "|", ","):
        cells = [fold(cell.strip(_AROUND)) for cell in typed.split(delimiter)]
        columns = tuple(next((key for key, words in _COLUMNS.items() if cell in words), "") for cell in cells)
        if "email" in columns and {"last", "name"} & set(columns):
            return _Header(delimiter, columns)
    return None


def _read(number: int, typed: str, header: _Header | None) -> list[Pasted]:
    """Return the entries of one line: one, or one for each address when each follows a name."""
    bare = Pasted(number, tidy(typed))
    clean = _LEAD.sub("", _MAILTO.sub("", typed))
    addresses = list(_ADDRESS.finditer(clean))
    if not addresses:
        return [replace(bare, fault=_BAD_ADDRESS if "@" in clean else _NO_ADDRESS)]
    if len({fold(found[0]) for found in addresses}) == 1:
        return [_one(bare, clean, addresses[0][0], header)]
    ends = [found.end() for found in addresses]
    pieces = [clean[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    several = [
        _one(replace(bare, typed=tidy(piece.strip(_AROUND))), piece.lstrip(_AROUND), found[0], None)
        for piece, found in zip(pieces, addresses, strict=True)
    ]
    named = not any(entry.fault for entry in several) and not clean[ends[-1] :].strip(_AROUND)
    return several if named else [replace(bare, fault=_TWO_ADDRESSES)]


def _one(bare: Pasted, clean: str, address: str, header: _Header | None) -> Pasted:
    """Return the entry of a line with one address."""
    email = address.strip(".'’‘").lower()
    try:
        validate_email(email)
    except ValidationError:
        return replace(bare, fault=_BAD_ADDRESS)
    names = (_from_columns(clean, header) if header else None) or _from_words(clean, address)
    if isinstance(names, tuple):
        first, last = names
        return replace(bare, email=email, first_name=first, last_name=last, fault=_fault_of(first, last))
    return replace(bare, email=email, fault=names)


def _fault_of(first: str, last: str) -> str | Promise:
    """Return what is wrong with a name, or nothing."""
    if not first and not last:
        return _NO_NAME
    if not first or not last:
        return _NO_LAST_NAME
    if any(character.isdigit() for character in first + last):
        return _ODD_NAME
    return _TOO_LONG if len(first) > _MOST_FIRST or len(last) > _MOST_LAST else ""


def _from_columns(clean: str, header: _Header) -> tuple[str, str] | None:
    """Return first and last name from the columns that the first line named; None when this line has others."""
    cells = [tidy(cell.strip(_AROUND)) for cell in clean.split(header.delimiter)]
    if len(cells) != len(header.columns):
        return None
    row = dict(zip(header.columns, cells, strict=True))
    if row.get("name"):
        return _split(row["name"])
    return row.get("first", ""), f"{row.get('infix', '')} {row.get('last', '')}".strip()


def _from_words(clean: str, address: str) -> tuple[str, str] | Promise:
    """Return first and last name from what stands around the address, or what is wrong."""
    before, _at, after = clean.partition(address)
    rest = (before + " " + after).replace(address, " ")
    delimiter = next((mark for mark in ("\t", ";", "|", ",") if mark in rest.strip(" <>()[]")), ",")
    cells = [tidy(cell.strip(_AROUND)) for cell in rest.split(delimiter)]
    cells = [cell for cell in cells if cell and not cell.isdigit()]
    apart = before.rstrip(' <(["').endswith(",") or after.lstrip(' >)]"').startswith(",")
    turned = delimiter == "," and not apart
    match cells:
        case []:
            return _NO_NAME
        case [whole]:
            return _split(whole)
        case [one, two]:
            return _last_first(one, two) if turned or _is_turned(one, two) else (one, two)
        case [first, infix, last] if _all_infix(infix):
            return first, f"{infix} {last}"
        case [last, first, infix] if _all_infix(infix):
            return first, f"{infix} {last}"
    return _TOO_WIDE


def _split(whole: str) -> tuple[str, str]:
    """Split a whole name: what begins with an infix ("van der") is the last name, else all but the first word.

    "de Vries, Jan" has its last name first.
    """
    if "," in whole:
        one, _comma, two = whole.partition(",")
        return _last_first(tidy(one), tidy(two))
    words = whole.split()
    at = next((place for place, word in enumerate(words) if place and _is_infix(word)), 1)
    return " ".join(words[:at]), " ".join(words[at:])


def _last_first(last: str, first: str) -> tuple[str, str]:
    """Return first and last name of a name that was turned round; "Vries, Jan de" has its infix at the end."""
    words = first.split()
    infix: list[str] = []
    while len(words) > 1 and _is_infix(words[-1]):
        infix.insert(0, words.pop())
    return " ".join(words), " ".join([*infix, last])


def _is_turned(one: str, two: str) -> bool:
    """True when the first of two cells must be the last name: it begins with an infix, or the other ends in one."""
    first, second = one.split(), two.split()
    begins = len(first) > 1 and _is_infix(first[0]) and not _is_infix(second[0])
    return begins or (len(second) > 1 and _is_infix(second[-1]))


def _all_infix(cell: str) -> bool:
    return all(_is_infix(word) for word in cell.split())


def _is_infix(word: str) -> bool:
    return fold(word).replace("’", "'") in INFIXES
