"""A person sees what is held about them, and nobody else does."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actions import look
from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.charter.checks import concrete_models
from leerhuis.charter.foreign import others_of
from leerhuis.mail.models import Message
from leerhuis.organisations.models import Membership
from leerhuis.people.gate import METHODS
from leerhuis.people.models import Person, Role
from leerhuis.privacy.actions import hand_out_data
from leerhuis.privacy.queries import my_data
from leerhuis.privacy.rows import tables_about_people

NOON = datetime(2027, 3, 1, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


def mail_to(person, title="Welkom", **values):
    return Message.objects.create(
        kind="people.invitation", cause="PersonInvited", person=person.id, to_name=person.name,
        to_address=person.email, language="nl", title=title, body="Beste **lezer**", try_after=clock.now(), **values,
    )  # fmt: skip


def kept(data, name):
    return next((each for each in data.kept if each.id == name), None)


def table(data, name, label):
    return next(t for t in kept(data, name).tables if t.model == label)


def told(row):
    return {cell.label: cell.text for cell in row.cells if cell.shown and cell.text}


def test_a_person_reads_their_own_rows_with_names_that_they_understand(cast):
    data = my_data(cast.learner, language="nl")
    account = table(data, "people.account", "people.Person").rows[0]
    place = table(data, "organisations.employer", "organisations.Membership").rows[0]

    assert told(account)["Voornaam"] == "Lena"
    assert told(account)["Hoe wij aan uw gegevens komen"] == "u opende een account"
    assert told(account)["Wachtwoord"] == "bewaard, maar voor uw veiligheid niet getoond"
    assert told(place)["Organisatie"] == "Bakker Advies"
    assert told(place)["Als"] == "medewerker"


def test_the_same_data_are_told_in_english(cast):
    data = my_data(cast.learner, language="en")

    assert told(table(data, "people.account", "people.Person").rows[0])["First name"] == "Lena"
    assert kept(data, "people.account").title == "Your account and staying in touch with you"
    assert kept(data, "people.account").until.startswith("until 2 years after")


def test_what_is_about_a_colleague_is_not_there(cast):
    mail_to(cast.colleague, "Geheim")
    text = json.dumps(hand_out_data(cast.learner.id, by=Actor.person(cast.learner.id)).as_dict())

    assert "Coen" not in text
    assert "Geheim" not in text
    assert str(cast.colleague.id) not in text


def test_the_term_ends_on_a_day_counted_from_the_clock_of_the_row(cast):
    with clock.at(NOON):
        mail_to(cast.learner, sent_at=datetime(2026, 12, 31, 23, 30, tzinfo=ZoneInfo("UTC")))
        waiting = mail_to(cast.learner, "Wacht")
    rows = {row.heading: row.until for row in table(my_data(cast.learner), "mail.service_mail", "mail.Message").rows}

    assert rows == {"Welkom": date(2029, 1, 1), "Wacht": None}  # half past midnight in the academy's zone
    assert waiting.sent_at is None
    assert kept(my_data(cast.learner), "mail.service_mail").first_to_go == date(2029, 1, 1)


def test_another_person_is_there_without_a_name(cast):
    Person.objects.filter(pk=cast.learner.pk).update(entered_by=cast.clerk.id)
    Role.objects.create(person=cast.learner, name=Role.Name.TRAINER, granted_by=cast.learner.id)
    data = my_data(cast.learner, language="nl")

    assert told(table(data, "people.account", "people.Person").rows[0])["Ingevoerd door"] == "iemand anders"
    assert told(table(data, "people.roles", "people.Role").rows[0])["Gegeven door"] == "uzelf"
    assert "Karel" not in hand_out_data(cast.learner.id, by=Actor.operator()).as_page()


def test_who_looked_is_told_by_role_and_day(cast):
    with clock.at(NOON):
        for screen in ("people_office_list", "portal_office_person"):
            look(
                by=Actor.person(cast.clerk.id, "clerk"),
                subjects=[cast.learner.id],
                purpose="people.account",
                screen=screen,
            )
        look(
            by=Actor.person(cast.trainer.id, "trainer"),
            subjects=[cast.learner.id],
            purpose="results.attendance",
            screen="x",
        )
        look(
            by=Actor.person(cast.clerk.id, "clerk"), subjects=[cast.colleague.id], purpose="people.account", screen="x"
        )
    looks = my_data(cast.learner, language="nl").looks

    assert sorted((seen.role, seen.purpose, seen.times) for seen in looks) == [
        ("medewerker administratie", "Uw account en het contact met u", 2),
        ("trainer", "Het bijhouden van uw aanwezigheid bij lesdagen", 1),
    ]
    assert {seen.last for seen in looks} == {NOON}


def test_what_was_changed_is_told_in_words_without_the_english_of_the_code(cast):
    Note.objects.create(
        actor_kind="person", actor_person=cast.clerk.id, actor_role="clerk", verb="change person",
        thing_kind="people.person", thing_id=cast.learner.id, subject_person=cast.learner.id, touched=["first_name"],
    )  # fmt: skip
    changes = my_data(cast.learner, language="nl").changes

    assert {(change.role, change.done, change.thing, change.fields) for change in changes} == {
        ("medewerker administratie", "gewijzigd", "Uw account", ("Voornaam",)),
        ("beheerder van het systeem", "toegevoegd", "Voor welke organisatie u leert of contactpersoon bent", ()),
    }


def test_where_a_member_of_staff_stands_in_data_about_others_is_counted(cast):
    for _ in range(3):
        Note.objects.create(
            actor_kind="person", actor_person=cast.clerk.id, actor_role="clerk", verb="change person",
            thing_kind="people.person", thing_id=cast.learner.id, subject_person=cast.learner.id,
        )  # fmt: skip
    mentions = my_data(cast.clerk, language="en").mentions

    assert [(mention.kind, mention.count) for mention in mentions] == [("Who changed or viewed something, and when", 3)]
    assert my_data(cast.stranger, language="en").mentions == ()


@pytest.mark.parametrize("rows", [1, 3])
def test_one_query_for_each_table_whatever_the_number_of_rows(cast, rows):
    for number in range(rows):
        mail_to(cast.learner, f"Bericht {number}")
    Membership.objects.filter(person=cast.learner).update(ended_at=clock.now())
    own = dict(tables_about_people())
    named = sum(own.get(model) != other.path for model in concrete_models() for other in others_of(model))
    with CaptureQueriesContext(connection) as asked:
        data = my_data(cast.learner)

    assert table(data, "mail.service_mail", "mail.Message").count == rows
    looks_given_and_suppliers = 3  # what was changed is read when it is gone through
    assert len(asked) == len(own) + named + looks_given_and_suppliers


def test_a_limit_counts_what_it_leaves_out(cast):
    for number in range(3):
        mail_to(cast.learner, f"Bericht {number}")
    few = table(my_data(cast.learner, limit=2), "mail.service_mail", "mail.Message")

    assert (len(few.rows), few.count) == (2, 3)


def test_the_page_shows_only_oneself(as_, cast):
    mail_to(cast.learner, "Alleen voor Lena")
    own, other = (as_(person).get("/me/data/").content.decode() for person in (cast.learner, cast.stranger))

    assert "Alleen voor Lena" in own
    assert "<strong>lezer</strong>" in own
    assert "Alleen voor Lena" not in other
    assert "Sam" in other
    assert "Lena" not in other


@pytest.mark.parametrize("address", ["/me/data/", "/me/data/download/"])
def test_a_visitor_signs_in_first(as_, academy, address):
    response = as_(None).get(address)

    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("address", "type_"), [("page", "text/html"), ("json", "application/json")])
def test_a_download_is_a_file_and_is_noted(as_, cast, address, type_):
    response = as_(cast.learner).post(f"/me/data/download/{address}/", headers={"accept-language": "en"})
    note = Note.objects.get(subject_person=cast.learner.id, verb="download data")

    assert response.status_code == 200
    assert response["Content-Type"].startswith(type_)
    assert re.search(
        r'attachment; filename="(mijn-gegevens|my-data)-\d{4}-\d\d-\d\d\.(html|json)"', response["Content-Disposition"]
    )
    assert "Lena" in response.content.decode()
    assert (note.actor_person, note.thing_id, note.touched) == (cast.learner.id, cast.learner.id, [])
    assert Look.objects.count() == 0


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_signed_in_too_long_ago_signs_in_again_and_nothing_leaves(as_, cast, settings, method):
    client = as_(cast.learner)
    store = client.session
    long_ago = clock.now() - timedelta(seconds=settings.ACCOUNT_REAUTHENTICATION_TIMEOUT + 1)
    store[METHODS] = [{**each, "at": long_ago.timestamp()} for each in store[METHODS]]
    store.save()
    response = getattr(client, method)("/me/data/download/" + ("json/" if method == "post" else ""))

    assert response.status_code == 302
    assert response["Location"] == "/accounts/reauthenticate/?next=%2Fme%2Fdata%2Fdownload%2F"
    assert Note.objects.filter(verb="download data").count() == 0


def test_a_download_asks_for_a_form_of_ours(as_, cast):
    assert as_(cast.learner).get("/me/data/download/json/").status_code == 405


def test_the_json_says_everything_a_machine_needs(cast):
    export = hand_out_data(cast.learner.id, by=Actor.operator(), language="en").as_dict()
    account = next(purpose for purpose in export["purposes"] if purpose["id"] == "people.account")
    row = account["tables"][0]["rows"][0]

    assert export["form"] == 1
    assert export["academy"] == {"name": "LEFFECTIEF", "contact": "info@leffectief.nl"}
    assert account["basis"] == ["The agreement with you, or the steps towards it"]
    assert row["fields"]["email"]["value"] == "lena.deleerling@people.example"
    assert row["fields"]["email"]["category"] == "contact"
    assert "your account and staying in touch with you" in row["fields"]["email"]["purposes"]
    assert row["fields"]["password"]["value"] == "withheld"
    assert json.loads(json.dumps(export)) == export


def test_after_giving_the_password_again_one_comes_back_to_the_download(as_, cast):
    cast.learner.set_password("een lange zin om te onthouden")
    cast.learner.save()
    client = as_(cast.learner)
    store = client.session
    store[METHODS] = [{**each, "at": each["at"] - 3600} for each in store[METHODS]]
    store.save()
    away = client.get("/me/data/download/")["Location"]
    wrong = client.post(away, {"password": "iets anders"})
    back = client.post(away, {"password": "een lange zin om te onthouden"})

    assert wrong.status_code == 200
    assert back["Location"] == "/me/data/download/"
    assert client.get("/me/data/download/").status_code == 200
    assert client.post("/me/data/download/json/").status_code == 200
