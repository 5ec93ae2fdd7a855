"""What time it is: the time of the database's transaction, so that one act has one moment.

Deadlines are compared in SQL against the value of `now()`; pages show it in the academy's zone.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection

_fixed: ContextVar[datetime | None] = ContextVar("fixed_time", default=None)
_transaction: ContextVar[datetime | None] = ContextVar("transaction_time", default=None)


def now() -> datetime:
    """Return the moment of the current transaction, aware, in UTC.

    Inside an edge it is read once; elsewhere the database is asked.
    """
    return _fixed.get() or _transaction.get() or ask_database()


def ask_database() -> datetime:
    """Return the database's own transaction time (``transaction_timestamp()``)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT transaction_timestamp()")
        moment: datetime = cursor.fetchone()[0]
    return moment


def zone() -> ZoneInfo:
    """Return the zone in which an academy reads its clock."""
    return ZoneInfo(settings.TIME_ZONE)


def today() -> date:
    """Return the calendar date of `now()` in the academy's zone (never that of UTC)."""
    return now().astimezone(zone()).date()


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Hold the clock at a moment: for tests, and for writing invented history in the demo.

    Raises ValueError for a moment without a zone.
    """
    if moment.tzinfo is None:
        raise ValueError("The clock needs a moment with a time zone.")
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)


@contextmanager
def in_transaction(moment: datetime) -> Iterator[None]:
    """Remember the transaction's own time while an edge is open; only `base.edge` calls this."""
    token = _transaction.set(moment)
    try:
        yield
    finally:
        _transaction.reset(token)
