"""Who is like somebody: how groups are named, counted and told, and that the day of an exam stays one's own."""

from datetime import UTC, date, datetime, timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.insights.actions import count_what_is_over
from leerhuis.insights.cohorts import cohorts_of, nearing, started, words_of_cohort
from leerhuis.insights.models import CohortMonth
from leerhuis.insights.tests.factories import BY, JULY, JUNE, learners, practise, two_questions
from leerhuis.organisations.actions import add_organisation
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.models import Access

JUNE_1 = date(2027, 6, 1)
PAGE = "/learn/groups/"


def exam_for(people, bank, day: date) -> None:
    for access in Access.objects.filter(person__in=people, bank=bank):
        set_goal(access, exam_on=day, retention=0.9, minutes=5, by=Actor.person(access.person_id))


def counted() -> dict[str, tuple[int, int, int]]:
    """Return the cohorts of whole banks: how many people, answers and right ones."""
    rows = CohortMonth.objects.filter(topic=None).values_list("cohort", "people", "answers", "right")
    return {name: tuple(numbers) for name, *numbers in rows}


def count() -> None:
    with clock.at(JULY):
        count_what_is_over(by=BY)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (None, None), (date(2027, 6, 30), None), (date(2027, 7, 1), "exam 1"), (date(2027, 8, 4), "exam 1"),
        (date(2027, 8, 5), "exam 2"), (date(2027, 9, 2), "exam 3"), (date(2028, 1, 5), "exam 4"),
        (date(2028, 1, 6), "exam 5"),
    ],
)  # fmt: skip
def test_an_exam_is_near_by_whole_weeks_from_the_end_of_the_month(day, name):
    assert nearing(day, JUNE_1) == name


def test_a_quarter_begins_by_the_clock_of_the_academy(academy):
    assert started(datetime(2027, 3, 31, 22, 30, tzinfo=UTC)) == "started 2027-2"
    assert cohorts_of(JUNE, date(2027, 7, 9), JUNE_1) == ["exam 1", "started 2027-2"]


def test_each_cohort_has_words(academy):
    told = [words_of_cohort(f"exam {band}") for band in range(1, 6)]
    told += [words_of_cohort(f"started 2027-{quarter}") for quarter in range(1, 5)]
    assert len(set(told)) == 9
    assert told[1] == "deelnemers voor wie het examen, net als voor u, nog 5 tot 8 weken duurde"
    assert told[6] == "deelnemers die net als u begonnen in april, mei of juni 2027"


def test_the_database_names_cohorts_as_the_program_does(academy):
    with clock.at(JUNE):
        bank, people = two_questions(), learners(12)
        practise(bank, *people)
        exam_for(people, bank, date(2027, 9, 9))
        access = Access.objects.filter(bank=bank)[0]
        names = cohorts_of(access.created_at, date(2027, 9, 9), JUNE_1)
    count()
    assert counted() == dict.fromkeys(names, (12, 12, 12))


def test_a_small_cohort_is_not_kept_and_neither_is_that_of_one_employer_with_few_others(academy):
    with clock.at(JUNE):
        bank, ours = two_questions(), add_organisation(name="Groot", by=BY)
        mine, others = learners(20, ours), learners(9, mark="x")
        practise(bank, *mine, *others)
        exam_for(others, bank, date(2027, 9, 9))
    count()
    assert counted() == {}  # nine with an exam; nine besides those of one organisation
    assert CohortMonth.objects.count() == 0


def test_a_learner_is_compared_with_whose_exam_is_as_near_then_with_who_began_with_them_then_with_all(as_, cast):
    with clock.at(JUNE - timedelta(days=90)):
        bank, early = two_questions(), learners(11, mark="a")
        practise(bank, *early, right=False)
    with clock.at(JUNE):
        near, far = learners(11, mark="b"), learners(11, mark="c")
        practise(bank, *near, cast.learner, cast.colleague)
        practise(bank, *far, *early, right=False)
        exam_for([*near, cast.learner], bank, date(2027, 7, 20))
    count()
    with clock.at(JULY + timedelta(days=5)):
        pages = {who: as_(who).get(PAGE).content.decode() for who in (cast.learner, cast.colleague, early[0])}
    learner, colleague, old = pages.values()
    assert "nog minder dan 5 weken duurde" in learner
    assert "90% of meer van de antwoorden goed" in learner
    assert "alle deelnemers 37%" in learner
    assert "begonnen in april, mei of juni 2027" in colleague
    assert "54% van de antwoorden goed" in colleague
    assert "begonnen in januari, februari of maart 2027" in old
    assert not any("examen, net als voor u" in each for each in (colleague, old))


def test_where_nobody_alike_can_be_shown_it_is_everybody_and_the_page_says_so(as_, cast):
    with clock.at(JUNE - timedelta(days=90)):
        bank, early = two_questions(), [cast.learner, *learners(5, mark="a")]
        practise(bank, *early)
    with clock.at(JUNE):
        practise(bank, *early, *learners(8, mark="b"))
    count()
    assert counted() == {}
    with clock.at(JULY):
        page = as_(cast.learner).get(PAGE).content.decode()
    assert "juni 2027,\n" in page
    assert "alle deelnemers samen" in page
    assert "net als voor u" not in page
