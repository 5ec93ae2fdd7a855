"""What happened in the runs of the demo: registrations, withdrawals, attendance, results, certificates, closing."""

from datetime import datetime, time, timedelta
from functools import partial

from django.db import connection

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.catalogue import actions as catalogue
from leerhuis.config.demo.content import kinds, loader
from leerhuis.config.demo.offer import World, add_person, at, open_account
from leerhuis.config.demo.registering import cancel, hand_in
from leerhuis.config.demo.timeline import Timeline
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.actions import SEND
from leerhuis.mail.models import Message
from leerhuis.results.actions import attendance, outcomes


def plan(world: World, now: datetime, timeline: Timeline) -> None:
    """Put on the line what happened in every run, up to `now`."""
    for run in loader.runs(world.academy):
        enrolments = loader.enrolments(world.academy, run, world.today)
        _plan_orders(world, run, timeline)
        if run.state == "confirmed":
            _plan_lessons(world, run, enrolments, now, timeline)
            _plan_outcomes(world, run, enrolments, now, timeline)
    timeline.add(now - timedelta(hours=2), partial(_add_the_rest, world))


def _plan_orders(world: World, run: kinds.Run, timeline: Timeline) -> None:
    for place, order in enumerate(run.orders):
        moment = at(world.today - timedelta(days=order.days_ago), 9 + place % 8, 7 * place % 60)
        timeline.add(moment, partial(hand_in, world, run, order))
        if run.state != "cancelled":
            for key in order.cancelled:
                timeline.add(moment + timedelta(hours=20), partial(cancel, world, run.key, key))
    for order in run.orders:
        for key in order.learners:
            opened = at(world.today - timedelta(days=max(order.days_ago - 1, 0)), 20)
            timeline.add(opened, partial(_open_once, world, key))


def _open_once(world: World, key: str) -> None:
    """Let three in four learners open their account the day after they were registered."""
    person = world.people[key]
    person.refresh_from_db()
    if not person.has_usable_password() and sum(key.encode()) % 4:
        open_account(world, person)


def _plan_lessons(
    world: World, run: kinds.Run, enrolments: tuple[kinds.Enrolment, ...], now: datetime, timeline: Timeline
) -> None:
    for place, lesson in enumerate(loader.lessons(world.academy, run, world.today)):
        marks = {e.person.key: e.marks[place] for e in enrolments if len(e.marks) > place}
        moment = datetime.combine(lesson.day, lesson.plan.end, clock.zone()) + timedelta(minutes=5)
        if marks and moment < now:
            timeline.add(moment, partial(_take_attendance, world, run, place, marks))


def _take_attendance(world: World, run: kinds.Run, place: int, marks: dict[str, kinds.Mark]) -> None:
    by = Actor.person(world.people[run.trainers[0]].id, "trainer")
    lesson = world.lessons[run.key][place]
    for key, mark in marks.items():
        attendance.mark_attendance(lesson, enrolment_of(world, run.key, key), mark, by=by)
    attendance.submit_sheet(lesson, by=by)


def _plan_outcomes(
    world: World, run: kinds.Run, enrolments: tuple[kinds.Enrolment, ...], now: datetime, timeline: Timeline
) -> None:
    last_day = loader.lessons(world.academy, run, world.today)[-1].day
    decided = [e for e in enrolments if e.outcome]
    moment = datetime.combine(last_day, time(11), clock.zone()) + timedelta(days=3)
    if not decided or moment > now:
        return
    for enrolment in decided:
        if enrolment.made_up:
            timeline.add(moment - timedelta(hours=1), partial(_make_up, world, run, enrolment))
        timeline.add(moment, partial(_decide, world, run.key, enrolment))
    timeline.add(moment + timedelta(days=1), partial(_close, world, run.key))


def _make_up(world: World, run: kinds.Run, enrolment: kinds.Enrolment) -> None:
    for place, mark in enumerate(enrolment.marks):
        if mark != "present":
            attendance.correct_attendance(
                world.lessons[run.key][place],
                enrolment_of(world, run.key, enrolment.person.key),
                "present",
                reason=enrolment.made_up,
                by=world.actor("clerk"),
            )


def _decide(world: World, run_key: str, enrolment: kinds.Enrolment) -> None:
    row = enrolment_of(world, run_key, enrolment.person.key)
    outcomes.give_result(row, str(enrolment.outcome), by=world.actor("clerk"))
    if enrolment.earns_certificate:
        outcomes.issue_certificate(row, by=world.actor("clerk"))


def _close(world: World, run_key: str) -> None:
    run = world.runs[run_key]
    run.refresh_from_db()
    if not Enrolment.objects.filter(run=run, state=Enrolment.State.ENROLLED).exists():
        catalogue.close_run(run, by=world.actor("planner"))


def enrolment_of(world: World, run_key: str, person_key: str) -> Enrolment:
    """Return the live enrolment of a person in a run."""
    rows = Enrolment.objects.select_related("run__course", "learner").exclude(state=Enrolment.State.CANCELLED)
    return rows.get(run=world.runs[run_key], learner=world.people[person_key])


def _add_the_rest(world: World) -> None:
    """Make known who never registered for anything."""
    for person in loader.people(world.academy):
        if person.key not in world.people:
            add_person(world, person)


def settle(now: datetime) -> None:
    """Let the mails of the past be past: they were delivered then, which was noted, and are not sent today."""
    with connection.cursor() as cursor:
        cursor.execute(_DELIVER, {"until": now - timedelta(hours=1)})
        cursor.execute(_NOTE_DELIVERY, {"by": Actor.job(SEND).role, "thing": Message._meta.label_lower})
        cursor.execute(_DROP_JOBS, {"academy": current_academy().schema_name, "job": SEND})


_DELIVER = """
    UPDATE message SET state = 'sent', attempts = 1, sent_at = created_at + interval '4 seconds',
           body = CASE WHEN secret THEN '' ELSE body END
     WHERE state = 'waiting' AND created_at < %(until)s
"""
_NOTE_DELIVERY = """
    INSERT INTO note (id, created_at, actor_kind, actor_role, verb, thing_kind, thing_id, subject_person, touched,
                      mark)
    SELECT gen_random_uuid(), coalesce(sent_at, created_at + interval '41 hours'), 'job', %(by)s, 'mail ' || state,
           %(thing)s, id, person, '["state"]', ''
      FROM message WHERE state <> 'waiting'
"""
_DROP_JOBS = """
    DELETE FROM procrastinate_jobs WHERE args->>'job' = %(job)s AND args->>'academy' = %(academy)s
       AND args->>'id' IN (SELECT id::text FROM message WHERE state = 'sent')
"""
