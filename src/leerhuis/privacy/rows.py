"""The rows about one person, read from every table that the charter knows: one query for each table.

Nothing here names a table: which tables there are, the way from a row to the person, which columns are other people's
and when the clock of a row runs out all come from the models' words and the packages' declarations.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Window
from django.utils import translation
from django.utils.functional import Promise

from leerhuis.base import clock
from leerhuis.charter.checks import concrete_models, points_to_person
from leerhuis.charter.datamap import ACADEMY, schemas_of
from leerhuis.charter.declarations import Listing, Purpose
from leerhuis.charter.foreign import about_of, needs_own_word, others_of, subject_of, word_of
from leerhuis.charter.register import Declared, listing_of, purposes_of
from leerhuis.charter.terms import Term
from leerhuis.charter.words import CREDENTIAL
from leerhuis.privacy.phrases import Language, capital, pick
from leerhuis.ui.wording import day, day_time, number

Model = type[models.Model]
_IN_ALL = "rows_in_all"
PIECE = 500  # rows that memory holds at a time
_DEEP = 4  # steps from a child to the row that has its clock

# Names of columns that mean the same in every table; the rest a package tells in its Listing.
GENERAL = {
    "created_at": ("vastgelegd", "recorded"),
    "ended_at": ("geëindigd", "ended"),
    "state": ("stand", "state"),
    "until": ("tot", "until"),
    "kind": ("soort", "kind"),
    "language": ("taal", "language"),
}


@dataclass(frozen=True)
class Cell:
    """One value of a row: its column or path, what it is called, as a person reads it, and as a machine does.

    `held` is its category word; `shown` is False for what means nothing to a reader (ids); `withheld` is True for what
    would open something (a key): that it is there is told, not what it is; `marks` is True for text in Markdown.
    """

    path: str
    label: str
    text: str
    value: Any
    held: str
    shown: bool
    withheld: bool = False
    marks: bool = False


@dataclass(frozen=True)
class Row:
    """One row about the person: what tells it from others, its values, and the day on which its term ends."""

    heading: str
    cells: tuple[Cell, ...]
    until: date | None

    @property
    def told(self) -> tuple[Cell, ...]:
        """The values that a page tells: those that are shown and not empty."""
        return tuple(cell for cell in self.cells if cell.shown and cell.text)


Told = TypeVar("Told")


class Pieces(Iterable[Told]):
    """Many rows that are read anew, a piece at a time, whenever they are gone through: memory holds one piece.

    Each is told in one language, whichever is in force where they are gone through.
    """

    def __init__(self, rows: "models.QuerySet[Any, Any]", tell: Callable[[Any], Told], language: Language) -> None:
        self._rows, self._tell, self._language = rows, tell, language

    def __iter__(self) -> Iterator[Told]:
        for each in self._rows.iterator(PIECE):
            with translation.override(self._language):
                told = self._tell(each)
            yield told

    def but(self, change: Callable[[Told], Told]) -> "Pieces[Told]":
        """Return the same rows, each as `change` makes it."""
        return Pieces(self._rows, lambda each: change(self._tell(each)), self._language)


@dataclass(frozen=True)
class Table:
    """The rows of one table about the person, newest first; `count` is how many there are, shown or not.

    `rows` is a tuple, or where there are more than fit in memory `Pieces`, read inside the transaction that asked.
    """

    model: str
    name: str
    title: str
    rows: Iterable[Row]
    count: int


@dataclass(frozen=True)
class Column:
    """How one value of a row is read: from which path, under which name, by which field."""

    path: str
    source: str
    label: str
    field: "models.Field[Any, Any]"
    held: str
    shown: bool
    others: bool
    secret: bool
    unless: str
    marks: bool


@dataclass(frozen=True)
class Plan:
    """How the rows of one table about a person are found and read, for the first purpose that claims them."""

    model: Model
    person_path: str
    claim: tuple[Declared, Purpose]
    clock_path: str | None
    columns: tuple[Column, ...]
    title: str


@cache
def tables_about_people() -> tuple[tuple[Model, str], ...]:
    """Return every table of an academy that holds rows about a person, with the path from a row to that person.

    Besides tables with a subject these are tables that are nobody's own but serve a purpose, by whoever made the row.
    """
    found = []
    for model in concrete_models():
        if ACADEMY not in schemas_of(model) or not purposes_of(model._meta.label):
            continue
        path = subject_of(model) or next((other.path for other in others_of(model)), None)
        if path is not None:
            found.append((model, "pk" if path == "self" else path))
    return tuple(found)


@cache
def plan_of(model: Model, person_path: str, language: Language) -> Plan:
    """Return how the rows of a table about people are read in a language, under the first purpose that claims them."""
    label = model._meta.label
    listing = listing_of(label)
    claim = purposes_of(label)[0]
    title = (listing.nl if language == "nl" else listing.en) if listing else str(model._meta.verbose_name_plural)
    with translation.override(language):
        columns = tuple(_columns(model, listing, person_path, language))
    return Plan(model, person_path, claim, _clock_path(model, claim[1]), columns, title)


def _columns(model: Model, listing: Listing | None, person_path: str, language: Language) -> Iterator[Column]:
    """Yield what is read of each row: first what the package tells, in its order, then every other column."""
    own = {field.name: field for field in model._meta.concrete_fields}
    others = {other.path for other in others_of(model)}
    unless = dict(listing.withheld) if listing else {}
    told = {each.path: pick(language, each.nl, each.en) for each in listing.tells} if listing else {}
    marked = {each.path for each in listing.tells if each.marks} if listing else set()
    for path in (*told, *(name for name in own if name not in told)):
        field = own.get(path) or end_of(model, path)
        if path in own and path == person_path and path not in others:
            continue  # that it is about this person needs no telling
        word = word_of(field.model, field)
        held = "nothing" if word is None or word.says_nothing else word.key
        speaks = path in told or (held != "nothing" and not _is_reference(field))
        yield Column(
            path,
            field.attname if path in own else path,
            capital(told.get(path) or _name_of(field, language)),
            field,
            held,
            speaks and not _is_list_of_ids(field),
            path in others,
            word == CREDENTIAL and needs_own_word(field),
            unless.get(path, ""),
            path in marked,
        )


def end_of(model: Model, path: str) -> "models.Field[Any, Any]":
    """Return the column at the end of a path from a table."""
    *steps, last = path.split("__")
    for step in steps:
        model = model._meta.get_field(step).related_model  # type: ignore[assignment]
    return model._meta.get_field(last)  # type: ignore[return-value]


def _is_reference(field: "models.Field[Any, Any]") -> bool:
    return field.primary_key or field.is_relation or isinstance(field, models.UUIDField)


def _is_list_of_ids(field: "models.Field[Any, Any]") -> bool:
    return isinstance(field, ArrayField) and isinstance(field.base_field, models.UUIDField)


def _name_of(field: "models.Field[Any, Any]", language: Language) -> str:
    """Return what a column is called when its package does not say: its translated name, else a general one."""
    if isinstance(field._verbose_name, Promise):  # type: ignore[attr-defined]  # noqa: SLF001 - was a name given, or made up by Django?
        return str(field.verbose_name)
    general = GENERAL.get(field.name)
    return pick(language, *general) if general else str(field.verbose_name)


def nameless(model: Model) -> list[str]:
    """Return the columns that a person would see under a name that Django made up: a gap in the package's Listing."""
    plan = plan_of(model, dict(tables_about_people())[model], "nl")
    listing = listing_of(model._meta.label)
    told = {each.path for each in listing.tells} if listing else set()
    return [
        column.path
        for column in plan.columns
        if column.shown and column.path not in told and column.path not in GENERAL
        and not isinstance(column.field._verbose_name, Promise)  # type: ignore[attr-defined]  # noqa: SLF001 - as above
    ]  # fmt: skip


def _clock_path(model: Model, purpose: Purpose) -> str | None:
    """Return the path from a row to the moment from which its term runs; None when no key leads there."""
    steps = way_to(model, purpose.rows)
    return None if steps is None else "__".join((*steps, purpose.clock))


def way_to(model: Model, label: str) -> tuple[str, ...] | None:
    """Return the shortest way along keys from a table to the one that has the clock."""
    waiting: list[tuple[Model, tuple[str, ...]]] = [(model, ())]
    while waiting:
        here, steps = waiting.pop(0)
        if here._meta.label == label:
            return steps
        if len(steps) < _DEEP:
            keys = (field for field in here._meta.concrete_fields if isinstance(field.related_model, type))
            waiting.extend((key.related_model, (*steps, key.name)) for key in keys)  # type: ignore[misc]  # filtered above
    return None


def read_table(plan: Plan, person_id: UUID, language: Language, term: Term, limit: int | None) -> Table:
    """Return the rows of one table about a person; `limit` is how many at most (None: all).

    One query; where all are asked for and there are more than a piece, they are read again when they are gone through.
    """
    order = "-created_at" if any(field.name == "created_at" for field in plan.model._meta.concrete_fields) else "-pk"
    sources = {column.source for column in plan.columns} | {column.unless for column in plan.columns} - {""}
    if plan.clock_path:
        sources.add(plan.clock_path)
    found = (
        every_row(plan.model)
        .filter(**{plan.person_path: person_id})
        .order_by(order, "pk")
        .annotate(**{_IN_ALL: Window(Count("*"))})
        .values(_IN_ALL, *sorted(sources))
    )
    values = list(found[: PIECE if limit is None else limit])
    count = values[0][_IN_ALL] if values else 0
    rows: Iterable[Row] = tuple(_row(plan, each, person_id, language, term) for each in values)
    if limit is None and count > PIECE:
        whole = found.values(*sorted(sources))
        rows = Pieces(whole, lambda each: _row(plan, each, person_id, language, term), language)
    return Table(plan.model._meta.label, plan.model._meta.db_table, plan.title, rows, count)


def every_row(model: Model) -> "models.QuerySet[Any]":
    """Return all rows of a table, whatever a manager of its own would leave out."""
    return model._base_manager.all()  # noqa: SLF001 - public in Django, in spite of its name


def model_named(label: str) -> Model:
    """Return the table that a stored label names (``results.Result``); raises LookupError."""
    return apps.get_model(label)


def _row(plan: Plan, values: dict[str, Any], person_id: UUID, language: Language, term: Term) -> Row:
    cells = tuple(_cell(column, values, person_id, language) for column in plan.columns)
    heading = next((cell.text for cell in cells if cell.shown and cell.text and not cell.withheld), "")
    started = values.get(plan.clock_path) if plan.clock_path else None
    return Row(heading, cells, _last_day(started, term))


def _last_day(started: Any, term: Term) -> date | None:
    """Return the last day of the term in the academy's zone; None while its clock does not run."""
    if isinstance(started, datetime):
        started = started.astimezone(clock.zone()).date()
    return started + term.delta() if isinstance(started, date) else None


def _cell(column: Column, values: dict[str, Any], person_id: UUID, language: Language) -> Cell:
    value = values[column.source]
    if column.others or points_to_person(column.field):
        return _person_cell(column, value, person_id, language)
    if value not in (None, "") and (column.secret or (column.unless and values[column.unless])):
        text = pick(language, "bewaard, maar voor uw veiligheid niet getoond", "kept, but not shown for your safety")
        return Cell(column.path, column.label, text, "withheld", column.held, column.shown, withheld=True)
    text = display(column.field, value, language)
    return Cell(column.path, column.label, text, _plain(value), column.held, column.shown, marks=column.marks)


def _person_cell(column: Column, value: Any, person_id: UUID, language: Language) -> Cell:
    """Return who else stands in a row without saying who: another person's name is not this person's to have."""
    if value is None:
        text, plain = "", None
    elif value == person_id:
        text, plain = pick(language, "uzelf", "you"), "you"
    else:
        text, plain = pick(language, "iemand anders", "somebody else"), "somebody else"
    return Cell(column.path, column.label, text, plain, column.held, bool(text))


def display(field: "models.Field[Any, Any]", value: Any, language: Language) -> str:
    """Return a value as a person reads it: choices in words, times in the academy's zone, empty for nothing."""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value or ""))
    if isinstance(value, bool):
        return pick(language, "ja", "yes") if value else pick(language, "nee", "no")
    if isinstance(value, date):
        return day_time(value) if isinstance(value, datetime) else day(value)
    if isinstance(value, int | float | Decimal):
        return number(value)
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value or "")


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it: moments in UTC, money and ids as text, bytes as hexadecimal digits."""
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


@dataclass(frozen=True)
class Mention:
    """That a person stands in rows that are about others: of what kind, how often, from when until when."""

    kind: str
    count: int
    first: datetime | None
    last: datetime | None


def mentions(person_id: UUID, language: Language) -> list[Mention]:
    """Return where a person is named as the one who did something in rows that are not about them, counted.

    One query for each column that may name a person beside its subject.
    """
    own = dict(tables_about_people())
    found: dict[str, Mention] = {}
    for model in concrete_models():
        word = about_of(model)
        for other in others_of(model):
            if own.get(model) == other.path or word is None or ACADEMY not in schemas_of(model):
                continue
            rows = every_row(model).filter(**{other.path: person_id})
            if model in own:
                rows = rows.exclude(**{own[model]: person_id})
            seen = rows.aggregate(n=Count("pk"), first=models.Min("created_at"), last=models.Max("created_at"))
            if seen["n"]:
                kind = capital(pick(language, word.nl, word.en))
                found[kind] = _together(found.get(kind), Mention(kind, seen["n"], seen["first"], seen["last"]))
    return list(found.values())


def _together(one: Mention | None, other: Mention) -> Mention:
    if one is None:
        return other
    first = min(filter(None, (one.first, other.first)), default=None)
    return Mention(one.kind, one.count + other.count, first, max(filter(None, (one.last, other.last)), default=None))
