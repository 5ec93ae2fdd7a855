"""The API of practice: what an app gets and brings, one's own and nobody else's."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.models import Answer, Card, Goal, Question, Round
from leerhuis.practice.queries import mastery_of
from leerhuis.practice.scheduling import recall
from leerhuis.practice.tests.calling import AT, App, said
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(3, 10))


@pytest.fixture
def access(cast, bank):
    return access_for(cast.learner, bank)


@pytest.fixture
def app(academy, cast, access):
    return App(academy, cast.learner)


def test_smoke(app, bank):
    print(app.get("banks").content)
    r = app.get(f"banks/{bank.id}/round", size=3)
    print(r.content[:3000])
    q = Question.objects.first()
    print(app.send(said(q)).content)
    print(app.get(f"banks/{bank.id}/mastery").content)
    print(app.get("goals").content, app.get(f"banks/{bank.id}/goal").content)
    print(app.put(f"banks/{bank.id}/goal", {"retention": 0.8, "exam_on": "2027-03-01"}).content)
    print(app.put(f"banks/{bank.id}/goal", {"retention": 0.8, "exam_on": "2020-03-01"}).content)
    print(app.delete(f"banks/{bank.id}/goal").status_code)
    print(app.get(f"banks/{bank.id}/round", size=300).content)
    print(app.client.get("/api/v1/nothing").content)
    print(app.client.post(AT + "answers", {"a": "b"}).content)
    print(app.client.delete(AT + "answers").content)
    print(app.client.get("/api/v1/openapi.json").content[:3000])
    assert 0
