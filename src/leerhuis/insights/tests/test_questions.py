"""Figures of questions: by hand, in batches of enough people, and what is said to be the matter."""

from datetime import timedelta
from types import SimpleNamespace
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.insights.actions import count_what_is_over
from leerhuis.insights.models import OptionBatch, QuestionBatch
from leerhuis.insights.questions import OptionShare, QuestionFigures, figures_of, point_biserial, topic_curves
from leerhuis.insights.tests.factories import AUGUST, BY, JULY, JUNE, learners
from leerhuis.practice.actions.content import change_question
from leerhuis.practice.actions.rounds import report_question, show_answer, start_round
from leerhuis.practice.models import Question
from leerhuis.practice.queries import draft_of, options_of, reported_in
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions, question
from leerhuis.practice.tests.factories import answer as give

CHOICE = """
$CATEGORY: Rules

::Choice::Which law? {=AVG ~KvK ~Grondwet}
"""


@pytest.fixture(autouse=True)
def _in_english():
    with override("en"):
        yield


def begin(person, bank):
    access_for(person, bank, days=400)
    return start_round(person, bank, by=Actor.person(person.id))


def key_of(bank, words: str) -> str:
    return next(key for key, text, _ in options_of(question(bank, "Choice")) if text == words)


def counted_in(moment) -> None:
    with clock.at(moment):
        count_what_is_over(by=BY)


def test_the_correlation_is_that_of_the_definition():
    # Four people: right 1, 1, 0, 0; their share of the rest 0.9, 0.7, 0.4, 0.6. By hand the covariance is 0.075, and
    # the standard deviations are 0.5 and the root of 0.0325.
    rest, right = (900, 700, 400, 600), (1, 1, 0, 0)
    tenfold = {
        "paired": 40,
        "paired_right": 20,
        "rest": 10 * sum(rest),
        "rest_right": 10 * sum(r for r, known in zip(rest, right, strict=True) if known),
        "rest_squares": 10 * sum(r * r for r in rest),
    }
    assert point_biserial(tenfold) == pytest.approx(0.075 / (0.5 * 0.0325**0.5), abs=1e-6)
    assert point_biserial({**tenfold, "paired": 29}) is None
    assert point_biserial({**tenfold, "paired_right": 0, "rest_right": 0}) is None


def test_a_question_is_counted_with_first_answers_time_and_options(cast):
    with clock.at(JUNE):
        bank = a_bank(text=CHOICE)
        for number, person in enumerate(learners(12)):
            sitting = begin(person, bank)
            if number == 0:
                show_answer(sitting, question(bank, "Choice").id, key=sitting.id, by=BY)
                continue
            give(sitting, "Choice", key_of(bank, "AVG" if number < 5 else "KvK"))
    counted_in(JULY)
    (found,) = figures_of(bank)
    assert (found.figures["people"], found.figures["answers"], found.first_right) == (11, 11, round(400 / 11))
    assert found.options == (
        OptionShare("AVG", True, 36, True),
        OptionShare("KvK", False, 64, True),
        OptionShare("Grondwet", False, 0, False),
    )
    assert found.troubles == [
        "“KvK” is chosen more often than what is right.",
        "Only 36% had it right the first time.",
        "“Grondwet” is never chosen.",
    ]


def test_what_few_of_many_chose_is_not_said_to_be_never_chosen():
    options = (OptionShare("AVG", True, 100, True), OptionShare("KvK", False, 0, True))
    assert QuestionFigures(SimpleNamespace(), odd_one(), None, options).troubles == []


def odd_one():
    return dict.fromkeys(("first", "first_right", "timed", "paired", "paired_right"), 0)


def test_too_few_people_wait_until_a_later_month_brings_enough(cast):
    with clock.at(JUNE):
        bank = a_bank(text=CHOICE)
        people = learners(13)
        for person in people[:6]:
            give(begin(person, bank), "Choice", key_of(bank, "AVG"))
    counted_in(JULY)
    assert (figures_of(bank), QuestionBatch.objects.count(), OptionBatch.objects.count()) == ([], 0, 0)
    with clock.at(JULY + timedelta(days=3)):
        for person in people[6:12]:
            give(begin(person, bank), "Choice", key_of(bank, "AVG"))
    counted_in(AUGUST)
    (found,) = figures_of(bank)
    assert (found.figures["people"], found.first_right) == (12, 100)
    with clock.at(AUGUST + timedelta(days=3)):
        give(begin(people[12], bank), "Choice", key_of(bank, "KvK"))
    counted_in(AUGUST + timedelta(days=31))
    assert figures_of(bank) == [found]  # one more person does not show


def test_a_question_that_is_rewritten_begins_anew(cast):
    with clock.at(JUNE):
        bank = a_bank(text=CHOICE)
        for person in learners(12):
            give(begin(person, bank), "Choice", key_of(bank, "AVG"))
    counted_in(JULY)
    assert len(figures_of(bank)) == 1
    asked = question(bank, "Choice")
    draft = draft_of(asked)
    change_question(asked, type(draft)(**{**draft.__dict__, "title": "Choice now"}), version=asked.version, by=BY)
    assert figures_of(bank) == []


def test_discrimination_comes_from_the_share_of_the_rest(cast):
    """Thirty-two people; the better half has the first question wrong and all others right, the others the reverse."""
    with clock.at(JUNE):
        bank = a_bank(text=many_questions(1, 7))
        for number, person in enumerate(learners(32)):
            sitting = begin(person, bank)
            better = number < 16
            for n in range(7):
                give(sitting, f"0.{n}", "true" if better != (n == 0) else "false")
    counted_in(JULY)
    found = {each.question.title: each for each in figures_of(bank)}
    assert found["0.0"].discrimination == pytest.approx(-1.0)
    assert "Is the right answer right?" in found["0.0"].troubles[0]
    assert found["0.1"].discrimination == pytest.approx(1.0)
    assert figures_of(bank)[0].question.title == "0.0"


def figures(**said: int) -> QuestionFigures:
    numbers = {"first": 20, "first_right": 12, "timed": 10, "seconds": 100, "paired": 0, "paired_right": 0}
    return QuestionFigures(SimpleNamespace(), {**numbers, **said}, None)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, []),
        ({"first_right": 7}, ["Only 35% had it right the first time."]),
        ({"first_right": 20}, ["Nearly everybody has it right the first time, so it teaches little."]),
        ({"seconds": 900}, ["It takes 90 seconds on average. Can it be shorter?"]),
    ],
)
def test_what_is_the_matter_is_said_in_words(said, words):
    assert figures(**said).troubles == words


def test_authors_see_it_and_take_it_along_and_others_do_not(cast, as_):
    with clock.at(JUNE):
        bank = a_bank(text=CHOICE)
        people = learners(12)
        for person in people:
            give(begin(person, bank), "Choice", key_of(bank, "KvK"))
    counted_in(JULY)
    address = f"/office/practice/{bank.id}/insight/"
    page = as_(cast.trainer).get(address).content.decode()
    assert f"/office/practice/questions/{Question.objects.get().id}/edit/" in page
    assert "vaker gekozen dan wat goed is" in page
    assert not any(person.last_name in page or person.first_name in page for person in people)
    (curve,) = topic_curves(bank)
    assert curve.months == ((JUNE.date().replace(day=1), 10),)  # none was right: that is told of nobody
    picture = as_(cast.clerk).get(address, {"picture": str(curve.topic.id)})
    assert picture["Content-Type"] == "image/svg+xml"
    drawn = ET.fromstring(picture.content)
    assert drawn.tag == "{http://www.w3.org/2000/svg}svg"
    assert "Rules" in "".join(drawn.itertext())
    rows = as_(cast.clerk).get(address, {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert rows[1].startswith("Choice,Rules,12,12,0,")
    topics = as_(cast.clerk).get(address, {"export": "csv", "table": "topics"}).content.decode("utf-8-sig").splitlines()
    assert topics[1] == "Rules,2027-06,10"
    assert as_(cast.learner).get(address).status_code == 403
    assert as_(cast.clerk).get(address, {"picture": "x"}).status_code == 404


def test_the_figures_of_a_bank_take_the_same_queries_whatever_its_size(cast):
    taken = []
    for size in (1, 3):
        with clock.at(JUNE):
            bank = a_bank(f"Bank {size}", many_questions(1, size))
            for person in learners(11, mark=str(size)):
                sitting = begin(person, bank)
                for n in range(size):
                    give(sitting, f"0.{n}", "true")
    counted_in(JULY)
    for size in (1, 3):
        bank = Question.objects.filter(topic__bank__title=f"Bank {size}")[0].topic.bank
        with CaptureQueriesContext(connection) as queries:
            assert len(figures_of(bank)) == size
        taken.append(len(queries))
    assert taken == [3, 3]


def test_what_learners_report_is_shown_without_them_until_it_was_looked_at(cast, as_):
    with clock.at(JUNE):
        bank = a_bank(text=CHOICE)
        asked, people = question(bank, "Choice"), learners(2)
        for person, trouble in zip(people, ("wrong", "old"), strict=True):
            sitting = begin(person, bank)
            give(sitting, "Choice", key_of(bank, "AVG"))
            for said in ("unclear", trouble):
                report_question(sitting, asked.id, said, by=Actor.person(person.id))
        assert reported_in(bank) == []  # not on the day itself: that would tell who practises
        at = f"/practice/round/{sitting.id}/?after={asked.id}"
        page = as_(people[1]).get(at, headers={"accept-language": "en"})
        told = " ".join(page.content.decode().split())
        assert "From tomorrow on the makers read what you say" in told
        assert "Where few people practise, they might guess that it was you." in told
    with clock.at(JUNE + timedelta(days=1)):
        (reported,) = reported_in(bank)
        assert dict(reported.troubles) == {"what counts as right is not right": None, "it is out of date": None}
        page = as_(cast.clerk).get(f"/office/practice/{bank.id}/insight/").content.decode()
        assert f'href="/office/practice/questions/{asked.id}/"' in page
        assert not any(person.last_name in page or str(person.id) in page for person in people)
        assert "×)" not in page
        report_question(sitting, asked.id, "typo", by=BY)
        as_(cast.clerk).post(f"/office/practice/questions/{asked.id}/settle/")
        assert reported_in(bank) == []
    with clock.at(JUNE + timedelta(days=2)), override("en"):
        (later,) = reported_in(bank)
        assert (later.troubles, later.count) == ((("there is a mistake in the text", None),), 0)


def test_how_many_reported_a_question_is_shown_of_as_many_as_any_group(cast):
    with clock.at(JUNE):
        bank = a_bank(text=CHOICE)
        for person in learners(10):
            sitting = begin(person, bank)
            give(sitting, "Choice", key_of(bank, "AVG"))
            report_question(sitting, question(bank, "Choice").id, "typo", by=Actor.person(person.id))
    with clock.at(JUNE + timedelta(days=1)):
        (reported,) = reported_in(bank)
        assert reported.troubles == (("there is a mistake in the text", 10),)
