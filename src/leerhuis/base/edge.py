"""The edge owns the transaction: one request, job or command is one transaction in one academy.

Actions never open one; they assert that they are inside one with `inside_edge()`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg import sql

from leerhuis.base import clock

PUBLIC = "public"
_tenants: Any = connection  # with what django-tenants adds to it, of which Django's types do not know


class OutsideEdge(RuntimeError):
    """An action was called without a transaction: a fault in the calling code."""


@dataclass(frozen=True)
class _Place:
    """Where the current transaction is: in an academy, or (None) at the shared tables; with a page's rights or not."""

    academy: Any
    as_web: bool = False


_place: ContextVar[_Place | None] = ContextVar("place", default=None)


@contextmanager
def edge(academy: Any = None, *, as_web: bool | None = None) -> Iterator[None]:
    """Open the one transaction of a request, job or command, in the schema and role of an academy.

    `academy` is a row of `academies.Academy`, or None for work on the shared tables. The role and the time belong to
    the transaction alone (``SET LOCAL``), so nothing leaks to the next one on a pooled connection. Inside another
    edge (a test's) it is a part of that one, and returns to its place.

    `as_web` takes the role of pages, which may add to audit and ledgers but not change them; None: as the enclosing
    edge, else as this process signed in (`LEERHUIS_DATABASE_ROLE`).
    """
    outer = _place.get()
    if as_web is None:
        as_web = outer.as_web if outer is not None else settings.DATABASE_ROLE == "web"
    _go_to(academy)
    place = _Place(academy, as_web)
    here = _place.set(place)
    try:
        with transaction.atomic():
            _take_role(place)
            with clock.in_transaction(clock.ask_database()):
                yield
    finally:
        _place.reset(here)
        _return_to(outer)


@contextmanager
def at_shared_tables() -> Iterator[None]:
    """Look something up in the tables that academies share, then return to where the transaction was."""
    outer = _place.get()
    _go_to(None)
    try:
        yield
    finally:
        _return_to(outer)


def enter_schema(academy: Any) -> None:
    """Point the connection at an academy's schema (None: the shared tables) for what follows outside any edge."""
    _go_to(academy)


def current_academy() -> Any:
    """Return the academy whose schema is entered at this moment; on the shared tables a stand-in without settings."""
    return _tenants.tenant


def _go_to(academy: Any) -> None:
    """Leave the role that an enclosing transaction took, if any, and point the connection at a schema."""
    if _place.get() is not None and connection.in_atomic_block and not connection.needs_rollback:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")
    if academy is None:
        _tenants.set_schema_to_public()
    else:
        _tenants.set_tenant(academy)


def _return_to(outer: _Place | None) -> None:
    """Be again where the enclosing transaction was."""
    if outer is None:
        _tenants.set_schema_to_public()
        return
    _go_to(outer.academy)
    if connection.in_atomic_block and not connection.needs_rollback:
        _take_role(outer)


def _take_role(place: _Place) -> None:
    """Become the database role that can reach nothing but this academy's rows, until the transaction ends."""
    if place.academy is None:
        return
    role = place.academy.web_role if place.as_web else place.academy.db_role
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
