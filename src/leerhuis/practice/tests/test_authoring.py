"""From draft to learner: states, four eyes, versions, and what a change of meaning does to those who knew it."""

from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

import pytest
from fsrs import Card as FsrsCard
from fsrs import Rating, State

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.practice.actions.authors import add_comment, name_authors, reopen_comment, settle_comment
from leerhuis.practice.actions.content import (
    add_question,
    change_bank,
    change_question,
    import_bank,
    return_to_version,
)
from leerhuis.practice.actions.releasing import put_back, release_question, send_back, send_to_review
from leerhuis.practice.actions.rounds import start_round
from leerhuis.practice.differences import differences
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Choices, Kind, Option, Pairs, Statement
from leerhuis.practice.meaning import changes_meaning
from leerhuis.practice.models import BankAuthor, Card, Question, Version
from leerhuis.practice.neighbours import neighbours_of
from leerhuis.practice.queries import (
    banks_waiting_for,
    draft_of,
    mastery_of,
    may_write,
    questions_of,
    waiting_for,
    with_open_comments,
)
from leerhuis.practice.rules import NoSuchVersion, NothingToAsk, OwnWork, StateMoved, has_changed_since
from leerhuis.practice.scheduling import scheduler_for
from leerhuis.practice.tests.factories import AUTHOR, a_bank, access_for, answer, question

YES_OR_NO = Draft("Rules", "New", Kind.TRUE_FALSE, Rich("So?"), Statement(True), None)
WORDS, MEANING, NEW = Version.Change.WORDS, Version.Change.MEANING, Version.Change.NEW


@pytest.fixture
def bank(academy):
    return a_bank()


@pytest.fixture
def careful(bank):
    """A bank that asks for four eyes."""
    change_bank(bank, title=bank.title, summary="", language="nl", four_eyes=True, by=AUTHOR)
    return bank


def by(person) -> Actor:
    return Actor.person(person.id, "authors")


def rewrite(asked: Question, actor: Actor = AUTHOR, *, means_else: bool | None = None, **changes: object) -> str:
    current = Question.objects.select_related("topic__bank", "rests_on").get(pk=asked.pk)
    draft = replace(draft_of(current), **changes)
    return change_question(current, draft, version=current.version, means_else=means_else, by=actor)


def reloaded(asked: Question) -> Question:
    return Question.objects.select_related("topic__bank").get(pk=asked.pk)


def knows(person, bank, title: str = "Single", days_ago: int = 5) -> Card:
    """Let a person have answered a question rightly some days ago, after having learned it."""
    access = access_for(person, bank, days=300)
    moment = clock.now() - timedelta(days=days_ago)
    with clock.at(moment):
        answer(start_round(person, bank, by=by(person)), title, "a")
    return Card.objects.get(access=access, question=question(bank, title))


# --- draft, in review, in use --------------------------------------------------------------------------------------
def test_only_what_is_in_use_is_asked(cast, bank):
    access_for(cast.learner, bank)
    for state in ("draft", "review", "withdrawn", "retired"):
        Question.objects.update(state=state)
        with pytest.raises(NothingToAsk):
            start_round(cast.learner, bank, by=by(cast.learner))
    Question.objects.filter(title="Single").update(state="released")
    assert start_round(cast.learner, bank, by=by(cast.learner)).order == [question(bank, "Single").id]


def test_a_question_goes_from_draft_to_review_and_back_and_into_use(cast, bank):
    made = add_question(bank, YES_OR_NO, state="draft", by=by(cast.trainer))
    for step, state in ((send_to_review, "review"), (send_back, "draft"), (send_to_review, "review")):
        step(made, by=by(cast.trainer))
        assert reloaded(made).state == state
    release_question(made, by=by(cast.trainer))
    assert reloaded(made).state == "released"


def test_with_four_eyes_another_author_than_the_last_writer_releases(cast, careful):
    with pytest.raises(OwnWork):
        add_question(careful, YES_OR_NO, by=by(cast.trainer))
    assert not Question.objects.filter(title="New").exists()
    made = add_question(careful, YES_OR_NO, state="review", by=by(cast.trainer))
    with pytest.raises(OwnWork):
        release_question(made, by=by(cast.trainer))
    assert reloaded(made).state == "review"
    rewrite(made, by(cast.clerk), stem=Rich("Is that so?"))
    with pytest.raises(OwnWork):
        release_question(reloaded(made), by=by(cast.clerk))
    release_question(reloaded(made), by=by(cast.trainer))
    assert reloaded(made).state == "released"


def test_with_four_eyes_a_change_of_meaning_goes_to_review_whatever_its_author_says(cast, careful):
    asked = question(careful, "Statement")
    rewrite(asked, by(cast.trainer), explanation=Rich("Better said."))
    assert reloaded(asked).state == "released"
    rewrite(asked, by(cast.trainer), content=Statement(False), means_else=False)
    assert (reloaded(asked).state, reloaded(asked).meant_at) == ("review", None)


def test_with_four_eyes_other_words_of_the_question_go_to_review_and_spaces_do_not(cast, careful):
    asked = question(careful, "Statement")
    rewrite(asked, by(cast.trainer), stem=Rich("  ".join(asked.stem.split(" "))))
    assert reloaded(asked).state == "released"
    rewrite(reloaded(asked), by(cast.trainer), stem=Rich(f"{asked.stem} Not."))
    assert (reloaded(asked).state, reloaded(asked).meant_at) == ("review", None)


def test_what_was_written_since_somebody_looked_is_not_released(cast, careful):
    made = add_question(careful, YES_OR_NO, state="review", by=by(cast.trainer))
    looked_at = made.version
    rewrite(reloaded(made), by(cast.clerk), stem=Rich("Is that not so?"))

    with pytest.raises(StateMoved):
        release_question(reloaded(made), seen=looked_at, by=by(cast.trainer))
    with pytest.raises(StateMoved):
        release_question(made, by=by(cast.trainer))
    assert reloaded(made).state == "review"


def test_with_four_eyes_a_file_comes_in_as_drafts_or_for_review(cast, careful):
    with pytest.raises(OwnWork):
        import_bank(careful, "::Fresh::Fresh {T}", source="x", by=by(cast.trainer))
    import_bank(careful, "::Fresh::Fresh {T}", source="x", state="draft", by=by(cast.trainer))
    assert question(careful, "Fresh").state == "draft"


def test_what_waits_for_somebody_is_not_their_own_work_nor_in_a_bank_of_others(cast, careful, as_viewer):
    made = add_question(careful, YES_OR_NO, state="review", by=by(cast.trainer))
    assert list(waiting_for(as_viewer(cast.trainer))) == []
    assert list(waiting_for(as_viewer(cast.clerk))) == [made]
    assert list(map(attrgetter("id", "waiting"), banks_waiting_for(as_viewer(cast.clerk)))) == [(careful.id, 1)]
    name_authors(careful, [cast.trainer], by=AUTHOR)
    assert list(waiting_for(as_viewer(cast.clerk))) == []
    assert list(waiting_for(as_viewer(cast.admin))) == [made]


def test_a_step_is_taken_back_but_not_over_what_somebody_wrote_meanwhile(cast, bank):
    asked = reloaded(question(bank, "Single"))
    send_to_review(asked, by=AUTHOR)
    put_back(asked, before="released:1", by=AUTHOR)
    assert reloaded(asked).state == "released"
    send_to_review(asked, by=AUTHOR)
    rewrite(asked, title="Other")
    with pytest.raises(StateMoved):
        put_back(reloaded(asked), before="released:1", by=AUTHOR)
    assert reloaded(asked).state == "review"


# --- who writes ----------------------------------------------------------------------------------------------------
def test_named_authors_and_administrators_write_and_nobody_else(cast, bank, as_viewer):
    everybody = (cast.trainer, cast.clerk, cast.planner, cast.admin)
    assert all(may_write(as_viewer(person), bank) for person in everybody)
    name_authors(bank, [cast.trainer], by=by(cast.admin))
    assert [may_write(as_viewer(person), bank) for person in everybody] == [True, False, False, True]
    name_authors(bank, [cast.clerk], by=by(cast.admin))
    assert [may_write(as_viewer(person), bank) for person in everybody] == [False, True, False, True]
    assert BankAuthor.objects.filter(bank=bank, ended_at=None).count() == 1
    name_authors(bank, [], by=by(cast.admin))
    assert all(may_write(as_viewer(person), bank) for person in everybody)


def test_a_bank_whose_last_named_author_was_erased_does_not_open_to_all(cast, bank, as_viewer):
    name_authors(bank, [cast.trainer], by=AUTHOR)
    BankAuthor.objects.all().delete()
    bank.refresh_from_db()
    assert [may_write(as_viewer(person), bank) for person in (cast.clerk, cast.admin)] == [False, True]


# --- versions ------------------------------------------------------------------------------------------------------
def test_each_save_is_a_version_with_its_writer_and_what_it_was(cast, bank):
    asked = question(bank, "Statement")
    rewrite(asked, by(cast.trainer), stem=Rich("A name is personal data, is it?"))
    rewrite(asked, by(cast.clerk), content=Statement(False))
    rewrite(asked, by(cast.clerk), stem=Rich("A number is personal data."), means_else=True)
    told = Version.objects.filter(question=asked).order_by("number")
    assert [(v.number, v.writer_id, v.change, v.said_by_author) for v in told] == [
        (1, None, NEW, False),
        (2, cast.trainer.id, WORDS, False),
        (3, cast.clerk.id, MEANING, False),
        (4, cast.clerk.id, MEANING, True),
    ]


def test_going_back_makes_a_new_version_that_says_what_the_old_one_said(cast, bank):
    asked = question(bank, "Single")
    before = draft_of(asked)
    rewrite(
        asked, stem=Rich("Other"), content=Choices((Option("a", Rich("x"), 1.0), Option("b", Rich("y"), 0.0)), True)
    )
    assert return_to_version(reloaded(asked), 1, version=2, by=by(cast.trainer)) == MEANING
    assert (draft_of(reloaded(asked)), reloaded(asked).version) == (before, 3)
    for number in (3, 9):
        with pytest.raises(NoSuchVersion):
            return_to_version(reloaded(asked), number, version=3, by=AUTHOR)
    assert Version.objects.filter(question=asked).count() == 3


def test_the_difference_names_the_fields_and_the_words(bank):
    asked = question(bank, "Single")
    rewrite(
        asked,
        stem=Rich("Which rule?"),
        content=replace(asked.content, options=tuple(replace(o, share=1.0) for o in asked.content.options[:2])),
    )
    new, old = Version.objects.filter(question=asked).order_by("-number")
    found = {each.label: [(p.mark, p.words) for p in each.pieces] for each in differences(old, new)}
    assert found == {
        "Question": [("same", "Which "), ("gone", "law"), ("new", "rule"), ("same", "?")],
        "2. Counts as": [("gone", "not "), ("same", "right")],
        "3. Option": [("gone", "GDPR")],
        "3. Counts as": [("gone", "half right")],
    }
    assert differences(new, new) == []


# --- meaning or words ----------------------------------------------------------------------------------------------
SIDES = Choices((Option("a", Rich("x"), 1.0, Rich("Yes")), Option("b", Rich("y"), 0.0)), one_only=True)


@pytest.mark.parametrize(
    ("after", "means"),
    [
        (replace(SIDES, options=(replace(SIDES.options[0], feedback=Rich("Indeed")), SIDES.options[1])), False),
        (replace(SIDES, shuffle=not SIDES.shuffle), False),
        (replace(SIDES, options=(replace(SIDES.options[0], text=Rich(" x ")), SIDES.options[1])), False),
        (replace(SIDES, options=(replace(SIDES.options[0], text=Rich("z")), SIDES.options[1])), True),
        (replace(SIDES, options=(replace(SIDES.options[0], share=0.5), SIDES.options[1])), True),
        (replace(SIDES, options=SIDES.options[:1]), True),
        (Statement(True), True),
        (Pairs(()), True),
    ],
)
def test_other_answers_change_the_meaning_and_what_is_said_beside_them_does_not(after, means):
    assert changes_meaning(SIDES, after) is means


def test_words_leave_what_learners_know_and_a_change_of_meaning_does_not(cast, bank):
    card = knows(cast.learner, bank, days_ago=1)
    before, mastery = card.memory, mastery_of(cast.learner, bank).percent
    asked = question(bank, "Single")
    assert rewrite(asked, stem=Rich("Which law is it?")) == WORDS
    card.refresh_from_db()
    assert (card.memory, has_changed_since(card, reloaded(asked))) == (before, False)
    assert rewrite(asked, stem=Rich("Which law was it?"), means_else=True) == MEANING
    card.refresh_from_db()
    assert has_changed_since(card, reloaded(asked))
    assert (card.memory.is_known, card.due_at, card.lapses, card.difficulty) == (
        False,
        clock.now(),
        0,
        before.difficulty,
    )
    assert 0 < card.stability < before.stability
    assert mastery > mastery_of(cast.learner, bank).percent == 0


@pytest.mark.parametrize("days_ago", [1, 5, 40])
def test_what_is_left_of_a_memory_is_what_fsrs_leaves_after_a_lapse(cast, bank, days_ago):
    card = knows(cast.learner, bank, days_ago=days_ago)
    before = card.memory
    held = FsrsCard(
        card_id=0,
        state=State.Review,
        stability=before.stability,
        difficulty=before.difficulty,
        due=before.due_at,
        last_review=before.last_review,
    )
    at = clock.now().astimezone(before.last_review.tzinfo)
    lapsed, _ = scheduler_for().review_card(held, Rating.Again, review_datetime=at)
    rewrite(question(bank, "Single"), means_else=True)
    card.refresh_from_db()
    assert card.stability == pytest.approx(lapsed.stability, rel=1e-9)
    assert (card.state, card.step) == (lapsed.state.value, lapsed.step)


def test_a_change_of_meaning_reaches_everybody_who_met_it_and_no_other_question(cast, bank):
    one, other = knows(cast.learner, bank), knows(cast.colleague, bank)
    kept = knows(cast.stranger, bank, "Several")
    before = kept.memory
    rewrite(question(bank, "Single"), means_else=True)
    for card in (one, other, kept):
        card.refresh_from_db()
    assert (one.memory.is_known, other.memory.is_known, kept.memory) == (False, False, before)


def test_a_question_that_a_file_gives_another_meaning_is_learned_anew(cast, bank):
    import_bank(bank, "// [id:q9]\n::Nine::Old {T}", source="x", by=AUTHOR)
    access = access_for(cast.learner, bank, days=300)
    with clock.at(clock.now() - timedelta(days=2)):
        answer(start_round(cast.learner, bank, by=by(cast.learner)), "Nine", "true")
    for said, words_only, known in (("Old.", True, True), ("Not old.", False, False)):
        import_bank(bank, f"// [id:q9]\n::Nine::{said} {{T}}", source="x", words_only=words_only, by=AUTHOR)
        assert Card.objects.get(access=access).memory.is_known is known
    told = Version.objects.filter(question=question(bank, "Nine")).order_by("number")
    assert [(version.change, version.said_by_author) for version in told] == [
        (NEW, False),
        (WORDS, True),
        (MEANING, False),
    ]


def test_going_back_to_another_text_changes_the_meaning_unless_its_author_says_otherwise(cast, bank):
    asked = question(bank, "Single")
    assert rewrite(asked, stem=Rich("Which law not?")) == WORDS
    assert return_to_version(reloaded(asked), 1, version=2, by=AUTHOR) == MEANING
    assert return_to_version(reloaded(asked), 2, version=3, means_else=False, by=AUTHOR) == WORDS


# --- comments and the order of the bank ----------------------------------------------------------------------------
def test_comments_are_open_until_they_are_settled(cast, bank):
    def counted() -> list[int]:
        open_ones = with_open_comments(questions_of(bank), only=True)
        return list(map(attrgetter("open_comments"), open_ones))

    asked = question(bank, "Single")
    said = add_comment(asked, "  Is this still so?  ", author=cast.trainer, by=by(cast.trainer))
    assert said.text == "Is this still so?"
    assert counted() == [1]
    settle_comment(said, by=by(cast.clerk))
    assert (said.settled_by_id, counted()) == (cast.clerk.id, [])
    reopen_comment(said, by=by(cast.clerk))
    assert counted() == [1]


def test_neighbours_follow_the_order_of_the_bank_over_its_topics(bank):
    other = a_bank("Other")
    order = list(questions_of(bank).values_list("id", flat=True))
    for at, each in enumerate(questions_of(bank)):
        around = (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None)
        assert neighbours_of(each) == around
    assert neighbours_of(questions_of(other).first())[0] is None
