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
from leerhuis.practice.actions.versions import WORDS, Saved, keep_versions
from leerhuis.practice.events import QuestionChanged, QuestionsImported
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.importing import Fate, ImportReport, Planned, plan_import
from leerhuis.practice.kinds import Kind, to_json
from leerhuis.practice.meaning import changes_meaning
from leerhuis.practice.models import Aim, Bank, Incoming, Objective, Question, Source, Topic, Version
from leerhuis.practice.queries import draft_of, reports_until
from leerhuis.practice.rules import (
    ChangedMeanwhile,
    GapsDiffer,
    NoRightAnswer,
    NoSuchVersion,
    NothingTaken,
    OwnWork,
    TitleTaken,
    can_be_right,
    has_ended,
    marks_fit,
)

LONGEST_TITLE = 150  # characters of a topic
LONGEST_NAME = 200  # of a source or a file
LONGEST_GOAL = 300
AT_ONCE = 500
HELD_FOR = timedelta(days=1)
WRITTEN = (*WORDS, "fingerprint")
CHANGED = (*WRITTEN, "version", "meant_at", "state")
PLACED = ("topic", "rests_on", "retired_at")
State, Change = Question.State, Version.Change


def add_bank(*, title: str, summary: str = "", language: str = "nl", by: Actor) -> Bank:
    """Make an empty question bank. Refuses TitleTaken."""
    inside_edge()
    bank = Bank(title=tidy(title), summary=summary.strip(), language=language)
    _refuse_taken_title(bank)
    bank.save()
    note("add bank", bank, by=by)
    return bank


def change_bank(
    bank: Bank, *, title: str, summary: str, language: str, four_eyes: bool | None = None, by: Actor
) -> None:
    """Change what a bank is called and said to be, and whether it asks for four eyes. Refuses TitleTaken."""
    inside_edge()
    bank.title, bank.summary, bank.language = tidy(title), summary.strip(), language
    bank.four_eyes = bank.four_eyes if four_eyes is None else four_eyes
    _refuse_taken_title(bank)
    bank.save(update_fields=["title", "summary", "language", "four_eyes"])
    note("change bank", bank, by=by, fields=["title", "summary", "language", "four_eyes"])


def import_bank(
    bank: Bank,
    data: bytes | str,
    *,
    source: str,
    topic: str = "",
    state: str = State.RELEASED,
    words_only: bool = False,
    by: Actor,
) -> ImportReport:
    """Bring the questions of a file or text into a bank; the report tells of every item what became of it.

    Items that cannot be used are left out and named; items that are there already stay as they are, but for the topic,
    goals and source that they name; an item with the id of a question that is there becomes its new version, and is
    learned anew where its text or its answers changed, unless its author says that only words did. `source` is
    told with each question, `topic` is for questions without a category, `state` is that of new ones. Refuses
    Unreadable (no questions that can be read), NothingTaken (no item of it can be used) and OwnWork (a bank with four
    eyes takes nothing into use at once).
    """
    inside_edge()
    _refuse_own_work(bank, state)
    Bank.objects.select_for_update().get(pk=bank.pk)
    plan = plan_import(bank, data, topic=topic or bank.title)
    if not any(item.draft for item in plan.items):
        raise NothingTaken
    taken = [item.draft for item in plan.items if item.draft and item.fate in (Fate.NEW, Fate.CHANGED)]
    keep_pictures(bank, (picture for draft in taken for picture in draft.pictures), by=by)
    room = _Room(bank)
    fresh = [_written(Question(state=state), item, room, source) for item in plan.items if item.fate is Fate.NEW]
    Question.objects.bulk_create(fresh, batch_size=AT_ONCE)
    new = [item.draft for item in plan.items if item.fate is Fate.NEW and item.draft]
    for question, draft in zip(fresh, new, strict=True):
        room.aim(question, draft.objectives)
    rewritten = [item for item in plan.items if item.fate is Fate.CHANGED]
    changed = _rewrite_many(rewritten, room, means_else=False if words_only else None)
    _place_many([item for item in plan.items if item.fate is Fate.PLACED], room)
    keep_versions(bank, [*map(Saved, fresh), *changed], by=by)
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


def import_incoming(
    incoming: Incoming, *, state: str = State.RELEASED, words_only: bool = False, by: Actor
) -> ImportReport:
    """Bring a file in that was looked over, and keep it no longer. Refuses Unreadable, NothingTaken and OwnWork."""
    inside_edge()
    held = Incoming.objects.select_for_update(of=("self",)).select_related("bank").get(pk=incoming.pk)
    told = {"source": held.name, "topic": held.topic, "state": state}
    done = import_bank(held.bank, bytes(held.content), **told, words_only=words_only, by=by)
    held.delete()
    return done


def drop_old_incoming(*, by: Actor) -> None:
    """Keep no longer what was taken in more than a day ago."""
    inside_edge()
    for incoming in Incoming.objects.filter(created_at__lt=clock.now() - HELD_FOR).select_related("bank"):
        note("drop file", incoming, by=by)
        incoming.delete()


def add_question(bank: Bank, draft: Draft, *, state: str = State.RELEASED, by: Actor) -> Question:
    """Write a question into a bank; its topic is made when there is none of that name.

    Refuses NoRightAnswer, GapsDiffer and OwnWork (a bank with four eyes takes nothing into use at once).
    """
    inside_edge()
    _must_make_sense(draft)
    _refuse_own_work(bank, state)
    Bank.objects.select_for_update().get(pk=bank.pk)
    room = _Room(bank)
    question = _filled(Question(state=state), draft)
    question.topic = room.topic(draft.topic)
    question.position = room.next_position(question.topic)
    _rest(question, room.source(draft.rests_on))
    question.save()
    room.aim(question, draft.objectives)
    keep_versions(bank, [Saved(question)], by=by)
    note("add question", question, by=by)
    emit(QuestionChanged(question.id))
    return question


def change_question(
    question: Question, draft: Draft, *, version: int, means_else: bool | None = None, by: Actor
) -> Version.Change:
    """Rewrite a question that was read at a version; what was saved stays as a version of its own.

    `means_else` is what its author says: that it means something else now, or does not; None leaves it to the rule.
    Where the meaning changed, everybody who had learned it has to learn it anew; in a bank with four eyes a question
    in use then goes to review, which the author alone cannot call off. Returns what the change was taken for. Refuses
    ChangedMeanwhile, NoRightAnswer and GapsDiffer.
    """
    inside_edge()
    return _rewrite(question, draft, version, means_else=means_else, by_text=False, by=by)


def _rewrite(
    question: Question, draft: Draft, version: int, *, means_else: bool | None, by_text: bool, by: Actor
) -> Version.Change:
    current = Question.objects.select_for_update(of=("self",)).select_related("topic__bank").get(pk=question.pk)
    if current.version != version:
        raise ChangedMeanwhile
    _must_make_sense(draft)
    bank = current.topic.bank
    saved = _changed(current, draft, bank, means_else=means_else, by_text=by_text)
    room = _Room(bank)
    current.topic = room.topic(draft.topic)
    _rest(current, room.source(draft.rests_on))
    current.save(update_fields=[*CHANGED, *PLACED])
    room.aim(current, draft.objectives, anew=True)
    keep_versions(bank, [saved], by=by)
    note("change question", current, by=by, fields=WRITTEN)
    emit(QuestionChanged(current.id))
    return Change(saved.change)


def return_to_version(
    question: Question, number: int, *, version: int, means_else: bool | None = None, by: Actor
) -> Version.Change:
    """Let a question say again what an earlier version of it said; that is a new version.

    `means_else` is what its author says (`change_question`); None: it means something else where its text or its
    answers differ. Topic, learning goals and source stay as they are. Refuses NoSuchVersion, ChangedMeanwhile and
    GapsDiffer.
    """
    inside_edge()
    earlier = Version.objects.filter(question=question, number=number).first()
    if earlier is None or number == version:
        raise NoSuchVersion
    draft = replace(
        draft_of(question),
        title=earlier.title,
        kind=Kind(earlier.kind),
        stem=earlier.stem_text,
        content=earlier.content,
        explanation=earlier.explanation_text,
    )
    return _rewrite(question, draft, version, means_else=means_else, by_text=True, by=by)


def settle_reports(question: Question, *, by: Actor) -> None:
    """Keep that what is shown of what learners said of a question was looked at; what they say later is shown again."""
    inside_edge()
    question.settled_at = reports_until()
    question.save(update_fields=["settled_at"])
    note("settle reports", question, by=by, fields=["settled_at"])


def _must_make_sense(draft: Draft) -> None:
    if not can_be_right(draft.content):
        raise NoRightAnswer
    if not marks_fit(draft.stem.text, draft.content):
        raise GapsDiffer


def _refuse_own_work(bank: Bank, state: str) -> None:
    if bank.four_eyes and state == State.RELEASED:
        raise OwnWork


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
    _rest(question, room.source(item.draft.rests_on))
    question.source, question.source_id = f"{source}:{item.line}", item.draft.source_id
    return question


def _rewrite_many(items: Sequence[Planned], room: _Room, *, means_else: bool | None) -> list[Saved]:
    """Give questions their new version, many at once; a file that names no goals or source leaves those as they are.

    Without a word of their author (None) a question with another text means something else: "is" may be "is not" now.
    """
    held = Question.objects.select_for_update().in_bulk([item.question_id for item in items if item.question_id])
    changed: list[Saved] = []
    for item in items:
        if item.draft and item.question_id in held:
            question = held[item.question_id]
            changed.append(_changed(question, item.draft, room.bank, means_else=means_else, by_text=True))
            question.topic = room.topic(item.draft.topic)
            _rest(question, room.source(item.draft.rests_on) or question.rests_on)
            if item.draft.objectives:
                room.aim(question, item.draft.objectives, anew=True)
    questions = [each.question for each in changed]
    Question.objects.bulk_update(questions, [*CHANGED, *PLACED], batch_size=AT_ONCE)
    return changed


def _place_many(items: Sequence[Planned], room: _Room) -> None:
    """Give questions that stay as they are the topic, goals and source that a file names; what it leaves out stays."""
    held = Question.objects.select_for_update().in_bulk([item.question_id for item in items if item.question_id])
    for item in items:
        if item.draft and item.question_id in held:
            question = held[item.question_id]
            if item.draft.topic:
                question.topic = room.topic(item.draft.topic)
            _rest(question, room.source(item.draft.rests_on) or question.rests_on)
            if item.draft.objectives:
                room.aim(question, item.draft.objectives, anew=True)
    Question.objects.bulk_update(held.values(), [*PLACED, "state"], batch_size=AT_ONCE)


def _rest(question: Question, source: Source | None) -> None:
    """Let a question rest on a source. On one that has ended it waits to be looked at, as when a source changes."""
    came_to_it = source is not None and source.id != question.rests_on_id
    question.rests_on = source
    if source is not None and came_to_it and question.is_released and has_ended(source.valid_until, clock.today()):
        question.state, question.retired_at = State.RETIRED, clock.now()


def _filled(question: Question, draft: Draft) -> Question:
    question.kind, question.title = draft.kind, draft.title
    question.stem, question.stem_format = draft.stem.text, draft.stem.format
    question.options = to_json(draft.content)
    question.explanation = draft.explanation.text if draft.explanation else ""
    question.explanation_format = draft.explanation.format if draft.explanation else draft.stem.format
    question.fingerprint = draft.fingerprint
    return question


def _changed(
    question: Question, draft: Draft, bank: Bank, *, means_else: bool | None = None, by_text: bool = False
) -> Saved:
    """Fill a question with other words, and settle what that is to its learners; nothing is saved yet.

    `by_text`: without a word of its author another text means something else too.
    """
    found = changes_meaning(question.content, draft.content)
    asked_anew = found or question.stem.split() != draft.stem.text.split()
    means = (asked_anew if by_text else found) if means_else is None else means_else
    _filled(question, draft)
    question.version += 1
    if means:
        question.meant_at = clock.now()
    if (asked_anew or means) and bank.four_eyes and question.is_released:
        question.state = State.REVIEW
    return Saved(question, Change.MEANING if means else Change.WORDS, means_else is not None)
