"""Runs and their lessons: states, seats, dates, copying, and what is told to those above."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock, events
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue import actions, rules
from leerhuis.catalogue.events import LessonAdded, LessonMoved, LessonRemoved, RunCancelled, RunResized
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.catalogue.queries import (
    choices_of_upcoming_runs,
    clashes_of,
    free_code,
    lessons_of_trainer,
    narrow_runs,
    run_to_register_for,
    runs_for,
    upcoming_runs,
)
from leerhuis.catalogue.tests.factories import (
    BY,
    FOUR,
    TEN,
    draft,
    in_days,
    lesson,
    moment,
    opened,
    planned,
    published,
    venue,
)

CLERK = SimpleNamespace(is_office=True, person_id=None)


@pytest.fixture
def told():
    """The events that are told from now on, as whoever stands above hears them."""
    heard, before = [], events.table()
    kinds = (RunResized, RunCancelled, LessonAdded, LessonMoved, LessonRemoved)
    events.connect({**before, **{kind: (*before.get(kind, ()), heard.append) for kind in kinds}})
    yield heard
    events.connect(before)


def stored(run) -> Run:
    return Run.objects.get(pk=run.pk)


# --- the way of a run ----------------------------------------------------------------------------------------------
def test_a_run_goes_from_planned_to_finished(academy):
    run = planned(published(), in_days(3))
    actions.open_run(run, by=BY)
    actions.confirm_run(run, by=BY)
    with clock.at(moment(in_days(4))):
        actions.close_run(run, by=BY)

    assert stored(run).state == "closed"
    verbs = set(Note.objects.filter(thing_id=run.pk).values_list("verb", flat=True))
    assert verbs == {"add run", "open run", "confirm run", "close run"}


@pytest.mark.parametrize(
    ("start", "step"),
    [
        ("planned", "confirm_run"),
        ("planned", "close_run"),
        ("open", "open_run"),
        ("open", "close_run"),
        ("confirmed", "open_run"),
        ("confirmed", "confirm_run"),
        ("cancelled", "open_run"),
        ("cancelled", "confirm_run"),
        ("cancelled", "cancel_run"),
        ("closed", "cancel_run"),
        ("closed", "open_run"),
    ],
)
def test_a_step_at_the_wrong_moment_is_refused(academy, start, step):
    run = planned(published(), in_days(3))
    Run.objects.filter(pk=run.pk).update(state=start)

    with pytest.raises(rules.WrongMoment), attempt():
        getattr(actions, step)(run, by=BY)

    assert stored(run).state == start


def test_a_run_of_a_draft_is_not_opened(academy):
    with pytest.raises(rules.CourseNotPublished):
        actions.open_run(planned(draft(), in_days(3)), by=BY)


def test_a_run_without_lessons_is_not_opened(academy):
    with pytest.raises(rules.NoLessons):
        actions.open_run(planned(published()), by=BY)


def test_a_run_that_begins_today_is_not_opened(academy):
    with pytest.raises(rules.Past):
        actions.open_run(planned(published(), in_days(0), in_days(7)), by=BY)


def test_a_run_with_lessons_to_come_is_not_finished(academy):
    run = opened(published(), in_days(3), in_days(10))
    actions.confirm_run(run, by=BY)

    with clock.at(moment(in_days(4))), pytest.raises(rules.NotOver):
        actions.close_run(run, by=BY)


# --- code, seats, price --------------------------------------------------------------------------------------------
def test_a_run_takes_the_price_of_its_course_or_one_of_its_own(academy):
    course = published(price=Decimal("395.00"))

    assert planned(course, code="A").price == Decimal("395.00")
    assert planned(course, code="B", price=Decimal("100.00")).price == Decimal("100.00")


def test_a_run_of_a_course_without_price_needs_one(academy):
    with pytest.raises(rules.PriceMissing):
        planned(draft(price=None))

    assert not Run.objects.exists()


def test_a_code_is_used_once_whatever_its_capitals(academy):
    course = published()
    planned(course, code="PRIV-1")

    with pytest.raises(rules.CodeTaken):
        planned(course, code="priv-1")


def test_the_minimum_fits_in_the_seats(academy):
    with pytest.raises(rules.MinimumAboveSeats):
        planned(published(), seats=3, minimum=4)


def test_another_number_of_seats_is_told_above(academy, told):
    run = planned(published(), seats=12)

    actions.change_run(run, seats=10, minimum=1, by=BY)
    actions.change_run(run, minimum=2, by=BY)

    assert told == [RunResized(run.id, 10)]


def test_who_knows_the_learners_can_refuse_fewer_seats(academy):
    run, before = planned(published(), seats=12), events.table()

    def refuse(event):
        raise Refusal("Eleven learners have a seat.", field="seats")

    events.connect({**before, RunResized: (refuse,)})
    try:
        with pytest.raises(Refusal), attempt():
            actions.change_run(run, seats=10, by=BY)
    finally:
        events.connect(before)

    assert stored(run).seats == 12
    assert not Note.objects.filter(verb="change run").exists()


def test_a_finished_or_cancelled_run_is_not_changed(academy):
    run = planned(published(), in_days(3))
    actions.cancel_run(run, by=BY)

    for act in (
        lambda: actions.change_run(run, seats=5, by=BY),
        lambda: lesson(run, in_days(9)),
        lambda: actions.change_lesson(run.lessons.get(), title="x", by=BY),
        lambda: actions.remove_lesson(run.lessons.get(), by=BY),
    ):
        with pytest.raises(rules.RunOver), attempt():
            act()


def test_a_proposed_code_is_free(academy):
    course = published(slug="privacy-op-het-werk")

    assert free_code(course, date(2027, 3, 1)) == "PRIVAC-2703"
    planned(course, code="PRIVAC-2703")
    planned(course, code="PRIVAC-2703-2")
    assert free_code(course, date(2027, 3, 9)) == "PRIVAC-2703-3"


# --- lessons -------------------------------------------------------------------------------------------------------
def test_first_and_last_day_follow_the_lessons(academy):
    run = planned(published())
    assert (run.first_day, run.last_day) == (None, None)

    for day in (10, 3, 17):
        lesson(run, in_days(day))
    assert (stored(run).first_day, stored(run).last_day) == (in_days(3), in_days(17))

    first, *_, last = run.lessons.all()
    actions.remove_lesson(first, by=BY)
    actions.change_lesson(last, starts_at=moment(in_days(24)), ends_at=moment(in_days(24), FOUR), by=BY)
    assert (stored(run).first_day, stored(run).last_day) == (in_days(10), in_days(24))


def test_a_day_is_a_day_in_the_academys_zone(academy):
    evening = datetime(2027, 1, 14, 23, 30, tzinfo=clock.zone())
    run = planned(published())

    actions.add_lesson(run, starts_at=evening, ends_at=evening + timedelta(hours=1), by=BY)

    assert (stored(run).first_day, stored(run).last_day) == (date(2027, 1, 14), date(2027, 1, 15))


def test_a_lesson_ends_after_it_begins_and_is_there_once(academy):
    run = planned(published(), in_days(3))

    with pytest.raises(rules.EndsBeforeStart), attempt():
        lesson(run, in_days(4), ends_at=moment(in_days(4), TEN))
    with pytest.raises(rules.LessonTwice), attempt():
        lesson(run, in_days(3))

    assert run.lessons.count() == 1


def test_an_open_run_keeps_a_lesson(academy, told):
    run = opened(published(), in_days(3))
    told.clear()

    with pytest.raises(rules.LastLesson), attempt():
        actions.remove_lesson(run.lessons.get(), by=BY)

    assert run.lessons.count() == 1
    assert told == []


def test_a_lesson_that_moves_tells_when_it_was(academy, told):
    run = planned(published(), in_days(3))
    one = run.lessons.get()
    told.clear()

    actions.change_lesson(one, title="Nieuwe naam", online_link="https://room.example/1", by=BY)
    assert told == []
    actions.change_lesson(one, starts_at=moment(in_days(3), time(11)), by=BY)
    actions.change_lesson(one, venue=venue(), by=BY)

    old = (moment(in_days(3)), moment(in_days(3), FOUR))
    assert told == [LessonMoved(one.id, *old), LessonMoved(one.id, moment(in_days(3), time(11)), old[1])]


def test_a_lesson_of_the_past_moves_in_silence(academy, told):
    run = planned(published(), in_days(-3))
    told.clear()

    actions.change_lesson(run.lessons.get(), room="2", venue=venue(), by=BY)

    assert told == []


def test_dropping_a_lesson_is_told_while_it_is_still_there(academy):
    run, before, seen = planned(published(), in_days(3), in_days(4)), events.table(), []
    events.connect({LessonRemoved: (lambda event: seen.append(Lesson.objects.get(pk=event.lesson_id)),)})
    one = run.lessons.first()
    try:
        actions.remove_lesson(one, by=BY)
    finally:
        events.connect(before)

    assert seen == [one]
    assert not Lesson.objects.filter(pk=one.pk).exists()


# --- copying -------------------------------------------------------------------------------------------------------
def test_a_copy_keeps_distance_hours_and_places_over_the_change_of_the_clock(academy):
    place, course = venue(), published(price=Decimal(300))
    run = planned(course, date(2027, 3, 10), date(2027, 3, 17), seats=8, minimum=3, at=place)
    actions.change_lesson(run.lessons.last(), venue=None, online_link="https://room.example/1", by=BY)
    actions.change_course(course, price=Decimal(350), by=BY)

    copy = actions.copy_run(run, date(2027, 4, 7), code="NEW", by=BY)

    assert (copy.code, copy.seats, copy.minimum, copy.price, copy.state) == ("NEW", 8, 3, Decimal(350), "planned")
    assert (copy.first_day, copy.last_day) == (date(2027, 4, 7), date(2027, 4, 14))
    rows = [
        (each.starts_at.astimezone(clock.zone()).time(), each.venue, each.online_link) for each in copy.lessons.all()
    ]
    assert rows == [(TEN, place, ""), (TEN, None, "")]
    assert stored(run).first_day == date(2027, 3, 10)


def test_a_run_without_lessons_cannot_be_copied(academy):
    with pytest.raises(rules.NoLessons):
        actions.copy_run(planned(published()), in_days(9), code="NEW", by=BY)


# --- reading -------------------------------------------------------------------------------------------------------
def test_people_can_register_only_for_public_runs_to_come(academy):
    course, hidden = published(), published("Oud", slug="oud")
    good = opened(course, in_days(3), code="GOOD")
    sure = opened(course, in_days(2), code="SURE")
    actions.confirm_run(sure, by=BY)
    planned(course, in_days(3), code="PLANNED")
    actions.cancel_run(opened(course, in_days(3), code="CANCELLED"), by=BY)
    withdrawn = opened(hidden, in_days(3), code="WITHDRAWN")
    actions.withdraw_course(hidden, by=BY)

    assert [run.code for run in upcoming_runs()] == ["SURE", "GOOD"]
    for run in Run.objects.select_related("course"):
        assert rules.takes_registrations(run, clock.today()) == (run in (good, sure)), run.code
    assert run_to_register_for(good.id) == good
    assert run_to_register_for(withdrawn.id) is None

    with clock.at(moment(in_days(3), time(0, 1))):
        assert list(upcoming_runs()) == []


def test_the_choices_of_the_site_are_those_of_runs_to_come(academy):
    course = published()
    opened(course, in_days(1), at=venue("A", "Zwolle"), code="A")
    opened(course, in_days(2), at=venue("B", "Arnhem"), code="B")
    planned(course, in_days(2), at=venue("C", "Breda"), code="C")
    assert choices_of_upcoming_runs()[0] == ["Arnhem", "Zwolle"]

    opened(course, in_days(70), code="D")
    assert choices_of_upcoming_runs()[0] == ["Arnhem", "Zwolle", "online"]
    assert choices_of_upcoming_runs()[1][-1] == in_days(70).replace(day=1)


def test_runs_with_all_their_lessons_take_two_queries(academy, django_assert_num_queries):
    course, place = published(), venue()
    opened(course, in_days(3), code="A", at=place)
    with django_assert_num_queries(2):
        assert [len(run.lessons.all()) for run in upcoming_runs(course)] == [1]

    opened(course, in_days(4), in_days(5), code="B", at=place)
    opened(course, in_days(6), code="C")
    with django_assert_num_queries(2):
        shown = [
            (run.course.title, [each.venue.city if each.venue else "" for each in run.lessons.all()])
            for run in upcoming_runs()
        ]
    assert shown == [(course.title, ["Utrecht"]), (course.title, ["Utrecht", "Utrecht"]), (course.title, [""])]


def test_runs_are_narrowed_by_words_code_state_venue_and_month(academy):
    course, other, place = published(), published("Crème", slug="creme"), venue()
    one = opened(course, in_days(3), code="AAA", at=place)
    two = planned(other, in_days(70), code="BBB")
    runs = runs_for(CLERK)

    assert list(narrow_runs(runs)) == [one, two]
    assert list(narrow_runs(runs, words="creme")) == [two]
    assert list(narrow_runs(runs, words="aa")) == [one]
    assert list(narrow_runs(runs, course=other.id)) == [two]
    assert list(narrow_runs(runs, state="open")) == [one]
    assert list(narrow_runs(runs, venue=place.id)) == [one]
    assert list(narrow_runs(runs, place="online")) == [two]
    assert list(narrow_runs(runs, month=in_days(70))) == [two]


def test_two_runs_in_one_room_at_one_time_are_shown(academy):
    course, place = published(), venue()
    one = planned(course, in_days(3), code="A", at=place)
    planned(course, in_days(3), code="ELSEWHERE", at=venue("Elders", "Zwolle"))
    planned(course, in_days(4), code="NEXTDAY", at=place)
    gone = planned(course, in_days(3), code="GONE", at=place)
    actions.cancel_run(gone, by=BY)
    assert clashes_of(one) == []

    two = planned(course, in_days(3), code="B", at=place)

    (clash,) = clashes_of(one)
    assert (clash.lesson.run, clash.other.run, clash.trainer) == (one, two, "")
    actions.change_lesson(two.lessons.get(), room="2", by=BY)
    assert clashes_of(one) == []


def test_nobody_outside_the_office_sees_runs_they_do_not_teach(academy, cast):
    run = opened(published(), in_days(3))
    planned(run.course, in_days(3), code="OTHER")
    actions.assign_trainer(run, cast.trainer, by=BY)

    def seen(person, office=False):
        return list(runs_for(SimpleNamespace(is_office=office, person_id=person.id)))

    assert seen(cast.trainer) == [run]
    assert seen(cast.stranger) == []
    assert seen(cast.learner) == []
    assert len(seen(cast.clerk, office=True)) == 2
    assert list(runs_for(None)) == []
    assert list(lessons_of_trainer(cast.trainer.id, in_days(3))) == list(run.lessons.all())
    assert list(lessons_of_trainer(cast.trainer.id, in_days(4))) == []
    assert list(lessons_of_trainer(cast.stranger.id)) == []
