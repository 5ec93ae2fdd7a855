"""What results does when something happens in the catalogue."""

from leerhuis.catalogue import events
from leerhuis.results.models import Sheet
from leerhuis.results.rules import LessonHasAttendance


def on_lesson_removed(event: events.LessonRemoved) -> None:
    """Refuse that a lesson goes whose attendance was submitted."""
    if Sheet.objects.filter(lesson=event.lesson_id).exclude(submitted_at=None).exists():
        raise LessonHasAttendance
