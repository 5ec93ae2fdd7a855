"""Reading sealed tables from end to end, in the database's own stream, so that a million rows need no memory."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from leerhuis.audit.marks import (
    Cover,
    columns_of,
    content_digest,
    cover_of,
    expression_of,
    in_order,
    is_json,
    person_digest,
)
from leerhuis.audit.signing import DIGEST_BYTES, seal_key
from leerhuis.base.edge import current_academy
from leerhuis.charter.records import Record

AT_A_TIME: Final = 2_000


@dataclass(frozen=True)
class Row:
    """One row as it stands in the database now, under the key of its academy: what it says, and its mark."""

    cover: Cover
    key: bytes
    id: UUID
    month: date
    mark: bytes
    plain: tuple[str | None, ...]
    persons: tuple[str | None, ...]

    @cached_property
    def expected(self) -> bytes:
        """Return the mark that fits the row."""
        return self._content + b"".join(self._person_digests)

    @property
    def is_genuine(self) -> bool:
        """Whether the row was written with the key and says what it said then."""
        return self.mark == self.expected

    @property
    def is_genuine_but_for_persons(self) -> bool:
        """Whether that holds, apart from persons that are named no more."""
        if len(self.mark) != self.cover.size or self.mark[:DIGEST_BYTES] != self._content:
            return False
        at, size = DIGEST_BYTES, (self.cover.size - DIGEST_BYTES) // max(len(self.persons), 1)
        for person, digest in zip(self.persons, self._person_digests, strict=True):
            if person is not None and self.mark[at : at + size] != digest:
                return False
            at += size
        return True

    @cached_property
    def _content(self) -> bytes:
        return content_digest(self.key, self.cover.kind, str(self.id), self.plain)

    @cached_property
    def _person_digests(self) -> list[bytes]:
        named = zip(self.cover.persons, self.persons, strict=True)
        return [person_digest(self.key, self.cover.kind, str(self.id), name, person) for name, person in named]


def rows_of(model: type[Record], *, since: datetime | None) -> Iterator[Row]:
    """Yield the rows of a table since a moment; with None those of which the ids were not `remember`ed."""
    cover = cover_of(model)
    if since is None:
        which, values = f"NOT EXISTS (SELECT FROM {remembered()} s WHERE s.id = r.id)", []
    else:
        which, values = "r.created_at >= %s", [since]
    question = f"""
        SELECT r.id, date_trunc('month', r.created_at AT TIME ZONE 'UTC')::date, r.mark,
               {", ".join(expressions(model, cover))} FROM {table_of(model)} r WHERE {which}
    """  # noqa: S608 - names of tables and columns, from the models
    key, split, order = seal_key(current_academy().schema_name), len(cover.plain), putting_in_order(model, cover)
    for id, month, mark, *told in stream(question, values):
        values_of = order(told)
        yield Row(cover, key, id, month, bytes(mark), tuple(values_of[:split]), tuple(values_of[split:]))


def expressions(model: type[Record], cover: Cover) -> list[str]:
    """Return SQL for the covered columns of the table `r`, plain ones before persons. Raises LookupError."""
    columns = columns_of(model)
    return [expression_of(columns[name]) for name in (*cover.plain, *cover.persons)]


def putting_in_order(model: type[Record], cover: Cover) -> Any:
    """Return a function that gives what `expressions` asked for as digests are made of it."""
    columns = columns_of(model)
    places = [place for place, name in enumerate((*cover.plain, *cover.persons)) if is_json(columns[name])]

    def order(told: Sequence[str | None]) -> list[str | None]:
        values = list(told)
        for place in places:
            text = values[place]
            if text is not None:
                values[place] = in_order(text)
        return values

    return order


def all_of(model: type[Record]) -> QuerySet[Record]:
    """Return every row of a table, also those that its manager passes over."""
    return QuerySet(model)


def table_of(model: type[Record]) -> str:
    """Return the name of a table as SQL has it."""
    return f'"{model._meta.db_table}"'


def stream(question: str, values: Sequence[Any] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield what the database answers, some rows at a time."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(question, values or None)
        while rows := cursor.fetchmany(AT_A_TIME):
            yield from rows


def remembered() -> str:
    """Return the name of the table of this transaction in which sealed rows are remembered; nobody else sees it."""
    return f'pg_temp."sealed_{current_academy().schema_name}"'


def forget_remembered() -> None:
    """Begin to remember sealed rows: a number of a part, the number of the seal, the id and the mark."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {remembered()}")
        columns = "(part int, number bigint, id uuid, mark bytea)"
        cursor.execute(f"CREATE TEMPORARY TABLE {remembered().removeprefix('pg_temp.')} {columns} ON COMMIT DROP")


def remember(part: int, leaves: Iterable[tuple[int, bytes, bytes]]) -> None:
    """Remember sealed rows: the number of the seal, the id and the mark of each."""
    lines = b"".join(
        b"%d\t%d\t%b\t\\\\x%b\n" % (part, number, id.hex().encode(), mark.hex().encode()) for number, id, mark in leaves
    )
    with connection.cursor() as cursor, cursor.copy(f"COPY {remembered()} (part, number, id, mark) FROM STDIN") as copy:
        copy.write(lines)


def know_remembered() -> None:
    """Let the planner know how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {remembered()}")
