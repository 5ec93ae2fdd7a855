"""Answers that come late: what an app was given without a connection, put in its place by its time. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from leerhuis.practice.scheduling import DEFAULT, Memory, Parameters, review
from leerhuis.practice.verdicts import Outcome

CLOCK_OFF: Final = timedelta(days=1)  # by how much the clock of a device may be wrong
SAME_ROUND: Final = timedelta(minutes=30)  # answers with less between them belong to one sitting
LONGEST_ROUND: Final = 200  # questions


class Fate(StrEnum):
    """What became of an answer that an app sent."""

    KEPT = "kept"
    REPEATED = "repeated"  # sent before, and kept then
    UNKNOWN = "unknown"  # no such question in this bank
    WITHDRAWN = "withdrawn"  # the question is not asked any more
    UNREADABLE = "unreadable"  # no answer to this question, as it is now
    MET_BEFORE = "met_before"  # looked at the answer of a question that was met before
    CLOCK = "clock"  # given at a time that cannot be


class Remark(StrEnum):
    """What an app is told beside what became of its answer."""

    CHANGED = "changed"  # the question has another version now, by which the answer was judged: fetch it again
    CLOCK = "clock"  # the time was moved to one that can be


@dataclass(frozen=True)
class Given:
    """One answer as an app sends it. `values` are the fields of the answer by name (`grading.read_answer`).

    `shown`: the right answer was looked at before trying. `version`: of the question, as the app had it.
    """

    id: UUID
    question_id: UUID
    version: int
    values: Mapping[str, Sequence[str]]
    at: datetime
    took_ms: int | None = None
    shown: bool = False


@dataclass(frozen=True)
class Taken:
    """What became of an answer: how it was judged, when the question comes back, and its version now."""

    id: UUID
    question_id: UUID
    fate: Fate
    outcome: Outcome | None = None
    remarks: tuple[Remark, ...] = ()
    due_at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True)
class Step:
    """One answer in the course of learning a question: when, and how it was."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True)
class Learnt:
    """Where steps lead: the memory, how often it was asked and forgotten, and before which steps it was known."""

    memory: Memory
    reps: int
    lapses: int
    known_before: tuple[bool, ...]


def placed(at: datetime, *, earliest: datetime, now: datetime) -> datetime | None:
    """Return when an answer counts as given: within a day of what can be it is moved there, beyond that None."""
    if at > now + CLOCK_OFF or at < earliest - CLOCK_OFF:
        return None
    return min(now, max(earliest, at))


@dataclass(frozen=True)
class Planned:
    """By what memories are planned: the wished retention, and the parameters of FSRS-6 in use."""

    retention: float
    parameters: Parameters = DEFAULT


def learn(start: Memory | None, steps: Sequence[Step], by: Planned, *, reps: int = 0, lapses: int = 0) -> Learnt:
    """Return where steps lead, oldest first, from a memory and its counts (None: never met). At least one step.

    A step before the last review of the memory counts as given with it.
    """
    memory, known_before = start, []
    for step in steps:
        known = memory is not None and memory.is_known
        right = step.outcome is Outcome.RIGHT
        at = max(step.at, memory.last_review) if memory else step.at
        memory = review(memory, right=right, at=at, retention=by.retention, parameters=by.parameters)
        known_before.append(known)
        reps += step.outcome is not Outcome.SHOWN
        lapses += known and not right
    if memory is None:
        raise ValueError("Nothing was learnt: there are no steps.")
    return Learnt(memory, reps, lapses, tuple(known_before))


def sittings(moments: Sequence[tuple[datetime, UUID]], room: set[UUID], until: datetime | None) -> list[int]:
    """Return to which sitting each answer belongs: 0 for the one that is there already, 1 and on for new ones.

    `moments` are the times and questions, oldest first; `room` what the sitting that is there asked, and `until` when
    it ended (None: there is none). A sitting asks a question once, and ends after half an hour without an answer.
    """
    number, asked, last = 0, set(room), until
    places = []
    for at, question_id in moments:
        full = len(asked) >= LONGEST_ROUND or question_id in asked
        if last is None or full or not timedelta(0) <= at - last <= SAME_ROUND:
            number, asked = number + 1, set()
        asked.add(question_id)
        last = at
        places.append(number)
    return places
