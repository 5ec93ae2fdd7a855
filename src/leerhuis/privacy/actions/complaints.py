"""Complaints: taking one in, answering it, more time, the appeal, and closing it."""

from datetime import date, datetime

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.people.models import Person
from leerhuis.privacy import grievances, mails
from leerhuis.privacy.docket import officers
from leerhuis.privacy.events import ComplaintAnswered, ComplaintDue, ComplaintReceived
from leerhuis.privacy.grievances import AnsweredAlready, LaterWithReason, NotAnswered, OutcomeMissing
from leerhuis.privacy.handling import KnownAlready
from leerhuis.privacy.letters import title_of_complaint
from leerhuis.privacy.models import Complaint, Reply


def receive_complaint(
    *,
    name: str,
    address: str,
    told: str,
    subject_of: str,
    channel: str,
    person: Person | None = None,
    language: str = "nl",
    received_at: datetime | None = None,
    not_a_bsn: bool = False,
    by: Actor,
) -> Complaint:
    """Take in a complaint, of somebody known or not, and tell them at once that it came in. Keeps: L38, K20.

    The receipt goes by mail to the address that was given; without one somebody confirms it by hand within the term.
    """
    inside_edge()
    received = min(received_at or clock.now(), clock.now())
    confirm_by, answer_by = grievances.last_days(received, current_academy().settings)
    mailed = "@" in address
    complaint = Complaint.objects.create(
        person=person.id if person else None,
        name=tidy(name),
        address=tidy(address),
        language="en" if language == "en" else "nl",
        subject_of=subject_of,
        channel=channel,
        told=told.strip(),
        not_a_bsn=not_a_bsn,
        received_at=received,
        confirm_by=confirm_by,
        confirmed_at=clock.now() if mailed else None,
        answer_by=answer_by,
        recorded_by=by.person_id,
    )
    note("receive complaint", complaint, by=by, subject=complaint.person)
    if mailed:
        mails.complaint_received.send(complaint, by=by)
    emit(ComplaintReceived(complaint.id))
    return complaint


def take_complaint(complaint: Complaint, *, by: Actor) -> None:
    """Be the one who handles a complaint. Somebody who was not involved does, says the procedure."""
    inside_edge()
    locked = _locked(complaint)
    locked.owner = by.person_id
    locked.save(update_fields=["owner"])
    note("take on complaint", locked, by=by, subject=locked.person, fields=["owner"])


def say_whose_complaint(complaint: Complaint, person: Person, *, by: Actor) -> None:
    """Say which person complained, so that it is among their data; an address that was given says nothing by itself.

    Letters that were sent go along. Refuses KnownAlready.
    """
    inside_edge()
    locked = _locked(complaint)
    if locked.person is not None:
        raise KnownAlready
    locked.person = person.id
    locked.save(update_fields=["person"])
    locked.replies.update(person=person.id)
    note("say whose complaint", locked, by=by, subject=person.id, fields=["person"])


def confirm_complaint(complaint: Complaint, *, by: Actor) -> None:
    """Write down that the complainant heard that it came in, by letter or telephone."""
    inside_edge()
    locked = _locked(complaint)
    locked.confirmed_at = locked.confirmed_at or clock.now()
    locked.save(update_fields=["confirmed_at"])
    note("confirm complaint", locked, by=by, subject=locked.person, fields=["confirmed_at"])


def delay_complaint(complaint: Complaint, *, until: date, reason: str, by: Actor) -> Reply:
    """Take more time for a complaint and tell the complainant until when and why. Refuses LaterWithReason."""
    inside_edge()
    locked = _unanswered(complaint)
    if not tidy(reason) or until <= locked.answer_by or locked.answer_by < clock.today():
        raise LaterWithReason
    locked.answer_by, locked.later_because = until, reason.strip()
    locked.save(update_fields=["answer_by", "later_because"])
    reply = _reply(locked, Reply.Kind.EXTENSION, reason.strip(), by=by)
    note("delay complaint", locked, by=by, subject=locked.person, fields=["answer_by"])
    if "@" in locked.address:
        mails.complaint_delayed.send(locked, by=by)
    return reply


def answer_complaint(complaint: Complaint, *, outcome: str, body: str, learned: str = "", by: Actor) -> Reply:
    """Answer a complaint with reasons, name the body of appeal, and close it. Refuses OutcomeMissing. Keeps: L38, K20.

    `learned` is what changes because of it; it goes to nobody and counts in the yearly figures.
    """
    inside_edge()
    locked = _unanswered(complaint)
    if outcome not in Complaint.Outcome.values or not body.strip():
        raise OutcomeMissing
    locked.outcome, locked.learned = outcome, learned.strip()
    locked.answered_at = locked.closed_at = clock.now()
    locked.confirmed_at = locked.confirmed_at or clock.now()
    locked.owner = locked.owner or by.person_id
    locked.save(update_fields=["outcome", "learned", "answered_at", "closed_at", "confirmed_at", "owner"])
    reply = _reply(locked, Reply.Kind.ANSWER, body.strip(), by=by)
    note(f"answer complaint {outcome}", locked, by=by, subject=locked.person, fields=["outcome"])
    if "@" in locked.address:
        mails.complaint_answered.send(locked, reply, by=by)
    emit(ComplaintAnswered(locked.id))
    return reply


def record_appeal(complaint: Complaint, *, by: Actor) -> None:
    """Write down that the complainant appealed: the complaint stands open again. Refuses NotAnswered."""
    inside_edge()
    locked = _locked(complaint)
    if locked.answered_at is None:
        raise NotAnswered
    locked.appealed_at, locked.closed_at = locked.appealed_at or clock.now(), None
    locked.save(update_fields=["appealed_at", "closed_at"])
    note("record appeal", locked, by=by, subject=locked.person, fields=["appealed_at"])


def close_complaint(complaint: Complaint, *, learned: str, by: Actor) -> None:
    """Close a complaint after its appeal, with what came of it. Refuses NotAnswered."""
    inside_edge()
    locked = _locked(complaint)
    if locked.answered_at is None:
        raise NotAnswered
    locked.closed_at, locked.learned = locked.closed_at or clock.now(), learned.strip() or locked.learned
    locked.save(update_fields=["closed_at", "learned"])
    note("close complaint", locked, by=by, subject=locked.person, fields=["closed_at"])


def remind_of_complaints(*, by: Actor) -> int:
    """Write to whoever handles a complaint that its last day is near or past; each day once. Keeps: L38."""
    inside_edge()
    waiting = list(grievances.complaints_to_remind_of().select_for_update(of=("self",), skip_locked=True))
    everybody = officers() if waiting else []
    for complaint in waiting:
        complaint.reminded_on = clock.today()
        complaint.save(update_fields=["reminded_on"])
        note("remind of complaint", complaint, by=by, subject=complaint.person, fields=["reminded_on"])
        for officer in [each for each in everybody if each.id == complaint.owner] or everybody:
            mails.complaint_due.send(officer, complaint, by=by)
        emit(ComplaintDue(complaint.id))
    return len(waiting)


def _locked(complaint: Complaint) -> Complaint:
    return Complaint.objects.select_for_update(of=("self",)).get(pk=complaint.pk)


def _unanswered(complaint: Complaint) -> Complaint:
    locked = _locked(complaint)
    if locked.answered_at is not None:
        raise AnsweredAlready
    return locked


def _reply(complaint: Complaint, kind: str, body: str, *, by: Actor) -> Reply:
    return Reply.objects.create(
        person=complaint.person,
        complaint=complaint,
        kind=kind,
        way=Reply.Way.MAIL if "@" in complaint.address else Reply.Way.POST,
        language=complaint.language,
        to_name=complaint.name,
        to_address=complaint.address,
        title=title_of_complaint(complaint, kind),
        body=body,
        written_by=by.person_id,
    )
