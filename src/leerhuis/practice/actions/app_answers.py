"""Answers that an app brings, many at once and perhaps late: judged, put in their place by time, and kept once.

One statement for each table, however many answers there are. The audit gets one note for each round.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.rows import add_rows
from leerhuis.practice.events import RoundEnded
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.grading import Outcome, Unreadable, grade, read_answer
from leerhuis.practice.mastery import BankMastery, masteries
from leerhuis.practice.merging import Fate, Given, Learnt, Planned, Remark, Step, Taken, learn, placed, sittings
from leerhuis.practice.models import Access, Answer, Card, Question, Round, Version

_LEARNT = ("created_at", "stability", "difficulty", "state", "step", "last_review", "due_at", "reps", "lapses")


@dataclass
class _World:
    """What is known before an answer is looked at; questions and cards by the id of the question.

    `means_since`: the version from which a question means what it does, where an answer of an earlier version came.
    """

    now: datetime
    access: Access
    questions: dict[UUID, Question]
    cards: dict[UUID, Card]
    earlier: dict[UUID, Answer]
    means_since: dict[UUID, int]


@dataclass
class _Judged:
    """One answer that will be kept."""

    given: Given
    question: Question
    at: datetime
    line: str
    outcome: Outcome
    remarks: tuple[Remark, ...] = ()
    round: Round | None = None
    was_known: bool = False
    means_else: bool = False  # it was given to what the question meant before


def take_answers(access: Access, given: Sequence[Given], *, by: Actor) -> list[Taken]:
    """Keep what an app brings to one bank, each answer by its id once; return what became of each, in the order given.

    Each is judged by the question as it is now, and counts from the moment at which it was given: one that comes after
    later ones moves the memory as if it had come in time; one to what the question meant before moves none. What cannot
    be kept is told item by item and refuses nothing else. Keeps: L23.
    """
    inside_edge()
    world = _read(access, given)
    taken: dict[int, Taken] = {}
    judged: dict[int, _Judged] = {}
    met = set(world.cards)
    for place, each in sorted(enumerate(given), key=lambda item: item[1].at):
        found = _judge(each, world, met)
        if isinstance(found, Taken):
            taken[place] = found
        else:
            judged[place] = found
            met.add(found.question.id)
            world.earlier[each.id] = Answer(key=each.id, outcome=found.outcome, question=found.question)
    kept = sorted(judged.values(), key=lambda each: each.at)
    _sit(kept, world, by)
    learnt = _learn(kept, world)
    add_rows(map(_row, kept))
    due = {id: card.due_at for id, card in world.cards.items()} | {
        id: each.memory.due_at for id, each in learnt.items()
    }
    taken |= {place: _told(made, due.get(made.question.id)) for place, made in judged.items()}
    return [taken[place] for place in range(len(given))]


def _read(access: Access, given: Sequence[Given]) -> _World:
    """Lock the access, and read what the answers are about; four statements, and one where a meaning changed since."""
    locked = Access.objects.select_for_update(of=("self",)).select_related("goal").get(pk=access.pk)
    asked = {each.question_id for each in given}
    questions = Question.objects.filter(pk__in=asked, topic__bank=locked.bank_id).defer("search", "explanation")
    found = {question.id: question for question in questions}
    cards = Card.objects.filter(access=locked, question__in=list(found))
    earlier = Answer.objects.filter(key__in=[each.id for each in given], round__access__person=locked.person_id)
    return _World(
        clock.now(),
        locked,
        found,
        {card.question_id: card for card in cards},
        {answer.key: answer for answer in earlier},
        _means_since(given, found),
    )


def _means_since(given: Sequence[Given], questions: Mapping[UUID, Question]) -> dict[UUID, int]:
    """Return from which version questions mean what they do, of those that changed since an answer was given."""
    pairs = ((each, questions.get(each.question_id)) for each in given)
    behind = {q.id for each, q in pairs if q is not None and q.meant_at is not None and each.version < q.version}
    if not behind:
        return {}
    changes = Version.objects.filter(question__in=behind, change=Version.Change.MEANING).order_by()
    return dict(changes.values_list("question").annotate(Max("number")))


def _judge(each: Given, world: _World, met: set[UUID]) -> Taken | _Judged:
    """Return the answer judged, or why it is not kept (anew)."""
    told = Taken(each.id, each.question_id, Fate.UNKNOWN)
    earlier, question = world.earlier.get(each.id), world.questions.get(each.question_id)
    if earlier is not None:
        return replace(told, question_id=earlier.question_id, fate=Fate.REPEATED, outcome=Outcome(earlier.outcome))
    if question is None:
        return told
    at = placed(each.at, earliest=world.access.created_at, now=world.now)
    fate = _refused(each, question, at, is_met=question.id in met)
    line = None if fate else _line_of(each, question)
    if at is None or line is None:
        return replace(told, fate=fate or Fate.UNREADABLE, version=question.version)
    outcome = Outcome.SHOWN if each.shown else grade(question.content, line).outcome
    was_before = question.meant_at is not None and at < question.meant_at
    means_else = was_before or each.version < world.means_since.get(question.id, 0)
    changed, moved = each.version != question.version, at != each.at
    remarks = tuple(remark for remark, holds in ((Remark.CHANGED, changed), (Remark.CLOCK, moved)) if holds)
    return _Judged(each, question, at, line, outcome, remarks, means_else=means_else)


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


def _learn(kept: Sequence[_Judged], world: _World) -> dict[UUID, Learnt]:
    """Move the memory of each question by its answers in the order of their time, and keep it.

    Answers to what a question meant before move nothing: it has to be learned anew.
    """
    by_question: dict[UUID, list[_Judged]] = defaultdict(list)
    for each in kept:
        if not each.means_else:
            by_question[each.question.id].append(each)
    cards = world.cards
    late = [id for id, new in by_question.items() if id in cards and new[0].at < cards[id].last_review]
    before = _history(world.access, late)
    learnt, moved = {}, []
    planned = Planned(world.access.plan.retention, parameters_in_use())
    for id, new in by_question.items():
        card = cards.get(id)
        learnt[id] = _course(card, before.get(id, []), new, planned)
        moved.append(_card(card or Card(access=world.access, question=new[0].question), learnt[id], new[0].at))
    add_rows(moved, on=("access", "question"), renew=_LEARNT)
    return learnt


def _course(card: Card | None, old: Sequence[Step], new: Sequence[_Judged], planned: Planned) -> Learnt:
    """Return where new answers lead, and write on each whether the question was known before it.

    With all earlier answers at hand (`old`, asked for where one comes late) the course is gone through anew; without
    them, as after their term, or where the question has come to mean something else since, a late answer counts from
    the last one.
    """
    meant_at = new[0].question.meant_at
    old = [] if meant_at and any(step.at < meant_at for step in old) else old
    marks: list[tuple[Step, _Judged | None]] = [(Step(each.at, each.outcome), each) for each in new]
    if card and old and sum(step.outcome is not Outcome.SHOWN for step in old) >= card.reps:
        marks = sorted([(step, None) for step in old] + marks, key=lambda mark: mark[0].at)
        learnt = learn(None, [step for step, _ in marks], planned)
    else:
        start, reps, lapses = (card.memory, card.reps, card.lapses) if card else (None, 0, 0)
        learnt = learn(start, [step for step, _ in marks], planned, reps=reps, lapses=lapses)
    for (_, each), known in zip(marks, learnt.known_before, strict=True):
        if each is not None:
            each.was_known = known
    return learnt


def _history(access: Access, late: Sequence[UUID]) -> dict[UUID, list[Step]]:
    """Return the answers so far to questions to which a late one comes."""
    found: dict[UUID, list[Step]] = defaultdict(list)
    if late:
        rows = Answer.objects.filter(round__access=access, question__in=late).order_by("answered_at", "id")
        for question_id, at, outcome in rows.values_list("question", "answered_at", "outcome"):
            found[question_id].append(Step(at, Outcome(outcome)))
    return found


def _card(card: Card, learnt: Learnt, first: datetime) -> Card:
    """Return a card as it is after the answers, met at the first of them."""
    memory = learnt.memory
    card.created_at = first if card._state.adding else min(first, card.created_at)  # noqa: SLF001 - not yet written
    card.stability, card.difficulty = memory.stability, memory.difficulty
    card.state, card.step = memory.state, memory.step
    card.last_review, card.due_at = memory.last_review, memory.due_at
    card.reps, card.lapses = learnt.reps, learnt.lapses
    return card


def _sit(kept: Sequence[_Judged], world: _World, by: Actor) -> None:
    """Give each answer its round: the sitting of the app in which it was given, which may be the one before it."""
    rounds = Round.objects.filter(access=world.access, in_app=True).order_by("-created_at")
    there = rounds.first() if kept else None
    asked, until = (set(there.order), there.ended_at) if there else (set(), None)
    places = sittings([(each.at, each.question.id) for each in kept], asked, until)
    by_place: dict[int, Round] = {0: there} if there else {}
    for place, each in zip(places, kept, strict=True):
        if place not in by_place:
            by_place[place] = Round(access=world.access, order=[], created_at=each.at, in_app=True)
        each.round = by_place[place]
        each.round.order.append(each.question.id)
        each.round.ended_at = each.at
    if there and 0 in places:
        there.save(update_fields=["order", "ended_at"])
    _begin([each for place, each in by_place.items() if place], world, by)


def _begin(begun: Sequence[Round], world: _World, by: Actor) -> None:
    """Write new rounds, with the mastery before them; they have ended when they come."""
    if not begun:
        return
    person_id, bank_id = world.access.person_id, world.access.bank_id
    stand = masteries(person_id, [bank_id], world.now).get(bank_id, BankMastery())
    for each in begun:
        each.mastery_before = stand.share
    Round.objects.bulk_create(begun)
    for each in begun:
        note("practise", each, by=by, subject=person_id)
        emit(RoundEnded(person_id, bank_id, each.id))


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


def _told(made: _Judged, due_at: datetime | None) -> Taken:
    told = Taken(made.given.id, made.question.id, Fate.KEPT, made.outcome, made.remarks, due_at)
    return replace(told, version=made.question.version)
