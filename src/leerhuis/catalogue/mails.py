"""The mails to trainers about the runs they teach."""

from datetime import datetime
from typing import Any

from leerhuis.catalogue import events
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import front
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient


@service_mail(cause=events.TrainerAssigned, nl="u geeft een uitvoering", en="you teach a run")
def trainer_assigned(run: Run, trainer: Person) -> Letter:
    """Tell a trainer which run they teach, with its dates and places."""
    return _letter(run, trainer, lessons=[_told(lesson) for lesson in run.lessons.select_related("venue")])


@service_mail(cause=events.TrainerReleased, nl="u geeft een uitvoering niet meer", en="you no longer teach a run")
def trainer_released(run: Run, trainer: Person) -> Letter:
    """Tell a trainer that they teach a run no longer."""
    return _letter(run, trainer)


@service_mail(cause=events.RunConfirmed, nl="uw uitvoering gaat door", en="your run goes ahead")
def run_goes_ahead(run: Run, trainer: Person) -> Letter:
    """Tell a trainer that a run goes ahead."""
    return _letter(run, trainer, lessons=[_told(lesson) for lesson in run.lessons.select_related("venue")])


@service_mail(cause=events.RunCancelled, nl="uw uitvoering gaat niet door", en="your run is cancelled")
def run_cancelled(run: Run, trainer: Person) -> Letter:
    """Tell a trainer that a run does not take place."""
    return _letter(run, trainer, first_day=run.first_day)


@service_mail(cause=events.LessonAdded, nl="uw uitvoering kreeg een lesdag erbij", en="your run got another lesson")
def lesson_added(lesson: Lesson, trainer: Person) -> Letter:
    """Tell a trainer of another lesson."""
    return _letter(lesson.run, trainer, lesson=_told(lesson))


@service_mail(cause=events.LessonMoved, nl="een lesdag is verplaatst", en="a lesson was moved")
def lesson_moved(lesson: Lesson, starts_before: datetime, ends_before: datetime, trainer: Person) -> Letter:
    """Tell a trainer the new time and place of a lesson, and when it was before."""
    before = {"starts_at": starts_before, "ends_at": ends_before}
    return _letter(lesson.run, trainer, lesson=_told(lesson), before=before)


@service_mail(cause=events.LessonRemoved, nl="een lesdag vervalt", en="a lesson was dropped")
def lesson_removed(lesson: Lesson, trainer: Person) -> Letter:
    """Tell a trainer that a lesson is not given."""
    return _letter(lesson.run, trainer, lesson=_told(lesson))


def _letter(run: Run, trainer: Person, **more: Any) -> Letter:
    to = recipient(trainer)
    context = {
        "name": trainer.first_name,
        "course": run.course.title_in(to.language),
        "code": run.code,
        "site": front(),
    }
    return Letter(to, run.id, context | more)


def _told(lesson: Lesson) -> dict[str, Any]:
    """Return what a mail tells of a lesson: when and where, never the link of an online room. Keeps: K14."""
    venue = lesson.venue
    where = [lesson.room, venue.name, venue.address, f"{venue.postcode} {venue.city}".strip()] if venue else []
    return {
        "title": lesson.title,
        "starts_at": lesson.starts_at,
        "ends_at": lesson.ends_at,
        "place": ", ".join(part for part in where if part),
    }
