"""Runs: whatever day the demo is built on, past runs are past, coming ones are coming, and nobody is in two places."""

from collections import Counter
from datetime import date, timedelta
from itertools import groupby, pairwise

import pytest

from leerhuis.config.demo.content.days import closed_days, easter, teaching_day
from leerhuis.config.demo.content.kinds import Academy, Enrolment, Run
from leerhuis.config.demo.content.loader import (
    ACADEMIES,
    enrolments,
    lessons,
    organisations,
    people,
    runs,
    sign_ins,
    venues,
)

every_academy = pytest.mark.parametrize("academy", ACADEMIES)
FIRST_DAY = date(2026, 1, 1)
DAYS = [FIRST_DAY + timedelta(days=number) for number in range(0, 1100, 3)]  # every weekday and every holiday
SOME_DAYS = DAYS[::26]


def runs_of(academy: Academy, **wanted: object) -> list[Run]:
    return [run for run in runs(academy) if all(getattr(run, name) == value for name, value in wanted.items())]


def span(academy: Academy, run: Run, today: date) -> tuple[date, date]:
    found = lessons(academy, run, today)
    return found[0].day, found[-1].day


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2024, date(2024, 3, 31)),
        (2025, date(2025, 4, 20)),
        (2026, date(2026, 4, 5)),
        (2027, date(2027, 3, 28)),
        (2038, date(2038, 4, 25)),
    ],
)
def test_easter_falls_where_the_calendar_says(year: int, day: date) -> None:
    assert easter(year) == day


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 1, 1),
        date(2026, 4, 3),  # Good Friday
        date(2026, 4, 6),  # Easter Monday
        date(2026, 4, 27),  # King's Day
        date(2025, 4, 26),  # the Saturday before, as the 27th is a Sunday
        date(2025, 5, 5),  # Liberation Day, a day off once in five years
        date(2026, 5, 14),  # Ascension Day
        date(2026, 5, 25),  # Whit Monday
        date(2026, 12, 25),
    ],
)
def test_nobody_teaches_on_a_holiday(day: date) -> None:
    assert day in closed_days(day.year)
    assert teaching_day(day) > day


def test_liberation_day_is_a_working_day_in_other_years() -> None:
    assert date(2026, 5, 5) not in closed_days(2026)


def test_a_lesson_moves_to_the_next_working_day_and_a_saturday_course_to_the_next_saturday() -> None:
    assert teaching_day(date(2026, 4, 3)) == date(2026, 4, 7)
    assert teaching_day(date(2026, 12, 26), saturday=True) == date(2027, 1, 2)
    assert teaching_day(date(2026, 6, 10)) == date(2026, 6, 10)


@every_academy
def test_keys_are_unique_and_every_course_is_given(academy: Academy) -> None:
    keys = [run.key for run in runs(academy)]
    assert len(set(keys)) == len(keys)
    assert max(map(len, keys)) <= 30
    counted = Counter(run.course.slug for run in runs(academy))
    assert min(counted.values()) >= 2
    assert len(counted) == 6


@every_academy
def test_on_every_day_there_are_past_running_and_coming_runs(academy: Academy) -> None:
    for today in DAYS:
        for run in runs(academy):
            first, last = span(academy, run, today)
            if run.results != "none" or (run.state == "cancelled"):
                assert last <= today - timedelta(days=4), (run.key, today)
            elif run.attendance != "none":
                assert first < today <= last, (run.key, today)
            else:
                assert first == today or first >= today + timedelta(days=7), (run.key, today)
            assert today - timedelta(days=275) <= first, (run.key, today)
            assert last <= today + timedelta(days=165), (run.key, today)


@every_academy
def test_the_trainer_who_can_be_signed_in_to_has_a_lesson_today_at_a_venue(academy: Academy) -> None:
    trainer = sign_ins(academy)["trainer"]
    for today in DAYS:
        given = [
            lesson
            for run in runs(academy)
            if trainer.key in run.trainers
            for lesson in lessons(academy, run, today)
            if lesson.day == today
        ]
        assert "venue" in {lesson.plan.place for lesson in given}


@every_academy
def test_lessons_fall_on_working_days_in_their_order(academy: Academy) -> None:
    for today in DAYS:
        for run in runs(academy):
            found = lessons(academy, run, today)
            assert [lesson.number for lesson in found] == list(range(1, len(run.course.lessons) + 1))
            assert all(one.day < other.day for one, other in pairwise(found)), (run.key, today)
            for lesson in found:
                exact = run.weekday is None and lesson.number == run.anchor
                assert exact or lesson.day == teaching_day(lesson.day, saturday=run.weekday == "sat")


@every_academy
def test_no_trainer_and_no_room_is_in_use_twice_at_one_time(academy: Academy) -> None:
    for today in DAYS:
        taken: list[tuple[str, date, str]] = []
        for run in runs(academy):
            if run.state == "cancelled":
                continue
            for lesson in lessons(academy, run, today):
                half = "evening" if lesson.plan.start.hour >= 18 else "day"
                taken += [(trainer, lesson.day, half) for trainer in run.trainers]
                if lesson.plan.place == "venue":
                    taken.append((f"{run.venue}/{run.room}", lesson.day, half))
        assert [key for key, count in Counter(taken).items() if count > 1] == [], today


@every_academy
def test_no_learner_is_in_two_lessons_at_one_time(academy: Academy) -> None:
    for today in DAYS[::4]:
        taken = [
            (enrolment.person.key, lesson.day, lesson.plan.start.hour >= 18)
            for run in runs(academy)
            for enrolment in enrolments(academy, run, today)
            if enrolment.standing == "enrolled"
            for lesson in lessons(academy, run, today)
        ]
        assert [key for key, count in Counter(taken).items() if count > 1] == [], today


@every_academy
def test_a_run_has_a_room_that_is_large_enough_and_trainers_that_exist(academy: Academy) -> None:
    rooms = {(venue.key, room.name): room.seats for venue in venues(academy) for room in venue.rooms}
    trainers = {person.key for person in people(academy) if "trainer" in person.roles}
    for run in runs(academy):
        assert run.trainers
        assert set(run.trainers) <= trainers, run.key
        if run.course.at_venue:
            assert run.venue is not None
            assert run.room is not None
            assert rooms[run.venue, run.room] >= run.seats, run.key
        else:
            assert (run.venue, run.room) == (None, None), run.key


@every_academy
def test_no_run_is_sold_twice_and_one_each_is_full_and_has_one_seat_left(academy: Academy) -> None:
    coming = [run for run in runs(academy) if run.first_day_in > 0]
    assert all(0 <= run.seats_left() <= run.seats for run in runs(academy))
    assert {0, 1} <= {run.seats_left() for run in coming}
    waited = [run for run in runs(academy) if any(order.waiting for order in run.orders)]
    assert [run.seats_left() for run in waited] == [0]


@every_academy
def test_a_run_that_was_held_or_confirmed_had_enough_learners(academy: Academy) -> None:
    for run in runs_of(academy, state="confirmed"):
        assert run.seats_taken() >= run.course.min_seats, run.key
    assert any(0 < run.seats_taken() < run.course.min_seats for run in runs_of(academy, state="open"))
    assert len(runs_of(academy, state="cancelled")) == 1
    assert all(run.seats_taken() == 0 for run in runs_of(academy, state="planned"))


@every_academy
def test_a_registration_came_before_the_first_lesson_and_never_after_today(academy: Academy) -> None:
    for today in DAYS[::4]:
        for run in runs(academy):
            first, _ = span(academy, run, today)
            for order in run.orders:
                assert order.days_ago >= 1
                assert today - timedelta(days=order.days_ago) < first, (run.key, order)


@every_academy
def test_an_organisation_orders_for_its_own_people_only(academy: Academy) -> None:
    employer = {person.key: person.organisation for person in people(academy)}
    roles = {person.key: person.roles for person in people(academy)}
    for run in runs(academy):
        for order in run.orders:
            assert set(order.cancelled) | set(order.waiting) <= set(order.learners)
            for key in order.learners:
                assert not roles[key], key
                assert order.by is None or employer[key] == order.by, (run.key, key)


@every_academy
def test_some_go_on_their_own_although_they_have_an_employer_who_orders(academy: Academy) -> None:
    """The employer must see nothing of such an enrolment; the demo shows it where the customs of the courses allow."""
    own = [
        enrolment
        for run in runs(academy)
        for enrolment in enrolments(academy, run, FIRST_DAY)
        if enrolment.person.organisation and enrolment.ordered_by is None
    ]
    assert own
    assert all(enrolment.shared == () for enrolment in own)


@every_academy
def test_nobody_is_in_one_run_twice_and_a_course_is_repeated_only_after_failing_or_missing_it(academy: Academy) -> None:
    today = FIRST_DAY
    passed: set[tuple[str, str]] = set()
    for run in sorted(runs(academy), key=lambda run: run.first_day_in):
        found = enrolments(academy, run, today)
        assert len({enrolment.person.key for enrolment in found}) == len(found), run.key
        for enrolment in found:
            assert (enrolment.person.key, run.course.slug) not in passed, (run.key, enrolment.person.key)
        passed |= {(each.person.key, run.course.slug) for each in found if each.outcome == "passed"}


@every_academy
def test_every_learner_takes_part_in_something(academy: Academy) -> None:
    taking_part = {key for run in runs(academy) for order in run.orders for key in order.learners}
    assert taking_part == {person.key for person in people(academy) if not person.roles}


@every_academy
def test_required_questions_are_answered_and_nothing_else_is(academy: Academy) -> None:
    asked_of: set[tuple[str, str]] = set()
    for run in runs(academy):
        required = {asked.name for asked in run.course.fields if asked.required}
        asked = {field.name for field in run.course.fields}
        for enrolment in enrolments(academy, run, FIRST_DAY):
            assert required <= set(enrolment.answers) <= asked, (run.key, enrolment.person.key)
            assert all(enrolment.answers.values())
            asked_of |= {(enrolment.person.key, name) for name in enrolment.answers}
    for person in people(academy):
        if person.birth_date:
            assert (person.key, "birth_date") in asked_of, person.key
        if person.register_number:
            assert (person.key, "register_number") in asked_of, person.key


def past(academy: Academy, today: date) -> list[tuple[Run, Enrolment]]:
    return [
        (run, enrolment)
        for run in runs(academy)
        for enrolment in enrolments(academy, run, today)
        if run.attendance != "none"
    ]


@every_academy
def test_attendance_is_marked_for_past_lessons_only(academy: Academy) -> None:
    for today in SOME_DAYS:
        for run in runs(academy):
            over = sum(lesson.day < today for lesson in lessons(academy, run, today)) if run.attendance != "none" else 0
            for enrolment in enrolments(academy, run, today):
                assert len(enrolment.marks) == (over if enrolment.standing == "enrolled" else 0), run.key
    marks = Counter(mark for _, enrolment in past(academy, FIRST_DAY) for mark in enrolment.marks)
    assert marks["present"] > 5 * (marks["excused"] + marks["absent"]) > 0
    assert marks["absent"] >= 1


@every_academy
def test_results_stand_only_where_a_person_decided(academy: Academy) -> None:
    for run, enrolment in past(academy, FIRST_DAY):
        if run.results == "decided" and "present" in enrolment.marks:
            assert enrolment.outcome == ("failed" if enrolment.person.key in run.failed else "passed")
        else:
            assert enrolment.outcome is None
    assert any(run.results == "pending" for run in runs(academy))
    failed = {(run.key, key) for run in runs(academy) for key in run.failed}
    outcomes = {(r.key, e.person.key) for r, e in past(academy, FIRST_DAY) if e.outcome == "failed"}
    assert failed == outcomes != set()


@every_academy
def test_a_certificate_is_earned_by_passing_and_having_been_at_all_lessons(academy: Academy) -> None:
    found = past(academy, FIRST_DAY)
    for run, enrolment in found:
        complete = all(mark == "present" for mark in enrolment.marks) or enrolment.person.key in run.made_up
        assert enrolment.earns_certificate == (enrolment.outcome == "passed" and complete), (run.key, enrolment.person)
    assert sum(enrolment.earns_certificate for _, enrolment in found) >= 30
    assert any(enrolment.outcome == "passed" and not enrolment.earns_certificate for _, enrolment in found)


@every_academy
def test_only_a_missed_lesson_is_made_up(academy: Academy) -> None:
    made_up = {(run.key, e.person.key) for run, e in past(academy, FIRST_DAY) if e.made_up}
    assert made_up == {(run.key, key) for run in runs(academy) for key in run.made_up} != set()
    for _, enrolment in past(academy, FIRST_DAY):
        assert not enrolment.made_up or {"excused", "absent"} & set(enrolment.marks)


@every_academy
def test_the_learner_who_can_be_signed_in_to_has_a_past_a_present_and_something_coming(academy: Academy) -> None:
    learner = sign_ins(academy)["learner"].key
    mine = [(run, e) for run in runs(academy) for e in enrolments(academy, run, FIRST_DAY) if e.person.key == learner]
    assert any(e.earns_certificate and run.course.proof == "certificate" for run, e in mine)
    assert any(run.attendance != "none" and run.results == "none" for run, e in mine)
    assert any(lesson.day > FIRST_DAY for run, _ in mine for lesson in lessons(academy, run, FIRST_DAY))
    assert any(e.practice and e.practice.rounds_per_week > 0 for _, e in mine)
    assert any(e.shared for _, e in mine)


@every_academy
def test_an_agreement_shares_what_was_ordered_after_it_began_never_before(academy: Academy) -> None:
    for run in runs(academy):
        for enrolment in enrolments(academy, run, FIRST_DAY):
            agreement = enrolment.ordered_by.agreement if enrolment.ordered_by else None
            covered = agreement is not None and enrolment.order.days_ago <= agreement.since_days_ago
            assert enrolment.shared == (agreement.shares if agreement and covered else ())


def test_an_order_from_before_the_agreement_occurs_and_is_not_shared() -> None:
    late = [
        enrolment
        for academy in ACADEMIES
        for run in runs(academy)
        for enrolment in enrolments(academy, run, FIRST_DAY)
        if enrolment.ordered_by and enrolment.ordered_by.agreement and not enrolment.shared
    ]
    assert {enrolment.ordered_by.key for enrolment in late if enrolment.ordered_by} == {"kwikbrug", "oostwaarden"}


@every_academy
def test_every_organisation_ordered_something(academy: Academy) -> None:
    ordered = sorted(order.by for run in runs(academy) for order in run.orders if order.by)
    counts = {key: len(list(group)) for key, group in groupby(ordered)}
    assert set(counts) == {organisation.key for organisation in organisations(academy)}
    assert min(counts.values()) >= 4


@every_academy
def test_the_same_day_gives_the_same_history(academy: Academy) -> None:
    for run in runs(academy):
        assert enrolments(academy, run, FIRST_DAY) == enrolments(academy, run, FIRST_DAY)
        assert lessons(academy, run, FIRST_DAY) == lessons(academy, run, FIRST_DAY)
