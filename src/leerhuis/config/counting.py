"""Counting what a database holds, row for row, at one known point of what it wrote: so a restore can be held to it."""

import time
from dataclasses import dataclass
from typing import Final

import psycopg
from psycopg import sql

TRIES: Final = 200
PAUSE_SECONDS: Final = 0.02

# A row's text is the same wherever it is read with these.
_SAME_FORM: Final = (
    "SET TimeZone = 'UTC'; SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'postgres'; SET bytea_output = 'hex';"
    " SET extra_float_digits = 1; SET search_path = pg_catalog"
)
_TABLES: Final = """
SELECT nspname, relname FROM pg_class JOIN pg_namespace spaces ON spaces.oid = relnamespace
WHERE relkind = 'r' AND relpersistence = 'p' AND nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
ORDER BY 1, 2
"""
_COUNT: Final = "SELECT count(*), coalesce(sum(hashtextextended(each::text, 0)::numeric), 0)::text FROM {} AS each"
_POINT: Final = "SELECT pg_current_wal_insert_lsn()::text"
_POINT_AND_UNFINISHED: Final = """
SELECT pg_current_wal_insert_lsn()::text, count(*) FROM pg_snapshot_xip(pg_current_snapshot())
"""
# Something written behind the point: recovery stops before it, and would otherwise wait for more to come.
_MARK_BEHIND: Final = "SELECT (pg_logical_emit_message(false, 'leerhuis', 'counted') - 1)::text"

Counts = dict[str, tuple[int, str]]


@dataclass(frozen=True)
class Counted:
    """A point of what the database wrote, and what each table held there (rows, sum of their hashes).

    `behind` is a place behind the point: with what was written up to there, the point can be reached. `counts` is None
    where so much was written that no quiet point was found.
    """

    point: str
    behind: str
    counts: Counts | None


def count_at_a_point(url: str) -> Counted:
    """Count every table as it is at one point, without holding anybody up.

    The point is exact: nothing was written between asking for it and the snapshot in which is counted, and no
    transaction was on its way at that moment. A moment like that comes soon, since it need last microseconds only.
    """
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_SAME_FORM)
        for _ in range(TRIES):
            before = _one(connection, _POINT)
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            point, unfinished = connection.execute(_POINT_AND_UNFINISHED).fetchone() or ("", 1)
            if point == before and not unfinished:
                counts = _counts(connection)
                connection.execute("COMMIT")
                return Counted(point, _one(connection, _MARK_BEHIND), counts)
            connection.execute("COMMIT")
            time.sleep(PAUSE_SECONDS)
        return Counted(_one(connection, _POINT), _one(connection, _MARK_BEHIND), None)


def count_now(url: str) -> Counts:
    """Count every table of a database that stands still."""
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(_SAME_FORM)
        return _counts(connection)


def differences(expected: Counts, found: Counts) -> list[str]:
    """Say in words which tables differ; names of tables and counts, nothing else."""
    told = []
    for table in sorted(expected.keys() | found.keys()):
        one, other = expected.get(table), found.get(table)
        if one is None or other is None:
            told.append(f"{table}: {'is missing' if other is None else 'should not be there'}")
        elif one[0] != other[0]:
            told.append(f"{table}: {other[0]} rows instead of {one[0]}")
        elif one[1] != other[1]:
            told.append(f"{table}: the rows are not those that were there")
    return told


def of_schema(counts: Counts, schema: str) -> tuple[int, int]:
    """Return how many tables and rows of one schema were counted."""
    rows = [count for table, (count, _) in counts.items() if table.startswith(f"{schema}.")]
    return len(rows), sum(rows)


def _counts(connection: psycopg.Connection) -> Counts:
    found: Counts = {}
    for schema, table in connection.execute(_TABLES).fetchall():
        row = connection.execute(sql.SQL(_COUNT).format(sql.Identifier(schema, table))).fetchone() or (0, "0")
        found[f"{schema}.{table}"] = (row[0], row[1])
    return found


def _one(connection: psycopg.Connection, question: str) -> str:
    row = connection.execute(question.encode()).fetchone()
    return str(row[0]) if row else ""
