"""What an erasure would take and leave, and whether anything of somebody is left: reading only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.db.models import F, Func, Max, Q, QuerySet, Value
from django.db.models.functions import Collate, Length, StrIndex, Upper
from django.db.models.lookups import Exact, GreaterThan

from leerhuis.base.composed import SOMEBODY, Composed, kept
from leerhuis.base.text import fold
from leerhuis.charter.declarations import Followed
from leerhuis.charter.foreign import subject_of
from leerhuis.charter.register import declared, function_named, listing_of
from leerhuis.charter.words import FREE_TEXT, MESSAGE
from leerhuis.mail.models import Mention, Message
from leerhuis.people.models import Person
from leerhuis.privacy.claims import Claim, TermOf, claims_on_rows, is_over, stays_despite, tables_in_order
from leerhuis.privacy.compiler import Text, texts_of
from leerhuis.privacy.holds import held, last_day_held
from leerhuis.privacy.naming import columns_naming
from leerhuis.privacy.phrases import Language, capital, pick, said
from leerhuis.privacy.rows import Model, every_row

SHORTEST_NAME = 2
SHORTEST_ADDRESS = 6  # a column of fewer letters holds neither a name nor an address


@dataclass(frozen=True)
class TableCount:
    """How many rows of a table go; `title` is what a reader calls them ("uw inschrijvingen")."""

    title: str
    model: str
    rows: int


@dataclass(frozen=True)
class Staying:
    """Rows that stay: what they are, on which ground, until which day (None: that day is not known yet)."""

    title: str
    ground: str
    until: date | None
    rows: int


@dataclass(frozen=True)
class Foreseen:
    """What an erasure takes and what it leaves."""

    goes: tuple[TableCount, ...]
    stays: tuple[Staying, ...]

    @property
    def rows(self) -> int:
        """How many rows go."""
        return sum(each.rows for each in self.goes)


def foresee_erasure(person_id: UUID, term_of: TermOf, language: Language) -> Foreseen:
    """Return what would go of a person and what would stay; a few queries for each table. Keeps: K19b."""
    goes: list[TableCount] = []
    stays: list[Staying] = []
    for model, mine in tables_of(person_id):
        stays += staying_in(model, mine, term_of, language)
        rows = mine.count() - mine.filter(stays_despite(model, term_of)).count()  # two grounds may keep one row
        if rows > 0:
            goes.append(TableCount(title_of(model, language), model._meta.label, rows))
    return Foreseen(tuple(goes), tuple(stays))


def tables_of(person_id: UUID) -> "Iterator[tuple[Model, QuerySet[models.Model]]]":
    """Yield each table that has rows about people, with those about this person."""
    for model in tables_in_order():
        path = subject_of(model)
        if path is not None:
            yield model, every_row(model).filter(**{"pk" if path == "self" else path: person_id})


def staying_in(model: Model, mine: "QuerySet[models.Model]", term_of: TermOf, language: Language) -> Iterator[Staying]:
    """Yield what stays of a person's rows in a table: by law with its ground, and what is held with its reason."""
    title = title_of(model, language)
    by_law = Q(pk__isnull=True)
    for claim in claims_on_rows(model):
        if claim.purpose.outlives_erasure and claim.way is not None:
            kept = mine.filter(~is_over(claim, term_of(claim.purpose)))
            by_law |= ~is_over(claim, term_of(claim.purpose))
            if rows := kept.count():
                ground = pick(language, claim.purpose.despite_erasure_nl, claim.purpose.despite_erasure_en)
                yield Staying(title, ground, last_day_of(claim, kept, term_of), rows)
    kept = mine.filter(held(model)).exclude(by_law)
    if rows := kept.count():
        ground = pick(
            language,
            "dit is nodig voor een geschil, een vordering of een onderzoek (artikel 17 lid 3 onder e AVG)",
            "this is needed for a dispute, a claim or an investigation (article 17(3)(e) GDPR)",
        )
        yield Staying(title, ground, last_day_held(kept), rows)


def last_day_of(claim: Claim, rows: "QuerySet[models.Model]", term_of: TermOf) -> date | None:
    """Return the last day of the term of the youngest of these rows; None while a clock does not run."""
    path = "__".join((*(claim.way or ()), claim.purpose.clock))
    found = rows.aggregate(last=Max(path))["last"]
    started = found.date() if hasattr(found, "date") else found
    return started + term_of(claim.purpose).delta() if started else None


def title_of(model: Model, language: Language) -> str:
    """Return what the rows of a table are called, to the person they are about."""
    listing = listing_of(model._meta.label)
    return capital(said(listing, language) if listing else str(model._meta.verbose_name_plural))


def leads_to(person_id: UUID) -> list[str]:
    """Return the columns in which an academy still holds the key of a person: ``"enrolment.learner"``."""
    return sorted(f"{model._meta.db_table}.{name}" for model, name in columns_naming([person_id]))


def left_outside(until: datetime) -> int:
    """Return how much outside the database has not followed the rows that went until a moment: files, whom to tell."""
    asked = [function_named(followed.waiting) for _, followed in declared(Followed) if followed.waiting]
    return sum(waiting(until) for waiting in asked)


def texts_that_may_name(person: Person) -> Iterator[tuple[Model, str, list[UUID]]]:
    """Yield where remarks about others seem to name a person: by address, or by first and last name together.

    No program can be certain of a name in a text, so a person looks at each.
    """
    said_of = _names(person)
    if said_of is not None:
        yield from texts_that_name(said_of, apart_from=person.pk)


def texts_that_name(
    said_of: list[list[str]], apart_from: UUID | None = None
) -> Iterator[tuple[Model, str, list[UUID]]]:
    """Yield the remarks in which all words of one of these lists stand, but for those about one person. One query."""
    form = tuple((len(words), "@" in words[0], words[-1].isascii()) for words in said_of)
    asked = kept((texts_that_name, form, apart_from is None), lambda: _question(form, apart=apart_from is not None))
    known: dict[Any, Any] = {SOMEBODY: apart_from}
    for words, stand_ins in zip(said_of, _stand_ins(form), strict=True):
        known |= {_sought(one): _sought(word) for one, word in zip(stand_ins, words, strict=True)}
        known |= {one: word.upper() for one, word in zip(stand_ins, words, strict=True)}
    found: dict[int, list[UUID]] = {}
    for place, key in asked.rows(known):
        found.setdefault(place, []).append(key)
    for place, (model, column, _empty) in enumerate(_remarks()):
        if place in found:
            yield model, column, found[place]


Form = tuple[tuple[int, bool, bool], ...]  # of each list: how many words, is it an address, is the last one ASCII


@cache
def _remarks() -> tuple[tuple[Model, str, Any], ...]:
    """Return the columns in which people write about others, each with its table and what it holds when it is empty.

    Those are remarks, and what people wrote to the academy and were answered, with the name and the address that they
    gave there. Mails are not among them: they say whom they name, and lose their text with it.
    """
    return tuple(
        (model, text.column, text.empty)
        for model in tables_in_order()
        for text in texts_of(model)
        if (text.word == FREE_TEXT and subject_of(model) != "self") or _is_letter(model, text)
    )


def _is_letter(model: Model, text: Text) -> bool:
    """Whether a column holds words of a request, a complaint or an answer that may name somebody, or their address."""
    longest = getattr(model._meta.get_field(text.column), "max_length", None) or SHORTEST_ADDRESS
    return text.word == MESSAGE and model not in (Message, Mention) and longest >= SHORTEST_ADDRESS


def _question(form: Form, *, apart: bool) -> Composed:
    """Return the question for the remarks in which words stand: the place of each in `_remarks`, and its row."""
    parts: list[str] = []
    values: list[Any] = []
    for place, (model, column, empty) in enumerate(_remarks()):
        rows = every_row(model).filter(_names_in(column, form)).exclude(**{column: empty})
        path = subject_of(model)
        if path and apart:
            rows = rows.exclude(**{path: SOMEBODY})
        text, mine = rows.order_by().values_list("pk", flat=True).query.sql_with_params()
        parts.append(f"SELECT {place}, found.* FROM ({text}) found")  # noqa: S608 - made by the ORM
        values += mine
    return Composed(" UNION ALL ".join(parts), tuple(values))


def _stand_ins(form: Form) -> list[list[str]]:
    return [
        [f"\ue000{'@' if is_address else ''}{each}.{number}" for number in range(size)]
        for each, (size, is_address, _) in enumerate(form)
    ]


def _sought(word: str) -> str:
    """Return a word as the ORM gives it to the database to be found anywhere in a text."""
    return f"%{connection.ops.prep_for_like_query(word)}%"


def _names_in(column: str, form: Form) -> Q:
    """Return the condition under which all words of one of these lists stand in a text.

    Words in any spelling are dear to see. So texts go first of which it is cheap to see that they name nobody.
    """
    condition = Q()
    for words, (_, is_address, is_ascii) in zip(_stand_ins(form), form, strict=True):
        every = Q(**{f"{column}__contains": "@"}) if is_address else Q()
        if is_ascii and not is_address:
            every &= _may_hold(column, words[-1])
        for word in words:
            every &= Q(**{f"{column}__icontains": word})
        condition |= every
    return condition


def _may_hold(column: str, word: str) -> Q:
    """Return a condition that holds for each text with an ASCII word in any spelling, and for few others.

    Of a text of ASCII alone the capitals are cheap to have; other letters may have capitals that are ASCII ("ı").
    """
    octets = Func(F(column), function="OCTET_LENGTH", output_field=models.IntegerField())
    there = StrIndex(Upper(Collate(column, "C")), Value(word))
    return ~Q(Exact(octets, Length(column))) | Q(GreaterThan(there, 0))


def _names(person: Person) -> list[list[str]] | None:
    found = [[person.email]] if person.email else []
    both = [name for name in (person.first_name, person.last_name) if len(fold(name)) >= SHORTEST_NAME]
    if len(both) == SHORTEST_NAME:
        found.append(both)
    return found or None
