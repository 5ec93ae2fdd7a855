"""After a restore: what was done since the backup is carried out again, in order, before the first page is served.

The file of the journal knows more than the database then (`shipping.unseen`). Each line is one transaction: killed
half-way, it goes on at the next line. What carries an operation out is declared by the packages (`Replayed`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from leerhuis.audit import shipping
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import replaying
from leerhuis.audit.ledger import Line
from leerhuis.audit.models import JournalEntry, JournalHead
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.refusals import Refusal
from leerhuis.charter.declarations import EACH_RESTORE, Replayed
from leerhuis.charter.register import declared, function_named


class NobodyCarriesOut(Refusal):
    """The journal holds an operation that no package declares."""

    message = _("The journal holds an operation that this version cannot carry out again. Install the newest version.")


def lines_to_replay() -> list[Line]:
    """Return the lines of the file behind the last that this database knows, the whole file having been examined.

    Raises OSError, and Damaged where the file is not as it was written: forged lines are not carried out.
    """
    number, _digest = shipping.known_head()
    return [line for line in shipping.ledger().lines() if line.n > number]


def begin(*, by: Actor) -> None:
    """Do what each restore asks for, whatever the journal says: old mails wait for a person, sign-ins end."""
    inside_edge()
    for action in carried_out_by(EACH_RESTORE):
        action(by=by)


def carry_out(line: Line, *, by: Actor) -> None:
    """Carry out one line again, and know it from now on. Refuses NobodyCarriesOut.

    A line whose entry is here already was in flight when the backup was made: its effect is here, too. Two that carry
    out the same journal take turns, and each line is carried out by one of them: the worker does it by itself, while
    somebody may give the command.
    """
    inside_edge()
    _only_one()
    if line.n <= shipping.known_head()[0]:
        return
    if not JournalEntry.objects.filter(pk=line.entry).exists():
        entry = JournalEntry.objects.create(
            pk=UUID(line.entry),
            created_at=datetime.fromisoformat(line.time),
            operation=line.operation,
            subject_id=UUID(line.uuid),
            purpose=line.purpose,
            actor_kind=by.kind,
            replayed_at=clock.now(),
        )
        actions = carried_out_by(line.operation)
        if not actions:
            raise NobodyCarriesOut
        with replaying(entry):
            for action in actions:
                action(entry.subject_id, purpose=entry.purpose, by=by)
        note(f"carry out again {line.operation}", entry, by=by)
    JournalEntry.objects.filter(pk=line.entry).update(number=line.n, shipped_at=clock.now())
    JournalHead.objects.update_or_create(pk=shipping.HEAD, defaults={"number": line.n, "digest": line.hash})


def _only_one() -> None:
    """Wait until nobody else carries out this academy's journal; until the transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"replay {current_academy().schema_name}"])


def carried_out_by(operation: str) -> list[Callable[..., Any]]:
    """Return the functions that packages declare for an operation, from the ground floor up."""
    found = (replayed.action for _, replayed in declared(Replayed) if replayed.operation == operation)
    return [function_named(name) for name in found]
