"""Every list asks the database as often for three rows as for one: the numbers stand here, so that growth is seen.

Each page is asked for once beforehand, so that what is read once for all is read.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta
from inspect import unwrap
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver, resolve

from leerhuis.audit.actions import look, note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue.models import Run, Venue
from leerhuis.consent.actions import record_choice, write_news
from leerhuis.enrolment import actions as enrolments
from leerhuis.enrolment.models import Enrolment
from leerhuis.lists import page
from leerhuis.organisations.actions import add_employee, add_organisation
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from leerhuis.people.sign_ins import open_sign_in
from leerhuis.practice.actions.content import import_bank
from leerhuis.practice.models import Bank
from leerhuis.privacy.actions import receive_complaint, receive_request
from leerhuis.privacy.models import Erasure, Firm, Removal
from leerhuis.results.actions import issue_certificate
from leerhuis.results.tests.factories import (
    DAY,
    MORNING,
    agree,
    enrol,
    make_course,
    make_group,
    make_run,
    passed,
)
from tests.cast import Cast, add_person

BY = Actor.operator()


def officer_of(cast: Cast) -> Actor:
    return Actor.person(cast.officer.id, "privacy_officer")


SCREENS = ("people_office_list", "portal_office_person", "enrolment_office_list")


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(MORNING):
        yield


def newcomer(number: int) -> Person:
    return add_person(f"Piet{number}", "Persoon")


def planning(cast: Cast, number: int) -> str:
    make_run(DAY + timedelta(days=number), trainer=cast.trainer, venue=a_venue(number))
    return "/office/runs/"


def mails(_cast: Cast, number: int) -> str:
    invited = newcomer(number)
    Person.objects.filter(pk=invited.pk).update(state="invited")
    people.invite(Person.objects.get(pk=invited.pk), by=BY)
    return "/office/mails/"


def courses(_cast: Cast, number: int) -> str:
    make_course(f"Cursus {number}", slug=f"cursus-{number}")
    return "/office/courses/"


def a_venue(number: int) -> Venue:
    return Venue.objects.create(name=f"Zaal {number}", address="Kade 1", city="Zwolle")


def venues(_cast: Cast, number: int) -> str:
    a_venue(number)
    return "/office/venues/"


def banks(_cast: Cast, number: int) -> str:
    Bank.objects.create(title=f"Bank {number}")
    return "/office/practice/"


def questions(_cast: Cast, number: int) -> str:
    bank = Bank.objects.first() or Bank.objects.create(title="Bank")
    import_bank(bank, f"::Vraag {number}::Water is nat. {{T}}", source="vragen.gift", by=BY)
    return f"/office/practice/{bank.id}/"


def registered(_cast: Cast, number: int) -> str:
    enrol(make_run(DAY + timedelta(days=number)), newcomer(number))
    return "/office/enrolments/"


def certificates(cast: Cast, number: int) -> str:
    run = Run.objects.first() or make_run(DAY, trainer=cast.trainer)
    enrol(run, newcomer(number))
    return f"/office/runs/{run.id}/certificates/"


def ledger(_cast: Cast, number: int) -> str:
    said = {"channel": "phone", "reference": "gebeld", "language": "nl", "by": BY}
    record_choice(newcomer(number), "consent.product_news", given=True, **said)
    return "/office/consents/ledger/"


def persons(_cast: Cast, number: int) -> str:
    newcomer(number)
    return "/office/people/"


def organisations(_cast: Cast, number: int) -> str:
    add_organisation(name=f"Bedrijf {number}", by=BY)
    return "/office/organisations/"


def organisation(cast: Cast, number: int) -> str:
    person = newcomer(number)
    add_employee(cast.organisation, person, by=BY)
    enrol(make_run(DAY), person, ordered_by=cast.organisation)
    return f"/office/organisations/{cast.organisation.id}/"


def certificate(cast: Cast, _number: int) -> str:
    group = make_group(cast.learner, trainer=cast.trainer)
    passed(group, cast.trainer, cast.clerk)
    issue_certificate(group.enrolments[0], by=Actor.person(cast.clerk.id, "clerk"))
    return f"/office/people/{cast.learner.id}/"


def mails_of_person(cast: Cast, _number: int) -> str:
    Person.objects.filter(pk=cast.learner.pk).update(state="invited")
    people.invite(Person.objects.get(pk=cast.learner.pk), by=BY)
    return f"/office/people/{cast.learner.id}/part/mails/"


def sharing_of_person(cast: Cast, number: int) -> str:
    run = make_run(DAY + timedelta(days=number))
    agree(enrol(run, cast.learner, ordered_by=cast.organisation), attendance=True)
    return f"/office/people/{cast.learner.id}/part/sharing/"


def history_of_person(cast: Cast, _number: int) -> str:
    people.grant_role(cast.learner, "trainer", by=BY)
    people.end_role(cast.learner, "trainer", by=BY)
    return f"/office/people/{cast.learner.id}/part/history/"


def one_run() -> Run:
    return Run.objects.first() or make_run(DAY + timedelta(days=30))


def waiting(_cast: Cast, number: int) -> str:
    run = one_run()
    enrol(run, newcomer(number), state=Enrolment.State.WAITING, waiting_since=clock.now())
    return f"/office/runs/{run.id}/waiting/"


def run_mails(_cast: Cast, number: int) -> str:
    run = one_run()
    enrolments.cancel_enrolment(enrol(run, newcomer(number)), by=BY)
    return f"/office/runs/{run.id}/mails/"


def run_history(_cast: Cast, _number: int) -> str:
    run = one_run()
    note("change run", run, by=BY, fields=["seats"])
    return f"/office/runs/{run.id}/history/"


def results(cast: Cast, number: int) -> str:
    run = Run.objects.first() or make_run(DAY, trainer=cast.trainer)
    enrol(run, newcomer(number))
    return f"/office/runs/{run.id}/results/"


def employer_list(cast: Cast, number: int) -> str:
    enrol(make_run(DAY + timedelta(days=number)), newcomer(number), ordered_by=cast.organisation)
    return "/employer/"


def employer_progress(cast: Cast, number: int) -> str:
    agree(enrol(make_run(DAY), newcomer(number), ordered_by=cast.organisation), attendance=True, progress=True)
    return "/employer/progress/"


def employer_people(cast: Cast, number: int) -> str:
    add_employee(cast.organisation, newcomer(number), by=BY)
    return "/employer/people/"


def trainer_home(cast: Cast, number: int) -> str:
    make_run(DAY + timedelta(days=number), trainer=cast.trainer)
    return "/trainer/"


def looks(cast: Cast, number: int) -> str:
    look(
        by=Actor.person(cast.clerk.id, "clerk"),
        subjects=[newcomer(number).id],
        purpose="people.account",
        screen=SCREENS[number],
    )
    return "/office/privacy/looks/"


def firms(_cast: Cast, number: int) -> str:
    Firm.objects.create(name=f"Firma {number}", role="x", role_nl="x", role_en="x", place="NL")
    return "/office/privacy/suppliers/"


def requests(cast: Cast, number: int) -> str:
    receive_request(kind="other", channel="phone", person=newcomer(number), asked="Wat heeft u?", by=officer_of(cast))
    return "/office/privacy/requests/"


def complaints(cast: Cast, number: int) -> str:
    receive_complaint(
        name=f"Klager {number}", address="Kade 1, Zwolle", told="Te koud.", subject_of="training", channel="letter",
        by=officer_of(cast),
    )  # fmt: skip
    return "/office/complaints/"


def wallet(cast: Cast, number: int) -> str:
    certificate(cast, number)
    return "/me/certificates/"


def agenda(cast: Cast, number: int) -> str:
    enrol(make_run(DAY + timedelta(days=number + 1), venue=a_venue(number)), cast.learner)
    return "/agenda/"


def learn(cast: Cast, number: int) -> str:
    agenda(cast, number)
    return "/learn/"


def erased(_cast: Cast, number: int) -> str:
    Erasure.objects.create(person=newcomer(number).id, due_on=DAY)
    return "/office/privacy/erasures/"


def gone(_cast: Cast, number: int) -> str:
    # Of one under notice the packages are asked what stands in the way, one by one: those that are done are the many.
    Removal.objects.create(name=f"Weg {number}", removes_on=DAY, begun_at=clock.now(), ended_at=clock.now())
    return "/office/privacy/organisations-leaving/"


def news(_cast: Cast, number: int) -> str:
    write_news(None, topic="consent.product_news", title=f"Nieuws {number}", body="Iets nieuws.", by=BY)
    return "/office/news/"


def sign_ins(cast: Cast, number: int) -> str:
    open_sign_in(cast.learner, browser="Firefox", system="Linux", device=f"d{number}", by=Actor.person(cast.learner.id))
    return "/me/sign-ins/"


def my_requests(cast: Cast, _number: int) -> str:
    receive_request(kind="other", channel="phone", person=cast.learner, asked="Wat heeft u?", by=officer_of(cast))
    return "/me/requests/"


Rows = Callable[[Cast, int], str]
COUNTS: list[tuple[str, Rows, int]] = [
    ("clerk", planning, 26),
    ("clerk", mails, 23),
    ("clerk", courses, 22),
    ("clerk", venues, 22),
    ("clerk", banks, 22),
    ("clerk", questions, 25),
    ("clerk", registered, 25),
    ("clerk", certificates, 33),
    ("clerk", persons, 24),
    ("clerk", organisations, 22),
    ("clerk", organisation, 24),
    ("clerk", certificate, 26),
    ("clerk", mails_of_person, 24),
    ("clerk", sharing_of_person, 24),
    ("clerk", history_of_person, 24),
    ("clerk", waiting, 22),
    ("clerk", run_mails, 29),
    ("clerk", run_history, 28),
    ("clerk", results, 33),
    ("contact", employer_list, 22),
    ("contact", employer_progress, 27),
    ("contact", employer_people, 22),
    ("trainer", trainer_home, 22),
    ("officer", ledger, 23),
    ("officer", looks, 20),
    ("officer", firms, 23),
    ("officer", requests, 24),
    ("officer", complaints, 22),
    ("officer", erased, 21),
    ("officer", gone, 20),
    ("admin", news, 21),
    ("learner", sign_ins, 20),
    ("learner", my_requests, 19),
    ("learner", wallet, 20),
    ("learner", agenda, 20),
    ("learner", learn, 24),
]


def asked(client: Any, path: str) -> int:
    """Return how many statements a page sends to the database."""
    with CaptureQueriesContext(connection) as done:
        assert client.get(path).status_code == 200, path
    return len(done)


@pytest.mark.parametrize(("who", "rows", "count"), COUNTS, ids=[rows.__name__ for _who, rows, _count in COUNTS])
def test_a_page_asks_as_often_for_three_rows_as_for_one(as_, cast, who, rows, count):
    path = rows(cast, 0)
    client = as_(cast.everyone[who])
    client.get(path)

    one = asked(client, path)
    for number in (1, 2):
        rows(cast, number)

    assert (one, asked(client, path)) == (count, count)


def test_every_list_of_the_office_has_its_number_here(cast):
    office = [rows for who, rows, _count in COUNTS if who in {"clerk", "officer"} and rows is not looks]
    numbered = {resolve(rows(cast, number)).url_name for number, rows in enumerate(office, start=100)}

    assert sorted(set(lists_of_the_office()) - numbered) == []


def lists_of_the_office(patterns: Any = None) -> Iterator[Any]:
    """Yield the names of the routes that are answered by the one machinery of lists."""
    for each in get_resolver().url_patterns if patterns is None else patterns:
        if hasattr(each, "url_patterns"):
            yield from lists_of_the_office(each.url_patterns)
            continue
        view = unwrap(each.callback)
        if getattr(view, "__globals__", {}).get("answer") is page.answer and "answer" in view.__code__.co_names:
            yield each.name
