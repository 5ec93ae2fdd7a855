"""Many questions at once: out of use, into use, and taken back; only what was changed."""

import pytest

from leerhuis.lists.models import BulkAct
from leerhuis.practice.models import Question
from leerhuis.practice.tests.factories import a_bank


@pytest.fixture
def bank(academy):
    return a_bank()


def test_questions_go_out_of_use_and_back_but_not_those_that_were_out_already(as_, cast, bank):
    author = as_(cast.trainer)
    out, used, other = Question.objects.filter(topic__bank=bank).order_by("position", "id")[:3]
    Question.objects.filter(pk=out.pk).update(state="withdrawn")
    bulk = f"/office/practice/{bank.id}/bulk/"
    rows = [str(out.id), str(used.id)]

    page = author.post(bulk, {"act": "withdraw", "row": rows})
    assert [each.row.id for each in page.context["able"]] == [used.id]
    author.post(bulk, {"act": "withdraw", "step": "do", "row": rows})
    states = dict(Question.objects.values_list("id", "state"))
    assert [states[each.id] for each in (out, used, other)] == ["withdrawn", "withdrawn", "released"]
    author.post(bulk, {"undo": str(BulkAct.objects.get().id)})

    states = dict(Question.objects.values_list("id", "state"))
    assert [states[each.id] for each in (out, used, other)] == ["withdrawn", "released", "released"]


def test_a_question_of_another_bank_is_not_touched_by_way_of_this_one(as_, cast, bank):
    other = a_bank("Other")
    question = Question.objects.filter(topic__bank=other).first()

    as_(cast.trainer).post(
        f"/office/practice/{bank.id}/bulk/", {"act": "withdraw", "step": "do", "row": [str(question.id)]}
    )

    question.refresh_from_db()
    assert question.state == "released"


def test_a_clerk_of_mails_and_a_learner_stay_out(as_, cast, bank):
    for person in (cast.learner, cast.bookkeeper):
        assert as_(person).post(f"/office/practice/{bank.id}/bulk/", {"act": "withdraw"}).status_code == 403
