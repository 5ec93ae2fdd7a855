"""Moving an enrolment to another run, with everything that hangs on it."""

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.catalogue.models import AskedField, Run
from leerhuis.enrolment import events, mails, rules, seats
from leerhuis.enrolment.actions.seats import promote_waiting
from leerhuis.enrolment.holding import hold, tell_contacts
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.enrolment.practising import close_practice, open_practice
from leerhuis.enrolment.queries import live_enrolment
from leerhuis.people.actions import lock_alive


def move_enrolment(
    enrolment: Enrolment, to: Run, *, may_wait: bool = False, other_course: bool = False, by: Actor
) -> Enrolment:
    """Move a learner to another run, and return the enrolment as it is then. Moving back is the way to undo it.

    What was ordered, what it costs and what the employer may see stay as they are. Practice follows the new run; what
    the learner filled in and another course does not ask is deleted. Who waited and moves begins at the end of the
    other waiting list. The learner gets a mail, and so does the contact who ordered; the seat that comes free goes to
    who waits longest.

    Refuses Ended, SameRun, RunNotOpen, AnotherCourse unless `other_course`, AlreadyEnrolled, RunFull unless
    `may_wait`, and MovedMeanwhile; results refuses when attendance was ticked. Keeps: K4, K6.
    """
    inside_edge()
    lock_alive(enrolment.learner_id)
    before = Enrolment.objects.values_list("run", flat=True).get(pk=enrolment.pk)
    runs = seats.lock_runs(before, to.id)
    held = hold(enrolment)
    if held.run_id != before:
        raise rules.MovedMeanwhile
    old, new = runs[before], runs[to.id]
    rules.refuse_move(held, new, clock.today(), other_course=other_course)
    if live_enrolment(new, held.learner):
        raise rules.AlreadyEnrolled
    seated = seats.free_for_newcomers(new) > 0
    if not seated and not may_wait:
        raise rules.RunFull
    close_practice(held, by=by)
    held.run = new
    held.state = Enrolment.State.ENROLLED if seated else Enrolment.State.WAITING
    held.waiting_since = None if seated else clock.now()
    held.save(update_fields=["run", "state", "waiting_since"])
    deleted = _forget_unasked(held)
    if seated:
        open_practice(held, by=by)
    note("move enrolment", held, by=by, subject=held.learner_id, fields=["run", "state", "waiting_since", *deleted])
    mails.enrolment_moved.send(held, old, by=by)
    tell_contacts(mails.order_moved, held, old, by=by)
    emit(events.EnrolmentMoved(held.id, old.id))
    promote_waiting(old, by=by)
    return held


def _forget_unasked(enrolment: Enrolment) -> list[str]:
    """Delete what a learner filled in and the course of the run does not ask; return the fields. Keeps: K4."""
    detail = Detail.objects.filter(enrolment=enrolment).first()
    if detail is None:
        return []
    asked = {each.field for each in rules.asked_of_learner(enrolment.run.course, enrolment.run.course.questions.all())}
    unasked = [name for name in AskedField.Field.values if name not in asked and getattr(detail, name)]
    for name in unasked:
        setattr(detail, name, None if name == "birth_date" else "")
    if any(getattr(detail, name) for name in AskedField.Field.values):
        detail.save(update_fields=unasked)
    else:
        detail.delete()
    return unasked
