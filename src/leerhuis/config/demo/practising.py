"""How the learners of the demo practised: rounds, answers and memories, computed and written set-based.

Each learner follows the profile of the content's files. What is predicted of their memory comes from the same
scheduler that the product uses, answer by answer, so a demo learner's mastery is what the product would say of it.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from uuid import UUID

from leerhuis.base.ids import uuid7
from leerhuis.config.demo.content import kinds, loader
from leerhuis.config.demo.offer import World
from leerhuis.practice.grading import Outcome, grade
from leerhuis.practice.kinds import Choices, Content, Numbers, Pairs, ShortText
from leerhuis.practice.models import Access, Answer, Card, Question, Round
from leerhuis.practice.scheduling import Memory, review

WEEKS_TO_LEARN = 8
START_DAYS_BEFORE_LESSON = 10


@dataclass
class Sheaf:
    """The rows of everybody's practice, gathered to be written at once."""

    rounds: list[Round] = field(default_factory=list)
    answers: list[Answer] = field(default_factory=list)
    cards: list[Card] = field(default_factory=list)


@dataclass
class Known:
    """What one learner knows of one question."""

    memory: Memory
    reps: int = 0
    lapses: int = 0


def write(world: World, now: datetime, chance: random.Random) -> None:
    """Write the practice of everyone who has access and a profile, up to `now`."""
    questions = {bank.id: list(Question.objects.filter(topic__bank=bank)) for bank in world.banks.values()}
    sheaf = Sheaf()
    done: set[tuple[UUID, UUID]] = set()
    for run in loader.runs(world.academy):
        bank = world.banks.get(run.course.bank or "")
        if bank is None:
            continue
        first_day = loader.lessons(world.academy, run, world.today)[0].day
        start = datetime.combine(first_day, now.timetz()) - timedelta(days=START_DAYS_BEFORE_LESSON)
        for enrolment in loader.enrolments(world.academy, run, world.today):
            person = world.people[enrolment.person.key]
            access = Access.objects.filter(person=person, bank=bank).first()
            if access and enrolment.practice and start < now and (person.id, bank.id) not in done:
                done.add((person.id, bank.id))
                until = min(now - timedelta(hours=3), access.until)
                _practise(sheaf, access, questions[bank.id], enrolment.practice, (start, until), chance)
    Round.objects.bulk_create(sheaf.rounds, batch_size=1000)
    Card.objects.bulk_create(sheaf.cards, batch_size=1000)
    Answer.objects.bulk_create(sheaf.answers, batch_size=1000)


def _practise(  # noqa: PLR0913 - one learner's whole practice
    sheaf: Sheaf,
    access: Access,
    questions: list[Question],
    profile: kinds.PracticeProfile,
    between: tuple[datetime, datetime],
    chance: random.Random,
) -> None:
    """Add the rounds of one learner between two moments."""
    if not profile.rounds_per_week or not questions:
        return
    start, until = between
    known: dict[UUID, Known] = {}
    moment = start
    while moment < until:
        weeks = (moment - start).days / 7
        if profile.stops_after_weeks and weeks > profile.stops_after_weeks:
            break
        right_share = profile.right_at_start + (profile.right_later - profile.right_at_start) * min(
            1.0, weeks / WEEKS_TO_LEARN
        )
        asked = _choose(questions, known, profile.questions_per_round, moment)
        _one_round(sheaf, access, asked, known, moment, right_share, chance)
        moment += timedelta(days=7 / profile.rounds_per_week * chance.uniform(0.7, 1.3), minutes=chance.randint(-90, 90))
    sheaf.cards.extend(_card(access, question_id, each) for question_id, each in known.items())


def _choose(questions: list[Question], known: dict[UUID, Known], count: int, moment: datetime) -> list[Question]:
    """Return what a round asks: due questions first, the longest due ahead, then new ones in order."""
    due = sorted(
        (q for q in questions if q.id in known and known[q.id].memory.due_at <= moment),
        key=lambda q: known[q.id].memory.due_at,
    )
    fresh = [q for q in questions if q.id not in known]
    return [*due, *fresh][:count]


def _one_round(  # noqa: PLR0913 - the parts of one round
    sheaf: Sheaf,
    access: Access,
    asked: list[Question],
    known: dict[UUID, Known],
    moment: datetime,
    right_share: float,
    chance: random.Random,
) -> None:
    if not asked:
        return
    sitting = Round(id=uuid7(), access=access, order=[q.id for q in asked], created_at=moment)
    for question in asked:
        took = chance.randint(4_000, 26_000)
        moment += timedelta(milliseconds=took + 2_500)
        right = chance.random() < right_share
        content = _content_of(question)
        given = _answer_to(content, right=right, chance=chance)
        outcome = grade(content, given).outcome
        before = known.get(question.id)
        memory = review(before.memory if before else None, right=outcome == Outcome.RIGHT, at=moment)
        lapsed = bool(before and before.memory.is_known and outcome != Outcome.RIGHT)
        known[question.id] = Known(
            memory, (before.reps if before else 0) + 1, (before.lapses if before else 0) + int(lapsed)
        )
        sheaf.answers.append(
            Answer(
                id=uuid7(),
                round=sitting,
                question=question,
                question_version=question.version,
                key=uuid7(),
                given=given,
                outcome=outcome,
                was_known=bool(before and before.memory.is_known),
                took_ms=took,
                answered_at=moment,
                created_at=moment,
            )
        )
    sitting.ended_at = moment
    sheaf.rounds.append(sitting)


@cache
def _content_of(question: Question) -> Content:
    """Return what a question asks, read from its row once."""
    return question.content


def _card(access: Access, question_id: UUID, known: Known) -> Card:
    memory = known.memory
    return Card(
        id=uuid7(),
        access=access,
        question_id=question_id,
        stability=memory.stability,
        difficulty=memory.difficulty,
        state=memory.state,
        step=memory.step,
        last_review=memory.last_review,
        due_at=memory.due_at,
        reps=known.reps,
        lapses=known.lapses,
    )


def _answer_to(content: Content, *, right: bool, chance: random.Random) -> str:
    """Return an answer to a question in the form in which answers are kept: a right one, or a likely wrong one."""
    match content:
        case Choices(options, one_only):
            good = [o.key for o in options if o.share > 0]
            bad = [o.key for o in options if o.share <= 0]
            if one_only:
                full = [o.key for o in options if o.share == 1] or good
                return chance.choice(full if right or not bad else bad)
            return " ".join(sorted(good if right or not bad else [*good[1:], chance.choice(bad)]))
        case ShortText(forms):
            return next(form.text for form in forms if form.share == 1) if right else "geen idee"
        case Numbers(spans):
            best = max(spans, key=lambda span: span.share)
            return f"{best.low if right else best.high * 2 + 1:g}"
        case Pairs(matches):
            places = {text: place for place, text in enumerate(content.rights)}
            rights = [places[m.right] for m in matches]
            order = rights if right else rights[1:] + rights[:1]
            return " ".join(f"{left}={place}" for left, place in enumerate(order))
        case _:
            return "true" if content.is_true == right else "false"

