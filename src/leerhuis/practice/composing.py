"""Composing rounds: what lies before a person, counted, and what the next round asks, each in one statement.

The rules are in pacing.py; here the database counts and sorts, so that a round of a bank of ten thousand questions is
made in some milliseconds (benchmarked; docs/decisions/0029).
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, Final
from uuid import UUID

from django.db import connection

from leerhuis.base import clock
from leerhuis.practice.arranging import Placed, arrange
from leerhuis.practice.forgetting import EXAM_SQL, curve, recall_sql
from leerhuis.practice.models import Access
from leerhuis.practice.pacing import MINUTES, Load, Plan, Waiting, Why, choose, seconds_each
from leerhuis.practice.scheduling import LONGEST_DAYS, RETENTION

AT_ONCE: Final = 50  # questions arranged together, more than any round on a page: the work grows with their square
RECENT_ROUNDS: Final = 8  # whose answers tell somebody's pace
# The accesses, each with its goal and what follows from it today.
_SOME = "access.id = ANY(%(accesses)s)"
_HELD_WHERE = f"""
    held AS MATERIALIZED (
        SELECT access.id, access.person_id, access.bank_id, goal.retention, goal.minutes, goal.exam_on, goal.planned_on,
               coalesce(goal.retention, %(retention)s) AS wished,
               coalesce(goal.exam_on >= %(today)s AND goal.exam_on - %(today)s <= %(last_days)s, false) AS in_stretch,
               (goal.exam_on - %(last_days)s)::timestamp AT TIME ZONE %(zone)s AS stretch_began, {EXAM_SQL} AS exam_at
          FROM practice_access access LEFT JOIN practice_goal goal ON goal.access_id = access.id
         WHERE """  # noqa: S608 - made of literals
_HELD = f"{_HELD_WHERE}{_SOME})"
# Why each question waits; the first that fits. `today_began` is the first moment of this day.
_KIND = f"""
    CASE WHEN card.id IS NULL THEN 'unseen'
         WHEN card.state <> %(known)s THEN CASE WHEN card.due_at > %(at)s THEN 'rest'
              WHEN %(behind)s AND card.last_review < %(today_began)s THEN 'late' ELSE 'again' END
         WHEN held.in_stretch AND card.last_review < %(today_began)s AND {recall_sql("held.exam_at")} < held.wished
              THEN 'below'
         WHEN card.due_at <= %(at)s THEN 'due'
         WHEN held.in_stretch AND card.last_review < held.stretch_began THEN 'looks'
         ELSE 'rest' END
"""
_QUESTIONS = """
           JOIN question ON question.topic_id = topic.id AND question.state = %(released)s
           LEFT JOIN practice_card card ON card.access_id = held.id AND card.question_id = question.id
"""
_RECALL_OF_MET = f", CASE WHEN card.id IS NOT NULL THEN {recall_sql('%(at)s')} END AS recall"


def loads_sql(which: str, *, before: str = "", told: str = "", after: str = "") -> str:
    """Return the statement that counts what lies before whoever holds these accesses today; a row for each.

    `which` chooses among rows called `access`; `before` are tables that it needs. A row holds the id of the access and
    what `load_in` takes. With `told`, columns of `held`, these are followed by the mean recall of what was met, and by
    those; `after` orders the rows.
    """
    mean, of_each = (", avg(each.recall) AS recall", _RECALL_OF_MET) if told else ("", "")
    return f"""
    WITH {before} {_HELD_WHERE}{which})
    SELECT held.id, held.retention, held.minutes, held.exam_on, held.planned_on, pace.took, pace.timed, tally.* {told}
      FROM held
      LEFT JOIN LATERAL (
           SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY answer.took_ms) AS took, count(answer.took_ms) AS timed
             FROM (SELECT id FROM practice_round WHERE access_id = held.id
                    ORDER BY created_at DESC LIMIT %(recent)s) recent
             JOIN practice_answer answer ON answer.round_id = recent.id AND answer.outcome <> 'shown') pace ON true
      LEFT JOIN LATERAL (
           SELECT count(*) FILTER (WHERE each.kind = 'unseen') AS unseen,
                  count(*) FILTER (WHERE each.kind = 'again') AS again,
                  count(*) FILTER (WHERE each.kind = 'due') AS due,
                  count(*) FILTER (WHERE each.kind = 'below') AS below,
                  count(*) FILTER (WHERE each.kind = 'looks') AS looks,
                  count(*) FILTER (WHERE each.met >= %(today_began)s) AS met_today,
                  count(*) FILTER (WHERE each.met < %(today_began)s
                                     AND each.last_review >= %(today_began)s) AS refreshed_today,
                  max(each.last_review) AS last_review
                  {mean}
             FROM (SELECT card.created_at AS met, card.last_review, {_KIND} AS kind
                          {of_each}
                     FROM question_topic topic {_QUESTIONS}
                    WHERE topic.bank_id = held.bank_id OFFSET 0) each) tally ON true
     {after}
"""  # noqa: S608 - made of literals


_LOADS = loads_sql(_SOME)
# Each list, and by what it is ordered; only as many as a round can hold are sorted to the end.
_ORDERS: Final = {
    "again": "due_at, id",
    "late": "due_at, id",
    "due": f"CASE WHEN %(behind)s THEN -({recall_sql('%(at)s')}) END, due_at, id",
    "below": f"{recall_sql('exam_at')}, due_at, id",
    "looks": f"{recall_sql('exam_at')}, due_at, id",
    "rest": "due_at, id",
}
_LISTED = "\n    UNION ALL ".join(
    f"(SELECT kind, id, topic_id FROM card WHERE kind = '{kind}' ORDER BY {order} LIMIT %(size)s)"  # noqa: S608
    for kind, order in _ORDERS.items()
)
_CANDIDATES = f"""
    WITH {_HELD}, card AS MATERIALIZED (
        SELECT question.id, question.topic_id, topic.position AS topic_position, question.position, card.state,
               card.stability, card.last_review, card.due_at, held.exam_at, {_KIND} AS kind
          FROM held JOIN question_topic topic ON topic.bank_id = held.bank_id
           AND (%(topic)s::uuid IS NULL OR topic.id = %(topic)s) {_QUESTIONS}
    ), turned AS (
        SELECT id, topic_id, topic_position, row_number() OVER (PARTITION BY topic_id ORDER BY position, id) AS turn
          FROM card WHERE kind = 'unseen'
    ), listed AS (
        (SELECT 'unseen' AS kind, id, topic_id FROM turned ORDER BY turn, topic_position, id LIMIT %(size)s)
    UNION ALL {_LISTED})
    SELECT kind, id, topic_id, ARRAY(SELECT objective_id FROM question_aim WHERE question_id = listed.id) FROM listed
"""  # noqa: S608 - made of literals
# The interval of FSRS (`scheduling.interval_days`) for every known question of one access at once.
_REPLAN = """
    UPDATE practice_card SET due_at = last_review + make_interval(secs => 86400 * least(%(longest)s, greatest(1,
           round(stability / %(factor)s * (power(%(wished)s::float8, 1 / %(decay)s::float8) - 1)))))
     WHERE access_id = %(access)s AND state = %(known)s
"""


def loads(accesses: Iterable[UUID]) -> dict[UUID, Load]:
    """Return what lies before the persons who hold these accesses, today; in one statement for all."""
    values = {**curve(clock.now()), "accesses": list(accesses), "recent": RECENT_ROUNDS, "behind": False}
    with connection.cursor() as cursor:
        cursor.execute(_LOADS, values)
        return {row[0]: load_in(row[1:]) for row in cursor.fetchall()}


def load_of(access: Access) -> Load:
    """Return what lies before a person in one bank today."""
    return loads([access.id])[access.id]


def compose(access: Access, load: Load, topic: UUID | None = None) -> list[tuple[UUID, Why]]:
    """Return what the next round asks, with the reason for each; empty when the bank (or topic) holds nothing to ask.

    The order is that of `pacing.choose`, in which topics take turns and no learning goal follows itself.
    """
    values = {
        **curve(clock.now()),
        "accesses": [access.id],
        "behind": load.is_behind,
        "size": load.size,
        "topic": topic,
    }
    lists: dict[str, list[Placed[UUID]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES, values)
        for name, question_id, topic_id, aims in cursor.fetchall():
            lists[name].append(Placed(question_id, topic_id, frozenset(aims)))
    chosen = choose(Waiting(**lists), load)
    placed = [Placed((each.item, why), each.topic, each.aims) for each, why in chosen]
    parts = (placed[start : start + AT_ONCE] for start in range(0, len(placed), AT_ONCE))
    return [each for part in parts for each in arrange(part)]


def replan(access: Access, retention: float) -> int:
    """Let every known question of an access come back when its recall has fallen to a retention; returns how many.

    One statement, from the stability alone. What was missed last time waits its ten minutes as before.
    """
    values = {**curve(clock.now()), "access": access.id, "wished": retention, "longest": LONGEST_DAYS}
    with connection.cursor() as cursor:
        cursor.execute(_REPLAN, values)
        return int(cursor.rowcount)


def load_in(row: Sequence[Any]) -> Load:
    """Return what lies before somebody from the columns of `loads_sql` that follow the access."""
    retention, minutes, exam_on, planned_on, took, timed, *tally = row
    plan = Plan(retention or RETENTION, minutes or MINUTES, exam_on, planned_on)
    return Load(clock.today(), plan, seconds_each(took, timed), *tally)
