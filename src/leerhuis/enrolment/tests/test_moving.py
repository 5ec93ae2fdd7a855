"""Moving an enrolment to another run: seats, what goes along, what is refused, the mails, the page and the way back."""

from datetime import date
from decimal import Decimal

import pytest

from leerhuis.audit.models import Look, Note
from leerhuis.base.edge import attempt
from leerhuis.catalogue import actions as catalogue
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.models import Detail, Enrolment, Grant
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.tests.factories import (
    PLANNER,
    clerk_actor,
    contact_actor,
    enrol,
    mails_to,
    make_course,
    make_run,
)
from leerhuis.mail.models import Message
from leerhuis.practice.models import Access, Bank

MOVED = "enrolment.enrolment_moved"


def two_runs(course=None, **second):
    course = course or make_course()
    return make_run(course), make_run(course, **{"code": "EH-2", "in_days": 60, **second})


def move(enrolment, to, **said):
    return actions.move_enrolment(enrolment, to, **{"by": PLANNER, **said})


def refused(refusal, enrolment, to, **said):
    """Move and be refused, and see that no row, mail or note came of it."""
    facts = Enrolment.objects.filter(pk=enrolment.pk).values().get()
    counted = Message.objects.count(), Note.objects.count()
    with pytest.raises(refusal), attempt():
        move(enrolment, to, **said)
    assert Enrolment.objects.filter(pk=enrolment.pk).values().get() == facts
    assert (Message.objects.count(), Note.objects.count()) == counted


def ordered(cast, run):
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    lines = read_lines("Anna Bakker anna@bakker.example")
    return actions.register_employees(run, cast.organisation, lines, **said).enrolments[0]


# --- seats ---------------------------------------------------------------------------------------------------------
def test_a_learner_goes_to_another_run_with_a_seat(cast):
    run, other = two_runs()
    enrolment = enrol(run, cast.learner)

    moved = move(enrolment, other, by=clerk_actor(cast.clerk))

    assert (moved.id, moved.run, moved.state, moved.price) == (enrolment.id, other, "enrolled", enrolment.price)
    note = Note.objects.get(verb="move enrolment")
    assert (note.actor_person, note.subject_person) == (cast.clerk.id, cast.learner.id)


def test_the_seat_that_comes_free_goes_to_who_waits(cast):
    run, other = two_runs(make_course(), code="EH-2")
    catalogue.change_run(run, seats=1, by=PLANNER)
    enrolment = enrol(run, cast.learner)
    waiting = enrol(run, cast.colleague, may_wait=True)

    move(enrolment, other)

    waiting.refresh_from_db()
    assert (waiting.run, waiting.state) == (run, "enrolled")


def test_a_full_run_is_refused_or_waited_for(cast):
    run, other = two_runs(seats=1)
    enrol(other, cast.colleague)
    enrolment = enrol(run, cast.learner)

    refused(rules.RunFull, enrolment, other)
    moved = move(enrolment, other, may_wait=True)

    assert (moved.state, moved.waiting_since is not None) == ("waiting", True)
    assert "staat op de wachtlijst" in Message.objects.get(kind=MOVED).body


def test_who_waits_for_a_seat_there_goes_before_who_is_moved(cast):
    run, other = two_runs(seats=1)
    enrol(other, cast.colleague)
    enrol(other, cast.stranger, may_wait=True)
    catalogue.change_run(run, seats=2, by=PLANNER)

    refused(rules.RunFull, enrol(run, cast.learner), other)


def test_who_waited_gets_a_free_seat_elsewhere(cast):
    run, other = two_runs()
    catalogue.change_run(run, seats=1, by=PLANNER)
    enrol(run, cast.colleague)
    waiting = enrol(run, cast.learner, may_wait=True)

    moved = move(waiting, other)

    assert (moved.state, moved.waiting_since) == ("enrolled", None)


# --- what is refused -----------------------------------------------------------------------------------------------
def test_the_run_that_somebody_is_in_is_no_place_to_go(cast):
    run, _ = two_runs()
    refused(rules.SameRun, enrol(run, cast.learner), run)


def test_another_course_has_to_be_meant(cast):
    run = make_run()
    other = make_run(make_course("zwemmen", title="Zwemmen"), code="ZW-1")
    enrolment = enrol(run, cast.learner)

    refused(rules.AnotherCourse, enrolment, other)

    assert move(enrolment, other, other_course=True).run == other
    assert "Eerste hulp EH-1" in Message.objects.get(kind=MOVED).body


def test_who_ended_stays_where_they_were(cast):
    run, other = two_runs()
    enrolment = enrol(run, cast.learner)
    actions.cancel_enrolment(enrolment, by=PLANNER)

    refused(rules.Ended, enrolment, other)


def test_a_run_that_is_not_open_takes_nobody(cast):
    run, planned = two_runs(opened=False)
    refused(rules.RunNotOpen, enrol(run, cast.learner), planned)


def test_who_is_in_the_other_run_already_is_not_moved_there(cast):
    run, other = two_runs()
    enrol(other, cast.learner)

    refused(rules.AlreadyEnrolled, enrol(run, cast.learner), other)


# --- what goes along -----------------------------------------------------------------------------------------------
def test_the_employers_order_and_grant_stay_and_its_contact_is_told(cast):
    record_agreement(cast.organisation, attendance=True, reference="C", by=PLANNER)
    run, other = two_runs()
    enrolment = ordered(cast, run)
    grant = Grant.objects.values().get()

    moved = move(enrolment, other)

    assert (moved.ordered_by, moved.registration) == (cast.organisation, enrolment.registration)
    assert Grant.objects.values().get() == grant
    assert mails_to()[-2:] == [("anna@bakker.example", "enrolment_moved"), (cast.contact.email, "order_moved")]
    told, order = Message.objects.filter(kind__endswith="_moved").order_by("created_at", "id")
    assert "of u op de lesdagen aanwezig was" in told.body
    assert "€" not in told.body  # an employee is told no price
    assert "Anna Bakker" in order.body


def test_practice_follows_the_run(cast):
    course = make_course()
    catalogue.set_modules(course, [Bank.objects.create(title="Vragen")], by=PLANNER)
    run, other = two_runs(course)
    enrolment = enrol(run, cast.learner)
    before = Access.objects.get(person=cast.learner).until

    move(enrolment, other)

    assert (Access.objects.get(person=cast.learner).until - before).days in range(27, 33)


def test_practice_of_another_course_closes(cast):
    course, other_course = make_course(), make_course("zwemmen", title="Zwemmen")
    first, second = Bank.objects.create(title="Eerste"), Bank.objects.create(title="Tweede")
    catalogue.set_modules(course, [first], by=PLANNER)
    catalogue.set_modules(other_course, [second], by=PLANNER)
    enrolment = enrol(make_run(course), cast.learner)

    move(enrolment, make_run(other_course, code="ZW-1"), other_course=True)

    live = Access.objects.filter(person=cast.learner, permits__withdrawn_at=None)
    assert list(live.values_list("bank", flat=True)) == [second.id]


def test_what_another_course_does_not_ask_is_deleted(cast):
    course = make_course(asks=("phone", "birth_date"))
    other = make_run(make_course("zwemmen", title="Zwemmen", asks=("phone",)), code="ZW-1")
    third = make_run(make_course("duiken", title="Duiken"), code="DU-1")
    enrolment = enrol(make_run(course), cast.learner, answers={"phone": "06 1234567", "birth_date": date(1990, 1, 2)})

    move(enrolment, other, other_course=True)
    detail = Detail.objects.get()
    assert (detail.phone, detail.birth_date) == ("06 1234567", None)

    move(enrolment, third, other_course=True)
    assert not Detail.objects.exists()


def test_a_price_that_differs_is_not_charged(cast):
    run, other = two_runs()
    enrolment = enrol(run, cast.learner)
    catalogue.change_run(other, price=Decimal("500.00"), by=PLANNER)

    assert move(enrolment, other).price == Decimal("395.00")
    assert "Aan de prijs verandert niets" in Message.objects.get(kind=MOVED).body


def test_moving_back_undoes_it_with_a_note_of_its_own(cast):
    run, other = two_runs()
    enrolment = enrol(run, cast.learner)

    move(enrolment, other)
    moved = move(enrolment, run)

    assert (moved.run, moved.state) == (run, "enrolled")
    assert Note.objects.filter(verb="move enrolment").count() == 2


def test_a_stale_cancellation_cancels_in_the_run_where_somebody_is_now(cast):
    run, other = two_runs()
    catalogue.change_run(other, seats=1, by=PLANNER)
    stale = enrol(run, cast.learner)
    move(Enrolment.objects.get(pk=stale.pk), other)
    waiting = enrol(other, cast.colleague, may_wait=True)

    actions.cancel_enrolment(stale, by=PLANNER)

    waiting.refresh_from_db()
    assert waiting.state == "enrolled"


# --- the page ------------------------------------------------------------------------------------------------------
@pytest.fixture
def clerk(as_, cast):
    """The clerk's browser."""
    return as_(cast.clerk)


def text(response):
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_shows_first_and_moves_then(clerk, cast):
    run, other = two_runs()
    enrolment = enrol(run, cast.learner)
    catalogue.change_run(other, price=Decimal("500.00"), by=PLANNER)
    at = f"/office/enrolments/{enrolment.id}/move/"

    assert "EH-2" in text(clerk.get(at))
    assert "EH-1 ·" not in text(clerk.get(at))
    shown = text(clerk.post(at, {"run": str(other.id), "step": "look"}))
    assert "De andere uitvoering kost € 105,00 meer" in shown
    assert "U bent omgeboekt: Eerste hulp" in shown
    enrolment.refresh_from_db()
    assert (enrolment.run, Message.objects.filter(kind=MOVED).count()) == (run, 0)

    done = clerk.post(at, {"run": str(other.id), "step": "send"}, follow=True)
    enrolment.refresh_from_db()
    assert (enrolment.run, Message.objects.filter(kind=MOVED).count()) == (other, 1)
    assert f'action="{at}"' in text(done)

    clerk.post(at, {"run": str(run.id), "other_course": "on", "step": "send"})
    enrolment.refresh_from_db()
    assert enrolment.run == run


def test_the_preview_tells_what_is_deleted(clerk, cast):
    enrolment = enrol(make_run(make_course(asks=("phone",))), cast.learner, answers={"phone": "06 1234567"})
    other = make_run(make_course("zwemmen", title="Zwemmen"), code="ZW-1")
    said = {"run": str(other.id), "other_course": "on", "step": "look"}

    shown = text(clerk.post(f"/office/enrolments/{enrolment.id}/move/", said))

    assert "Telefoonnummer: de andere opleiding vraagt dit niet" in " ".join(shown.split())
    assert Detail.objects.get().phone == "06 1234567"


def test_a_refusal_stands_with_its_field(clerk, cast):
    enrolment = enrol(make_run(), cast.learner)
    other = make_run(make_course("zwemmen", title="Zwemmen"), code="ZW-1")

    shown = clerk.post(f"/office/enrolments/{enrolment.id}/move/", {"run": str(other.id), "step": "look"})

    assert list(shown.context["form"].errors) == ["other_course"]


def test_every_look_at_the_page_is_noted(clerk, cast):
    enrolment = enrol(make_run(), cast.learner)

    clerk.get(f"/office/enrolments/{enrolment.id}/move/")

    assert list(Look.objects.values_list("subject_person", "screen")) == [(cast.learner.id, "enrolment_office_move")]
