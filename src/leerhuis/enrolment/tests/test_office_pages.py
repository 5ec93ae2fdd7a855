"""Enrolments in the office: found, shown, made by hand, cancelled, let in from the waiting list."""

import pytest

from leerhuis.audit.models import Look
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, count_queries, enrol, make_course, make_run
from leerhuis.mail.models import Message
from leerhuis.people.models import Person


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def clerk(as_, cast):
    """The clerk's browser."""
    return as_(cast.clerk)


def order(cast, run, text="Anna Bakker anna@bakker.example"):
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    return actions.register_employees(run, cast.organisation, read_lines(text), **said).enrolments


def names(response):
    return [each.learner.name for each in response.context["list"].lines]


# --- the list ------------------------------------------------------------------------------------------------------
def test_the_list_is_searched_and_filtered(clerk, cast):
    run, other = make_run(), make_run(make_course("zwemmen", title="Zwemmen"), code="ZW-1", seats=1)
    enrol(run, cast.learner)
    enrol(other, cast.stranger)
    enrol(other, cast.colleague, may_wait=True)
    order(cast, run)

    assert names(clerk.get("/office/enrolments/")) == [
        "Anna Bakker",
        "Coen Collega",
        "Sam Stranger",
        "Lena de Leerling",
    ]
    assert names(clerk.get("/office/enrolments/?q=leerling")) == ["Lena de Leerling"]
    assert names(clerk.get("/office/enrolments/?q=zwemmen")) == ["Coen Collega", "Sam Stranger"]
    assert names(clerk.get("/office/enrolments/?state=waiting")) == ["Coen Collega"]
    assert names(clerk.get(f"/office/enrolments/?run={run.id}")) == ["Anna Bakker", "Lena de Leerling"]
    assert names(clerk.get(f"/office/enrolments/?ordered_by={cast.organisation.id}")) == ["Anna Bakker"]
    assert "Niets past bij deze filters" in text(clerk.get("/office/enrolments/?q=niemand"))


def test_every_look_at_the_list_is_noted(clerk, cast):
    enrol(make_run(), cast.learner)

    clerk.get("/office/enrolments/")
    clerk.get("/office/enrolments/?export=csv")

    looks = Look.objects.values_list("subject_person", "screen", "purpose")
    assert set(looks) == {
        (cast.learner.id, "enrolment_office_list", "enrolment.course"),
        (cast.learner.id, "enrolment_office_export", "enrolment.course"),
    }


def test_the_download_runs_no_formula(clerk, cast):
    order(cast, make_run(), "=cmd() Bakker anna@bakker.example")

    sheet = clerk.get("/office/enrolments/?export=csv").content.decode("utf-8-sig")

    assert sheet.splitlines()[1].startswith("'=cmd() Bakker,")
    assert clerk.get("/office/enrolments/?export=xlsx")["Content-Type"].startswith("application/vnd.openxml")


def test_the_list_asks_as_often_for_three_people_as_for_one(clerk, cast):
    run = make_run(seats=3)
    enrol(run, cast.learner)
    clerk.get("/office/enrolments/")
    one = count_queries(lambda: clerk.get("/office/enrolments/"))
    enrol(run, cast.colleague)
    enrol(run, cast.stranger)

    assert count_queries(lambda: clerk.get("/office/enrolments/")) == one


# --- one enrolment -------------------------------------------------------------------------------------------------
def test_one_enrolment_shows_what_was_filled_in_and_its_mails(clerk, cast):
    run = make_run(make_course(asks=("phone",)))
    enrolment = enrol(run, cast.learner, answers={"phone": "06 1234567"})

    shown = text(clerk.get(f"/office/enrolments/{enrolment.id}/"))

    for told in ("06 1234567", "Telefoonnummer", "Uw inschrijving: Eerste hulp", "€ 395,00", "via de website"):
        assert told in shown, told


def test_one_enrolment_shows_what_the_employer_sees(clerk, cast):
    record_agreement(cast.organisation, attendance=True, reference="C", by=PLANNER)
    (enrolment,) = order(cast, make_run())

    shown = text(clerk.get(f"/office/enrolments/{enrolment.id}/"))

    assert "Wat de werkgever ziet" in shown
    assert "De deelnemer kreeg bericht op" in shown


def test_remarks_are_kept(clerk, cast):
    enrolment = enrol(make_run(), cast.learner)

    clerk.post(f"/office/enrolments/{enrolment.id}/", {"remarks": "belt terug"})

    enrolment.refresh_from_db()
    assert enrolment.remarks == "belt terug"


def test_cancelling_shows_the_mails_first(clerk, cast):
    (enrolment,) = order(cast, make_run())
    before = Message.objects.count()

    shown = text(clerk.get(f"/office/enrolments/{enrolment.id}/cancel/"))

    for told in ("Uw inschrijving is geannuleerd", "anna@bakker.example", cast.contact.email):
        assert told in shown, told
    enrolment.refresh_from_db()
    assert (enrolment.state, Message.objects.count()) == (Enrolment.State.ENROLLED, before)
    clerk.post(f"/office/enrolments/{enrolment.id}/cancel/")
    enrolment.refresh_from_db()
    assert (enrolment.state, Message.objects.count()) == (Enrolment.State.CANCELLED, before + 2)


def test_what_has_ended_has_nothing_to_cancel(clerk, cast):
    (enrolment,) = order(cast, make_run())
    clerk.post(f"/office/enrolments/{enrolment.id}/cancel/")

    answer = clerk.get(f"/office/enrolments/{enrolment.id}/cancel/")

    assert answer["Location"] == f"/office/enrolments/{enrolment.id}/"


# --- by hand -------------------------------------------------------------------------------------------------------
def by_hand(clerk, run, step, **more):
    said = {"run": str(run.id), "email": "nina@new.example", "first_name": "Nina", "last_name": "Nieuw"}
    return clerk.post("/office/enrolments/add/", said | {"language": "nl", "step": step, **more})


def test_the_mails_are_seen_before_anything_happens(clerk):
    shown = text(by_hand(clerk, make_run(), "look"))

    for told in ("Uw inschrijving: Eerste hulp", "Open uw account", "nina@new.example", "9.30–16.30"):
        assert told in shown, told
    assert "/invitation/" not in shown
    assert (Enrolment.objects.count(), Message.objects.count()) == (0, 0)
    assert Person.objects.filter(email="nina@new.example").count() == 0


def test_then_they_are_sent(clerk, cast):
    run = make_run()

    answer = by_hand(clerk, run, "send", organisation=str(cast.organisation.id), reference="PO 1")

    enrolment = Enrolment.objects.get()
    assert answer["Location"] == f"/office/enrolments/{enrolment.id}/"
    assert (enrolment.ordered_by, enrolment.registration.reference) == (cast.organisation, "PO 1")


def test_a_full_run_is_refused_with_what_can_be_done(clerk, cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)

    refused = by_hand(clerk, run, "look")

    assert "may_wait" in refused.context["form"].errors
    assert 'value="Nina"' in text(refused)
    assert "U staat op de wachtlijst" in text(by_hand(clerk, run, "look", may_wait="on"))


def test_a_link_fills_in_the_run_and_the_person(clerk, cast):
    run = make_run()

    form = clerk.get(f"/office/enrolments/add/?run={run.id}&person={cast.learner.id}").context["form"]

    assert (form["run"].value(), form["email"].value(), form["last_name"].value()) == (
        str(run.id),
        cast.learner.email,
        "de Leerling",
    )


# --- the waiting list ----------------------------------------------------------------------------------------------
def test_the_waiting_list_is_in_order_and_lets_in(clerk, cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    first, second = enrol(run, cast.colleague, may_wait=True), enrol(run, cast.stranger, may_wait=True)
    run.seats = 2
    run.save(update_fields=["seats"])
    address = f"/office/runs/{run.id}/waiting/"

    shown = clerk.get(address)
    assert [each.id for each in shown.context["waiting"]] == [first.id, second.id]
    clerk.post(f"{address}let-in/")
    refused = clerk.post(f"/office/enrolments/{second.id}/let-in/", follow=True)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == (Enrolment.State.ENROLLED, Enrolment.State.WAITING)
    assert "er is geen plaats vrij" in text(refused)


@pytest.mark.parametrize("who", ["learner", "contact", "trainer", "bookkeeper", "officer", "stranger"])
def test_nobody_but_the_office_gets_in(as_, cast, who):
    run = make_run()
    enrolment = enrol(run, cast.colleague)
    client = as_(cast.everyone[who])

    pages = ["", "add/", f"{enrolment.id}/", f"{enrolment.id}/cancel/"]
    answers = [client.get(f"/office/enrolments/{each}") for each in pages]
    answers += [client.get(f"/office/runs/{run.id}/waiting/"), client.post(f"/office/runs/{run.id}/waiting/let-in/")]
    answers += [client.post(f"/office/enrolments/{enrolment.id}/{each}/") for each in ("cancel", "let-in")]

    assert [each.status_code for each in answers] == [403] * 8
