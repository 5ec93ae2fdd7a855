"""What results does when something happens in the catalogue or with an enrolment."""

from leerhuis.catalogue import events
from leerhuis.enrolment.events import EnrolmentMoved
from leerhuis.results.models import Attendance, Certificate, Result, Sheet
from leerhuis.results.rules import AttendanceStays, LessonHasAttendance


def on_lesson_removed(event: events.LessonRemoved) -> None:
    """Refuse that a lesson goes whose attendance was submitted."""
    if Sheet.objects.filter(lesson=event.lesson_id).exclude(submitted_at=None).exists():
        raise LessonHasAttendance


def on_enrolment_moved(event: EnrolmentMoved) -> None:
    """Refuse that somebody is moved out of a run in which they were ticked or judged."""
    if any(each.objects.filter(enrolment=event.enrolment_id).exists() for each in (Attendance, Result, Certificate)):
        raise AttendanceStays
