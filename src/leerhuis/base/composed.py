"""SQL that the ORM composes once, for statements that are the same for everybody but for a few values.

To compose one with many conditions takes the ORM milliseconds, often more than the database takes to carry it out. Here
that is done once in a process, with stand-ins where the values of each call come. It is kept by what it was made of:
who asks names all of that, also what a condition hides, such as the day. The values themselves are never kept.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql import DeleteQuery, UpdateQuery

SOMEBODY: Final = UUID("00000000-0000-4000-8000-5741dedf0001")  # stands in for the key of a person
_MOST: Final = 1000  # statements that are kept; those that were made first go first
_kept: dict[Hashable, "Composed"] = {}
_turn: Final = Lock()


@dataclass(frozen=True)
class Composed:
    """A statement, with its values and stand-ins in their order; without a text it concerns no row at all."""

    text: str
    values: tuple[Any, ...]

    def rows(self, known: Mapping[Any, Any]) -> list[tuple[Any, ...]]:
        """Ask it, with what is known in the places of the stand-ins; returns the rows as the database gives them."""
        if not self.text:
            return []
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.with_values(known))
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found

    def carry_out(self, known: Mapping[Any, Any]) -> int:
        """Carry it out, with what is known in the places of the stand-ins; returns how many rows changed."""
        if not self.text:
            return 0
        with connection.cursor() as cursor:
            cursor.execute(self.text, self.with_values(known))
            return int(cursor.rowcount)

    def with_values(self, known: Mapping[Any, Any]) -> list[Any]:
        """Return the values in their order, those that are known in place of their stand-ins."""
        return [known.get(value, value) if isinstance(value, Hashable) else value for value in self.values]


def asking(of: Hashable, rows: "Callable[[], QuerySet[Any, Any]]") -> Composed:
    """Return the question for rows, made of `of`; `rows` is called where it is not kept."""
    return kept(("asking", of), lambda: _question(rows()))


def deleting(of: Hashable, rows: "Callable[[], QuerySet[Any, Any]]") -> Composed:
    """Return the statement that deletes rows, without Django's own cascade, made of `of`."""
    return kept(("deleting", of), lambda: _deletion(rows()))


def emptying(of: Hashable, rows: "Callable[[], QuerySet[Any, Any]]", column: str) -> Composed:
    """Return the statement that empties a column of rows, made of `of`."""
    return kept(("emptying", column, of), lambda: _emptying(rows(), column))


def kept(of: Hashable, make: Callable[[], Composed]) -> Composed:
    """Return the statement that was made of `of`, made now where there is none."""
    found = _kept.get(of)
    if found is None:
        found = make()
        with _turn:
            while len(_kept) >= _MOST:
                del _kept[next(iter(_kept))]
            _kept[of] = found
    return found


def _question(rows: "QuerySet[Any, Any]") -> Composed:
    return _made_by(rows.query.get_compiler(rows.db))


def _deletion(rows: "QuerySet[Any, Any]") -> Composed:
    return _made_by(rows.order_by().query.chain(DeleteQuery).get_compiler(rows.db))


def _emptying(rows: "QuerySet[Any, Any]", column: str) -> Composed:
    query: Any = rows.order_by().query.chain(UpdateQuery)
    query.add_update_values({column: None})
    return _made_by(query.get_compiler(rows.db))


def _made_by(compiler: Any) -> Composed:
    try:
        text, values = compiler.as_sql()
    except EmptyResultSet:
        return Composed("", ())
    return Composed(text, tuple(values))
