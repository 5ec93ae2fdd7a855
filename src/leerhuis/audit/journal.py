"""The journal: what must hold after a restore, too, is written beside its effect and kept outside the database.

An old backup knows nothing of what was done after it was made: it would bring back who was erased, and give again what
was withdrawn. So each such operation is written here, shipped to a file that no backup contains (`audit.shipping`), and
carried out again after a restore, before the first page is served (`audit.restoring`).
Why it is built like this: docs/decisions/0017-journal-and-seals.md.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import JournalEntry
from leerhuis.base.edge import inside_edge
from leerhuis.base.jobs import defer

SHIP: Final = "audit.ship_journal"


class Operation(StrEnum):
    """What is carried out again after a restore. Retention is not among it: the clock does that again by itself."""

    ERASED = "erased"
    RECTIFIED = "rectified"
    RESTRICTED = "restricted"
    RELEASED = "released"
    OBJECTED = "objected"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    SHARING_WITHDRAWN = "sharing_withdrawn"
    UNSUBSCRIBED = "unsubscribed"
    HELD = "held"
    HOLD_ENDED = "hold_ended"
    ACCESS_REVOKED = "access_revoked"
    ORGANISATION_REMOVED = "organisation_removed"


_replayed: ContextVar[JournalEntry | None] = ContextVar("replayed", default=None)


def write(operation: Operation, subject_id: UUID, *, purpose: str = "", by: Actor) -> JournalEntry:
    """Write an operation to the journal, in the transaction of its effect; a worker ships it after the commit.

    `subject_id` is the random key of what it was done to, `purpose` the id of a declared purpose where it holds for
    that purpose alone. No names, and nothing that a key would not lead to. Who promised that it is done tells so
    when `is_shipped` says yes. While the operation is carried out again after a restore, nothing is written twice.
    Keeps: W6.
    """
    inside_edge()
    known = _replayed.get()
    if known is not None:
        return known
    entry = JournalEntry.objects.create(
        operation=Operation(operation), subject_id=subject_id, purpose=purpose, actor_kind=by.kind
    )
    defer(SHIP, entry.id)
    return entry


def is_shipped(entry_id: UUID) -> bool:
    """Whether an operation stands in the journal outside the database, so that no restore can undo it unseen."""
    return JournalEntry.objects.filter(pk=entry_id, shipped_at__isnull=False).exists()


def is_waiting(operation: Operation, until: datetime) -> bool:
    """Whether an operation that was written down until a moment is yet to be shipped: a restore would undo it unseen.

    What is carried out again after a restore waits for nothing: it came out of the file.
    """
    waiting = JournalEntry.objects.filter(operation=operation, shipped_at=None, replayed_at=None)
    return waiting.filter(created_at__lte=until).exists()


def is_replayed() -> bool:
    """Whether what happens now is carried out again after a restore: whoever it concerns was told of it before."""
    return _replayed.get() is not None


@contextmanager
def replaying(entry: JournalEntry) -> Iterator[None]:
    """Carry out again what an entry says: inside, `write` gives back this entry and adds none."""
    before = _replayed.set(entry)
    try:
        yield
    finally:
        _replayed.reset(before)
