"""The data map and the live catalogue of the database name the same tables and columns, in both directions."""

from collections.abc import Iterable, Iterator

from django.db import connection

from leerhuis.charter.datamap import ACADEMY, SHARED, Column, data_map
from tests.house.source import assert_silent

Place = tuple[str, str, str]  # kind of schema, table, column

LIVE = """
SELECT class.relname, attribute.attname
FROM pg_class class
JOIN pg_namespace namespace ON namespace.oid = class.relnamespace
JOIN pg_attribute attribute ON attribute.attrelid = class.oid
WHERE namespace.nspname = %s AND class.relkind IN ('r', 'p', 'v', 'm', 'f')
  AND attribute.attnum > 0 AND NOT attribute.attisdropped
"""


def live_places(kind: str, schema: str) -> set[Place]:
    """Return every column of every table and view in a schema, as the database itself knows them."""
    with connection.cursor() as cursor:
        cursor.execute(LIVE, [schema])
        return {(kind, table, column) for table, column in cursor.fetchall()}


def differences(mapped: Iterable[Column], live: set[Place]) -> Iterator[str]:
    """Guard: yield, in words, each column that only the map or only the database has."""
    known = {(each.schema_kind, each.table, each.column) for each in mapped}
    for kind, table, column in sorted(live - known):
        yield f"{kind}: the column {table}.{column} is in the database, but not in the data map"
    for kind, table, column in sorted(known - live):
        yield f"{kind}: the column {table}.{column} is in the data map, but not in the database"


def everywhere(academy_schema: str) -> set[Place]:
    """Return the columns of one academy's schema and of the shared one."""
    return live_places(ACADEMY, academy_schema) | live_places(SHARED, "public")


def test_map_and_database_name_the_same_columns(academy):
    assert_silent(differences(data_map(), everywhere(academy.schema_name)))


def test_every_academy_has_the_same_columns(academy):
    assert live_places(ACADEMY, "kjenning") == live_places(ACADEMY, academy.schema_name)


def test_a_table_that_nobody_declared_is_caught(academy):
    before = set(differences(data_map(), everywhere(academy.schema_name)))
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("CREATE TABLE sneaky (name text)")
        cursor.execute("CREATE VIEW public.sneaky_view AS SELECT 1 AS birth_date")
        cursor.execute("ALTER TABLE person ADD COLUMN nickname text")

    after = set(differences(data_map(), everywhere(academy.schema_name)))
    assert sorted(after - before) == [
        "academy: the column person.nickname is in the database, but not in the data map",
        "academy: the column sneaky.name is in the database, but not in the data map",
        "public: the column sneaky_view.birth_date is in the database, but not in the data map",
    ]


def test_a_declared_column_that_is_not_there_is_caught(academy):
    before = set(differences(data_map(), everywhere(academy.schema_name)))
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute("ALTER TABLE role DROP COLUMN name")

    after = set(differences(data_map(), everywhere(academy.schema_name)))
    assert sorted(after - before) == [
        "academy: the column role.name is in the data map, but not in the database",
    ]


def test_the_map_says_of_a_name_what_holds_for_it():
    (name,) = (each for each in data_map() if (each.table, each.column) == ("person", "first_name"))

    assert (name.schema_kind, name.word, name.on_erasure) == ("academy", "identity", "deleted")
    assert "people.account" in name.purposes
    assert len(name.purposes) == len(name.basis) == len(name.term)
    assert "office" in name.audiences


def test_the_map_says_why_a_column_tells_nothing():
    (queue,) = (each for each in data_map() if (each.table, each.column) == ("procrastinate_jobs", "args"))

    assert queue == Column(
        schema_kind="public",
        table="procrastinate_jobs",
        column="args",
        word="nothing: the queue of work: an academy, the name of a job and an id",
        purposes=(),
        basis=(),
        term=(),
        audiences=(),
        on_erasure="stays",
    )
