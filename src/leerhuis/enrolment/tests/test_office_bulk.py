"""Many enrolments at once: cancelled with a reason, let in from the waiting list, all shown beforehand."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.models import Look
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.tests.factories import enrol, make_run
from leerhuis.mail.models import Message

LIST, BULK = "/office/enrolments/", "/office/enrolments/bulk/"


@pytest.fixture
def clerk(as_, cast):
    return as_(cast.clerk)


def enrolments(*people):
    return [str(Enrolment.objects.get(learner=person).id) for person in people]


def states(*people):
    return [Enrolment.objects.get(learner=person).state for person in people]


def test_cancelling_many_is_shown_with_its_mails_and_the_reason_stands_in_them(clerk, cast):
    run = make_run(seats=2)
    enrol(run, cast.learner)
    enrol(run, cast.colleague)
    enrol(run, cast.stranger, may_wait=True)
    before = Message.objects.count()
    said = {"act": "cancel", "row": enrolments(cast.learner, cast.colleague), "reason": "De zaal is gesloten."}

    page = clerk.post(BULK, said | {"step": "look"})

    letters = page.context["letters"]
    assert sorted(letter.name for letter in letters) == ["Coen Collega", "Lena de Leerling", "Sam Stranger"]
    assert "De zaal is gesloten." in next(each.html for each in letters if each.name == "Coen Collega")
    assert "niet ongedaan te maken" in page.content.decode()
    assert (Message.objects.count(), states(cast.learner, cast.stranger)) == (before, ["enrolled", "waiting"])

    clerk.post(BULK, said | {"step": "do"})

    assert states(cast.learner, cast.colleague, cast.stranger) == ["cancelled", "cancelled", "enrolled"]
    mail = Message.objects.get(kind__contains="enrolment_cancelled", to_name="Lena de Leerling")
    assert "De zaal is gesloten." in mail.body


def test_who_waits_is_let_in_as_far_as_there_are_seats_and_the_rest_is_told(clerk, cast):
    run = make_run(seats=1)
    enrol(run, cast.learner)
    enrol(run, cast.colleague, may_wait=True)
    run.seats = 2
    run.save()

    page = clerk.post(BULK, {"act": "let_in", "row": enrolments(cast.learner, cast.colleague)})
    assert [each.name for each in page.context["able"]] == ["Coen Collega"]
    assert [each.name for each in page.context["unable"]] == ["Lena de Leerling"]

    told = clerk.post(
        BULK, {"act": "let_in", "step": "do", "row": enrolments(cast.learner, cast.colleague)}, follow=True
    )
    assert states(cast.colleague) == ["enrolled"]
    assert "Lena de Leerling:" in told.content.decode()


def test_the_preview_is_a_look_at_each_of_them(clerk, cast):
    enrol(make_run(), cast.learner)

    clerk.post(BULK, {"act": "cancel", "row": enrolments(cast.learner)})

    assert list(Look.objects.values_list("subject_person", "screen")) == [(cast.learner.id, "enrolment_office_bulk")]


@pytest.mark.parametrize("who", ["learner", "contact", "trainer", "bookkeeper", "stranger"])
def test_nobody_else_cancels_at_once(as_, cast, who):
    enrol(make_run(), cast.learner)

    answer = as_(getattr(cast, who)).post(BULK, {"act": "cancel", "step": "do", "row": enrolments(cast.learner)})

    assert (answer.status_code, states(cast.learner)) == (403, ["enrolled"])


def test_one_row_and_three_take_the_same_queries(clerk, cast):
    run = make_run(seats=9)
    enrol(run, cast.learner)
    clerk.get(LIST)
    counts = []
    for more in ((), (cast.colleague, cast.stranger)):
        for person in more:
            enrol(run, person)
        with CaptureQueriesContext(connection) as asked:
            clerk.get(LIST)
        counts.append(len([query for query in asked if "enrolment" in query["sql"] or "saved_view" in query["sql"]]))
    assert counts == [4, 4]  # rows, their number, the views, the look
