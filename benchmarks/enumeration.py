"""Whether the time of an answer tells who has an account: known against unknown addresses at every door.

Run inside an installation, in one process, alternately, in seconds of CPU: what other programs do at the same time does
not count. The bodies of the same answers are compared in `people/tests/test_doors.py`.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import django

from benchmarks.figures import MS, Figure
from tests.faults.installation import Installation

TRIES = 300
APART_MS = 10.0
PASSWORD = "een lange zin 27"  # of people who live as long as the measurement
PER_ORGANISATION = 50  # invitations before an organisation has to wait
WHO = "known", "unknown"
Try = Callable[[str, int], Any]


def measure(product: Installation) -> list[Figure]:
    """Return a line per door: how far the medians of known and unknown are apart."""
    told: dict[str, list[list[float]]] = json.loads(product.run("-m", "benchmarks.enumeration"))
    return [_line(door, *taken) for door, taken in told.items()]


def _line(door: str, known: list[float], unknown: list[float]) -> Figure:
    middle = [statistics.median(each) * MS for each in (known, unknown)]
    apart = abs(middle[0] - middle[1])
    note = f"known {middle[0]:.1f}, unknown {middle[1]:.1f} ms of CPU, {len(known)} tries each"
    return Figure(f"{door}: known and unknown apart", None, apart, apart, APART_MS, note)


def times() -> dict[str, list[list[float]]]:
    """Return for each door the seconds of CPU of each try, with known and with unknown addresses."""
    return {door: _alternately(one) for door, one in _doors().items()}


def _alternately(one: Try) -> list[list[float]]:
    for warm in range(4):
        one(WHO[warm % 2], TRIES + warm)
    taken: list[list[float]] = [[], []]
    for number in range(TRIES):
        if number % 10 == 0:
            _forget_tries()
        for place, who in enumerate(WHO):
            since = time.process_time()
            one(who, number)
            taken[place].append(time.process_time() - since)
    return taken


def _forget_tries() -> None:
    """Let nothing be refused: one contact would not invite so many people within the hour."""
    from django.db import connections

    with connections["limits"].cursor() as cursor:
        cursor.execute("DELETE FROM tally")


def _doors() -> dict[str, Try]:
    """Make the people that are known, and return how each door is tried; each try comes from another network."""
    from django.test import Client

    from benchmarks.reference import inside
    from leerhuis.people.queries import invitation_token

    with inside() as academy:
        people = _known(academy)
        host, contact, organisations, ended = academy.main_host, *_organisation(academy, people)
        tokens = [invitation_token(person) for person in people]

    def address(who: str, number: int) -> str:
        return people[number].email if who == "known" else f"nobody{number}@bench.example"

    def visit(method: str, path: str, number: int, who: str, sent: dict[str, str] | None = None) -> Any:
        network = f"10.{number // 250}.{number % 250}.{7 if who == 'known' else 8}"
        client = Client(headers={"host": host}, REMOTE_ADDR=network)
        answer = getattr(client, method)(path, sent or {}, secure=True)
        assert answer.status_code in {200, 302, 410}, (path, answer.status_code)

    def sign_up(who: str, number: int) -> Any:
        sent = {"password1": PASSWORD, "first_name": "Nel", "last_name": "Nieuw", "email": address(who, number)}
        return visit("post", "/accounts/signup/", number, who, sent)

    def sign_in(who: str, number: int) -> Any:
        sent = {"login": address(who, number), "password": "verkeerd geraden"}
        return visit("post", "/accounts/login/", number, who, sent)

    def invite(who: str, number: int) -> Any:
        sent = {"first_name": "Nel", "last_name": "Nieuw", "kind": "employee"}
        sent["email"] = people[number].email if who == "known" else f"invited{number}@bench.example"
        path = f"/employer/people/{organisations[number // PER_ORGANISATION]}/invite/"
        answer = contact.post(
            path, sent, secure=True, REMOTE_ADDR=f"10.{number // 250}.{number % 250}.{5 if who == 'known' else 6}"
        )
        assert answer.status_code == 302, answer.status_code

    return {
        "sign in": sign_in,
        "new password": lambda who, n: visit("post", "/accounts/password/reset/", n, who, {"email": address(who, n)}),
        "invitation": lambda who, n: visit("get", f"/invitation/{_of(who, tokens[n])}/", n, who),
        "join": lambda who, n: visit("get", f"/join/{_of(who, ended)}/", n, who),
        "invite": invite,
        "sign up": sign_up,  # last: it makes the unknown known
    }


def _of(who: str, token: str) -> str:
    """Return the token of somebody known, or one that was forged."""
    return token if who == "known" else token[:-4] + ("aaaa" if token[-4:] != "aaaa" else "bbbb")


def _known(academy: Any) -> list[Any]:
    """Add people with one password, and allow organisations to keep their own people."""
    from allauth.account.models import EmailAddress
    from django.contrib.auth.hashers import make_password

    from leerhuis.academies.models import Academy
    from leerhuis.academies.settings import Features
    from leerhuis.base.edge import at_shared_tables
    from leerhuis.people.models import Person

    chosen = academy.settings.model_copy(update={"features": Features(self_service_organisations=True)})
    with at_shared_tables():
        Academy.objects.filter(pk=academy.pk).update(chosen=chosen.model_dump(mode="json"))
    secret, people = make_password(PASSWORD), []
    for number in range(TRIES + 4):
        person = Person(email=f"known{number}@bench.example", source=Person.Source.SIGN_UP, password=secret)
        person.set_name("Bea", f"Bekend {number}")
        people.append(person)
    Person.objects.bulk_create(people)
    EmailAddress.objects.bulk_create(EmailAddress(user=p, email=p.email, verified=True, primary=True) for p in people)
    return people


def _organisation(academy: Any, people: list[Any]) -> tuple[Any, list[Any], str]:
    """Add organisations with one contact and an invitation that is over; return the contact, ids, and its key."""
    from leerhuis.audit.actor import Actor
    from leerhuis.base import clock
    from leerhuis.organisations import actions
    from leerhuis.organisations.joining import invitation_key
    from leerhuis.organisations.models import Invitation
    from tests.cast import add_person, signed_in

    by, contact, ids = Actor.operator(), add_person("Wil", "Werkgever"), []
    for number in range((TRIES + 4) // PER_ORGANISATION + 1):
        organisation = actions.add_organisation(name=f"Bench {number}", by=by)
        actions.let_keep_own_people(organisation, allowed=True, by=by)
        actions.appoint_contact(organisation, contact, by=by)
        ids.append(organisation.id)
    over = Invitation.objects.create(
        organisation=organisation, person=people[0], kind="employee", sent_at=clock.now(), ended_at=clock.now()
    )
    return signed_in(academy, contact), ids, invitation_key(over)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "leerhuis.config.settings")
    os.environ["LEERHUIS_DATABASE_ROLE"] = "owner"  # it changes the settings of the academy
    django.setup()
    json.dump(times(), sys.stdout)
