"""Adding many rows at once: each column goes to the database as one array, so that the statement stays as short.

`bulk_create` writes every value of every row into the statement, which for a hundred rows takes longer than what the
database does with them.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import connection
from django.db.models import Field, JSONField, Model
from psycopg import sql


def add_rows(rows: Iterable[Model], *, on: Sequence[str] = (), renew: Sequence[str] = ()) -> int:
    """Write rows of one model that are not in the database yet, in one statement; returns how many.

    `on` names the fields of which the same values may not occur twice: the row that is there gets the values of the
    fields in `renew`. What the database itself fills, and events of Django, play no part. Raises TypeError for a model
    with a column of arrays, and what the database raises for rows that it does not take.
    """
    given = list(rows)
    if not given:
        return 0
    model = type(given[0])
    columns = _columns_of(model)
    values = [[_sent(column, column.pre_save(row, add=True)) for row in given] for column in columns]
    with connection.cursor() as cursor:
        cursor.execute(_statement(model, tuple(on), tuple(renew)), values)
    for row in given:
        row._state.adding = False  # noqa: SLF001 - as Django does for what it wrote
    return len(given)


@cache
def _columns_of(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    columns = tuple(column for column in model._meta.concrete_fields if not getattr(column, "generated", False))
    if any(isinstance(column, ArrayField) for column in columns):
        raise TypeError(f"{model.__name__} has a column of arrays, which cannot be sent as an array of them.")
    return columns


@cache
def _statement(model: type[Model], on: tuple[str, ...], renew: tuple[str, ...]) -> sql.Composed:
    columns = _columns_of(model)
    names = sql.SQL(", ").join(_name(column) for column in columns)
    arrays = sql.SQL(", ").join(sql.SQL(f"%s::{_kind(column)}[]") for column in columns)
    told = sql.SQL("INSERT INTO {} ({}) SELECT * FROM unnest({})").format(
        sql.Identifier(model._meta.db_table), names, arrays
    )
    if not on:
        return told
    fields = {column.name: column for column in columns}
    keys, new = ([_name(fields[name]) for name in names_] for names_ in (on, renew))
    changes = sql.SQL(", ").join(sql.SQL("{0} = EXCLUDED.{0}").format(name) for name in new)
    return told + sql.SQL(" ON CONFLICT ({}) DO UPDATE SET {}").format(sql.SQL(", ").join(keys), changes)


def _sent(column: "Field[Any, Any]", value: Any) -> Any:
    """Return a value as the database's library takes it."""
    if isinstance(column, JSONField):
        return column.get_db_prep_save(value, connection)
    return column.get_prep_value(value)


def _name(column: "Field[Any, Any]") -> sql.Identifier:
    return sql.Identifier(str(column.column))


def _kind(column: "Field[Any, Any]") -> str:
    """Return the type of a column as the database knows it, without what only a definition has (``varchar(6)``)."""
    return str(column.db_type(connection)).partition("(")[0]
