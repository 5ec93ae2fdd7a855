"""Adding counts to the rows of facts, and moving them from an organisation to those without one. Only for actions.

Several may add to the same row at once; the database adds them up.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.lookups import IsNull
from psycopg import sql

from leerhuis.insights.counting import Counts, Key, without_organisation
from leerhuis.insights.models import OF_ORGANISATIONS, Fact

PIECE = 1000  # rows in one statement


def add(counts: Counts) -> None:
    """Add counts to the facts: one statement for a thousand rows of a table, in the order of their keys."""
    for model, rows in counts.items():
        lines = iter(sorted(rows.items(), key=lambda row: tuple(map(str, row[0]))))
        while piece := list(islice(lines, PIECE)):
            _upsert(model, piece)


def _upsert(model: type[Fact], rows: Sequence[tuple[Key, "Counter[str]"]]) -> None:
    counters, table = model.counters(), sql.Identifier(model._meta.db_table)
    keys = sql.SQL(", ").join(map(sql.Identifier, model.keys))
    added = (
        sql.SQL("{name} = {table}.{name} + EXCLUDED.{name}").format(name=sql.Identifier(name), table=table)
        for name in counters
    )
    line = sql.SQL("({})").format(sql.SQL(", ").join(sql.Placeholder() * (1 + len(model.keys) + len(counters))))
    statement = sql.SQL(
        "INSERT INTO {table} (id, {keys}, {counters}) VALUES {lines} ON CONFLICT ({keys}) DO UPDATE SET {added}"
    ).format(
        table=table,
        keys=keys,
        counters=sql.SQL(", ").join(map(sql.Identifier, counters)),
        lines=sql.SQL(", ").join(line for _ in rows),
        added=sql.SQL(", ").join(added),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, list(_values(rows, counters)))


def _values(rows: Sequence[tuple[Key, "Counter[str]"]], counters: Sequence[str]) -> Iterator[Any]:
    for key, numbers in rows:
        yield uuid4()
        yield from key
        yield from (numbers[name] for name in counters)


def leave_organisation(booked: Counts) -> None:
    """Move what was booked of somebody from their organisation to the rows without one; the sum stays the same.

    Never more than stands there: what was corrected after it was booked cannot make a number negative.
    """
    for model, rows in booked.items():
        if model in OF_ORGANISATIONS:
            for key, numbers in rows.items():
                _move(model, key, numbers)


def _move(model: type[Fact], key: Key, numbers: "Counter[str]") -> None:
    names = dict(zip(model.keys, key, strict=True))
    if names["organisation_id"] is None:
        return
    row = model.rows().select_for_update().filter(**names).first()
    if row is None:
        return
    moved = Counter({name: min(number, getattr(row, name)) for name, number in numbers.items()})
    for name, number in moved.items():
        setattr(row, name, getattr(row, name) - number)
    row.save(update_fields=list(moved))
    add({model: {without_organisation(model, key): moved}})


def merge_organisation(organisation_id: UUID) -> None:
    """Add rows of an organisation to those without one where both are there, and drop them; the others stay."""
    for model in OF_ORGANISATIONS:
        twins = model.rows().filter(organisation=None)
        for name in (each for each in model.keys if each != "organisation_id"):
            outer = IsNull(OuterRef(name), True)  # noqa: FBT003 - its own signature
            twins = twins.filter(Q(**{name: OuterRef(name)}) | Q(outer, **{f"{name}__isnull": True}))
        rows = list(model.rows().select_for_update().filter(Exists(twins), organisation=organisation_id))
        merged: dict[Key, Counter[str]] = {}
        for row in rows:
            key = without_organisation(model, tuple(getattr(row, name) for name in model.keys))
            merged[key] = Counter({name: getattr(row, name) for name in model.counters()})
        if merged:
            model.rows().filter(pk__in=[row.pk for row in rows]).delete()
            add({model: merged})
