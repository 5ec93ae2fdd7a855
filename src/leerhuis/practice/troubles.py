"""What learners say is the matter with questions, for those who make them: what and how often, never who."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.charter.audiences import ADMIN
from leerhuis.people.queries import unrestricted
from leerhuis.practice.models import Answer, Bank, BankAuthor, Question, Trouble


@dataclass(frozen=True)
class Reported:
    """A question with what learners said is the matter with it since its makers last looked: (what, how many did).

    How many is None where fewer said it than may be shown of any group: one person is nobody's to see.
    """

    question: Question
    troubles: tuple[tuple[str, int | None], ...]

    @property
    def count(self) -> int:
        """Return how many people said anything, as far as that is shown."""
        return sum(number or 0 for _, number in self.troubles)


def reports_until() -> datetime:
    """Return up to when reports are shown: those of today are told from tomorrow on, so that none tells a moment."""
    return datetime.combine(clock.today(), time.min, clock.zone())


def reported_in(bank: Bank) -> list[Reported]:
    """Return the questions of a bank that learners reported, the most often first; from whom is never read.

    What is said by people whose data are only kept does not count. Keeps: K6.
    """
    return _reported(Question.objects.filter(topic__bank=bank))


def reports_of(question: Question) -> Reported | None:
    """Return what learners said of one question, or None."""
    return next(iter(_reported(Question.objects.filter(pk=question.pk))), None)


def _reported(questions: QuerySet[Question]) -> list[Reported]:
    smallest = int(current_academy().settings.insights.smallest_group)
    found: dict[UUID, list[tuple[str, int | None]]] = {}
    counted = _told().filter(question__in=questions).order_by().values_list("question", "trouble")
    for id, trouble, people in counted.annotate(people=Count("round__access__person", distinct=True)):
        found.setdefault(id, []).append((str(Trouble(trouble).label), people if people >= smallest else None))
    rows = Question.objects.filter(pk__in=found).select_related("topic")
    shown = {id: tuple(sorted(said, key=lambda each: (-(each[1] or 0), each[0]))) for id, said in found.items()}
    reported = [Reported(each, shown[each.id]) for each in rows]
    return sorted(reported, key=lambda each: (-each.count, each.question.position))


def banks_with_reports(viewer: Any) -> QuerySet[Bank]:
    """Return the banks where a viewer writes and learners reported questions, each with how many (`reported`)."""
    mine = written_by(viewer, Question.objects.filter(pk__in=_told().values("question")))
    counted = Bank.objects.annotate(
        reported=Count("topics__questions", filter=Q(topics__questions__in=mine.values("pk")))
    )
    return counted.filter(reported__gt=0).order_by("title")


def written_by(viewer: Any, questions: QuerySet[Question]) -> QuerySet[Question]:
    """Keep the questions of banks where a viewer writes: those open to every author, and those that name them."""
    if viewer.may_enter(ADMIN):
        return questions
    named = BankAuthor.objects.filter(bank=OuterRef("topic__bank"), person=viewer.person_id, ended_at=None)
    return questions.filter(Q(topic__bank__named_only=False) | Exists(named))


def _told() -> QuerySet[Answer]:
    """Return the answers with a report, of before today, that the makers of the question did not look at since."""
    told = unrestricted(Answer.objects.exclude(trouble=""), "round__access__person").filter(told_at__lt=reports_until())
    return told.filter(Q(question__settled_at=None) | Q(told_at__gte=F("question__settled_at")))
