"""What the address of a list asks for, and the addresses of the same list asked a little differently."""

from dataclasses import dataclass
from typing import Any

from django.forms import BooleanField, Form
from django.forms.models import ModelChoiceField
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from leerhuis.lists.listing import SIZES, Column, Listing

PLAIN = "all"
STATE = ("view", "sort", "size", "col")  # what is no filter
_PASSING = ("page", "export")


@dataclass(frozen=True)
class Chip:
    """A filter that is on: what it is, its value in words (empty for yes), and the address without it."""

    label: str
    value: str
    without: str


@dataclass(frozen=True)
class Head:
    """The head of a column: whether it is the one sorted by (``ascending``, ``descending``) and the address to sort."""

    column: Column
    sorted: str
    address: str


class Asked:
    """The query of a list, read."""

    def __init__(self, listing: Listing, data: QueryDict) -> None:
        self.listing = listing
        self.data = data

    @property
    def view(self) -> str:
        """Return the id of the view that is open, `PLAIN` for the whole list, or nothing."""
        return str(self.data.get("view", ""))

    @cached_property
    def size(self) -> int:
        """Return how many rows a page has."""
        wanted = self.data.get("size", "")
        return next((size for size in SIZES if str(size) == wanted), SIZES[1])

    @cached_property
    def columns(self) -> tuple[Column, ...]:
        """Return the columns to show."""
        return self.listing.chosen(self.data.getlist("col"))

    def query(self, *, without: tuple[str, ...] = (), **changed: Any) -> str:
        """Return the query with some parts changed; what is empty, usual or passing is left out."""
        query = self.data.copy()
        for name in (*without, *_PASSING):
            query.pop(name, None)
        for name, value in changed.items():
            query[name] = str(value)
        if [column.key for column in self.columns] == [column.key for column in self.listing.chosen(())]:
            query.pop("col", None)
        for name in list(query):
            kept = [value for value in query.getlist(name) if value]
            query.setlist(name, kept) if kept else query.pop(name)
        return query.urlencode()

    def address(self, *, without: tuple[str, ...] = (), **changed: Any) -> str:
        """Return the address of the same list asked a little differently; ``?`` alone would keep the old query."""
        return f"?{self.query(without=without, **changed) or f'view={PLAIN}'}"

    @property
    def kept(self) -> str:
        """Return what a view keeps: filters, order, columns and size, but not which view is open."""
        return self.query(without=("view",))

    def heads(self, order: str) -> list[Head]:
        """Return the heads of the columns, each sorting by itself, the other way when it is sorted by already."""
        return [self._head(column, order) for column in self.columns]

    def _head(self, column: Column, order: str) -> Head:
        if not column.sort:
            return Head(column, "", "")
        here = order.removeprefix("-") == column.key
        turned = here and not order.startswith("-")
        way = ("descending" if order.startswith("-") else "ascending") if here else ""
        return Head(column, way, self.address(sort=f"-{column.key}" if turned else column.key))

    def chips(self, form: Form) -> list[Chip]:
        """Return the filters that are on, as words; what cannot be read is on nothing."""
        on = []
        said = form.cleaned_data if form.is_valid() else {}
        for name, field in form.fields.items():
            value = said.get(name)
            if value in (None, "", False):
                continue
            words = "" if isinstance(field, BooleanField) else _in_words(field, value)
            label = _("Search") if name == "q" else str(field.label)
            on.append(Chip(label, words, self.address(without=(name,))))
        return on


def _in_words(field: Any, value: Any) -> str:
    if isinstance(field, ModelChoiceField):
        return str(field.label_from_instance(value))
    return str(dict(getattr(field, "choices", ())).get(value, value))
