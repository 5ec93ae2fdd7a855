"""Mastery: how much of a topic somebody is predicted to know at this moment, for many questions in one statement.

The mean predicted recall over all questions in use. A question never answered counts as 0, and so does one that was
answered wrongly last time: right after an answer every curve of forgetting stands at 1, and a number that rises by
wrong answers would be no help to anybody. It falls by itself as time goes by.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db import connection

from leerhuis.practice.forgetting import EXAM_SQL, curve, recall_sql

NORMAL_80: Final = 1.2815515655446004  # standard deviations on both sides that hold 80 % of a normal distribution
_NOTHING: Final = (0, 0, 0.0, 0.0, 0.0)  # what is known of a topic of which nothing was met
# First the topics of the banks, with nobody; then of each person what they met, in no topic where that is nothing. They
# meet in `masteries_of`: joined here, a wrong guess of how many memories there are would compare all rows with all.
_PER_TOPIC = f"""
    SELECT NULL::uuid, topic.bank_id, topic.id, topic.title, topic.position, count(*), 0, 0, 0, 0
      FROM question_topic topic JOIN question ON question.topic_id = topic.id AND question.state = %(released)s
     WHERE topic.bank_id = ANY(%(banks)s)
     GROUP BY topic.id
    UNION ALL
    SELECT person_id, bank_id, topic_id, '', 0, count(topic_id), count(*) FILTER (WHERE due_at <= %(at)s),
           coalesce(sum(now), 0), coalesce(sum(coalesce(at_exam, now)), 0),
           coalesce(sum(coalesce(at_exam, now) * (1 - coalesce(at_exam, now))), 0)
      FROM (SELECT access.person_id, access.bank_id, question.topic_id, card.due_at, {recall_sql("%(at)s")} AS now,
                   CASE WHEN goal.exam_on >= %(today)s THEN {recall_sql(EXAM_SQL)} END AS at_exam
              FROM practice_access access
              LEFT JOIN practice_goal goal ON goal.access_id = access.id
              LEFT JOIN (practice_card card
                         JOIN question ON question.id = card.question_id AND question.state = %(released)s)
                     ON card.access_id = access.id
             WHERE access.person_id = ANY(%(people)s) AND access.bank_id = ANY(%(banks)s)
            OFFSET 0) each  -- a wall: else each power is taken wherever it is named
     GROUP BY person_id, bank_id, topic_id
"""  # noqa: S608 - made of literals


@dataclass(frozen=True)
class Forecast:
    """How much is expected to be known on the day of the exam by whoever stops now, in percents.

    Whether each question is known then is taken as an independent chance, that of its predicted recall; the number
    known is a Poisson-binomial sum. `low` and `high` bound 80 % of it by the normal approximation, mean ± 1.28 · the
    root of the sum of p · (1 - p). It says how chance may fall out, not how wrong the curve of forgetting may be.
    """

    percent: int
    low: int
    high: int


def forecast(expected: float, variance: float, questions: int) -> Forecast:
    """Return the forecast of so many questions from the sums of their recall p and of p · (1 - p)."""
    if not questions:
        return Forecast(0, 0, 0)
    spread = NORMAL_80 * math.sqrt(variance)
    low, high = max(0.0, expected - spread), min(float(questions), expected + spread)
    return Forecast(*(round(100 * known / questions) for known in (expected, low, high)))


@dataclass(frozen=True)
class TopicMastery:
    """How one topic stands: `recall` is the sum of predicted recall over its questions, 0 to `questions`.

    `at_exam` is that sum on the day of the exam, and `variance` the sum of p · (1 - p) then; of now without an exam.
    """

    topic_id: UUID
    title: str
    questions: int
    seen: int
    due: int
    recall: float
    at_exam: float = 0.0
    variance: float = 0.0

    @property
    def percent(self) -> int:
        """Return the mastery of the topic in whole percents."""
        return round(100 * self.recall / self.questions) if self.questions else 0

    @property
    def exam(self) -> Forecast:
        """Return how the topic is expected to stand on the day of the exam."""
        return forecast(self.at_exam, self.variance, self.questions)


@dataclass(frozen=True)
class BankMastery:
    """How a whole bank stands for one person, with its topics in the author's order."""

    topics: tuple[TopicMastery, ...] = ()

    @property
    def questions(self) -> int:
        """Return how many questions are in use."""
        return sum(topic.questions for topic in self.topics)

    @property
    def seen(self) -> int:
        """Return how many of them were answered at least once."""
        return sum(topic.seen for topic in self.topics)

    @property
    def due(self) -> int:
        """Return how many wait to be repeated now."""
        return sum(topic.due for topic in self.topics)

    @property
    def new(self) -> int:
        """Return how many were never met."""
        return self.questions - self.seen

    @property
    def share(self) -> float:
        """Return the mastery of the bank, 0 to 1."""
        return sum(topic.recall for topic in self.topics) / self.questions if self.questions else 0.0

    @property
    def percent(self) -> int:
        """Return the mastery of the bank in whole percents."""
        return round(100 * self.share)

    @property
    def exam(self) -> Forecast:
        """Return how the bank is expected to stand on the day of the exam."""
        expected = sum(topic.at_exam for topic in self.topics)
        return forecast(expected, sum(topic.variance for topic in self.topics), self.questions)


def masteries(person_id: UUID, bank_ids: Iterable[UUID], at: datetime) -> dict[UUID, BankMastery]:
    """Return the mastery of each of these banks that the person has, or had, access to; in one statement."""
    return masteries_of([person_id], bank_ids, at).get(person_id, {})


def masteries_of(people: Iterable[UUID], bank_ids: Iterable[UUID], at: datetime) -> dict[UUID, dict[UUID, BankMastery]]:
    """Return for each of these people the mastery of each of these banks, by person and bank; in one statement.

    What one person knows is theirs to see; of many together only `publish` may tell.
    """
    values = {**curve(at), "people": list(people), "banks": list(bank_ids)}
    topics: dict[UUID, list[tuple[int, UUID, str, int]]] = defaultdict(list)
    known: dict[UUID, dict[UUID, dict[UUID, tuple[Any, ...]]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(_PER_TOPIC, values)
        for person_id, bank_id, topic_id, title, position, count, *sums in cursor.fetchall():
            if person_id is None:
                topics[bank_id].append((position, topic_id, title, count))
            else:
                known[person_id][bank_id][topic_id] = (count, *sums)
    return {
        person_id: {bank_id: _bank(sorted(topics[bank_id]), sums) for bank_id, sums in banks.items()}
        for person_id, banks in known.items()
    }


def _bank(topics: Iterable[tuple[int, UUID, str, int]], known: Mapping[UUID, tuple[Any, ...]]) -> BankMastery:
    """Return how a bank stands from its topics in their order and what is known of each."""
    return BankMastery(
        tuple(TopicMastery(id_, title, count, *known.get(id_, _NOTHING)) for _, id_, title, count in topics)
    )
