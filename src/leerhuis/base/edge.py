"""The edge owns the transaction: one request, job or command is one transaction in one academy.

Actions never open one; they assert that they are inside one with `inside_edge()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from leerhuis.base import clock

PUBLIC = "public"


class OutsideEdge(RuntimeError):
    """An action was called without a transaction: a fault in the calling code."""


@contextmanager
def edge(academy: Any = None) -> Iterator[None]:
    """Open the one transaction of a request, job or command, in the schema and role of an academy.

    `academy` is a row of `academies.Academy`, or None for work on the shared tables. The role and the time belong to
    the transaction alone (``SET LOCAL``), so nothing leaks to the next one on a pooled connection.
    """
    enter_schema(academy)
    with transaction.atomic():
        if academy is not None:
            _take_role(academy.db_role)
        with clock.in_transaction(clock.ask_database()):
            yield


def enter_schema(academy: Any) -> None:
    """Point the connection at an academy's schema (None: the shared schema) for the next transaction."""
    if academy is None:
        connection.set_schema_to_public()
    else:
        connection.set_tenant(academy)


def _take_role(role: str) -> None:
    """Become the database role that owns nothing but this academy's rows, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("SET LOCAL ROLE {}").format(sql.Identifier(role)))


def inside_edge() -> None:
    """Raise OutsideEdge unless a transaction is open. Each action calls this first."""
    if not connection.in_atomic_block:
        raise OutsideEdge("An action was called outside a transaction; open base.edge.edge() around it.")


@contextmanager
def attempt() -> Iterator[None]:
    """Try an action inside the edge: when it refuses, what it had changed is taken back and the refusal goes on."""
    with transaction.atomic():
        yield


def when_kept(then: Any) -> None:
    """Call `then()` after the transaction has been committed; never when it was taken back."""
    transaction.on_commit(then)


def tear_up() -> None:
    """Take back everything the current transaction changed when it ends (a request that failed)."""
    if connection.in_atomic_block:
        transaction.set_rollback(True)
