"""The reference data, by name; written set-based inside an installation: ``python -m benchmarks.reference base``.

base     40 published courses with 2 dates each; run BENCH with 1,000 enrolments; 8 learners, each in a round of 300
         questions; 100,000 people in all.
grown    ten times the rows that the measured pages do not show: 1,000 past dates with lessons, 10,000 enrolments.
"""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django
from django.conf import settings
from django.db import connection, models

COURSES, PEOPLE, ENROLMENTS, LEARNERS, QUESTIONS, PAST_RUNS = 40, 100_000, 1_000, 8, 300, 100
FILLERS = 20_000  # questions that nobody meets; see answering.py
FIRST = "Anna Bram Chantal Daan Els Femke Gijs Hanna Imre Joris Karin Lotte Milan Noor Otto Pim Rosa Sem Tess Youssef"
LAST = "Bakker Visser Jansen Smit Meijer Mulder Bos Peters Dekker Brouwer Vos Kok Haan Prins Blom Kuipers Wolf Groen"


def multiply(row: models.Model, count: int, **changed: str) -> None:
    """Copy a row so many times with some columns changed: SQL with `n`, which counts from 1."""
    columns = [str(field.column) for field in row._meta.concrete_fields if not getattr(field, "generated", False)]
    names = ", ".join(f'"{name}"' for name in columns)
    values = ", ".join(changed.get(name, f'row."{name}"') for name in columns)
    table = row._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {values} FROM "{table}" row, generate_series(1, %s) n'
            " WHERE row.id = %s",
            [count, row.pk],
        )


def one_of(words: str, number: str) -> str:
    """Return SQL for one word of a list, by a number."""
    listed = words.split()
    return f"(ARRAY[{', '.join(repr(word) for word in listed)}])[1 + ({number}) %% {len(listed)}]"


@contextmanager
def inside() -> Iterator[Any]:
    """Enter the academy of the installation."""
    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables, edge

    with at_shared_tables():
        academy = academy_by_key("leffectief")
    with edge(academy):
        yield academy


def base() -> dict[str, Any]:
    """Write the base; return what the measurements need of it."""
    from leerhuis.audit.actor import Actor
    from leerhuis.enrolment.models import Enrolment, Registration
    from leerhuis.enrolment.tests.factories import make_course, make_run, register
    from leerhuis.people.actions import grant_role
    from leerhuis.people.models import Person
    from leerhuis.practice.models import Question, Round
    from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
    from tests.cast import add_person

    with inside() as academy:
        for number in range(COURSES):
            course = make_course(f"cursus-{number}", title=f"Cursus {number}")
            for date in range(2):
                make_run(course, seats=12, code=f"C{number}-{date}", in_days=20 + number + 40 * date)
        bench = make_run(make_course("bench", title="Bench"), seats=30_000, code="BENCH", in_days=90)
        first = register(bench, "Nina Nieuw").enrolments.get()
        name, family = one_of(FIRST, "n"), one_of(LAST, "n / 20")
        multiply(
            Person.objects.get(pk=first.learner_id),
            PEOPLE,
            id="md5('person' || n)::uuid",
            email="'mens' || n || '@bench.example'",
            first_name=name,
            last_name=f"{family} || ' ' || (n / 360)",
            sort_name=f"lower({family}) || ' ' || (n / 360) || ' ' || lower({name})",
        )
        _enrol(first, Registration.objects.get(pk=first.registration_id), 1, ENROLMENTS)
        clerk = add_person("Karel", "Klerk")
        grant_role(clerk, "clerk", by=Actor.operator())
        bank = a_bank("Bench", many_questions(1, QUESTIONS))
        order = list(Question.objects.filter(topic__bank=bank).values_list("id", flat=True))
        last = Question.objects.get(pk=order.pop())
        multiply(last, FILLERS, id="md5('filler' || n)::uuid", state="'withdrawn'")
        learners = []
        for number in range(LEARNERS):
            person = add_person("Lena", f"Leerling {number}", email=f"lena{number}@bench.example")
            register(bench, "Lena Leerling", email=person.email)
            started = Round.objects.create(access=access_for(person, bank), order=[*order, last.id])
            learners.append(
                {
                    "round": str(started.id),
                    "person": str(person.id),
                    "cookie": _cookie(academy, person),
                    "token": _token(person),
                }
            )
        told = {
            "learners": learners,
            "questions": [str(id) for id in order],
            "spare": str(last.id),
            "bank": str(bank.id),
            "clerk": _cookie(academy, clerk),
            "enrolments": Enrolment.objects.count(),
        }
    analyze()
    return told


def grown() -> dict[str, Any]:
    """Write ten times the rows that no measured page shows."""
    from leerhuis.catalogue.models import Lesson, Run
    from leerhuis.enrolment.models import Enrolment, Registration

    with inside():
        run = Run.objects.filter(code="C0-0").get()
        lesson = Lesson.objects.filter(run=run).first()
        assert lesson is not None
        past = 9 * PAST_RUNS
        multiply(
            run, past, id="md5('run' || n)::uuid", code="'OUD-' || n", first_day="current_date - 30 - n::int %% 900"
        )
        multiply(
            lesson,
            past,
            id="md5('lesson' || n)::uuid",
            run_id="md5('run' || n)::uuid",
            starts_at="now() - interval '1 month'",
            ends_at="now() - interval '1 month' + interval '7 hours'",
        )
        first = Enrolment.objects.filter(run__code="BENCH").order_by("created_at").first()
        assert first is not None
        _enrol(first, Registration.objects.get(pk=first.registration_id), ENROLMENTS + 1, 9 * ENROLMENTS)
        told = {"enrolments": Enrolment.objects.count(), "runs": Run.objects.count()}
    analyze()
    return told


def _enrol(enrolment: Any, registration: Any, start: int, count: int) -> None:
    """Enrol so many of the people, from the one with this number on."""
    number = f"({start} - 1 + n)"
    multiply(
        registration,
        count,
        id=f"md5('registration' || {number})::uuid",
        handed_in_by_id=f"md5('person' || {number})::uuid",
        form_key="NULL",
    )
    multiply(
        enrolment,
        count,
        id=f"md5('enrolment' || {number})::uuid",
        registration_id=f"md5('registration' || {number})::uuid",
        learner_id=f"md5('person' || {number})::uuid",
        created_at="now() - n * interval '1 minute'",
    )


def _cookie(academy: Any, person: Any) -> str:
    from tests.cast import signed_in

    return f"{settings.SESSION_COOKIE_NAME}={signed_in(academy, person).cookies[settings.SESSION_COOKIE_NAME].value}"


def _token(person: Any) -> str:
    from leerhuis.audit.actor import Actor
    from leerhuis.people.tokens import make_token

    by = Actor.person(person.id)
    return make_token(person, app="Bench", browser="?", system="?", second_factor=False, by=by)[1]


def analyze() -> None:
    """Let the planner know what is there, as autovacuum does in time."""
    from leerhuis.base.edge import enter_schema

    enter_schema(None)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "owner"
    django.setup()
    json.dump({"base": base, "grown": grown}[sys.argv[1]](), sys.stdout)
