"""What leads to an organisation, and letting it go with one statement for each table; it names no table.

Each table says itself what a removal does to its rows (`Record.customers`): they go, or they stay without the
organisation. What law or a hold keeps stays as it is, and with it the organisation's own row, emptied and out of every
page. Why it is built like this: docs/decisions/0026-organisations-leave.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet

from leerhuis.audit import sealing
from leerhuis.audit.actor import Actor
from leerhuis.charter.checks import is_customer, points_to_customer
from leerhuis.charter.foreign import customers_of, subject_of
from leerhuis.charter.records import GOES, STAYS, Customer
from leerhuis.charter.register import listing_of
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.privacy.claims import (
    NONE,
    TermOf,
    claims_on_rows,
    is_needed,
    is_over,
    references_to,
    stays_despite,
    tables_in_order,
)
from leerhuis.privacy.compiler import empty_texts, release, remove, strip_despite
from leerhuis.privacy.erasure import SHORTEST_NAME, Staying, last_day_of, texts_that_name, title_of
from leerhuis.privacy.holds import held
from leerhuis.privacy.phrases import Language, capital, pick, said, said_basis
from leerhuis.privacy.rows import Model, end_of, every_row


@dataclass
class Parted:
    """How many rows of each table went, stay without the organisation, and stay as they are; by label of the table."""

    went: dict[str, int] = field(default_factory=dict)
    parted: dict[str, int] = field(default_factory=dict)
    stayed: dict[str, int] = field(default_factory=dict)

    @property
    def is_all(self) -> bool:
        """Whether nothing leads to the organisation any more."""
        return not self.stayed


@dataclass(frozen=True)
class Leading:
    """Rows that lead to an organisation, as a reader is told: what they are, how many."""

    title: str
    model: str
    rows: int


@dataclass(frozen=True)
class Foreseen:
    """What a removal takes, what stays without the organisation, and what stays as it is, with ground and last day."""

    goes: tuple[Leading, ...]
    parts: tuple[Leading, ...]
    stays: tuple[Staying, ...]


# --- beforehand ----------------------------------------------------------------------------------------------------
def foresee_removal(organisation_id: UUID, term_of: TermOf, language: Language) -> Foreseen:
    """Return what a removal would take and leave, counted; nothing is changed. Keeps: L20."""
    goes: list[Leading] = []
    parts: list[Leading] = []
    stays = list(_of_people(organisation_id, term_of, language))
    for model, each in _declared():
        rows = every_row(model).filter(**{_key(each): organisation_id})
        kept = rows.filter(_is_kept(model, each, term_of))
        stays += _kept_in(model, kept, capital(said(each, language)), term_of, language)
        number = rows.count() - kept.count()
        if number and (each.parting is GOES or not subject_of(model)):  # of people's own rows `_of_people` tells
            told = goes if each.parting is GOES else parts
            told.append(Leading(capital(said(each, language)), model._meta.label, number))
    return Foreseen(_summed(goes), _summed(parts), tuple(stays))


def _summed(found: Sequence[Leading]) -> tuple[Leading, ...]:
    """Count tables together that carry the same words for a reader; the first table names the line."""
    by_title: dict[str, Leading] = {}
    for each in found:
        known = by_title.get(each.title)
        by_title[each.title] = replace(known, rows=known.rows + each.rows) if known else each
    return tuple(by_title.values())


def _declared() -> Iterator[tuple[Model, Customer]]:
    for model in tables_in_order():
        for each in customers_of(model):
            yield model, each


def _key(each: Customer) -> str:
    return "pk" if each.path == "self" else each.path


def _is_kept(model: Model, each: Customer, term_of: TermOf) -> Q:
    """Return the condition under which a row stays as it is: for law or a hold where it would go, for a hold else."""
    if each.path == "self":
        return NONE
    return stays_despite(model, term_of) if each.parting is GOES else held(model)


def _kept_in(model: Model, kept: "QuerySet[Any]", title: str, term_of: TermOf, language: Language) -> Iterator[Staying]:
    by_law = NONE
    for claim in claims_on_rows(model):
        if claim.purpose.outlives_erasure and claim.way is not None:
            still = ~is_over(claim, term_of(claim.purpose))
            by_law |= still
            if rows := kept.filter(still).count():
                ground = pick(language, claim.purpose.despite_erasure_nl, claim.purpose.despite_erasure_en)
                yield Staying(title, ground, last_day_of(claim, kept.filter(still), term_of), rows)
    if rows := kept.exclude(by_law).count():
        ground = pick(
            language,
            "dit wordt vastgehouden voor een geschil, een vordering of een onderzoek",
            "this is held for a dispute, a claim or an investigation",
        )
        yield Staying(title, ground, None, rows)


def _of_people(organisation_id: UUID, term_of: TermOf, language: Language) -> Iterator[Staying]:
    """Yield what stays of the people themselves: rows that hang on what the organisation ordered, by purpose."""
    for model, path in proofs():
        rows = every_row(model).filter(**{path: organisation_id})
        number = rows.count()
        if not number:
            continue
        claim = next(each for each in claims_on_rows(model) if each.way is not None)
        basis = said_basis(claim.purpose.basis, language)
        until = _latest(last_day_of(each, rows, term_of) for each in claims_on_rows(model) if each.way is not None)
        yield Staying(title_of(model, language), f"{capital(said(claim.purpose, language))} ({basis})", until, number)


def _latest(days: Iterator[date | None]) -> date | None:
    return max((day for day in days if day), default=None)


def proofs() -> tuple[tuple[Model, str], ...]:
    """Return the tables about people of which rows stay theirs after a removal, with the path to the organisation.

    They are those that point to an organisation and stay, and all that hang on them: attendance, results, certificates.
    """
    return tuple(_proofs())


def _proofs() -> Iterator[tuple[Model, str]]:
    ends = {
        model: each.path
        for model, each in _declared()
        if each.parting is STAYS and "__" not in each.path and subject_of(model) and claims_on_rows(model)
    }
    for model in tables_in_order():
        if any(each.parting is GOES for each in customers_of(model)) or not subject_of(model):
            continue
        way = _way_to(model, ends)
        if way is not None and listing_of(model._meta.label) and any(c.way is not None for c in claims_on_rows(model)):
            yield model, way


def _way_to(model: Model, ends: dict[Model, str], steps: int = 4) -> str | None:
    """Return the path from a row, along keys that it cannot do without, to the organisation of a row that stays."""
    if model in ends:
        return ends[model] if points_to_customer(end_of(model, ends[model])) else None
    for key in model._meta.concrete_fields if steps else ():
        if isinstance(key.related_model, type) and not key.null:
            further = _way_to(key.related_model, ends, steps - 1)
            if further is not None:
                return f"{key.name}__{further}"
    return None


def parted_in_words(language: Language) -> tuple[list[str], list[str], list[str]]:
    """Return in words what goes with an organisation, what stays without it, and what people keep. Keeps: L20."""
    goes = [said(each, language) for _, each in _declared() if each.parting is GOES]
    parts = [said(each, language) for model, each in _declared() if each.parting is STAYS and not subject_of(model)]
    listings = (listing_of(model._meta.label) for model, _ in proofs())
    return sorted(goes), sorted(parts), sorted(said(each, language) for each in listings if each)


# --- carrying it out -----------------------------------------------------------------------------------------------
def part_rows(organisation_id: UUID, term_of: TermOf, *, by: Actor) -> Parted:
    """Let everything of an organisation go that law and holds do not keep, and take it out of all other rows."""
    done = Parted()
    for model, each in _declared():
        rows = every_row(model).filter(**{_key(each): organisation_id})
        if each.parting is STAYS:
            _take_out(model, each, rows, done, by=by)
        elif each.path == "self":
            _let_itself_go(model, each, rows, done, by=by)
        else:
            _let_go(model, rows, done, term_of, by=by)
    return done


def _let_go(model: Model, rows: "QuerySet[Any]", done: Parted, term_of: TermOf, *, by: Actor) -> None:
    by_claim = stays_despite(model, term_of)
    _count(done.went, model, remove(rows.exclude(by_claim | is_needed(model)), by=by))
    left = rows.filter(by_claim)
    if number := left.count():
        _count(done.stayed, model, number)
        strip_despite(model, left, term_of, by=by)
    shells = rows.exclude(by_claim)  # rows that one of those needs
    if number := shells.count():
        _count(done.stayed, model, number)
        empty_texts(shells, frozenset(), by=by)


def _take_out(model: Model, each: Customer, rows: "QuerySet[Any]", done: Parted, *, by: Actor) -> None:
    """Leave rows without the organisation and without the texts that tell of it; what is held stays as it is."""
    is_own = "__" not in each.path  # else the column stands in another table, which says so itself
    if is_own:
        _count(done.stayed, model, rows.filter(held(model)).count())
    free = rows.exclude(held(model))
    emptied = {name: _empty(model, name) for name in each.empties}
    if is_own:
        for constraint in model._meta.constraints:
            if isinstance(constraint, models.UniqueConstraint) and each.path in constraint.fields:
                remove(_doubles(model, free, constraint, each.path), by=by)
        emptied[each.path] = None
    release(free, sealing.NULLIFIED, by=by)
    number = free.update(**emptied)
    if is_own:
        _count(done.parted, model, number)


def _doubles(model: Model, rows: "QuerySet[Any]", constraint: models.UniqueConstraint, column: str) -> "QuerySet[Any]":
    """Return the rows that would be the same as another one, were they without the organisation."""
    same = {name: OuterRef(name) for name in constraint.fields if name != column}
    twin = every_row(model).filter(**same, **{f"{column}__isnull": True})
    if constraint.condition is not None:
        twin = twin.filter(constraint.condition)
    twice = rows.filter(Exists(twin)) if constraint.nulls_distinct is False else rows.none()
    return every_row(model).filter(pk__in=twice.values("pk"))


def _let_itself_go(model: Model, each: Customer, rows: "QuerySet[Any]", done: Parted, *, by: Actor) -> None:
    """Let the organisation's own row go; while a row that is kept points to it, it stays without all that it tells."""
    wanted = NONE
    for reference in references_to(model):
        wanted |= Q(Exists(every_row(reference.model).filter(**{reference.column: OuterRef("pk")})))
    _count(done.went, model, remove(rows.exclude(wanted), by=by))
    _count(done.stayed, model, rows.update(**{name: _empty(model, name) for name in each.empties}))


def _empty(model: Model, name: str) -> Any:
    return None if model._meta.get_field(name).null else ""


def _count(counts: dict[str, int], model: Model, number: int) -> None:
    if number:
        counts[model._meta.label] = counts.get(model._meta.label, 0) + number


# --- afterwards ----------------------------------------------------------------------------------------------------
def leads_to_organisation(organisation_id: UUID) -> dict[str, str]:
    """Return in which columns an academy still holds the key of an organisation: ``"agreement.organisation"`` → table.

    Read from the columns themselves, not from what the tables declare: so a table that was left out is found.
    """
    found = {}
    for model in tables_in_order():
        for column in model._meta.concrete_fields:
            is_own = column.primary_key and is_customer(model)
            if (is_own or points_to_customer(column)) and every_row(model).filter(
                **{column.name: organisation_id}
            ).exists():
                found[f"{model._meta.db_table}.{column.name}"] = model._meta.label
    return found


def texts_that_may_name(name: str, email: str) -> Iterator[tuple[Model, str, list[UUID]]]:
    """Yield where remarks about others seem to name an organisation: by its name or its address."""
    yield from texts_that_name([[words] for words in (name, email) if len(words) > SHORTEST_NAME])


def titles_in(counts: dict[str, int], language: Language) -> tuple[tuple[str, int], ...]:
    """Return counts by table with what a reader calls the rows, most rows first."""
    named: dict[str, int] = {}
    for label, rows in counts.items():
        title = _title(label, language)
        named[title] = named.get(title, 0) + rows
    return tuple(sorted(named.items(), key=lambda each: (-each[1], each[0])))


def _title(label: str, language: Language) -> str:
    model = apps.get_model(label)
    declared = customers_of(model)
    return capital(said(declared[0], language)) if declared else title_of(model, language)


def people_tied_to(organisation: Organisation) -> dict[UUID, bool]:
    """Return whose tie with an organisation ends, by id, and whether they learnt there; else they were contacts."""
    members = Membership.objects.filter(organisation=organisation, ended_at=None)
    tied = dict.fromkeys(members.filter(kind=Membership.Kind.CONTACT).values_list("person", flat=True), False)
    tied |= dict.fromkeys(members.filter(kind=Membership.Kind.EMPLOYEE).values_list("person", flat=True), True)
    for model, each in _declared():
        path = subject_of(model)
        if each.parting is STAYS and path and "__" not in f"{path}{each.path}":
            rows = every_row(model).filter(**{each.path: organisation.pk})
            tied |= dict.fromkeys(rows.values_list(path, flat=True).distinct(), True)
    return tied
