"""Claims: which purposes keep a row, and from when on none does, as conditions that the database answers for all rows.

A purpose claims the rows of its table and of the tables that go with them. A row is free when every claim on it has
ended, nothing holds it, and no row that is kept needs it. Why it is built like this: docs/decisions/0016-letting-go.md.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import cache
from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

from leerhuis.audit import sealing
from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.charter.checks import concrete_models
from leerhuis.charter.datamap import ACADEMY, schemas_of
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.foreign import subject_of, word_of
from leerhuis.charter.register import purposes_of
from leerhuis.charter.terms import Term
from leerhuis.charter.words import Word
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import chosen_now
from leerhuis.privacy.holds import held
from leerhuis.privacy.phrases import term_in_force
from leerhuis.privacy.rows import Model, end_of, every_row, way_to

TermOf = Callable[[Purpose], Term]  # the term in force in an academy
ALL, NONE = Q(pk__isnull=False), Q(pk__isnull=True)


@dataclass(frozen=True)
class Claim:
    """That a purpose keeps the rows of a table; `way` leads from a row to the one that has the clock.

    `way` is None for a table to which those rows point (an order): it has no clock, and goes with the last of them.
    """

    id: str
    purpose: Purpose
    model: Model
    way: tuple[str, ...] | None


@dataclass(frozen=True)
class Reference:
    """A key from the rows of one table to those of another; `is_loose` when it may be emptied."""

    model: Model
    column: str
    is_loose: bool


@cache
def claims_on_rows(model: Model) -> tuple[Claim, ...]:
    """Return the claims on the rows of a table."""
    return tuple(
        Claim(each.id, purpose, model, way_to(model, purpose.rows)) for each, purpose in purposes_of(model._meta.label)
    )


@cache
def tables_in_order() -> tuple[Model, ...]:
    """Return every table of an academy, each before those that its rows point to: in this order rows can go.

    What belongs to a person's own row comes last: whether that is wanted still follows from all others. Raises
    ValueError for tables that point at each other in a circle.
    """
    here = {model for model in concrete_models() if ACADEMY in schemas_of(model)}
    waiting = {model: {each.model for each in references_to(model)} - {model} for model in here}
    ordered: list[Model] = []
    while waiting:
        ready = sorted((m for m, before in waiting.items() if not before & waiting.keys()), key=lambda m: m._meta.label)
        if not ready:
            raise ValueError(f"These tables point at each other: {sorted(m._meta.label for m in waiting)}")
        ordered += ready
        for model in ready:
            del waiting[model]
    return tuple(sorted(ordered, key=lambda model: any(is_of_own_row(claim) for claim in claims_on_rows(model))))


def is_of_own_row(claim: Claim) -> bool:
    """Whether the clock of a claim stands in the person's own row."""
    return claim.way is not None and subject_of(_end_of_way(claim)) == "self"


def _end_of_way(claim: Claim) -> Model:
    model = claim.model
    for step in claim.way or ():
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model


@cache
def references_to(model: Model) -> tuple[Reference, ...]:
    """Return the keys of an academy's tables that point to a table."""
    return tuple(
        Reference(other, column.name, column.null)
        for other in concrete_models()
        if ACADEMY in schemas_of(other)
        for column in other._meta.concrete_fields
        if column.related_model is model
    )


def last_moment(term: Term) -> datetime:
    """Return the moment before which a clock must have started for its term to be over: whole days of the academy."""
    return datetime.combine(clock.today() - term.delta(), time.min, clock.zone())


def is_over(claim: Claim, term: Term, words: frozenset[Word] = frozenset()) -> Q:
    """Return the condition under which a claim on a row has ended by its term, or never was one on this row.

    With `words` of a person's own row: the condition under which it has ended on those alone.
    """
    if claim.way is None:
        return ALL
    purpose = claim.purpose
    main = "__".join((*claim.way, purpose.clock))
    over = Q(**{f"{main}__lt": _limit(claim.model, main, term)})
    if not purpose.lasting:
        second = "__".join((*claim.way, purpose.otherwise))
        over |= Q(**{f"{main}__isnull": True, f"{second}__lt": _limit(claim.model, second, term)})
    if is_of_own_row(claim):
        over &= ~_is_wanted(claim, term, words or _words_carried(claim))
    for column, value in purpose.only:
        over |= ~Q(**{"__".join((*claim.way, column)): value})
    return over


def has_ended(claim: Claim, term: Term) -> Q:
    """Return the condition under which a claim has ended; for rows without a clock with that of all that point to them.

    An order may only go with its last row, and `is_over` leaves that to `is_needed`. Its texts are wanted as long as
    the claim on one of those rows runs.
    """
    if claim.way is not None:
        return is_over(claim, term)
    running = NONE
    for reference in references_to(claim.model):
        for theirs in (each for each in claims_on_rows(reference.model) if each.id == claim.id):
            rows = every_row(reference.model).filter(~is_over(theirs, term), **{reference.column: OuterRef("pk")})
            running |= Q(Exists(rows))
    return ~running


def _limit(model: Model, path: str, term: Term) -> Any:
    """Return the last moment as the column at the end of a path holds it: a moment, or a day.

    Rows that are sealed go by whole months, so their term runs from the end of the month.
    """
    moment = last_moment(term)
    if path == "created_at" and getattr(model, "sealed", False):
        return datetime.combine(sealing.first_kept(clock.today() - term.delta()), time.min, UTC)
    return moment if isinstance(end_of(model, path), models.DateTimeField) else moment.date()


def all_over(model: Model, term_of: TermOf) -> Q:
    """Return the condition under which every claim on a row has ended by its term."""
    condition = ALL
    for claim in claims_on_rows(model):
        condition &= is_over(claim, term_of(claim.purpose))
    return condition


def is_needed(model: Model) -> Q:
    """Return the condition under which a row that is kept cannot do without this one."""
    needed = NONE
    for reference in references_to(model):
        if not reference.is_loose:
            needed |= Q(Exists(every_row(reference.model).filter(**{reference.column: OuterRef("pk")})))
    return needed


def is_free(model: Model, term_of: TermOf) -> Q:
    """Return the condition under which a row may go: each term is over, nothing holds it and no kept row needs it.

    Rows of tables that come earlier in `tables_in_order` must have gone before.
    """
    return all_over(model, term_of) & ~held(model) & ~is_needed(model)


def _words_carried(claim: Claim) -> frozenset[Word]:
    """Return the words for which others may want a row: those of its table, and for the own row all that it is for."""
    held_words = frozenset(claim.purpose.held_words)
    if subject_of(claim.model) == "self":
        return held_words
    return held_words & {word for each in claim.model._meta.concrete_fields if (word := word_of(claim.model, each))}


def _is_wanted(claim: Claim, term: Term, words: frozenset[Word]) -> Q:
    """Return the condition under which another purpose keeps words of the person's own row that this one keeps, too.

    So whoever follows a course keeps an account, however long ago they signed in. What the other one does not use, such
    as a password, stays no longer than the account's own term after it: nobody needs to sign in for what is only kept.
    """
    person = "__".join(claim.way or ()) or "pk"
    wanted = NONE
    for other, path in claims_on_people():
        rows = every_row(other.model).filter(**{path: OuterRef(person)})
        if words.intersection(other.purpose.held_words):
            wanted |= Q(Exists(rows))
        elif set(claim.purpose.held_words).intersection(other.purpose.held_words):
            wanted |= Q(Exists(rows.filter(~is_over(other, term))))
    return wanted


@cache
def claims_on_people() -> tuple[tuple[Claim, str], ...]:
    """Return the claims on rows that have a clock and a person, with the path to that person; not on the own row."""
    return tuple(_claims_on_people())


def _claims_on_people() -> Iterator[tuple[Claim, str]]:
    for model in tables_in_order():
        path = subject_of(model)
        if path is None or path == "self":
            continue
        for claim in claims_on_rows(model):
            if claim.purpose.rows == model._meta.label:
                yield claim, path


def stays_despite(model: Model, term_of: TermOf) -> Q:
    """Return the condition under which a row stays when its person is erased: by law, or because it is held."""
    stays = held(model)
    for claim in claims_on_rows(model):
        if claim.purpose.outlives_erasure and claim.way is not None:
            stays |= ~is_over(claim, term_of(claim.purpose))
    return stays


def words_kept(claims: Iterable[Claim]) -> frozenset[Word]:
    """Return the words of a person's own row that these claims keep there."""
    return frozenset(word for claim in claims for word in claim.purpose.held_words)


def terms_here() -> TermOf:
    """Return what gives the term of a purpose in the academy that is entered."""
    facts = Facts(chosen_now(current_academy()))
    return lambda purpose: term_in_force(purpose, facts)
