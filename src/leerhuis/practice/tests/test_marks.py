"""Bookmarks, what is wrong with a question, and days of practice, as an app sees and sets them."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.practice.actions.sources import add_source
from leerhuis.practice.models import Answer, Bookmark, Question
from leerhuis.practice.tests.calling import App, said
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, many_questions

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(2, 4))


@pytest.fixture
def app(academy, cast, bank):
    with clock.at(NOW - timedelta(days=20)):
        access_for(cast.learner, bank, days=50)
    return App(academy, cast.learner, bank)


@pytest.fixture
def asked(bank):
    return Question.objects.filter(topic__bank=bank).first()


def test_a_question_is_kept_once_told_with_the_round_and_let_go(app, asked):
    mark = f"{app.bank}bookmarks/{asked.id}"
    assert [app.put(mark, {}).status_code for _ in range(2)] == [204, 204]
    assert app.get(f"{app.bank}bookmarks").json() == [{"question": str(asked.id), "since": "2027-01-14T12:00:00Z"}]
    told = {each["id"]: each["bookmarked"] for each in app.get(f"{app.bank}round").json()["questions"]}
    assert [id for id, kept in told.items() if kept] == [str(asked.id)]
    assert [app.delete(mark).status_code for _ in range(2)] == [204, 204]
    assert app.get(f"{app.bank}bookmarks").json() == []
    assert [n.verb for n in Note.objects.order_by("id") if "bookmark" in n.verb] == [
        "bookmark question", "let go of bookmark",
    ]  # fmt: skip


def test_only_what_is_in_use_in_ones_own_bank_is_kept(academy, cast, app, asked):
    other = a_bank(title="Andere", text=many_questions(1, 1))
    foreign = Question.objects.get(topic__bank=other)
    assert app.put(f"{app.bank}bookmarks/{foreign.id}", {}).status_code == 404
    Question.objects.filter(pk=asked.pk).update(state=Question.State.WITHDRAWN)
    assert app.put(f"{app.bank}bookmarks/{asked.id}", {}).status_code == 404
    for person in (cast.colleague, cast.stranger):
        elsewhere = App(academy, person, other)
        assert elsewhere.put(f"{app.bank}bookmarks/{asked.id}", {}).status_code == 404
        assert elsewhere.get(f"{app.bank}bookmarks").status_code == 404
    assert not Bookmark.objects.exists()


def test_a_bookmark_of_a_withdrawn_question_is_not_told(app, asked):
    app.put(f"{app.bank}bookmarks/{asked.id}", {})
    Question.objects.filter(pk=asked.pk).update(state=Question.State.WITHDRAWN)
    assert app.get(f"{app.bank}bookmarks").json() == []


def test_what_is_wrong_with_a_question_is_told_at_the_latest_answer_to_it(app, asked):
    trouble = f"{app.bank}troubles/{asked.id}"
    refused = app.put(trouble, {"trouble": "typo"})
    assert (refused.status_code, Answer.objects.count()) == (409, 0)
    app.bring(said(asked, at=NOW - timedelta(days=3)), said(asked, at=NOW - timedelta(hours=1)))
    assert app.put(trouble, {"trouble": "typo"}).status_code == 204
    assert app.put(trouble, {"trouble": "old"}).status_code == 204
    assert app.put(trouble, {"trouble": "boring"}).status_code == 422
    latest, earlier = Answer.objects.order_by("-answered_at")
    assert (latest.trouble, latest.told_at, earlier.trouble) == ("old", NOW, "")


def test_days_of_practice_are_those_of_the_academy_and_of_nobody_else(academy, cast, app, asked, bank):
    late_evening = datetime(2027, 1, 10, 23, 30, tzinfo=UTC)  # in Amsterdam it is the 11th
    app.bring(said(asked, at=late_evening), said(asked, at=NOW), said(asked, at=NOW - timedelta(hours=2)))
    assert app.get("days").json() == {"today": "2027-01-14", "days": ["2027-01-11", "2027-01-14"]}
    assert App(academy, cast.stranger, bank).get("days").json()["days"] == []


def test_a_question_tells_the_source_that_it_rests_on(app, asked):
    source = add_source(name="AVG, artikel 33", address="https://wet.example/33", valid_until=None, by=AUTHOR)
    source.changed_on = date(2026, 12, 1)
    source.save()
    Question.objects.filter(pk=asked.pk).update(rests_on=source)
    told = {each["id"]: each["source"] for each in app.get(f"{app.bank}round").json()["questions"]}
    assert told.pop(str(asked.id)) == {
        "name": "AVG, artikel 33", "address": "https://wet.example/33", "changed_on": "2026-12-01", "valid_until": None,
        "as_of": asked.created_at.astimezone(clock.zone()).date().isoformat(),
    }  # fmt: skip
    assert set(told.values()) == {None}


def test_a_round_says_by_what_it_was_paced(app, asked):
    app.put(f"{app.bank}goal", {"exam_on": "2027-01-20", "retention": 0.9, "minutes": 3})
    app.bring(said(asked))
    told = app.get(f"{app.bank}round").json()
    paced = ("zone", "minutes", "seconds_each", "exam_on", "planned_on", "unseen", "met_today", "refreshed_today")
    assert [told[name] for name in paced] == [
        "Europe/Amsterdam", 3, 20.0, "2027-01-20", "2027-01-14", 7, 1, 0,
    ]  # fmt: skip
    (bank,) = app.get("banks").json()
    assert (bank["usual"], bank["minutes"]) == (9, 1)
