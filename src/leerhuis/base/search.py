"""Finding rows by any word or number: what a row is found by, and the question that is put to it.

What a row is found by is an expression over its own columns with an index on it, and no column: there is no second
copy of a name, and who erases the row has erased it here. Both sides are folded in the same way, in SQL and in Python:
accents, case and punctuation do not count, in any alphabet, whatever the collation of the database.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, ClassVar
from uuid import UUID

from django.contrib.postgres.search import SearchVectorField
from django.db import connection
from django.db.models import BooleanField, Func, TextField, Value

from leerhuis.base.text import tidy

MOST_WORDS = 6
LONGEST_WORD = 40
_SHORTEST_TO_VARY = 4

# Marks that combine with a letter, as NFKD sets them apart: of Latin, Greek and Cyrillic, of Hebrew, of Arabic.
_MARKS = (("\u0300", "\u036f"), ("\u0591", "\u05bd"), ("\u064b", "\u065f"), ("\u0670", "\u0670"))
_MARK = "[" + "".join(rf"\u{ord(a):04x}-\u{ord(b):04x}" for a, b in _MARKS) + "]"
_MARK_IN_PYTHON = re.compile(_MARK)

# Letters that Unicode does not take apart, each with what people type who do not have the key.
_SPELT = (("ß", "ss"), ("ẞ", "ss"), ("æ", "ae"), ("Æ", "ae"), ("œ", "oe"), ("Œ", "oe"), ("þ", "th"), ("Þ", "th"))
_PLAIN = {"ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ħ": "h", "Ħ": "h"}
_PLAIN |= {"ŋ": "n", "Ŋ": "n", "ı": "i", "\N{GREEK SMALL LETTER FINAL SIGMA}": "\N{GREEK SMALL LETTER SIGMA}"}
_BETWEEN = "\t\n\r!\"#$&'()*+,-./:;<=>?@[\\]^_`{|}~¡¿«»·€"
_BETWEEN += "".join(map(chr, range(0x2010, 0x2028))) + "".join(map(chr, (0x02B9, 0x02BB, 0x02BC, 0x2032, 0x2033)))


def _small_letters() -> dict[str, str]:
    """Return the capitals of Greek, Cyrillic and Armenian that NFKD leaves whole, each with its small letter."""
    found = {}
    for first, last in ((0x0370, 0x03FF), (0x0400, 0x052F), (0x0531, 0x0556)):
        for letter in map(chr, range(first, last + 1)):
            small = letter.lower()
            if small != letter and len(small) == 1 and unicodedata.normalize("NFKD", letter) == letter:
                found[letter] = small
    return found


_ONE_FOR_ONE = {**_PLAIN, **_small_letters(), **dict.fromkeys(_BETWEEN, " ")}
_TABLE = str.maketrans(_ONE_FOR_ONE)
_ASCII_SMALL = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")

# How a Dutch name sounds, roughly: what is written in several ways becomes one, and vowels go but for the first letter.
_SOUNDS = (
    ("(ij|y|ey|ei)", "i"),
    ("(ph|v)", "f"),
    ("(sch|sk|sh)", "s"),
    ("(ch|gh)", "g"),
    ("(ck|c|q)", "k"),
    ("x", "ks"),
    ("z", "s"),
    ("(th|dt|d)", "t"),
    ("(?<=[^ ])[aeiouhj]", ""),
    (r"(.)\1+", r"\1"),
)
_ABROAD = re.compile("^(00)?31([1-9][0-9]{8})$")
_BEGUN_ABROAD = re.compile("^(00)?310?([1-9][0-9]{0,8})$")  # also as it stands on letter paper: +31 (0)6 …


def folded(text: str) -> str:
    """Return the text as it is compared: no marks, no capitals, a space for all that is no letter and no digit."""
    plain = _MARK_IN_PYTHON.sub("", unicodedata.normalize("NFKD", text)).translate(_ASCII_SMALL)
    for written, spelt in _SPELT:
        plain = plain.replace(written, spelt)
    return plain.translate(_TABLE)


def sounding(word: str) -> str:
    """Return how a folded word sounds: `janssen` and `jansen` both `jnsn`, `meijer` and `meyer` both `mr`."""
    for written, heard in _SOUNDS:
        word = re.sub(written, heard, word)
    return word


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _folded_sql(column: str) -> str:
    """Return the SQL of `folded`; every step is immutable, so that an index can lie on it."""
    sql = f"lower(regexp_replace(normalize({column} COLLATE \"C\", NFKD), {_quoted(_MARK)}, '', 'g'))"
    for written, spelt in _SPELT:
        sql = f"replace({sql}, {_quoted(written)}, {_quoted(spelt)})"
    return f"translate({sql}, {_quoted(''.join(_ONE_FOR_ONE))}, {_quoted(''.join(_ONE_FOR_ONE.values()))})"


def _sounding_sql(column: str) -> str:
    sql = column
    for written, heard in _SOUNDS:
        sql = f"regexp_replace({sql}, {_quoted(written)}, {_quoted(heard)}, 'g')"
    return sql


class _Part(Func):
    """A part of what a row is found by: columns after one another, as one text."""

    output_field: ClassVar = TextField()

    def __init__(self, *columns: Any) -> None:
        super().__init__(*columns)

    def as_sql(self, compiler: Any, connection: Any, **_: Any) -> tuple[str, list[Any]]:  # type: ignore[override]
        """Return the part as SQL; an empty column counts as an empty text."""
        found: list[Any] = []
        texts = []
        for each in self.get_source_expressions():
            sql, params = compiler.compile(each)
            texts.append(f"coalesce({sql}, '')")
            found.extend(params)
        return self.written(" || ' ' || ".join(texts)), found

    def written(self, text: str) -> str:
        """Return the SQL of this part from that of its columns."""
        raise NotImplementedError


class Plain(_Part):
    """Every word of the columns."""

    def written(self, text: str) -> str:
        """Return the words as SQL."""
        return _folded_sql(f"({text})")


class Joined(_Part):
    """All letters and digits of one column as one word: a telephone number, `8011 AB`, `O'Neill`."""

    def written(self, text: str) -> str:
        """Return the word as SQL; a Dutch number from abroad (+31 6 …) becomes what is dialled at home (06 …)."""
        return rf"regexp_replace(replace({_folded_sql(f'({text})')}, ' ', ''), '{_ABROAD.pattern}', '0\2')"


class Heard(_Part):
    """How the words of the columns sound, each with `~` before it."""

    def written(self, text: str) -> str:
        """Return the sounds as SQL."""
        heard = _sounding_sql(_folded_sql(f"({text})"))
        return rf"regexp_replace({heard}, '([^ ]+)', '~\1', 'g')"


class FoundBy(Func):
    """What a row is found by: a `tsvector` of its parts, to be indexed and asked as one and the same expression."""

    output_field: ClassVar = SearchVectorField()
    template = "array_to_tsvector(array_remove(string_to_array(%(expressions)s, ' '), ''))"
    arg_joiner = " || ' ' || "


class Holds(Func):
    """True where what a row is found by answers a question."""

    output_field: ClassVar = BooleanField()
    template = "(%(expressions)s)"
    arg_joiner = " @@ "

    def __init__(self, found_by: Any, question: str) -> None:
        asked = Func(Value(question), template="(%(expressions)s)::tsquery", output_field=TextField())
        super().__init__(found_by, asked)


@contextmanager
def by_index() -> Iterator[None]:
    """Have every question inside answered from an index.

    The planner takes folding a text for as cheap as comparing two numbers, so it would read a small table whole and
    fold each of its rows: a hundred rows then cost more than a hundred thousand by their index.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    yield  # a fault on the way ends the transaction, and this with it
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan TO DEFAULT")


def words_in(text: str) -> list[str]:
    """Return the folded words of what somebody typed, at most `MOST_WORDS`."""
    return [word[:LONGEST_WORD] for word in folded(tidy(text)).split()[:MOST_WORDS]]


def question(text: str) -> str:
    """Return what somebody typed as a `tsquery`: rows that have each word, or its beginning, in any order.

    A number may be written with or without spaces and dashes. Empty for a text without letters and digits.
    """
    words = words_in(text)
    if not words:
        return ""
    asked = " & ".join(_any_of(_spellings(word), ":*") for word in words)
    joined = _BEGUN_ABROAD.sub(r"0\2", "".join(words))
    return asked if [joined] == words else f"({asked}) | '{joined}':*"


def exact_question(text: str) -> str:
    """Return what somebody typed as a `tsquery` for rows that have each word whole."""
    return " & ".join(_any_of(_spellings(word), "") for word in words_in(text))


def lenient_question(text: str) -> str:
    """Return a `tsquery` for when nothing answers: two letters swapped, one too many, or written as it sounds."""
    return " & ".join(_any_of(_mistyped(word), ":*") for word in words_in(text))


def _spellings(word: str) -> list[str]:
    """Return a word, and without the e that stands for an umlaut: `mueller` finds Müller."""
    return list(dict.fromkeys([word, re.sub("([aou])e", r"\1", word)]))


def _mistyped(word: str) -> Iterable[str]:
    spellings = _spellings(word)
    if len(word) < _SHORTEST_TO_VARY or any(each.isdigit() for each in word):
        return spellings
    swapped = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in range(len(word) - 1)]
    dropped = [word[:at] + word[at + 1 :] for at in range(len(word))]
    return dict.fromkeys([*spellings, *swapped, *dropped, f"~{sounding(word)}"])


def _any_of(words: Iterable[str], ending: str) -> str:
    """Return a question for any of these; a sound is asked whole, or too much would sound alike."""
    return "(" + " | ".join(f"'{word}'" + ("" if word.startswith("~") else ending) for word in words) + ")"


@dataclass(frozen=True)
class Hit:
    """A row that was found: its id, how it is called, what tells it from others, and whose data it is."""

    id: UUID
    title: str
    under: str = ""
    subject: UUID | None = None
