"""Sources that make answers right: naming them, and what becomes of questions when one of them changes."""

from datetime import date, timedelta

from django.db.models import F, Q

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.people.models import Person
from leerhuis.practice.events import SourceChanged
from leerhuis.practice.models import Access, Objective, Question, Source
from leerhuis.practice.rules import ObjectiveTaken, SourceTaken, StillUsed


def add_source(*, name: str, address: str = "", valid_until: date | None = None, by: Actor) -> Source:
    """Name a source. Refuses SourceTaken."""
    inside_edge()
    source = Source(name=tidy(name), address=address, valid_until=valid_until)
    _refuse_taken(source)
    source.save()
    note("add source", source, by=by)
    return source


def change_source(source: Source, *, name: str, address: str, valid_until: date | None, by: Actor) -> None:
    """Change what is said of a source; its questions stay in use. Refuses SourceTaken."""
    inside_edge()
    source.name, source.address, source.valid_until = tidy(name), address, valid_until
    _refuse_taken(source)
    source.save(update_fields=["name", "address", "valid_until"])
    note("change source", source, by=by, fields=["name", "address", "valid_until"])


def declare_changed(source: Source, *, on: date, by: Actor) -> int:
    """Say that a source changed: its questions in use are retired, and no learner meets them in any round.

    Who has met one of them reads so once, on the page where practice begins. A question returns when somebody has
    looked at it and released it. Returns how many were retired.
    """
    inside_edge()
    source.changed_on = on
    source.save(update_fields=["changed_on"])
    in_use = Question.objects.filter(rests_on=source, state=Question.State.RELEASED)
    retired = in_use.update(state=Question.State.RETIRED, retired_at=clock.now())
    note("declare source changed", source, by=by, fields=["changed_on"])
    emit(SourceChanged(source.id, retired))
    return retired


def declare_ended(*, by: Actor) -> int:
    """Say of every source whose last day is past that it changed the day after; return how many.

    A source that was said to have changed since that day is left alone: somebody has looked at its questions.
    """
    inside_edge()
    past = Source.objects.filter(valid_until__lt=clock.today())
    ended = past.filter(Q(changed_on=None) | Q(changed_on__lte=F("valid_until"))).select_for_update(of=("self",))
    sources = [(each, each.valid_until) for each in ended.order_by("id") if each.valid_until]
    for source, last_day in sources:
        declare_changed(source, on=last_day + timedelta(days=1), by=by)
    return len(sources)


def remove_source(source: Source, *, by: Actor) -> None:
    """Take out a source on which no question rests. Refuses StillUsed."""
    inside_edge()
    if Question.objects.filter(rests_on=source).exists():
        raise StillUsed
    note("remove source", source, by=by)
    source.delete()


def read_of_change(person: Person, *, by: Actor) -> None:
    """Keep that a person read that questions were retired, so that it is told once."""
    inside_edge()
    for access in Access.objects.select_for_update(of=("self",)).filter(person=person).order_by("id"):
        access.told_at = clock.now()
        access.save(update_fields=["told_at"])
    note("read of retired questions", person, by=by, subject=person.id, fields=["told_at"])


def change_objective(objective: Objective, *, title: str, by: Actor) -> None:
    """Put a learning goal in other words. Refuses ObjectiveTaken."""
    inside_edge()
    objective.title = tidy(title)
    others = Objective.objects.filter(bank=objective.bank_id, title__iexact=objective.title).exclude(pk=objective.pk)
    if others.exists():
        raise ObjectiveTaken
    objective.save(update_fields=["title"])
    note("change objective", objective, by=by, fields=["title"])


def _refuse_taken(source: Source) -> None:
    if Source.objects.exclude(pk=source.pk).filter(name__iexact=source.name).exists():
        raise SourceTaken
