"""Where people are named: one question to the database about every column of every table that may lead to a person."""

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from uuid import UUID

from django.db import connection

from leerhuis.base.composed import SOMEBODY, Composed, asking
from leerhuis.charter.checks import concrete_models, points_to_person
from leerhuis.charter.datamap import ACADEMY, schemas_of
from leerhuis.charter.foreign import subject_of
from leerhuis.privacy.rows import Model, end_of, every_row

PersonColumn = tuple[Model, str]  # a table, and the name of its column that holds the key of a person


@cache
def columns_of_people() -> tuple[PersonColumn, ...]:
    """Return every column of an academy's tables that may hold the key of a person, their own row's included."""
    return tuple(
        (model, column.name)
        for model in concrete_models()
        if ACADEMY in schemas_of(model)
        for column in model._meta.concrete_fields
        if points_to_person(column) or (column.primary_key and subject_of(model) == "self")
    )


def columns_naming(
    person_ids: Sequence[UUID], columns: Iterable[PersonColumn] | None = None
) -> frozenset[PersonColumn]:
    """Return the columns, of all or of some, in which one of these people is named now.

    It is one query, which reads one row of each column at most, by its index.
    """
    asked = columns_of_people() if columns is None else tuple(dict.fromkeys(columns))
    if not asked:
        return frozenset()
    with connection.cursor() as cursor:
        cursor.execute(_question(asked), {"people": list(person_ids)})
        answers = cursor.fetchone()
    return frozenset(column for column, is_named in zip(asked, answers, strict=True) if is_named)


@lru_cache(maxsize=64)
def _question(columns: tuple[PersonColumn, ...]) -> str:
    quote = connection.ops.quote_name
    asked = (
        f"EXISTS (SELECT FROM {quote(model._meta.db_table)}"
        f" WHERE {quote(str(end_of(model, name).column))} = ANY(%(people)s::uuid[]))"
        for model, name in columns
    )
    return f"SELECT {', '.join(asked)}"


def rows_about(person_id: UUID, tables: Iterable[tuple[Model, str]]) -> dict[Model, int]:
    """Return in which of these tables, each with its path to a person, there are rows about one, and how many.

    It is one query, which finds the rows by the paths: that somebody has an enrolment says nothing of its details.
    """
    asked = {model: _ids_of_rows(model, path) for model, path in tables}
    if not asked:
        return {}
    counts = ", ".join(f"(SELECT count(*) FROM ({each.text}) mine)" for each in asked.values())  # noqa: S608 - by the ORM
    values = tuple(value for each in asked.values() for value in each.values)
    ((*numbers,),) = Composed(f"SELECT {counts}", values).rows({SOMEBODY: person_id})
    return {model: number for model, number in zip(asked, numbers, strict=True) if number}


def _ids_of_rows(model: Model, path: str) -> Composed:
    column = "pk" if path == "self" else path
    return asking(
        (rows_about, model, path), lambda: every_row(model).filter(**{column: SOMEBODY}).order_by().values("pk")
    )


def column_of_person(model: Model, path: str) -> PersonColumn:
    """Return the column in which a path from a table ends: ``enrolment__learner`` in the learner of the enrolment."""
    column = model._meta.pk if path == "self" else end_of(model, path)
    return column.model, column.name
