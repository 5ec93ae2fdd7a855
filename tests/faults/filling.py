"""Fills the academy of an installation for the stream; run inside it: ``python -m tests.faults.filling 6 150``.

Prints JSON: the address of a run to register for, and for each learner a sign-in with a round to answer.
"""

import json
import os
import sys

import django
from django.conf import settings

SEATS = 30_000


def fill(learners: int, questions: int) -> dict[str, object]:
    """Put in a run, a bank, and learners who practise it; return what the stream needs of them."""
    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables, edge
    from leerhuis.enrolment.tests.factories import make_run
    from leerhuis.practice.models import Question, Round
    from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
    from tests.cast import add_person, signed_in

    with at_shared_tables():
        academy = academy_by_key("leffectief")
    assert academy is not None
    practising = []
    with edge(academy):
        run = make_run(seats=SEATS)
        bank = a_bank("Stroom", many_questions(1, questions))
        order = list(Question.objects.filter(topic__bank=bank).values_list("id", flat=True))
        for number in range(learners):
            person = add_person("Lena", f"Leerling {number}", email=f"lena{number}@practice.example")
            started = Round.objects.create(access=access_for(person, bank), order=order)
            cookie = signed_in(academy, person).cookies[settings.SESSION_COOKIE_NAME].value
            practising.append({"round": str(started.id), "cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"})
    return {"register": f"/register/{run.id}/", "questions": [str(id) for id in order], "practising": practising}


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    json.dump(fill(int(sys.argv[1]), int(sys.argv[2])), sys.stdout)
