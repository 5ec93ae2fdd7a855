"""A learner's own enrolment: what they see, fill in, cancel; and that nobody else gets in."""

from datetime import timedelta

import pytest

from leerhuis.audit.models import Look
from leerhuis.base import clock
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.tests.factories import (
    PLANNER,
    add_lesson,
    contact_actor,
    count_queries,
    enrol,
    make_course,
    make_run,
)
from leerhuis.people.models import Person


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def own(cast):
    """An enrolment that the learner ordered themselves."""
    return enrol(make_run(make_course(asks=("phone",)), seats=1), cast.learner, answers={"phone": "06 1234567"})


@pytest.fixture
def ordered(cast):
    """An enrolment of the colleague that the employer ordered, under an agreement on attendance."""
    record_agreement(cast.organisation, attendance=True, reference="C", by=PLANNER)
    lines = read_lines(f"Coen Collega {cast.colleague.email}")
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    return actions.register_employees(make_run(make_course("o", asks=("phone",))), cast.organisation, lines, **said)


def test_it_shows_when_where_and_the_way(as_, cast, own):
    shown = text(as_(cast.learner).get(f"/learn/{own.id}/"))

    for told in ("9.30–16.30", "De Werf", "Kade 1", "Tien minuten lopen", "nog niet zeker", "ingeschreven"):
        assert told in shown, told
    assert "geen werkgever ziet iets" in shown
    assert Look.objects.count() == 0


@pytest.mark.parametrize("who", ["colleague", "contact", "trainer", "clerk", "stranger"])
def test_nobody_else_gets_in(as_, cast, own, who):
    client = as_(cast.everyone[who])

    answers = [client.get(f"/learn/{own.id}/"), client.get(f"/learn/{own.id}/cancel/")]
    answers += [client.post(f"/learn/{own.id}/", {"phone": "1"}), client.post(f"/learn/{own.id}/cancel/")]

    assert [each.status_code for each in answers] == [404, 404, 404, 404]
    own.refresh_from_db()
    assert own.state == Enrolment.State.ENROLLED


def test_a_visitor_is_sent_to_sign_in(as_, own):
    assert as_(None).get(f"/learn/{own.id}/")["Location"].startswith("/accounts/login/?next=")


def test_an_employee_sees_what_the_employer_sees_and_what_is_still_needed(as_, cast, ordered):
    enrolment = ordered.enrolments[0]

    shown = text(as_(cast.colleague).get(f"/learn/{enrolment.id}/"))

    for told in ("Bakker Advies bestelde deze opleiding", "Ontbreekt nog: Telefoonnummer", "Ik maak bezwaar"):
        assert told in shown, told
    assert f"/me/who-sees-what/{enrolment.id}/object/" in shown
    assert "Annuleer mijn inschrijving" not in shown


def test_an_employee_fills_in_what_the_course_needs(as_, cast, ordered):
    enrolment, client = ordered.enrolments[0], as_(cast.colleague)

    client.post(f"/learn/{enrolment.id}/", {"phone": "06 7654321", "employer_name": "verzonnen"})

    detail = Detail.objects.get(enrolment=enrolment)
    assert (detail.phone, detail.employer_name) == ("06 7654321", "")
    assert "Ontbreekt nog" not in text(client.get(f"/learn/{enrolment.id}/"))


def test_what_fails_is_kept_as_typed(as_, cast, own):
    answer = as_(cast.learner).post(f"/learn/{own.id}/", {"phone": "bel maar"})

    assert 'value="bel maar"' in text(answer)
    assert Detail.objects.get(enrolment=own).phone == "06 1234567"


def test_cancelling_is_explained_and_then_done(as_, cast, own):
    client = as_(cast.learner)

    asked = text(client.get(f"/learn/{own.id}/cancel/"))
    assert "kan niet ongedaan worden gemaakt" in asked
    own.refresh_from_db()
    assert own.state == Enrolment.State.ENROLLED
    client.post(f"/learn/{own.id}/cancel/")

    own.refresh_from_db()
    assert own.state == Enrolment.State.CANCELLED
    assert "Dit eindigde op" in text(client.get(f"/learn/{own.id}/"))


def test_what_has_begun_cannot_be_cancelled_on_the_page(as_, cast, own):
    client = as_(cast.learner)

    with clock.at(clock.now() + timedelta(days=30)):
        shown = text(client.get(f"/learn/{own.id}/cancel/"))
        client.post(f"/learn/{own.id}/cancel/")

    assert "Annuleren kan hier niet meer" in shown
    own.refresh_from_db()
    assert own.state == Enrolment.State.ENROLLED


def test_an_employee_cannot_cancel_what_the_employer_ordered(as_, cast, ordered):
    enrolment, client = ordered.enrolments[0], as_(cast.colleague)

    client.post(f"/learn/{enrolment.id}/cancel/")

    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.ENROLLED


def test_somebody_erased_meanwhile_changes_nothing(as_, cast, own):
    client = as_(cast.learner)
    Person.objects.filter(pk=cast.learner.pk).update(state=Person.State.ERASED)

    assert client.post(f"/learn/{own.id}/cancel/").status_code in {302, 410}
    own.refresh_from_db()
    assert own.state == Enrolment.State.ENROLLED


def test_an_online_lesson_is_joined_from_the_page(as_, cast, own):
    lesson = add_lesson(own.run, in_days=40, venue=False)
    lesson.online_link = "https://room.example/7"
    lesson.save(update_fields=["online_link"])

    shown = text(as_(cast.learner).get(f"/learn/{own.id}/"))

    assert 'href="https://room.example/7"' in shown
    assert "Uw camera mag uit blijven" in shown


def test_the_page_asks_as_often_for_three_lessons_as_for_one(as_, cast, own):
    client = as_(cast.learner)
    client.get(f"/learn/{own.id}/")
    one = count_queries(lambda: client.get(f"/learn/{own.id}/"))
    add_lesson(own.run, in_days=41)
    add_lesson(own.run, in_days=42)

    assert count_queries(lambda: client.get(f"/learn/{own.id}/")) == one
