"""Answers that an app brings, many at once and perhaps late: judged, put in their place by time, and kept once.

One statement for each table, however many answers there are. The audit gets one note for each round.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.people.models import Person
from leerhuis.practice.events import RoundEnded
from leerhuis.practice.grading import Outcome, Unreadable, grade, read_answer
from leerhuis.practice.mastery import BankMastery, masteries
from leerhuis.practice.merging import Fate, Given, Learnt, Remark, Step, Taken, learn, placed, sittings
from leerhuis.practice.models import Access, Answer, Card, Question, Round

Pair = tuple[UUID, UUID]  # an access and a question
_LEARNT = ("created_at", "stability", "difficulty", "state", "step", "last_review", "due_at", "reps", "lapses")


@dataclass
class _World:
    """What is known before an answer is looked at."""

    now: datetime
    accesses: dict[UUID, Access]
    questions: dict[UUID, Question]
    cards: dict[Pair, Card]
    earlier: dict[UUID, Answer]


@dataclass
class _Judged:
    """One answer that will be kept."""

    given: Given
    access: Access
    question: Question
    at: datetime
    line: str
    outcome: Outcome
    round: Round | None = None
    was_known: bool = False
    remarks: list[Remark] = field(default_factory=list)

    @property
    def pair(self) -> Pair:
        """Return by what its card is known."""
        return self.access.id, self.question.id


def take_answers(person: Person, given: Sequence[Given], *, by: Actor) -> list[Taken]:
    """Keep answers of a person's app, each by its id once, and return what became of each, in the order given.

    Each is judged by the question as it is now, and counts from the moment at which it was given: one that comes after
    later ones moves the memory as if it had come in time. What cannot be kept is told item by item and refuses nothing
    else. Keeps: L23.
    """
    inside_edge()
    world = _read(person, given)
    taken: dict[int, Taken] = {}
    judged: list[tuple[int, _Judged]] = []
    met = set(world.cards)
    for place, each in sorted(enumerate(given), key=lambda item: item[1].at):
        found = _judge(each, world, met)
        if isinstance(found, Taken):
            taken[place] = found
            continue
        judged.append((place, found))
        met.add(found.pair)
        world.earlier[each.id] = Answer(key=each.id, outcome=found.outcome, question=found.question)
    kept = sorted((each for _, each in judged), key=lambda each: each.at)
    _sit(kept, world, by)
    learnt = _learn(kept, world)
    Answer.objects.bulk_create(map(_row, kept))
    for place, made in judged:
        due = learnt[made.pair].memory.due_at
        told = Taken(made.given.id, made.question.id, Fate.KEPT, made.outcome, tuple(made.remarks), due)
        taken[place] = replace(told, version=made.question.version)
    return [taken[place] for place in range(len(given))]


def _read(person: Person, given: Sequence[Given]) -> _World:
    """Lock what is open to the person, and read what the answers are about; five statements."""
    now = clock.now()
    opened = Access.objects.select_for_update(of=("self",)).filter(person=person, until__gt=now)
    accesses = {access.bank_id: access for access in opened.select_related("goal").order_by("id")}
    asked = {each.question_id for each in given}
    questions = Question.objects.filter(pk__in=asked, topic__bank__in=list(accesses)).select_related("topic")
    found = {question.id: question for question in questions}
    cards = Card.objects.filter(access__in=[access.id for access in accesses.values()], question__in=list(found))
    keys = [each.id for each in given]
    earlier = Answer.objects.filter(key__in=keys, round__access__person=person)
    return _World(
        now,
        accesses,
        found,
        {(card.access_id, card.question_id): card for card in cards},
        {answer.key: answer for answer in earlier},
    )


def _judge(each: Given, world: _World, met: set[Pair]) -> Taken | _Judged:
    """Return the answer judged, or why it is not kept (anew)."""
    told = Taken(each.id, each.question_id, Fate.UNKNOWN)
    earlier, question = world.earlier.get(each.id), world.questions.get(each.question_id)
    if earlier is not None:
        return replace(told, question_id=earlier.question_id, fate=Fate.REPEATED, outcome=Outcome(earlier.outcome))
    if question is None:
        return told
    access = world.accesses[question.topic.bank_id]
    at = placed(each.at, earliest=access.created_at, now=world.now)
    fate = _refused(each, question, at, is_met=(access.id, question.id) in met)
    line = None if fate else _line_of(each, question)
    if at is None or line is None:
        return replace(told, fate=fate or Fate.UNREADABLE, version=question.version)
    outcome = Outcome.SHOWN if each.shown else grade(question.content, line).outcome
    changed, moved = each.version != question.version, at != each.at
    remarks = [remark for remark, holds in ((Remark.CHANGED, changed), (Remark.CLOCK, moved)) if holds]
    return _Judged(each, access, question, at, line, outcome, remarks=remarks)


def _refused(each: Given, question: Question, at: datetime | None, *, is_met: bool) -> Fate | None:
    """Return why an answer cannot be kept, whatever it says."""
    if not question.is_released:
        return Fate.WITHDRAWN
    if at is None:
        return Fate.CLOCK
    return Fate.MET_BEFORE if each.shown and is_met else None


def _line_of(each: Given, question: Question) -> str | None:
    """Return the answer as its one line; None for what is no answer to this question."""
    if each.shown:
        return ""
    try:
        return read_answer(question.content, lambda name: list(each.values.get(name, ())))
    except Unreadable:
        return None


def _learn(kept: Sequence[_Judged], world: _World) -> dict[Pair, Learnt]:
    """Move the memory of each question by its answers in the order of their time, and keep it."""
    by_pair: dict[Pair, list[_Judged]] = defaultdict(list)
    for each in kept:
        by_pair[each.pair].append(each)
    late = [pair for pair, new in by_pair.items() if pair in world.cards and new[0].at < world.cards[pair].last_review]
    before = _history(late)
    learnt, cards = {}, []
    for pair, new in by_pair.items():
        card = world.cards.get(pair)
        learnt[pair] = _course(card, before.get(pair, []), new)
        first = min(new[0].at, card.created_at) if card else new[0].at
        cards.append(_card(pair, card, learnt[pair], first))
    Card.objects.bulk_create(
        cards, update_conflicts=True, unique_fields=["access", "question"], update_fields=list(_LEARNT)
    )
    return learnt


def _course(card: Card | None, old: Sequence[Step], new: Sequence[_Judged]) -> Learnt:
    """Return where new answers lead, and write on each whether the question was known before it.

    With all earlier answers at hand (`old`, asked for where one comes late) the course is gone through anew; without
    them, as after their term, a late answer counts from the last one.
    """
    retention = new[0].access.plan.retention
    if card and old and sum(step.outcome is not Outcome.SHOWN for step in old) >= card.reps:
        marks: list[tuple[Step, _Judged | None]] = [(step, None) for step in old]
        marks = sorted(marks + [(_step(each), each) for each in new], key=_time)
        learnt = learn(None, [step for step, _ in marks], retention=retention)
    else:
        marks = [(_step(each), each) for each in new]
        counts = (card.reps, card.lapses) if card else (0, 0)
        start = card.memory if card else None
        learnt = learn(start, [step for step, _ in marks], retention=retention, reps=counts[0], lapses=counts[1])
    for (_, each), known in zip(marks, learnt.known_before, strict=True):
        if each is not None:
            each.was_known = known
    return learnt


def _history(pairs: Sequence[Pair]) -> dict[Pair, list[Step]]:
    """Return the answers so far to questions to which a late one comes."""
    found: dict[Pair, list[Step]] = defaultdict(list)
    if not pairs:
        return found
    accesses, questions = {access for access, _ in pairs}, {question for _, question in pairs}
    rows = Answer.objects.filter(round__access__in=accesses, question__in=questions).order_by("answered_at", "id")
    for access_id, question_id, at, outcome in rows.values_list("round__access", "question", "answered_at", "outcome"):
        found[access_id, question_id].append(Step(at, Outcome(outcome)))
    return found


def _step(each: _Judged) -> Step:
    return Step(each.at, each.outcome)


def _time(mixed: tuple[Step, _Judged | None]) -> datetime:
    return mixed[0].at


def _card(pair: Pair, card: Card | None, learnt: Learnt, first: datetime) -> Card:
    memory = learnt.memory
    moved = card or Card(access_id=pair[0], question_id=pair[1])
    moved.created_at = first
    moved.stability, moved.difficulty = memory.stability, memory.difficulty
    moved.state, moved.step = memory.state, memory.step
    moved.last_review, moved.due_at = memory.last_review, memory.due_at
    moved.reps, moved.lapses = learnt.reps, learnt.lapses
    return moved


def _sit(kept: Sequence[_Judged], world: _World, by: Actor) -> None:
    """Give each answer its round: the sitting of the app in which it was given, which may be the one before it."""
    by_access: dict[UUID, list[_Judged]] = defaultdict(list)
    for each in kept:
        by_access[each.access.id].append(each)
    latest = _latest_rounds(by_access)
    begun: list[Round] = []
    for access_id, new in by_access.items():
        there = latest.get(access_id)
        room, until = (set(there.order), there.ended_at) if there else (set(), None)
        places = sittings([(each.at, each.question.id) for each in new], room, until)
        rounds = {0: there} if there else {}
        for place, each in zip(places, new, strict=True):
            if place not in rounds:
                rounds[place] = Round(access=each.access, order=[], created_at=each.at, in_app=True)
                begun.append(rounds[place])
            each.round = rounds[place]
            each.round.order.append(each.question.id)
            each.round.ended_at = each.at
        if there and 0 in places:
            there.save(update_fields=["order", "ended_at"])
    _begin(begun, world, by)


def _latest_rounds(accesses: Iterable[UUID]) -> dict[UUID, Round]:
    """Return the round of each access that an app brought last."""
    rounds = Round.objects.filter(access__in=list(accesses), in_app=True).order_by("access", "-created_at")
    return {each.access_id: each for each in rounds.distinct("access")}


def _begin(begun: Sequence[Round], world: _World, by: Actor) -> None:
    """Write new rounds, with the mastery before them; they have ended when they come."""
    if not begun:
        return
    person_id = begun[0].access.person_id
    stands = masteries(person_id, {each.access.bank_id for each in begun}, world.now)
    for each in begun:
        each.mastery_before = stands.get(each.access.bank_id, BankMastery()).share
    Round.objects.bulk_create(begun)
    for each in begun:
        note("practise", each, by=by, subject=person_id)
        emit(RoundEnded(person_id, each.access.bank_id, each.id))


def _row(each: _Judged) -> Answer:
    return Answer(
        round=each.round,
        question=each.question,
        question_version=each.given.version,
        key=each.given.id,
        given=each.line,
        outcome=each.outcome,
        was_known=each.was_known,
        took_ms=each.given.took_ms,
        answered_at=each.at,
    )
