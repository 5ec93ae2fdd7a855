"""Giving and taking access to practice. Enrolments above push it down to here; practice knows only their ids."""

from datetime import datetime
from uuid import UUID

from django.db.models import Max

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.people.models import Person
from leerhuis.practice.events import AccessGranted, AccessWithdrawn
from leerhuis.practice.models import Access, Bank, Permit


def grant_access(person: Person, bank: Bank, until: datetime, *, because: UUID, by: Actor) -> Access:
    """Let a person practise a bank until a moment, because of something (an enrolment, by its id).

    The same cause given again moves its end. With several causes the latest end holds.
    """
    inside_edge()
    access, _ = Access.objects.select_for_update(of=("self",)).get_or_create(
        person=person, bank=bank, defaults={"until": until}
    )
    Permit.objects.update_or_create(access=access, because=because, defaults={"until": until, "withdrawn_at": None})
    _settle_end(access)
    note("grant practice", access, by=by, subject=person.id, fields=["until"])
    emit(AccessGranted(person.id, bank.id))
    return access


def withdraw_access(because: UUID, *, by: Actor) -> int:
    """End every access that rests on this cause alone; others go back to the end of their other causes.

    Returns how many accesses were touched; none the second time. What was practised is kept for its term.
    """
    inside_edge()
    permits = Permit.objects.filter(because=because, withdrawn_at=None)
    accesses = Access.objects.select_for_update(of=("self",)).filter(pk__in=permits.values("access")).order_by("id")
    touched = list(accesses)
    permits.update(withdrawn_at=clock.now())
    for access in touched:
        _settle_end(access)
        note("withdraw practice", access, by=by, subject=access.person_id, fields=["until"])
        emit(AccessWithdrawn(access.person_id, access.bank_id))
    return len(touched)


def finish_access(because: UUID, *, by: Actor) -> int:
    """Write down that what an access rests on is over: one may go on practising, and is reminded no more.

    Returns how many causes there were; none the second time.
    """
    inside_edge()
    permits = list(Permit.objects.filter(because=because, finished_at=None).select_related("access").order_by("id"))
    for permit in permits:
        permit.finished_at = clock.now()
        permit.save(update_fields=["finished_at"])
        note("finish practice", permit, by=by, subject=permit.access.person_id, fields=["finished_at"])
    return len(permits)


def _settle_end(access: Access) -> None:
    """Set the end of an access to the latest end of its causes, or to now when none is left."""
    latest = access.permits.filter(withdrawn_at=None).aggregate(latest=Max("until"))["latest"]
    access.until = latest or min(access.until, clock.now())
    access.save(update_fields=["until"])
