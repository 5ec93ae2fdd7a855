"""How the authors of the demo work together: drafts, questions in review, versions, comments, and one that changed."""

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Final

from leerhuis.config.demo.content import loader
from leerhuis.config.demo.examples import GOAL, TITLE
from leerhuis.config.demo.offer import World, at
from leerhuis.config.demo.timeline import Timeline
from leerhuis.practice.actions.authors import add_comment, settle_comment
from leerhuis.practice.actions.content import add_question, change_bank, change_question
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.kinds import Kind, Statement
from leerhuis.practice.models import Access, Bank, Card, Question
from leerhuis.practice.queries import draft_of

DAYS_AGO: Final = 4
_TOPIC: Final = "Datalekken"
_NEW: Final = (
    (Question.State.REVIEW, "Een gestolen laptop met een versleutelde schijf is altijd een datalek.", False),
    (Question.State.REVIEW, "Een mail aan de verkeerde ontvanger kan een datalek zijn.", True),
    (Question.State.DRAFT, "Een lek dat al gedicht is, hoeft u niet te melden.", False),
)


def plan(world: World, timeline: Timeline) -> None:
    """Put on the line that two authors work on the bank of examples, which asks for four eyes from then on."""
    timeline.add(at(world.today - timedelta(days=DAYS_AGO), 11), partial(_write, world))
    timeline.add(at(world.today - timedelta(days=DAYS_AGO - 1), 15), partial(_look_over, world))


def change_a_meaning(world: World) -> None:
    """Let one question that the learner of the demo knew come to mean something else, as after a change of rules."""
    learner = world.people[loader.sign_ins(world.academy)["learner"].key]
    access = Access.objects.filter(person=learner).order_by("-until", "id").first()
    card = Card.objects.filter(access=access).order_by("-stability", "id").first() if access else None
    if card is None:
        return
    question = Question.objects.select_related("topic__bank").get(pk=card.question_id)
    draft = draft_of(question)
    told = f"{question.explanation}\n\nDeze uitleg is herzien.".strip()
    revised = replace(draft, explanation=Rich(told, question.explanation_format))
    change_question(question, revised, version=question.version, means_else=True, by=world.actor("trainer"))


def _write(world: World) -> None:
    bank = Bank.objects.get(title=TITLE)
    by = world.actor("trainer")
    for state, words, is_true in _NEW:
        stem = Rich(words, "markdown")
        draft = Draft(_TOPIC, "", Kind.TRUE_FALSE, stem, Statement(is_true), None, objectives=(GOAL,))
        add_question(bank, draft, state=state, by=by)
    said = {"title": bank.title, "summary": bank.summary, "language": bank.language}
    change_bank(bank, **said, four_eyes=True, by=world.actor("academy_admin"))


def _look_over(world: World) -> None:
    """Change one question twice, in its words and in its answer, and discuss another."""
    by = world.actor("planner")
    person = world.people[loader.sign_ins(world.academy)["planner"].key]
    mine = Question.objects.filter(topic__bank__title=TITLE).select_related("topic__bank", "rests_on")
    question = mine.filter(state=Question.State.REVIEW).order_by("position").first()
    if question is None:
        return
    draft = draft_of(question)
    reworded = replace(draft, stem=Rich(draft.stem.text.replace("altijd een", "zonder meer een"), "markdown"))
    change_question(question, reworded, version=1, by=by)
    answered = replace(reworded, explanation=Rich("Met een sterke sleutel blijven de gegevens onleesbaar.", "markdown"))
    change_question(question, answered, version=2, by=world.actor("trainer"))
    add_comment(
        question,
        "Zullen we hier ook een back-up noemen? Zonder back-up bent u de gegevens kwijt.",
        author=person,
        by=by,
    )
    other = mine.filter(state=Question.State.RELEASED).order_by("position").first()
    if other is not None:
        settle_comment(add_comment(other, "De volgorde klopt met artikel 33.", author=person, by=by), by=by)
