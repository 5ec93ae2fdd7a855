"""Reading all answers of an academy as histories, moving every memory to other parameters, and the fits there were."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Final
from uuid import UUID

from django.db import connection
from fsrs import State
from fsrs_rs_python import MemoryState

from leerhuis.people.queries import unrestricted
from leerhuis.practice.fitting import Model
from leerhuis.practice.grading import Outcome
from leerhuis.practice.histories import Answered, History, memories_of
from leerhuis.practice.measures import Figures
from leerhuis.practice.models import Answer, Fit, Goal, Version
from leerhuis.practice.scheduling import AGAIN_AFTER, RETENTION, Memory, Parameters, interval_days, review, unlearnt

FITS_SHOWN: Final = 12
BATCH: Final = 20_000  # memories written by one statement
_COLUMNS = ("round__access__person", "round__access", "question", "answered_at", "outcome")
_WRITE = """
    UPDATE practice_card AS card
       SET stability = new.stability, difficulty = new.difficulty, state = new.state, step = new.step,
           due_at = new.at + new.wait
      FROM unnest(%(access)s::uuid[], %(question)s::uuid[], %(at)s::timestamptz[], %(stability)s::float8[],
                  %(difficulty)s::float8[], %(state)s::int[], %(step)s::int[], %(wait)s::interval[])
           AS new(access, question, at, stability, difficulty, state, step, wait)
     WHERE card.access_id = new.access AND card.question_id = new.question AND card.last_review = new.at
"""
Row = tuple[UUID, UUID, UUID, datetime, str]
Standing = tuple[float, float, int, int | None, timedelta]  # stability, difficulty, state, step, wait


@dataclass(frozen=True)
class _Held:
    """The history of one memory, and the moment of its last answer; a later answer makes it another one.

    `steps`: when it was answered and whether rightly, and when it came to mean something else (None), where it did.
    """

    access: UUID
    question: UUID
    at: datetime
    history: History
    steps: tuple[tuple[datetime, bool | None], ...] = ()


def all_histories() -> list[History]:
    """Return the histories of everybody whose data may be used; whose data are only kept are left out."""
    return [each.history for each in _held()]


def _held() -> Iterator[_Held]:
    meanings = _meanings()
    answers = unrestricted(Answer.objects.all(), "round__access__person")
    rows = answers.order_by("round__access", "question", "answered_at", "id").values_list(*_COLUMNS)
    for (access, question), same in groupby(rows.iterator(chunk_size=5000), key=lambda row: (row[1], row[2])):
        found = list(same)
        yield _Held(access, question, found[-1][3], _history(found), _steps(found, meanings.get(question, ())))


def _meanings() -> dict[UUID, list[datetime]]:
    """Return when questions came to mean something else, for those that did."""
    found: dict[UUID, list[datetime]] = defaultdict(list)
    changes = Version.objects.filter(change=Version.Change.MEANING).order_by("question", "number")
    for question, at in changes.values_list("question", "created_at"):
        found[question].append(at)
    return found


def _steps(rows: list[Row], meanings: Sequence[datetime]) -> tuple[tuple[datetime, bool | None], ...]:
    changed: list[tuple[datetime, bool | None]] = [(at, None) for at in meanings if at > rows[0][3]]
    if not changed:
        return ()
    given = [(at, outcome == Outcome.RIGHT) for _person, _access, _question, at, outcome in rows]
    return tuple(sorted([*changed, *given], key=lambda step: step[0]))  # in one moment: first the change


def _history(rows: list[Row]) -> History:
    answers = []
    before = rows[0][3]
    for _person, _access, _question, at, outcome in rows:
        shown = outcome == Outcome.SHOWN
        answers.append(Answered((at - before).days, outcome == Outcome.RIGHT, is_shown=shown))
        before = at
    return History(rows[0][0], tuple(answers))


def move_memories(parameters: Parameters) -> int:
    """Compute every memory anew from its answers, as if these parameters had always been in use; returns how many.

    What was known comes back when recall falls to what its learner wishes; what was missed waits its ten minutes; a
    question that came to mean something else is learned anew from then on. A memory that is answered meanwhile is left
    as that answer made it.
    """
    retentions = dict(Goal.objects.values_list("access", "retention"))
    held = _held()
    moved = 0
    while batch := list(islice(held, BATCH)):
        moved += _write(batch, parameters, retentions)
    return moved


def _write(batch: list[_Held], parameters: Parameters, retentions: dict[UUID, float]) -> int:
    memories = memories_of([each.history for each in batch], parameters)
    rows = []
    for each, states in zip(batch, memories, strict=True):
        retention = retentions.get(each.access, RETENTION)
        if each.steps:
            standing = _learned_anew(each, parameters, retention)
        else:
            standing = _standing(each.history, states[-1], parameters, retention)
        rows.append((each.access, each.question, each.at, *standing))
    names = ("access", "question", "at", "stability", "difficulty", "state", "step", "wait")
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, dict(zip(names, map(list, zip(*rows, strict=True)), strict=True)))
        return int(cursor.rowcount)


def _standing(history: History, memory: MemoryState, parameters: Parameters, retention: float) -> Standing:
    """Return stability, difficulty, state, step and wait as the scheduler leaves them after the last answer."""
    rights = [each.right for each in history.answers]
    if rights[-1]:
        wait = timedelta(days=interval_days(memory.stability, retention, parameters))
        return memory.stability, memory.difficulty, State.Review.value, None, wait
    state = State.Relearning if any(rights) else State.Learning
    return memory.stability, memory.difficulty, state.value, 0, AGAIN_AFTER


def _learned_anew(held: _Held, parameters: Parameters, retention: float) -> Standing:
    """Return the same for a question that came to mean something else between its answers or after them."""
    memory: Memory | None = None
    for at, right in held.steps:
        if right is not None:
            memory = review(memory, right=right, at=at, retention=retention, parameters=parameters)
        elif memory is not None:
            memory = unlearnt(memory, at, parameters)
    if memory is None:
        raise ValueError("There is no memory without an answer.")
    return memory.stability, memory.difficulty, memory.state, memory.step, memory.due_at - held.at


# --- fits ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class ShownFit:
    """A fit with how well each model predicted the answers that were held out, the best first."""

    fit: Fit
    figures: tuple[tuple[Model, Figures], ...]


def fits_shown() -> list[ShownFit]:
    """Return the fits of the academy, the newest first, for authors; nothing in them is about a person."""
    return [ShownFit(each, _figures_of(each)) for each in Fit.objects.all()[:FITS_SHOWN]]


def _figures_of(fitted: Fit) -> tuple[tuple[Model, Figures], ...]:
    told = [(Model(name), Figures(*numbers)) for name, numbers in fitted.figures.items()]
    return tuple(sorted(told, key=lambda each: each[1].log_loss))
