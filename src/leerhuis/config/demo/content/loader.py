"""Reads the demo's content from its files into the kinds of ``kinds.py``; a word too many in a file is an error.

How the patterns of a run read (``i`` counts enrolments, ``j`` lessons, both from 0):

- attendance ``all``: everybody, always; ``mostly``: about one in seven misses a lesson, with notice;
  ``gaps``: about one in six misses a lesson, half of them without notice.
- results ``decided``: whoever came passed, save those in ``failed``; ``pending``: over, and waiting for the office.
- practice: the profiles are dealt out over the enrolments, round and round.
"""

import tomllib
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, get_args

from leerhuis.config.demo.content.kinds import (
    Academy,
    Agreement,
    AskedField,
    AttendancePattern,
    Bank,
    Course,
    Enrolment,
    FieldName,
    LessonPlan,
    Mark,
    Order,
    Organisation,
    Outcome,
    Person,
    Points,
    PracticeProfile,
    Register,
    Room,
    Run,
    ScheduledLesson,
    Share,
    Standing,
    Venue,
)
from leerhuis.config.demo.content.timetable import Timetable, timetable

ACADEMIES: tuple[Academy, ...] = get_args(Academy)
_HERE = Path(__file__).parent


def banks() -> tuple[Bank, ...]:
    """Return the three question banks."""
    return tuple(
        Bank(**_tuples(row, "academies"), file=_HERE / "banks" / f"{row['slug']}.gift")
        for row in _rows("banks.toml", "bank")
    )


@cache
def registers() -> Mapping[str, Register]:
    """Return the professional registers by key."""
    return {row["key"]: Register(**row) for row in _rows("registers.toml", "register")}


@cache
def practice_profiles() -> Mapping[str, PracticeProfile]:
    """Return the ways of practising by key."""
    return {row["key"]: PracticeProfile(**row) for row in _rows("practice.toml", "profile")}


@cache
def courses(academy: Academy) -> tuple[Course, ...]:
    """Return the courses of an academy, in the order in which it shows them."""
    return tuple(_course(row) for row in _rows(f"{academy}/courses.toml", "course"))


@cache
def people(academy: Academy) -> tuple[Person, ...]:
    """Return the people of an academy: staff, trainers, employers' contacts, learners."""
    return tuple(Person(**_tuples(row, "roles")) for row in _rows(f"{academy}/people.toml", "person"))


def sign_ins(academy: Academy) -> Mapping[str, Person]:
    """Return the one to sign in as, by role (``learner`` and the granted roles)."""
    by_key = {person.key: person for person in people(academy)}
    return {role: by_key[key] for role, key in _read(f"{academy}/people.toml")["sign_in"].items()}


@cache
def organisations(academy: Academy) -> tuple[Organisation, ...]:
    """Return the customer organisations of an academy."""
    return tuple(_organisation(row) for row in _rows(f"{academy}/organisations.toml", "organisation"))


@cache
def venues(academy: Academy) -> tuple[Venue, ...]:
    """Return the venues of an academy with their rooms."""
    rows = _rows(f"{academy}/venues.toml", "venue")
    return tuple(Venue(**row | {"rooms": tuple(Room(**room) for room in row["rooms"])}) for row in rows)


@cache
def runs(academy: Academy) -> tuple[Run, ...]:
    """Return the runs of an academy: past, running, coming."""
    offered = {course.slug: course for course in courses(academy)}
    return tuple(_run(row, offered[row["course"]]) for row in _rows(f"{academy}/runs.toml", "run"))


@cache
def _timetable(academy: Academy, today: date) -> Timetable:
    return timetable(runs(academy), today)


def lessons(academy: Academy, run: Run, today: date) -> tuple[ScheduledLesson, ...]:
    """Return the lessons of a run with their days, in order."""
    return _timetable(academy, today)[run.key]


def enrolments(academy: Academy, run: Run, today: date) -> tuple[Enrolment, ...]:
    """Return who is in a run, in order of registration, with what has happened before ``today``."""
    persons = {person.key: person for person in people(academy)}
    employers = {organisation.key: organisation for organisation in organisations(academy)}
    places = [(order, key) for order in run.orders for key in order.learners]
    over = sum(lesson.day < today for lesson in lessons(academy, run, today))
    return tuple(
        _enrolment(
            run, over, place, person=persons[key], order=order, employer=employers[order.by] if order.by else None
        )
        for place, (order, key) in enumerate(places)
    )


def _enrolment(
    run: Run, over: int, place: int, *, person: Person, order: Order, employer: Organisation | None
) -> Enrolment:
    standing = _standing(run, order, person)
    enrolled = standing == "enrolled"
    marks = tuple(mark for lesson in range(over if enrolled else 0) if (mark := _mark(run.attendance, place, lesson)))
    return Enrolment(
        person=person,
        order=order,
        ordered_by=employer,
        standing=standing,
        marks=marks,
        made_up=run.made_up.get(person.key, ""),
        outcome=_outcome(run, person, marks),
        practice=run.practice[place % len(run.practice)] if run.practice and enrolled else None,
        shared=_shared(order, employer),
        answers=_answers(run.course, person, order, employer),
    )


def _standing(run: Run, order: Order, person: Person) -> Standing:
    if run.state == "cancelled" or person.key in order.cancelled:
        return "cancelled"
    return "waiting" if person.key in order.waiting else "enrolled"


def _mark(pattern: AttendancePattern, place: int, lesson: int) -> Mark | None:
    if pattern == "none":
        return None
    if pattern == "mostly" and (3 * place + 2 * lesson) % 7 == 5:  # noqa: PLR2004  # one in seven, spread out
        return "excused"
    if pattern == "gaps" and (2 * place + lesson) % 6 == 4:  # noqa: PLR2004  # one in six, spread out
        return "absent" if place % 2 else "excused"
    return "present"


def _outcome(run: Run, person: Person, marks: tuple[Mark, ...]) -> Outcome | None:
    if run.results != "decided" or "present" not in marks:
        return None
    return "failed" if person.key in run.failed else "passed"


def _shared(order: Order, employer: Organisation | None) -> tuple[Share, ...]:
    """Return what the agreement shares; it counts for what is ordered from its first day on, never backwards."""
    agreement = employer.agreement if employer else None
    if agreement is None or order.days_ago > agreement.since_days_ago:
        return ()
    return agreement.shares


def _answers(course: Course, person: Person, order: Order, employer: Organisation | None) -> dict[FieldName, str]:
    known: dict[FieldName, str] = {
        "phone": person.phone,
        "employer_name": employer.name if employer else "",
        "employer_address": employer.address_line if employer else "",
        "birth_date": person.birth_date.isoformat() if person.birth_date else "",
        "register_number": person.register_number,
        "invoice_reference": order.reference,
    }
    return {asked.name: known[asked.name] for asked in course.fields if known[asked.name]}


def _course(row: Mapping[str, Any]) -> Course:
    plain = {key: value for key, value in row.items() if key not in {"lesson", "field"}}
    points = plain.pop("pe", None)
    return Course(
        **_tuples(plain, "outcomes")
        | {
            "description": row["description"].strip(),
            "price": Decimal(row["price"]),
            "lessons": tuple(_lesson(lesson) for lesson in row["lesson"]),
            "fields": tuple(AskedField(**asked) for asked in row.get("field", ())),
            "pe": Points(Decimal(points["points"]), registers()[points["register"]]) if points else None,
        }
    )


def _lesson(row: Mapping[str, Any]) -> LessonPlan:
    times = {name: time.fromisoformat(row[name]) for name in ("start", "end")}
    return LessonPlan(**dict(row) | times)


def _organisation(row: Mapping[str, Any]) -> Organisation:
    agreement = row.get("agreement")
    return Organisation(
        **dict(row) | {"agreement": Agreement(**_tuples(agreement, "shares")) if agreement is not None else None}
    )


def _run(row: Mapping[str, Any], course: Course) -> Run:
    plain = {key: value for key, value in row.items() if key != "capacity"}
    return Run(
        **_tuples(plain, "trainers")
        | {
            "course": course,
            "seats": row.get("capacity", course.capacity),
            "failed": frozenset(row.get("failed", ())),
            "practice": tuple(practice_profiles()[key] for key in row.get("practice", ())),
            "orders": tuple(
                Order(**_tuples(order, "learners", "cancelled", "waiting")) for order in row.get("orders", ())
            ),
        }
    )


def _tuples(row: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """Return the row with the named lists as tuples."""
    return dict(row) | {name: tuple(row[name]) for name in names if name in row}


def _rows(name: str, kind: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = _read(name)[kind]
    return rows


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / name).read_text(encoding="utf-8"))
