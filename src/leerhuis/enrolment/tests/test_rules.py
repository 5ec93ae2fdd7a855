"""The rules of registrations and seats, each at its edge."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override

from leerhuis.base import clock
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import AskedField, Course, Run
from leerhuis.enrolment import rules
from leerhuis.enrolment.models import Enrolment
from leerhuis.people.models import Person

TODAY = date(2026, 12, 8)
DAY = timedelta(days=1)
NOON = datetime(2026, 12, 8, 12, tzinfo=ZoneInfo("Europe/Amsterdam"))


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    """Rules ask no database: what is made here was made at noon."""
    with clock.at(NOON):
        yield


def a_run(
    *, state: str = "open", first: date | None = TODAY + DAY, last: date | None = TODAY + DAY, **more: Any
) -> Run:
    course = Course(title="Privacy", slug="privacy", state="published", points=0, price=Decimal(10))
    return Run(course=course, code="P-1", seats=3, state=state, first_day=first, last_day=last, **more)


def an_enrolment(run: Run | None = None, *, state: str = "enrolled", ordered_by: Any = None) -> Enrolment:
    return Enrolment(run=run or a_run(), state=state, ordered_by_id=ordered_by, price=Decimal(10))


def refused(refusal: type[Exception], rule: Any, *words: Any, **named: Any) -> bool:
    """True when the rule refuses with this refusal and no other; False when it is silent."""
    said = said_by(rule, *words, **named)
    assert said in {"", refusal.__name__}
    return bool(said)


def said_by(rule: Any, *words: Any, **named: Any) -> str:
    """Return the name of the refusal with which a rule answers; empty when it is silent."""
    try:
        rule(*words, **named)
    except Refusal as said:
        return type(said).__name__
    return ""


@pytest.mark.parametrize(
    ("left", "nl", "en"),
    [
        (0, "Er is geen plaats meer", "No seat is left any more. Nobody was enrolled. Choose below what we do now."),
        (1, "nog maar 1 plaats", "Only 1 seat is left. Nobody was enrolled. Choose below what we do now."),
        (2, "nog maar 2 plaatsen", "Only 2 seats are left. Nobody was enrolled. Choose below what we do now."),
    ],
)
def test_too_few_seats_says_how_many_are_left(left, nl, en):
    refusal = rules.TooFewSeats(left)

    assert refusal.left == left
    with override("en"):
        assert str(rules.TooFewSeats(left)) == en
    with override("nl"):
        assert nl.split()[-1] in str(rules.TooFewSeats(left))


@pytest.mark.parametrize(
    ("taken", "en"),
    [
        (1, "1 seat is taken already. Choose at least that number, or cancel an enrolment first."),
        (4, "4 seats are taken already. Choose at least that number, or cancel enrolments first."),
    ],
)
def test_fewer_seats_than_learners_says_how_many_are_taken(taken, en):
    with override("en"):
        refusal = rules.SeatsBelowLearners(taken)
        assert str(refusal) == en
    assert refusal.field == "seats"


def test_what_is_missing_is_said_at_its_field():
    with override("en"):
        refusal = rules.AnswerMissing("phone")
        assert str(refusal) == "Fill this in. This course cannot do without it."
    assert refusal.field == "phone"


@pytest.mark.parametrize(
    ("state", "first", "closed", "by_itself"),
    [
        ("open", TODAY + DAY, False, True),
        ("confirmed", TODAY + DAY, False, True),
        ("open", TODAY, True, False),
        ("open", TODAY - DAY, True, False),
        ("open", None, True, False),
        ("planned", TODAY + DAY, True, False),
        ("cancelled", TODAY + DAY, True, False),
        ("closed", TODAY + DAY, True, False),
    ],
)
def test_a_run_takes_registrations_and_fills_itself_until_the_day_before_it_begins(state, first, closed, by_itself):
    run = a_run(state=state, first=first)

    assert refused(rules.RunNotOpen, rules.refuse_closed, run, TODAY) is closed
    assert rules.lets_in_by_itself(run, TODAY) is by_itself


@pytest.mark.parametrize(
    ("state", "last", "over"),
    [
        ("open", TODAY, False),
        ("confirmed", TODAY + DAY, False),
        ("open", TODAY - DAY, True),
        ("open", None, True),
        ("planned", TODAY, True),
        ("closed", TODAY, True),
    ],
)
def test_the_office_enrols_until_the_last_day(state, last, over):
    run = a_run(state=state, first=TODAY - DAY, last=last)

    assert refused(rules.RunNotOpen, rules.refuse_over, run, TODAY) is over


@pytest.mark.parametrize(("seats", "taken", "free"), [(3, 0, 3), (3, 2, 1), (3, 3, 0), (3, 4, 0)])
def test_seats_that_are_free_are_never_fewer_than_none(seats, taken, free):
    assert rules.seats_free(seats, taken) == free


def asked(*fields: str, required: bool = True) -> list[AskedField]:
    return [
        AskedField(field=each, required=required, reason_nl=f"nl {each}", reason_en=f"en {each}") for each in fields
    ]


def test_what_a_course_asks_stands_in_the_order_of_the_list_with_its_reasons():
    course = Course(points=0)
    values = AskedField.Field.values
    found = rules.asked_of_learner(course, asked(values[2], values[0], required=False))

    assert found == [
        rules.Asked(values[0], False, f"nl {values[0]}", f"en {values[0]}"),
        rules.Asked(values[2], False, f"nl {values[2]}", f"en {values[2]}"),
    ]
    assert (found[0].reason("nl"), found[0].reason("en")) == (f"nl {values[0]}", f"en {values[0]}")
    assert found[0].label == AskedField.Field(values[0]).label


@pytest.mark.parametrize(("points", "fields"), [(0, []), (1, ["register_number"]), (5, ["register_number"])])
def test_a_register_number_is_asked_only_where_the_course_bears_points(points, fields):
    found = rules.asked_of_learner(Course(points=points), asked("register_number"))

    assert [each.field for each in found] == fields


def test_an_employee_is_not_asked_what_the_employer_answers():
    questions = asked("phone", *rules.ANSWERED_BY_EMPLOYER)

    own = [each.field for each in rules.asked_of(an_enrolment(), questions)]
    ordered = [each.field for each in rules.asked_of(an_enrolment(ordered_by=uuid4()), questions)]

    assert set(own) == {"phone", "employer_name", "employer_address", "invoice_reference"}
    assert ordered == ["phone"]


def test_answers_are_what_is_asked_and_no_more():
    needed, free = rules.Asked("phone", True, "a", "b"), rules.Asked("employer_name", False, "a", "b")

    rules.refuse_wrong_answers([needed, free], {"phone": "1", "employer_name": "", "birth_date": ""})
    with pytest.raises(rules.NotAskedFor):
        rules.refuse_wrong_answers([needed, free], {"phone": "1", "birth_date": "2000-01-01"})
    for empty in ({}, {"phone": ""}, {"phone": None, "employer_name": "Bakker"}):
        with pytest.raises(rules.AnswerMissing) as missing:
            rules.refuse_wrong_answers([free, needed], empty)
        assert missing.value.field == "phone"


@pytest.mark.parametrize(
    ("state", "password", "lacks"),
    [("invited", "", True), ("active", "", False), ("invited", "argon2$x", False), ("suspended", "", False)],
)
def test_who_is_known_and_never_opened_an_account_lacks_one(state, password, lacks):
    person = Person(state=state, password=password)
    if not password:
        person.set_unusable_password()

    assert rules.lacks_account(person) is lacks


@pytest.mark.parametrize(
    ("state", "ended", "no_seat"),
    [("enrolled", False, False), ("waiting", False, True), ("cancelled", True, True), ("completed", True, True)],
)
def test_what_has_ended_is_not_changed(state, ended, no_seat):
    enrolment = an_enrolment(state=state)

    assert refused(rules.Ended, rules.refuse_ended, enrolment) is ended
    assert refused(rules.Ended, rules.refuse_not_enrolled, enrolment) is no_seat


def test_somebody_is_moved_to_another_run_of_the_same_course_unless_another_is_meant():
    here = a_run()
    other, foreign = a_run(), a_run()
    other.course_id = here.course_id

    def move(enrolment: Enrolment, to: Run, *, meant: bool = False) -> str:
        return said_by(rules.refuse_move, enrolment, to, TODAY, other_course=meant)

    assert move(an_enrolment(here), other) == ""
    assert move(an_enrolment(here, state="waiting"), other) == ""
    assert move(an_enrolment(here, state="cancelled"), other) == "Ended"
    assert move(an_enrolment(here), here) == "SameRun"
    assert move(an_enrolment(here), foreign) == "AnotherCourse"
    assert move(an_enrolment(here), foreign, meant=True) == ""
    other.last_day = TODAY - DAY
    assert move(an_enrolment(here), other) == "RunNotOpen"


@pytest.mark.parametrize(("first", "begun"), [(TODAY - DAY, True), (TODAY, True), (TODAY + DAY, False), (None, False)])
def test_one_cancels_oneself_before_the_first_day_what_one_ordered_oneself(first, begun):
    run = a_run(first=first)

    assert refused(rules.TooLateToCancel, rules.refuse_begun, an_enrolment(run), TODAY) is begun
    assert rules.may_cancel_oneself(an_enrolment(run), TODAY) is not begun
    assert rules.may_cancel_oneself(an_enrolment(run, ordered_by=uuid4()), TODAY) is False
    assert rules.may_cancel_oneself(an_enrolment(run, state="cancelled"), TODAY) is False
    assert rules.may_cancel_oneself(an_enrolment(run, state="waiting"), TODAY) is not begun


def test_practice_lasts_calendar_months_by_the_local_clock():
    amsterdam = ZoneInfo("Europe/Amsterdam")
    ends = datetime(2026, 1, 31, 15, 30, tzinfo=ZoneInfo("UTC"))

    assert rules.practice_until(ends, 1) == datetime(2026, 2, 28, 16, 30, tzinfo=amsterdam)
    assert rules.practice_until(ends, 6) == datetime(2026, 7, 31, 16, 30, tzinfo=amsterdam)
    assert rules.practice_until(ends, 0) == ends
