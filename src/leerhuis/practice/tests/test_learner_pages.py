"""A learner's pages: two taps to the first question, the explanation at once, and nobody else's round."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from leerhuis.base import clock
from leerhuis.base.edge import edge
from leerhuis.base.ids import uuid7
from leerhuis.people.actions import lock_alive
from leerhuis.practice.models import Answer, Card, Round
from leerhuis.practice.tests.counting import own_queries
from leerhuis.practice.tests.factories import a_bank, access_for, many_questions, question

NOW = datetime(2027, 1, 14, 12, tzinfo=UTC)
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def _at_noon(academy):
    with clock.at(NOW):
        yield


@pytest.fixture
def bank():
    return a_bank()


@pytest.fixture
def browse(as_):
    """Return a browser that reads English."""

    def signed_in(person):
        client = as_(person)
        client.cookies["leerhuis_language"] = "en"
        return client

    return signed_in


@pytest.fixture
def learner(cast, bank, browse):
    access_for(cast.learner, bank)
    return browse(cast.learner)


def words(response) -> str:
    """Return what a page says, without its tags."""
    text = re.sub(r"<(script|style|template)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]*>", " ", text).split())


def begin(client, bank) -> str:
    """Begin a round; return its address."""
    response = client.post(f"/practice/{bank.id}/begin/")
    assert response.status_code == 302
    return str(response.url)


def answer_page(client, round_url: str, asked, *, headers=None, **fields):
    return client.post(f"{round_url}{asked.id}/", {"key": str(uuid7()), **fields}, headers=headers or {})


def test_home_shows_each_bank_with_its_mastery_and_how_long_it_takes(learner):
    said = words(learner.get("/practice/"))
    for part in ("Privacy", "6 questions · about 2 minutes", "Begin", "Rules", "Terms", "0%", "Who sees this?"):
        assert part in said


def test_from_the_button_it_is_one_tap_to_the_first_question(learner, bank):
    round_url = begin(learner, bank)
    page = learner.get(round_url)
    assert "Which law?" in words(page)
    assert "1 of 6" in words(page)
    assert page.content.decode().count('type="radio"') == 3


def test_a_link_to_the_beginning_shows_the_button_and_begins_nothing(learner, bank):
    page = learner.get(f"/practice/{bank.id}/begin/")
    assert page.status_code == 200
    assert f'action="/practice/{bank.id}/begin/"' in page.content.decode()
    assert Round.objects.count() == 0


def test_a_right_answer_is_explained_at_once(learner, bank):
    round_url = begin(learner, bank)
    page = answer_page(learner, round_url, question(bank, "Single"), choice="a", headers=HTMX)
    said = words(page)
    assert "<html" not in page.content.decode()
    for part in ("Right", "Well known", "This question comes back in 2 days.", "Next question"):
        assert part in said
    assert "That is a register" not in said


def test_a_wrong_answer_shows_the_right_one_and_the_feedback_to_both(learner, bank):
    round_url = begin(learner, bank)
    said = words(answer_page(learner, round_url, question(bank, "Single"), choice="b", headers=HTMX))
    parts = ("Your answer", "That is a register", "Right answer", "Well known", "Not yet", "in your next round")
    assert [part for part in parts if part not in said] == []


def test_without_scripts_the_answer_leads_to_a_page_that_can_be_loaded_again(learner, bank):
    round_url = begin(learner, bank)
    asked = question(bank, "Single")
    response = answer_page(learner, round_url, asked, choice="c")
    assert (response.status_code, response.url) == (302, f"{round_url}?after={asked.id}")
    for _ in range(2):
        page = learner.get(response.url)
        assert "<html" in page.content.decode()
        assert "Almost" in words(page)
    assert Answer.objects.count() == 1


@pytest.mark.parametrize(
    ("title", "fields", "seen"),
    [
        ("Single", {"choice": "a"}, ("right", "Well known")),
        ("Statement", {"choice": "false"}, ("wrong", "Article 4")),
        ("Several", {"choice": ["a", "b"]}, ("right", "health")),
        ("Typed", {"text": "ap"}, ("right", "The Dutch data protection authority")),
        ("Typed", {"text": "Autoriteit Persoonsgegevens"}, ("partly", "Right answer")),
        ("Number", {"text": "4,0"}, ("right", "Right")),
        ("Number", {"text": "5"}, ("wrong", "Four")),
        ("Pairs", {"match-0": "0", "match-1": "2"}, ("right", "works for")),
        ("Pairs", {"match-0": "0", "match-1": "1"}, ("partly", "You chose: watches")),
    ],
)
def test_every_kind_can_be_answered_on_a_page(learner, bank, title, fields, seen):
    outcome, told = seen
    round_url = begin(learner, bank)
    said = words(answer_page(learner, round_url, question(bank, title), headers=HTMX, **fields))
    assert Answer.objects.get().outcome == outcome
    assert told in said


def test_every_kind_can_be_shown_with_a_way_to_answer_it(learner, bank):
    round_url = begin(learner, bank)
    shown = {
        "Single": 'type="radio" name="choice"',
        "Statement": 'type="radio" name="choice" value="false"',
        "Several": 'type="checkbox" name="choice"',
        "Typed": 'type="text" name="text"',
        "Number": 'inputmode="decimal"',
        "Pairs": '<select class="form-select" name="match-1"',
    }
    given = {"Single": "a", "Statement": "true", "Several": "a"}
    met = []
    for _ in range(6):
        page = " ".join(learner.get(round_url).content.decode().split())
        asked = question(bank, next(t for t in shown if str(question(bank, t).id) in page))
        assert shown[asked.title] in page
        met.append(asked.title)
        fields = {"text": "4", "match-0": "0", "choice": given.get(asked.title, "")}
        answer_page(learner, round_url, asked, **fields)
    assert sorted(met) == sorted(shown)


def test_an_empty_answer_is_asked_again_and_counts_for_nothing(learner, bank):
    round_url = begin(learner, bank)
    for headers in (HTMX, {}):
        page = answer_page(learner, round_url, question(bank, "Single"), headers=headers)
        assert page.status_code == 200
        assert "Give an answer first. Nothing was counted." in words(page)
    assert (Answer.objects.count(), Card.objects.count()) == (0, 0)


def test_the_same_form_sent_twice_counts_once(learner, bank):
    round_url = begin(learner, bank)
    asked, key = question(bank, "Single"), str(uuid7())
    for choice in ("a", "b"):
        page = answer_page(learner, round_url, asked, headers=HTMX, key=key, choice=choice)
        assert "Well known" in words(page)
    assert (Answer.objects.get().outcome, Card.objects.get().reps) == ("right", 1)


def test_the_time_that_an_answer_took_is_kept_when_it_can_be_true(learner, bank):
    round_url = begin(learner, bank)
    page = learner.get(round_url).content.decode()
    (shown,) = re.findall(r'name="shown" value="(\d+)"', page)
    with clock.at(NOW + timedelta(seconds=7)):
        answer_page(learner, round_url, question(bank, "Single"), choice="a", shown=shown)
        for title, odd in (("Typed", "9" * 15), ("Statement", "yesterday"), ("Number", "0")):
            answer_page(learner, round_url, question(bank, title), choice="true", text="4", shown=odd)
    assert list(Answer.objects.order_by("created_at", "id").values_list("took_ms", flat=True)) == [
        7000,
        None,
        None,
        None,
    ]


def test_a_round_can_be_left_and_gone_on_with_and_ended(learner, bank):
    round_url = begin(learner, bank)
    answer_page(learner, round_url, question(bank, "Single"), choice="a")
    home = learner.get("/practice/")
    assert "You stopped in the middle of a round." in words(home)
    assert f'href="{round_url}"' in home.content.decode()
    assert "Go on" in words(learner.get(f"/practice/{bank.id}/begin/"))
    assert begin(learner, bank) == round_url
    assert "2 of 6" in words(learner.get(round_url))
    assert learner.post(f"{round_url}stop/").url == round_url
    assert "1 of 1 right" in words(learner.get(round_url))


def test_the_end_tells_what_grew(cast, browse):
    small = a_bank(title="Small", text=many_questions(1, 2))
    access_for(cast.learner, small)
    client = browse(cast.learner)
    round_url = begin(client, small)
    for title, choice in (("0.0", "true"), ("0.1", "false")):
        last = answer_page(client, round_url, question(small, title), choice=choice, headers=HTMX)
    assert "See what grew" in words(last)
    said = words(client.get(round_url))
    for part in (
        "1 of 2 right",
        "1 question is new in your memory.",
        "Your mastery grew from 0 % to 50 %.",
        "What you missed comes back in your next round.",
        "Another round",
    ):
        assert part in said
    assert "Nothing needs repeating now." in words(client.get("/practice/"))


def test_nobody_else_sees_or_touches_a_round(cast, bank, learner, browse):
    round_url = begin(learner, bank)
    for person in (cast.colleague, cast.contact, cast.trainer, cast.clerk, cast.admin, cast.officer, cast.stranger):
        other = browse(person)
        assert other.get(round_url).status_code == 404
        assert other.post(f"{round_url}stop/").status_code == 404
        assert answer_page(other, round_url, question(bank, "Single"), choice="a").status_code == 404
        assert other.get(f"/practice/{bank.id}/begin/").status_code == 404
        assert other.post(f"/practice/{bank.id}/begin/").status_code == 404
        assert "Nothing to practise yet" in words(other.get("/practice/"))
    assert (Round.objects.count(), Answer.objects.count(), Round.objects.get().ended_at) == (1, 0, None)


def test_a_visitor_is_sent_to_sign_in(browse, bank):
    visitor = browse(None)
    for address in ("/practice/", f"/practice/{bank.id}/begin/", f"/practice/round/{uuid7()}/"):
        assert visitor.get(address).url.startswith("/accounts/login/")


def test_a_question_of_another_bank_cannot_be_answered_in_a_round(learner, bank):
    round_url = begin(learner, bank)
    other = a_bank(title="Other", text=many_questions(1, 1))
    assert answer_page(learner, round_url, question(other, "0.0"), choice="true").status_code == 404
    assert Answer.objects.count() == 0


def test_access_that_ended_closes_the_pages_but_not_the_round_that_is_open(cast, bank, learner):
    round_url = begin(learner, bank)
    with clock.at(NOW + timedelta(days=31)):
        assert learner.get(f"/practice/{bank.id}/begin/").status_code == 404
        assert "Nothing to practise yet" in words(learner.get("/practice/"))
        assert learner.get(round_url).status_code == 200


def test_without_practice_in_the_academy_the_pages_are_not_there(academy, learner, bank):
    chosen = {**academy.chosen, "features": {**academy.chosen.get("features", {}), "practice": False}}
    with edge():
        type(academy).objects.filter(pk=academy.pk).update(chosen=chosen)
    for address in ("/practice/", f"/practice/{bank.id}/begin/", "/office/practice/"):
        assert learner.get(address).status_code in (403, 404)


@pytest.mark.parametrize("count", [1, 3])
def test_home_takes_as_many_queries_for_three_banks_as_for_one(cast, browse, count):
    for number in range(count):
        access_for(cast.learner, a_bank(title=f"Bank {number}", text=many_questions(2, 3)))
    client = browse(cast.learner)
    assert words(client.get("/practice/")).count("Begin") == count
    assert own_queries(client, "/practice/") == 7


def test_a_question_takes_few_queries(learner, bank):
    assert own_queries(learner, begin(learner, bank)) == 5


def test_an_erased_person_gets_no_answer_written_behind_the_erasure(cast, learner, bank):
    round_url = begin(learner, bank)
    assert lock_alive(cast.learner.id) == cast.learner
    type(cast.learner).objects.filter(pk=cast.learner.id).update(state="erased")
    response = answer_page(learner, round_url, question(bank, "Single"), choice="a")
    assert response.status_code in (302, 410)
    assert Answer.objects.count() == 0
