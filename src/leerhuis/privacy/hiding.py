"""Leaving other people out of what others wrote about somebody, before that person reads it. Keeps: W1.

Tables never name other people (`rows`); in remarks, which are free text, somebody may. Taken out is what is certain:
the first and last name together of anybody known here, and each e-mail address that is not the reader's or the
academy's.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from django.db.models import CharField, Value
from django.db.models.functions import Concat, Length, Lower, StrIndex

from leerhuis.charter.words import FREE_TEXT
from leerhuis.people.models import Person
from leerhuis.privacy.phrases import Language, pick
from leerhuis.privacy.rows import Cell, Pieces, Row, Table

_ADDRESS = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_LONGEST = 200_000  # letters of remarks in which names are looked for at a time
_SHORTEST = 5  # letters of a whole name; a shorter one may be a word


def without_others(tables: Iterable[Table], person: Person, own: Iterable[str], language: Language) -> list[Table]:
    """Return tables as their person may read them; `own` are addresses that stay: those of the academy.

    One query when any remark is in them, else none; more where one question cannot take all remarks.
    """
    found = list(tables)
    bundles = [_names_in(text, person) for text in _in_bundles(c.value for table in found for c in _remarks(table))]
    if not bundles:
        return found
    names = set[str]().union(*bundles)
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    stay = {address.lower() for address in (person.email or "", *own)}
    return [_hidden(table, longest_first, stay, language) for table in found]


def _in_bundles(texts: Iterable[str]) -> Iterator[str]:
    """Yield texts together, as many as one question takes."""
    bundle: list[str] = []
    size = 0
    for text in texts:
        bundle.append(text)
        size += len(text)
        if size > _LONGEST:
            yield "\n".join(bundle)
            bundle, size = [], 0
    if bundle:
        yield "\n".join(bundle)


def _remarks(table: Table) -> Iterator[Cell]:
    """Yield the remarks in a table; of many rows none is read where the first tells that it has no column for any."""
    first = next(iter(table.rows), None)
    if first is None or not any(cell.held == FREE_TEXT.key for cell in first.cells):
        return
    yield from (cell for row in table.rows for cell in row.cells if _is_remark(cell))


def _is_remark(cell: Cell) -> bool:
    return cell.held == FREE_TEXT.key and isinstance(cell.value, str) and bool(cell.value) and not cell.withheld


def _names_in(text: str, person: Person) -> set[str]:
    """Return the whole names of other people that stand in a text."""
    whole = Concat("first_name", Value(" "), "last_name", output_field=CharField())
    said = Value(" ".join(text.split()).lower(), output_field=CharField())
    known = Person.objects.exclude(pk=person.pk).annotate(whole=Lower(whole))
    there = known.annotate(size=Length("whole"), at=StrIndex(said, "whole")).filter(size__gte=_SHORTEST, at__gt=0)
    names = there.values_list("whole", flat=True).distinct()
    return {name for name in names if name != person.name.lower()}


def _hidden(table: Table, names: list[str], stay: set[str], language: Language) -> Table:
    def shown(row: Row) -> Row:
        return _headed(replace(row, cells=tuple(_without(cell, names, stay, language) for cell in row.cells)))

    rows = table.rows
    return replace(table, rows=rows.but(shown) if isinstance(rows, Pieces) else tuple(map(shown, rows)))


def _headed(row: Row) -> Row:
    """Have the heading of a row say what its first cell says now."""
    first = next((cell.text for cell in row.cells if cell.shown and cell.text and not cell.withheld), "")
    return replace(row, heading=first)


def _without(cell: Cell, names: list[str], stay: set[str], language: Language) -> Cell:
    if not _is_remark(cell):
        return cell
    text = cell.value
    other = pick(language, "[naam van iemand anders]", "[somebody else’s name]")
    for name in names:
        pattern = r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)"
        text = re.sub(pattern, other, text, flags=re.IGNORECASE)
    address = pick(language, "[adres van iemand anders]", "[somebody else’s address]")
    text = _ADDRESS.sub(lambda found: found[0] if found[0].lower() in stay else address, text)
    return replace(cell, text=text, value=text)
