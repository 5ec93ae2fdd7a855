"""Whom to remind now: everybody whose hour it is and who consents, with what lies before them, in one statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from leerhuis.base import clock
from leerhuis.consent.queries import people_who_want
from leerhuis.people.models import SignIn
from leerhuis.people.queries import signed_in_still, unrestricted
from leerhuis.practice.composing import RECENT_ROUNDS, load_in, loads_sql
from leerhuis.practice.forgetting import curve
from leerhuis.practice.models import Card, PushDevice, Reminder, ReminderPlan
from leerhuis.practice.pacing import Load
from leerhuis.practice.reminding import Reason, bit_of, is_work, reason_to_remind

PUSH: Final = "practice.reminder_push"  # the topics to which one consents
MAIL: Final = "practice.reminder_mail"
_FINISHED = """(SELECT bool_and(permit.finished_at IS NOT NULL) FROM practice_permit permit
                 WHERE permit.access_id = held.id AND permit.withdrawn_at IS NULL)"""
_PRESSING: Final = {Reason.EXAM: 0, Reason.DUE: 1, Reason.FADING: 2}


@dataclass(frozen=True)
class ToRemind:
    """Somebody who is to be reminded: of which bank, why, of how much, and on a device or by mail."""

    plan_id: UUID
    person_id: UUID
    bank_id: UUID
    reason: Reason
    questions: int
    minutes: int
    on_device: bool


def open_devices() -> QuerySet[PushDevice]:
    """Return the devices to which a word may go at this moment.

    Their sign-in was not ended, and their owner consents to it, is signed in somewhere, is here, and may have their
    data used. Whether it is this sign-in that has not run out is looked at in each: `people.queries.is_signed_in_by`.
    """
    signed_in = SignIn.objects.filter(pk=OuterRef("sign_in"), ended_at=None, person=OuterRef("plan__person"))
    devices = unrestricted(PushDevice.objects.all(), "plan__person")
    somewhere = Exists(signed_in_still(OuterRef("plan__person")))
    return devices.filter(Exists(signed_in), somewhere, plan__person__in=people_who_want(PUSH))


def plans_of_this_hour() -> QuerySet[Any]:
    """Return the plans whose hour it is, of people who consent, were not reminded and did not practise today.

    Each says whether a device may get it (`on_device`); else it goes by mail.
    """
    now = clock.now().astimezone(clock.zone())
    today_began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    practised = Card.objects.filter(access__person=OuterRef("person"), last_review__gte=today_began)
    reminded = Reminder.objects.filter(plan=OuterRef("pk"), day=now.date())
    plans = ReminderPlan.objects.annotate(
        on_device=Exists(open_devices().filter(plan=OuterRef("pk"))), today=F("days").bitand(bit_of(now.date()))
    ).filter(Q(on_device=True) | Q(person__in=people_who_want(MAIL)), hour=now.hour, today__gt=0)
    if is_work(now.date(), now.hour):
        plans = plans.filter(at_work=True)
    return plans.exclude(Exists(reminded)).exclude(Exists(practised)).order_by()


def still_helps(plan: ReminderPlan) -> bool:
    """True while a reminder of today may still arrive: not at work unless that was chosen, nor after practising."""
    now = clock.now().astimezone(clock.zone())
    today_began = now.replace(hour=0, minute=0, second=0, microsecond=0)
    practised = Card.objects.filter(access__person=plan.person_id, last_review__gte=today_began)
    return plan.times.welcome_at(now) and not practised.exists()


def whom_to_remind() -> Iterator[ToRemind]:
    """Yield everybody who is to be reminded now, once each, of the bank that asks for it most; memory stays flat."""
    chosen, values = embedded(plans_of_this_hour().values("id", "person_id", "on_device"), "plan")
    statement = loads_sql(
        "access.until > %(at)s AND access.person_id IN (SELECT person_id FROM wanted)",
        before=f"wanted AS MATERIALIZED ({chosen}),",
        told=f", wanted.id, wanted.person_id, wanted.on_device, held.bank_id, {_FINISHED} AS finished",
        after="JOIN wanted ON wanted.person_id = held.person_id ORDER BY wanted.person_id, held.id",
    )
    values |= {**curve(clock.now()), "recent": RECENT_ROUNDS, "behind": False}
    with connection.chunked_cursor() as cursor:
        cursor.execute(statement, values)
        for _person, rows in groupby(cursor, key=lambda row: row[-4]):
            found = _most_pressing([_read(row) for row in rows])
            if found:
                yield found


def embedded(rows: QuerySet[Any], name: str) -> tuple[str, dict[str, Any]]:
    """Return a query as a part of a statement with named values, and its values: ``%(plan_0)s``."""
    sql, values = rows.query.sql_with_params()
    named = {f"{name}_{place}": value for place, value in enumerate(values)}
    return sql % tuple(f"%({key})s" for key in named), named


def _read(row: Sequence[Any]) -> tuple[Load, Reason | None, Sequence[Any]]:
    _access, *counted = row
    *load, recall = counted[:-5]
    told = counted[-5:]
    lies_before = load_in(load)
    return lies_before, reason_to_remind(lies_before, recall, finished=bool(told[-1])), told


def _most_pressing(banks: Sequence[tuple[Load, Reason | None, Sequence[Any]]]) -> ToRemind | None:
    """Return the bank that asks for it most: an exam first, then the one with most to repeat."""
    asking = [(load, reason, told) for load, reason, told in banks if reason]
    if not asking:
        return None
    load, reason, told = min(asking, key=lambda each: (_PRESSING[each[1]], -each[0].repeats))
    plan_id, person_id, on_device, bank_id, _finished = told
    return ToRemind(plan_id, person_id, bank_id, reason, load.waiting, load.minutes_for(load.waiting), on_device)
