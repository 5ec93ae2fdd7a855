"""What holds, without a database."""

from datetime import datetime

import pytest

from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.base.ids import uuid7
from leerhuis.results.models import Attendance, Certificate, Result
from leerhuis.results.rules import (
    AttendanceIncomplete,
    HasCertificate,
    NotPassed,
    PersonMustDecide,
    ReasonNeeded,
    RunNotOver,
    TooEarly,
    is_complete,
    number_key,
    opens_on,
    reason_of,
    refuse_before_end,
    refuse_before_lesson,
    refuse_certificate,
    refuse_without_person,
    surname_key,
    trainer_window,
)
from leerhuis.results.tests.factories import AMSTERDAM, DAY, MORNING, days_after


@pytest.mark.parametrize(
    ("kept", "typed"),
    [
        ("van der Berg", "Berg"),
        ("van der Berg", "BERG"),
        ("van der Berg", "Berg, van der"),
        ("'t Hart", "hart"),
        ("Jansen-de Vries", "Jansen de Vries"),
        ("Jansen-de Vries", "jansen vries"),
        ("Çelik", "Celik"),
        ("Y\u0131ld\u0131z", "Yildiz"),
        ("Wiśniewski", "wisniewski"),
        ("Kowałski", "Kowalski"),
        ("Nguyễn Thị", "Nguyen Thi"),
        ("Sørensen", "sorensen"),
        ("Großmann", "Grossmann"),
        ("Ющенко", "ющенко"),
        ("Παπαδόπουλος", "παπαδοπουλος"),
        ("d'Ancona", "d’Ancona"),
        ("El Amrani", "Amrani"),
        ("de", "de"),
    ],
)
def test_a_surname_is_known_without_accents_capitals_and_prefixes(kept, typed):
    assert surname_key(kept) == surname_key(typed)


@pytest.mark.parametrize(("one", "other"), [("Berg", "Berger"), ("de", "van"), ("Jansen", "Janssen"), ("Vries", "")])
def test_another_surname_is_another(one, other):
    assert surname_key(one) != surname_key(other)


@pytest.mark.parametrize("typed", ["7QK4-M2XD-9F3H", "7qk4m2xd9f3h", " 7qk4 m2xd  9f3h ", "7QK4.M2XD/9F3H"])
def test_a_number_is_known_however_it_is_typed(typed):
    assert number_key(typed) == "7QK4-M2XD-9F3H"


def test_a_number_of_any_length_is_cut_to_what_is_kept():
    assert number_key("A" * 500) == "AAAA-AAAA-AAAA-AAAA-AAAA"
    assert number_key("") == ""


def test_attendance_opens_at_midnight_in_the_zone_of_the_academy():
    late_in_utc = datetime(2027, 6, 3, 0, 30, tzinfo=AMSTERDAM)

    assert opens_on(late_in_utc) == DAY
    with pytest.raises(TooEarly):
        refuse_before_lesson(late_in_utc, days_after(-1).date())
    assert refuse_before_lesson(late_in_utc, DAY) is None


def test_a_trainer_sees_a_lesson_thirty_days_before_and_after():
    assert trainer_window(MORNING) == (days_after(-30), days_after(30))


@pytest.mark.parametrize(
    "by",
    [
        Actor.job("results.nightly"),
        Actor.operator(),
        Actor.visitor(),
        Actor(ActorKind.PERSON),
        Actor(ActorKind.JOB, uuid7()),
    ],
)
def test_only_a_human_being_decides(by):
    with pytest.raises(PersonMustDecide):
        refuse_without_person(by)


def test_a_human_being_may_decide():
    assert refuse_without_person(Actor.person(uuid7(), "clerk")) is None


def test_a_result_waits_for_the_last_day():
    with pytest.raises(RunNotOver):
        refuse_before_end(DAY, days_after(-1).date())
    assert refuse_before_end(DAY, DAY) is None
    assert refuse_before_end(None, DAY) is None


@pytest.mark.parametrize("text", ["", "  ", "\n\t"])
def test_a_reason_must_say_something(text):
    with pytest.raises(ReasonNeeded):
        reason_of(text)


def test_a_reason_is_tidied_and_cut():
    assert reason_of("  made up \n in group B ") == "made up in group B"
    assert len(reason_of("x" * 400)) == 300


def test_attendance_is_complete_only_when_present_at_each_lesson():
    present, excused = Attendance.State.PRESENT, Attendance.State.EXCUSED

    assert is_complete([1, 2], [(1, present), (2, present)])
    assert not is_complete([1, 2], [(1, present)])
    assert not is_complete([1, 2], [(1, present), (2, excused)])
    assert is_complete([], [])


def test_a_certificate_needs_a_pass_full_attendance_and_no_other_certificate():
    moment = MORNING
    result = Result(id=uuid7(), created_at=moment, outcome=Result.Outcome.PASSED)
    failed = Result(id=uuid7(), created_at=moment, outcome=Result.Outcome.FAILED)
    standing = Certificate(id=uuid7(), created_at=moment)

    assert refuse_certificate(result, None, complete=True) is None
    for refusal, case in (
        (HasCertificate, (result, standing, True)),
        (NotPassed, (None, None, True)),
        (NotPassed, (failed, None, True)),
        (AttendanceIncomplete, (result, None, False)),
    ):
        with pytest.raises(refusal):
            refuse_certificate(case[0], case[1], complete=case[2])
