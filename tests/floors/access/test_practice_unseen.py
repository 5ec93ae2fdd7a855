"""An employer never sees how its people practise: each of its pages reads the same before and after. Keeps: K6."""

from datetime import timedelta

import pytest
from django.test import Client

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.faults import choose_reports
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.reminders import choose_reminders
from leerhuis.practice.actions.rounds import answer_question, end_round, report_question, start_round
from leerhuis.practice.actions.together import join_together
from leerhuis.practice.due_reminders import MAIL
from leerhuis.practice.models import Answer, Player
from leerhuis.practice.queries import access_to, mastery_of
from leerhuis.practice.reminding import Times
from tests.floors.access.asking import address, neutral, routes
from tests.floors.access.matrix import rows
from tests.floors.access.world import World

pytestmark = pytest.mark.django_db(databases=["default", "limits"])
TABLE = rows()


def employer_pages(world: World) -> list[str]:
    """Return the address of everything that an employer's contact may read as such, and its sheets."""
    found = []
    for route, pattern in routes().items():
        row = TABLE.get(route)
        if row and row.audience == "contact_person" and row.answers["contact"] == "y" and "GET" in row.methods:
            at = address(world, route, pattern)
            found += [at, f"{at}?export=csv"]
    return found


def read(browser: Client, addresses: list[str]) -> dict[str, str]:
    told = {}
    for at in addresses:
        response = browser.get(at)
        told[at] = f"{response.status_code} {neutral(response.content.decode())}"
    return told


def practise(world: World) -> None:
    """Let the learner set a goal, answer, miss one, report one, and end the round."""
    person, by = world.people["learner"], Actor.person(world.people["learner"].id)
    for bank in (world.bank, world.other_bank):
        set_goal(
            access_to(person, bank.id), exam_on=clock.today() + timedelta(days=20), retention=0.95, minutes=7, by=by
        )
        sitting = start_round(person, bank, by=by)
        given = "true" if bank == world.other_bank else "false"
        for question in sitting.order:
            answer_question(sitting, question, given, key=uuid7(), took_ms=4321, by=by)
        report_question(sitting, sitting.order[0], "wrong", by=by)
        end_round(sitting, by=by)


def play(world: World) -> None:
    """Let the learner and their colleagues take part in the challenge of their organisation, and be reminded."""
    for number, who in enumerate(("learner", "colleague")):
        person = world.people[who]
        by = Actor.person(person.id)
        join_together(person, f"Canarie {number}", language="nl", of_age=True, by=by)
        choose_reminders(person, [MAIL], Times(7, at_work=True), language="nl", of_age=True, by=by)
        choose_reports(person, wanted=True, language="nl", of_age=True, by=by)


def test_no_page_of_an_employer_changes_by_what_the_app_does_for_its_people(here):
    addresses, contact = employer_pages(here), here.browser("contact")
    read(contact, addresses)
    before = read(contact, addresses)
    play(here)
    assert Player.objects.filter(nickname__startswith="Canarie").count() == 2
    after = read(contact, addresses)
    assert [at for at in addresses if before[at] != after[at]] == []
    assert not any("Canarie" in page for page in after.values())


def test_no_page_of_an_employer_changes_by_what_its_people_practise(here):
    addresses = employer_pages(here)
    assert len(addresses) >= 12
    contact = here.browser("contact")
    read(contact, addresses)  # once beforehand, since a look at a page may itself be shown on another
    before = read(contact, addresses)
    answers, mastery = Answer.objects.count(), mastery_of(here.people["learner"], here.other_bank).percent
    practise(here)
    assert Answer.objects.count() > answers
    assert mastery_of(here.people["learner"], here.other_bank).percent > mastery
    after = read(contact, addresses)
    assert [at for at in addresses if before[at] != after[at]] == []
    assert not any("4321" in page or "0.95" in page for page in after.values())
