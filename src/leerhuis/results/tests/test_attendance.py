"""Ticking, submitting and correcting attendance."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.events import connect, table
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.models import Message
from leerhuis.people.models import Person
from leerhuis.people.rules import Gone
from leerhuis.results.actions import correct_attendance, mark_all_present, mark_attendance, submit_sheet
from leerhuis.results.events import AttendanceSubmitted
from leerhuis.results.models import Attendance, Correction, Sheet
from leerhuis.results.queries import attendance_of, complete_among, roster
from leerhuis.results.rules import (
    NobodyOnList,
    NothingChanged,
    NotOnList,
    ReasonNeeded,
    SheetLocked,
    SheetNotLocked,
    SomebodyUnmarked,
    TooEarly,
)
from leerhuis.results.tests.factories import attend, days_after, enrol, make_group, make_run


@pytest.fixture
def group(cast):
    return make_group(cast.learner, cast.colleague, trainer=cast.trainer)


@pytest.fixture
def by(cast):
    return Actor.person(cast.trainer.id, "trainer")


def states(group):
    return {line.name: line.state for line in roster(group.lesson)}


def test_nothing_is_recorded_until_it_is_ticked(group):
    assert states(group) == {"Coen Collega": "", "Lena de Leerling": ""}
    assert not Sheet.objects.exists()


def test_a_tick_is_kept_and_noted_about_the_learner(group, cast, by):
    mark_attendance(group.lesson, group.enrolments[0], "excused", by=by)

    assert states(group) == {"Coen Collega": "", "Lena de Leerling": "excused"}
    (note,) = Note.objects.filter(verb="mark attendance")
    assert (note.subject_person, note.actor_person, note.touched) == (cast.learner.id, cast.trainer.id, ["state"])


def test_a_tick_can_be_changed_and_taken_back(group, by):
    first = group.enrolments[0]
    mark_attendance(group.lesson, first, "present", by=by)
    mark_attendance(group.lesson, first, "absent", by=by)
    assert [mark.state for mark in Attendance.objects.all()] == ["absent"]

    mark_attendance(group.lesson, first, "", by=by)

    assert not Attendance.objects.exists()


def test_the_same_tick_again_changes_and_notes_nothing(group, by):
    mark_attendance(group.lesson, group.enrolments[0], "present", by=by)
    before = Note.objects.count()

    mark_attendance(group.lesson, group.enrolments[0], "present", by=by)

    assert Note.objects.count() == before


def test_all_others_are_ticked_present_and_exceptions_stay(group, by):
    mark_attendance(group.lesson, group.enrolments[0], "absent", by=by)

    assert mark_all_present(group.lesson, by=by) == 1

    assert states(group) == {"Coen Collega": "present", "Lena de Leerling": "absent"}


def test_a_list_is_not_submitted_while_somebody_is_left(group, by):
    mark_attendance(group.lesson, group.enrolments[0], "present", by=by)

    with pytest.raises(SomebodyUnmarked), attempt():
        submit_sheet(group.lesson, by=by)

    assert Sheet.objects.get().submitted_at is None
    assert not Note.objects.filter(verb="submit attendance").exists()


def test_a_list_of_nobody_is_not_submitted(cast, by):
    run = make_run(trainer=cast.trainer)

    with pytest.raises(NobodyOnList):
        submit_sheet(run.lessons.get(), by=by)


def test_submitting_locks_the_list_and_tells_what_happened(group, cast, by):
    told = []
    known = table()
    connect({AttendanceSubmitted: (told.append,)})
    mark_all_present(group.lesson, by=by)

    sheet = submit_sheet(group.lesson, by=by)
    connect(known)

    assert told == [AttendanceSubmitted(group.lesson.id)]
    assert (sheet.submitted_at, sheet.submitted_by) == (clock.now(), cast.trainer.id)
    for act in (
        lambda: mark_attendance(group.lesson, group.enrolments[0], "absent", by=by),
        lambda: mark_all_present(group.lesson, by=by),
        lambda: submit_sheet(group.lesson, by=by),
    ):
        with pytest.raises(SheetLocked):
            act()


def test_attendance_of_tomorrow_cannot_be_ticked_today(group, by):
    with clock.at(days_after(-1)):
        for act in (
            lambda: mark_attendance(group.lesson, group.enrolments[0], "present", by=by),
            lambda: mark_all_present(group.lesson, by=by),
            lambda: submit_sheet(group.lesson, by=by),
        ):
            with pytest.raises(TooEarly):
                act()


def test_somebody_of_another_run_or_without_a_seat_is_not_on_the_list(group, cast, by):
    elsewhere = enrol(make_run(), cast.stranger)
    waiting = enrol(group.run, cast.stranger, state=Enrolment.State.WAITING)

    assert "Sam Stranger" not in states(group)
    for enrolment in (elsewhere, waiting):
        with pytest.raises(NotOnList):
            mark_attendance(group.lesson, enrolment, "present", by=by)


def test_a_correction_keeps_what_was_the_reason_and_who(group, cast, by):
    attend(group, cast.trainer)
    Message.objects.all().delete()

    correct_attendance(group.lesson, group.enrolments[0], "absent", reason=" went home at noon ", by=by)

    (correction,) = Correction.objects.all()
    assert (correction.was, correction.became, correction.reason) == ("present", "absent", "went home at noon")
    assert correction.corrected_by == cast.trainer.id
    assert states(group)["Lena de Leerling"] == "absent"
    assert not Message.objects.exists()


def test_who_joined_after_submitting_is_added_by_a_correction(group, cast, by):
    attend(group, cast.trainer)
    late = enrol(group.run, cast.stranger)

    correct_attendance(group.lesson, late, "present", reason="joined at the door", by=by)

    assert (Correction.objects.get().was, states(group)["Sam Stranger"]) == ("", "present")


def test_a_correction_is_refused_without_reason_change_or_lock(group, cast, by):
    first = group.enrolments[0]
    with pytest.raises(SheetNotLocked):
        correct_attendance(group.lesson, first, "absent", reason="too early", by=by)
    attend(group, cast.trainer)

    with pytest.raises(ReasonNeeded):
        correct_attendance(group.lesson, first, "absent", reason=" ", by=by)
    with pytest.raises(NothingChanged):
        correct_attendance(group.lesson, first, "present", reason="again", by=by)

    assert not Correction.objects.exists()


def test_nothing_is_written_behind_an_erasure(group, cast, by):
    Person.objects.filter(pk=cast.learner.pk).update(state=Person.State.ERASED)

    with pytest.raises(Gone):
        mark_attendance(group.lesson, group.enrolments[0], "present", by=by)


def test_only_submitted_attendance_counts(group, cast, by):
    first, second = group.enrolments
    mark_all_present(group.lesson, by=by)
    assert [mark.state for mark in attendance_of([first.id])[first.id]] == [""]
    assert complete_among([first.id]) == set()

    submit_sheet(group.lesson, by=by)

    assert [mark.state_words for mark in attendance_of([first.id])[first.id]] == ["aanwezig"]
    assert complete_among([first.id, second.id]) == {first.id, second.id}


def test_reading_attendance_takes_as_many_queries_for_three_as_for_one(cast, django_assert_num_queries):
    one = make_group(cast.learner, trainer=cast.trainer)
    three = make_group(cast.learner, cast.colleague, cast.stranger, trainer=cast.trainer)
    for group in (one, three):
        attend(group, cast.trainer)
        keys = [each.id for each in group.enrolments]
        with django_assert_num_queries(3):
            attendance_of(keys)
        with django_assert_num_queries(3):
            roster(group.lesson)
