"""How the backups stand, for those who may know it, and who is to be told when they do not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db.models import QuerySet

from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.mail.models import Message
from leerhuis.operations.history import Deed, History, Kind, Standing
from leerhuis.operations.standing import Trouble, troubles
from leerhuis.people.models import Person, Role
from leerhuis.people.queries import unrestricted

SHOWN: Final = 30  # deeds on the page
TOLD_EVERY: Final = timedelta(hours=23)
MAIL: Final = "operations.backups_in_trouble"


@dataclass(frozen=True)
class Backups:
    """What the page about backups shows; `is_own` is a PostgreSQL of the operator's, which they back up themselves."""

    is_on: bool
    is_own: bool
    days: int
    place: str
    standing: Standing | None
    troubles: tuple[Trouble, ...]
    deeds: tuple[Deed, ...]
    drilled: Deed | None
    verified: Deed | None


def backups(language: str) -> Backups:
    """Return how the backups of this installation stand; the same for every academy on it, and about nobody."""
    chosen, history = current_academy().settings.backup, History(settings.BACKUP_NOTES)
    return Backups(
        is_on=settings.BACKUPS_ON,
        is_own=settings.OWN_DATABASE,
        days=chosen.days,
        place=chosen.place_en if language == "en" else chosen.place_nl,
        standing=history.standing(),
        troubles=tuple(troubles_now()),
        deeds=tuple(history.deeds()[:SHOWN]),
        drilled=history.last(Kind.DRILL),
        verified=history.last(Kind.VERIFY),
    )


def troubles_now() -> list[Trouble]:
    """Return what is the matter with the backups, the gravest first; nothing where none are made here."""
    if not settings.BACKUPS_ON:
        return []
    days = min(current_academy().settings.backup.days, settings.BACKUP_DAYS)
    return troubles(History(settings.BACKUP_NOTES), now=clock.now(), days=days)


def administrators() -> QuerySet[Person]:
    """Return who is told when something is the matter: the academy's administrators, by id."""
    roles = Role.objects.filter(name=Role.Name.ACADEMY_ADMIN, ended_at=None)
    found = Person.objects.filter(pk__in=roles.values("person"), state=Person.State.ACTIVE)
    return unrestricted(found).order_by("id")


def was_told_lately(now: datetime) -> bool:
    """Whether the administrators got a mail about the backups within the last day."""
    return Message.objects.filter(kind=MAIL, created_at__gt=now - TOLD_EVERY).exists()
