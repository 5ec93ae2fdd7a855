"""What is past its term, counted and let go in pieces; and whether the clock that says so can be believed."""

import hashlib
import time
from datetime import timedelta
from pathlib import Path
from typing import Final

from django.db import connection

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import JournalEntry
from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.privacy.claims import TermOf, claims_on_rows, is_free, tables_in_order
from leerhuis.privacy.compiler import free_rows, let_go, strip, texts_past_term
from leerhuis.privacy.models import RetentionRun
from leerhuis.privacy.models.letting_go import TEXTS
from leerhuis.privacy.rows import Model

SOON: Final = (7, 30)  # days ahead that the page tells
JUMP: Final = timedelta(hours=1)
AWAY: Final = timedelta(days=7)  # a machine that was off for longer may have lost its clock
BOOT: Final = Path("/proc/sys/kernel/random/boot_id")


def let_piece_go(term_of: TermOf, at_most: int, *, by: Actor) -> dict[str, int]:
    """Let at most so many rows go, table by table, then empty texts that nothing keeps; returns how many of each."""
    went: dict[str, int] = {}
    for model in tables_in_order():
        left = at_most - sum(went.values())
        if left <= 0:
            break
        if is_let_go_here(model) and (rows := let_go(model, term_of, left, by=by)):
            went[model._meta.label] = rows
    for model in tables_in_order():
        left = at_most - sum(went.values())
        if left <= 0:
            break
        if rows := strip(model, term_of, left, by=by):
            went[model._meta.label + TEXTS] = rows
    return went


def count_due(term_of: TermOf) -> dict[str, int]:
    """Return how many rows of each table may go now, and of how many others texts (`TEXTS`); two queries for each.

    What only waits for such rows is not among them: the enrolment of a result, an account for its last course. It goes
    with the last of them.
    """
    counts = {model._meta.label: free_rows(model, term_of).count() for model in tables_with_claims()}
    for model in tables_in_order():
        stays = texts_past_term(model, term_of).exclude(is_free(model, term_of))
        counts[model._meta.label + TEXTS] = 0 if stays.query.is_empty() else stays.count()
    return {label: rows for label, rows in counts.items() if rows}


def count_soon(term_of: TermOf) -> dict[str, dict[str, int]]:
    """Return how many rows of each table will be past their term within so many days, by the number of days."""
    soon = {}
    for days in SOON:
        with clock.at(clock.now() + timedelta(days=days)):
            soon[str(days)] = count_due(term_of)
    return soon


def tables_with_claims() -> list[Model]:
    """Return the tables whose rows are kept for a purpose, in the order in which rows can go."""
    return [model for model in tables_in_order() if is_let_go_here(model)]


def is_let_go_here(model: Model) -> bool:
    """Whether rows of a table go by their claims; the journal's go with their lines outside (`audit.shipping`)."""
    return bool(claims_on_rows(model)) and model is not JournalEntry


def machine_clock() -> tuple[str, float]:
    """Return a digest of the start of this machine, and for how many seconds it runs, sleep included."""
    boot = BOOT.read_text(encoding="ascii").strip() if BOOT.exists() else ""
    name = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    return hashlib.sha256(boot.encode()).hexdigest() if boot else "", time.clock_gettime(name)


def clock_jumped(run: RetentionRun) -> bool:
    """Whether the database's clock went otherwise than time did since the last run.

    On a machine that was not started anew the two must agree to an hour. After a start only a clock that went back, or
    a week ahead, is taken for one that jumped: nobody knows how long the machine was off.
    """
    before = RetentionRun.objects.exclude(pk=run.pk).order_by("-created_at", "-id").first()
    if before is None:
        return False
    by_clock = run.clocked_at - before.clocked_at
    if run.boot and run.boot == before.boot:
        return abs(by_clock - timedelta(seconds=run.uptime - before.uptime)) > JUMP
    return by_clock < timedelta(0) or by_clock > AWAY


def analyse_tables() -> None:
    """Have the planner forget values of rows that went: its statistics quote the most common ones. Keeps: L19.

    Of a table without rows it would keep what it knew: there it is told to forget, which PostgreSQL can from 18 on.
    """
    schema = current_academy().schema_name
    with connection.cursor() as cursor:
        cursor.execute(MAY_ANALYSE, [schema])
        names = [name for (name,) in cursor.fetchall()]
        for name in names:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(schema)}.{connection.ops.quote_name(name)}")
        cursor.execute("SELECT current_setting('server_version_num')::int")
        if cursor.fetchone()[0] >= FORGETS:
            cursor.execute(FORGET_EMPTY, [schema, names])


FORGETS: Final = 180_000  # from this version of PostgreSQL on
FORGET_EMPTY: Final = """
SELECT pg_clear_attribute_stats(schemaname::text, tablename::text, attname::text, inherited)
FROM pg_stats JOIN pg_class ON relnamespace = to_regnamespace(schemaname::text) AND relname = tablename
WHERE schemaname = %s AND relname = ANY(%s) AND reltuples = 0
"""
MAY_ANALYSE: Final = """
SELECT relname FROM pg_class WHERE relnamespace = to_regnamespace(%s) AND relkind = 'r'
AND (current_setting('server_version_num')::int < 170000 OR has_table_privilege(oid, 'MAINTAIN')) ORDER BY relname
"""
