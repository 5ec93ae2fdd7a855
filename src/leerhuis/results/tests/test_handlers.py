"""A lesson whose attendance was submitted is not removed."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base.edge import attempt
from leerhuis.catalogue.actions import add_lesson, remove_lesson
from leerhuis.catalogue.models import Lesson
from leerhuis.results.models import Attendance
from leerhuis.results.rules import LessonHasAttendance
from leerhuis.results.tests.factories import attend, make_group
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
