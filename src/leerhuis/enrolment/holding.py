"""What several actions do with one enrolment: hold it, and tell the contact who ordered it."""

from typing import Any

from leerhuis.audit.actor import Actor
from leerhuis.enrolment.models import Enrolment
from leerhuis.organisations.queries import contacts_of


def hold(enrolment: Enrolment) -> Enrolment:
    """Return an enrolment as it is now, held until the transaction ends."""
    held = Enrolment.objects.select_for_update(of=("self",))
    return held.select_related("run__course", "learner", "ordered_by", "registration").get(pk=enrolment.pk)


def tell_contacts(kind: Any, enrolment: Enrolment, *more: Any, by: Actor) -> None:
    """Mail the contact who ordered an enrolment, or all of the organisation's when they are no contact any more.

    Of somebody of whose data the use is restricted they hear nothing. Keeps: L21.
    """
    if enrolment.ordered_by is None or enrolment.learner.restricted_at is not None:
        return
    contacts = list(contacts_of(enrolment.ordered_by))
    ordered = [each for each in contacts if each.id == enrolment.registration.handed_in_by_id]
    for contact in ordered or contacts:
        kind.send(enrolment, contact, *more, by=by)
