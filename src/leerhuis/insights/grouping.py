"""Counting groups of learners: those of a run, and those who are alike. Two statements a month, for all of them.

Kept is only what may be shown: whoever is erased before a group is counted is not in it, and afterwards nobody can be
told from it. Answers of people whose data are only kept do not count.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.db import connection

from leerhuis.base import clock
from leerhuis.insights.cohorts import BANDS, EXAM, STARTED
from leerhuis.insights.counting import SEATED, after, begin_of

# Groups are told apart by one key that is never empty, so that the database can join them by it.
_GROUPS: Final = """
    WITH seated AS (
        SELECT run.course_id, run.id AS run_id, enrolment.learner_id, min(enrolment.created_at) AS since
          FROM enrolment
          JOIN run ON run.id = enrolment.run_id
          JOIN person ON person.id = enrolment.learner_id AND person.restricted_at IS NULL
         WHERE enrolment.state = ANY(%(seated)s) AND enrolment.created_at < %(end)s
         GROUP BY run.id, enrolment.learner_id
    ), member AS (
        SELECT run_id AS key, course_id, run_id, learner_id, since FROM seated
         UNION ALL
        SELECT course_id, course_id, NULL, learner_id, min(since) FROM seated GROUP BY course_id, learner_id
    ), large AS (
        SELECT key FROM member GROUP BY key HAVING count(*) > %(smallest)s
    ), closed AS (
        SELECT coalesce(run_id, course_id) AS key, topic_id, max(month) AS month FROM group_batch GROUP BY 1, 2
    )
    INSERT INTO group_batch (id, month, course_id, run_id, topic_id, people, answers, "right")
    SELECT gen_random_uuid(), %(month)s, member.course_id, member.run_id, question.topic_id,
           count(DISTINCT access.person_id), count(*), count(*) FILTER (WHERE answer.outcome = 'right')
      FROM member
      JOIN large USING (key)
      JOIN module ON module.course_id = member.course_id
      JOIN practice_access access ON access.person_id = member.learner_id AND access.bank_id = module.bank_id
      JOIN practice_round sitting ON sitting.access_id = access.id
      JOIN practice_answer answer ON answer.round_id = sitting.id
      JOIN question ON question.id = answer.question_id
      LEFT JOIN closed ON closed.key = member.key AND closed.topic_id = question.topic_id
     WHERE answer.outcome <> 'shown' AND answer.created_at >= member.since AND answer.created_at < %(end)s
       AND (closed.month IS NULL
            OR answer.created_at >= (closed.month + interval '1 month') AT TIME ZONE %(zone)s)
     GROUP BY member.course_id, member.run_id, question.topic_id
    HAVING count(DISTINCT access.person_id) >= %(smallest)s
"""
# In each cohort people are counted by the organisation for which they worked, so that the largest can be left out.
_COHORTS: Final = f"""
    WITH given AS (
        SELECT topic.bank_id, topic.id AS topic_id, access.person_id, answer.outcome = 'right' AS is_right,
               employer.organisation_id, cohort.name AS cohort
          FROM practice_answer answer
          JOIN practice_round sitting ON sitting.id = answer.round_id
          JOIN practice_access access ON access.id = sitting.access_id
          JOIN person ON person.id = access.person_id AND person.restricted_at IS NULL
          JOIN question ON question.id = answer.question_id
          JOIN question_topic topic ON topic.id = question.topic_id
          LEFT JOIN practice_goal goal ON goal.access_id = access.id AND goal.exam_on >= %(after)s
          LEFT JOIN LATERAL (
               SELECT organisation_id FROM membership
                WHERE membership.person_id = access.person_id AND kind = 'employee'
                  AND membership.created_at < %(end)s
                  AND (membership.ended_at IS NULL OR membership.ended_at >= %(begin)s)
                ORDER BY membership.created_at, membership.id LIMIT 1) employer ON true
         CROSS JOIN LATERAL (VALUES
               (to_char(access.created_at AT TIME ZONE %(zone)s, '"{STARTED}"YYYY"-"Q')),
               ('{EXAM}' || width_bucket((goal.exam_on - %(after)s) / 7, %(bands)s)::text)) AS cohort(name)
         WHERE answer.outcome <> 'shown' AND answer.created_at >= %(begin)s AND answer.created_at < %(end)s
           AND cohort.name IS NOT NULL
    ), counted AS (
        SELECT bank_id, topic_id, cohort, organisation_id, count(DISTINCT person_id) AS people, count(*) AS answers,
               count(*) FILTER (WHERE is_right) AS is_right
          FROM given GROUP BY GROUPING SETS (
               (bank_id, cohort, organisation_id, topic_id), (bank_id, cohort, organisation_id))
    ), summed AS (
        SELECT bank_id, topic_id, cohort, sum(people) AS everybody, sum(answers) AS answers, sum(is_right) AS is_right,
               coalesce(max(people) FILTER (WHERE organisation_id IS NOT NULL), 0) AS largest
          FROM counted GROUP BY bank_id, topic_id, cohort
    ), sized AS (
        SELECT *, CASE WHEN everybody > largest THEN everybody - largest ELSE everybody END AS people FROM summed
    )
    INSERT INTO cohort_month (id, month, bank_id, topic_id, cohort, people, answers, "right")
    SELECT gen_random_uuid(), %(month)s, bank_id, topic_id, cohort, people, answers, is_right
      FROM sized WHERE people >= %(smallest)s
"""  # noqa: S608 - made of literals


def count_groups(months: Iterable[date], smallest: int) -> None:
    """Close every batch of a group with at least `smallest` people in it at the end of each month, and count cohorts.

    The months are given in their order, each once. Two statements, each sent together for all of them.
    """
    values = [_values(month, smallest) for month in months]
    with connection.cursor() as cursor:
        cursor.executemany(_GROUPS, values)
        cursor.executemany(_COHORTS, values)


def _values(month: date, smallest: int) -> dict[str, Any]:
    following = after(month)
    return {
        "month": month,
        "begin": begin_of(month),
        "after": following,
        "end": begin_of(following),
        "zone": str(clock.zone()),
        "seated": list(SEATED),
        "bands": list(BANDS),
        "smallest": smallest,
    }
