"""The pages of a learner's goal and standing: for themselves alone, in words, without scripts."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.actions.rounds import end_round, start_round
from leerhuis.practice.charts import line_chart
from leerhuis.practice.models import Access, Answer, Card, Goal, Question, Round
from leerhuis.practice.queries import open_bank
from leerhuis.practice.standing import Step, calendar_of, line_of, next_due, next_step, past_rounds, weakest_topics
from leerhuis.practice.tests.counting import own_queries
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)  # a Thursday
TODAY = date(2027, 1, 14)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank(text=many_questions(3, 6))


@pytest.fixture
def access(cast, bank) -> Access:
    return access_for(cast.learner, bank, days=100)


@pytest.fixture
def browse(as_):
    """Return a browser that reads English."""

    def signed_in(person):
        client = as_(person)
        client.cookies["leerhuis_language"] = "en"
        return client

    return signed_in


@pytest.fixture
def learner(cast, access, browse):
    return browse(cast.learner)


def words(response) -> str:
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def practise(cast, bank, *, days_ago: float, given: str = "true", count: int = 3) -> Round:
    with clock.at(NOW - timedelta(days=days_ago)):
        current = start_round(cast.learner, bank, by=AUTHOR)
        for title in list(Question.objects.filter(pk__in=current.order).values_list("title", flat=True))[:count]:
            answer(current, title, given)
        end_round(current, by=AUTHOR)
    return current


def save(client, bank, **said):
    return client.post(f"/practice/{bank.id}/goal/", {"exam_on": "", "retention": "90", "minutes": "4", **said})


def test_a_goal_is_set_on_its_page_and_the_next_page_goes_by_it(learner, bank, access):
    page = learner.get(f"/practice/{bank.id}/goal/")
    assert 'value="90"' in page.content.decode()
    response = save(learner, bank, exam_on="2027-02-14", retention="85", minutes="6")
    assert (response.status_code, response.url) == (302, f"/practice/{bank.id}/")
    goal = Goal.objects.get()
    assert (goal.exam_on, goal.planned_on, goal.retention, goal.minutes) == (date(2027, 2, 14), TODAY, 0.85, 6)
    said = words(learner.get(response.url))
    assert "On your exam on 14 February 2027: 0 %, if you stop now (between 0 and 0 %)." in said
    assert "With 1 round today you are on course for your exam." in said
    assert 'value="2027-02-14"' in learner.get(f"/practice/{bank.id}/goal/").content.decode()


@pytest.mark.parametrize(
    "said",
    [{"retention": "69"}, {"retention": "98"}, {"minutes": "12"}, {"exam_on": "2027-01-13"}, {"exam_on": "soon"}],
)
def test_what_cannot_be_wished_is_said_and_keeps_what_was_typed(learner, bank, said):
    page = save(learner, bank, **{"retention": "88", **said})
    assert page.status_code == 200
    assert "is-invalid" in page.content.decode()
    assert Goal.objects.count() == 0


def test_the_same_form_sent_twice_has_one_effect(learner, bank):
    for _ in range(2):
        save(learner, bank, retention="80", request_key="a-key-of-this-page-0001")
    assert Goal.objects.count() == 1


def test_an_exam_that_is_over_is_not_shown_again(learner, bank, access):
    set_goal(access, exam_on=TODAY, retention=0.9, minutes=4, by=AUTHOR)
    with clock.at(NOW + timedelta(days=1)):
        assert "2027-01-14" not in learner.get(f"/practice/{bank.id}/goal/").content.decode()
        assert "exam on" not in words(learner.get(f"/practice/{bank.id}/"))
        assert "exam on" not in words(learner.get("/practice/"))


def test_the_standing_before_the_first_round_says_what_to_do(learner, bank):
    page = learner.get(f"/practice/{bank.id}/")
    said = words(page)
    for part in ("Now you are expected to know 0 %.", "12 questions", "Begin", "You have not finished a round yet."):
        assert part in said
    assert f'action="/practice/{bank.id}/begin/"' in page.content.decode()


def test_the_standing_shows_the_line_with_its_table_the_days_and_the_rounds(cast, learner, bank):
    practise(cast, bank, days_ago=9)
    practise(cast, bank, days_ago=2, given="false", count=2)
    page = learner.get(f"/practice/{bank.id}/")
    said, html = words(page), page.content.decode()
    for part in ("3 of 3 right", "0 of 2 right", "Least known now", "Twelve weeks of practice", "The same as a table"):
        assert part in said
    assert re.search(r'<svg\s+class="line-chart"[^>]*\srole="img"\s+aria-labelledby="line-words"', html)
    assert "Mastery from 5 January 2027 to 14 January 2027, now" in said
    assert len(re.findall(r"<tr>\s*<td>", html.split("The same as a table")[1].split("</table>")[0])) == 3
    assert "style=" not in html.split("<main")[1]


@pytest.mark.parametrize(("language", "words"), [("en", "6 minutes"), ("nl", "6 minuten")])
def test_how_long_a_round_takes_is_told_in_the_language_of_the_page(learner, bank, access, language, words):
    learner.cookies["leerhuis_language"] = language
    assert words in learner.get(f"/practice/{bank.id}/goal/").content.decode()


def test_nobody_else_sees_or_sets_a_goal_or_sees_the_standing(cast, bank, access, browse):
    for person in (cast.colleague, cast.contact, cast.trainer, cast.clerk, cast.admin, cast.officer, cast.stranger):
        other = browse(person)
        assert other.get(f"/practice/{bank.id}/").status_code == 404
        assert other.get(f"/practice/{bank.id}/goal/").status_code == 404
        assert save(other, bank).status_code == 404
    assert Goal.objects.count() == 0


def test_the_answer_can_be_shown_first_without_a_script_and_with(learner, bank, access):
    round_url = learner.post(f"/practice/{bank.id}/begin/").url
    page = learner.get(round_url)
    assert "Show me the answer first" in words(page)
    assert "You have not met this question yet." in words(page)
    first, second = Round.objects.get().order[:2]
    response = learner.post(f"{round_url}{first}/show/", {"key": str(uuid7())})
    assert response.url == f"{round_url}?after={first}"
    for shown in (
        learner.get(response.url),
        learner.post(f"{round_url}{second}/show/", {"key": str(uuid7())}, headers=HTMX),
    ):
        said = words(shown)
        assert "This is the answer" in said
        assert "Right answer" in said
        assert "This question comes back in your next round." in said
        assert "Your answer" not in said
    assert list(Answer.objects.values_list("outcome", flat=True)) == ["shown", "shown"]
    learner.post(f"{round_url}stop/")
    end = words(learner.get(round_url))
    assert "You looked at the answers to 2 questions first." in end
    assert "0 of 0" not in end


def test_every_kind_can_be_shown_first(cast, browse):
    six = a_bank(title="Six")
    access_for(cast.learner, six)
    client = browse(cast.learner)
    round_url = client.post(f"/practice/{six.id}/begin/").url
    told = {
        "Single": "AVG",
        "Several": "health",
        "Typed": "AP",
        "Number": "4",
        "Pairs": "works for",
        "Statement": "True",
    }
    for title, words_of_it in told.items():
        page = client.post(f"{round_url}{question(six, title).id}/show/", {"key": str(uuid7())}, headers=HTMX)
        assert words_of_it in words(page)
        assert "You chose" not in words(page)


def test_a_question_met_before_says_why_and_is_not_shown_first(cast, learner, bank):
    practise(cast, bank, days_ago=9, count=1)
    round_url = learner.post(f"/practice/{bank.id}/begin/").url
    said = words(learner.get(round_url))
    assert "You had this question right 9 days ago. We expect that you still know it now with a chance of" in said
    assert "Show me the answer first" not in said


def test_whoever_was_away_is_welcomed_without_a_number(cast, learner, access):
    for each in Question.objects.filter(topic__bank=access.bank):
        Card.objects.create(
            access=access, question=each, stability=3, difficulty=5, state=2,
            last_review=NOW - timedelta(days=40), due_at=NOW - timedelta(days=37),
        )  # fmt: skip
    set_goal(access, exam_on=None, retention=0.9, minutes=3, by=AUTHOR)
    Answer.objects.all().delete()
    Card.objects.update(last_review=NOW - timedelta(days=40))
    said = words(learner.get("/practice/"))
    assert "to repeat" in said  # two rounds: nothing special
    more = a_bank(title="More", text=many_questions(2, 30))
    other = access_for(cast.learner, more)
    for each in Question.objects.filter(topic__bank=more):
        Card.objects.create(
            access=other, question=each, stability=3, difficulty=5, state=2,
            last_review=NOW - timedelta(days=40), due_at=NOW - timedelta(days=37),
        )  # fmt: skip
    said = words(learner.get("/practice/")).split("More", 1)[1]
    assert "You were away for a while. We begin with what counts most." in said
    assert "60" not in said.split("Topic 1")[0].split("Begin")[0]
    assert "30 to repeat" not in said


def test_the_next_step_follows_from_what_waits(cast, bank, access):
    def step():
        return next_step(open_bank(cast.learner, bank.id))

    assert (step(), next_due(access)) == (Step.PRACTISE, None)
    current = start_round(cast.learner, bank, by=Actor.person(cast.learner.id))
    assert step() is Step.GO_ON
    end_round(current, by=AUTHOR)
    practise(cast, bank, days_ago=0, count=12)
    practise(cast, bank, days_ago=0, count=12)
    assert (step(), next_due(access)) == (Step.REST, date(2027, 1, 16))
    Question.objects.filter(topic__bank=bank).update(state=Question.State.WITHDRAWN)
    assert step() is Step.NOTHING


def test_the_calendar_counts_the_answers_of_each_day_of_twelve_weeks(cast, bank, access):
    practise(cast, bank, days_ago=9)
    practise(cast, bank, days_ago=0, count=7)
    rows = calendar_of(access)
    assert [len(row) for row in rows] == [12] * 7
    assert (rows[0][0].date, rows[6][11].date) == (date(2026, 10, 26), date(2027, 1, 17))
    counted = {day.date: (day.answers, day.level) for row in rows for day in row if day.answers}
    assert counted == {date(2027, 1, 5): (3, 1), TODAY: (7, 2)}
    assert [day.date for row in rows for day in row if day.is_future] == [TODAY + timedelta(days=n) for n in (1, 2, 3)]


def test_the_line_begins_with_the_first_round_and_ends_now(cast, bank, access):
    practise(cast, bank, days_ago=9)
    practise(cast, bank, days_ago=2)
    line = line_of(access, 31)
    assert [at for at, _ in line] == [NOW - timedelta(days=9), NOW - timedelta(days=2), NOW]
    assert (line[0][1], line[-1][1]) == (0, 31)
    assert 0 < line[1][1] <= 17
    drawn = line_chart([(NOW - timedelta(days=10), 0), (NOW - timedelta(days=5), 50), (NOW, 100)])
    assert drawn is not None
    assert drawn.points == "36.0,138.0 193.0,74.0 350.0,10.0"
    assert line_chart(line[:1]) is None


def test_rounds_without_an_answer_are_no_history(cast, bank, access):
    practise(cast, bank, days_ago=3, count=0)
    practise(cast, bank, days_ago=1, count=2)
    (only,) = past_rounds(access)
    assert (only.began_at, only.asked, only.right, only.shown) == (NOW - timedelta(days=1), 2, 2, 0)


def test_the_weakest_topics_are_named_where_there_are_others(cast, bank, access):
    practise(cast, bank, days_ago=1, count=12)
    opened = open_bank(cast.learner, bank.id)
    weakest = weakest_topics(opened)
    assert len(weakest) == 2
    assert max(topic.percent for topic in weakest) <= max(topic.percent for topic in opened.mastery.topics)
    assert weakest_topics(type(opened)(opened.access, type(opened.mastery)(), opened.load, None)) == []


@pytest.mark.parametrize("count", [1, 3])
def test_the_standing_takes_as_many_queries_after_three_rounds_as_after_one(cast, learner, bank, count):
    for number in range(count):
        practise(cast, bank, days_ago=count - number)
    assert own_queries(learner, f"/practice/{bank.id}/") == 8
