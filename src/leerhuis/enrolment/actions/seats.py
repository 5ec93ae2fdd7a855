"""Giving up and giving out seats: cancelling, letting in who waits, completing; and what is added to an enrolment."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.catalogue.models import Run
from leerhuis.consent.actions import note_age
from leerhuis.enrolment import events, mails, rules, seats
from leerhuis.enrolment.holding import hold, tell_contacts
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.enrolment.practising import close_practice, finish_practice, open_practice
from leerhuis.enrolment.queries import waiting_in
from leerhuis.organisations.queries import is_contact_of


# --- cancelling ----------------------------------------------------------------------------------------------------
def cancel_enrolment(enrolment: Enrolment, *, reason: str = "", by: Actor) -> None:
    """Cancel a seat or a place on the waiting list; a seat that comes free goes to who waits longest.

    A reason stands in the learner's mail and nowhere else.

    A learner may cancel what they ordered themselves, a contact what their organisation ordered, both before the run
    begins; the office may always. The learner gets a mail with the moment; so does the contact, unless they did it.
    Refuses Ended, NotYoursToCancel, NotYourOrganisation and TooLateToCancel.
    """
    inside_edge()
    run, held = _hold_in_run(enrolment)
    rules.refuse_ended(held)
    who = _who_cancels(held, by)
    held.state, held.ended_at = Enrolment.State.CANCELLED, clock.now()
    held.save(update_fields=["state", "ended_at"])
    close_practice(held, by=by)
    note("cancel enrolment", held, by=by, subject=held.learner_id, fields=["state", "ended_at"])
    mails.enrolment_cancelled.send(held, who, tidy(reason), by=by)
    if who != "employer":
        tell_contacts(mails.order_cancelled, held, by=by)
    emit(events.EnrolmentCancelled(held.id))
    if run.first_day is None or run.first_day > clock.today():
        promote_waiting(run, by=by)
    enrolment.refresh_from_db()


def give_up_all(learner_id: UUID, *, by: Actor) -> int:
    """End every seat and waiting place of somebody whose data are erased; returns how many. Keeps: K19a.

    Seats go to who waits. The employer that ordered is told that a seat came free, and not whose it was.
    """
    inside_edge()
    live = Enrolment.objects.filter(
        learner=learner_id, state__in=(Enrolment.State.ENROLLED, Enrolment.State.WAITING)
    ).order_by("run", "id")
    for enrolment in list(live):
        run, held = _hold_in_run(enrolment)
        held.state, held.ended_at = Enrolment.State.CANCELLED, clock.now()
        held.save(update_fields=["state", "ended_at"])
        close_practice(held, by=by)
        note("give up enrolment", held, by=by, subject=learner_id, fields=["state", "ended_at"])
        tell_contacts(mails.order_given_up, held, by=by)
        emit(events.EnrolmentCancelled(held.id))
        if run.first_day is None or run.first_day > clock.today():
            promote_waiting(run, by=by)
    return len(live)


def _who_cancels(enrolment: Enrolment, by: Actor) -> str:
    """Return as who somebody cancels (``learner``, ``employer``, ``academy``), or refuse."""
    today = clock.today()
    if by.role == "learner":
        if enrolment.ordered_by_id is not None or enrolment.learner_id != by.person_id:
            raise rules.NotYoursToCancel
        rules.refuse_begun(enrolment, today)
        return "learner"
    if by.role == "contact":
        if enrolment.ordered_by_id is None or not is_contact_of(by.person_id, enrolment.ordered_by_id):  # type: ignore[arg-type]
            raise rules.NotYourOrganisation
        rules.refuse_begun(enrolment, today)
        return "employer"
    return "academy"


# --- who waits -----------------------------------------------------------------------------------------------------
def promote_waiting(run: Run, *, by: Actor) -> list[Enrolment]:
    """Give every free seat of a run to who waits longest, and return who was let in. Keeps: L23 (order, no judgement).

    Nothing for a run that takes no registrations any more: the office lets people in by hand then.
    """
    inside_edge()
    locked = seats.lock_run(run.id)
    if not rules.lets_in_by_itself(locked, clock.today()):
        return []
    waiting = waiting_in(locked).select_for_update(of=("self",))[: seats.free(locked)]
    return [_let_in(each, by=by) for each in waiting]


def let_in(enrolment: Enrolment, *, by: Actor) -> None:
    """Give a free seat to one person from the waiting list, out of turn: the office has a reason to.

    Refuses NotWaiting, NobodyWaits when no seat is free, and RunNotOpen for a run that is cancelled or over.
    """
    inside_edge()
    locked, held = _hold_in_run(enrolment)
    rules.refuse_over(locked, clock.today())
    if held.state != Enrolment.State.WAITING:
        raise rules.NotWaiting
    if not seats.free(locked):
        raise rules.NobodyWaits
    _let_in(held, by=by)


def _let_in(enrolment: Enrolment, *, by: Actor) -> Enrolment:
    enrolment.state, enrolment.waiting_since = Enrolment.State.ENROLLED, None
    enrolment.save(update_fields=["state", "waiting_since"])
    open_practice(enrolment, by=by)
    note("let in", enrolment, by=by, subject=enrolment.learner_id, fields=["state"])
    mails.enrolment_confirmed.send(enrolment, from_waiting=True, by=by)
    tell_contacts(mails.order_let_in, enrolment, by=by)
    emit(events.EnrolmentConfirmed(enrolment.id))
    return enrolment


def end_waiting(run: Run, *, by: Actor) -> int:
    """Close the waiting list of a run that begins or has begun, and tell who waited. Returns how many waited."""
    inside_edge()
    locked = seats.lock_run(run.id)
    waiting = list(waiting_in(locked).select_for_update(of=("self",)))
    for each in waiting:
        each.state, each.ended_at = Enrolment.State.CANCELLED, clock.now()
        each.save(update_fields=["state", "ended_at"])
        note("end waiting", each, by=by, subject=each.learner_id, fields=["state", "ended_at"])
        mails.waiting_list_ended.send(each, by=by)
        emit(events.EnrolmentCancelled(each.id))
    return len(waiting)


# --- completing ----------------------------------------------------------------------------------------------------
def complete_enrolment(enrolment: Enrolment, *, by: Actor) -> None:
    """Declare that a learner's course is over; practice goes on for its time. Refuses Ended. Keeps: L18 (the clock)."""
    inside_edge()
    held = hold(enrolment)
    rules.refuse_not_enrolled(held)
    enrolment.state, enrolment.ended_at = Enrolment.State.COMPLETED, clock.now()
    enrolment.save(update_fields=["state", "ended_at"])
    finish_practice(enrolment, by=by)
    note("complete enrolment", enrolment, by=by, subject=enrolment.learner_id, fields=["state", "ended_at"])
    emit(events.EnrolmentCompleted(enrolment.id))


# --- what is added -------------------------------------------------------------------------------------------------
def complete_details(enrolment: Enrolment, answers: Mapping[str, Any], *, by: Actor) -> None:
    """Keep what a learner fills in later because the course asks it; an employer never fills it in for them.

    Refuses Ended, NotAskedFor and AnswerMissing. Keeps: K4, L11.
    """
    inside_edge()
    held = hold(enrolment)
    rules.refuse_ended(held)
    asked = rules.asked_of(held, held.run.course.questions.all())
    rules.refuse_wrong_answers(asked, answers)
    fields = [each.field for each in asked]
    detail = Detail.objects.filter(enrolment=held).first() or Detail(enrolment=held)
    touched = [name for name in fields if getattr(detail, name) != answers.get(name, _empty(name))]
    for name in touched:
        setattr(detail, name, answers.get(name, _empty(name)))
    detail.save()
    note("complete details", held, by=by, subject=held.learner_id, fields=touched)
    if "birth_date" in touched:
        note_age(held.learner, detail.birth_date, by=by)


def _empty(field: str) -> date | str | None:
    return None if field == "birth_date" else ""


def remark_on_enrolment(enrolment: Enrolment, remarks: str, *, by: Actor) -> None:
    """Keep what the office must remember about an enrolment. The learner reads it in their own data. Keeps: W1."""
    inside_edge()
    enrolment.remarks = remarks.strip()
    enrolment.save(update_fields=["remarks"])
    note("remark on enrolment", enrolment, by=by, subject=enrolment.learner_id, fields=["remarks"])


# --- steps ---------------------------------------------------------------------------------------------------------
def _hold_in_run(enrolment: Enrolment) -> tuple[Run, Enrolment]:
    """Return the run of an enrolment and the enrolment, both held; refuses MovedMeanwhile."""
    run = seats.lock_run(Enrolment.objects.values_list("run", flat=True).get(pk=enrolment.pk))
    held = hold(enrolment)
    if held.run_id != run.id:
        raise rules.MovedMeanwhile
    return run, held
