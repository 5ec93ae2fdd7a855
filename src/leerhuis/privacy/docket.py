"""The requests that came in, read: those of the desk, one's own, and those of which somebody must be reminded."""

from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from leerhuis.base import clock
from leerhuis.charter.audiences import RIGHTS_DESK
from leerhuis.consent.queries import standing_topics
from leerhuis.people.models import Person, Role
from leerhuis.privacy.handling import REMIND_BEFORE
from leerhuis.privacy.models import Erasure, Reply, Request

SEEN_TO_BE_DONE: Final = (
    Request.Kind.ERASURE,
    Request.Kind.RESTRICTION,
    Request.Kind.WITHDRAWAL,
    Request.Kind.OBJECTION,
)


def requests_for(viewer: Any) -> QuerySet[Request]:
    """Return the requests that a viewer handles: for the privacy officer all, of restricted people too."""
    known = Request.objects.all()
    return known if viewer is not None and "privacy_officer" in viewer.roles else known.none()


def listed_requests(viewer: Any) -> QuerySet[Request]:
    """Return the requests that a viewer handles, each with whether it `is_closed`, by which a list sorts."""
    return requests_for(viewer).annotate(is_closed=ExpressionWrapper(Q(closed_at__isnull=False), BooleanField()))


def open_requests(viewer: Any) -> QuerySet[Request]:
    """Return the requests that were not replied to yet, the first that is due first."""
    return requests_for(viewer).filter(closed_at=None).order_by("due_on", "received_at", "id")


def my_requests(person_id: UUID) -> QuerySet[Request]:
    """Return a person's own requests, the last one first."""
    return Request.objects.filter(person=person_id).order_by("-received_at", "-id")


def replies_for(viewer: Any) -> QuerySet[Reply]:
    """Return the letters at the desk: for the privacy officer all, for others none."""
    known = Reply.objects.filter(request__isnull=False).select_related("request")
    return known if viewer is not None and "privacy_officer" in viewer.roles else known.none()


def my_replies(person_id: UUID) -> QuerySet[Reply]:
    """Return the letters to a person about their requests."""
    return Reply.objects.select_related("request", "complaint").filter(person=person_id)


def with_people(rows: Any) -> list[Any]:
    """Return requests with the person of each as `whose` and of the owner as `keeper`; one query for all of them."""
    found = list(rows)
    ids = {each.person for each in found} | {each.owner for each in found}
    known = Person.objects.in_bulk([each for each in ids if each])
    for each in found:
        each.whose, each.keeper = known.get(each.person), known.get(each.owner)
    return found


def is_carried_out(request: Request) -> bool:
    """Whether what a request asks for is so, where the system can see it: a letter that grants it would say so.

    Erasure: it was asked for at least. Restriction: the use is restricted. Withdrawal: it was done on the request, or
    nothing is consented to. Objection: it was done on the request (sharing, news), or the use is restricted or the
    data are erased, since nothing else stops every use. Somebody who is not in the request any more was erased.
    """
    if request.kind not in SEEN_TO_BE_DONE or request.person is None or request.carried_out_at is not None:
        return True
    if Erasure.objects.filter(Q(person=request.person) | Q(request_id=request.id)).exists():
        return request.kind != Request.Kind.RESTRICTION
    if request.kind == Request.Kind.WITHDRAWAL:
        return not any(standing_topics(each, "nl") for each in Person.objects.filter(pk=request.person))
    restricted = Person.objects.filter(pk=request.person).exclude(restricted_at=None).exists()
    return request.kind != Request.Kind.ERASURE and restricted


def requests_to_remind_of() -> QuerySet[Request]:
    """Return the requests of which their owner must hear today: due within a week or past it, and not told today."""
    soon = clock.today() + timedelta(days=REMIND_BEFORE)
    waiting = Request.objects.filter(closed_at=None, due_on__lte=soon).exclude(reminded_on=clock.today())
    return waiting.order_by("due_on", "id")


def officers() -> list[Person]:
    """Return the privacy officers of this moment, by name."""
    now = Person.objects.filter(roles__name=Role.Name.PRIVACY_OFFICER, roles__ended_at=None)
    return list(now.exclude(state=Person.State.ERASED).order_by("sort_name", "id"))


def people_found(viewer: Any, address: str) -> Person | None:
    """Return whom a privacy officer may choose for a request by the whole address on file; nobody for others."""
    if viewer is None or "privacy_officer" not in viewer.roles:
        return None
    return _on_file(address)


def person_who_asks(viewer: Any, address: str) -> Person | None:
    """Return whom the desk takes a request in for, by the whole address on file; nobody for who is not at the desk."""
    return _on_file(address) if viewer is not None and viewer.roles & RIGHTS_DESK.roles else None


def _on_file(address: str) -> Person | None:
    known = Person.objects.exclude(state=Person.State.ERASED)
    return known.filter(email__iexact=address.strip()).first() if address.strip() else None
