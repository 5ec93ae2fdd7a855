"""Registering on the website, as visitor and as learner; objecting from a mail."""

import re
from datetime import timedelta

import pytest

from leerhuis.base import clock
from leerhuis.catalogue import actions as catalogue
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions
from leerhuis.enrolment.models import Detail, Enrolment, Grant, Registration
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.queries import sharing_token
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, enrol, mails_to, make_course, make_run, register
from leerhuis.people.models import Person

NINA = {"first_name": "Nina", "last_name": "Nieuw", "email": "nina@new.example", "conditions": "on"}


def page(client, run):
    return client.get(f"/register/{run.id}/")


def send(client, run, **more):
    said = {name: value for name, value in (NINA | more).items() if value is not None}
    return client.post(f"/register/{run.id}/", said)


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_shows_price_vat_dates_and_seats(as_):
    shown = text(page(as_(None), make_run(seats=3)))

    for told in ("€ 395,00", "9.30–16.30", "De Werf", ">3<", "Meld mij aan met betalingsverplichting"):
        assert told in shown, told
    assert "vrij" in shown
    assert 'name="may_wait"' not in shown


def test_a_telephone_number_as_on_letter_paper_is_kept_as_it_is_dialled(as_):
    send(as_(None), make_run(make_course(asks=("phone",))), phone="+31 (0)6 1234 5678")

    assert Detail.objects.get().phone == "+31 6 1234 5678"


def test_only_what_the_course_needs_is_asked_each_with_its_reason(as_):
    form = page(as_(None), make_run(make_course(asks=("phone", "birth_date")))).context["form"]

    assert [(name, str(field.help_text)) for name, field in form.fields.items() if name != "form_key"] == [
        ("first_name", "Zodat de trainer u bij uw naam kan noemen."),
        ("last_name", "Voor de deelnemerslijst en uw certificaat."),
        ("email", "Hierheen sturen wij uw bevestiging, en wijzigingen van tijd of plaats."),
        ("phone", "Want phone"),
        ("birth_date", "Want birth_date"),
        ("conditions", ""),
    ]


def test_a_learner_who_is_signed_in_types_no_name(as_, cast):
    response = page(as_(cast.learner), make_run(make_course(asks=("phone",))))

    assert list(response.context["form"].fields) == ["phone", "conditions", "form_key"]
    assert "Lena de Leerling" in text(response)


def test_a_visitor_registers_and_reads_what_comes_next(as_, academy):
    client, run = as_(None), make_run(seats=1)
    key = page(client, run).context["form"]["form_key"].value()

    answer = send(client, run, form_key=str(key))

    registration = Registration.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/register/done/{registration.id}/")
    assert (str(registration.form_key), registration.conditions_on) == (
        str(key),
        academy.settings.conditions.changed_on,
    )
    shown = text(client.get(answer["Location"]))
    assert "U bent ingeschreven" in shown
    assert "Een mail om uw account te openen" in shown
    for private in ("Nina", "Nieuw", "nina@"):
        assert not re.search(rf"\b{private}\b", shown), private


def test_pressing_the_button_twice_registers_once(as_):
    client, run = as_(None), make_run(seats=5)
    key = str(page(client, run).context["form"]["form_key"].value())

    first, second = send(client, run, form_key=key), send(client, run, form_key=key)

    assert first["Location"] == second["Location"]
    assert Enrolment.objects.count() == 1


def test_a_learner_registers_with_what_we_know(as_, cast):
    run = make_run()

    as_(cast.learner).post(f"/register/{run.id}/", {"conditions": "on"})

    assert Enrolment.objects.get().learner == cast.learner
    assert mails_to() == [(cast.learner.email, "enrolment_confirmed")]


def test_a_form_that_fails_keeps_what_was_typed(as_):
    run = make_run(make_course(asks=("phone",)))

    shown = text(send(as_(None), run, phone="bel maar", email="nina@", conditions=None))

    assert 'value="bel maar"' in shown
    assert 'value="nina@"' in shown
    assert "Dit is geen telefoonnummer" in shown
    assert "Kruis aan dat u akkoord gaat" in shown
    assert Registration.objects.count() == 0


@pytest.mark.parametrize("born", ["2999-01-01", "1800-01-01", "gisteren"])
def test_a_day_of_birth_lies_in_the_past(as_, born):
    run = make_run(make_course(asks=("birth_date",)))

    assert send(as_(None), run, birth_date=born).context["form"].errors["birth_date"]
    assert Registration.objects.count() == 0


def test_a_citizen_service_number_is_not_taken_for_a_register_number(as_):
    run = make_run(make_course(asks=("register_number",), points=5, register="branch"))
    client = as_(None)

    refused = send(client, run, register_number="111222333")
    assert "burgerservicenummer" in text(refused)
    assert "not_bsn" in refused.context["form"].fields
    assert Registration.objects.count() == 0
    send(client, run, register_number="111222333", not_bsn="on")

    assert Enrolment.objects.get().detail.register_number == "111222333"


def test_a_full_run_asks_for_the_waiting_list(as_, cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    client = as_(None)

    shown = text(page(client, run))
    assert "Zet mij op de wachtlijst" in shown
    assert "betalingsverplichting" not in shown
    refused = send(client, run)
    assert refused.context["form"].errors["may_wait"] == ["Kruis dit aan, of kies een andere datum."]
    answer = send(client, run, may_wait="on")

    assert Enrolment.objects.get(learner__email="nina@new.example").state == Enrolment.State.WAITING
    assert "U staat op de wachtlijst" in text(client.get(answer["Location"]))


def test_whoever_is_enrolled_already_reads_the_same_as_anybody(as_, cast):
    run = make_run(seats=5)
    enrol(run, cast.learner)
    client = as_(None)

    new = text(client.get(send(client, run)["Location"]))
    known = text(client.get(send(client, run, email=cast.learner.email)["Location"]))

    keys = re.compile(r"[\w-]{36,64}")  # of the form and of the registration
    assert keys.sub("", known) == keys.sub("", new)
    assert mails_to(cast.learner.id)[-1] == (cast.learner.email, "already_enrolled")


def test_a_closed_run_shows_other_dates(as_):
    course = make_course()
    run, other = make_run(course), make_run(course, code="EH-2", in_days=60)
    catalogue.cancel_run(run, by=PLANNER)

    response = page(as_(None), run)

    assert response.status_code == 410
    assert f"/register/{other.id}/" in text(response)


def test_a_planned_run_is_not_there(as_):
    assert page(as_(None), make_run(opened=False)).status_code == 404


def test_the_page_afterwards_is_there_for_a_day(as_):
    registration = register(make_run())
    client = as_(None)
    address = f"/register/done/{registration.id}/"

    assert client.get(address).status_code == 200
    Registration.objects.update(created_at=clock.now() - timedelta(days=1))
    assert client.get(address).status_code == 404


def test_an_order_of_an_employer_has_no_public_page(as_, cast):
    lines = read_lines("Anna Bakker anna@bakker.example")
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    ordered = actions.register_employees(make_run(), cast.organisation, lines, **said)

    assert as_(None).get(f"/register/done/{ordered.registration.id}/").status_code == 404


@pytest.fixture
def told(cast):
    """An enrolment that an employer ordered and whose learner was told what it sees."""
    record_agreement(cast.organisation, attendance=True, reference="C", by=PLANNER)
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    lines = read_lines("Anna Bakker anna@bakker.example")
    return actions.register_employees(make_run(), cast.organisation, lines, **said).enrolments[0]


def test_a_learner_objects_from_the_mail_without_signing_in(as_, told):
    client, address = as_(None), f"/sharing/{sharing_token(told)}/"

    before = text(client.get(address))
    assert "Bakker Advies schreef u in voor Eerste hulp" in before
    assert Grant.objects.get().objected_at is None
    client.post(address)

    assert Grant.objects.get().objected_at == clock.now()
    assert "U maakte op" in text(client.get(address))


@pytest.mark.parametrize("spoil", [lambda token: token[:-1], lambda token: token[::-1], lambda _token: "x"])
def test_a_forged_link_leads_nowhere(as_, told, spoil):
    address = f"/sharing/{spoil(sharing_token(told))}/"

    assert [as_(None).get(address).status_code, as_(None).post(address).status_code] == [404, 404]
    assert Grant.objects.get().objected_at is None


def test_somebody_erased_meanwhile_cannot_be_registered_for(as_, told):
    Person.objects.filter(pk=told.learner_id).update(state=Person.State.ERASED)

    assert as_(None).post(f"/sharing/{sharing_token(told)}/").status_code == 410
    assert Grant.objects.get().objected_at is None


def test_english_is_read_in_english(as_):
    client, run = as_(None), make_run()

    client.get("/language/", {"to": "en", "next": "/"})
    shown = text(page(client, run))

    assert "Register with obligation to pay" in shown
    assert "First aid" in shown
