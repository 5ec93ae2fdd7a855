"""Results and certificates: decided by people, told to the learner, revoked with a reason."""

from datetime import timedelta
from decimal import Decimal

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.events import connect, table
from leerhuis.catalogue.models import Run
from leerhuis.enrolment.models import Enrolment
from leerhuis.mail.models import Message
from leerhuis.people.models import Person
from leerhuis.results.actions import (
    correct_attendance,
    give_result,
    issue_certificate,
    mark_all_present,
    revoke_certificate,
)
from leerhuis.results.events import CertificateIssued, CertificateRevoked, ResultGiven
from leerhuis.results.models import Certificate, CertificateNumber, Result
from leerhuis.results.queries import certificate_for, certificates_of
from leerhuis.results.rules import (
    AlreadyRevoked,
    AttendanceIncomplete,
    CertificateStands,
    HasCertificate,
    NoSeat,
    NotPassed,
    PersonMustDecide,
    ReasonNeeded,
    RunNotOver,
)
from leerhuis.results.tests.factories import DAY, MORNING, attend, enrol, make_course, make_group, make_run, passed
from leerhuis.ui.paper.press import Unprintable


@pytest.fixture
def clerk(cast):
    return Actor.person(cast.clerk.id, "clerk")


@pytest.fixture
def group(cast):
    return make_group(cast.learner, trainer=cast.trainer)


@pytest.fixture
def heard():
    """Collect what the house is told."""
    told, known = [], table()
    connect(dict.fromkeys((ResultGiven, CertificateIssued, CertificateRevoked), (told.append,)))
    yield told
    connect(known)


def mails():
    return sorted(Message.objects.values_list("kind", flat=True))


def nothing_came_of_it():
    return not (Result.objects.exists() or Certificate.objects.exists() or CertificateNumber.objects.exists())


def test_a_result_is_kept_with_who_decided_and_completes_the_enrolment(group, cast, clerk, heard):
    (enrolment,) = group.enrolments

    result = give_result(enrolment, "passed", remark=" clear answers ", by=clerk)

    assert (result.outcome, result.remark) == ("passed", "clear answers")
    assert (result.decided_by, result.decided_at) == (cast.clerk.id, MORNING)
    enrolment.refresh_from_db()
    assert (enrolment.state, enrolment.ended_at) == (Enrolment.State.COMPLETED, MORNING)
    assert heard == [ResultGiven(enrolment.id)]
    assert Note.objects.get(verb="give result").subject_person == cast.learner.id


def test_the_learner_is_told_without_the_outcome_in_the_mail(group, clerk):
    give_result(group.enrolments[0], "failed", remark="try again", by=clerk)

    message = Message.objects.get(kind="results.result_given")
    assert "/me/certificates/" in message.body
    for word in ("failed", "geslaagd", "try again"):
        assert word not in message.body + message.title


@pytest.mark.parametrize("by", [Actor.job("results.nightly"), Actor.operator(), Actor.visitor()])
def test_nothing_but_a_person_decides(group, cast, clerk, by):
    (enrolment,) = group.enrolments
    with pytest.raises(PersonMustDecide), attempt():
        give_result(enrolment, "passed", by=by)
    assert (nothing_came_of_it(), mails()) == (True, [])

    passed(group, cast.trainer, cast.clerk)
    with pytest.raises(PersonMustDecide):
        issue_certificate(enrolment, by=by)
    certificate = issue_certificate(enrolment, by=clerk)
    with pytest.raises(PersonMustDecide):
        revoke_certificate(certificate, reason="a rule said so", by=by)


def test_deciding_otherwise_tells_again_and_deciding_the_same_does_not(group, clerk, heard):
    (enrolment,) = group.enrolments
    give_result(enrolment, "failed", by=clerk)
    give_result(enrolment, "passed", by=clerk)
    give_result(enrolment, "passed", remark="a late remark", by=clerk)

    assert mails() == ["results.result_given", "results.result_given"]
    assert heard == [ResultGiven(enrolment.id), ResultGiven(enrolment.id)]
    assert Result.objects.get().remark == "a late remark"


def test_a_result_waits_for_the_last_day(cast, clerk):
    run = make_run(DAY, DAY + timedelta(days=7), trainer=cast.trainer)
    enrolment = enrol(run, cast.learner)

    with pytest.raises(RunNotOver), attempt():
        give_result(enrolment, "passed", by=clerk)

    assert (nothing_came_of_it(), mails()) == (True, [])
    assert not Note.objects.filter(subject_person=cast.learner.id, verb="give result").exists()


@pytest.mark.parametrize("state", [Enrolment.State.WAITING, Enrolment.State.CANCELLED])
def test_without_a_seat_there_is_no_result(cast, clerk, state):
    enrolment = enrol(make_run(), cast.learner, state=state)

    with pytest.raises(NoSeat):
        give_result(enrolment, "passed", by=clerk)


def test_a_certificate_is_a_snapshot_with_a_number_of_its_own(cast, clerk, heard):
    course = make_course("Eerste hulp", points=Decimal(6), register="branch")
    group = make_group(cast.learner, cast.colleague, trainer=cast.trainer)
    Run.objects.filter(pk=group.run.pk).update(course=course)
    passed(group, cast.trainer, cast.clerk)

    first, second = [issue_certificate(each, by=clerk) for each in group.enrolments]

    assert (first.name, first.course_title, first.hours, first.points) == ("Lena de Leerling", "Eerste hulp", 12.5, 6)
    assert (first.register, first.finished_on, first.language) == ("branch", DAY, "nl")
    assert first.number != second.number
    assert sorted(CertificateNumber.objects.values_list("number", flat=True)) == sorted([first.number, second.number])
    assert heard[-2:] == [CertificateIssued(first.id), CertificateIssued(second.id)]
    course.title = "Anders"
    course.save()
    Person.objects.filter(pk=cast.learner.pk).update(last_name="Anders")
    first.refresh_from_db()
    assert (first.name, first.course_title) == ("Lena de Leerling", "Eerste hulp")


def test_the_mail_about_a_certificate_holds_no_number_and_no_file(group, cast, clerk):
    passed(group, cast.trainer, cast.clerk)

    certificate = issue_certificate(group.enrolments[0], by=clerk)

    message = Message.objects.get(kind="results.certificate_issued")
    assert certificate.number not in message.body + message.title
    assert "/me/certificates/" in message.body
    assert message.to_address == cast.learner.email


def test_without_a_pass_there_is_no_certificate(group, cast, clerk):
    attend(group, cast.trainer)
    with pytest.raises(NotPassed), attempt():
        issue_certificate(group.enrolments[0], by=clerk)
    give_result(group.enrolments[0], "failed", by=clerk)

    with pytest.raises(NotPassed), attempt():
        issue_certificate(group.enrolments[0], by=clerk)

    assert not Certificate.objects.exists()
    assert not CertificateNumber.objects.exists()


@pytest.mark.parametrize("state", ["absent", "excused"])
def test_whoever_missed_a_lesson_gets_a_certificate_only_once_it_was_made_up(group, cast, clerk, state):
    attend(group, cast.trainer, state)
    (enrolment,) = group.enrolments
    give_result(enrolment, "passed", by=clerk)
    with pytest.raises(AttendanceIncomplete), attempt():
        issue_certificate(enrolment, by=clerk)

    correct_attendance(group.lesson, enrolment, "present", reason="made up in group B", by=clerk)

    assert issue_certificate(enrolment, by=clerk).is_valid


def test_a_list_that_was_not_submitted_gives_no_certificate(group, cast, clerk):
    mark_all_present(group.lesson, by=clerk)
    give_result(group.enrolments[0], "passed", by=clerk)

    with pytest.raises(AttendanceIncomplete):
        issue_certificate(group.enrolments[0], by=clerk)


def test_there_is_one_valid_certificate_at_a_time(group, cast, clerk):
    passed(group, cast.trainer, cast.clerk)
    first = issue_certificate(group.enrolments[0], by=clerk)
    with pytest.raises(HasCertificate), attempt():
        issue_certificate(group.enrolments[0], by=clerk)
    with pytest.raises(CertificateStands), attempt():
        give_result(group.enrolments[0], "failed", by=clerk)

    revoke_certificate(first, reason="the name was wrong", by=clerk)
    second = issue_certificate(group.enrolments[0], by=clerk)

    assert [each.number for each in certificates_of(cast.learner)] == [second.number, first.number]
    assert [each.is_valid for each in certificates_of(cast.learner)] == [True, False]


def test_a_certificate_is_revoked_with_a_reason_and_the_learner_is_told(group, cast, clerk, heard):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)
    with pytest.raises(ReasonNeeded), attempt():
        revoke_certificate(certificate, reason="  ", by=clerk)
    assert certificate.is_valid

    revoke_certificate(certificate, reason="issued by mistake", by=clerk)

    assert (certificate.revoked_at, certificate.revoked_reason) == (clock.now(), "issued by mistake")
    assert CertificateNumber.objects.get().revoked_at == clock.now()
    message = Message.objects.get(kind="results.certificate_revoked")
    assert "issued by mistake" not in message.body
    assert heard[-1] == CertificateRevoked(certificate.id)
    with pytest.raises(AlreadyRevoked):
        revoke_certificate(certificate, reason="again", by=clerk)


def test_a_name_without_letters_in_our_fonts_is_refused_before_anything_is_kept(group, cast, clerk):
    passed(group, cast.trainer, cast.clerk)
    Person.objects.filter(pk=cast.learner.pk).update(last_name="山田")

    with pytest.raises(Unprintable) as refusal, attempt():
        issue_certificate(group.enrolments[0], by=clerk)

    assert "山 田" in str(refusal.value)
    assert not CertificateNumber.objects.exists()
    assert "results.certificate_issued" not in mails()


def test_a_certificate_is_read_by_its_holder_and_the_office_only(group, cast, clerk, as_viewer):
    passed(group, cast.trainer, cast.clerk)
    certificate = issue_certificate(group.enrolments[0], by=clerk)

    readers = {name for name, who in cast.everyone.items() if certificate_for(as_viewer(who), certificate.id)}

    assert readers == {"learner", "clerk", "planner", "admin"}
    assert certificate_for(None, certificate.id) is None
