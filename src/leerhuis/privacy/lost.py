"""Who must be asked again after a restore: their details were corrected after the backup, which knows nothing of it."""

from typing import Final

from django.db.models import Exists, OuterRef, QuerySet

from leerhuis.audit.models import Note
from leerhuis.people.models import Person
from leerhuis.people.rules import CORRECTED_AFTER_BACKUP

ASKED_AGAIN: Final = "ask what was corrected"


def corrected_people() -> QuerySet[Person]:
    """Return whose details were corrected after the backup that was put back, until somebody asked them. Keeps: L35."""
    later = Note.objects.filter(subject_person=OuterRef("subject_person"), verb=ASKED_AGAIN, pk__gt=OuterRef("pk"))
    lost = Note.objects.filter(verb=CORRECTED_AFTER_BACKUP).exclude(Exists(later))
    known = Person.objects.filter(pk__in=lost.order_by().values("subject_person"))
    return known.exclude(state=Person.State.ERASED).order_by("sort_name", "id")
