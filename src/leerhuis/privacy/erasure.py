"""What an erasure would take and leave, and whether anything of somebody is left: reading only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models
from django.db.models import Max, Q, QuerySet

from leerhuis.base.text import fold
from leerhuis.charter.declarations import Followed
from leerhuis.charter.foreign import subject_of
from leerhuis.charter.register import declared, function_named, listing_of
from leerhuis.charter.words import FREE_TEXT
from leerhuis.people.models import Person
from leerhuis.privacy.claims import Claim, TermOf, claims_on_rows, is_over, tables_in_order
from leerhuis.privacy.compiler import texts_of
from leerhuis.privacy.holds import held
from leerhuis.privacy.models import Hold
from leerhuis.privacy.naming import columns_naming
from leerhuis.privacy.phrases import Language, capital, pick, said
from leerhuis.privacy.rows import Model, every_row

SHORTEST_NAME = 2


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
    """Return what would go of a person and what would stay; two queries for each table. Keeps: K19b."""
    goes, stays = [], []
    for model, mine in tables_of(person_id):
        left = list(staying_in(model, mine, term_of, language))
        stays += left
        rows = mine.count() - sum(each.rows for each in left)
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
    if rows := mine.filter(held(model)).exclude(by_law).count():
        ground = pick(
            language,
            "dit is nodig voor een geschil, een vordering of een onderzoek (artikel 17 lid 3 onder e AVG)",
            "this is needed for a dispute, a claim or an investigation (article 17(3)(e) GDPR)",
        )
        until = Hold.objects.filter(ended_at=None).aggregate(last=Max("until"))["last"]
        yield Staying(title, ground, until, rows)


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
    """Yield the remarks in which all words of one of these lists stand, but for those about one person."""
    for model in tables_in_order():
        path = subject_of(model)
        for text in texts_of(model):
            if text.word != FREE_TEXT or path == "self":
                continue
            condition = _names_in(text.column, said_of)
            rows = every_row(model).filter(condition).exclude(**{text.column: text.empty})
            keys = list(
                rows.exclude(**{path: apart_from}).values_list("pk", flat=True)
                if path and apart_from
                else rows.values_list("pk", flat=True)
            )
            if keys:
                yield model, text.column, keys


def _names_in(column: str, said_of: list[list[str]]) -> Q:
    """Return the condition under which all words of one of these lists stand in a text.

    Where an address is asked for, texts without "@" go first: that is cheap to see, other than words in any spelling.
    """
    condition = Q()
    for words in said_of:
        every = Q(**{f"{column}__contains": "@"}) if "@" in words[0] else Q()
        for word in words:
            every &= Q(**{f"{column}__icontains": word})
        condition |= every
    return condition


def _names(person: Person) -> list[list[str]] | None:
    found = [[person.email]] if person.email else []
    both = [name for name in (person.first_name, person.last_name) if len(fold(name)) >= SHORTEST_NAME]
    if len(both) == SHORTEST_NAME:
        found.append(both)
    return found or None
