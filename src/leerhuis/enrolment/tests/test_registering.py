"""Registering for oneself: with and without an account, with and without a seat."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.catalogue import actions as catalogue
from leerhuis.enrolment import rules
from leerhuis.enrolment.models import Detail, Enrolment, Registration
from leerhuis.enrolment.queries import seats_left
from leerhuis.enrolment.tests.factories import PLANNER, enrol, mails_to, make_course, make_run, register
from leerhuis.mail.models import Message
from leerhuis.mail.render import to_text
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Bank

pytestmark = pytest.mark.usefixtures("academy")


def nothing_happened():
    return (
        Registration.objects.count(),
        Enrolment.objects.count(),
        Detail.objects.count(),
        Message.objects.count(),
        Person.objects.filter(source="registration").count(),
    ) == (0, 0, 0, 0, 0)


def refuse(refusal, run, **said):
    with pytest.raises(refusal) as caught, attempt():
        register(run, **said)
    assert nothing_happened()
    return caught.value


def test_a_visitor_gets_a_seat_two_mails_and_no_account_yet():
    run = make_run(seats=2)

    registration = register(run, conditions_on=date(2026, 1, 1))

    enrolment = registration.enrolments.get()
    person = enrolment.learner
    assert (person.name, person.email, person.source, person.state) == (
        "Nina Nieuw",
        "nina@new.example",
        Person.Source.REGISTRATION,
        Person.State.INVITED,
    )
    assert (enrolment.state, enrolment.price, enrolment.ordered_by, enrolment.waiting_since) == (
        Enrolment.State.ENROLLED,
        run.price,
        None,
        None,
    )
    assert (registration.source, registration.handed_in_by, registration.conditions_on) == (
        "website",
        person,
        date(2026, 1, 1),
    )
    assert mails_to() == [("nina@new.example", "enrolment_confirmed"), ("nina@new.example", "invitation")]
    assert seats_left(run) == 1


def test_what_was_done_is_noted_in_order_with_the_person_it_concerns():
    run = make_run()
    before = Note.objects.count()

    enrolment = register(run).enrolments.get()

    notes = list(Note.objects.order_by("created_at", "id")[before:])
    assert [(each.verb, each.subject_person == enrolment.learner_id) for each in notes] == [
        ("add person", True),
        ("receive registration", True),
        ("enrol", True),
        ("queue mail", True),
        ("queue mail", True),
        ("invite", True),
    ]


def test_a_learner_with_an_account_gets_one_mail(cast):
    enrol(make_run(), cast.learner)

    assert mails_to() == [(cast.learner.email, "enrolment_confirmed")]


def test_the_confirmation_says_when_where_what_it_costs_and_offers_nothing():
    register(make_run())

    mail = Message.objects.get(kind="enrolment.enrolment_confirmed")
    day = clock.today() + timedelta(days=30)
    assert mail.title == "Uw inschrijving: Eerste hulp"
    for told in (
        "9.30–16.30",
        "De Werf, Kade 1, Zwolle",
        "Route naar De Werf: Tien minuten lopen.",
        "395,00",
        "vrijgesteld van btw",
    ):
        assert told in mail.body.replace("\N{NO-BREAK SPACE}", " "), told
    assert str(day.year) in mail.body
    assert "veertien dagen" in mail.body


def test_the_plain_text_shows_what_was_typed_and_no_marks():
    register(make_run(make_course(title="Les *één* [nieuw]")))

    shown = to_text(Message.objects.get(kind="enrolment.enrolment_confirmed").body)
    assert "U bent ingeschreven voor Les *één* [nieuw] (EH-1)." in shown
    assert "**" not in shown


def test_english_is_spoken_to_whoever_reads_english():
    register(make_run(), language="en")

    mail = Message.objects.get(kind="enrolment.enrolment_confirmed")
    assert (mail.title, mail.language) == ("Your enrolment: First aid", "en")
    assert "exempt from VAT" in mail.body


def test_a_taxed_course_shows_what_a_consumer_pays():
    register(make_run(make_course(vat="standard", price=100)))

    body = Message.objects.get(kind="enrolment.enrolment_confirmed").body.replace("\N{NO-BREAK SPACE}", " ")
    assert "€ 121,00** inclusief btw (€ 100,00 en € 21,00 btw)" in body


def test_a_known_address_is_the_same_person_whose_name_stays(cast):
    run = make_run()

    registration = register(run, "Lena Anders", email=cast.learner.email.upper())

    assert registration.enrolments.get().learner == cast.learner
    cast.learner.refresh_from_db()
    assert (cast.learner.name, cast.learner.source) == ("Lena de Leerling", Person.Source.SIGN_UP)
    assert mails_to() == [(cast.learner.email, "enrolment_confirmed")]


def test_whoever_is_enrolled_already_is_told_and_nothing_changes(cast):
    run = make_run(seats=2)
    enrol(run, cast.learner)

    again = register(run, "Lena Leerling", email=cast.learner.email)

    assert again.enrolments.count() == 0
    assert (Enrolment.objects.count(), seats_left(run)) == (1, 1)
    assert mails_to() == [(cast.learner.email, "enrolment_confirmed"), (cast.learner.email, "already_enrolled")]


def test_a_form_that_is_sent_twice_is_one_registration():
    run, key = make_run(), uuid4()

    first = register(run, form_key=key)
    second = register(run, form_key=key)

    assert first == second
    assert (Registration.objects.count(), Enrolment.objects.count(), len(mails_to())) == (1, 1, 2)


def test_a_full_run_refuses_whoever_does_not_want_to_wait():
    run = make_run(seats=1)
    register(run, "An Ander")
    before = (Registration.objects.count(), Person.objects.count(), Message.objects.count())

    with pytest.raises(rules.RunFull), attempt():
        register(run)

    assert (Registration.objects.count(), Person.objects.count(), Message.objects.count()) == before


def test_a_full_run_takes_whoever_agrees_to_wait(cast):
    run = make_run(seats=1)
    enrol(run, cast.colleague)

    enrolment = enrol(run, cast.learner, may_wait=True)

    assert (enrolment.state, enrolment.waiting_since) == (Enrolment.State.WAITING, clock.now())
    assert mails_to(cast.learner.id) == [(cast.learner.email, "enrolment_queued")]
    assert "Zolang u wacht, betaalt u niets" in Message.objects.get(person=cast.learner.id).body


def test_a_free_seat_belongs_to_who_waits_before_it_belongs_to_a_newcomer(cast):
    run = make_run(seats=1)
    enrol(run, cast.colleague)
    enrol(run, cast.learner, may_wait=True)
    run.seats = 2  # past the action, so that the waiting list has not moved yet
    run.save(update_fields=["seats"])

    assert seats_left(run) == 0
    assert enrol(run, cast.stranger, may_wait=True).state == Enrolment.State.WAITING


@pytest.mark.parametrize("state", ["planned", "cancelled", "closed"])
def test_a_run_that_is_not_open_takes_nobody(state):
    run = make_run()
    run.state = state
    run.save(update_fields=["state"])

    refuse(rules.RunNotOpen, run)


def test_a_run_that_begins_today_takes_nobody():
    run = make_run()
    run.first_day = clock.today()
    run.save(update_fields=["first_day"])

    refuse(rules.RunNotOpen, run)


def test_a_withdrawn_course_takes_nobody():
    run = make_run()
    catalogue.withdraw_course(run.course, by=PLANNER)

    refuse(rules.RunNotOpen, run)


def test_what_the_course_asks_is_kept_with_the_enrolment():
    run = make_run(make_course(asks=("phone", "employer_name")))

    enrolment = register(run, answers={"phone": "06 12345678", "employer_name": "Vlieland BV"}).enrolments.get()

    assert (enrolment.detail.phone, enrolment.detail.employer_name, enrolment.detail.birth_date) == (
        "06 12345678",
        "Vlieland BV",
        None,
    )


def test_a_course_that_asks_nothing_keeps_no_details():
    register(make_run())

    assert Detail.objects.count() == 0


def test_what_the_course_needs_must_be_filled_in():
    refusal = refuse(rules.AnswerMissing, make_run(make_course(asks=("phone",))), answers={"phone": ""})

    assert refusal.field == "phone"


def test_what_the_course_does_not_ask_is_not_taken():
    refuse(
        rules.NotAskedFor,
        make_run(make_course(asks=("phone",))),
        answers={"phone": "1", "birth_date": date(1990, 1, 1)},
    )


def test_a_register_number_is_asked_only_where_there_are_points():
    course = make_course(asks=("register_number",), points=5, register="branch")
    course.points = 0  # past the action: whatever stands in the tables, without points it is not asked

    assert rules.asked_of_learner(course, course.questions.all()) == []


def test_a_seat_opens_practice_until_months_after_the_last_lesson(cast):
    course = make_course()
    bank = Bank.objects.create(title="Vragen")
    catalogue.set_modules(course, [bank], by=PLANNER)
    run = make_run(course)

    enrol(run, cast.learner)

    access = Access.objects.get(person=cast.learner)
    last = run.lessons.get().ends_at
    assert (access.bank, access.until) == (bank, rules.practice_until(last, 6))


def test_a_place_on_the_waiting_list_opens_no_practice(cast):
    course = make_course()
    catalogue.set_modules(course, [Bank.objects.create(title="Vragen")], by=PLANNER)
    run = make_run(course, seats=1)
    enrol(run, cast.colleague)

    enrol(run, cast.learner, may_wait=True)

    assert [access.person for access in Access.objects.all()] == [cast.colleague]
