"""Mastery: how much of a topic somebody is predicted to know at this moment, for many questions in one statement.

The mean predicted recall over all questions in use. A question never answered counts as 0, and so does one that was
answered wrongly last time: right after an answer every curve of forgetting stands at 1, and a number that rises by
wrong answers would be no help to anybody. It falls by itself as time goes by.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from fsrs import State

from leerhuis.practice.models import Question
from leerhuis.practice.scheduling import DECAY, FACTOR

# The formula of scheduling.recall, for every row at once; a test holds the two together.
RECALL = (
    "CASE WHEN card.state = %(known)s THEN power(1 + %(factor)s"
    " * greatest(0, floor(extract(epoch FROM %(at)s - card.last_review) / 86400)) / card.stability, %(decay)s)"
    " ELSE 0 END"
)
_PER_TOPIC = f"""
    SELECT access.bank_id, topic.id, topic.title, count(question.id), count(card.id),
           count(*) FILTER (WHERE card.due_at <= %(at)s), coalesce(sum({RECALL}), 0)
      FROM practice_access access
      JOIN question_topic topic ON topic.bank_id = access.bank_id
      JOIN question ON question.topic_id = topic.id AND question.state = %(released)s
      LEFT JOIN practice_card card ON card.access_id = access.id AND card.question_id = question.id
     WHERE access.person_id = %(person)s AND access.bank_id = ANY(%(banks)s)
     GROUP BY access.bank_id, topic.id, topic.title, topic.position
     ORDER BY topic.position, topic.id
"""  # noqa: S608 - made of two literals


@dataclass(frozen=True)
class TopicMastery:
    """How one topic stands: `recall` is the sum of predicted recall over its questions, 0 to `questions`."""

    topic_id: UUID
    title: str
    questions: int
    seen: int
    due: int
    recall: float

    @property
    def percent(self) -> int:
        """Return the mastery of the topic in whole percents."""
        return round(100 * self.recall / self.questions) if self.questions else 0


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


def masteries(person_id: UUID, bank_ids: Iterable[UUID], at: datetime) -> dict[UUID, BankMastery]:
    """Return the mastery of each of these banks that the person has, or had, access to; in one statement."""
    topics: dict[UUID, list[TopicMastery]] = defaultdict(list)
    values = {
        "person": person_id,
        "banks": list(bank_ids),
        "at": at,
        "released": Question.State.RELEASED.value,
        "known": State.Review.value,
        "factor": FACTOR,
        "decay": DECAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PER_TOPIC, values)
        for bank_id, *topic in cursor.fetchall():
            topics[bank_id].append(TopicMastery(*topic))
    return {bank_id: BankMastery(tuple(of_bank)) for bank_id, of_bank in topics.items()}
