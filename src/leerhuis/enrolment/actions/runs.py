"""What happens to all enrolments of a run when the run, its lessons or its course change. Called by handlers."""

from datetime import datetime
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.catalogue.rules import LIVE
from leerhuis.enrolment import events, mails, rules, seats
from leerhuis.enrolment.actions.seats import complete_enrolment, end_waiting, promote_waiting
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.practising import close_practice, open_practice
from leerhuis.enrolment.queries import enrolments_in


def cancel_all_in(run_id: UUID, *, by: Actor) -> int:
    """End every seat and every place on the waiting list of a run that does not take place, and tell each learner.

    Returns how many there were.
    """
    inside_edge()
    live = _live_in(run_id)
    for each in live:
        each.state, each.ended_at = Enrolment.State.CANCELLED, clock.now()
        each.save(update_fields=["state", "ended_at"])
        close_practice(each, by=by)
        note("cancel with run", each, by=by, subject=each.learner_id, fields=["state", "ended_at"])
        mails.course_cancelled.send(each, by=by)
        emit(events.EnrolmentCancelled(each.id))
    return len(live)


def complete_all_in(run_id: UUID, *, by: Actor) -> int:
    """Complete every enrolment of a run that is finished, and close its waiting list. Returns how many there were."""
    inside_edge()
    end_waiting(seats.lock_run(run_id), by=by)
    enrolled = [each for each in _live_in(run_id) if each.state == Enrolment.State.ENROLLED]
    for each in enrolled:
        complete_enrolment(each, by=by)
    return len(enrolled)


def fit_to_size(run_id: UUID, *, by: Actor) -> None:
    """Let in who waits when a run got more seats; refuses SeatsBelowLearners when it got fewer than are taken."""
    inside_edge()
    run = seats.lock_run(run_id)
    taken = seats.taken(run)
    if run.seats < taken:
        raise rules.SeatsBelowLearners(taken)
    promote_waiting(run, by=by)


def tell_goes_ahead(run_id: UUID, *, by: Actor) -> None:
    """Tell everyone with a seat that the course goes ahead."""
    inside_edge()
    for each in _seated_in(run_id):
        mails.course_goes_ahead.send(each, by=by)
        note("tell that run goes ahead", each, by=by, subject=each.learner_id)


def tell_lesson_moved(lesson_id: UUID, starts_before: datetime, ends_before: datetime, *, by: Actor) -> None:
    """Tell everyone with a seat the new time and place of a lesson; practice follows the last lesson."""
    inside_edge()
    lesson = _lesson(lesson_id)
    for each in _seated_in(lesson.run_id):
        mails.lesson_moved.send(each, lesson, starts_before, ends_before, by=by)
        note("tell that lesson moved", each, by=by, subject=each.learner_id)
    renew_practice(lesson.run_id, by=by)


def tell_lesson_added(lesson_id: UUID, *, by: Actor) -> None:
    """Tell everyone with a seat of another lesson to come; practice follows the last lesson."""
    inside_edge()
    lesson = _lesson(lesson_id)
    if lesson.ends_at > clock.now():
        for each in _seated_in(lesson.run_id):
            mails.lesson_added.send(each, lesson, by=by)
            note("tell that lesson was added", each, by=by, subject=each.learner_id)
    renew_practice(lesson.run_id, by=by)


def tell_lesson_removed(lesson_id: UUID, *, by: Actor) -> None:
    """Tell everyone with a seat that a lesson to come is not given. Practice keeps the end that it had."""
    inside_edge()
    lesson = _lesson(lesson_id)
    if lesson.ends_at > clock.now():
        for each in _seated_in(lesson.run_id):
            mails.lesson_removed.send(each, lesson, by=by)
            note("tell that lesson was removed", each, by=by, subject=each.learner_id)


def renew_practice(run_id: UUID, *, by: Actor) -> None:
    """Let practice of everyone with a seat end when it should by the lessons as they are now."""
    inside_edge()
    for each in _seated_in(run_id):
        open_practice(each, by=by)
        note("renew practice", each, by=by, subject=each.learner_id)


def renew_practice_of_course(course_id: UUID, *, by: Actor) -> None:
    """Give the learners of a course's runs to come and under way the banks that it has now, and no others."""
    inside_edge()
    running = Enrolment.objects.filter(run__course=course_id, run__state__in=LIVE, state__in=seats.SEATED)
    for each in running.select_related("run__course", "learner").order_by("learner", "id"):
        close_practice(each, by=by)
        open_practice(each, by=by)
        note("renew practice", each, by=by, subject=each.learner_id)


def _live_in(run_id: UUID) -> list[Enrolment]:
    """Return the enrolments of a run that are not over, held until the transaction ends."""
    seats.lock_run(run_id)
    live = Enrolment.objects.filter(run=run_id, state__in=[Enrolment.State.ENROLLED, Enrolment.State.WAITING])
    held = live.select_related("run__course", "learner", "ordered_by", "registration").select_for_update(of=("self",))
    return list(held.order_by("created_at", "id"))


def _seated_in(run_id: UUID) -> list[Enrolment]:
    return list(enrolments_in(Run.objects.get(pk=run_id)).filter(state=Enrolment.State.ENROLLED))


def _lesson(lesson_id: UUID) -> Lesson:
    return Lesson.objects.select_related("run__course", "venue").get(pk=lesson_id)
