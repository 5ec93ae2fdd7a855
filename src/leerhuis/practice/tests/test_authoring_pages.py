"""The pages on which authors work together: states, versions, comments, the phone, many questions, and who may."""

import re
from typing import Any
from uuid import UUID

import pytest

from leerhuis.audit.models import Look
from leerhuis.base import clock
from leerhuis.lists.models import BulkAct
from leerhuis.practice.actions.authors import add_comment, name_authors
from leerhuis.practice.actions.media import add_media
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Answer, Card, Comment, Question, Source, Topic, Version
from leerhuis.practice.queries import draft_of
from leerhuis.practice.tests.counting import own_queries
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, question
from leerhuis.practice.tests.pictures import PNG
from leerhuis.practice.tests.test_author_pages import fields_of, questions_in
from leerhuis.practice.tests.test_authoring import by, knows, rewrite
from leerhuis.practice.tests.test_every_kind_on_pages import ask
from leerhuis.practice.tests.test_learner_pages import HTMX, words


@pytest.fixture
def author(cast, as_):
    client = as_(cast.trainer)
    client.cookies["leerhuis_language"] = "en"
    return client


@pytest.fixture
def bank(academy):
    return a_bank()


def at(asked: Question, part: str = "") -> str:
    return f"/office/practice/questions/{asked.id}/{part}"


def first(asked: Question) -> UUID:
    """Return the id of the first version of a question."""
    return Version.objects.get(question=asked, number=1).id


# --- states --------------------------------------------------------------------------------------------------------
def test_a_new_question_is_kept_as_a_draft_sent_to_review_and_taken_into_use(author, bank):
    page = author.get(f"/office/practice/{bank.id}/add/true_false/")
    author.post(
        f"/office/practice/{bank.id}/add/true_false/",
        {**fields_of(page), "topic": "T", "stem": "So?", "state": "draft"},
    )
    asked = Question.objects.get(stem="So?")
    assert asked.state == "draft"
    for state, said in (("review", "in review"), ("draft", "This is a draft."), ("released", "in use")):
        author.post(at(asked, "state/"), {"state": state})
        assert Question.objects.get(pk=asked.pk).state == state
        assert said in words(author.get(at(asked)))
    assert author.post(at(asked, "state/"), {"state": "nonsense"}).status_code == 400


def test_the_page_of_a_bank_says_what_waits_for_whom(author, bank, cast, as_):
    asked = question(bank, "Single")
    author.post(
        f"/office/practice/{bank.id}/edit/", {"title": "Privacy", "summary": "", "language": "nl", "four_eyes": "on"}
    )
    rewrite(asked, by(cast.trainer), means_else=True)
    assert "waits for your review" not in words(author.get(f"/office/practice/{bank.id}/"))
    clerk = as_(cast.clerk)
    clerk.cookies["leerhuis_language"] = "en"
    assert "1 question waits for your review." in words(clerk.get(f"/office/practice/{bank.id}/"))
    assert questions_in(clerk.get(f"/office/practice/{bank.id}/?state=review")) == {str(asked.id)}
    assert "Practice questions in review" in words(clerk.get("/office/"))
    refused = author.post(at(asked, "state/"), {"state": "released"}, follow=True)
    assert "You wrote this last." in words(refused)
    clerk.post(at(asked, "state/"), {"state": "released"})
    assert Question.objects.get(pk=asked.pk).is_released


def test_a_file_lands_as_its_author_says(author, bank):
    held = author.post(f"/office/practice/{bank.id}/import/", {"text": "::Fresh::Fresh {T}", "topic": ""})
    assert "New questions become" in words(author.get(held.url))
    author.post(held.url, {"confirm": "1", "state": "draft"})
    assert question(bank, "Fresh").state == "draft"


# --- who writes ----------------------------------------------------------------------------------------------------
def test_a_bank_with_named_authors_is_read_and_commented_on_by_others_but_not_written(author, bank, cast):
    asked = question(bank, "Single")
    name_authors(bank, [cast.clerk], by=by(cast.admin))
    here = f"/office/practice/{bank.id}/"
    assert "This bank has its own authors." in words(author.get(here))
    for address in (f"{here}edit/", f"{here}import/", f"{here}add/single/", at(asked, "edit/")):
        assert author.get(address).status_code == 403
    for address, form in (
        (at(asked, "state/"), {"state": "withdrawn"}),
        (at(asked, "edit/"), {"stem": "Taken over?"}),
        (at(asked, f"versions/{first(asked)}/"), {"version": "1"}),
        (f"{here}bulk/", {"act": "withdraw", "step": "do", "row": [str(asked.id)]}),
    ):
        assert author.post(address, form).status_code == 403
    unchanged = Question.objects.get(pk=asked.pk)
    assert (unchanged.state, unchanged.version) == ("released", 1)
    author.post(at(asked, "comment/"), {"text": "Is this so?"})
    assert Comment.objects.get().author == cast.trainer


def test_authors_are_named_on_the_page_of_settings(author, bank, cast):
    here = f"/office/practice/{bank.id}/edit/"
    page = words(author.get(here))
    assert (cast.clerk.name in page, cast.bookkeeper.name in page, cast.learner.name in page) == (True, False, False)
    said = {"title": "Privacy", "summary": "", "language": "nl"}
    author.post(here, {**said, "authors": [str(cast.clerk.id), str(cast.trainer.id)]})
    bank.refresh_from_db()
    assert (bank.named_only, bank.authors.count()) == (True, 2)
    author.post(here, {**said, "authors": [str(cast.learner.id)]})
    assert bank.authors.filter(ended_at=None).count() == 2


# --- versions ------------------------------------------------------------------------------------------------------
def test_versions_tell_who_and_what_and_lead_back(author, bank, cast):
    asked = question(bank, "Statement")
    rewrite(asked, by(cast.clerk), stem=Rich("A number is personal data.", asked.stem_format))
    page = author.get(at(asked, "versions/"))
    assert cast.clerk.name in words(page)
    assert re.findall(r"<(del|ins)\s*>(.*?)</", page.content.decode()) == [("del", "name"), ("ins", "number")]
    assert Look.objects.get(screen="practice_versions").subject_person == cast.clerk.id
    author.post(at(asked, f"versions/{first(asked)}/"), {"version": "2"})
    back = Question.objects.get(pk=asked.pk)
    assert (back.stem, back.version) == ("A name is personal data.", 3)
    late = author.post(at(asked, f"versions/{first(asked)}/"), {"version": "2"}, follow=True)
    assert "Somebody else changed this question meanwhile." in words(late)


def test_saving_says_what_the_change_was_taken_for(author, bank):
    asked = question(bank, "Statement")
    fields = fields_of(author.get(at(asked, "edit/")))
    saved = author.post(at(asked, "edit/"), {**fields, "stem": "Other words"}, follow=True)
    assert "Only words changed" in words(saved)
    fields = fields_of(author.get(at(asked, "edit/")))
    saved = author.post(at(asked, "edit/"), {**fields, "change": "meaning"}, follow=True)
    assert "Its meaning changed" in words(saved)
    assert Version.objects.filter(question=asked).first().change == "meaning"


@pytest.mark.parametrize("count", [1, 3])
def test_versions_take_as_many_queries_for_three_as_for_one(author, bank, cast, count):
    asked = question(bank, "Statement")
    for _ in range(count):
        rewrite(asked, by(cast.clerk), title=f"Title {clock.now()}")
    assert own_queries(author, at(asked, "versions/")) == 4


# --- told once -----------------------------------------------------------------------------------------------------
def test_a_learner_reads_once_that_a_question_changed_and_only_who_had_answered_it(cast, as_, bank):
    knows(cast.learner, bank)
    access_for(cast.colleague, bank)
    Question.objects.exclude(title="Single").update(state="draft")
    rewrite(question(bank, "Single"), means_else=True)
    for person, told in ((cast.learner, True), (cast.colleague, False)):
        browser = as_(person)
        browser.cookies["leerhuis_language"] = "en"
        begun = browser.post(f"/practice/{bank.id}/begin/")
        assert ("This question has changed" in words(browser.get(begun.url))) is told
    with clock.at(clock.now()):
        later = start_round(cast.learner, bank, by=by(cast.learner))
        answer(later, "Single", "b")
    Card.objects.update(due_at=clock.now())
    browser = as_(cast.learner)
    browser.cookies["leerhuis_language"] = "en"
    assert "This question has changed" not in words(browser.get(browser.post(f"/practice/{bank.id}/begin/").url))


# --- comments ------------------------------------------------------------------------------------------------------
def test_a_comment_is_added_seen_counted_settled_and_opened_again(author, bank, cast, as_):
    asked = question(bank, "Single")
    author.post(at(asked, "comment/"), {"text": "Is this <b>still</b> so?"})
    said = Comment.objects.get()
    clerk = as_(cast.clerk)
    clerk.cookies["leerhuis_language"] = "en"
    page = clerk.get(at(asked))
    assert "Is this &lt;b&gt;still&lt;/b&gt; so?" in page.content.decode()
    assert Look.objects.get(screen="practice_question").subject_person == cast.trainer.id
    assert questions_in(clerk.get(f"/office/practice/{bank.id}/?comments=on")) == {str(asked.id)}
    for settled, left in (("yes", set()), ("yes", set()), ("no", {str(asked.id)})):
        clerk.post(f"/office/practice/comments/{said.id}/", {"settled": settled})
        assert questions_in(clerk.get(f"/office/practice/{bank.id}/?comments=on")) == left
    assert "Write something first." in words(author.post(at(asked, "comment/"), {"text": " "}, follow=True))
    assert Comment.objects.count() == 1


def test_no_learner_reads_comments(as_, cast, bank):
    add_comment(question(bank, "Single"), "canary-4712", author=cast.trainer, by=by(cast.trainer))
    access_for(cast.learner, bank)
    browser = as_(cast.learner)
    begun = browser.post(f"/practice/{bank.id}/begin/")
    assert "canary-4712" not in browser.get(begun.url).content.decode()
    assert browser.get(at(question(bank, "Single"))).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_a_question_takes_as_many_queries_for_three_comments_as_for_one(author, bank, cast, count):
    asked = question(bank, "Single")
    for _ in range(count):
        add_comment(asked, "Well", author=cast.clerk, by=by(cast.clerk))
    assert own_queries(author, at(asked)) == 6


# --- the phone -----------------------------------------------------------------------------------------------------
RIGHT: dict[str | Kind, dict[str, Any]] = {
    "Single": {"choice": "a"},
    "Statement": {"choice": "true"},
    "Several": {"choice": ["a", "b"]},
    "Typed": {"text": "AP"},
    "Number": {"text": "4"},
    "Pairs": {"match-0": "0", "match-1": "2"},
    Kind.ORDERING: {"order": ["a", "b", "c"]},
    Kind.CLOZE: {"gap-0": "AVG", "gap-1": "72", "gap-2": "a"},
    Kind.HOTSPOT: {"place": "20,20"},
    Kind.OPEN: {"text": "My words", "judged": "right"},
}


@pytest.mark.parametrize("which", RIGHT)
def test_the_phone_shows_each_kind_as_it_is_written_and_judges_an_answer_that_is_not_kept(
    author, bank, which, tmp_path, settings
):
    settings.FILES = tmp_path
    add_media(bank, name="room.png", alt="A room", content=PNG, by=AUTHOR)
    asked = ask(bank, which) if isinstance(which, Kind) else question(bank, which)
    fields = fields_of(author.get(at(asked, "edit/"))) | {"of": str(asked.id), "explanation": "So it stands."}
    del fields["request_key"]
    preview = f"/office/practice/{bank.id}/preview/{asked.kind}/"
    before = author.post(preview, fields, headers=HTMX).content.decode()
    assert 'name="answering"' in before
    assert "data-explanation" not in before
    after = author.post(preview, {**fields, "answering": "1", **RIGHT[which]}, headers=HTMX).content.decode()
    assert "tone-good" in after
    assert "So it stands." in after
    assert "Main menu" not in after
    assert (Answer.objects.count(), Question.objects.get(pk=asked.pk).version) == (0, 1)


def test_the_phone_says_what_is_missing_and_needs_no_scripts(author, bank):
    preview = f"/office/practice/{bank.id}/preview/true_false/"
    page = author.post(preview, {"stem": "", "topic": "T", "stem_format": "markdown", "more-is_true": "yes"})
    assert "It cannot be shown yet:" in words(page)
    assert "Question: " in words(page)
    shown = author.post(preview, {"stem": "So *much*?", "topic": "T", "stem_format": "markdown", "more-is_true": "yes"})
    assert "<em>much</em>" in shown.content.decode()
    assert "Main menu" in shown.content.decode()
    assert author.post(f"/office/practice/{bank.id}/preview/riddle/", {}).status_code == 404


# --- many at once --------------------------------------------------------------------------------------------------
def bulk(author, bank, act: str, rows: list[Question], **said: str):
    return author.post(
        f"/office/practice/{bank.id}/bulk/",
        {"act": act, "step": "do", "row": [str(each.id) for each in rows], **said},
    )


def undo(author, bank):
    latest = BulkAct.objects.order_by("-id").first()
    return author.post(f"/office/practice/{bank.id}/bulk/", {"undo": str(latest.id)})


def test_many_go_to_review_and_into_use_and_come_back_to_what_each_was(author, bank):
    one, two = question(bank, "Single"), question(bank, "Typed")
    Question.objects.filter(pk=two.pk).update(state="draft")
    bulk(author, bank, "review", [one, two])
    assert set(Question.objects.filter(pk__in=[one.pk, two.pk]).values_list("state", flat=True)) == {"review"}
    undo(author, bank)
    assert [Question.objects.get(pk=each.pk).state for each in (one, two)] == ["released", "draft"]
    bulk(author, bank, "release", [one, two])
    assert Question.objects.get(pk=two.pk).is_released
    undo(author, bank)
    assert [Question.objects.get(pk=each.pk).state for each in (one, two)] == ["released", "draft"]


def test_many_are_moved_given_a_goal_and_a_source_and_all_of_it_is_taken_back(author, bank):
    one, two = question(bank, "Single"), question(bank, "Typed")
    before = [(draft_of(each).topic, draft_of(each).objectives, draft_of(each).rests_on) for each in (one, two)]
    rewrite(question(bank, "Pairs"), objectives=("Knows the law",))
    goal = bank.objectives.get()
    terms = Topic.objects.get(bank=bank, title="Terms")
    law = Source.objects.create(name="The law")

    def now() -> list[tuple[str, tuple[str, ...], str]]:
        rows = Question.objects.select_related("topic", "rests_on")
        told = [draft_of(rows.get(pk=each.pk)) for each in (one, two)]
        return [(each.topic, each.objectives, each.rests_on) for each in told]

    bulk(author, bank, "move", [one, two], topic=str(terms.id))
    assert [topic for topic, _, _ in now()] == ["Terms", "Terms"]
    undo(author, bank)
    bulk(author, bank, "aim", [one, two], objective=str(goal.id))
    assert [goals for _, goals, _ in now()] == [("Knows the law",), ("Knows the law",)]
    bulk(author, bank, "unaim", [one], objective=str(goal.id))
    assert [goals for _, goals, _ in now()] == [(), ("Knows the law",)]
    undo(author, bank)
    assert [goals for _, goals, _ in now()] == [("Knows the law",), ("Knows the law",)]
    undo_of_adding = BulkAct.objects.get(act="aim")
    author.post(f"/office/practice/{bank.id}/bulk/", {"undo": str(undo_of_adding.id)})
    bulk(author, bank, "source", [one, two], rests_on=str(law.id))
    assert [source for _, _, source in now()] == ["The law", "The law"]
    undo(author, bank)
    assert now() == before


def test_a_topic_of_another_bank_is_no_choice(author, bank):
    other = a_bank("Other")
    asked = question(bank, "Single")
    page = bulk(author, bank, "move", [asked], topic=str(other.topics.first().id))
    assert page.status_code == 200
    assert Question.objects.get(pk=asked.pk).topic.bank_id == bank.id


# --- from one to the next ------------------------------------------------------------------------------------------
def test_saving_leads_on_to_the_next_question_where_that_was_asked(author, bank):
    first, second = list(Question.objects.filter(topic__title="Rules").order_by("position"))[:2]
    page = author.get(at(first, "edit/"))
    assert f'href="{at(second, "edit/")}"' in page.content.decode()
    saved = author.post(at(first, "edit/"), {**fields_of(page), "then": "next"})
    assert saved.url == at(second, "edit/")
