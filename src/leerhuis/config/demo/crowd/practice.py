"""How the crowd practised: the rounds, answers and cards of standing learners, moved in time by whole days, in SQL.

What FSRS predicts of a memory depends on the days between answers only, so a copy that is moved by whole days is what
the scheduler itself would have made of it.
"""

import random
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Max, Min

from leerhuis.practice.models import Access, Round

PRACTISE = 0.7  # the share of those with access who practise
_PAIRS = (
    "FROM unnest(%(from)s::uuid[], %(to)s::uuid[], %(days)s::int[]) AS copy(from_id, to_id, days)"
    " JOIN {table} ON {table}.{key} = copy.from_id"
)
_NEW_ID = "md5({table}.id::text || copy.to_id::text)::uuid"
_ROUNDS = f"""
    INSERT INTO practice_round (id, created_at, access_id, "order", reasons, mastery_before, ended_at, in_app)
    SELECT {_NEW_ID.format(table="practice_round")}, practice_round.created_at + make_interval(days => copy.days),
           copy.to_id, "order", reasons, mastery_before, ended_at + make_interval(days => copy.days),
           in_app
      {_PAIRS.format(table="practice_round", key="access_id")}
"""
_CARDS = f"""
    INSERT INTO practice_card (id, created_at, access_id, question_id, stability, difficulty, state, step, last_review,
           due_at, reps, lapses)
    SELECT {_NEW_ID.format(table="practice_card")}, practice_card.created_at + make_interval(days => copy.days),
           copy.to_id, question_id, stability, difficulty, state, step,
           last_review + make_interval(days => copy.days), due_at + make_interval(days => copy.days), reps, lapses
      {_PAIRS.format(table="practice_card", key="access_id")}
"""
_ANSWERS = f"""
    INSERT INTO practice_answer (id, created_at, round_id, question_id, question_version, key, given, outcome,
           was_known, took_ms, answered_at)
    SELECT {_NEW_ID.format(table="practice_answer")}, practice_answer.created_at + make_interval(days => copy.days),
           {_NEW_ID.format(table="practice_round")}, question_id, question_version,
           md5(practice_answer.key::text || copy.to_id::text)::uuid, given, outcome, was_known, took_ms,
           answered_at + make_interval(days => copy.days)
      {_PAIRS.format(table="practice_round", key="access_id")}
      JOIN practice_answer ON practice_answer.round_id = practice_round.id
"""


@dataclass(frozen=True)
class _Example:
    """A standing learner's practice: of which bank, from when until when."""

    access_id: UUID
    bank_id: UUID
    first: datetime
    last: datetime


def practise(accesses: list[tuple[Access, datetime]], now: datetime, chance: random.Random) -> int:
    """Give most of those who have access a history of practice that fits between their start and now.

    `accesses` come with the moment at which each opened. Returns how many practised.
    """
    examples = _examples()
    copied: dict[str, list[Any]] = {"from": [], "to": [], "days": []}
    for access, since in accesses:
        fitting = [each for each in examples if each.bank_id == access.bank_id]
        found = _fit(fitting, since, min(now, access.until), chance)
        if found and chance.random() < PRACTISE:
            example, days = found
            copied["from"].append(example.access_id)
            copied["to"].append(access.id)
            copied["days"].append(days)
    with connection.cursor() as cursor:
        for statement in (_ROUNDS, _CARDS, _ANSWERS):
            cursor.execute(statement, copied)
    return len(copied["to"])


def _examples() -> list[_Example]:
    spans = Round.objects.values_list("access", "access__bank").annotate(Min("created_at"), Max("ended_at"))
    return [_Example(*span) for span in spans.order_by("access")]


def _fit(
    examples: list[_Example], since: datetime, until: datetime, chance: random.Random
) -> tuple[_Example, int] | None:
    """Choose one of the three longest examples that fit between two moments, and by how many days it is moved."""
    fitting = []
    for example in examples:
        earliest = (since - example.first).days + 1
        latest = (until - example.last).days - (1 if until < example.last else 0)
        if earliest <= latest:
            fitting.append((example, earliest, latest))
    if not fitting:
        return None
    fitting.sort(key=lambda each: each[0].first - each[0].last)
    example, earliest, latest = chance.choice(fitting[:6])
    return example, chance.randint(max(earliest, latest - 20), latest)
