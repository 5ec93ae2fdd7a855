"""What enrolment does when something happens in the catalogue, or to an agreement with an employer."""

from leerhuis.audit.actor import Actor
from leerhuis.catalogue import events
from leerhuis.consent import events as agreeing
from leerhuis.consent.models import Agreement
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.queries import running_on
from leerhuis.people.events import PersonCorrected
from leerhuis.privacy.events import OrganisationLeaving, PersonLeaving

HOUSE = Actor.job("enrolment.follow_run")


def on_run_cancelled(event: events.RunCancelled) -> None:
    """End the enrolments of a run that is not given."""
    actions.cancel_all_in(event.run_id, by=HOUSE)


def on_run_confirmed(event: events.RunConfirmed) -> None:
    """Tell the learners of a run that goes ahead."""
    actions.tell_goes_ahead(event.run_id, by=HOUSE)


def on_run_closed(event: events.RunClosed) -> None:
    """Complete the enrolments of a run that is over."""
    actions.complete_all_in(event.run_id, by=HOUSE)


def on_run_resized(event: events.RunResized) -> None:
    """Hold the seats of a run against its learners."""
    actions.fit_to_size(event.run_id, by=HOUSE)


def on_lesson_moved(event: events.LessonMoved) -> None:
    """Tell the learners the new time and place."""
    actions.tell_lesson_moved(event.lesson_id, event.starts_before, event.ends_before, by=HOUSE)


def on_lesson_added(event: events.LessonAdded) -> None:
    """Tell the learners of another lesson."""
    actions.tell_lesson_added(event.lesson_id, by=HOUSE)


def on_lesson_removed(event: events.LessonRemoved) -> None:
    """Tell the learners that a lesson is not given."""
    actions.tell_lesson_removed(event.lesson_id, by=HOUSE)


def on_modules_changed(event: events.ModulesChanged) -> None:
    """Give the learners of a course the banks that it has now."""
    actions.renew_practice_of_course(event.course_id, by=HOUSE)


def on_agreement_changed(event: agreeing.AgreementRecorded | agreeing.AgreementEnded) -> None:
    """Let an employer see no more than is agreed now."""
    actions.narrow_sharing(Agreement.objects.get(pk=event.agreement_id), by=HOUSE)


def on_person_leaving(event: PersonLeaving) -> None:
    """End what still runs for somebody whose data are erased."""
    actions.give_up_all(event.person_id, by=HOUSE)


def on_organisation_leaving(event: OrganisationLeaving) -> None:
    """Refuse that an organisation is removed while a course that it ordered still runs."""
    rules.refuse_running(*running_on(event.organisation_id, event.day))


def on_person_corrected(event: PersonCorrected) -> None:
    """Tell whoever sees somebody's name and address that these were corrected."""
    actions.tell_correction(event.person_id, by=Actor.job("enrolment.tell_correction"))
