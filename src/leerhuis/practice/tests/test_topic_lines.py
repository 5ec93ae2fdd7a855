"""The line of one topic over time, its way to the exam, and one's own charts as files. For oneself alone."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest
from django.utils.translation import override

from leerhuis.base import clock
from leerhuis.practice.actions.content import change_question
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.rounds import end_round, start_round
from leerhuis.practice.charts import Ahead, line_chart
from leerhuis.practice.models import Access, Bank, Question, Round
from leerhuis.practice.queries import draft_of, open_bank
from leerhuis.practice.standing import line_of
from leerhuis.practice.tests.counting import own_queries
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question
from leerhuis.practice.topic_lines import line_of_topic

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
EXAM = date(2027, 1, 24)


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW), override("en"):
        yield


def a_bank_of(cast, topics: int, each: int) -> tuple[Bank, Access]:
    bank = a_bank(text=many_questions(topics, each))
    return bank, access_for(cast.learner, bank, days=100)


def practise(cast, bank: Bank, *, days_ago: float, wrong: tuple[str, ...] = (), count: int = 99) -> Round:
    with clock.at(NOW - timedelta(days=days_ago)):
        current = start_round(cast.learner, bank, by=AUTHOR)
        for title in list(Question.objects.filter(pk__in=current.order).values_list("title", flat=True))[:count]:
            answer(current, title, "false" if title in wrong else "true")
        end_round(current, by=AUTHOR)
    return current


def topic_of(cast, bank: Bank, title: str):
    return next(each for each in open_bank(cast.learner, bank.id).mastery.topics if each.title == title)


def test_of_a_bank_with_one_topic_the_line_says_what_was_said_at_the_time(cast):
    bank, access = a_bank_of(cast, 1, 6)
    for days_ago in (40, 33, 20, 19.5, 6, 2):
        practise(cast, bank, days_ago=days_ago, wrong=("0.1",) if days_ago in (33, 6) else ())
    at_the_time = dict(line_of(access, topic_of(cast, bank, "Topic 0").percent))
    computed = line_of_topic(access, topic_of(cast, bank, "Topic 0"))
    assert computed[0] == (NOW - timedelta(days=40), 0)
    later = computed[1:]
    assert [at for at, _ in later] == [at for at in at_the_time if at > NOW - timedelta(days=40)]
    assert len(later) == 6
    assert [percent for _, percent in later] == pytest.approx([at_the_time[at] for at, _ in later], abs=1)


def test_a_topic_that_was_not_met_has_no_line_and_others_do_not_count(cast):
    bank, access = a_bank_of(cast, 2, 3)
    with clock.at(NOW - timedelta(days=5)):
        current = start_round(cast.learner, bank, topic=question(bank, "0.0").topic_id, by=AUTHOR)
        answer(current, question(bank, "0.0").title, "true")
        end_round(current, by=AUTHOR)
    practise(cast, bank, days_ago=3, count=0)
    assert line_of_topic(access, topic_of(cast, bank, "Topic 1")) == [(NOW, 0)]
    met = line_of_topic(access, topic_of(cast, bank, "Topic 0"))
    assert [percent for _, percent in met] == pytest.approx([0, 32, topic_of(cast, bank, "Topic 0").percent], abs=2)


def test_what_came_to_mean_something_else_is_not_known_from_then_on(cast):
    bank, access = a_bank_of(cast, 1, 2)
    practise(cast, bank, days_ago=9)
    practise(cast, bank, days_ago=5, count=0)
    changed = question(bank, "0.0")
    with clock.at(NOW - timedelta(days=4)):
        draft = draft_of(changed)
        said = replace(draft.stem, text="Something else now")
        change_question(changed, replace(draft, stem=said), version=1, means_else=True, by=AUTHOR)
    practise(cast, bank, days_ago=3, count=0)
    percents = [percent for _, percent in line_of_topic(access, topic_of(cast, bank, "Topic 0"))]
    assert percents[1] > 80
    assert percents[2] == pytest.approx(percents[1] / 2, abs=3)
    assert percents[3] == topic_of(cast, bank, "Topic 0").percent


def test_the_line_leads_on_to_the_exam_and_shows_how_it_may_fall_out():
    drawn = line_chart([(NOW - timedelta(days=10), 0), (NOW, 100)], Ahead(NOW + timedelta(days=10), 50, 25, 75))
    assert drawn is not None
    assert drawn.expected is not None
    assert drawn.points == "36.0,138.0 193.0,10.0"
    assert drawn.expected.points == "193.0,10.0 350.0,74.0"
    assert (drawn.expected.low, drawn.expected.high) == (106.0, 42.0)
    assert line_chart([(NOW, 5)]) is None
    assert line_chart([(NOW, 5)], Ahead(NOW + timedelta(days=10), 5, 0, 9)) is not None


def test_the_page_draws_each_topic_with_its_own_way_to_the_exam(as_, cast):
    bank, access = a_bank_of(cast, 2, 3)
    practise(cast, bank, days_ago=8)
    set_goal(access, exam_on=EXAM, retention=0.9, minutes=5, by=AUTHOR)
    client = as_(cast.learner)
    client.cookies["leerhuis_language"] = "en"
    at = f"/practice/{bank.id}/"
    topic = topic_of(cast, bank, "Topic 1")
    page = client.get(at, {"topic": str(topic.topic_id)})
    told = " ".join(page.content.decode().split())
    assert page.context["line"][0][1] == topic.percent
    assert f"your exam on 24 January 2027: {topic.exam.percent} % if you stop now, between {topic.exam.low}" in told
    assert page.context["ahead"].percent == topic.exam.percent
    whole = client.get(at).context
    assert whole["ahead"].percent == whole["open"].mastery.exam.percent
    assert client.get(at, {"topic": "none"}).status_code == 404


def test_both_charts_can_be_taken_along_as_picture_and_figures_by_oneself_alone(as_, cast):
    bank, access = a_bank_of(cast, 2, 3)
    practise(cast, bank, days_ago=8)
    set_goal(access, exam_on=EXAM, retention=0.9, minutes=5, by=AUTHOR)
    client, at = as_(cast.learner), f"/practice/{bank.id}/"
    topic = topic_of(cast, bank, "Topic 0")
    for asked in ({"picture": "line"}, {"picture": "line", "topic": str(topic.topic_id)}, {"picture": "days"}):
        picture = client.get(at, asked)
        assert (picture.status_code, picture["Content-Type"]) == (200, "image/svg+xml")
        assert picture["Content-Disposition"].endswith('.svg"')
        drawn = ET.fromstring(picture.content)
        assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
        assert "<style>" in picture.content.decode()
    line = client.get(at, {"table": "line", "export": "csv", "topic": str(topic.topic_id)}).content.decode("utf-8-sig")
    assert line.splitlines()[1] == "2027-01-06 13:00,0,,"
    assert line.splitlines()[-1] == f"2027-01-24,{topic.exam.percent},{topic.exam.low},{topic.exam.high}"
    days = client.get(at, {"table": "days", "export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(days) == 1 + 11 * 7 + 4
    assert "2027-01-06,6" in days
    for person in (cast.stranger, cast.trainer):
        assert as_(person).get(at, {"picture": "line"}).status_code == 404


def test_the_line_of_a_topic_takes_as_many_queries_for_three_questions_as_for_one(as_, cast):
    bank, _access = a_bank_of(cast, 2, 3)
    client, at = as_(cast.learner), f"/practice/{bank.id}/"
    practise(cast, bank, days_ago=8, count=1)
    asked = {"topic": str(open_bank(cast.learner, bank.id).mastery.topics[0].topic_id)}
    client.get(at, asked)
    one = own_queries(client, f"{at}?topic={asked['topic']}")
    practise(cast, bank, days_ago=6)
    assert own_queries(client, f"{at}?topic={asked['topic']}") == one
