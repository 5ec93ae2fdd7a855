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

from leerhuis.practice.forgetting import EXAM_SQL, HAS_EXAM_SQL, curve, recall_sql

NORMAL_80: Final = 1.2815515655446004  # standard deviations on both sides that hold 80 % of a normal distribution
_NOTHING: Final = (0, 0, 0.0, 0.0, 0.0)  # what is known of a topic of which nothing was met
# The topics of the banks; who has access to them; and what each of them met of each topic. They meet in `masteries_of`:
# joined here, a wrong guess of how many memories there are would compare all rows with all. The sums stand on the
# memories themselves and not on a list of them, so that several processes of the database can add up.
_PER_TOPIC = f"""
    SELECT topic.bank_id, topic.id, NULL::uuid, topic.title, topic.position, count(*), 0, 0, 0, 0
      FROM question_topic topic JOIN question ON question.topic_id = topic.id AND question.state = %(released)s
     WHERE topic.bank_id = ANY(%(banks)s)
     GROUP BY topic.id
    UNION ALL
    SELECT bank_id, id, person_id, '', 0, 0, 0, 0, 0, 0
      FROM practice_access WHERE person_id = ANY(%(people)s) AND bank_id = ANY(%(banks)s)
    UNION ALL
    SELECT NULL, card.access_id, question.topic_id, '', 0, count(*), count(*) FILTER (WHERE card.due_at <= %(at)s),
           sum({recall_sql("%(at)s")}), sum(CASE WHEN {HAS_EXAM_SQL} THEN {recall_sql(EXAM_SQL)} END),
           sum(CASE WHEN {HAS_EXAM_SQL} THEN {recall_sql(EXAM_SQL, power=2)} ELSE {recall_sql("%(at)s", power=2)} END)
      FROM practice_card card
      JOIN question ON question.id = card.question_id AND question.state = %(released)s
      JOIN practice_access access ON access.id = card.access_id
      LEFT JOIN practice_goal goal ON goal.access_id = access.id
     WHERE access.person_id = ANY(%(people)s) AND access.bank_id = ANY(%(banks)s)
     GROUP BY card.access_id, question.topic_id
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
    topics: dict[UUID, list[tuple[int, UUID, str, int]]] = defaultdict(list)
    accesses: list[tuple[UUID, UUID, UUID]] = []
    met: dict[UUID, dict[UUID, tuple[Any, ...]]] = defaultdict(dict)
    with connection.cursor() as cursor:
        cursor.execute(_PER_TOPIC, {**curve(at), "people": list(people), "banks": list(bank_ids)})
        for bank_id, first, second, title, position, count, due, now, at_exam, squares in cursor.fetchall():
            if bank_id is None:
                expected = now if at_exam is None else at_exam
                met[first][second] = (count, due, now, expected, expected - squares)
            elif second is None:
                topics[bank_id].append((position, first, title, count))
            else:
                accesses.append((second, bank_id, first))
    stands: dict[UUID, dict[UUID, BankMastery]] = defaultdict(dict)
    for person_id, bank_id, access_id in accesses:
        stands[person_id][bank_id] = _bank(sorted(topics[bank_id]), met.get(access_id, {}))
    return dict(stands)


def _bank(topics: Iterable[tuple[int, UUID, str, int]], known: Mapping[UUID, tuple[Any, ...]]) -> BankMastery:
    """Return how a bank stands from its topics in their order and what is known of each."""
    return BankMastery(
        tuple(TopicMastery(id_, title, count, *known.get(id_, _NOTHING)) for _, id_, title, count in topics)
    )
