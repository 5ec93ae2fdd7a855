"""How a class of 500 stands in a bank of 1,000 questions, by topic: in an installation, rolled back afterwards."""

import json
import os
import sys
import time

import django

PEOPLE, QUESTIONS, TOPICS, TIMES = 500, 1_000, 20, 7


def main() -> list[float]:
    """Return the seconds of working out the mastery of everybody in every topic, from half a million memories."""
    from django.db import connection, transaction

    from benchmarks.reference import inside
    from leerhuis.base import clock
    from leerhuis.people.models import Person
    from leerhuis.practice.mastery import masteries_of
    from leerhuis.practice.models import Access
    from leerhuis.practice.tests.factories import a_bank, many_questions

    taken = []
    with inside():
        bank = a_bank("A class", many_questions(TOPICS, QUESTIONS // TOPICS))
        people = list(Person.objects.order_by("id").values_list("id", flat=True)[:PEOPLE])
        until = clock.now().replace(year=clock.now().year + 1)
        Access.objects.bulk_create(Access(person_id=each, bank=bank, until=until) for each in people)
        with connection.cursor() as cursor:
            cursor.execute(_CARDS, {"bank": bank.id, "at": clock.now()})
            cursor.execute("ANALYZE question; ANALYZE practice_card; ANALYZE question_topic; ANALYZE practice_access")
        for number in range(TIMES + 1):
            since = time.perf_counter()
            stands = masteries_of(people, [bank.id], clock.now())
            if number:
                taken.append(time.perf_counter() - since)
        if len(stands) != PEOPLE or any(each[bank.id].questions != QUESTIONS for each in stands.values()):
            raise RuntimeError("Somebody is missing.")
        transaction.set_rollback(True)
    return taken


_CARDS = """
    INSERT INTO practice_card (id, created_at, access_id, question_id, stability, difficulty, state, last_review,
           due_at, reps, lapses)
    SELECT gen_random_uuid(), %(at)s::timestamptz - interval '90 days', access.id, question.id, 0.5 + 100 * random(), 5,
           (ARRAY[1, 2, 2, 2, 3])[1 + floor(5 * random())], %(at)s::timestamptz - 60 * random() * interval '1 day',
           %(at)s::timestamptz + (40 * random() - 20) * interval '1 day', 3, 0
      FROM question JOIN question_topic topic ON topic.id = topic_id AND topic.bank_id = %(bank)s
      JOIN practice_access access ON access.bank_id = topic.bank_id
"""


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "keeper"  # the one that may renew the planner's statistics
    django.setup()
    json.dump(main(), sys.stdout)
