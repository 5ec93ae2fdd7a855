"""Counting what is over, before anything of it goes; and adding up the counts of an organisation that leaves.

A fact is booked once. What is corrected afterwards (attendance, a result, a certificate that is revoked) does not
change it: nobody can be found in a row that went up by one yesterday. Nothing is counted twice either: a run and a
month are marked as counted in the transaction that counts them, and of whoever is erased before that, the rows are
counted in the transaction in which they go.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min, Q
from django.utils.translation import override

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.catalogue.models import Run
from leerhuis.charter.terms import years
from leerhuis.consent.queries import name_of_topic, proofs
from leerhuis.enrolment.models import Enrolment
from leerhuis.insights import booking, mails
from leerhuis.insights.batches import close_batches
from leerhuis.insights.comparing import Comparison, alike, as_told, banks_compared_in, banks_open_to, cohorts_in
from leerhuis.insights.counting import (
    SEATED,
    Counts,
    Scope,
    after,
    count_months,
    count_runs,
    first_activity,
    month_of,
)
from leerhuis.insights.events import MonthCompared
from leerhuis.insights.grouping import count_groups
from leerhuis.insights.models import FACTS, CountedMonth, CountedRun
from leerhuis.insights.queries import smallest_group
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted

GRACE: Final = timedelta(minutes=10)  # after a month, for what was begun in its last seconds
AHEAD: Final = timedelta(days=31)  # how long before its rows may go a run is counted that nobody closed
TOPIC: Final = "consent.comparison"
DAYS_TO_COMPARE: Final = 7  # of a month in which the one before is told; later it would be no news
_RUN_TERM: Final = years(2)  # where the academy chose no other


def count_run(run_id: UUID, *, by: Actor) -> None:
    """Book what came of a run that was closed, in this month. Later corrections do not change it. Keeps: L17a, L19."""
    inside_edge()
    _count_runs({run_id: month_of(clock.now())}, by=by)


def count_what_is_over(*, by: Actor) -> int:
    """Book every closed run and every month that is over and was not booked yet; returns how many months.

    Harmless when called twice, and by two at once: the second waits for the first and finds nothing. After a standstill
    it books all months since. Runs that nobody
    closed are counted as they are before their rows may go. Keeps: L17a, L19, L20.
    """
    inside_edge()
    _one_at_a_time()
    _count_runs_left(by=by)
    months = _months_over()
    if months:
        booking.add(count_months(months, Scope()))
        close_batches(max(months), smallest_group())
        count_groups(months, smallest_group())
        for each in CountedMonth.objects.bulk_create(CountedMonth(month=month) for month in months):
            note("count month", each, by=by)
    return len(months)


# --- whoever is erased -----------------------------------------------------------------------------------------------
def count_seats_given_up(person_id: UUID, *, by: Actor) -> None:
    """Book the seats that somebody has in runs that have begun, in this month, before their erasure ends them.

    Called while erasure is asked for, which is noted there; what has not begun counts as cancelled. Keeps: L19.
    """
    inside_edge()
    booking.add(count_runs(_begun_runs(person_id, (Enrolment.State.ENROLLED,)), _scope(person_id)))


def count_before_erasure(person_id: UUID, *, by: Actor) -> None:
    """Book what is not booked yet of somebody whose rows go in this transaction: seats, and months that still run.

    They add to the same rows as everybody's, in the month that is open, and are not there any more when it is counted.
    Where erasure means to delete, they count for no organisation, and what was booked for one before goes to the counts
    without one (as far as their rows still tell). Of somebody whose data are only kept nothing is counted. No note
    leads from here to them. Keeps: L19.
    """
    inside_edge()
    if not unrestricted(Person.objects.filter(pk=person_id)).exists():
        return
    _one_at_a_time()
    begun, months = _begun_runs(person_id, SEATED), _months_of(person_id)
    counted = set(CountedMonth.objects.filter(month__in=months).values_list("month", flat=True))
    scope = _scope(person_id)
    booking.add(count_runs(begun, scope) | count_months(months - counted, scope))
    if scope.nameless:
        booking.leave_organisation(_booked_of(person_id, counted))


def _scope(person_id: UUID) -> Scope:
    return Scope(person_id, nameless=current_academy().settings.erasure.mode == "delete")


def _begun_runs(person_id: UUID, states: Iterable[str]) -> dict[UUID, date]:
    """Return the runs in which somebody has a seat, that have begun and were not counted; locked, with this month."""
    seats = Enrolment.objects.filter(learner=person_id, state__in=list(states))
    begun = Run.objects.filter(pk__in=seats.values("run"), first_day__lte=clock.today())
    held = [run.id for run in begun.select_for_update().order_by("id")]
    counted = set(CountedRun.objects.filter(run__in=held).values_list("run_id", flat=True))
    return {run: month_of(clock.now()) for run in held if run not in counted}


def _months_of(person_id: UUID) -> set[date]:
    first = first_activity(person_id)
    return set(_months_between(month_of(first), month_of(clock.now()))) if first else set()


def _booked_of(person_id: UUID, counted: set[date]) -> Counts:
    """Return what was booked of somebody under an organisation, as far as their rows still tell."""
    runs = CountedRun.objects.filter(run__in=Enrolment.objects.filter(learner=person_id).values("run"))
    scope = Scope(person_id)
    return count_runs(dict(runs.values_list("run_id", "month")), scope) | count_months(counted, scope)


# --- comparing -------------------------------------------------------------------------------------------------------
def send_comparisons(*, by: Actor) -> int:
    """Mail everybody who asked for it, and has something to compare with, how groups did in the month that is over.

    In the first days of a month only, and once for each month: its row is locked and marked in this transaction. Who
    consents later begins with the next one. Nothing is sent of a month in which no group is large enough. Of each bank
    it tells how those did who began in the same quarter, else everybody; never of those with an exam as near, since a
    mail is kept where others can read it, and the day of an exam is nobody else's. Returns how many mails. Keeps: L14b.
    """
    inside_edge()
    if clock.today().day > DAYS_TO_COMPARE or not name_of_topic(TOPIC, "nl"):
        return 0
    last = month_of(month_of(clock.now()) - timedelta(days=1))
    waiting = CountedMonth.objects.select_for_update().filter(month=last, compared_at=None).first()
    if waiting is None:
        return 0
    sent = _compare(waiting, by=by)
    waiting.compared_at = clock.now()
    waiting.save(update_fields=["compared_at"])
    note("compare month", waiting, by=by, fields=["compared_at"])
    emit(MonthCompared(waiting.pk))
    return sent


def _compare(counted: CountedMonth, *, by: Actor) -> int:
    shown = banks_compared_in(counted.month)
    if not shown:
        return 0
    wanting = [each for each in proofs(TOPIC) if each.to.person_id]
    opened = banks_open_to(each.to.person_id for each in wanting if each.to.person_id)
    began_with = {name for banks in opened.values() for _, name in banks}
    cohorts = cohorts_in(dict.fromkeys(shown, counted.month), began_with)
    sent = 0
    for proof in wanting:
        banks = opened.get(proof.to.person_id or counted.pk, ())
        with override(proof.to.language):
            told = tuple(
                as_told(shown[bank], alike(cohorts, bank, counted.month, [began]))
                for bank, began in banks
                if bank in shown
            )
        if told:
            sent += mails.comparison.send(Comparison(counted, told), [proof], {proof.to.language: proof}, by=by)
    return sent


# --- runs and months -------------------------------------------------------------------------------------------------
def _count_runs(months: dict[UUID, date], *, by: Actor) -> None:
    """Book runs that are locked, each in a month, unless they were booked."""
    counted = set(CountedRun.objects.filter(run__in=list(months)).values_list("run_id", flat=True))
    fresh = {run: month for run, month in months.items() if run not in counted}
    if not fresh:
        return
    booking.add(count_runs(fresh, Scope()))
    for each in CountedRun.objects.bulk_create(CountedRun(run_id=run, month=month) for run, month in fresh.items()):
        note("count run", each, by=by)


def _count_runs_left(*, by: Actor) -> None:
    """Book runs that were closed before this was there, and those that nobody closed and whose rows may soon go.

    In the month in which their enrolments ended; where that one was shown already, in the one that runs now.
    """
    settings = current_academy().settings
    terms = (settings.term("terms.course", _RUN_TERM), settings.term("terms.result", _RUN_TERM))
    soon = max(clock.today() + AHEAD - term.delta() for term in terms)
    due = Q(state=Run.State.CLOSED) | (Q(state=Run.State.CONFIRMED, last_day__lte=soon))
    left = Run.objects.filter(due).exclude(pk__in=CountedRun.objects.values("run"))
    held = {run.id: run.last_day for run in left.select_for_update().order_by("id")}
    ended = Enrolment.objects.filter(run__in=list(held), state=Enrolment.State.COMPLETED).order_by()
    last = dict(ended.values_list("run").annotate(last=Max("ended_at")))
    now = month_of(clock.now())
    shown = set(CountedMonth.objects.values_list("month", flat=True)) if held else set()
    months = {run: month_of(last.get(run) or day or now) for run, day in held.items()}
    _count_runs({run: now if month in shown else month for run, month in months.items()}, by=by)


def _months_over() -> list[date]:
    """Return the months that are over and were not counted, the earliest first."""
    current = month_of(clock.now() - GRACE)
    counted = set(CountedMonth.objects.values_list("month", flat=True))
    first = first_activity()
    begun = [month_of(first)] if first else []
    for model in FACTS:  # of whoever was erased only counts are left, and those of their months have to be shown, too
        begun += filter(None, [model.rows().aggregate(first=Min("month"))["first"]])
    begin = min(begun, default=current)
    return [month for month in _months_between(begin, current) if month not in counted and month < current]


def _months_between(first: date, last: date) -> Iterable[date]:
    while first <= last:
        yield first
        first = after(first)


def add_up_counts_of(organisation_id: UUID, *, by: Actor) -> None:
    """Add the counts of an organisation to those without one where both are there; it is about to be removed.

    The others lose the organisation like any row that stays. Noted with the removal. Keeps: L19, L20.
    """
    inside_edge()
    booking.merge_organisation(organisation_id)


def _one_at_a_time() -> None:
    """Let two that count months wait for each other until the transaction ends."""
    name = f"insights {current_academy().schema_name}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
