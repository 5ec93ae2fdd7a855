"""Giving a result, issuing a certificate, and revoking one. Each is decided by a person."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.ids import random_number
from leerhuis.base.text import tidy
from leerhuis.catalogue.models import Run
from leerhuis.enrolment.actions import complete_enrolment
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import contacts_who_see
from leerhuis.people.actions import lock_alive
from leerhuis.people.models import Person
from leerhuis.results import mails
from leerhuis.results.events import CertificateIssued, CertificateRevoked, OutcomeCorrected, ResultGiven
from leerhuis.results.models import Certificate, CertificateNumber, Result
from leerhuis.results.queries import complete_among, standing_certificates
from leerhuis.results.queries.attendance import SEATED
from leerhuis.results.rules import (
    AlreadyRevoked,
    CertificateStands,
    NoSeat,
    reason_of,
    refuse_before_end,
    refuse_certificate,
    refuse_without_person,
)
from leerhuis.ui.paper.press import refuse_unprintable


def give_result(enrolment: Enrolment, outcome: str, *, remark: str = "", by: Actor) -> Result:
    """Write down what a person decided about an enrolment (`Result.Outcome`), complete it, and tell the learner.

    Deciding otherwise later replaces the result and tells the learner again, and the contacts who saw it (article 19
    AVG); deciding the same changes only the remark, without a mail. Refuses PersonMustDecide for anything but a human
    being, NoSeat, RunNotOver, CertificateStands, and Gone for a learner who was erased meanwhile. Keeps: L23.
    """
    inside_edge()
    refuse_without_person(by)
    learner, enrolment = _lock(enrolment)
    if enrolment.state not in SEATED:
        raise NoSeat
    refuse_before_end(enrolment.run.last_day, clock.today())
    result = Result.objects.filter(enrolment=enrolment).first()
    decided = Result.Outcome(outcome)
    changed = result is None or result.outcome != decided
    if changed and standing_certificates([enrolment.id]):
        raise CertificateStands
    corrected = changed and result is not None
    result = result or Result(enrolment=enrolment)
    result.outcome, result.remark = decided, remark.strip()
    result.decided_by, result.decided_at = by.person_id, clock.now()
    result.save()
    if enrolment.state != Enrolment.State.COMPLETED:
        complete_enrolment(enrolment, by=by)
    note("give result", result, by=by, subject=learner.id, fields=["outcome", "remark"] if changed else ["remark"])
    if changed:
        mails.result_given.send(enrolment, by=by)
        emit(ResultGiven(enrolment.id))
    if corrected:
        for contact in contacts_who_see(enrolment, "result"):
            mails.outcome_corrected.send(enrolment, contact, by=by)
        emit(OutcomeCorrected(enrolment.id, "result"))
    return result


def issue_certificate(enrolment: Enrolment, *, by: Actor) -> Certificate:
    """Give a learner who passed and was at every lesson a certificate with a number of its own, and tell them.

    The certificate is a snapshot: name, course, hours and points stay as they are now. Refuses PersonMustDecide,
    HasCertificate, NotPassed, AttendanceIncomplete, Unprintable for a name that cannot be set on paper, and Gone for a
    learner who was erased meanwhile. Keeps: L23, W2.
    """
    inside_edge()
    refuse_without_person(by)
    learner, enrolment = _lock(enrolment)
    refuse_certificate(
        Result.objects.filter(enrolment=enrolment).first(),
        standing_certificates([enrolment.id]).get(enrolment.id),
        complete=enrolment.id in complete_among([enrolment.id]),
    )
    refuse_unprintable(learner.name)
    certificate = Certificate.objects.create(
        enrolment=enrolment, number=_new_number(), **_snapshot(learner, enrolment.run)
    )
    CertificateNumber.objects.create(number=certificate.number)
    note("issue certificate", certificate, by=by, subject=learner.id)
    mails.certificate_issued.send(certificate, by=by)
    emit(CertificateIssued(certificate.id))
    return certificate


def revoke_certificate(certificate: Certificate, *, reason: str, by: Actor) -> None:
    """Say that a certificate is no longer valid, and why; the public page says so from now on. Tells the learner.

    Refuses PersonMustDecide, ReasonNeeded, AlreadyRevoked, and Gone for a learner who was erased meanwhile. Keeps: W2.
    """
    inside_edge()
    refuse_without_person(by)
    why = reason_of(reason)
    learner, _ = _lock(certificate.enrolment)
    certificate.refresh_from_db()
    if not certificate.is_valid:
        raise AlreadyRevoked
    certificate.revoked_at, certificate.revoked_reason = clock.now(), why
    certificate.save(update_fields=["revoked_at", "revoked_reason"])
    CertificateNumber.objects.filter(number=certificate.number).update(revoked_at=certificate.revoked_at)
    note("revoke certificate", certificate, by=by, subject=learner.id, fields=["revoked_at", "revoked_reason"])
    mails.certificate_revoked.send(certificate, by=by)
    emit(CertificateRevoked(certificate.id))


def _lock(enrolment: Enrolment) -> tuple[Person, Enrolment]:
    """Hold the learner's row and the enrolment's, in this order, and return both as they are now."""
    learner = lock_alive(enrolment.learner_id)
    held = Enrolment.objects.select_for_update(of=("self",)).select_related("run__course", "learner")
    return learner, held.get(pk=enrolment.pk)


def _new_number() -> str:
    """Return a number that no certificate ever had."""
    while CertificateNumber.objects.filter(number=(number := random_number())).exists():
        continue
    return number


def _snapshot(learner: Person, run: Run) -> dict[str, object]:
    """Return what stands on a certificate besides its number, as it is at this moment."""
    course = run.course
    return {
        "first_name": tidy(learner.first_name),
        "last_name": tidy(learner.last_name),
        "course_title": course.title_in(course.language),
        "hours": course.hours,
        "points": course.points,
        "register": course.register if course.points else "",
        "finished_on": run.last_day or clock.today(),
        "language": course.language,
    }
