"""A round composed from ten thousand questions that were all met: inside an installation, rolled back afterwards."""

import json
import os
import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from leerhuis.practice.models import Access
    from leerhuis.practice.scheduling import Memory

QUESTIONS = 10_000
TOPICS = 20
ROUNDS = 20


def main() -> dict[str, list[float]]:
    """Return the seconds of counting what lies before somebody, choosing a round, and moving every due date.

    Beside the last: the same days by the library, card by card. And of taking along 200 questions, as an app does.
    """
    from django.db import transaction

    from benchmarks.reference import inside
    from leerhuis.base import clock
    from leerhuis.practice.composing import compose, load_of, replan
    from leerhuis.practice.models import Card, Goal
    from leerhuis.practice.scheduling import interval_days
    from leerhuis.practice.taking import take_along

    taken: dict[str, list[float]] = {"count": [], "compose": [], "replan": [], "library": [], "along": []}
    with inside():
        access = _filled()
        for days in (None, 60, 5):  # no exam, far from it, in the last stretch
            exam = clock.today() + timedelta(days=days) if days else None
            Goal.objects.update_or_create(access=access, defaults={"exam_on": exam, "planned_on": clock.today()})
            for number in range(ROUNDS + 1):
                since = time.perf_counter()
                load = load_of(access)
                counted = time.perf_counter()
                asked = compose(access, load)
                ready = time.perf_counter()
                if number:
                    taken["count"].append(counted - since)
                    taken["compose"].append(ready - counted)
                if not asked:
                    raise RuntimeError("The round is empty.")
        for retention in (0.8, 0.9):
            since = time.perf_counter()
            replan(access, retention)
            taken["replan"].append(time.perf_counter() - since)
        known = [card.memory for card in Card.objects.filter(access=access, state=2)]
        taken["answers"], taken["rust"] = _planned([*known, *known][:QUESTIONS])
        since = time.perf_counter()
        moved = [(card, interval_days(card.stability, 0.9)) for card in Card.objects.filter(access=access)]
        Card.objects.bulk_update([card for card, _ in moved], ["due_at"], batch_size=1000)
        taken["library"].append(time.perf_counter() - since)
        for _ in range(5):
            since = time.perf_counter()
            take_along(access, 200)
            taken["along"].append(time.perf_counter() - since)
        transaction.set_rollback(True)
    return taken


def _planned(cards: "list[Memory]") -> tuple[list[float], list[float]]:
    """Return the seconds of planning a right answer to each card: by `review` (py-fsrs), and by fsrs-rs."""
    import fsrs_rs_python

    from leerhuis.base import clock
    from leerhuis.practice.scheduling import review, scheduler_for

    now = clock.now()
    since = time.perf_counter()
    for card in cards:
        review(card, right=True, at=now)
    ours = time.perf_counter() - since
    engine = fsrs_rs_python.FSRS(list(scheduler_for().parameters))
    since = time.perf_counter()
    for card in cards:
        memory = fsrs_rs_python.MemoryState(card.stability, card.difficulty)
        engine.next_states(memory, 0.9, max(0, (now - card.last_review).days))
    return [ours], [time.perf_counter() - since]


def _filled() -> "Access":
    """Write a bank of ten thousand questions with a memory of each; return the access to it."""
    from django.db import connection

    from leerhuis.base import clock
    from leerhuis.people.models import Person
    from leerhuis.practice.tests.factories import a_bank, access_for, many_questions

    bank = a_bank("Ten thousand", many_questions(TOPICS, 1))
    access = access_for(Person.objects.order_by("id")[0], bank, days=400)
    copies = QUESTIONS // TOPICS - 1
    with connection.cursor() as cursor:
        cursor.execute(_QUESTIONS, {"bank": bank.id, "copies": copies})
        cursor.execute(_CARDS, {"bank": bank.id, "access": access.id, "at": clock.now()})
        cursor.execute("ANALYZE question; ANALYZE practice_card; ANALYZE question_topic")
    return access


_QUESTIONS = """
    INSERT INTO question (id, created_at, kind, title, stem, stem_format, options, explanation, explanation_format,
           position, state, version, source, source_id, fingerprint, topic_id)
    SELECT md5(question.id::text || copy)::uuid, question.created_at, kind, question.title || copy, stem, stem_format,
           options, explanation, explanation_format, question.position + copy, state, version, source, source_id,
           fingerprint, topic_id
      FROM question JOIN question_topic topic ON topic.id = topic_id AND topic.bank_id = %(bank)s
      CROSS JOIN generate_series(1, %(copies)s) copy
"""
_CARDS = """
    INSERT INTO practice_card (id, created_at, access_id, question_id, stability, difficulty, state, last_review,
           due_at, reps, lapses)
    SELECT md5(question.id::text || 'card')::uuid, %(at)s::timestamptz - interval '90 days', %(access)s, question.id,
           0.5 + 100 * random(), 5, (ARRAY[1, 2, 2, 2, 3])[1 + floor(5 * random())],
           %(at)s::timestamptz - 60 * random() * interval '1 day',
           %(at)s::timestamptz + (40 * random() - 20) * interval '1 day', 3, 0
      FROM question JOIN question_topic topic ON topic.id = topic_id AND topic.bank_id = %(bank)s
     WHERE random() < 0.9
"""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    json.dump(main(), sys.stdout)
