"""The office's day: each thing that needs a person stands there until it is done, and only for who may do it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.base import clock
from leerhuis.catalogue.models import AskedField, Lesson, Run, Teaching, Venue
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.mail.models import Message
from leerhuis.people.actions import grant_role
from leerhuis.people.models import Person
from leerhuis.portal.desk import COUNTED, SHOWN, piles_for
from leerhuis.portal.tests.test_search import viewer
from leerhuis.practice.actions.content import import_bank, settle_reports
from leerhuis.practice.models import Access, Answer, Bank, Question, Round
from leerhuis.privacy.actions import answer_complaint, change_firm, receive_complaint, record_appeal
from leerhuis.privacy.models import Firm, RetentionRun
from leerhuis.results.actions import give_result, issue_certificate
from leerhuis.results.tests.factories import (
    DAY,
    MORNING,
    attend,
    days_after,
    enrol,
    make_group,
    make_run,
    make_venue,
)
from leerhuis.ui.tones import Tone
from tests.cast import add_person

BY = Actor.operator()


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(MORNING):
        yield


def piles(person):
    """Return what needs somebody, as titles by kind; suppliers have a test of their own."""
    return {
        pile.key: [todo.title for todo in pile.todos] for pile in piles_for(viewer(person)) if pile.key != "suppliers"
    }


def run_in(days, cast, **values):
    facts = {
        "state": Run.State.CONFIRMED,
        "venue": None if values.pop("nowhere", False) else Venue.objects.first() or make_venue(),
    }
    return make_run(DAY + timedelta(days=days), trainer=cast.trainer, **{**facts, **values})


def test_a_run_without_a_trainer_or_a_place_needs_a_person_until_it_has_them(cast):
    run = run_in(10, cast, nowhere=True)
    Teaching.objects.all().delete()
    assert piles(cast.planner) == {"trainers": [run.course.title], "places": [run.course.title]}
    Teaching.objects.create(run=run, trainer=cast.trainer)
    Lesson.objects.update(online_link="https://meet.example/1")
    assert piles(cast.planner) == {}


def test_a_run_that_is_not_certain_needs_a_decision_in_its_last_four_weeks(cast):
    run = run_in(28, cast, state=Run.State.OPEN)
    (pile,) = piles_for(viewer(cast.planner))
    (todo,) = pile.todos
    assert (pile.key, todo.word, todo.url) == ("decide", "nog 2 nodig", f"/office/runs/{run.id}/")
    for person in (cast.learner, cast.colleague):
        enrol(run, person)
    ((todo,),) = [pile.todos for pile in piles_for(viewer(cast.planner))]
    assert (todo.word, todo.url) == ("kan doorgaan", f"/office/runs/{run.id}/confirm/")
    Run.objects.update(state=Run.State.CONFIRMED)
    assert piles(cast.planner) == {}


def test_what_follows_a_lesson_stands_there_step_by_step(cast):
    group = make_group(cast.learner, trainer=cast.trainer)
    title = group.run.course.title
    with clock.at(days_after(1)):
        assert piles(cast.clerk) == {"attendance": [title], "results": [title]}
        attend(group, cast.trainer)
        assert piles(cast.clerk) == {"results": [title]}
        group.enrolments[0].refresh_from_db()
        give_result(group.enrolments[0], "passed", by=Actor.person(cast.clerk.id, "clerk"))
        assert piles(cast.clerk) == {"certificates": [title]}
        issue_certificate(group.enrolments[0], by=Actor.person(cast.clerk.id, "clerk"))
        assert piles(cast.clerk) == {}


def test_somebody_who_waits_while_a_seat_is_free_is_let_in_by_a_person(cast):
    run = run_in(5, cast)
    enrolment = enrol(run, cast.learner, state=Enrolment.State.WAITING, waiting_since=clock.now())
    assert piles(cast.clerk) == {"waiting": [run.course.title]}
    Enrolment.objects.filter(pk=enrolment.pk).update(state=Enrolment.State.ENROLLED, waiting_since=None)
    assert piles(cast.clerk) == {}


def test_a_registration_that_lacks_what_the_course_must_know_is_checked(cast):
    run = run_in(5, cast)
    enrolment = enrol(run, cast.learner)
    assert piles(cast.clerk) == {}
    AskedField.objects.create(course=run.course, field="phone", reason_nl="x", reason_en="x", required=True)
    assert piles(cast.clerk) == {"details": ["Lena de Leerling"]}
    Detail.objects.create(enrolment=enrolment, phone="0612345678")
    assert piles(cast.clerk) == {}


def test_a_mail_that_did_not_arrive_needs_a_person(cast):
    Message.objects.create(
        kind="x.y",
        cause="X",
        to_name="A",
        to_address="a@people.example",
        language="nl",
        title="Uw plaats",
        body="",
        try_after=clock.now(),
        state=Message.State.FAILED,
        person=cast.learner.id,
    )
    assert piles(cast.clerk) == {"mails": ["Uw plaats"]}


def test_who_was_invited_to_work_here_and_stays_silent_is_invited_again(cast):
    silent = add_person("Nina", "Nieuw")
    Person.objects.filter(pk=silent.pk).update(state="invited", created_at=days_after(-8))
    assert piles(cast.admin) == {}
    grant_role(silent, "trainer", by=BY)
    assert piles(cast.admin) == {"invitations": ["Nina Nieuw"]}


def test_a_supplier_of_whom_something_is_missing_is_told_to_who_keeps_the_register(cast):
    def lacking(person):
        return [(todo.title, todo.url) for pile in piles_for(person) if pile.key == "suppliers" for todo in pile.todos]

    Firm.objects.exclude(name="Knab").delete()
    knab = Firm.objects.get()
    told = [("Knab", f"/office/privacy/suppliers/{knab.id}/")]
    everybody = {who: lacking(viewer(person)) for who, person in cast.everyone.items()}
    assert everybody == {who: told if who in {"admin", "officer"} else [] for who in cast.everyone}

    change_firm(knab, agreement_since=DAY, by=BY)
    assert lacking(viewer(cast.admin)) == []


def test_an_open_complaint_stands_in_the_day_of_the_stewards_until_it_is_closed(cast, as_):
    said = {"name": "Vera", "address": "vera@elders.example", "told": "Te koud.", "subject_of": "training"}
    complaint = receive_complaint(**said, channel="phone", received_at=days_after(-60), by=BY)
    told = {who: piles(person).get("complaints") for who, person in cast.everyone.items()}
    assert told == {
        who: ["Een opleiding of een lesdag"] if who in {"admin", "officer"} else None for who in cast.everyone
    }
    ((todo,),) = [pile.todos for pile in piles_for(viewer(cast.admin)) if pile.key == "complaints"]
    assert (todo.url, todo.tone) == (f"/office/complaints/{complaint.id}/", Tone.BAD)
    page = as_(cast.officer).get("/office/privacy/").content.decode()
    assert f'href="{todo.url}"' in page
    assert "Vera" not in page
    answer_complaint(complaint, outcome="settled", body="Opgelost.", by=BY)
    assert piles(cast.admin) == {}
    record_appeal(complaint, by=BY)
    assert list(piles(cast.admin)) == ["complaints"]


def test_a_night_that_waits_for_agreement_stands_in_the_day_of_the_stewards(cast):
    run = RetentionRun.objects.create(state="asks", why="many")
    assert {who for who, person in cast.everyone.items() if "nights" in piles(person)} == {"admin", "officer"}
    RetentionRun.objects.filter(pk=run.pk).update(state="done")
    assert piles(cast.admin) == {}


def test_what_learners_report_of_questions_is_told_to_authors_until_they_looked(cast):
    bank = Bank.objects.create(title="CC")
    import_bank(bank, "::Een::Water is nat. {T}", source="vragen.gift", by=BY)
    question = Question.objects.get()
    access = Access.objects.create(person=cast.learner, bank=bank, until=days_after(90))
    sitting = Round.objects.create(access=access, order=[question.id])
    Answer.objects.create(
        round=sitting, question=question, question_version=1, key=sitting.id, given="", outcome="right",
        answered_at=clock.now(), trouble="wrong", told_at=clock.now() - timedelta(days=1),
    )  # fmt: skip
    assert piles(cast.clerk) == {"reported": ["CC"]}
    assert piles(cast.learner) == {}
    Bank.objects.update(named_only=True)
    assert piles(cast.clerk) == {}
    Bank.objects.update(named_only=False)
    with clock.at(MORNING + timedelta(minutes=1)):
        settle_reports(question, by=BY)
    assert piles(cast.clerk) == {}


OUTSIDE = {"bookkeeper": (200, []), "officer": (302, None)}  # an empty day, and a day that begins with privacy


@pytest.mark.parametrize("who", ["bookkeeper", "officer", "trainer", "contact", "learner", "stranger"])
def test_nobody_else_gets_anything_of_it(cast, as_, who):
    enrol(run_in(5, cast, state=Run.State.OPEN, nowhere=True), cast.learner)
    assert piles(cast.everyone[who]) == {}
    answer = as_(cast.everyone[who]).get("/office/")
    assert (answer.status_code, answer.context and answer.context.get("piles")) == OUTSIDE.get(who, (403, None))


def test_the_day_takes_as_many_queries_for_three_as_for_one(cast):
    counts = []
    for _ in range(3):
        enrol(run_in(5, cast, state=Run.State.OPEN, nowhere=True), cast.learner)
        with CaptureQueriesContext(connection) as asked:
            piles_for(viewer(cast.clerk))
        counts.append(len(asked))
    assert counts == [14, 14, 14]


def test_the_first_few_are_shown_and_the_others_counted(cast, as_):
    for number in range(SHOWN + 2):
        run_in(number + 1, cast, state=Run.State.OPEN)
    (pile,) = piles_for(viewer(cast.clerk))
    assert (len(pile.todos), pile.more, pile.count_words) == (SHOWN, 2, str(SHOWN + 2))
    assert COUNTED > SHOWN
    page = as_(cast.clerk).get("/office/").content.decode()
    assert "en nog 2" in page


def test_people_on_the_page_were_looked_at(cast, as_):
    run = run_in(5, cast)
    enrol(run, cast.learner)
    AskedField.objects.create(course=run.course, field="phone", reason_nl="x", reason_en="x", required=True)
    as_(cast.clerk).get("/office/")
    assert list(Look.objects.values_list("subject_person", "screen")) == [(cast.learner.id, "portal_office_today")]
