"""The compiler: lets rows go, for a person or by the clock, with one statement for each table.

It names no table. What goes along outside the database is told beforehand (`Followed`), what points to a row that goes
is emptied, and what must stay is stripped of every text that nothing keeps. Nothing is read into the program but ids of
rows with something outside the database, in pieces. Why it is built like this: docs/decisions/0016-letting-go.md.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from leerhuis.audit import sealing
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.composed import SOMEBODY, asking, deleting, emptying
from leerhuis.charter.foreign import needs_own_word, others_of, subject_of, word_of
from leerhuis.charter.records import Fate, Record
from leerhuis.charter.register import followed
from leerhuis.charter.words import CREDENTIAL, Word
from leerhuis.privacy.claims import (
    NONE,
    Reference,
    TermOf,
    claims_on_rows,
    has_ended,
    is_free,
    is_needed,
    is_over,
    references_to,
    stays_despite,
    tables_in_order,
    words_kept,
)
from leerhuis.privacy.holds import held
from leerhuis.privacy.models import Erasure, Restriction
from leerhuis.privacy.naming import PersonColumn, column_of_person, columns_naming, rows_about
from leerhuis.privacy.rows import Model, every_row

PIECE: Final = 1000  # ids that are read at once


class MustBeHandedOver(Exception):
    """Somebody is named in a row that another person has to take over first; `table` names it."""

    def __init__(self, table: str) -> None:
        """Name the table."""
        super().__init__(table)
        self.table = table


@dataclass
class Gone:
    """How many rows of each table (``"enrolment.Enrolment"``) went, and how many stay, when a person was erased."""

    went: dict[str, int] = field(default_factory=dict)
    stayed: dict[str, int] = field(default_factory=dict)
    claimed: set[str] = field(default_factory=set)  # the tables of which rows stay for their own sake

    @property
    def is_all(self) -> bool:
        """Whether nothing of the person is left."""
        return not self.stayed


@dataclass(frozen=True)
class Text:
    """A column that tells something by itself, with its word and what it holds once it is emptied."""

    column: str
    word: Word
    empty: Any


def texts_of(model: Model) -> tuple[Text, ...]:
    """Return the columns of a table that tell something of a person by themselves."""
    return tuple(_texts_of(model))


def _texts_of(model: Model) -> Iterator[Text]:
    for column in model._meta.concrete_fields:
        word = word_of(model, column)
        if word is not None and not word.says_nothing and needs_own_word(column):
            yield Text(column.attname, word, _empty(column))


def _empty(column: "models.Field[Any, Any]") -> Any:
    if column.null:
        return None
    if isinstance(column, models.JSONField):
        return column.get_default() if column.has_default() else {}
    return b"" if isinstance(column, models.BinaryField) else ""


def remove(rows: "QuerySet[Any]", *, by: Actor) -> int:
    """Delete rows, with what goes along outside the database, and empty what points to them; returns how many."""
    model: Model = rows.model
    for reference in references_to(model):
        if reference.is_loose:
            _pointing(reference, rows).update(**{reference.column: None})
    hooks = followed(model._meta.label)
    if not hooks:
        return _delete(rows, by=by)
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:PIECE]):
        for hook in hooks:
            hook(keys, by=by)
        count += _delete(every_row(model).filter(pk__in=keys), by=by)
    return count


def _pointing(reference: Reference, rows: "QuerySet[Any]") -> "QuerySet[Any]":
    return every_row(reference.model).filter(**{f"{reference.column}__in": rows.values("pk")})


def _delete(rows: "QuerySet[Any]", *, by: Actor) -> int:
    release(rows, sealing.DELETED, by=by)
    return int(rows.order_by()._raw_delete(rows.db) or 0)  # noqa: SLF001 - one statement, without Django's own cascade


def release(
    rows: "QuerySet[Any]", fate: sealing.Fate, *, ids: Callable[[], Iterable[UUID]] | None = None, by: Actor
) -> None:
    """Where a table is sealed, say that these rows may go or change, so that nobody is taken for a forger.

    `ids` gives their keys where there is a shorter way to them than to compose the question.
    """
    if not getattr(rows.model, "sealed", False):
        return
    if ids is None:
        sealing.release(rows, fate, by=by)
    else:
        sealing.release_ids(rows.model, ids(), fate, by=by)


# --- by the clock --------------------------------------------------------------------------------------------------
def free_rows(model: Model, term_of: TermOf) -> "QuerySet[Any]":
    """Return the rows of a table that may go by now."""
    return every_row(model).filter(is_free(model, term_of))


def let_go(model: Model, term_of: TermOf, at_most: int, *, by: Actor) -> int:
    """Delete rows of a table that are free, `at_most` in this call; returns how many went."""
    free = free_rows(model, term_of)
    if subject_of(model) == "self":
        _let_sign_in_go(model, term_of)
        return _let_people_go(free, at_most, by=by)
    if issubclass(model, Record) and (before := _months_end_before(model, term_of)) is not None:
        return sealing.drop_sealed_months(model, before, keep=~is_free(model, term_of), at_most=at_most, by=by)
    if not followed(model._meta.label) and not _loosely_pointed_at(model):
        return remove(every_row(model).filter(pk__in=free.order_by().values("pk")[:at_most]), by=by)
    return sum(remove(every_row(model).filter(pk__in=keys), by=by) for keys in _pieces(free, at_most))


def _pieces(free: "QuerySet[Any]", at_most: int) -> list[list[Any]]:
    """Return the keys of rows that may go, in pieces: they are looked for once, which may mean reading the table."""
    keys = list(free.order_by().values_list("pk", flat=True)[:at_most])
    return [keys[start : start + PIECE] for start in range(0, len(keys), PIECE)]


def _months_end_before(model: Model, term_of: TermOf) -> date | None:
    """Return the day on or before which a month of a sealed table must have ended to go as a whole; None for others."""
    clocks = {(claim.way, claim.purpose.clock) for claim in claims_on_rows(model)}
    if not getattr(model, "sealed", False) or clocks != {((), "created_at")}:
        return None
    days: list[date] = [clock.today() - term_of(claim.purpose).delta() for claim in claims_on_rows(model)]
    return min(days)


def _loosely_pointed_at(model: Model) -> bool:
    return any(reference.is_loose for reference in references_to(model))


def _let_people_go(free: "QuerySet[Any]", at_most: int, *, by: Actor) -> int:
    """Delete the own rows of people of whom nothing else is kept, and take them out of rows about others."""
    count = 0
    for keys in _pieces(free, at_most):
        clear_others(keys, by=by)
        count += remove(every_row(free.model).filter(pk__in=keys), by=by)
    return count


def _let_sign_in_go(model: Model, term_of: TermOf) -> None:
    """Empty what people sign in with in their own rows, where the account's term is over and others keep the row."""
    claims = claims_on_rows(model)
    for text in texts_of(model):
        over = ~held(model)
        for claim in claims:
            over &= is_over(claim, term_of(claim.purpose), frozenset({text.word}))
        if text.word == CREDENTIAL and claims:
            every_row(model).filter(over).exclude(**_is_empty(text)).update(**{text.column: text.empty})


def texts_past_term(model: Model, term_of: TermOf) -> "QuerySet[Any]":
    """Return the rows of a table with a text on which every claim has ended: what `strip` empties."""
    some = NONE
    for text, over in _texts_over(model, term_of):
        some |= over & ~Q(**_is_empty(text))
    return every_row(model).filter(some) if some != NONE else every_row(model).none()


def strip(model: Model, term_of: TermOf, at_most: int, *, by: Actor) -> int:
    """Empty the texts of rows that stay while every claim on that text has ended; returns how many rows changed."""
    count = 0
    for keys in _pieces(texts_past_term(model, term_of), at_most):
        rows = every_row(model).filter(pk__in=keys)
        for text, over in _texts_over(model, term_of):
            still = rows.filter(over).exclude(**_is_empty(text))
            release(still, sealing.EMPTIED, by=by)
            still.update(**{text.column: text.empty})
        count += len(keys)
    return count


def _texts_over(model: Model, term_of: TermOf) -> Iterator[tuple[Text, Q]]:
    """Yield each text of a table with the condition under which nothing keeps it, where rows may outlast it."""
    claims = claims_on_rows(model)
    if not claims or subject_of(model) == "self" or not (len(claims) > 1 or _tightly_pointed_at(model)):
        return
    for text in texts_of(model):
        over = ~held(model)
        for claim in [claim for claim in claims if text.word in claim.purpose.uses] or claims:
            over &= has_ended(claim, term_of(claim.purpose))
        yield text, over


def _tightly_pointed_at(model: Model) -> bool:
    return any(not reference.is_loose for reference in references_to(model))


def _is_empty(text: Text) -> dict[str, Any]:
    return {f"{text.column}__isnull": True} if text.empty is None else {text.column: text.empty}


# --- for a person --------------------------------------------------------------------------------------------------
def erase_rows(person_id: UUID, term_of: TermOf, *, by: Actor) -> Gone:
    """Let every row about a person go that law and holds do not keep, and take them out of all others.

    Only tables are touched that know the person. Rows that stay lose every text that their claims do not use; a row
    that one of those needs stays without texts. What is written about them meanwhile, whoever asks for this finds: it
    asks every column once more. Raises MustBeHandedOver. Nothing here knows the person's own row but by the same rules.
    """
    gone = Gone()
    named = columns_naming([person_id])
    _refuse_what_must_be_handed_over(named)
    orders = _orders_of(person_id, named)
    paths = {model: path for model in tables_in_order() if (path := subject_of(model)) is not None}
    counted = rows_about(
        person_id, [(model, path) for model, path in paths.items() if column_of_person(model, path) in named]
    )
    for model, count in counted.items():
        if model is not Restriction:
            mine = _Mine(model, paths[model], person_id, named)
            _erase_from(mine, count, gone, term_of, by=by)
    if Restriction in counted:  # where not all goes the rest is only kept, and the row that says so stays with it
        limits = _Mine(Restriction, paths[Restriction], person_id, named, but_the_limit=not gone.is_all)
        _erase_from(limits, counted[Restriction], gone, term_of, by=by)
    for model, keys in orders.items():
        _count(gone.went, model, remove(every_row(model).filter(pk__in=keys).exclude(is_needed(model)), by=by))
    clear_others([person_id], among=named, by=by)
    return gone


@dataclass(frozen=True)
class _Mine:
    """The rows of one table about the person who is erased, who is named in the columns `named`."""

    model: Model
    path: str
    person_id: UUID
    named: frozenset[PersonColumn]
    but_the_limit: bool = False  # without the row that says that the rest is only kept

    @property
    def column(self) -> str:
        return "pk" if self.path == "self" else self.path

    @property
    def rows(self) -> "QuerySet[Any]":
        return self.rows_of(self.person_id)

    def rows_of(self, person_id: UUID) -> "QuerySet[Any]":
        rows = every_row(self.model).filter(**{self.column: person_id})
        return rows.exclude(ended_at=None, ground=Restriction.Ground.LAW) if self.but_the_limit else rows

    @property
    def pointing(self) -> list[Reference]:
        """The columns to be emptied that may point to these rows; of a person's own row it is known which do."""
        loose = (each for each in references_to(self.model) if each.is_loose)
        return [each for each in loose if self.path != "self" or (each.model, each.column) in self.named]


def _erase_from(mine: _Mine, count: int, gone: Gone, term_of: TermOf, *, by: Actor) -> None:
    model = mine.model
    if getattr(model, "nameless_after", False):
        _take_name_from(mine.rows, mine.path, gone)
        return
    went = _remove_mine(mine, term_of, by=by)
    _count(gone.went, model, went)
    if went < count:
        _leave_what_is_kept(mine, gone, term_of, by=by)


def _leave_what_is_kept(mine: _Mine, gone: Gone, term_of: TermOf, *, by: Actor) -> None:
    model, by_claim = mine.model, stays_despite(mine.model, term_of)
    left = mine.rows.filter(by_claim)
    if rows := left.count():
        gone.claimed.add(model._meta.label)
        _count(gone.stayed, model, rows)
        strip_despite(model, left, term_of, by=by)
    shells = mine.rows.exclude(by_claim)  # rows that one of those needs, without a claim of their own
    if rows := shells.count():
        _count(gone.stayed, model, rows)
        empty_texts(shells, _words_wanted(gone) if mine.path == "self" else frozenset(), by=by)


def _remove_mine(mine: _Mine, term_of: TermOf, *, by: Actor) -> int:
    """Delete the rows that nothing keeps and no kept row needs; returns how many. As `remove`, composed once a day."""
    model = mine.model

    def free(person_id: UUID) -> "QuerySet[Any]":
        return mine.rows_of(person_id).exclude(stays_despite(model, term_of) | is_needed(model))

    if followed(model._meta.label):
        return remove(free(mine.person_id), by=by)
    claims = claims_on_rows(model)
    terms = tuple(term_of(claim.purpose) for claim in claims)
    of, known = (model, mine.but_the_limit, claims, terms, clock.today(), clock.zone()), {SOMEBODY: mine.person_id}

    def pointing(reference: Reference) -> "QuerySet[Any]":
        return _pointing(reference, free(SOMEBODY))

    def ids() -> list[UUID]:
        asked = asking(of, lambda: free(SOMEBODY).order_by().values_list("pk", flat=True))
        return [id for (id,) in asked.rows(known)]

    for each in mine.pointing:
        emptying((of, each), partial(pointing, each), each.column).carry_out(known)
    release(mine.rows, sealing.DELETED, ids=ids, by=by)
    return deleting(of, lambda: free(SOMEBODY)).carry_out(known)


def _take_name_from(mine: "QuerySet[Any]", path: str, gone: Gone) -> None:
    """Leave rows that count without a name: the person goes out of them, and each text. What is held stays as it is.

    The erasure itself is not held: it ends only when nothing of the person is left.
    """
    model: Model = mine.model
    kept = set() if model is Erasure else set(mine.filter(held(model)).values_list("pk", flat=True))
    if kept:
        gone.claimed.add(model._meta.label)
        _count(gone.stayed, model, len(kept))
    nameless = mine.exclude(pk__in=kept)
    _count(gone.went, model, nameless.update(**{path: None}, **{t.column: t.empty for t in texts_of(model)}))


def strip_despite(model: Model, left: "QuerySet[Any]", term_of: TermOf, *, by: Actor) -> None:
    """Of rows that stay, empty the texts that none of the claims uses for which they stay; held rows stay whole."""
    for text in texts_of(model):
        using = NONE
        for claim in claims_on_rows(model):
            if claim.purpose.outlives_erasure and claim.way is not None and text.word in claim.purpose.uses:
                using |= ~is_over(claim, term_of(claim.purpose))
        emptied = left.exclude(held(model) | using)
        release(emptied, sealing.EMPTIED, by=by)
        emptied.update(**{text.column: text.empty})


def _words_wanted(gone: Gone) -> frozenset[Word]:
    """Return the words of the person's own row that the rows use which stay."""
    words: set[Word] = set()
    for model in tables_in_order():
        if model._meta.label in gone.claimed and subject_of(model) != "self":
            words |= words_kept(claims_on_rows(model))
    return frozenset(words)


def empty_texts(rows: "QuerySet[Any]", wanted: frozenset[Word], *, by: Actor) -> None:
    """Empty the texts of rows, but for those whose word is wanted."""
    emptied = {text.column: text.empty for text in texts_of(rows.model) if text.word not in wanted}
    if emptied:
        release(rows, sealing.EMPTIED, by=by)
        rows.update(**emptied)


def _orders_of(person_id: UUID, named: frozenset[PersonColumn]) -> dict[Model, list[Any]]:
    """Return the rows that belong to a person only by rows of theirs that point to them (orders)."""
    found: dict[Model, list[Any]] = {}
    for model in tables_in_order():
        if any(claim.way is None for claim in claims_on_rows(model)):
            keys = [
                key
                for reference in references_to(model)
                if (path := subject_of(reference.model)) and column_of_person(reference.model, path) in named
                for key in every_row(reference.model)
                .filter(**{path: person_id})
                .values_list(reference.column, flat=True)
            ]
            found |= {model: keys} if keys else {}
    return found


def clear_others(person_ids: list[UUID], *, among: Container[PersonColumn] | None = None, by: Actor) -> None:
    """Take people out of the rows in which they stand beside the one that those are about.

    `among` are the columns in which they may stand, where those are known.
    """
    others = [(model, other) for model in tables_in_order() for other in others_of(model)]
    asked = [column_of_person(model, other.path) for model, other in others]
    named_in = columns_naming(person_ids, [each for each in asked if among is None or each in among])
    for model, other in others:
        if column_of_person(model, other.path) in named_in:
            empty = "" if other.fate is Fate.MASK else None
            named = every_row(model).filter(**{f"{other.path}__in": person_ids})
            release(named, sealing.NULLIFIED, by=by)
            named.update(**{other.path: empty})


def _refuse_what_must_be_handed_over(named: frozenset[PersonColumn]) -> None:
    for model in tables_in_order():
        for other in others_of(model):
            if other.fate is Fate.HANDOVER and column_of_person(model, other.path) in named:
                raise MustBeHandedOver(model._meta.label)


def _count(counts: dict[str, int], model: Model, number: int) -> None:
    if number:
        counts[model._meta.label] = counts.get(model._meta.label, 0) + number
