"""What came of the crowd's runs: attendance, results, certificates, closing; and who looked at whose data meanwhile."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import groupby

from leerhuis.audit.actor import Actor
from leerhuis.base.ids import random_number
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.config.demo.crowd.filling import (
    HOUSE,
    Crowd,
    Seat,
    close_practice,
    end,
    finish_practice,
    tell_of_run,
)
from leerhuis.config.demo.crowd.letters import by_then
from leerhuis.config.demo.crowd.offering import PlannedRun
from leerhuis.config.demo.offer import at
from leerhuis.enrolment import mails
from leerhuis.enrolment.models import Enrolment
from leerhuis.results import mails as results_mails
from leerhuis.results.models import Attendance, Certificate, CertificateNumber, Result, Sheet

ATTENDANCE = "results.attendance"
COURSE = "enrolment.course"
PRESENT, ABSENT, EXCUSED = Attendance.State.PRESENT, Attendance.State.ABSENT, Attendance.State.EXCUSED


@dataclass
class _Group:
    """The learners of a run with their marks, lesson by lesson."""

    planned: PlannedRun
    seats: list[Seat]
    marks: dict[int, list[str]] = field(default_factory=dict)


def follow(crowd: Crowd, runs: list[PlannedRun]) -> None:
    """Write what happened in every run up to now."""
    seats = sorted(crowd.seats, key=lambda seat: str(seat.planned.run.id))
    found = {run_id: list(each) for run_id, each in groupby(seats, key=lambda seat: seat.planned.run.id)}
    left_open = True  # one sheet is still waiting for its trainer
    latest = max((each for each in runs if each.fate == "decided"), key=lambda each: each.lessons[-1].starts_at)
    for planned in runs:
        group = _Group(planned, sorted(found.get(planned.run.id, []), key=lambda seat: seat.since))
        _tell_of_decision(crowd, group)
        if planned.fate in {"decided", "pending", "running"}:
            left_open = _hold_lessons(crowd, group, left_open=left_open and planned.fate == "running")
        if planned.fate == "decided":
            _decide(crowd, group, handed_out=planned is not latest)
        _look_at_group(crowd, group)


def _tell_of_decision(crowd: Crowd, group: _Group) -> None:
    """Tell who had a seat that the run goes ahead, or end everything of a run that does not."""
    planned = group.planned
    for seat in group.seats:
        enrolment, subject = seat.enrolment, seat.newcomer.person.id
        if planned.confirmed_at and seat.since < planned.confirmed_at and _had_seat(seat, planned.confirmed_at):
            tell_of_run(crowd, seat, mails.course_goes_ahead, planned.confirmed_at)
            moment = planned.confirmed_at
            crowd.ledger.note("tell that run goes ahead", enrolment, moment, by=HOUSE, subject=subject)
        if planned.cancelled_at:
            end(crowd, seat, Enrolment.State.CANCELLED, planned.cancelled_at, "cancel with run", HOUSE)
            close_practice(crowd, seat, planned.cancelled_at, HOUSE)
            tell_of_run(crowd, seat, mails.course_cancelled, planned.cancelled_at)


def _had_seat(seat: Seat, moment: datetime) -> bool:
    return seat.enrolment.waiting_since is None and not by_then(seat.enrolment.ended_at, moment)


def _hold_lessons(crowd: Crowd, group: _Group, *, left_open: bool) -> bool:
    """Write the attendance of the lessons that are over; the last one's list may wait. Returns whether one waits still.

    Most come; one in nine misses a lesson with notice, one in twelve never comes.
    """
    here = [seat for seat in group.seats if seat.enrolment.state == Enrolment.State.ENROLLED]
    over = [lesson for lesson in group.planned.lessons if lesson.ends_at < crowd.now - timedelta(hours=1)]
    gone = {seat.enrolment.id for seat in here if group.planned.fate == "decided" and crowd.chance.random() < 1 / 12}
    for lesson in over:
        waits = left_open and lesson is over[-1]
        marks: list[tuple[Seat, str]] = []
        for seat in here:
            missed = crowd.chance.random() < 1 / 9 and group.planned.fate != "pending"
            mark = ABSENT if seat.enrolment.id in gone else EXCUSED if missed else PRESENT
            marks.append((seat, mark))
            group.marks.setdefault(here.index(seat), []).append(mark)
        _take_list(crowd, group.planned, lesson, marks[: len(marks) // 2] if waits else marks, submitted=not waits)
    return False if left_open else left_open


def _take_list(
    crowd: Crowd, planned: PlannedRun, lesson: Lesson, marks: list[tuple[Seat, str]], *, submitted: bool
) -> None:
    """Write a list as its trainer ticked it (`results.actions.mark_attendance`, `submit_sheet`)."""
    if not marks:
        return
    moment = lesson.ends_at + timedelta(minutes=5)
    by = Actor.person(planned.trainer.id, "trainer")
    sheet = Sheet(created_at=moment, lesson=lesson)
    if submitted:
        sheet.submitted_at, sheet.submitted_by = moment, by.person_id
    crowd.ledger.add(sheet)
    for seat, state in marks:
        row = crowd.ledger.add(Attendance(created_at=moment, sheet=sheet, enrolment=seat.enrolment, state=state))
        subject = seat.newcomer.person.id
        crowd.ledger.note("mark attendance", row, moment, by=by, subject=subject, fields=["state"])
    if submitted:
        crowd.ledger.note("submit attendance", sheet, moment, by=by, fields=["submitted_at"])
    subjects = [seat.newcomer.person.id for seat, _ in marks]
    crowd.ledger.look(subjects, moment, purpose=ATTENDANCE, screen="results_trainer_lesson", by=by)


def _decide(crowd: Crowd, group: _Group, *, handed_out: bool) -> None:
    """Give everybody their result; then hand out the certificates and close the run, or leave that to be done today."""
    planned, by = group.planned, crowd.world.actor("clerk")
    moment = at(planned.lessons[-1].starts_at.date() + timedelta(days=3), 11)
    here = [seat for seat in group.seats if seat.enrolment.state == Enrolment.State.ENROLLED]
    for place, seat in enumerate(here):
        marks = group.marks.get(place, [])
        passed = PRESENT in marks and crowd.chance.random() < 0.93  # noqa: PLR2004
        _give_result(crowd, seat, moment, passed=passed, by=by)
        if handed_out and passed and set(marks) == {PRESENT}:
            _certify(crowd, seat, moment, by)
    if handed_out:
        planned.run.state = Run.State.CLOSED
        closed_at = moment + timedelta(days=1)
        crowd.ledger.note("close run", planned.run, closed_at, by=crowd.world.actor("planner"), fields=["state"])
    subjects = [seat.newcomer.person.id for seat in here]
    crowd.ledger.look(subjects, moment, purpose="results.result", screen="results_office_results", by=by)


def _give_result(crowd: Crowd, seat: Seat, moment: datetime, *, passed: bool, by: Actor) -> None:
    """Write a result (`results.actions.give_result`)."""
    subject = seat.newcomer.person.id
    end(crowd, seat, Enrolment.State.COMPLETED, moment, "complete enrolment", by)
    finish_practice(crowd, seat, moment, by)
    result = Result(
        created_at=moment,
        enrolment=seat.enrolment,
        outcome=Result.Outcome.PASSED if passed else Result.Outcome.FAILED,
        decided_by=by.person_id,
        decided_at=moment,
    )
    crowd.ledger.add(result)
    crowd.ledger.note("give result", result, moment, by=by, subject=subject, fields=["outcome", "remark"])
    words = crowd.letters.about_result(seat.enrolment)
    crowd.ledger.mail(results_mails.result_given, seat.newcomer.person, seat.enrolment.id, words, moment, by=by)


def _certify(crowd: Crowd, seat: Seat, moment: datetime, by: Actor) -> None:
    """Write a certificate with its number (`results.actions.issue_certificate`)."""
    course, person = seat.planned.run.course, seat.newcomer.person
    certificate = Certificate(
        created_at=moment,
        enrolment=seat.enrolment,
        number=random_number(),
        first_name=person.first_name,
        last_name=person.last_name,
        course_title=course.title_in(course.language),
        hours=course.hours,
        points=course.points,
        register=course.register if course.points else "",
        finished_on=seat.planned.lessons[-1].starts_at.date(),
        language=course.language,
    )
    crowd.ledger.add(certificate)
    crowd.ledger.add(CertificateNumber(created_at=moment, number=certificate.number))
    crowd.ledger.note("issue certificate", certificate, moment, by=by, subject=person.id)
    words = crowd.letters.about_certificate(certificate)
    crowd.ledger.mail(results_mails.certificate_issued, person, seat.enrolment.id, words, moment, by=by)


def _look_at_group(crowd: Crowd, group: _Group) -> None:
    """Let the office look at a group a week before it begins, if that was in the past."""
    moment = at(group.planned.lessons[0].starts_at.date() - timedelta(days=7), 9, 30)
    if moment < crowd.now - timedelta(hours=1) and group.planned.fate != "cancelled":
        subjects = [seat.newcomer.person.id for seat in group.seats if seat.since < moment]
        by = crowd.world.actor("clerk")
        crowd.ledger.look(subjects, moment, purpose=ATTENDANCE, screen="results_office_run", by=by)
