"""The crowd looks as if the house's actions had made it: next to the standing history, which they did make."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F, Q

from leerhuis.academies.queries import academy_by_key
from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.base.edge import edge, enter_schema
from leerhuis.catalogue.models import Course, Lesson, Run
from leerhuis.config.demo.build import fill_when_empty
from leerhuis.config.demo.content import loader
from leerhuis.config.demo.crowd.letters import NAME, STAND_IN
from leerhuis.enrolment.models import Detail, Enrolment, Grant, Registration
from leerhuis.mail.models import Message
from leerhuis.organisations.models import Membership, Organisation
from leerhuis.people.gate import Viewer
from leerhuis.people.models import Person
from leerhuis.portal.desk import coming_runs, piles_for
from leerhuis.practice.mastery import masteries
from leerhuis.practice.models import Access, Answer, Card, Goal, Permit, Question
from leerhuis.practice.scheduling import recall, review
from leerhuis.results.models import Attendance, Certificate, CertificateNumber, Result, Sheet

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
NOW = datetime(2026, 10, 14, 9, 20, tzinfo=UTC)  # a Wednesday

# Notes that only the crowd has, since nobody of the standing history did this, and by which action they would come.
ONLY_CROWD: dict[tuple[str, str, str], str] = {
    ("mail failed", "job", "mail.send_message"): "mail.actions.send_message, when an address takes no mail",
    ("finish practice", "person", "clerk"): "practice.actions.finish_access, when a course with practice is completed",
    ("open account", "person", "learner"): "people.actions.accept_invitation",
    ("withdraw practice", "job", "enrolment.follow_run"): "enrolment.actions.cancel_all_in, of a course with practice",
    ("add employee", "operator", "operator"): "organisations.actions.add_employee, when people are taken over",
}
# What the desk of the privacy officer did, who reads news, what authors do together and which apps were given access
# are written by the house's own actions (rights, news, authoring, practising).
BY_ACTIONS = (
    *("privacy.", "documents.", "conditions.", "consent.", "mail.suppression", "mail.setaside", "insights."),
    *("practice.bank", "practice.question", "practice.comment", "people.signin"),
)
DESK = "@brievenbus.example"
# What is touched follows from what a course asks.
ASKED = {"enrol", "complete details", "put on waiting list"}


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Kjenning as the demo has it, built once for this file and taken back."""
    with django_db_blocker.unblock():
        enter_schema(None)
        academy = academy_by_key("kjenning")
        with edge(academy), clock.at(NOW):
            fill_when_empty("kjenning", NOW)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            yield
            transaction.set_rollback(True)
        enter_schema(None)


def of_crowd() -> Q:
    return ~Q(run__code__in=[run.key.upper() for run in loader.runs("kjenning")])


def by_actions() -> Q:
    return Q(*(("kind__startswith", each) for each in BY_ACTIONS), _connector=Q.OR)


def standing_ids() -> set[Any]:
    """Return the ids of everything that belongs to the standing history."""
    codes = [run.key.upper() for run in loader.runs("kjenning")]
    addresses = [person.email for person in loader.people("kjenning")]
    runs = Run.objects.filter(code__in=codes)
    found: set[Any] = set(runs.values_list("id", flat=True))
    found.update(Person.objects.filter(email__in=addresses).values_list("id", flat=True))
    for rows in (
        Enrolment.objects.filter(run__in=runs),
        Registration.objects.filter(run__in=runs),
        Grant.objects.filter(enrolment__run__in=runs),
        Attendance.objects.filter(enrolment__run__in=runs),
        Result.objects.filter(enrolment__run__in=runs),
        Certificate.objects.filter(enrolment__run__in=runs),
        Lesson.objects.filter(run__in=runs),
        Sheet.objects.filter(lesson__run__in=runs),
        Access.objects.filter(person__email__in=addresses),
        Goal.objects.filter(access__person__email__in=addresses),
        Membership.objects.filter(person__email__in=addresses),
        Message.objects.filter(to_address__in=addresses),
        Message.objects.filter(by_actions()),
        Person.objects.filter(email__endswith=DESK),
    ):
        found.update(rows.values_list("id", flat=True))
    return found


def test_the_demo_is_of_the_size_that_was_promised(demo: None) -> None:
    assert Course.objects.filter(state="published").count() == 40
    assert Run.objects.count() >= 60
    assert Organisation.objects.count() == 12
    assert Person.objects.count() >= 400
    assert Enrolment.objects.count() >= 500
    assert len(set(Enrolment.objects.values_list("state", flat=True))) == 4
    assert set(Attendance.objects.values_list("state", flat=True)) == {"present", "absent", "excused"}
    assert Answer.objects.count() >= 10_000
    waiting = Message.objects.exclude(state__in=("sent", "failed"))  # until the journal lies outside the database
    assert set(waiting.values_list("kind", "state")) == {("privacy.data_erased", "held")}


def test_every_enrolment_has_its_registration_note_and_mail(demo: None) -> None:
    begun = {
        (note.thing_id, note.created_at)
        for note in Note.objects.filter(verb__in=["enrol", "put on waiting list"], thing_kind="enrolment.enrolment")
    }
    handed_in = set(Note.objects.filter(verb="receive registration").values_list("thing_id", "created_at"))
    first = ("enrolment.enrolment_confirmed", "enrolment.enrolment_queued", "enrolment.registered_by_employer")
    told = set(Message.objects.filter(kind__in=first).values_list("cause_id", "person", "created_at"))
    for enrolment in Enrolment.objects.filter(of_crowd()).select_related("registration"):
        assert (enrolment.id, enrolment.created_at) in begun
        assert (enrolment.registration_id, enrolment.created_at) in handed_in
        assert (enrolment.id, enrolment.learner_id, enrolment.created_at) in told
        assert enrolment.ordered_by_id == enrolment.registration.organisation_id
        assert enrolment.created_at < NOW


def test_seats_and_waiting_lists_are_as_the_rules_have_them(demo: None) -> None:
    for run in Run.objects.all():
        seated = Enrolment.objects.filter(run=run, state__in=["enrolled", "completed"]).count()
        waiting = Enrolment.objects.filter(run=run, state="waiting")
        assert seated <= run.seats, run.code
        if waiting.exists():
            assert seated == run.seats, run.code
            assert not waiting.filter(waiting_since=None).exists()
        if run.state in {"closed", "cancelled"}:
            assert not Enrolment.objects.filter(run=run, state__in=["enrolled", "waiting"]).exists(), run.code


def test_a_grant_is_what_was_agreed_with_whoever_ordered(demo: None) -> None:
    grants = Grant.objects.filter(enrolment__run__in=Run.objects.all()).select_related("enrolment", "agreement")
    for grant in grants:
        assert grant.agreement.organisation_id == grant.enrolment.ordered_by_id
        for name in ("attendance", "progress", "result"):
            assert getattr(grant, name) == getattr(grant.agreement, name)
        assert grant.told_at == grant.enrolment.created_at
    agreed = Organisation.objects.filter(pk__in=grants.values("agreement__organisation"))
    missing = Enrolment.objects.filter(of_crowd(), ordered_by__in=agreed, grant=None)
    assert not missing.exists()


def test_lists_are_of_lessons_that_are_over_and_of_their_own_group(demo: None) -> None:
    marks = Attendance.objects.select_related("sheet__lesson", "enrolment")
    assert not marks.filter(sheet__lesson__ends_at__gt=NOW).exists()
    assert not marks.exclude(sheet__lesson__run=F("enrolment__run")).exists()
    assert Sheet.objects.filter(submitted_at=None).count() == 1


def test_certificates_are_of_those_who_passed_and_were_there(demo: None) -> None:
    certificates = Certificate.objects.filter(of_run_of_crowd()).select_related("enrolment__run")
    assert certificates.count() > 50
    for certificate in certificates:
        lessons = Lesson.objects.filter(run=certificate.enrolment.run_id).count()
        there = Attendance.objects.filter(enrolment=certificate.enrolment_id, state="present").count()
        assert there == lessons
        assert Result.objects.get(enrolment=certificate.enrolment_id).outcome == "passed"
        assert CertificateNumber.objects.filter(number=certificate.number, revoked_at=None).exists()


def of_run_of_crowd() -> Q:
    return ~Q(enrolment__run__code__in=[run.key.upper() for run in loader.runs("kjenning")])


def test_nobody_learns_or_teaches_in_two_places_on_a_day(demo: None) -> None:
    places: dict[tuple[Any, Any], set[Any]] = defaultdict(set)
    seated = Enrolment.objects.filter(of_crowd()).exclude(state="cancelled").values_list("learner", "run")
    teaching = Run.objects.exclude(state="cancelled").values_list("teachings__trainer", "id")
    days = defaultdict(set)
    for lesson in Lesson.objects.all():
        days[lesson.run_id].add(lesson.starts_at.date())
    for person, run in [*seated, *teaching]:
        for day in days[run]:
            places[person, day].add(run)
    assert not [where for where in places.values() if len(where) > 1]


def test_cards_are_what_the_scheduler_makes_of_the_answers(demo: None) -> None:
    known = [person.email for person in loader.people("kjenning")]
    crowd = Access.objects.exclude(person__email__in=known).filter(cards__isnull=False).distinct()
    assert crowd.count() >= 30
    changed = set(Question.objects.exclude(meant_at=None).values_list("id", flat=True))
    for access in crowd.order_by("id")[:5]:
        memories: dict[Any, Any] = {}
        for answer in Answer.objects.filter(round__access=access).order_by("answered_at"):
            right = answer.outcome == "right"
            memories[answer.question_id] = review(memories.get(answer.question_id), right=right, at=answer.answered_at)
        cards = {card.question_id: card.memory for card in Card.objects.filter(access=access)}
        assert cards.keys() == memories.keys()
        for question, memory in memories.items():
            if question in changed:  # by an author, so that it is learned anew (practice.unlearning)
                memories[question] = cards[question]
                continue
            assert cards[question].stability == pytest.approx(memory.stability)
            assert cards[question].due_at == memory.due_at
        share = masteries(access.person_id, [access.bank_id], NOW)[access.bank_id]
        mean = sum(recall(each, NOW) for each in memories.values() if each.is_known) / share.questions
        assert share.share == pytest.approx(mean)


def test_practice_is_done_by_those_who_may_and_ends_with_their_seat(demo: None) -> None:
    late = Answer.objects.filter(Q(answered_at__gt=NOW) | Q(answered_at__lt=F("round__access__created_at")))
    assert not late.exclude(round__access__person__email__in=[p.email for p in loader.people("kjenning")]).exists()
    cancelled = Enrolment.objects.filter(state="cancelled").values("id")
    assert not Permit.objects.filter(because__in=cancelled, withdrawn_at=None).exists()
    for access in Access.objects.prefetch_related("permits"):
        ends = [permit.until for permit in access.permits.all() if permit.withdrawn_at is None]
        assert not ends or access.until == max(ends)


def test_notes_are_of_the_kinds_that_actions_write(demo: None) -> None:
    standing, crowd = Counter[Any](), Counter[Any]()
    ours = standing_ids()
    for note in Note.objects.iterator():
        touched = () if note.verb in ASKED else tuple(note.touched)
        about = note.subject_person is not None
        kind = (note.verb, note.thing_kind, note.actor_kind, note.actor_role, touched, about)
        (standing if note.thing_id in ours else crowd)[kind] += 1
    new = [kind for kind in crowd - Counter() if kind not in standing and not kind[1].startswith(BY_ACTIONS)]
    offers = {
        "change organisation",
        "add course",
        "set questions",
        "set modules",
        "publish course",
        "add venue",
        "add organisation",
    }
    unexplained = [
        kind
        for kind in new
        if (kind[0], kind[2], kind[3]) not in ONLY_CROWD
        and kind[0] not in offers | {"add bank", "record agreement"}
        and not kind[0].startswith(("grant role", "import", "assign trainer", "add contact"))
    ]
    assert not unexplained, unexplained


def test_mails_are_of_the_kinds_that_actions_send_and_name_their_reader(demo: None) -> None:
    known = [person.email for person in loader.people("kjenning")]
    standing = set(Message.objects.filter(to_address__in=known).values_list("kind", "cause", "secret"))
    crowd = Message.objects.exclude(to_address__in=known).exclude(by_actions())
    assert crowd.count() > 1000
    queued = Note.objects.filter(verb="queue mail").values_list("thing_id", "subject_person", "created_at")
    queued_set = set(queued)
    first_names = dict(Person.objects.values_list("id", "first_name"))
    for message in crowd:
        assert (message.kind, message.cause, message.secret) in standing
        assert (message.id, message.person, message.created_at) in queued_set
        assert NAME not in message.title + message.body
        assert str(STAND_IN) not in message.body
        assert (message.body == "") == message.secret
        assert message.secret or first_names[message.person] in message.body


def test_details_hold_what_the_course_asks(demo: None) -> None:
    for detail in Detail.objects.select_related("enrolment__run__course"):
        asked = set(detail.enrolment.run.course.questions.values_list("field", flat=True))
        filled = {name for name in ("phone", "employer_name", "birth_date", "register_number") if getattr(detail, name)}
        assert filled <= asked


def test_the_office_finds_work_and_life_today(demo: None) -> None:
    clerk = Person.objects.get(email=loader.sign_ins("kjenning")["clerk"].email)
    viewer = Viewer(clerk, frozenset({"clerk"}), second_factor=True)
    piles = {pile.key: pile.count for pile in piles_for(viewer)}
    assert {"mails", "decide", "attendance", "results", "certificates"} <= piles.keys()
    assert piles["mails"] == 3
    assert all(count <= 20 for count in piles.values()), piles
    assert len(coming_runs(viewer)) == 8
    assert Look.objects.count() > 500
    assert Enrolment.objects.filter(state="waiting", run__first_day__gt=NOW.date()).exists()
