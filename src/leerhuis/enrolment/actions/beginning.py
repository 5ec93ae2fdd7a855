"""How every enrolment begins, by whichever way it came in."""

from typing import Any

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.consent.actions import note_age
from leerhuis.consent.queries import agreement_in_force
from leerhuis.enrolment.models import Detail, Enrolment, Grant, Registration
from leerhuis.enrolment.practising import open_practice
from leerhuis.organisations.actions import add_employee
from leerhuis.people.models import Person


def begin_enrolment(
    registration: Registration, learner: Person, *, seated: bool, answers: dict[str, Any] | None = None, by: Actor
) -> Enrolment:
    """Write down one learner of a registration, with a seat or a place on the waiting list.

    The caller holds the lock of the run and has counted its seats. What was agreed with an ordering employer is copied
    to a grant now, so that a later agreement changes nothing of it; a seat opens practice. Keeps: K6.
    """
    inside_edge()
    enrolment = Enrolment.objects.create(
        run=registration.run,
        learner=learner,
        registration=registration,
        ordered_by=registration.organisation,
        state=Enrolment.State.ENROLLED if seated else Enrolment.State.WAITING,
        price=registration.run.price,
        waiting_since=None if seated else clock.now(),
    )
    if given := {name: value for name, value in (answers or {}).items() if value}:
        detail = Detail.objects.create(enrolment=enrolment, **given)
        note_age(learner, detail.birth_date, by=by)
    if registration.organisation:
        add_employee(registration.organisation, learner, by=by)
        _copy_agreement(enrolment)
    if seated:
        open_practice(enrolment, by=by)
    note("enrol" if seated else "put on waiting list", enrolment, by=by, subject=learner.id, fields=given)
    return enrolment


def _copy_agreement(enrolment: Enrolment) -> None:
    """Make the grant of an enrolment from what is agreed with its employer at this moment; nothing when nothing is."""
    agreement = agreement_in_force(enrolment.registration.organisation) if enrolment.registration.organisation else None
    if agreement is not None:
        Grant.objects.create(
            enrolment=enrolment,
            agreement=agreement,
            attendance=agreement.attendance,
            progress=agreement.progress,
            result=agreement.result,
        )
