"""What differs between two versions of a question, in words that an author reads: field by field, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _

from leerhuis.practice.kinds import Kind
from leerhuis.practice.question_rows import MORE, ROWS, WORTHS
from leerhuis.practice.question_start import more_of, rows_of
from leerhuis.practice.written import TextFormat, Written

MOST_WORDS: Final = 3_000  # of one text; beyond that it is shown whole, before and after
_HIDDEN: Final = frozenset({"key", "written"})
_TOKENS: Final = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True)
class Piece:
    """Some words: "same", "gone" or "new"."""

    mark: str
    words: str


@dataclass(frozen=True)
class Difference:
    """One field that differs, with what was taken out of it and what was put in."""

    label: str
    pieces: tuple[Piece, ...]


def differences(before: Written, after: Written) -> list[Difference]:
    """Return the fields that differ between two versions, in the order of the form; empty when none does."""
    was, now = dict(_told(before)), dict(_told(after))
    found = []
    for key in [*now, *(key for key in was if key not in now)]:
        label, words = now.get(key) or was[key]
        old = was[key][1] if key in was else ""
        new = words if key in now else ""
        if old != new:
            found.append(Difference(label, tuple(_pieces(old, new))))
    return found


def _told(written: Written) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield what a version says: where (so that a line is found again when others come before it), label, words."""
    kind = Kind(written.kind)
    yield ("", "kind"), (_("Kind"), str(kind.label))
    yield ("", "title"), (_("Title"), written.title)
    yield ("", "stem"), (_("Question"), written.stem)
    yield ("", "format"), (_("Written as"), str(TextFormat(written.stem_format).label))
    content = written.content
    for name, value in more_of(content).items():
        field = MORE[kind].base_fields[name]
        yield ("more", name), (str(field.label), _words(field, value))
    for place, row in enumerate(rows_of(content), start=1):
        own = str(row.get("key") or place)
        for name, field in ROWS[kind].base_fields.items():
            if name not in _HIDDEN and name in row:
                yield (own, name), (f"{place}. {field.label}", _words(field, row[name]))
    yield ("", "explanation"), (_("Explanation"), written.explanation)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.BooleanField):
        return _("yes") if value else _("no")
    if value is None:
        return ""
    if isinstance(field, forms.ChoiceField):
        return _choice(field, str(value))
    return f"{value:g}" if isinstance(value, float) else str(value)


def _choice(field: forms.ChoiceField, value: str) -> str:
    """Return what a choice is called; a share of an answer that the form does not offer in percents."""
    if value in WORTHS:
        return str(WORTHS[value])
    named = {str(key): str(words) for key, words in list(field.choices)}  # type: ignore[arg-type]
    if value in named:
        return named[value]
    return f"{float(value):.0%}" if named.keys() == WORTHS.keys() else value


def _pieces(before: str, after: str) -> Iterator[Piece]:
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    if max(len(old), len(new)) > MOST_WORDS:
        yield Piece("gone", before)
        yield Piece("new", after)
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("same", "".join(old[a:b]))
        else:
            if a < b:
                yield Piece("gone", "".join(old[a:b]))
            if c < d:
                yield Piece("new", "".join(new[c:d]))
