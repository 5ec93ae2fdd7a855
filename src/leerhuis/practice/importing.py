"""What bringing a file into a bank would do, item by item: the dry run, and the plan that the action carries out."""

from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Self
from uuid import UUID

from django.db.models import TextChoices
from django.utils.functional import Promise, cached_property
from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal
from leerhuis.practice.contents import look_at
from leerhuis.practice.exchange.drafts import Draft, Reported
from leerhuis.practice.exchange.reading import read_file
from leerhuis.practice.exchange.reasons import NOTICES, REASONS
from leerhuis.practice.exchange.remarks import Notice, Unplayable
from leerhuis.practice.mentions import named_in_draft
from leerhuis.practice.models import Aim, Bank, Media, Question
from leerhuis.practice.rules import can_be_right, marks_fit


class Fate(TextChoices):
    """What becomes of an item of a file."""

    NEW = "new", _("comes in")
    CHANGED = "changed", _("becomes a new version")
    PLACED = "placed", _("gets another topic, goals or source")
    KNOWN = "known", _("is there already")
    LEFT_OUT = "left_out", _("cannot come in")


@dataclass(frozen=True)
class Planned:
    """One item of a file: where it stands, what becomes of it, and why.

    `called` is its kind in the words of the file; `question_id` is the question that it changes or equals, and
    `version` the one that it becomes.
    """

    line: int
    label: str
    fate: Fate
    draft: Draft | None = None
    reason: Promise | None = None
    notices: tuple[Promise, ...] = ()
    question_id: UUID | None = None
    called: str = ""
    version: int = 1


@dataclass(frozen=True)
class ImportReport:
    """Every item of a file in its order, whether it only was looked at (`dry`) or carried out."""

    items: tuple[Planned, ...]
    dry: bool = True
    form: str | Promise = "GIFT"

    def count(self, fate: Fate) -> int:
        """Return how many items have this fate."""
        return sum(item.fate is fate for item in self.items)

    @property
    def counts(self) -> list[tuple[Fate, int]]:
        """Return the fates that occur, with their numbers."""
        counted = Counter(item.fate for item in self.items)
        return [(fate, counted[fate]) for fate in Fate if counted[fate]]

    @property
    def kinds(self) -> list[tuple[str, int]]:
        """Return the kinds that were left out, in the words of the file, with their numbers; most first."""
        return Counter(item.called for item in self.items if item.fate is Fate.LEFT_OUT and item.called).most_common()

    @property
    def usable(self) -> int:
        """Return how many items bring something in."""
        return self.count(Fate.NEW) + self.count(Fate.CHANGED) + self.count(Fate.PLACED)


def plan_import(bank: Bank | None, data: bytes | str, *, topic: str = "") -> ImportReport:
    """Return what bringing a file or text into a bank would do; nothing is changed. None: a bank still to be made.

    `topic` is for questions without a category. Refuses Unreadable for what holds no questions that can be read.
    """
    reading = read_file(data.encode("utf-8", "replace") if isinstance(data, str) else data)
    known = _Known.of(bank) if bank is not None else _Known()
    return ImportReport(tuple(known.plan(each, topic) for each in reading.items), form=reading.form)


@dataclass(frozen=True)
class _There:
    """A question that a bank has: its version, its mark, and where it belongs."""

    id: UUID
    mark: str
    version: int
    topic: str
    rests_on: str

    def is_placed_by(self, draft: Draft, goals: Collection[str]) -> bool:
        """True when an item names another topic, other goals or another source; what it does not name stays."""
        pairs = ((draft.topic, self.topic), (draft.rests_on, self.rests_on))
        if any(named and _folded(named) != _folded(held) for named, held in pairs):
            return True
        return bool(draft.objectives) and {_folded(each) for each in draft.objectives} != set(map(_folded, goals))


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()


@dataclass
class _Known:
    """What a bank has, and what was seen of a file so far.

    `by_id` are questions by the id that they came with, and by our own.
    """

    bank: Bank | None = None
    by_mark: dict[str, _There] = field(default_factory=dict)
    by_id: dict[str, _There] = field(default_factory=dict)
    seen_marks: set[str] = field(default_factory=set)
    seen_ids: set[str] = field(default_factory=set)
    seen_questions: set[UUID] = field(default_factory=set)

    @classmethod
    def of(cls, bank: Bank) -> Self:
        """Return what a bank has."""
        columns = ("source_id", "id", "fingerprint", "version", "topic__title", "rests_on__name")
        by_mark: dict[str, _There] = {}
        by_id: dict[str, _There] = {}
        for source_id, id, mark, version, topic, rests_on in Question.objects.filter(topic__bank=bank).values_list(
            *columns
        ):
            by_mark[mark] = by_id[str(id)] = there = _There(id, mark, version, topic, rests_on or "")
            if source_id:
                by_id[source_id] = there
        return cls(bank, by_mark, by_id)

    def plan(self, each: Reported, topic: str) -> Planned:
        """Return what becomes of an item."""
        draft = self._with_own_names(each.draft) if each.draft else None
        reason = each.reason if draft is None else self._why_not(draft)
        if draft is None or reason is not None:
            said = REASONS[reason] if reason else None
            return Planned(each.line, each.label, Fate.LEFT_OUT, reason=said, called=each.called)
        notices = each.notices
        if draft.source_id and draft.source_id in self.seen_ids and draft.fingerprint not in self.seen_marks:
            draft, notices = replace(draft, source_id=""), (*notices, Notice.DOUBLE_ID)
        fate, question_id, version = self._fate(draft)
        self.seen_marks.add(draft.fingerprint)
        self.seen_ids.add(draft.source_id)
        return Planned(
            each.line,
            each.label,
            fate,
            replace(draft, topic=draft.topic or ("" if fate is Fate.PLACED else topic)),
            notices=tuple(NOTICES[notice] for notice in notices),
            question_id=question_id,
            called=each.called,
            version=version,
        )

    def _fate(self, draft: Draft) -> tuple[Fate, UUID | None, int]:
        mark = draft.fingerprint
        there = self.by_id.get(draft.source_id)
        if there is None or there.mark != mark:
            there = self.by_mark.get(mark) or there
        if mark in self.seen_marks and (there is None or there.mark != mark or there.id in self.seen_questions):
            return Fate.KNOWN, there.id if there and there.mark == mark else None, 1
        if there is None:
            return Fate.NEW, None, 1
        self.seen_questions.add(there.id)
        if there.mark != mark:
            return Fate.CHANGED, there.id, there.version + 1
        placed = there.is_placed_by(draft, self._goals.get(there.id, ()))
        return (Fate.PLACED if placed else Fate.KNOWN), there.id, there.version

    @cached_property
    def _goals(self) -> dict[UUID, list[str]]:
        """Return the learning goals of each question; asked for once, by the first that is there already."""
        found: dict[UUID, list[str]] = defaultdict(list)
        if self.bank is not None:
            aims = Aim.objects.filter(question__topic__bank=self.bank).order_by()
            for id, title in aims.values_list("question", "objective__title"):
                found[id].append(title)
        return found

    @cached_property
    def _pictures(self) -> dict[str, str]:
        """Return what pictures the bank has: the name by the digest; asked for once, by the first that needs it."""
        if self.bank is None:
            return {}
        return dict(Media.objects.filter(bank=self.bank).order_by("-created_at", "-id").values_list("digest", "name"))

    def _with_own_names(self, draft: Draft) -> Draft:
        """Return a question whose pictures are called what the bank calls the same pictures already."""
        for picture in draft.pictures:
            own = self._pictures.get(sha256(picture.content).hexdigest())
            if own and own != picture.name:
                draft = draft.renaming(picture.name, own)
        return draft

    def _why_not(self, draft: Draft) -> Unplayable | None:
        """Return why a question that was read makes no sense after all."""
        named = named_in_draft(draft)
        if named:
            came = {picture.name for picture in draft.pictures}
            if not named <= came | set(self._pictures.values()):
                return Unplayable.PICTURE_MISSING
            if not all(_can_be_kept(picture.content) for picture in draft.pictures):
                return Unplayable.PICTURE_BAD
        if not can_be_right(draft.content):
            return Unplayable.NO_RIGHT
        return None if marks_fit(draft.stem.text, draft.content) else Unplayable.WITH_GAPS


def _can_be_kept(content: bytes) -> bool:
    try:
        look_at(content)
    except Refusal:
        return False
    return True
