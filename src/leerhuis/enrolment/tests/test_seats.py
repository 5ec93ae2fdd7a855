"""Giving up seats, waiting for them, completing; and what a changed run does to its learners."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.jobs import declared_sweeps
from leerhuis.catalogue import actions as catalogue
from leerhuis.enrolment import actions, rules, seats
from leerhuis.enrolment.actions import WhenShort
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.queries import enrolments_in, seats_left, waiting_in, with_seats_left
from leerhuis.enrolment.tests.factories import (
    PLANNER,
    add_lesson,
    clerk_actor,
    contact_actor,
    enrol,
    mails_to,
    make_course,
    make_run,
)
from leerhuis.mail.models import Message
from leerhuis.practice.models import Access, Bank


def state_of(enrolment):
    enrolment.refresh_from_db()
    return enrolment.state


def with_practice(**course):
    made = make_course(**course)
    catalogue.set_modules(made, [Bank.objects.create(title="Vragen")], by=PLANNER)
    return made


def ordered(cast, run, *addresses):
    lines = read_lines("\n".join(f"Anna Bakker {address}" for address in addresses))
    said = {"contact": cast.contact, "when_short": WhenShort.REST_WAITS, "by": contact_actor(cast.contact)}
    return actions.register_employees(run, cast.organisation, lines, **said).enrolments


# --- cancelling ----------------------------------------------------------------------------------------------------
def test_a_learner_cancels_and_gets_a_mail_with_the_moment(cast):
    run = make_run()
    enrolment = enrol(run, cast.learner)

    actions.cancel_enrolment(enrolment, by=Actor.person(cast.learner.id))

    assert (enrolment.state, enrolment.ended_at) == (Enrolment.State.CANCELLED, clock.now())
    assert mails_to() == [(cast.learner.email, "enrolment_confirmed"), (cast.learner.email, "enrolment_cancelled")]
    assert "U heeft dit zelf gedaan" in Message.objects.get(kind="enrolment.enrolment_cancelled").body
    assert seats_left(run) == 2


def test_whoever_cancelled_may_register_again(cast):
    run = make_run()
    actions.cancel_enrolment(enrol(run, cast.learner), by=Actor.person(cast.learner.id))

    assert enrol(run, cast.learner).state == Enrolment.State.ENROLLED


def test_a_cancelled_seat_closes_practice(cast):
    enrolment = enrol(make_run(with_practice()), cast.learner)

    actions.cancel_enrolment(enrolment, by=Actor.person(cast.learner.id))

    assert Access.objects.get(person=cast.learner).until <= clock.now()


def test_practice_that_another_enrolment_opened_stays_open(cast):
    course = with_practice()
    first, second = make_run(course), make_run(course, code="EH-2", in_days=60)
    enrolment, other = enrol(first, cast.learner), enrol(second, cast.learner)

    actions.cancel_enrolment(enrolment, by=Actor.person(cast.learner.id))

    assert Access.objects.get(person=cast.learner).until == rules.practice_until(other.run.lessons.get().ends_at, 6)


def test_the_seat_goes_to_who_waits_longest(cast):
    run = make_run(with_practice(), seats=1)
    enrolment = enrol(run, cast.learner)
    with clock.at(clock.now() - timedelta(hours=1)):
        later = enrol(run, cast.stranger, may_wait=True)
    with clock.at(clock.now() - timedelta(hours=2)):
        earlier = enrol(run, cast.colleague, may_wait=True)

    actions.cancel_enrolment(enrolment, by=Actor.person(cast.learner.id))

    assert (state_of(earlier), state_of(later)) == (Enrolment.State.ENROLLED, Enrolment.State.WAITING)
    assert earlier.waiting_since is None
    assert mails_to(cast.colleague.id)[-1] == (cast.colleague.email, "enrolment_confirmed")
    mail = Message.objects.filter(person=cast.colleague.id).order_by("-created_at", "-id")[0]
    assert mail.title == "Er is een plaats voor u: Eerste hulp"
    assert Access.objects.filter(person=cast.colleague).exists()


def test_a_seat_that_comes_free_on_the_day_itself_goes_to_nobody(cast):
    run = make_run(seats=1)
    enrolment, waiting = enrol(run, cast.learner), enrol(run, cast.colleague, may_wait=True)

    with clock.at(clock.now() + timedelta(days=30)):
        actions.cancel_enrolment(enrolment, by=clerk_actor(cast.clerk))

    assert state_of(waiting) == Enrolment.State.WAITING


@pytest.mark.parametrize("days", [30, 31])
def test_from_the_first_day_on_a_learner_cannot_cancel(cast, days):
    enrolment = enrol(make_run(), cast.learner)

    with clock.at(clock.now() + timedelta(days=days)), pytest.raises(rules.TooLateToCancel), attempt():
        actions.cancel_enrolment(enrolment, by=Actor.person(cast.learner.id))

    assert state_of(enrolment) == Enrolment.State.ENROLLED


def test_a_learner_cannot_cancel_what_the_employer_ordered(cast):
    (enrolment,) = ordered(cast, make_run(), "anna@bakker.example")

    with pytest.raises(rules.NotYoursToCancel), attempt():
        actions.cancel_enrolment(enrolment, by=Actor.person(enrolment.learner_id))


def test_nobody_cancels_for_somebody_else_as_a_learner(cast):
    enrolment = enrol(make_run(), cast.learner)

    with pytest.raises(rules.NotYoursToCancel), attempt():
        actions.cancel_enrolment(enrolment, by=Actor.person(cast.stranger.id))

    assert state_of(enrolment) == Enrolment.State.ENROLLED


def test_a_contact_cancels_what_the_organisation_ordered(cast):
    (enrolment,) = ordered(cast, make_run(), "anna@bakker.example")

    actions.cancel_enrolment(enrolment, by=contact_actor(cast.contact))

    assert state_of(enrolment) == Enrolment.State.CANCELLED
    assert mails_to()[-1] == ("anna@bakker.example", "enrolment_cancelled")
    assert "Bakker Advies heeft dit gedaan" in Message.objects.get(kind="enrolment.enrolment_cancelled").body


@pytest.mark.parametrize("who", ["contact", "stranger"])
def test_a_contact_cancels_nothing_else(cast, who):
    enrolment = enrol(make_run(), cast.learner)

    with pytest.raises(rules.NotYourOrganisation), attempt():
        actions.cancel_enrolment(enrolment, by=contact_actor(cast.everyone[who]))


def test_the_office_cancels_an_order_and_the_contact_hears_of_it(cast):
    (enrolment,) = ordered(cast, make_run(), "anna@bakker.example")

    actions.cancel_enrolment(enrolment, by=clerk_actor(cast.clerk))

    assert mails_to()[-2:] == [
        ("anna@bakker.example", "enrolment_cancelled"),
        (cast.contact.email, "order_cancelled"),
    ]


def test_what_has_ended_cannot_end_again(cast):
    enrolment = enrol(make_run(), cast.learner)
    actions.cancel_enrolment(enrolment, by=clerk_actor(cast.clerk))
    before = Message.objects.count()

    with pytest.raises(rules.Ended), attempt():
        actions.cancel_enrolment(enrolment, by=clerk_actor(cast.clerk))

    assert Message.objects.count() == before


# --- waiting -------------------------------------------------------------------------------------------------------
def test_the_contact_hears_that_somebody_of_theirs_has_a_seat_now(cast):
    run = make_run(seats=1)
    first = enrol(run, cast.learner)
    ordered(cast, run, "anna@bakker.example")

    actions.cancel_enrolment(first, by=Actor.person(cast.learner.id))

    assert mails_to()[-2:] == [("anna@bakker.example", "enrolment_confirmed"), (cast.contact.email, "order_let_in")]


def test_the_office_lets_one_person_in_out_of_turn(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    first, second = enrol(run, cast.colleague, may_wait=True), enrol(run, cast.stranger, may_wait=True)
    run.seats = 2
    run.save(update_fields=["seats"])

    actions.let_in(second, by=clerk_actor(cast.clerk))

    assert (state_of(first), state_of(second)) == (Enrolment.State.WAITING, Enrolment.State.ENROLLED)


def test_nobody_is_let_in_without_a_free_seat(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    waiting = enrol(run, cast.colleague, may_wait=True)

    with pytest.raises(rules.NobodyWaits), attempt():
        actions.let_in(waiting, by=clerk_actor(cast.clerk))

    assert state_of(waiting) == Enrolment.State.WAITING
    assert actions.promote_waiting(run, by=clerk_actor(cast.clerk)) == []


def test_somebody_who_does_not_wait_is_not_let_in(cast):
    enrolment = enrol(make_run(), cast.learner)

    with pytest.raises(rules.NotWaiting), attempt():
        actions.let_in(enrolment, by=clerk_actor(cast.clerk))


def test_seats_that_came_free_by_another_way_are_given_by_the_clock(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    waiting = enrol(run, cast.colleague, may_wait=True)
    run.seats = 2
    run.save(update_fields=["seats"])

    declared_sweeps()["enrolment.let_in"].work()

    assert state_of(waiting) == Enrolment.State.ENROLLED


def test_a_waiting_list_ends_when_the_run_begins(cast):
    run = make_run(seats=1)
    seated, waiting = enrol(run, cast.learner), enrol(run, cast.colleague, may_wait=True)

    declared_sweeps()["enrolment.end_waiting"].work()
    assert state_of(waiting) == Enrolment.State.WAITING
    with clock.at(clock.now() + timedelta(days=30)):
        declared_sweeps()["enrolment.end_waiting"].work()

    assert (state_of(seated), state_of(waiting)) == (Enrolment.State.ENROLLED, Enrolment.State.CANCELLED)
    assert mails_to(cast.colleague.id)[-1] == (cast.colleague.email, "waiting_list_ended")


def test_a_free_seat_is_for_who_waits_and_not_for_who_comes_new(cast):
    run = make_run(seats=2)
    first = enrol(run, cast.learner)
    enrol(run, cast.colleague)
    waiting = enrol(run, cast.stranger, may_wait=True)
    Enrolment.objects.filter(pk=first.pk).update(state=Enrolment.State.CANCELLED)  # as if nobody had been let in yet

    assert (seats.taken(run), seats.free(run), seats.free_for_newcomers(run)) == (1, 1, 0)
    Enrolment.objects.filter(pk=waiting.pk).update(state=Enrolment.State.CANCELLED)
    assert (seats.free(run), seats.free_for_newcomers(run)) == (1, 1)


def test_a_locked_run_comes_with_its_course_in_one_query(cast, django_assert_num_queries):
    course = make_course()
    runs = [make_run(course), make_run(course, code="EH-2")]

    with django_assert_num_queries(1):
        assert seats.lock_run(runs[0].id).course == course
    with django_assert_num_queries(1):
        assert {run.course for run in seats.lock_runs(*(run.id for run in runs)).values()} == {course}


def test_seats_are_counted_for_many_runs_in_one_query(cast, django_assert_num_queries):
    course = make_course()
    full, half = make_run(course, seats=1), make_run(course, seats=2, code="EH-2")
    enrol(full, cast.learner)
    enrol(full, cast.colleague, may_wait=True)
    enrol(half, cast.learner)

    with django_assert_num_queries(1):
        counted = {each.code: (each.enrolled, each.waiting, each.seats_left) for each in with_seats_left(all_runs())}

    assert counted == {"EH-1": (1, 1, 0), "EH-2": (1, 0, 1)}
    assert [seats_left(full), seats_left(half)] == [0, 1]
    assert [each.learner for each in enrolments_in(full)] == [cast.learner]
    assert [each.learner for each in waiting_in(full)] == [cast.colleague]


def all_runs():
    from leerhuis.catalogue.models import Run

    return Run.objects.all()


# --- what happens to the run ---------------------------------------------------------------------------------------
def test_a_cancelled_run_ends_every_enrolment_and_tells_each_learner(cast):
    run = make_run(with_practice(), seats=1)
    seated, waiting = enrol(run, cast.learner), enrol(run, cast.colleague, may_wait=True)

    catalogue.cancel_run(run, by=PLANNER)

    assert (state_of(seated), state_of(waiting)) == ("cancelled", "cancelled")
    assert (mails_to(cast.learner.id)[-1][1], mails_to(cast.colleague.id)[-1][1]) == (
        "course_cancelled",
        "course_cancelled",
    )
    assert Access.objects.get(person=cast.learner).until <= clock.now()


def test_a_confirmed_run_is_told_to_who_has_a_seat(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    enrol(run, cast.colleague, may_wait=True)

    catalogue.confirm_run(run, by=PLANNER)

    assert mails_to(cast.learner.id)[-1] == (cast.learner.email, "course_goes_ahead")
    assert mails_to(cast.colleague.id)[-1] == (cast.colleague.email, "enrolment_queued")


def test_a_finished_run_completes_its_enrolments(cast):
    run = make_run(seats=1)
    seated, waiting = enrol(run, cast.learner), enrol(run, cast.colleague, may_wait=True)
    catalogue.confirm_run(run, by=PLANNER)

    with clock.at(clock.now() + timedelta(days=31)):
        catalogue.close_run(run, by=PLANNER)

    assert (state_of(seated), state_of(waiting)) == ("completed", "cancelled")
    assert seated.ended_at == clock.now() + timedelta(days=31)


def test_a_larger_run_lets_in_who_waits(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    waiting = enrol(run, cast.colleague, may_wait=True)

    catalogue.change_run(run, seats=2, by=PLANNER)

    assert state_of(waiting) == Enrolment.State.ENROLLED


def test_a_run_cannot_get_fewer_seats_than_learners(cast):
    run = make_run(seats=2)
    enrol(run, cast.learner)
    enrol(run, cast.colleague)

    with pytest.raises(rules.SeatsBelowLearners), attempt():
        catalogue.change_run(run, seats=1, by=PLANNER)

    run.refresh_from_db()
    assert run.seats == 2


def test_a_moved_lesson_is_told_and_practice_follows_it(cast):
    run = make_run(with_practice())
    enrol(run, cast.learner)
    lesson = run.lessons.get()

    later = timedelta(days=10)
    catalogue.change_lesson(lesson, starts_at=lesson.starts_at + later, ends_at=lesson.ends_at + later, by=PLANNER)

    assert mails_to(cast.learner.id)[-1] == (cast.learner.email, "lesson_moved")
    assert Access.objects.get(person=cast.learner).until == rules.practice_until(run.lessons.get().ends_at, 6)


def test_an_added_lesson_is_told_and_practice_follows_it(cast):
    run = make_run(with_practice())
    enrol(run, cast.learner)

    lesson = add_lesson(run, in_days=50)

    assert mails_to(cast.learner.id)[-1] == (cast.learner.email, "lesson_added")
    assert Access.objects.get(person=cast.learner).until == rules.practice_until(lesson.ends_at, 6)


def test_a_removed_lesson_is_told(cast):
    run = make_run()
    lesson = add_lesson(run, in_days=50)
    enrol(run, cast.learner)

    catalogue.remove_lesson(lesson, by=PLANNER)

    assert mails_to(cast.learner.id)[-1] == (cast.learner.email, "lesson_removed")


def test_other_modules_open_and_close_practice_of_who_is_enrolled(cast):
    course = with_practice()
    enrol(make_run(course), cast.learner)
    other = Bank.objects.create(title="Andere vragen")

    catalogue.set_modules(course, [other], by=PLANNER)

    open_now = Access.objects.filter(person=cast.learner, until__gt=clock.now())
    assert [access.bank for access in open_now] == [other]


# --- completing and adding -----------------------------------------------------------------------------------------
def test_a_completed_enrolment_has_an_end_and_keeps_its_seat(cast):
    run = make_run(seats=1)
    enrolment = enrol(run, cast.learner)

    actions.complete_enrolment(enrolment, by=clerk_actor(cast.clerk))

    assert (state_of(enrolment), enrolment.ended_at) == (Enrolment.State.COMPLETED, clock.now())
    assert seats_left(run) == 0


def test_who_waits_cannot_complete(cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    waiting = enrol(run, cast.colleague, may_wait=True)

    with pytest.raises(rules.Ended), attempt():
        actions.complete_enrolment(waiting, by=clerk_actor(cast.clerk))


def test_an_employee_fills_in_later_what_the_course_needs(cast):
    (enrolment,) = ordered(cast, make_run(make_course(asks=("phone",))), "anna@bakker.example")

    actions.complete_details(enrolment, {"phone": "06 1234567"}, by=Actor.person(enrolment.learner_id))

    assert Detail.objects.get(enrolment=enrolment).phone == "06 1234567"
    with pytest.raises(rules.NotAskedFor), attempt():
        actions.complete_details(enrolment, {"phone": "06 1", "employer_name": "X"}, by=Actor.operator())
    with pytest.raises(rules.AnswerMissing), attempt():
        actions.complete_details(enrolment, {"phone": ""}, by=Actor.operator())
    assert Detail.objects.get(enrolment=enrolment).phone == "06 1234567"
