"""Counting how questions were answered, in batches of as many people as may be shown; one statement for each table.

A batch of a version of a question begins after the last one and takes in whole months that are over. It is closed once
enough people are in it, and until then nothing is kept of it. Answers of people whose data are only kept do not count,
and of whoever is erased before it closes nothing does.
"""

from datetime import date
from typing import Any, Final

from django.db import connection

from leerhuis.base import clock
from leerhuis.insights.counting import after, begin_of

FEWEST_OTHERS: Final = 5  # questions of the rest of the bank before somebody's share of it says anything
LONGEST_SECONDS: Final = 120  # of one answer; whoever takes longer was doing something else
_GIVEN = """
    WITH closed AS (
        SELECT question_id, version, max(month) AS month FROM question_batch GROUP BY question_id, version
    ), given AS (
        SELECT question.id AS question_id, question.kind, question.version, topic.bank_id, access.id AS access_id,
               access.person_id, answer.outcome, answer.outcome = 'right' AS is_right, answer.given, answer.took_ms,
               answer.question_version = question.version AND answer.created_at < %(end)s
               AND (closed.month IS NULL
                    OR answer.created_at >= (closed.month + interval '1 month') AT TIME ZONE %(zone)s) AS counts,
               row_number() OVER (PARTITION BY access.id, question.id ORDER BY answer.answered_at, answer.id) = 1
               AND answer.outcome <> 'shown' AS is_first
          FROM practice_answer answer
          JOIN practice_round sitting ON sitting.id = answer.round_id
          JOIN practice_access access ON access.id = sitting.access_id
          JOIN person ON person.id = access.person_id AND person.restricted_at IS NULL
          JOIN question ON question.id = answer.question_id
          JOIN question_topic topic ON topic.id = question.topic_id
          LEFT JOIN closed ON closed.question_id = question.id AND closed.version = question.version
    )
"""
_BATCHES = f"""
    {_GIVEN}, rest AS (
        SELECT access_id, count(*) AS met, count(*) FILTER (WHERE is_right) AS known
          FROM given WHERE is_first GROUP BY access_id
    ), scored AS (
        SELECT given.*, is_first AND rest.met > %(others)s AS is_paired,
               round(1000.0 * (rest.known - is_right::int) / greatest(1, rest.met - 1))::bigint AS share
          FROM given LEFT JOIN rest USING (access_id) WHERE counts AND outcome <> 'shown'
    )
    INSERT INTO question_batch (id, month, question_id, version, people, answers, "right", first,
           first_right, timed, seconds, paired, paired_right, rest, rest_right, rest_squares)
    SELECT gen_random_uuid(), %(month)s, question_id, version, count(DISTINCT person_id), count(*),
           count(*) FILTER (WHERE is_right), count(*) FILTER (WHERE is_first),
           count(*) FILTER (WHERE is_first AND is_right), count(took_ms),
           coalesce(round(sum(least(took_ms / 1000.0, %(longest)s))), 0),
           count(*) FILTER (WHERE is_paired), count(*) FILTER (WHERE is_paired AND is_right),
           coalesce(sum(share) FILTER (WHERE is_paired), 0),
           coalesce(sum(share) FILTER (WHERE is_paired AND is_right), 0),
           coalesce(sum(share * share) FILTER (WHERE is_paired), 0)
      FROM scored GROUP BY question_id, version HAVING count(DISTINCT person_id) >= %(smallest)s
"""  # noqa: S608 - made of literals
_OPTIONS = f"""
    {_GIVEN}
    INSERT INTO option_batch (id, month, question_id, version, option, chosen)
    SELECT gen_random_uuid(), %(month)s, given.question_id, given.version, chosen.option, count(*)
      FROM given, string_to_table(given.given, ' ') AS chosen(option)
     WHERE counts AND outcome <> 'shown' AND kind IN ('single', 'multiple', 'true_false')
       AND length(chosen.option) BETWEEN 1 AND 40
       AND (given.question_id, given.version) IN (
           SELECT question_id, version FROM (
                  SELECT question_id, version, count(DISTINCT person_id) AS people
                    FROM given WHERE counts AND outcome <> 'shown' GROUP BY question_id, version) large
            WHERE people >= %(smallest)s)
     GROUP BY given.question_id, given.version, chosen.option
"""  # noqa: S608 - made of literals


def close_batches(month: date, smallest: int) -> int:
    """Close every batch that has at least `smallest` people in it at the end of a month; returns how many."""
    values: dict[str, Any] = {
        "month": month,
        "end": begin_of(after(month)),
        "zone": str(clock.zone()),
        "others": FEWEST_OTHERS,
        "longest": LONGEST_SECONDS,
        "smallest": smallest,
    }
    with connection.cursor() as cursor:
        cursor.execute(_OPTIONS, values)  # first: which months are in a batch follows from those that are closed
        cursor.execute(_BATCHES, values)
        return int(cursor.rowcount)
