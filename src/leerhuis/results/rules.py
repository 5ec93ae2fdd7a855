"""What holds for attendance, results and certificates: when, by whom, and what is refused."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.base.clock import zone
from leerhuis.base.refusals import Refusal
from leerhuis.base.text import INFIXES, fold
from leerhuis.results.models import Attendance, Certificate, Result, Sheet

# A trainer sees the names of a lesson from so many days before until so many days after it. Keeps: K7.
TRAINER_DAYS_BEFORE = 30
TRAINER_DAYS_AFTER = 30

REASON_LENGTH = 300


class SheetLocked(Refusal):
    """A tick on a sheet that was submitted."""

    message = _("This attendance list was submitted. Correct it with a reason instead.")


class LessonHasAttendance(Refusal):
    """A lesson whose list was submitted stays: what stands on it counts for results and certificates."""

    message = _(
        "The attendance of this lesson was submitted, so the lesson cannot be removed. "
        "Correct the attendance instead, if something is wrong."
    )


class AttendanceStays(Refusal):
    """Somebody who was ticked on an attendance list, or has a result, stays in the run to which that belongs."""

    message = _(
        "There is attendance or a result of this person in this run, and that stays where it was. "
        "Enrol them in the other run instead, and cancel this enrolment if they do not go on."
    )


class SheetNotLocked(Refusal):
    """A correction of a sheet that can still be ticked."""

    message = _("This attendance list was not submitted yet. Tick the right answer on the list itself.")


class SomebodyUnmarked(Refusal):
    """A sheet is submitted while somebody has no mark."""

    message = _("Not everybody is ticked yet. Tick whoever is left, then submit.")


class NobodyOnList(Refusal):
    """A sheet without learners is submitted."""

    message = _("Nobody is enrolled in this run, so there is nothing to submit.")


class TooEarly(Refusal):
    """Attendance of a lesson that is still to come."""

    message = _("Attendance can be ticked from the day of the lesson on.")


class NotOnList(Refusal):
    """Somebody who has no seat in the run of this lesson."""

    message = _("This person is not on the list of this lesson. Enrol them in the run first.")


class ReasonNeeded(Refusal):
    """A correction or revocation without a reason."""

    message = _("Write down in a few words why this is changed.")
    field = "reason"


class NothingChanged(Refusal):
    """A correction to what it was already."""

    message = _("That is what the list says already. Choose what it should become.")
    field = "state"


class PersonMustDecide(Refusal):
    """A result or certificate that no human being decided. Keeps: L23."""

    message = _("A result is decided by a person. Sign in and decide it yourself.")


class RunNotOver(Refusal):
    """A result before the last lesson."""

    message = _("The last lesson is still to come. A result can be given from that day on.")


class NoSeat(Refusal):
    """A result for somebody who was not in the run."""

    message = _("This enrolment has no seat in the run, so there is no result to give.")


class CertificateStands(Refusal):
    """Another result while there is a valid certificate."""

    message = _("There is a valid certificate for this result. Revoke the certificate first, with a reason.")


class NotPassed(Refusal):
    """A certificate for somebody who did not pass."""

    message = _("A certificate needs the result “passed”. Give the result first.")


class AttendanceIncomplete(Refusal):
    """A certificate for somebody who missed a lesson, or of whom it is not certain."""

    message = _(
        "This learner was not present at every lesson, or a list was not submitted yet."
        " If a lesson was made up elsewhere, correct the attendance with that reason."
    )


class HasCertificate(Refusal):
    """A second certificate beside a valid one."""

    message = _("There is a valid certificate already. Revoke it first if it must be replaced.")


class AlreadyRevoked(Refusal):
    """A certificate is revoked twice."""

    message = _("This certificate was revoked before. Nothing was changed.")


def opens_on(starts_at: datetime) -> date:
    """Return the day from which attendance of a lesson can be ticked: its own, in the academy's zone."""
    return starts_at.astimezone(zone()).date()


def trainer_window(moment: datetime) -> tuple[datetime, datetime]:
    """Return between which starts a lesson's list is open to its trainer at a moment. Keeps: K7."""
    return moment - timedelta(days=TRAINER_DAYS_AFTER), moment + timedelta(days=TRAINER_DAYS_BEFORE)


def refuse_before_lesson(starts_at: datetime, today: date) -> None:
    """Refuse TooEarly before the day of the lesson."""
    if today < opens_on(starts_at):
        raise TooEarly


def refuse_when_locked(sheet: Sheet) -> None:
    """Refuse SheetLocked for a sheet that was submitted."""
    if sheet.submitted_at is not None:
        raise SheetLocked


def reason_of(text: str) -> str:
    """Return a reason, tidied and cut to what is kept; refuses ReasonNeeded for an empty one."""
    reason = " ".join(text.split())[:REASON_LENGTH]
    if not reason:
        raise ReasonNeeded
    return reason


def refuse_without_person(by: Actor) -> None:
    """Refuse PersonMustDecide unless a human being is deciding. Keeps: L23."""
    if by.kind is not ActorKind.PERSON or by.person_id is None:
        raise PersonMustDecide


def refuse_before_end(last_day: date | None, today: date) -> None:
    """Refuse RunNotOver before the last day of the run; a run without days can be judged at any time."""
    if last_day is not None and today < last_day:
        raise RunNotOver


def is_complete(lesson_ids: Iterable[Any], marks: Iterable[tuple[Any, str]]) -> bool:
    """True when somebody was present at each of these lessons; `marks` are (lesson id, state) of submitted sheets."""
    present = {lesson_id for lesson_id, state in marks if state == Attendance.State.PRESENT}
    return present.issuperset(lesson_ids)


def refuse_certificate(result: Result | None, standing: Certificate | None, *, complete: bool) -> None:
    """Refuse HasCertificate, NotPassed or AttendanceIncomplete, in this order."""
    if standing is not None:
        raise HasCertificate
    if result is None or result.outcome != Result.Outcome.PASSED:
        raise NotPassed
    if not complete:
        raise AttendanceIncomplete


_WORD = re.compile(r"[^\W_]+")


def surname_key(surname: str) -> tuple[str, ...]:
    """Return a surname for comparing: blind to accents, case, hyphens and tussenvoegsels ("van der Berg" is "Berg")."""
    words = _WORD.findall(fold(surname).replace("'", " ").replace("’", " "))
    plain = {infix.strip("'") for infix in INFIXES}
    return tuple(word for word in words if word not in plain) or tuple(words)


def number_key(number: str) -> str:
    """Return a certificate's number as it is kept, from how somebody typed it: `7qk4 m2xd9f3h` → `7QK4-M2XD-9F3H`."""
    characters = "".join(c for c in number.upper() if c.isalnum() and c.isascii())[:20]
    return "-".join(characters[at : at + 4] for at in range(0, len(characters), 4))
