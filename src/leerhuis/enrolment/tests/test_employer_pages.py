"""An employer's contact enrols people and sees whom it enrolled; and that nobody else gets in."""

import pytest

from leerhuis.audit.models import Look
from leerhuis.enrolment import actions
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, count_queries, enrol, make_course, make_run
from leerhuis.mail.models import Message
from leerhuis.organisations.actions import add_organisation, appoint_contact
from leerhuis.people.models import Person

LIST = "Anna van der Berg anna@bakker.example\nPiet Puk piet@bakker.example"


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def contact(as_, cast):
    """The contact's browser."""
    return as_(cast.contact)


def post(contact, cast, run, step="look", **more):
    said = {"organisation": str(cast.organisation.id), "lines": LIST, "reference": "PO 7", "step": step, **more}
    return contact.post(f"/employer/enrol/{run.id}/", said)


def order(cast, run, text=LIST):
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    return actions.register_employees(run, cast.organisation, read_lines(text), **said)


def nothing_kept():
    return (Registration.objects.count(), Enrolment.objects.count(), Message.objects.count()) == (0, 0, 0)


# --- enrolling -----------------------------------------------------------------------------------------------------
def test_runs_are_shown_with_price_and_seats(contact):
    run = make_run(seats=4)

    shown = text(contact.get("/employer/enrol/"))

    for told in ("Eerste hulp", "€ 395,00", "nog 4 plaatsen", f"/employer/enrol/{run.id}/"):
        assert told in shown, told
    assert "Geen data gevonden" in text(contact.get("/employer/enrol/?q=zwemmen"))


def test_looking_it_over_shows_everybody_and_the_mail_and_keeps_nothing(contact, cast):
    shown = text(post(contact, cast, make_run(seats=2)))

    for told in ("van der Berg", "anna@bakker.example", "Er is plaats voor alle 2 mensen", "heeft u bij ons aangemeld"):
        assert told in shown, told
    assert "/invitation/" not in shown
    assert nothing_kept()
    assert Person.objects.filter(email__endswith="@bakker.example").count() == 0


def test_then_it_is_done_once_and_says_what_became_of_it(contact, cast, academy):
    run = make_run(seats=2)
    key = post(contact, cast, run).context["form"]["form_key"].value() or "01890a5d-ac96-774b-bcce-b302099a8057"

    first = post(contact, cast, run, "enrol", conditions="on", form_key=key)
    second = post(contact, cast, run, "enrol", conditions="on", form_key=key)

    registration = Registration.objects.get()
    assert (first["Location"], second["Location"]) == (f"/employer/enrolled/{registration.id}/",) * 2
    assert (registration.reference, registration.conditions_on) == ("PO 7", academy.settings.conditions.changed_on)
    shown = text(contact.get(first["Location"]))
    assert "Anna van der Berg" in shown
    assert "Piet Puk" in shown


def test_without_the_conditions_nobody_is_enrolled(contact, cast):
    shown = text(post(contact, cast, make_run(seats=2), "enrol"))

    assert "Kruis aan dat u akkoord gaat" in shown
    assert nothing_kept()


def test_lines_that_cannot_be_read_are_named_and_kept_as_typed(contact, cast):
    shown = text(
        post(contact, cast, make_run(), lines="Anna van der Berg anna@bakker.example\nPiet Puk\n<b>Jan</b> x@")
    )

    for told in (
        "Regel 2: “Piet Puk”. Op deze regel staat geen e-mailadres",
        "Regel 3: “&lt;b&gt;Jan",
        "niet volledig",
    ):
        assert told in shown, told
    assert "Piet Puk\n&lt;b&gt;Jan&lt;/b&gt; x@</textarea>" in shown
    assert nothing_kept()


def test_an_empty_list_says_what_to_do(contact, cast):
    assert "Plak minstens één naam" in text(post(contact, cast, make_run(), lines=" \n "))


def test_the_list_can_be_changed_again(contact, cast):
    shown = text(post(contact, cast, make_run(seats=2), "edit"))

    assert "Anna van der Berg anna@bakker.example\nPiet Puk piet@bakker.example</textarea>" in shown
    assert "is-invalid" not in shown


def test_too_few_seats_must_be_answered(contact, cast):
    run = make_run(seats=1)

    asked = post(contact, cast, run)
    assert "Er is nog 1 plaats voor 2 mensen" in text(asked)
    assert [value for value, _ in asked.context["take"].fields["when_short"].choices] == ["rest_waits", "seats_only"]
    post(contact, cast, run, "enrol", conditions="on", offered="1")
    assert nothing_kept()
    post(contact, cast, run, "enrol", conditions="on", offered="1", when_short="rest_waits")

    states = dict(Enrolment.objects.values_list("learner__email", "state"))
    assert states == {"anna@bakker.example": "enrolled", "piet@bakker.example": "waiting"}


def test_a_full_run_offers_the_waiting_list_alone(contact, cast):
    run = make_run(seats=1)
    enrol(run, cast.stranger)

    asked = post(contact, cast, run)

    assert [value for value, _ in asked.context["take"].fields["when_short"].choices] == ["rest_waits"]


def test_when_seats_go_meanwhile_it_is_asked_again(contact, cast):
    run = make_run(seats=2)
    enrol(run, cast.stranger)

    shown = post(contact, cast, run, "enrol", conditions="on", offered="2", when_short="seats_only")

    assert shown.context["left"] == 1
    assert "Er is nog 1 plaats voor 2 mensen" in text(shown)
    assert Enrolment.objects.count() == 1


def test_whether_somebody_is_known_elsewhere_is_not_shown(contact, cast):
    run = make_run(seats=3)
    enrol(run, cast.stranger)

    shown = text(post(contact, cast, run, lines=f"Sam Anders {cast.stranger.email}\nCoen C {cast.colleague.email}"))

    assert "bekende medewerker" in shown
    assert "al ingeschreven" not in shown
    assert "Sam Stranger" not in shown


def test_a_list_of_people_who_are_enrolled_has_nothing_to_confirm(contact, cast):
    run = make_run(seats=4)
    order(cast, run)

    shown = text(post(contact, cast, run))

    assert "Iedereen op deze lijst is al ingeschreven" in shown
    assert 'value="enrol"' not in shown


def test_a_contact_of_two_organisations_says_for_which(contact, cast):
    second = add_organisation(name="Tweede BV", by=PLANNER)
    appoint_contact(second, cast.contact, by=PLANNER)

    form = contact.get(f"/employer/enrol/{make_run().id}/").context["form"]

    assert [str(choice) for _, choice in form.fields["organisation"].choices][1:] == ["Bakker Advies", "Tweede BV"]


def test_nobody_orders_for_an_organisation_that_is_not_theirs(contact, cast):
    other = add_organisation(name="Concurrent", by=PLANNER)

    answer = post(contact, cast, make_run(seats=2), "enrol", organisation=str(other.id), conditions="on")

    assert answer.context["form"].errors["organisation"]
    assert nothing_kept()


# --- what was ordered ----------------------------------------------------------------------------------------------
def test_the_list_shows_who_has_a_seat_and_notes_the_look(contact, cast):
    ordered = order(cast, make_run(seats=2))
    enrol(make_run(make_course("own"), code="OWN"), cast.learner)

    response = contact.get("/employer/")

    assert [(line.name, line.standing) for line in response.context["lines"]] == [
        ("Piet Puk", "seat"),
        ("Anna van der Berg", "seat"),
    ]
    looks = Look.objects.values_list("subject_person", "screen", "purpose", "actor_role")
    assert set(looks) == {
        (each.learner_id, "enrolment_employer_home", "enrolment.course", "contact") for each in ordered.enrolments
    }


def test_the_list_is_searched_and_downloaded(contact, cast):
    order(cast, make_run(seats=2), "=Anna Berg anna@bakker.example\nPiet Puk piet@bakker.example")

    found = contact.get("/employer/?q=piet").context["lines"]
    sheet = contact.get("/employer/?export=csv").content.decode()

    assert [line.name for line in found] == ["Piet Puk"]
    assert "'=Anna Berg" in sheet
    assert "Piet Puk,Eerste hulp,EH-1," in sheet
    assert "@bakker.example" not in sheet


def test_an_empty_list_leads_to_enrolling(contact):
    assert "Er is nog niemand ingeschreven" in text(contact.get("/employer/"))


def test_the_list_asks_as_often_for_three_people_as_for_one(contact, cast):
    run = make_run(seats=5)
    order(cast, run, "Anna Berg anna1@bakker.example")
    contact.get("/employer/")
    one = count_queries(lambda: contact.get("/employer/"))
    order(cast, run, "Anna Berg anna2@bakker.example\nAnna Berg anna3@bakker.example")

    assert count_queries(lambda: contact.get("/employer/")) == one


def test_a_contact_cancels_after_reading_what_it_means(contact, cast):
    enrolment = order(cast, make_run(seats=2)).enrolments[0]
    address = f"/employer/enrolments/{enrolment.id}/cancel/"

    assert "kan niet ongedaan worden gemaakt" in text(contact.get(address))
    contact.post(address)

    enrolment.refresh_from_db()
    assert enrolment.state == Enrolment.State.CANCELLED


# --- who gets in ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["learner", "colleague", "trainer", "clerk", "officer", "stranger"])
def test_nobody_but_a_contact_gets_in(as_, cast, who):
    run = make_run(seats=2)
    ordered = order(cast, run)
    client = as_(cast.everyone[who])

    addresses = ["/employer/", "/employer/enrol/", f"/employer/enrol/{run.id}/"]
    addresses += [f"/employer/enrolled/{ordered.registration.id}/"]
    addresses += [f"/employer/enrolments/{ordered.enrolments[0].id}/cancel/"]
    assert [client.get(each).status_code for each in addresses] == [403] * 5
    assert post(client, cast, run, "enrol", conditions="on").status_code == 403


def test_a_contact_of_another_organisation_sees_nothing(as_, cast):
    ordered = order(cast, make_run(seats=2))
    appoint_contact(add_organisation(name="Concurrent", by=PLANNER), cast.stranger, by=PLANNER)
    client = as_(cast.stranger)

    assert client.get("/employer/").context["lines"] == []
    assert client.get(f"/employer/enrolled/{ordered.registration.id}/").status_code == 404
    cancel = f"/employer/enrolments/{ordered.enrolments[0].id}/cancel/"
    assert (client.get(cancel).status_code, client.post(cancel).status_code) == (404, 404)
    assert Enrolment.objects.filter(state="cancelled").count() == 0


def test_a_contact_passes_a_second_factor_first(academy, cast):
    from tests.cast import signed_in

    answer = signed_in(academy, cast.contact, second_factor=False).get("/employer/")

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/accounts/2fa/choose/")
