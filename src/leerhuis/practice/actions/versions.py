"""Keeping each saved question as a version, and going back to an earlier one."""

from collections.abc import Sequence
from dataclasses import dataclass

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.practice.models import Bank, Question, Version
from leerhuis.practice.unlearning import unlearn

WORDS = ("kind", "title", "stem", "stem_format", "options", "explanation", "explanation_format")
AT_ONCE = 500


@dataclass(frozen=True)
class Saved:
    """A question as it was just saved, what that is to whoever learned it before, and whether its author said so."""

    question: Question
    change: str = Version.Change.NEW
    said_by_author: bool = False


def keep_versions(bank: Bank, saved: Sequence[Saved], *, by: Actor) -> None:
    """Keep questions of a bank as they were just saved, each as the version that it says it is.

    Who had learned one of which the meaning changed has to learn it anew.
    """
    inside_edge()
    rows = [
        Version(
            question=each.question,
            number=each.question.version,
            writer_id=by.person_id,
            change=each.change,
            said_by_author=each.said_by_author,
            created_at=clock.now(),
            **{name: getattr(each.question, name) for name in WORDS},
        )
        for each in saved
    ]
    Version.objects.bulk_create(rows, batch_size=AT_ONCE)
    note("keep versions", bank, by=by)
    changed = [each.question.id for each in saved if each.change == Version.Change.MEANING]
    if changed:
        unlearn(changed)
