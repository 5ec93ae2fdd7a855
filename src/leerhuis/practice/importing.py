"""What bringing a file into a bank would do, item by item: the dry run, and the plan that the action carries out."""

from collections import Counter
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.drafts import Draft, Reported, read_gift
from leerhuis.practice.exchange.files import must_be_gift
from leerhuis.practice.exchange.reasons import NOTICES, REASONS
from leerhuis.practice.models import Bank, Question


class Fate(TextChoices):
    """What becomes of an item of a file."""

    NEW = "new", _("comes in")
    CHANGED = "changed", _("replaces the text with the same id")
    KNOWN = "known", _("is there already")
    LEFT_OUT = "left_out", _("cannot come in")


@dataclass(frozen=True)
class Planned:
    """One item of a file: where it stands, what becomes of it, and why.

    `question_id` is the question that it changes or equals.
    """

    line: int
    label: str
    fate: Fate
    draft: Draft | None = None
    reason: Promise | None = None
    notices: tuple[Promise, ...] = ()
    question_id: UUID | None = None


@dataclass(frozen=True)
class ImportReport:
    """Every item of a file in its order, whether it only was looked at (`dry`) or carried out."""

    items: tuple[Planned, ...]
    dry: bool = True

    def count(self, fate: Fate) -> int:
        """Return how many items have this fate."""
        return sum(item.fate is fate for item in self.items)

    @property
    def counts(self) -> list[tuple[Fate, int]]:
        """Return the fates that occur, with their numbers."""
        counted = Counter(item.fate for item in self.items)
        return [(fate, counted[fate]) for fate in Fate if counted[fate]]

    @property
    def usable(self) -> int:
        """Return how many items bring something in."""
        return self.count(Fate.NEW) + self.count(Fate.CHANGED)


def plan_import(bank: Bank | None, text: str, *, topic: str = "") -> ImportReport:
    """Return what bringing this GIFT text into a bank would do; nothing is changed. None: a bank still to be made.

    `topic` is for questions without a category. Raises NotGift for another format.
    """
    must_be_gift(text)
    known: dict[str, UUID] = {}
    by_id: dict[str, UUID] = {}
    if bank is not None:
        rows = Question.objects.filter(topic__bank=bank).values_list("id", "fingerprint", "source_id")
        known = {fingerprint: id for id, fingerprint, _source in rows}
        by_id = {source: id for id, _fingerprint, source in rows if source}
    seen: set[str] = set()
    return ImportReport(tuple(_plan(each, topic, known, by_id, seen) for each in read_gift(text)))


def _plan(each: Reported, topic: str, known: dict[str, UUID], by_id: dict[str, UUID], seen: set[str]) -> Planned:
    if each.draft is None:
        reason = REASONS[each.reason] if each.reason else None
        return Planned(each.line, each.label, Fate.LEFT_OUT, reason=reason)
    draft = replace(each.draft, topic=each.draft.topic or topic or each.draft.topic)
    mark = draft.fingerprint
    same = known.get(mark)
    fate, question_id = Fate.NEW, by_id.get(draft.source_id)
    if same is not None or mark in seen:
        fate, question_id = Fate.KNOWN, same
    elif question_id is not None:
        fate = Fate.CHANGED
    seen.add(mark)
    notices = tuple(NOTICES[notice] for notice in each.notices)
    return Planned(each.line, each.label, fate, draft, notices=notices, question_id=question_id)
