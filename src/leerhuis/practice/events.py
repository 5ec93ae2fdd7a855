"""What happens in practice. Nothing here says how somebody answered: practice stays with the person."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class AccessGranted(Event):
    """Somebody may practise a bank."""

    person_id: UUID
    bank_id: UUID


@dataclass(frozen=True)
class AccessWithdrawn(Event):
    """A cause for practising a bank fell away; other causes may still carry it."""

    person_id: UUID
    bank_id: UUID


@dataclass(frozen=True)
class RoundEnded(Event):
    """Somebody finished, or left, a round."""

    person_id: UUID
    bank_id: UUID
    round_id: UUID


@dataclass(frozen=True)
class QuestionsImported(Event):
    """A file brought questions into a bank."""

    bank_id: UUID
    taken: int


@dataclass(frozen=True)
class QuestionChanged(Event):
    """A question was rewritten, withdrawn or taken into use again."""

    question_id: UUID


@dataclass(frozen=True)
class ReminderDue(Event):
    """It was time to remind somebody who asked for it."""

    reminder_id: UUID


@dataclass(frozen=True)
class SourceChanged(Event):
    """What makes answers right was declared changed; so many questions were retired."""

    source_id: UUID
    retired: int
