"""What somebody reads of their own reminders: how they stand, the devices, the latest, and when the next may come."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Window
from django.db.models.functions import RowNumber, TruncDate

from leerhuis.base import clock
from leerhuis.consent.models import Choice
from leerhuis.consent.queries import choices_of
from leerhuis.people.models import Person
from leerhuis.practice.composing import loads
from leerhuis.practice.due_reminders import MAIL, PUSH, open_devices
from leerhuis.practice.models import Access, Card, Permit, PushDevice, Question, Reminder, ReminderPlan, Round
from leerhuis.practice.pacing import Load
from leerhuis.practice.queries import accesses_of
from leerhuis.practice.reminding import ENOUGH, ROUNDS_FIRST, next_moment, reason_to_remind


@dataclass(frozen=True)
class MyReminders:
    """How reminders stand for somebody: the plan (the usual one for whoever chose none), the ways, and what comes."""

    plan: ReminderPlan
    push: bool
    mail: bool
    asked: bool
    devices: list[PushDevice]
    latest: list[Reminder]
    next_at: datetime | None

    @property
    def wanted(self) -> bool:
        """True when they consent to any way."""
        return self.push or self.mail


def my_reminders(person: Person) -> MyReminders:
    """Return how reminders stand for a person now."""
    plan = ReminderPlan.objects.filter(person=person).first() or ReminderPlan(person=person)
    now = choices_of(person)
    push, mail = (now.get(topic) == Choice.Step.GIVEN for topic in (PUSH, MAIL))
    return MyReminders(
        plan=plan,
        push=push,
        mail=mail,
        asked=Choice.Step.ASKED in {now.get(PUSH), now.get(MAIL)},
        devices=list(devices_of(person)),
        latest=list(Reminder.objects.filter(plan=plan).select_related("bank").order_by("-day")[:3]) if now else [],
        next_at=next_reminder(plan) if push or mail else None,
    )


def devices_of(person: Person) -> QuerySet[PushDevice]:
    """Return the devices of a person that get notifications, the newest first."""
    return open_devices().filter(plan__person=person).order_by("-created_at")


def asks_first(person: Person) -> bool:
    """True for whoever finished rounds on three days, so that it was of value, and never said anything about this."""
    said = Choice.objects.filter(reader__person=person, topic__in=(PUSH, MAIL))
    spoke = Exists(ReminderPlan.objects.filter(person=person)) | Exists(said)
    ended = Round.objects.filter(access__person=person, ended_at__isnull=False).exclude(spoke).order_by()
    days = ended.annotate(day=TruncDate("ended_at", tzinfo=clock.zone())).values("day").distinct()
    return len(days[:ROUNDS_FIRST]) == ROUNDS_FIRST


def next_reminder(plan: ReminderPlan) -> datetime | None:
    """Return when the next reminder is expected if nobody practises before; None where nothing asks for one.

    It may come otherwise: what is due by then is known, what somebody does until then is not.
    """
    now = clock.now().astimezone(clock.zone())
    accesses = list(accesses_of(plan.person).annotate(finished=_is_finished()))
    ahead = loads([access.id for access in accesses]) if accesses else {}
    soon = _soonest(accesses, ahead, now)
    if soon is None:
        return None
    reminded = Reminder.objects.filter(plan=plan, day=now.date()).exists()
    return next_moment(plan.times, max(now, soon.astimezone(clock.zone())), reminded_today=reminded)


def _is_finished() -> Any:
    live = Permit.objects.filter(access=OuterRef("pk"), withdrawn_at=None)
    return Exists(live) & ~Exists(live.filter(finished_at=None))


def _soonest(accesses: list[Any], ahead: dict[Any, Load], now: datetime) -> datetime | None:
    """Return the first moment at which one of these accesses asks for a reminder."""
    tomorrow = now.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    coming = _due_from(accesses, now)
    moments: list[datetime] = []
    for access in accesses:
        load = ahead[access.id]
        if access.finished:
            continue
        if reason_to_remind(load, None, finished=False):
            moments.append(now)
        elif load.plan.exam_ahead(tomorrow.date()) and (load.unseen or load.below or load.looks):
            moments.append(tomorrow)
        else:
            need = min(ENOUGH, load.usual) - load.again - load.due
            due = coming.get(access.id, [])
            if need <= 0:
                moments.append(tomorrow)  # practised today, and much is left
            elif len(due) >= need:
                moments.append(due[need - 1])
    return min(moments, default=None)


def _due_from(accesses: list[Access], now: datetime) -> dict[Any, list[datetime]]:
    """Return the moments at which the next questions of each access fall due, as many as are looked at."""
    place = Window(RowNumber(), partition_by="access_id", order_by="due_at")
    coming = Card.objects.filter(access__in=accesses, due_at__gt=now, question__state=Question.State.RELEASED)
    found: dict[Any, list[datetime]] = {}
    rows = coming.annotate(place=place).filter(place__lte=ENOUGH).order_by("due_at").values_list("access_id", "due_at")
    for access_id, due_at in rows:
        found.setdefault(access_id, []).append(due_at)
    return found
