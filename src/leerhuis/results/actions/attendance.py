"""Ticking attendance, submitting the list, and correcting it afterwards."""

from collections.abc import Iterable
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.catalogue.models import Lesson
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import contacts_who_see
from leerhuis.people.actions import lock_alive
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted
from leerhuis.results import mails
from leerhuis.results.events import AttendanceSubmitted, OutcomeCorrected
from leerhuis.results.models import Attendance, Correction, Sheet
from leerhuis.results.queries import roster
from leerhuis.results.queries.attendance import SEATED
from leerhuis.results.rules import (
    NobodyOnList,
    NothingChanged,
    NotOnList,
    SheetNotLocked,
    SomebodyUnmarked,
    reason_of,
    refuse_before_lesson,
    refuse_when_locked,
)


def mark_attendance(lesson: Lesson, enrolment: Enrolment, state: str, *, by: Actor) -> None:
    """Tick on the list of a lesson whether a learner is there (`Attendance.State`), or "" to take the tick back.

    Refuses TooEarly, SheetLocked, NotOnList, and Gone for a learner who was erased meanwhile. Ticking the same again
    changes nothing.
    """
    inside_edge()
    refuse_before_lesson(lesson.starts_at, clock.today())
    lock_alive(enrolment.learner_id)
    _refuse_stranger(lesson, enrolment)
    sheet = _lock_sheet(lesson)
    refuse_when_locked(sheet)
    _tick(sheet, enrolment, state, by)


def mark_all_present(lesson: Lesson, *, by: Actor) -> int:
    """Tick "present" for everybody on the list who has no tick yet; returns how many that were.

    Refuses TooEarly and SheetLocked. Ticks that stand are left as they are.
    """
    inside_edge()
    refuse_before_lesson(lesson.starts_at, clock.today())
    _lock_people(line.person_id for line in roster(lesson) if not line.state)
    sheet = _lock_sheet(lesson)
    refuse_when_locked(sheet)
    marked = set(sheet.marks.values_list("enrolment", flat=True))
    open_lines = [each for each in _seated(lesson) if each.id not in marked]
    for enrolment in open_lines:
        _tick(sheet, enrolment, Attendance.State.PRESENT, by)
    return len(open_lines)


def submit_sheet(lesson: Lesson, *, by: Actor) -> Sheet:
    """Submit the list of a lesson: from now on it is locked, and what stands on it counts.

    Refuses TooEarly, SheetLocked, NobodyOnList, and SomebodyUnmarked while somebody has no tick.
    """
    inside_edge()
    refuse_before_lesson(lesson.starts_at, clock.today())
    sheet = _lock_sheet(lesson)
    refuse_when_locked(sheet)
    lines = roster(lesson)
    if not lines:
        raise NobodyOnList
    if not all(line.state for line in lines):
        raise SomebodyUnmarked
    sheet.submitted_at, sheet.submitted_by = clock.now(), by.person_id
    sheet.save(update_fields=["submitted_at", "submitted_by"])
    note("submit attendance", sheet, by=by, fields=["submitted_at"])
    emit(AttendanceSubmitted(lesson.id))
    return sheet


def correct_attendance(lesson: Lesson, enrolment: Enrolment, state: str, *, reason: str, by: Actor) -> Correction:
    """Change what a submitted list says of a learner, with the reason; what it said before is kept.

    A contact who sees the attendance hears that it was corrected (article 19 AVG). Nobody else is mailed: a result
    follows only from a person who decides it anew. Refuses SheetNotLocked, NotOnList, NothingChanged, ReasonNeeded, and
    Gone for a learner who was erased meanwhile. Keeps: L23.
    """
    inside_edge()
    why = reason_of(reason)
    lock_alive(enrolment.learner_id)
    _refuse_stranger(lesson, enrolment)
    sheet = _lock_sheet(lesson)
    if sheet.submitted_at is None:
        raise SheetNotLocked
    mark = sheet.marks.filter(enrolment=enrolment).first() or Attendance(sheet=sheet, enrolment=enrolment, state="")
    if mark.state == state:
        raise NothingChanged
    was, mark.state = mark.state, Attendance.State(state)
    mark.save()
    correction = Correction.objects.create(
        attendance=mark, was=was, became=state, reason=why, corrected_by=by.person_id
    )
    note("correct attendance", mark, by=by, subject=enrolment.learner_id, fields=["state"])
    for contact in contacts_who_see(enrolment, "attendance"):
        mails.outcome_corrected.send(enrolment, contact, by=by)
    emit(OutcomeCorrected(enrolment.id, "attendance"))
    return correction


def _refuse_stranger(lesson: Lesson, enrolment: Enrolment) -> None:
    """Refuse NotOnList for an enrolment of another run, or without a seat; read anew, for it may have been moved."""
    enrolment.refresh_from_db(fields=["run", "state"])
    if enrolment.run_id != lesson.run_id or enrolment.state not in SEATED:
        raise NotOnList


def _seated(lesson: Lesson) -> list[Enrolment]:
    seated = Enrolment.objects.filter(run=lesson.run_id, state__in=SEATED)
    return list(unrestricted(seated, "learner").order_by("learner", "id"))


def _lock_people(person_ids: Iterable[UUID]) -> None:
    """Hold the rows of several people until the end of the transaction, in the order in which everybody takes them."""
    wanted = Person.objects.filter(pk__in=set(person_ids)).order_by("pk")
    list(wanted.select_for_update().values_list("pk", flat=True))


def _lock_sheet(lesson: Lesson) -> Sheet:
    """Return the list of a lesson, made when there is none, and held until the end of the transaction."""
    Sheet.objects.get_or_create(lesson=lesson)
    return Sheet.objects.select_for_update(of=("self",)).get(lesson=lesson)


def _tick(sheet: Sheet, enrolment: Enrolment, state: str, by: Actor) -> None:
    """Write one tick, or take it away; says nothing in the audit when nothing changes."""
    mark = sheet.marks.filter(enrolment=enrolment).first()
    if (mark.state if mark else "") == state:
        return
    if not state:
        note("take back attendance", mark or sheet, by=by, subject=enrolment.learner_id, fields=["state"])
        sheet.marks.filter(enrolment=enrolment).delete()
        return
    changed, _ = Attendance.objects.update_or_create(
        sheet=sheet, enrolment=enrolment, defaults={"state": Attendance.State(state)}
    )
    note("mark attendance", changed, by=by, subject=enrolment.learner_id, fields=["state"])
