"""Making and keeping question banks. Nothing here is about a learner."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.db.models import Max
from django.utils.functional import cached_property

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.practice.actions.media import keep_pictures
from leerhuis.practice.events import QuestionChanged, QuestionsImported
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.importing import Fate, ImportReport, Planned, plan_import
from leerhuis.practice.kinds import to_json
from leerhuis.practice.models import Aim, Bank, Incoming, Objective, Question, Source, Topic
from leerhuis.practice.rules import (
    ChangedMeanwhile,
    GapsDiffer,
    NoRightAnswer,
    NothingTaken,
    TitleTaken,
    can_be_right,
    marks_fit,
)

LONGEST_TITLE = 150  # characters of a topic
LONGEST_NAME = 200  # of a source or a file
LONGEST_GOAL = 300
AT_ONCE = 500
HELD_FOR = timedelta(days=1)
WRITTEN = ("kind", "title", "stem", "stem_format", "options", "explanation", "explanation_format", "fingerprint")


def add_bank(*, title: str, summary: str = "", language: str = "nl", by: Actor) -> Bank:
    """Make an empty question bank. Refuses TitleTaken."""
    inside_edge()
    bank = Bank(title=tidy(title), summary=summary.strip(), language=language)
    _refuse_taken_title(bank)
    bank.save()
    note("add bank", bank, by=by)
    return bank


def change_bank(bank: Bank, *, title: str, summary: str, language: str, by: Actor) -> None:
    """Change what a bank is called and said to be. Refuses TitleTaken."""
    inside_edge()
    bank.title, bank.summary, bank.language = tidy(title), summary.strip(), language
    _refuse_taken_title(bank)
    bank.save(update_fields=["title", "summary", "language"])
    note("change bank", bank, by=by, fields=["title", "summary", "language"])


def import_bank(bank: Bank, data: bytes | str, *, source: str, topic: str = "", by: Actor) -> ImportReport:
    """Bring the questions of a file or text into a bank; the report tells of every item what became of it.

    Items that cannot be used are left out and named; items that are there already stay as they are; an item with the
    id of a question that is there becomes its new version. `source` is told with each question, `topic` is for
    questions without a category. Refuses Unreadable (no questions that can be read) and NothingTaken (no item of it
    can be used).
    """
    inside_edge()
    Bank.objects.select_for_update().get(pk=bank.pk)
    plan = plan_import(bank, data, topic=topic or bank.title)
    if not any(item.draft for item in plan.items):
        raise NothingTaken
    taken = [item.draft for item in plan.items if item.draft and item.fate in (Fate.NEW, Fate.CHANGED)]
    keep_pictures(bank, (picture for draft in taken for picture in draft.pictures), by=by)
    room = _Room(bank)
    fresh = [_written(Question(), item, room, source) for item in plan.items if item.fate is Fate.NEW]
    Question.objects.bulk_create(fresh, batch_size=AT_ONCE)
    new = [item.draft for item in plan.items if item.fate is Fate.NEW and item.draft]
    for question, draft in zip(fresh, new, strict=True):
        room.aim(question, draft.objectives)
    _rewrite_many([item for item in plan.items if item.fate is Fate.CHANGED], room)
    note("import questions", bank, by=by)
    emit(QuestionsImported(bank.id, plan.usable))
    return replace(plan, dry=False)


def take_in(bank: Bank, data: bytes, *, name: str, topic: str = "", by: Actor) -> Incoming:
    """Keep a file for a day, so that its items can be looked over before they come in; nothing else is changed."""
    inside_edge()
    incoming = Incoming(bank=bank, content=data, name=tidy(name)[:LONGEST_NAME], topic=tidy(topic)[:LONGEST_TITLE])
    incoming.save()
    note("take in file", incoming, by=by)
    return incoming


def import_incoming(incoming: Incoming, *, by: Actor) -> ImportReport:
    """Bring a file in that was looked over, and keep it no longer. Refuses Unreadable and NothingTaken."""
    inside_edge()
    held = Incoming.objects.select_for_update(of=("self",)).select_related("bank").get(pk=incoming.pk)
    done = import_bank(held.bank, bytes(held.content), source=held.name, topic=held.topic, by=by)
    held.delete()
    return done


def drop_old_incoming(*, by: Actor) -> None:
    """Keep no longer what was taken in more than a day ago."""
    inside_edge()
    for incoming in Incoming.objects.filter(created_at__lt=clock.now() - HELD_FOR).select_related("bank"):
        note("drop file", incoming, by=by)
        incoming.delete()


def add_question(bank: Bank, draft: Draft, *, by: Actor) -> Question:
    """Write a question into a bank; its topic is made when there is none of that name.

    Refuses NoRightAnswer and GapsDiffer.
    """
    inside_edge()
    _must_make_sense(draft)
    Bank.objects.select_for_update().get(pk=bank.pk)
    room = _Room(bank)
    question = _filled(Question(), draft)
    question.topic = room.topic(draft.topic)
    question.position = room.next_position(question.topic)
    question.rests_on = room.source(draft.rests_on)
    question.save()
    room.aim(question, draft.objectives)
    note("add question", question, by=by)
    emit(QuestionChanged(question.id))
    return question


def change_question(question: Question, draft: Draft, *, version: int, by: Actor) -> None:
    """Rewrite a question that was read at a version.

    Refuses ChangedMeanwhile, NoRightAnswer and GapsDiffer.
    """
    inside_edge()
    current = Question.objects.select_for_update(of=("self",)).select_related("topic__bank").get(pk=question.pk)
    if current.version != version:
        raise ChangedMeanwhile
    _must_make_sense(draft)
    _rewrite(current, draft, _Room(current.topic.bank))
    note("change question", current, by=by, fields=WRITTEN)
    emit(QuestionChanged(current.id))


def withdraw_question(question: Question, *, by: Actor) -> None:
    """Take a question out of use: no learner meets it any more, and it no longer counts for mastery."""
    inside_edge()
    _set_state(question, Question.State.WITHDRAWN, "withdraw question", by)


def restore_question(question: Question, *, by: Actor) -> None:
    """Take a withdrawn or retired question into use again; what learners knew of it still stands."""
    inside_edge()
    _set_state(question, Question.State.RELEASED, "restore question", by)


def settle_reports(question: Question, *, by: Actor) -> None:
    """Keep that what learners said of a question up to now was looked at; what they say later is shown again."""
    inside_edge()
    question.settled_at = clock.now()
    question.save(update_fields=["settled_at"])
    note("settle reports", question, by=by, fields=["settled_at"])


def _set_state(question: Question, state: str, verb: str, by: Actor) -> None:
    if question.state == state:
        return
    question.state, question.retired_at = state, None
    question.save(update_fields=["state", "retired_at"])
    note(verb, question, by=by, fields=["state"])
    emit(QuestionChanged(question.id))


def _must_make_sense(draft: Draft) -> None:
    if not can_be_right(draft.content):
        raise NoRightAnswer
    if not marks_fit(draft.stem.text, draft.content):
        raise GapsDiffer


def _refuse_taken_title(bank: Bank) -> None:
    if Bank.objects.exclude(pk=bank.pk).filter(title__iexact=bank.title).exists():
        raise TitleTaken


@dataclass
class _Room:
    """What questions belong to in a bank while they are added: topics, learning goals and sources, found or made.

    Goals and sources are asked of the database when the first question names one.
    """

    bank: Bank

    def __post_init__(self) -> None:
        topics = Topic.objects.filter(bank=self.bank)
        self._topics = {topic.title.lower(): topic for topic in topics}
        last = dict(topics.values_list("id").annotate(last=Max("questions__position")))
        self._last = {topic.id: -1 if last[topic.id] is None else last[topic.id] for topic in topics}

    def topic(self, title: str) -> Topic:
        """Return the topic of this title, made when there is none; an empty title is that of the bank."""
        name = re.sub(r"\s+", " ", title).strip()[:LONGEST_TITLE] or self.bank.title
        if name.lower() not in self._topics:
            topic = Topic.objects.create(bank=self.bank, title=name, position=len(self._topics))
            self._topics[name.lower()] = topic
            self._last[topic.id] = -1
        return self._topics[name.lower()]

    def next_position(self, topic: Topic) -> int:
        """Return the position after the last question of a topic."""
        self._last[topic.id] += 1
        return self._last[topic.id]

    def source(self, name: str) -> Source | None:
        """Return the source of this name, made when there is none; None for an empty name."""
        plain = tidy(name)[:LONGEST_NAME]
        if not plain:
            return None
        found = self._sources.get(plain.lower())
        if found is None:
            found = self._sources[plain.lower()] = Source.objects.create(name=plain)
        return found

    def aim(self, question: Question, titles: tuple[str, ...], *, anew: bool = False) -> None:
        """Have a question serve the learning goals of these words, made when there are none; `anew`: no others."""
        if anew:
            Aim.objects.filter(question=question).delete()
        wanted: dict[str, str] = {}
        for plain in filter(None, (tidy(title)[:LONGEST_GOAL] for title in titles)):
            wanted.setdefault(plain.lower(), plain)
        for key, title in wanted.items():
            if key not in self._goals:
                place = len(self._goals)
                self._goals[key] = Objective.objects.create(bank=self.bank, title=title, position=place)
        Aim.objects.bulk_create(Aim(question=question, objective=self._goals[key]) for key in wanted)

    @cached_property
    def _sources(self) -> dict[str, Source]:
        return {source.name.lower(): source for source in Source.objects.all()}

    @cached_property
    def _goals(self) -> dict[str, Objective]:
        return {goal.title.lower(): goal for goal in Objective.objects.filter(bank=self.bank)}


def _written(question: Question, item: Planned, room: _Room, source: str) -> Question:
    """Return a new question for an item of a file, with its place in the bank and where it came from."""
    if item.draft is None:
        raise ValueError("An item that is left out cannot be written.")
    _filled(question, item.draft)
    question.topic = room.topic(item.draft.topic)
    question.position = room.next_position(question.topic)
    question.rests_on = room.source(item.draft.rests_on)
    question.source, question.source_id = f"{source}:{item.line}", item.draft.source_id
    return question


def _rewrite_many(items: Sequence[Planned], room: _Room) -> None:
    """Give questions their new version, many at once; a file that names no goals or source leaves those as they are."""
    held = Question.objects.select_for_update().in_bulk([item.question_id for item in items if item.question_id])
    changed = []
    for item in items:
        if item.draft and item.question_id in held:
            question = _filled(held[item.question_id], item.draft)
            question.topic = room.topic(item.draft.topic)
            question.rests_on = room.source(item.draft.rests_on) or question.rests_on
            question.version += 1
            changed.append(question)
            if item.draft.objectives:
                room.aim(question, item.draft.objectives, anew=True)
    Question.objects.bulk_update(changed, [*WRITTEN, "topic", "rests_on", "version"], batch_size=AT_ONCE)


def _filled(question: Question, draft: Draft) -> Question:
    question.kind, question.title = draft.kind, draft.title
    question.stem, question.stem_format = draft.stem.text, draft.stem.format
    question.options = to_json(draft.content)
    question.explanation = draft.explanation.text if draft.explanation else ""
    question.explanation_format = draft.explanation.format if draft.explanation else draft.stem.format
    question.fingerprint = draft.fingerprint
    return question


def _rewrite(question: Question, draft: Draft, room: _Room) -> None:
    _filled(question, draft)
    question.topic = room.topic(draft.topic)
    question.rests_on = room.source(draft.rests_on)
    question.version += 1
    question.save(update_fields=[*WRITTEN, "topic", "rests_on", "version"])
    room.aim(question, draft.objectives, anew=True)
