"""How the learners of the demo practised: rounds, answers and memories, computed and written set-based.

Each learner follows the profile of the content's files. What is predicted of their memory comes from the same
scheduler that the product uses, answer by answer, so a demo learner's mastery is what the product would say of it.
"""

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache, partial
from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.base.ids import uuid7
from leerhuis.config.demo.content import kinds, loader
from leerhuis.config.demo.offer import World, at
from leerhuis.config.demo.timeline import Timeline
from leerhuis.people.tokens import make_token
from leerhuis.practice.actions.goals import set_goal
from leerhuis.practice.grading import BETWEEN_GAPS, Outcome, grade
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Content,
    Hotspot,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Statement,
)
from leerhuis.practice.models import Access, Answer, Card, Question, Round, Trouble
from leerhuis.practice.pacing import Why
from leerhuis.practice.places import middle_of, write_place
from leerhuis.practice.scheduling import DECAY, FACTOR, RETENTION, Memory, review

WEEKS_TO_LEARN = 8
REPORTED_OF = 200  # of so many misses one is reported
REPORTS = (Trouble.UNCLEAR, Trouble.UNCLEAR, Trouble.WRONG, Trouble.TYPO)
DAYS_TO_EXAM, PLANNED_DAYS_AGO = 6, 23  # the exam of the learner as whom one signs in to the demo
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

    memory: Memory | None
    met_at: datetime
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
                Practiser(sheaf, access, questions[bank.id], enrolment.practice, chance).practise(start, until)
    Round.objects.bulk_create(sheaf.rounds, batch_size=1000)
    Card.objects.bulk_create(sheaf.cards, batch_size=1000)
    _report(sheaf.answers)
    Answer.objects.bulk_create(sheaf.answers, batch_size=1000)


def _report(answers: list[Answer]) -> None:
    """Let some learners tell the makers what is the matter with a question that they missed."""
    missed = [answer for answer in answers if answer.outcome == Outcome.WRONG]
    for place, answer in enumerate(missed[::REPORTED_OF]):
        answer.trouble, answer.told_at = REPORTS[place % len(REPORTS)], answer.answered_at


def plan(world: World, timeline: Timeline) -> None:
    """Put on the line that the learner of the demo's sign-ins chose the day of an exam, and gave an app access."""
    timeline.add(at(world.today - timedelta(days=PLANNED_DAYS_AGO), 20), partial(_choose_exam, world))
    timeline.add(at(world.today - timedelta(days=PLANNED_DAYS_AGO - 2), 20), partial(_let_in_app, world))


def _choose_exam(world: World) -> None:
    """Let the learner choose it in the bank that is open to them longest."""
    learner = world.people[loader.sign_ins(world.academy)["learner"].key]
    access = Access.objects.filter(person=learner).order_by("-until", "id").first()
    if access is None:
        return
    exam_on = world.today + timedelta(days=DAYS_TO_EXAM)
    set_goal(access, exam_on=exam_on, retention=RETENTION, minutes=5, by=Actor.person(learner.id))


def _let_in_app(world: World) -> None:
    """Let the learner give an app access; nobody has its token."""
    learner = world.people[loader.sign_ins(world.academy)["learner"].key]
    by = Actor.person(learner.id)
    make_token(learner, app="Oefenen in de trein", browser="Chrome", system="Android", second_factor=False, by=by)


@dataclass
class Practiser:
    """One learner with access to one bank, and what they know of its questions so far."""

    sheaf: Sheaf
    access: Access
    questions: list[Question]
    profile: kinds.PracticeProfile
    chance: random.Random
    known: dict[UUID, Known] = field(default_factory=dict)

    def practise(self, start: datetime, until: datetime) -> None:
        """Add the rounds between two moments, and what is known in the end."""
        if not self.profile.rounds_per_week or not self.questions:
            return
        moment = start
        while moment < until:
            weeks = (moment - start).days / 7
            if self.profile.stops_after_weeks and weeks > self.profile.stops_after_weeks:
                break
            asked = self._choose(moment)
            if asked:
                self._sit(asked, moment, self._right_share(weeks))
            pause = 7 / self.profile.rounds_per_week * self.chance.uniform(0.7, 1.3)
            moment += timedelta(days=pause, minutes=self.chance.randint(-90, 90))
        self.sheaf.cards.extend(_card(self.access, question_id, each) for question_id, each in self.known.items())

    def _right_share(self, weeks: float) -> float:
        gained = min(1.0, weeks / WEEKS_TO_LEARN)
        return self.profile.right_at_start + (self.profile.right_later - self.profile.right_at_start) * gained

    def _choose(self, moment: datetime) -> list[Question]:
        """Return what a round asks: due questions first, the longest due ahead, then new ones in order."""
        due = [q for q in self.questions if q.id in self.known and self._due_at(q) <= moment]
        due.sort(key=self._due_at)
        fresh = [q for q in self.questions if q.id not in self.known]
        return [*due, *fresh][: self.profile.questions_per_round]

    def _due_at(self, question: Question) -> datetime:
        memory = self.known[question.id].memory
        if memory is None:
            raise ValueError("Nothing is due of a question that was never answered.")
        return memory.due_at

    def _sit(self, asked: list[Question], moment: datetime, right_share: float) -> None:
        """Add one round with its answers."""
        sitting = Round(
            id=uuid7(),
            access=self.access,
            order=[q.id for q in asked],
            reasons=[self._reason(q) for q in asked],
            mastery_before=self._mastery(moment),
            created_at=moment,
        )
        for question in asked:
            took = self.chance.randint(4_000, 26_000)
            moment += timedelta(milliseconds=took + 2_500)
            answer = self._answer(sitting, question, moment, right=self.chance.random() < right_share)
            answer.took_ms = took
            self.sheaf.answers.append(answer)
        sitting.ended_at = moment
        self.sheaf.rounds.append(sitting)

    def _reason(self, question: Question) -> Why:
        known = self.known.get(question.id)
        if known is None or known.memory is None:
            return Why.NEW
        return Why.DUE if known.memory.is_known else Why.AGAIN

    def _mastery(self, moment: datetime) -> float:
        """Return the share that is predicted to be known, as `practice.mastery` computes it."""
        memories = [each.memory for each in self.known.values() if each.memory and each.memory.is_known]
        expected = sum((1 + FACTOR * (moment - m.last_review).days / m.stability) ** DECAY for m in memories)
        return float(expected / len(self.questions))

    def _answer(self, sitting: Round, question: Question, moment: datetime, *, right: bool) -> Answer:
        """Return one answer, and remember what follows from it."""
        content = _content_of(question)
        given = _answer_to(content, right=right, chance=self.chance)
        outcome = grade(content, given).outcome
        before = self.known.get(question.id) or Known(None, moment)
        was_known = bool(before.memory and before.memory.is_known)
        memory = review(before.memory, right=outcome == Outcome.RIGHT, at=moment)
        lapsed = was_known and outcome != Outcome.RIGHT
        self.known[question.id] = Known(memory, before.met_at, before.reps + 1, before.lapses + int(lapsed))
        return Answer(
            id=uuid7(),
            round=sitting,
            question=question,
            question_version=question.version,
            key=uuid7(),
            given=given,
            outcome=outcome,
            was_known=was_known,
            answered_at=moment,
            created_at=moment,
        )


@cache
def _content_of(question: Question) -> Content:
    """Return what a question asks, read from its row once."""
    return question.content


def _card(access: Access, question_id: UUID, known: Known) -> Card:
    memory = known.memory
    if memory is None:
        raise ValueError("Nothing is known of a question that was never answered.")
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
        created_at=known.met_at,
    )


def _answer_to(content: Content, *, right: bool, chance: random.Random) -> str:  # noqa: PLR0911 - one a kind
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
        case Statement(is_true):
            return "true" if is_true == right else "false"
        case Ordering() | Cloze() | Hotspot() | OpenText():
            return _longer_answer_to(content, right=right, chance=chance)


def _longer_answer_to(content: Ordering | Cloze | Hotspot | OpenText, *, right: bool, chance: random.Random) -> str:
    match content:
        case Ordering(items):
            keys = [item.key for item in items]
            return " ".join(keys if right else reversed(keys))
        case Cloze(gaps):
            return BETWEEN_GAPS.join(_answer_to(gap, right=right, chance=chance) for gap in gaps)
        case Hotspot(areas=areas, named=named):
            there = next(area for area in areas if area.share == 1)
            elsewhere = next((area for area in areas if area.share <= 0), there)
            if named:
                return there.key if right else elsewhere.key
            return write_place(middle_of(there)) if right else "J8"
        case OpenText():
            return f"{Outcome.RIGHT if right else Outcome.WRONG}\nIn mijn eigen woorden."
