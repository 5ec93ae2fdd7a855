"""What a list is: its columns, where its rows come from, how it is narrowed, and what can be done with many rows."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.forms import Form
from django.http import QueryDict
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils import timezone
from django.utils.functional import Promise

from leerhuis.ui.wording import day_short, number

Words = str | Promise
SIZES = (25, 50, 100)
_NOBODY = str(UUID(int=0))  # stands in an address for the id of a row


@dataclass(frozen=True)
class Column:
    """One column: `value` is what the sheet gets (text, number, day), `show` what the page shows when that differs.

    `sort` names the fields by which its head sorts; empty means that it does not. `shown` is False for a column that
    somebody asks for in the column menu. `also` names the columns whose values the cell of the page shows along: they
    come along in the sheet.
    """

    key: str
    label: Words
    value: Callable[[Any], Any]
    show: Callable[[Any], str] | None = None
    sort: tuple[str, ...] = ()
    shown: bool = True
    also: tuple[str, ...] = ()
    figures: bool = False
    wide: bool = False

    def on_page(self, row: Any) -> str:
        """Return the cell for the page: text, which the template escapes, or HTML made safe by `format_html`."""
        return self.show(row) if self.show else _in_words(self.value(row), figures=self.figures)

    def in_sheet(self, row: Any) -> Any:
        """Return the cell for a sheet: moments as local time without a zone, texts that were lazy as text."""
        value = self.value(row)
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
        return str(value) if isinstance(value, Promise) else value


def _in_words(value: Any, *, figures: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return day_short(value)
    if figures and isinstance(value, int | Decimal):
        return number(value)
    return str(value)


@dataclass(frozen=True)
class Found:
    """What a search came to: the form with what was asked, and the rows that fit."""

    form: Form
    rows: QuerySet[Any]


@dataclass(frozen=True)
class Bulk:
    """An act on many rows at once, each row through the act that one row has.

    `hold` locks what the act needs in the fixed order of the house and returns the rows as they are now. `rehearse`
    runs a function, returns the mails that it would send and takes everything back. `undo` is the reverse act; where
    there is none, `no_undo` says why. `form` asks what the act needs to know once for all rows. `unless` says why a row
    needs no act, so that undoing it later touches only what it changed; `before` is remembered of a row and handed to
    `undo`, where the reverse depends on how the row was.
    """

    key: str
    label: Words
    icon: str
    act: Callable[..., Any]
    hold: Callable[[Sequence[UUID]], list[Any]]
    done: Callable[[int], str]
    name: Callable[[Any], str]
    detail: Callable[[Any], str] = lambda _row: ""
    undo: Callable[..., Any] | None = None
    no_undo: Words = ""
    unless: Callable[[Any], Words] = lambda _row: ""
    before: Callable[[Any], str] | None = None
    rehearse: Callable[[Callable[[], Any]], list[Any]] | None = None
    may: Callable[[Any], bool] = lambda _viewer: True
    form: type[Form] | None = None
    danger: bool = False


@dataclass(frozen=True)
class Listing:
    """A list of the office, declared once: page, sheet, saved views and acts on many rows follow from it.

    `search` narrows what the viewer may see by the address (`(request, data) → Found`). `lines` may add to the rows of
    one page what takes a query for all of them. `subject` is whose data a row shows; with `purpose` and `screen` each
    look and each sheet is written down. A list without a `purpose` is about nobody.
    """

    key: str
    title: Words
    columns: tuple[Column, ...]
    search: Callable[[Any, QueryDict], Found]
    address: Callable[[Any], str]
    order: str
    name: Callable[[Any], str]
    subject: Callable[[Any], UUID | None] | None = None
    purpose: str = ""
    screen: str = ""
    lines: Callable[[Iterable[Any]], list[Any]] = list
    bulk: tuple[Bulk, ...] = ()
    bulk_route: str = ""
    peek: bool = True
    fixed: dict[str, str] = field(default_factory=dict)  # what the address of the list holds besides the query

    @cached_property
    def by_key(self) -> dict[str, Column]:
        """Return the columns by key."""
        return {column.key: column for column in self.columns}

    def chosen(self, keys: Sequence[str]) -> tuple[Column, ...]:
        """Return the columns of these keys in the order of the list; the first always, the usual ones for no keys."""
        first = self.columns[0]
        wanted = set(keys) & set(self.by_key)
        if not wanted:
            return tuple(column for column in self.columns if column.shown or column is first)
        return tuple(column for column in self.columns if column.key in wanted or column is first)

    def in_sheet(self, columns: Sequence[Column]) -> list[Column]:
        """Return the columns of a sheet that holds what the page shows in these columns, each once."""
        keys = [key for column in columns for key in (column.key, *column.also)]
        return [self.by_key[key] for key in dict.fromkeys(keys)]

    def sorted(self, rows: QuerySet[Any], asked: str) -> tuple[QuerySet[Any], str]:
        """Return the rows in the order that was asked for (``-name`` is downwards), and which order that is."""
        column = self.by_key.get(asked.removeprefix("-"))
        if column is None or not column.sort:
            asked = self.order
            column = self.by_key[asked.removeprefix("-")]
        fields = [_turned(name) for name in column.sort] if asked.startswith("-") else list(column.sort)
        return rows.order_by(*fields, "-id" if fields[-1].startswith("-") else "id"), asked

    def subjects(self, rows: Iterable[Any]) -> set[UUID]:
        """Return whose data these rows show."""
        return {person for person in map(self.subject, rows) if person} if self.subject else set()

    def bulk_for(self, viewer: Any) -> list[Bulk]:
        """Return what a viewer may do with many rows."""
        return [bulk for bulk in self.bulk if bulk.may(viewer)]


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def leads_to(route: str) -> Callable[[Any], str]:
    """Return the address of a list whose rows have a page at a route with their id as its only argument.

    The route is worked out once: a list asks for fifty addresses that differ in nothing but the id.
    """

    def address(row: Any) -> str:
        return _with_nobody(route, get_urlconf(), get_script_prefix()).replace(_NOBODY, str(row.id))

    return address


@cache
def _with_nobody(route: str, urlconf: str | None, _prefix: str) -> str:
    return reverse(route, urlconf=urlconf, args=[_NOBODY])


def by_filter(filterset: Any, rows: Callable[[Any], QuerySet[Any]]) -> Callable[[Any, QueryDict], Found]:
    """Return the search of a list whose filters are a FilterSet over the rows that a viewer may see."""

    def search(request: Any, data: QueryDict) -> Found:
        found = filterset(data, queryset=rows(request.viewer))
        return Found(found.form, found.qs)

    return search
