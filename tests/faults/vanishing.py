"""People who will be erased in the middle of what they do: ``python -m tests.faults.vanishing 20``, in an installation.

Prints JSON: for each of them the id, a sign-in, the places where they go on, and twelve words that stand nowhere else.
"""

import json
import os
import sys
from typing import Any

import django
from django.conf import settings

QUESTIONS = 60
RUNS = 3
WORDS = 12


def words_of(number: int) -> list[str]:
    """Return the twelve words of a person; each stands in one place, and in capitals and in an address alike."""
    return [f"kanarie{number:03d}q{place:02d}z" for place in range(WORDS)]


def fill(people: int) -> dict[str, Any]:
    """Put in people with an account, an enrolment, a document, a mail that waits, a round and a request."""
    from leerhuis.academies.queries import academy_by_key
    from leerhuis.audit.actor import Actor
    from leerhuis.base.edge import at_shared_tables, edge
    from leerhuis.consent.actions import record_choice
    from leerhuis.consent.topics import topics_offered
    from leerhuis.documents.tests.factories import a_document
    from leerhuis.enrolment.actions import remark_on_enrolment
    from leerhuis.enrolment.models import Detail
    from leerhuis.enrolment.tests.factories import enrol, make_course, make_run
    from leerhuis.people.actions import invite
    from leerhuis.practice.models import Question, Round
    from leerhuis.practice.tests.factories import a_bank, access_for, many_questions
    from leerhuis.privacy.actions import receive_request
    from tests.cast import add_person, signed_in

    with at_shared_tables():
        academy = academy_by_key("leffectief")
    assert academy is not None
    by, made = Actor.operator(), []
    with edge(academy):
        add_person("Ada", "Admin")  # who stays: an academy without anybody keeps what its planner knew (decision 0016)
        runs = [make_run(make_course(f"stroom-{n}"), code=f"ST-{n}", seats=10_000) for n in range(1 + RUNS)]
        bank = a_bank("Stroom", many_questions(1, QUESTIONS))
        order = list(Question.objects.filter(topic__bank=bank).values_list("id", flat=True))
        topic = topics_offered("nl", account=False)[0].id
        for number in range(people):
            words = words_of(number)
            person = add_person(words[0], words[1], email=f"{words[2]}@stream.example")
            said = Actor.person(person.id)
            enrolment = enrol(runs[0], person, by=said)
            remark_on_enrolment(enrolment, words[3], by=by)
            Detail.objects.create(
                enrolment=enrolment, employer_name=words[4], employer_address=words[5], register_number=words[6],
                invoice_reference=words[7],
            )  # fmt: skip
            a_document(person.id, b"%PDF-1.7\n" + words[8].encode(), name=f"{words[9]}.pdf")
            record_choice(person, topic, given=True, channel="phone", reference=words[10], language="nl", by=by)
            receive_request(kind="other", channel="phone", person=person, asked=words[11], by=by)
            invite(person, by=by)
            started = Round.objects.create(access=access_for(person, bank), order=order)
            cookie = signed_in(academy, person).cookies[settings.SESSION_COOKIE_NAME].value
            made.append(
                {
                    "id": str(person.id),
                    "cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}",
                    "round": f"/practice/round/{started.id}/",
                    "words": words,
                }
            )
    return {
        "people": made,
        "questions": [str(id) for id in order],
        "register": [f"/register/{r.id}/" for r in runs[1:]],
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    django.setup()
    json.dump(fill(int(sys.argv[1])), sys.stdout)
