"""What happens at an academy before and after a backup: ``python -m tests.faults.leaving before|after|paper …``.

Run inside an installation. `before` makes people and prints their ids; `after` takes from them what a restore must not
give back, and sends the mail that waited.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import django

CANARY = "canarievogel"  # stands in what is known of the one who is erased, and nowhere else


def before() -> dict[str, str]:
    """Make people: with a role, with a document, with consent and an employer who sees; two to whom a mail waits."""
    from leerhuis.audit.actor import Actor
    from leerhuis.base import clock
    from leerhuis.consent.actions import choose_topics
    from leerhuis.consent.topics import topics_offered
    from leerhuis.documents.tests.factories import a_document
    from leerhuis.enrolment.models import Detail
    from leerhuis.mail.models import Message
    from leerhuis.organisations.actions import add_organisation
    from leerhuis.people import actions as people
    from leerhuis.people.models import Role
    from leerhuis.results.tests.factories import agree, enrol, make_run
    from tests.cast import add_person

    by = Actor.operator()
    made = {
        name: add_person("Wil", f"de {name.capitalize()}", email=f"{name}@leaving.example")
        for name in ("suspended", "clerk", "restricted", "invited", CANARY, "withdrawing")
    }
    people.grant_role(made["clerk"], Role.Name.CLERK, by=by)
    a_document(made["invited"].id)
    said = Actor.person(made["withdrawing"].id)
    topics = [each.id for each in topics_offered("nl", account=False)]
    choose_topics(made["withdrawing"], topics, language="nl", of_age=True, by=said)
    run, employer = make_run(clock.today() + timedelta(days=30)), add_organisation(name="De Werkgever", by=by)
    agree(enrol(run, made["withdrawing"], ordered_by=employer), attendance=True)
    enrolment = enrol(run, made[CANARY], ordered_by=employer, remarks=f"{CANARY} komt later")
    Detail.objects.create(enrolment=enrolment, employer_name=CANARY, phone="0101234567", invoice_reference=CANARY)
    later = clock.now() + timedelta(hours=1)
    for name in ("invited", CANARY):
        people.invite(made[name], by=by)
        Message.objects.filter(person=made[name].id, state=Message.State.WAITING).update(try_after=later)
    return {name: str(person.id) for name, person in made.items()}


def after(*ids: str) -> dict[str, str]:
    """Shut out, take a role, restrict, erase, withdraw; and let the mail go that waited when the backup was made."""
    from leerhuis.audit.actor import Actor
    from leerhuis.base import clock
    from leerhuis.consent.actions import choose_topics
    from leerhuis.consent.topics import topics_offered
    from leerhuis.enrolment.actions import object_to_sharing
    from leerhuis.enrolment.models import Enrolment
    from leerhuis.mail.actions import send_message
    from leerhuis.mail.models import Message
    from leerhuis.people import actions as people
    from leerhuis.people.models import Person, Role
    from leerhuis.privacy.actions import ask_erasure, erase_person, restrict_person

    suspended, clerk, restricted, invited, erased, withdrawing = ids
    by = Actor.operator()
    people.suspend(Person.objects.get(pk=suspended), by=by)
    people.end_role(Person.objects.get(pk=clerk), Role.Name.CLERK, by=by)
    restrict_person(Person.objects.get(pk=restricted), reason="They asked for it.", by=by)
    erase_person(ask_erasure(Person.objects.get(pk=erased), by=by).id, by=by)
    said = Actor.person(UUID(withdrawing))
    kept = [each.id for each in topics_offered("nl", account=False)][1:]
    choose_topics(Person.objects.get(pk=withdrawing), kept, language="nl", by=said)
    object_to_sharing(Enrolment.objects.get(learner=UUID(withdrawing)), by=said)
    (waiting,) = Message.objects.filter(person=UUID(invited), state=Message.State.WAITING)
    Message.objects.filter(pk=waiting.pk).update(try_after=clock.now())
    send_message(waiting.pk, by=by)
    return {"mail": str(waiting.pk)}


def paper(invited: str) -> dict[str, str]:
    """Read the document."""
    from leerhuis.documents.models import Document
    from leerhuis.documents.queries import content_of

    return {"content": b"".join(content_of(Document.objects.get(person=UUID(invited)))).decode()}


def main() -> None:
    """Carry out one of the two in its academy."""
    from leerhuis.academies.queries import academy_by_key
    from leerhuis.base.edge import at_shared_tables, edge

    with at_shared_tables():
        academy = academy_by_key("leffectief")
    with edge(academy):
        steps: dict[str, Callable[..., dict[str, str]]] = {"before": before, "after": after, "paper": paper}
        told = steps[sys.argv[1]](*sys.argv[2:])
    json.dump(told, sys.stdout)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "keeper"  # the worker's: it erases, a page only asks for it
    django.setup()
    main()
