"""What holds for registrations and seats: who may register, what is asked, who may withdraw, until when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from leerhuis.base import clock
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import AskedField, Course, Run
from leerhuis.catalogue.rules import LIVE, takes_registrations
from leerhuis.charter.words import IDENTITY, PARTICIPATION
from leerhuis.enrolment.models import Enrolment
from leerhuis.people.models import Person
from leerhuis.ui.wording import day_long

MOST_AT_ONCE = 100  # learners in one registration
EMPLOYER = "enrolment.employer"  # who gets mails and lists about those whom it enrolled, as `privacy.py` declares it
TOLD_EMPLOYER = (IDENTITY, PARTICIPATION)
ANSWERED_BY_EMPLOYER = frozenset({"employer_name", "employer_address", "invoice_reference"})


# --- refusals ------------------------------------------------------------------------------------------------------
class RunNotOpen(Refusal):
    """A run that does not take registrations (any more)."""

    message = _("Registration for this date is closed. Choose another date, or write to us.")


class RunFull(Refusal):
    """No seat is left, and the visitor did not ask for the waiting list."""

    message = _("There is no seat left. Tick that you want to be on the waiting list, or choose another date.")
    field = "may_wait"


class TooFewSeats(Refusal):
    """Fewer seats are left than an employer wants, and it did not say what to do then. `left` is how many."""

    def __init__(self, left: int) -> None:
        """Name how many seats are left."""
        self.left = left
        none = _("No seat is left any more. Nobody was enrolled. Choose below what we do now.")
        some = ngettext_lazy(
            "Only %(left)d seat is left. Nobody was enrolled. Choose below what we do now.",
            "Only %(left)d seats are left. Nobody was enrolled. Choose below what we do now.",
            "left",
        )
        super().__init__(some % {"left": left} if left else none)


class RunsStillToCome(Refusal):
    """An organisation is removed only after what it ordered was given. Keeps: L20."""

    def __init__(self, count: int, last: date | None) -> None:
        """Name how many enrolments run on, and until which day as far as that is known."""
        until = (
            format_lazy(_("the last of them until {day}"), day=day_long(last))
            if last
            else _("for some without a date yet")
        )
        said = ngettext_lazy(
            "%(count)d enrolment that this organisation ordered still runs on that day, %(until)s. Cancel it first, or "
            "choose a later day.",
            "%(count)d enrolments that this organisation ordered still run on that day, %(until)s. Cancel them first, "
            "or choose a later day.",
            "count",
        )
        super().__init__(said % {"count": count, "until": until}, field="day")


class AlreadyEnrolled(Refusal):
    """The learner has a seat in this run, or waits for one."""

    message = _("This person is enrolled in this run already, or on its waiting list. Nothing was changed.")


class AnswerMissing(Refusal):
    """Something that this course needs was not filled in."""

    def __init__(self, field: str) -> None:
        """Name the field."""
        super().__init__(_("Fill this in. This course cannot do without it."), field=field)


class NotAskedFor(Refusal):
    """Something was sent that this course does not ask for. Keeps: K4."""

    message = _("This form holds something that this course does not ask for. Load the page again. Nothing was kept.")


class AllEnrolled(Refusal):
    """An employer enrols only people whom it enrolled before."""

    message = _("Everybody on this list is enrolled already. Nothing was changed.")
    field = "lines"


class NobodyNamed(Refusal):
    """An employer enrols nobody."""

    message = _("Paste at least one name with an e-mail address.")
    field = "lines"


class TooMany(Refusal):
    """More learners at once than can be looked over."""

    message = format_lazy(_("At most {most} people at once. Split the list in two."), most=MOST_AT_ONCE)
    field = "lines"


class NotYourOrganisation(Refusal):
    """A contact acts for an organisation of which they are no contact."""

    message = _("You are not a contact of this organisation, or no longer. Nothing was changed.")


class Ended(Refusal):
    """An enrolment that was cancelled or completed."""

    message = _("This enrolment has ended already. Nothing was changed.")


class TooLateToCancel(Refusal):
    """The course has begun."""

    message = _("The course has begun, so this can no longer be cancelled here. Write to us or call us.")


class NotYoursToCancel(Refusal):
    """A learner would cancel what the employer ordered."""

    message = _("Your employer ordered this course. Ask your employer to cancel it, or write to us.")


class NobodyWaits(Refusal):
    """A seat would go to the waiting list, but nobody waits or no seat is free."""

    message = _("Nobody was let in: no seat is free, or nobody waits.")


class NotWaiting(Refusal):
    """Somebody who is not on the waiting list would get a seat from it."""

    message = _("This person is not on the waiting list any more. Load the page again.")


class MovedMeanwhile(Refusal):
    """Somebody else moved the enrolment to another run while this was asked."""

    message = _("This enrolment was moved to another run meanwhile. Load the page again. Nothing was changed.")


class SameRun(Refusal):
    """An enrolment would be moved to the run that it is in."""

    message = _("This person is in this run already. Choose another run.")
    field = "run"


class AnotherCourse(Refusal):
    """An enrolment would be moved to another course, and nobody said that this is meant."""

    message = _("This run is of another course. Tick that this is meant, or choose a run of the same course.")
    field = "other_course"


class NothingIsShared(Refusal):
    """There is no grant to object to."""

    message = _("Nothing of this enrolment is shared with an employer, so there is nothing to object to.")


class SeatsBelowLearners(Refusal):
    """A run would get fewer seats than it has learners."""

    def __init__(self, taken: int) -> None:
        """Name how many seats are taken."""
        said = ngettext_lazy(
            "%(taken)d seat is taken already. Choose at least that number, or cancel an enrolment first.",
            "%(taken)d seats are taken already. Choose at least that number, or cancel enrolments first.",
            "taken",
        )
        super().__init__(said % {"taken": taken}, field="seats")


# --- runs and seats ------------------------------------------------------------------------------------------------
def refuse_closed(run: Run, today: date) -> None:
    """Refuse RunNotOpen for a run that takes no registrations; `today` in the academy's zone."""
    if not takes_registrations(run, today):
        raise RunNotOpen


def refuse_over(run: Run, today: date) -> None:
    """Refuse RunNotOpen for a run that is planned, cancelled or over; the office may enrol in one that has begun."""
    if run.state not in LIVE or run.last_day is None or run.last_day < today:
        raise RunNotOpen


def lets_in_by_itself(run: Run, today: date) -> bool:
    """True while a free seat goes to who waits without anybody's doing: until the day before the run begins."""
    return run.state in LIVE and run.first_day is not None and run.first_day > today


def seats_free(seats: int, taken: int) -> int:
    """Return how many seats are free; never below 0, also when a run was made smaller."""
    return max(0, seats - taken)


# --- what is asked -------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Asked:
    """One thing that a course asks at registration: the field, whether it must be filled in, and why it is asked."""

    field: str
    required: bool
    reason_nl: str
    reason_en: str

    @property
    def label(self) -> str | Promise:
        """Return what the field is called."""
        return AskedField.Field(self.field).label

    def reason(self, language: str) -> str:
        """Return why it is asked, in ``nl`` or ``en``."""
        return self.reason_en if language == "en" else self.reason_nl


def asked_of_learner(course: Course, questions: Iterable[AskedField]) -> list[Asked]:
    """Return what a course asks of a learner besides name and address, in the order of the closed list.

    A register number is asked only where the course bears points, whatever stands in the table. Keeps: K4, L11.
    """
    places = {value: place for place, value in enumerate(AskedField.Field.values)}
    wanted = [
        Asked(each.field, each.required, each.reason_nl, each.reason_en)
        for each in questions
        if each.field != AskedField.Field.REGISTER_NUMBER or course.points > 0
    ]
    return sorted(wanted, key=lambda asked: places[asked.field])


def asked_of(enrolment: Enrolment, questions: Iterable[AskedField]) -> list[Asked]:
    """Return what a course asks of the learner of an enrolment; of an employee not what the employer answers itself."""
    asked = asked_of_learner(enrolment.run.course, questions)
    return [each for each in asked if enrolment.ordered_by_id is None or each.field not in ANSWERED_BY_EMPLOYER]


def refuse_wrong_answers(asked: Iterable[Asked], answers: Mapping[str, Any]) -> None:
    """Refuse NotAskedFor for anything beyond what is asked, and AnswerMissing for what is needed. Keeps: K4."""
    fields = {each.field: each for each in asked}
    if any(answers[name] and name not in fields for name in answers):
        raise NotAskedFor
    for name, each in fields.items():
        if each.required and not answers.get(name):
            raise AnswerMissing(name)


# --- accounts ------------------------------------------------------------------------------------------------------
def lacks_account(person: Person) -> bool:
    """True for somebody whom we know but who never opened an account: they get the link to do so."""
    return person.state == Person.State.INVITED and not person.can_sign_in


# --- withdrawing ---------------------------------------------------------------------------------------------------
def refuse_ended(enrolment: Enrolment) -> None:
    """Refuse Ended for an enrolment that was cancelled or completed."""
    if not enrolment.is_live:
        raise Ended


def refuse_not_enrolled(enrolment: Enrolment) -> None:
    """Refuse Ended for an enrolment without a seat, or one that is over."""
    if enrolment.state != Enrolment.State.ENROLLED:
        raise Ended


def refuse_move(enrolment: Enrolment, to: Run, today: date, *, other_course: bool) -> None:
    """Refuse Ended, SameRun, RunNotOpen and AnotherCourse: where somebody cannot be moved from or to."""
    refuse_ended(enrolment)
    if to.id == enrolment.run_id:
        raise SameRun
    refuse_over(to, today)
    if to.course_id != enrolment.run.course_id and not other_course:
        raise AnotherCourse


def refuse_begun(enrolment: Enrolment, today: date) -> None:
    """Refuse TooLateToCancel from the first day of the run on; the office may still cancel then."""
    if enrolment.run.first_day is not None and enrolment.run.first_day <= today:
        raise TooLateToCancel


def may_cancel_oneself(enrolment: Enrolment, today: date) -> bool:
    """True when a learner may cancel an enrolment on their own page: their own order, before it begins."""
    begun = enrolment.run.first_day is not None and enrolment.run.first_day <= today
    return enrolment.is_live and enrolment.ordered_by_id is None and not begun


# --- practice ------------------------------------------------------------------------------------------------------
def practice_until(last_lesson_ends: datetime, months_after: int) -> datetime:
    """Return until when a learner may practise: so many calendar months after the last lesson, by the local clock."""
    until: datetime = last_lesson_ends.astimezone(clock.zone()) + relativedelta(months=months_after)
    return until


def refuse_running(count: int, last: date | None) -> None:
    """Refuse RunsStillToCome where enrolments of an organisation still run on the day on which it is removed."""
    if count:
        raise RunsStillToCome(count, last)
