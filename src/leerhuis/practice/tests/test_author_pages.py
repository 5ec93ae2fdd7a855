"""The authors' pages: banks, bringing files in with a report first, writing questions, and who may."""

import re

import pytest

from leerhuis.practice.kinds import Choices, Kind, Numbers, Pairs, ShortText, Statement
from leerhuis.practice.models import Answer, Bank, Question
from leerhuis.practice.queries import draft_of
from leerhuis.practice.tests.counting import own_queries
from leerhuis.practice.tests.factories import a_bank, many_questions, question
from leerhuis.practice.tests.test_learner_pages import words


@pytest.fixture
def author(cast, as_):
    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    return client


@pytest.fixture
def bank(academy):
    return a_bank()


def fields_of(page) -> dict[str, str]:
    """Return the fields of the form on a page, as a browser would send them untouched."""
    html = page.content.decode().split("<main", 1)[1]
    form = max(re.findall(r"<form\b.*?</form>", html, flags=re.DOTALL), key=len)
    fields = {}
    for tag in re.findall(r"<input\b[^>]*>", form):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        if name and ('type="checkbox"' not in tag or "checked" in tag):
            fields[name[1]] = value[1] if value else ("on" if 'type="checkbox"' in tag else "")
    for name, value in re.findall(r'<textarea\b[^>]*name="([^"]+)"[^>]*>(.*?)</textarea>', form, flags=re.DOTALL):
        fields[name] = value.removeprefix("\n")
    for name, options in re.findall(r'<select\b[^>]*name="([^"]+)"[^>]*>(.*?)</select>', form, flags=re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"[^>]*\bselected', options)
        fields[name] = chosen[0] if chosen else re.findall(r'<option value="([^"]*)"', options)[0]
    fields.pop("csrfmiddlewaretoken", None)
    from html import unescape

    return {name: unescape(value) for name, value in fields.items()}


def questions_in(page) -> set[str]:
    """Return the questions to which a page leads."""
    return set(re.findall(r"/office/practice/questions/([0-9a-f-]{36})", page.content.decode()))


def test_a_bank_is_made_changed_and_found(author):
    made = author.post("/office/practice/add/", {"title": "Privacy", "summary": "At work", "language": "en"})
    bank = Bank.objects.get()
    assert made.url == f"/office/practice/{bank.id}/"
    assert "No questions yet" in words(author.get(made.url))
    author.post(f"/office/practice/{bank.id}/edit/", {"title": "Privacy at work", "summary": "", "language": "nl"})
    assert "Privacy at work" in words(author.get("/office/practice/?q=work"))
    assert "Nothing fits these filters" in words(author.get("/office/practice/?q=insurance"))


def test_a_taken_title_is_refused_beside_the_field_and_what_was_typed_is_kept(author, bank):
    page = author.post("/office/practice/add/", {"title": "privacy", "summary": "kept", "language": "nl"})
    assert "There is already a question bank with this title." in words(page)
    assert "kept" in page.content.decode()
    assert Bank.objects.count() == 1


def test_questions_are_searched_and_filtered_on_the_page(author, bank):
    address = f"/office/practice/{bank.id}/"
    assert len(questions_in(author.get(address))) == 6
    assert len(questions_in(author.get(f"{address}?q=weeks"))) == 1
    assert len(questions_in(author.get(f"{address}?kind=matching"))) == 1
    assert author.get(f"{address}?topic=nonsense&kind=x").status_code == 200


@pytest.mark.parametrize("title", ["Single", "Statement", "Several", "Typed", "Number", "Pairs"])
def test_saving_an_untouched_form_changes_no_word_of_a_question(author, bank, title):
    asked = question(bank, title)
    before = draft_of(asked)
    page = author.get(f"/office/practice/questions/{asked.id}/edit/")
    saved = author.post(f"/office/practice/questions/{asked.id}/edit/", fields_of(page))
    assert saved.status_code == 302, words(saved)
    asked.refresh_from_db()
    assert (draft_of(asked), asked.version) == (before, 2)


def test_texts_and_answers_of_a_question_can_be_changed(author, bank):
    asked = question(bank, "Single")
    address = f"/office/practice/questions/{asked.id}/edit/"
    fields = fields_of(author.get(address))
    fields |= {"stem": "Which <b>one</b>?", "explanation": "Because.", "row-1-text": "", "row-3-text": "New"}
    fields |= {"row-3-share": "1.0", "topic": "Terms"}
    assert author.post(address, fields).status_code == 302
    asked.refresh_from_db()
    assert isinstance(asked.content, Choices)
    assert [(o.key, o.text.text, o.share) for o in asked.content.options] == [
        ("a", "AVG", 1.0),
        ("c", "GDPR", 0.5),
        ("b", "New", 1.0),
    ]
    assert (asked.stem, asked.explanation, asked.topic.title) == ("Which <b>one</b>?", "Because.", "Terms")


def test_two_authors_at_once_do_not_overwrite_each_other(author, bank):
    asked = question(bank, "Statement")
    address = f"/office/practice/questions/{asked.id}/edit/"
    fields = fields_of(author.get(address))
    of_another = fields_of(author.get(address))
    assert author.post(address, {**fields, "stem": "First"}).status_code == 302
    second = author.post(address, {**of_another, "stem": "Second"})
    assert "Somebody else changed this question meanwhile." in words(second)
    assert Question.objects.get(pk=asked.pk).stem == "First"
    assert author.post(address, fields_of(second)).status_code == 302
    assert Question.objects.get(pk=asked.pk).stem == "Second"


def test_a_question_without_a_right_answer_is_not_saved(author, bank):
    asked = question(bank, "Single")
    address = f"/office/practice/questions/{asked.id}/edit/"
    fields = fields_of(author.get(address))
    page = author.post(address, {**fields, "row-0-share": "0.0"})
    assert "Mark at least one answer as right" in words(page)
    assert Question.objects.get(pk=asked.pk).version == 1


@pytest.mark.parametrize(
    ("kind", "fields", "made"),
    [
        (Kind.SINGLE, {"row-0-text": "a", "row-0-share": "1.0", "row-1-text": "b"}, Choices),
        (Kind.MULTIPLE, {"row-0-text": "a", "row-0-share": "1.0", "row-1-text": "b"}, Choices),
        (Kind.TRUE_FALSE, {"more-is_true": "no"}, Statement),
        (Kind.SHORT_TEXT, {"row-0-text": "AVG", "row-0-share": "1.0"}, ShortText),
        (Kind.NUMERIC, {"row-0-low": "4", "row-0-high": "5", "row-0-share": "1.0"}, Numbers),
        (Kind.MATCHING, {f"row-{n}-{side}": f"{side}{n}" for n in (0, 1) for side in ("left", "right")}, Pairs),
    ],
)
def test_a_question_of_each_kind_can_be_written(author, bank, kind, fields, made):
    address = f"/office/practice/{bank.id}/add/{kind.value}/"
    page = author.get(address)
    saved = author.post(address, {**fields_of(page), "topic": "New", "stem": "So?", **fields})
    assert saved.status_code == 302, words(saved)
    written = Question.objects.get(stem="So?")
    assert (written.kind, written.state, type(written.content)) == (kind, "released", made)
    assert written.topic.title == "New"


def test_a_kind_that_does_not_exist_is_not_found(author, bank):
    assert author.get(f"/office/practice/{bank.id}/add/riddle/").status_code == 404


def test_a_question_can_be_tried_and_nothing_of_it_is_kept(author, bank):
    asked = question(bank, "Single")
    address = f"/office/practice/questions/{asked.id}/"
    assert "As a learner meets it" in words(author.get(address))
    assert "Give an answer first." in words(author.post(address, {}))
    assert "Well known" in words(author.post(address, {"choice": "a"}))
    assert Answer.objects.count() == 0


def test_a_question_is_withdrawn_and_taken_into_use_again(author, bank):
    asked = question(bank, "Single")
    address = f"/office/practice/questions/{asked.id}/"
    for state, button in (("withdrawn", "Take into use"), ("released", "Withdraw")):
        for _ in range(2):
            author.post(f"{address}state/", {"state": state})
        assert Question.objects.get(pk=asked.pk).state == state
        assert button in words(author.get(address))


def addresses(bank) -> list[str]:
    asked = question(bank, "Single")
    one, of_question = f"/office/practice/{bank.id}/", f"/office/practice/questions/{asked.id}/"
    pages = ["/office/practice/", "/office/practice/add/", one, f"{one}edit/", f"{one}import/", f"{one}export/gift/"]
    return [*pages, f"{one}add/single/", of_question, f"{of_question}edit/"]


def test_only_authors_come_in(cast, as_, bank):
    asked = question(bank, "Single")
    for person in (cast.learner, cast.colleague, cast.contact, cast.bookkeeper, cast.officer, cast.stranger):
        client = as_(person)
        assert {client.get(address).status_code for address in addresses(bank)} == {403}
        refused = client.post(f"/office/practice/questions/{asked.id}/state/", {"state": "withdrawn"})
        assert refused.status_code == 403
    assert Question.objects.get(pk=asked.pk).state == "released"


def test_authors_come_in(cast, as_, bank):
    for person in (cast.trainer, cast.clerk, cast.planner, cast.admin):
        client = as_(person)
        assert {client.get(address).status_code for address in addresses(bank)} == {200}


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_as_many_queries_for_three_as_for_one(author, academy, count):
    for number in range(count):
        bank = a_bank(title=f"Bank {number}", text=many_questions(count, 1))
    address = f"/office/practice/{bank.id}/"
    assert len(questions_in(author.get(address))) == count
    assert (own_queries(author, address), own_queries(author, "/office/practice/")) == (5, 2)
