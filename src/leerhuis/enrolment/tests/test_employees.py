"""An employer registers its people: all or nothing unless it says otherwise, and each of them is told."""

from datetime import date
from uuid import uuid4

import pytest

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.consent.actions import end_agreement, record_agreement
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.actions import WhenShort
from leerhuis.enrolment.models import Enrolment, Grant, Registration
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.queries import seats_left
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, enrol, mails_to, make_course, make_run
from leerhuis.mail.models import Message
from leerhuis.organisations.queries import employees_of
from leerhuis.people.models import Person

LIST = "Anna van der Berg anna@bakker.example\nPiet Puk piet@bakker.example\nZoë Zon zoe@bakker.example"


def order(cast, run, text=LIST, **more):
    said = {"contact": cast.contact, "by": contact_actor(cast.contact), **more}
    return actions.register_employees(run, cast.organisation, read_lines(text), **said)


def agree(cast, **shares):
    return record_agreement(cast.organisation, reference="Contract 1", by=PLANNER, **shares)


def counts():
    return Registration.objects.count(), Enrolment.objects.count(), Message.objects.count(), Person.objects.count()


def refuse(refusal, cast, run, text=LIST, **more):
    before = counts()
    with pytest.raises(refusal) as caught, attempt():
        order(cast, run, text, **more)
    assert counts() == before
    return caught.value


def states(ordered):
    return [(each.learner.name, each.state) for each in ordered.enrolments]


def test_everybody_on_the_list_gets_a_seat_in_its_order(cast):
    run = make_run(seats=3)

    ordered = order(cast, run, reference=" PO  7 ", conditions_on=date(2026, 1, 1))

    assert states(ordered) == [("Anna van der Berg", "enrolled"), ("Piet Puk", "enrolled"), ("Zoë Zon", "enrolled")]
    registration = ordered.registration
    assert (registration.source, registration.handed_in_by, registration.organisation, registration.reference) == (
        "employer",
        cast.contact,
        cast.organisation,
        "PO 7",
    )
    assert {each.ordered_by for each in ordered.enrolments} == {cast.organisation}
    assert seats_left(run) == 0


def test_each_is_told_and_the_contact_gets_a_receipt(cast):
    order(cast, make_run(seats=3))

    assert mails_to() == [
        ("anna@bakker.example", "registered_by_employer"),
        ("anna@bakker.example", "invitation"),
        ("piet@bakker.example", "registered_by_employer"),
        ("piet@bakker.example", "invitation"),
        ("zoe@bakker.example", "registered_by_employer"),
        ("zoe@bakker.example", "invitation"),
        (cast.contact.email, "order_received"),
    ]


def test_the_mail_says_what_came_from_whom_and_what_the_employer_sees(cast):
    agree(cast, attendance=True, result=True, result_ground="De wet vraagt een diploma")

    order(cast, make_run(seats=3))

    body = Message.objects.filter(kind="enrolment.registered_by_employer").order_by("id")[0].body
    for told in (
        "Bakker Advies heeft u bij ons aangemeld",
        "Alleen uw naam en uw e-mailadres, van Wil Werkgever",
        "of u op de lesdagen aanwezig was",
        "uw resultaat en certificaat, omdat: De wet vraagt een diploma",
        "/sharing/",
        "privacyverklaring",
    ):
        assert told in body, told
    assert "hoeveel lesdagen u heeft gevolgd" not in body
    assert "€" not in body


def test_without_an_agreement_the_mail_says_that_nothing_is_seen(cast):
    order(cast, make_run(seats=3))

    body = Message.objects.filter(kind="enrolment.registered_by_employer").order_by("id")[0].body
    assert "geen aanwezigheid, geen voortgang, geen resultaat" in body
    assert "/sharing/" not in body


def test_the_receipt_names_them_and_the_price_but_no_address(cast):
    order(cast, make_run(seats=2), when_short=WhenShort.REST_WAITS, offered=2, reference="PO 7")

    body = Message.objects.get(kind="enrolment.order_received").body.replace("\N{NO-BREAK SPACE}", " ")
    seated, _, waiting = body.partition("Op de wachtlijst staan:")
    assert "Anna van der Berg" in seated
    assert "Piet Puk" in seated
    assert "Zoë Zon" in waiting
    assert "€ 395,00" in body
    assert "PO 7" in body
    assert "@bakker.example" not in body


def test_new_people_come_from_the_employer_and_belong_to_it(cast):
    order(cast, make_run(seats=3))

    anna = Person.objects.get(email="anna@bakker.example")
    assert (anna.source, anna.entered_by, anna.language) == (Person.Source.EMPLOYER, cast.contact.id, "nl")
    assert anna in employees_of(cast.organisation)


def test_nobody_is_enrolled_when_there_are_too_few_seats_and_nothing_was_chosen(cast):
    refusal = refuse(rules.TooFewSeats, cast, make_run(seats=2))

    assert refusal.left == 2


def test_the_contact_may_take_the_seats_that_are_left(cast):
    ordered = order(cast, make_run(seats=2), when_short=WhenShort.SEATS_ONLY, offered=2)

    assert states(ordered) == [("Anna van der Berg", "enrolled"), ("Piet Puk", "enrolled")]


def test_the_contact_may_have_the_others_wait(cast):
    ordered = order(cast, make_run(seats=2), when_short=WhenShort.REST_WAITS, offered=2)

    assert states(ordered) == [("Anna van der Berg", "enrolled"), ("Piet Puk", "enrolled"), ("Zoë Zon", "waiting")]


def test_everybody_may_wait(cast):
    run = make_run(seats=1)
    enrol(run, cast.stranger)

    ordered = order(cast, run, when_short=WhenShort.REST_WAITS, offered=0)

    assert [state for _, state in states(ordered)] == ["waiting", "waiting", "waiting"]


def test_an_offer_that_has_shrunk_is_asked_again(cast):
    run = make_run(seats=2)
    enrol(run, cast.stranger)

    assert refuse(rules.TooFewSeats, cast, run, when_short=WhenShort.SEATS_ONLY, offered=2).left == 1
    assert refuse(rules.TooFewSeats, cast, run, when_short=WhenShort.REST_WAITS, offered=2).left == 1


def test_taking_only_the_seats_needs_a_seat(cast):
    run = make_run(seats=1)
    enrol(run, cast.stranger)

    refuse(rules.TooFewSeats, cast, run, when_short=WhenShort.SEATS_ONLY, offered=0)


def test_seats_that_came_free_meanwhile_go_to_the_whole_list(cast):
    ordered = order(cast, make_run(seats=5), when_short=WhenShort.SEATS_ONLY, offered=2)

    assert len(ordered.enrolments) == 3


def test_what_was_agreed_is_copied_and_the_learner_told_in_the_same_moment(cast):
    agreement = agree(cast, attendance=True, progress=True)

    enrolment = order(cast, make_run(seats=3)).enrolments[0]

    grant = Grant.objects.get(enrolment=enrolment)
    assert (grant.agreement, grant.attendance, grant.progress, grant.result) == (agreement, True, True, False)
    assert (grant.told_at, grant.objected_at, grant.in_force) == (clock.now(), None, True)


def test_without_an_agreement_there_is_no_grant(cast):
    order(cast, make_run(seats=3))

    assert Grant.objects.count() == 0


def test_a_later_agreement_changes_nothing_of_an_earlier_enrolment(cast):
    enrolment = order(cast, make_run(seats=3)).enrolments[0]
    agree(cast, attendance=True)

    assert not Grant.objects.filter(enrolment=enrolment).exists()


def test_an_agreement_that_ended_ends_what_was_granted_at_once_and_gives_nothing_new(cast):
    agreement = agree(cast, attendance=True)
    enrolment = order(cast, make_run(seats=3)).enrolments[0]
    end_agreement(agreement, by=PLANNER)

    assert not Grant.objects.get(enrolment=enrolment).in_force
    assert not Grant.objects.filter(
        enrolment__in=order(cast, make_run(make_course("other"), code="X", seats=3)).enrolments
    ).exists()


def test_somebody_who_is_in_by_another_way_is_left_as_they_are_and_told_alone(cast):
    run = make_run(seats=3)
    own = enrol(run, cast.stranger)

    ordered = order(cast, run, f"Anna van der Berg anna@bakker.example\nSam Stranger {cast.stranger.email}")

    assert states(ordered) == [("Anna van der Berg", "enrolled")]
    own.refresh_from_db()
    assert (own.ordered_by, own.state) == (None, "enrolled")
    assert cast.stranger not in employees_of(cast.organisation)
    assert mails_to(cast.stranger.id)[-1] == (cast.stranger.email, "already_enrolled")
    receipt = Message.objects.get(kind="enrolment.order_received").body
    assert "Sam" not in receipt


@pytest.mark.parametrize("named", ["", "Anna van der Berg anna@bakker.example\n"])
def test_the_receipt_says_the_same_whether_one_or_two_are_in_by_another_way(cast, named):
    """It tells whom the contact enrolled; the others show in no count and no other word."""
    receipts = []
    for others in ([cast.stranger], [cast.stranger, cast.learner]):
        run = make_run(make_course(f"course-{len(others)}"), code=f"RUN-{len(others)}", seats=6)
        for each in others:
            enrol(run, each)
        listed = "\n".join(f"Sam Stranger {each.email}" for each in others)
        order(cast, run, named + listed)
        receipt = Message.objects.get(kind="enrolment.order_received", body__contains=run.code)
        receipts.append(receipt.body.replace(run.code, "·"))

    assert receipts[0] == receipts[1]
    assert ("Anna" in receipts[0]) == bool(named)


def test_a_full_run_refuses_a_list_whether_somebody_is_in_by_another_way_or_not(cast):
    run = make_run(seats=1)
    enrol(run, cast.stranger)

    for address in (cast.stranger.email, "nobody@nowhere.example"):
        refuse(rules.TooFewSeats, cast, run, f"Sam Stranger {address}")


def test_a_list_that_was_sent_before_is_refused(cast):
    run = make_run(seats=6)
    order(cast, run)

    refuse(rules.AllEnrolled, cast, run)


def test_the_rest_of_a_list_is_enrolled_when_some_were_before(cast):
    run = make_run(seats=6)
    order(cast, run, "Anna van der Berg anna@bakker.example")

    assert states(order(cast, run)) == [("Piet Puk", "enrolled"), ("Zoë Zon", "enrolled")]


def test_a_form_that_is_sent_twice_is_one_order(cast):
    run, key = make_run(seats=6), uuid4()

    first, second = order(cast, run, form_key=key), order(cast, run, form_key=key)

    assert (second.registration, states(second)) == (first.registration, states(first))
    assert Enrolment.objects.count() == 3


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("", rules.NobodyNamed),
        ("Anna", rules.NobodyNamed),
        ("\n".join(f"Anna Nummer anna{n}@x.nl".replace("Nummer", "N" * 3) for n in range(101)), rules.TooMany),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(cast, text, refusal):
    refuse(refusal, cast, make_run(seats=3), text)


def test_only_a_contact_of_the_organisation_may_register(cast):
    refuse(rules.NotYourOrganisation, cast, make_run(seats=3), contact=cast.stranger)


def test_a_closed_run_takes_nobody(cast):
    refuse(rules.RunNotOpen, cast, make_run(seats=3, opened=False))


def test_what_the_employer_answers_is_not_asked_of_the_employee(cast):
    course = make_course(asks=("phone", "employer_name", "invoice_reference"))
    enrolment = order(cast, make_run(course, seats=3)).enrolments[0]

    assert [each.field for each in rules.asked_of(enrolment, course.questions.all())] == ["phone"]
