"""A lesson whose attendance was submitted is not removed, and who was ticked is not moved to another run."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.catalogue.actions import add_lesson, remove_lesson
from leerhuis.catalogue.models import Lesson
from leerhuis.enrolment.actions import move_enrolment
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.models import Message
from leerhuis.results.actions import mark_attendance
from leerhuis.results.models import Attendance
from leerhuis.results.rules import AttendanceStays, LessonHasAttendance, NotOnList
from leerhuis.results.tests.factories import attend, make_group, make_run
from tests.cast import Cast

BY = Actor.operator()


def test_a_lesson_with_submitted_attendance_stays(cast: Cast) -> None:
    group = make_group(cast.learner, trainer=cast.trainer)
    begin, end = group.lesson.starts_at + timedelta(days=7), group.lesson.ends_at + timedelta(days=7)
    other = add_lesson(group.run, starts_at=begin, ends_at=end, online_link="https://lokaal.example/x", by=BY)
    attend(group, cast.trainer)

    with pytest.raises(LessonHasAttendance), attempt():
        remove_lesson(group.lesson, by=BY)
    remove_lesson(other, by=BY)

    assert list(Lesson.objects.filter(run=group.run)) == [group.lesson]
    assert Attendance.objects.filter(enrolment=group.enrolments[0]).count() == 1


def test_who_was_ticked_is_not_moved_out_of_the_run(cast: Cast) -> None:
    group = make_group(cast.learner, trainer=cast.trainer)
    to = make_run(group.lesson.starts_at.date() + timedelta(days=30), trainer=cast.trainer, course=group.run.course)
    (enrolment,) = group.enrolments
    attend(group, cast.trainer)

    with clock.at(group.lesson.starts_at), pytest.raises(AttendanceStays), attempt():
        move_enrolment(enrolment, to, by=BY)

    enrolment.refresh_from_db()
    assert (enrolment.run, Message.objects.filter(kind="enrolment.enrolment_moved").count()) == (group.run, 0)


def test_who_was_moved_meanwhile_is_not_ticked_on_the_old_list(cast: Cast) -> None:
    group = make_group(cast.learner, trainer=cast.trainer)
    to = make_run(group.lesson.starts_at.date() + timedelta(days=30), trainer=cast.trainer, course=group.run.course)
    (read_before,) = group.enrolments

    with clock.at(group.lesson.starts_at):
        move_enrolment(Enrolment.objects.get(pk=read_before.pk), to, by=BY)
        with pytest.raises(NotOnList), attempt():
            mark_attendance(group.lesson, read_before, Attendance.State.PRESENT, by=BY)

    assert not Attendance.objects.exists()
