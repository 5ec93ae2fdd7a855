"""Banks and questions for tests, made by the actions that the product itself uses."""

from datetime import timedelta
from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.people.models import Person
from leerhuis.practice.actions.access import grant_access
from leerhuis.practice.actions.content import add_bank, import_bank
from leerhuis.practice.actions.rounds import answer_question
from leerhuis.practice.models import Access, Answer, Bank, Question, Round

AUTHOR = Actor.operator()

# One question of each kind, in two topics.
SIX_KINDS = """
$CATEGORY: Rules

::Single::Which law? {=AVG#Well known ~KvK#That is a register ~%50%GDPR}

::Statement::A name is personal data. {TRUE#It is#Yes####Article 4}

::Several::Which are special? {~%50%health ~%50%belief ~salary}

$CATEGORY: Terms

::Typed::Short for the authority? {=AP =%50%Autoriteit* ####The Dutch data protection authority}

::Number::How many weeks? {#=%100%4:0#Right ~#Four}

::Pairs::Match {=controller -> decides =processor -> works for = -> watches}
"""


def a_bank(title: str = "Privacy", text: str = SIX_KINDS) -> Bank:
    bank = add_bank(title=title, by=AUTHOR)
    import_bank(bank, text, source="test.gift", by=AUTHOR)
    return bank


def many_questions(topics: int, each: int) -> str:
    """Write a GIFT file of true statements: so many topics, so many questions each."""
    return "\n\n".join(
        f"$CATEGORY: Topic {topic}\n" + "\n\n".join(f"::{topic}.{n}::Statement {topic}.{n} {{T}}" for n in range(each))
        for topic in range(topics)
    )


def access_for(person: Person, bank: Bank, *, days: int = 30, because: UUID | None = None) -> Access:
    return grant_access(person, bank, clock.now() + timedelta(days=days), because=because or uuid7(), by=AUTHOR)


def question(bank: Bank, title: str) -> Question:
    return Question.objects.get(topic__bank=bank, title=title)


def answer(in_round: Round, title: str, given: str) -> Answer:
    asked = question(in_round.access.bank, title)
    return answer_question(in_round, asked.id, given, key=uuid7(), by=Actor.person(in_round.access.person_id))
