"""Reading practice: what is open to a person and how it stands, and for authors what the banks hold."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext as _

from leerhuis.base import clock
from leerhuis.charter.audiences import ADMIN, AUTHORS
from leerhuis.documents import shelf
from leerhuis.people.models import Person
from leerhuis.people.queries import unrestricted
from leerhuis.practice.composing import loads
from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.pictures import Picture
from leerhuis.practice.grading import Outcome
from leerhuis.practice.kinds import Choices, Kind, Statement
from leerhuis.practice.mastery import BankMastery, masteries
from leerhuis.practice.mentions import SCHEME, named_in_draft
from leerhuis.practice.models import (
    Access,
    Answer,
    Bank,
    BankAuthor,
    Card,
    Comment,
    Media,
    Objective,
    Question,
    Round,
    Source,
    Version,
)
from leerhuis.practice.pacing import Load
from leerhuis.practice.rendering import to_plain
from leerhuis.practice.rules import NoAccess, is_stale
from leerhuis.practice.troubles import Reported, banks_with_reports, reported_in, reports_of, reports_until, written_by

# Told in a module of their own.
__all__ = ["Reported", "banks_with_reports", "reported_in", "reports_of", "reports_until"]

MOST_ROUNDS_TOLD = 6  # a day; a larger number would only discourage


@dataclass(frozen=True)
class DueCard:
    """What "today" says: how many questions wait, about how many minutes they take, and where to begin."""

    count: int
    minutes: int
    round_url: str
    bank_title: str


@dataclass(frozen=True)
class OpenBank:
    """One bank that a person may practise, how it stands, what lies before them, and the round left open, if any."""

    access: Access
    mastery: BankMastery
    load: Load
    open_round: Round | None

    @property
    def bank(self) -> Bank:
        """Return the bank."""
        return self.access.bank

    @property
    def waiting(self) -> int:
        """Return how many questions the next round asks because they wait."""
        return self.load.waiting

    @property
    def minutes(self) -> int:
        """Return about how many minutes they take."""
        return self.load.minutes_for(self.waiting)

    @property
    def exam_on(self) -> date | None:
        """Return the day of the exam that is ahead."""
        return self.load.plan.exam_ahead(self.load.today)

    @property
    def rounds_for_exam(self) -> int:
        """Return how many rounds today keep one on course for the exam; 0 without one, or where it is very many."""
        rounds = self.load.rounds_today if self.exam_on else 0
        return rounds if rounds <= MOST_ROUNDS_TOLD else 0

    @property
    def is_behind(self) -> bool:
        """True when so much waits that the number would only discourage."""
        return self.load.is_behind

    @property
    def was_away(self) -> bool:
        """True for somebody who is behind and has not practised for some days."""
        return self.load.was_away(clock.now())


@dataclass(frozen=True)
class RoundStand:
    """How far a round is: its questions still in use, those answered, and the next one (None at the end)."""

    total: int
    answered: int
    next_id: UUID | None


@dataclass(frozen=True)
class Growth:
    """What a round brought: answers by outcome, questions that became known, and the mastery before and now.

    `shown` were introduced with their answer: neither asked, nor right, nor wrong.
    """

    asked: int
    right: int
    newly_known: int
    percent_before: int
    percent_now: int
    shown: int = 0


@dataclass(frozen=True)
class Back:
    """In how many days a question comes back (0: in the next round), or that it does so before the exam."""

    days: int
    before_exam: bool = False


@dataclass(frozen=True)
class Retired:
    """How many questions that a person has met are out of use, in which bank, because which source changed."""

    bank: str
    source: str
    count: int


def accesses_of(person: Person) -> QuerySet[Access]:
    """Return what the person may practise now, with the bank."""
    return (
        Access.objects.filter(person=person, until__gt=clock.now())
        .select_related("bank", "goal")
        .order_by("bank__title")
    )


def access_to(person: Person, bank_id: UUID) -> Access:
    """Return the person's access to a bank; refuses NoAccess when it is not open to them."""
    access = accesses_of(person).filter(bank_id=bank_id).first()
    if access is None:
        raise NoAccess
    return access


def open_banks(person: Person) -> list[OpenBank]:
    """Return the banks that a person may practise, each with its mastery and the round left open in it.

    What was left open comes first, then what has most to repeat, then what has most that is new.
    """
    accesses = list(accesses_of(person))
    stands = masteries(person.id, [access.bank_id for access in accesses], clock.now())
    ahead = loads([access.id for access in accesses])
    rounds = {r.access_id: r for r in Round.objects.filter(access__in=accesses, ended_at=None)} if accesses else {}
    fresh = {key: value for key, value in rounds.items() if not is_stale(value, clock.now())}
    banks = [OpenBank(a, stands.get(a.bank_id, BankMastery()), ahead[a.id], fresh.get(a.id)) for a in accesses]
    return sorted(banks, key=lambda each: (each.open_round is None, -each.load.repeats, -each.load.new_today))


def open_bank(person: Person, bank_id: UUID) -> OpenBank:
    """Return one bank that is open to a person as `open_banks` does; refuses NoAccess."""
    found = [each for each in open_banks(person) if each.access.bank_id == bank_id]
    if not found:
        raise NoAccess
    return found[0]


def mastery_of(person: Person, bank: Bank) -> BankMastery:
    """Return how a bank stands for a person now: percent, questions, seen, due. All 0 for whoever has no access."""
    return masteries(person.id, [bank.id], clock.now()).get(bank.id, BankMastery())


def due_today(person: Person) -> DueCard | None:
    """Return what waits for a person today in the bank that needs it most; None for whoever has nothing to practise."""
    return due_in(open_banks(person))


def due_in(banks: Sequence[OpenBank]) -> DueCard | None:
    """Return what waits in the first of these banks, as `open_banks` orders them; None when there is none.

    A POST to `round_url` begins a round, or goes on with the one left open, and leads to its next question; a GET
    shows the button that does. With nothing due and nothing new the count is 0, and practising ahead is possible.
    """
    if not banks:
        return None
    best = banks[0]
    count = best.waiting
    if best.open_round:
        stand = round_stand(best.open_round)
        count = stand.total - stand.answered
    return DueCard(count, best.load.minutes_for(count), reverse("practice_begin", args=[best.bank.id]), best.bank.title)


def round_of(person: Person, round_id: UUID) -> Round:
    """Return a person's own round with its access and bank; refuses NoAccess for anybody else's."""
    found = (
        Round.objects.filter(pk=round_id, access__person=person).select_related("access__bank", "access__goal").first()
    )
    if found is None:
        raise NoAccess
    return found


def round_stand(of_round: Round) -> RoundStand:
    """Return how far a round is; questions withdrawn meanwhile are passed over."""
    answered = set(Answer.objects.filter(round=of_round).values_list("question_id", flat=True))
    asked = Round.objects.filter(pk=of_round.pk).values(question=Func("order", function="unnest"))
    released = Question.objects.filter(pk__in=asked, state=Question.State.RELEASED)
    in_use = set(released.order_by().values_list("pk", flat=True)) | answered
    left = [id for id in of_round.order if id in in_use and id not in answered]
    done = of_round.ended_at is not None or not left
    return RoundStand(len(in_use), len(answered), None if done else left[0])


def answer_in(of_round: Round, question_id: UUID) -> Answer | None:
    """Return the answer given in a round to a question, with the question, or None."""
    found = Answer.objects.filter(round=of_round, question_id=question_id)
    return found.select_related("question__topic", "question__rests_on").first()


def growth_of(of_round: Round) -> Growth:
    """Return what a round brought."""
    right = Q(outcome=Outcome.RIGHT)
    shown = Q(outcome=Outcome.SHOWN)
    counted = Answer.objects.filter(round=of_round).aggregate(
        asked=Count("id", filter=~shown),
        right=Count("id", filter=right),
        new=Count("id", filter=right & Q(was_known=False)),
        shown=Count("id", filter=shown),
    )
    bank_id, person_id = of_round.access.bank_id, of_round.access.person_id
    now = masteries(person_id, [bank_id], clock.now()).get(bank_id, BankMastery())
    before = round(100 * of_round.mastery_before)
    return Growth(counted["asked"], counted["right"], counted["new"], before, now.percent, counted["shown"])


def days_until_back(access: Access, question_id: UUID) -> Back | None:
    """Return when a question comes back; None for one without a card."""
    card = Card.objects.filter(access=access, question_id=question_id).first()
    if card is None:
        return None
    plan, today = access.plan, clock.today()
    days = max(0, (card.due_at - clock.now() + timedelta(hours=1)).days)
    exam = plan.exam_ahead(today)
    sooner = exam is not None and not plan.in_last_stretch(today) and today + timedelta(days=days) >= exam
    return Back(days, before_exam=sooner)


def practice_week(person: Person) -> list[tuple[date, bool]]:
    """Return the last seven days with whether the person answered anything on them."""
    today = clock.today()
    days = [today - timedelta(days=back) for back in range(6, -1, -1)]
    since = datetime.combine(days[0], time.min, clock.zone())
    moments = Answer.objects.filter(round__access__person=person, answered_at__gte=since)
    practised = set(moments.values_list(TruncDate("answered_at", tzinfo=clock.zone()), flat=True).distinct())
    return [(day, day in practised) for day in days]


def banks_of_academy() -> QuerySet[Bank]:
    """Return all banks with the numbers of topics and questions, for authors; nothing in them is about a person."""
    in_use = Q(topics__questions__state=Question.State.RELEASED)
    in_review = Q(topics__questions__state=Question.State.REVIEW)
    return Bank.objects.annotate(
        topic_count=Count("topics", distinct=True),
        question_count=Count("topics__questions", distinct=True),
        released_count=Count("topics__questions", filter=in_use, distinct=True),
        review_count=Count("topics__questions", filter=in_review, distinct=True),
    ).order_by("title")


def may_write(viewer: Any, bank: Bank) -> bool:
    """True for whoever writes in a bank: its named authors and administrators, or every author where none is named."""
    if not bank.named_only or viewer.may_enter(ADMIN):
        return True
    return BankAuthor.objects.filter(bank=bank, person=viewer.person_id, ended_at=None).exists()


def possible_authors() -> QuerySet[Person]:
    """Return the staff who may be named as authors of a bank, by name."""
    roles = Q(roles__name__in=AUTHORS.roles, roles__ended_at=None)
    return unrestricted(Person.objects.filter(roles)).distinct().order_by("sort_name", "id")


def authors_of(bank: Bank) -> QuerySet[Person]:
    """Return who is named as an author of a bank now."""
    named = BankAuthor.objects.filter(bank=bank, ended_at=None)
    return unrestricted(Person.objects.filter(pk__in=named.values("person"))).order_by("sort_name", "id")


def last_writer_of(question: Question) -> UUID | None:
    """Return who saved a question last; None where nobody knows, or it was not a person."""
    return Version.objects.filter(question=question).order_by("-number").values_list("writer", flat=True).first()


def waiting_for(viewer: Any) -> QuerySet[Question]:
    """Return the questions in review that a viewer may release: in banks where they write, and not their own work."""
    last = Version.objects.filter(question=OuterRef("pk")).order_by("-number").values("writer")[:1]
    waiting = Question.objects.filter(state=Question.State.REVIEW).annotate(last_writer=Subquery(last))
    own = Q(topic__bank__four_eyes=True, last_writer=viewer.person_id)
    return written_by(viewer, waiting.exclude(own))


def banks_waiting_for(viewer: Any) -> QuerySet[Bank]:
    """Return the banks with questions in review that a viewer may release, each with how many (`waiting`)."""
    of_bank = Q(topics__questions__in=waiting_for(viewer).values("pk"))
    counted = Bank.objects.annotate(waiting=Count("topics__questions", filter=of_bank))
    return counted.filter(waiting__gt=0).order_by("title")


def versions_of(question: Question) -> QuerySet[Version]:
    """Return what a question said, version by version, the newest first, with who wrote it."""
    return Version.objects.filter(question=question).select_related("writer").order_by("-number")


def comments_on(question: Question) -> QuerySet[Comment]:
    """Return what authors said about a question, the open ones first, each in the order of time."""
    said = unrestricted(Comment.objects.filter(question=question), "author")
    ordered = said.order_by(F("settled_at").asc(nulls_first=True), "created_at")
    return ordered.select_related("author", "settled_by")


def with_open_comments(questions: QuerySet[Question], *, only: bool = False) -> QuerySet[Question]:
    """Have each question say how many comments on it are open (`open_comments`); `only`: just those that have any."""
    still_open = unrestricted(Comment.objects.filter(question=OuterRef("pk"), settled_at=None), "author").order_by()
    counted = still_open.values("question").annotate(n=Count("pk")).values("n")
    rows = questions.filter(Exists(still_open)) if only else questions
    return rows.annotate(open_comments=Coalesce(Subquery(counted), 0))


def questions_of(
    bank: Bank, *, search: str = "", topic: str = "", kind: str = "", state: str = ""
) -> QuerySet[Question]:
    """Return the questions of a bank for authors; `search` finds beginnings of words in title, text and explanation."""
    questions = Question.objects.filter(topic__bank=bank).select_related("topic", "rests_on")
    words = [word for word in "".join(c if c.isalnum() else " " for c in search).split() if word]
    if words:
        query = SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
        questions = questions.filter(search=query)
    for name, value in (("topic", topic), ("kind", kind), ("state", state)):
        if value:
            questions = questions.filter(**{name: value})
    return questions.order_by("topic__position", "position", "id")


def draft_of(question: Question) -> Draft:
    """Return a question as a draft, for writing it to a file; questions of `questions_of` bring what it needs."""
    return Draft(
        question.topic.title,
        question.title,
        Kind(question.kind),
        question.stem_text,
        question.content,
        question.explanation_text,
        question.source_id or str(question.id),
        objectives=tuple(aim.objective.title for aim in question.aims.all()),
        rests_on=question.rests_on.name if question.rests_on else "",
    )


def with_pictures(drafts: Iterable[Draft], bank: Bank) -> list[Draft]:
    """Return questions with the content of each picture that they show, for a file that carries it."""
    shelved = {media.name: media for media in Media.objects.filter(bank=bank)}
    made = []
    for draft in drafts:
        found = [shelved[name] for name in sorted(named_in_draft(draft)) if name in shelved]
        paths = [(media, shelf.path_of(media.digest)) for media in found]
        pictures = tuple(Picture(media.name, path.read_bytes(), media.alt) for media, path in paths if path)
        made.append(replace(draft, pictures=pictures))
    return made


def questions_showing(media: Media) -> QuerySet[Question]:
    """Return the questions of the bank that mention a picture, sound or film, or point at places on it."""
    mention = f"{SCHEME}{media.name}"
    # In the column a text ends with a quote or a bracket after the name; a longer name goes on with a letter or sign.
    ends = rf"{re.escape(mention)}($|[^a-z0-9._-])"
    shown = Q(stem__regex=ends) | Q(explanation__regex=ends) | Q(options__picture=media.name)
    as_text = Cast("options", TextField())
    of_bank = Question.objects.filter(topic__bank=media.bank_id).annotate(options_text=as_text)
    return of_bank.filter(shown | Q(options_text__regex=ends)).select_related("topic").order_by("id")


def media_open_to(person: Person | None, bank_id: UUID) -> bool:
    """True when somebody may practise the bank now, or has a round of it open: its pictures are theirs to see."""
    if person is None:
        return False
    in_round = Q(rounds__ended_at=None, rounds__isnull=False)
    return Access.objects.filter(person=person, bank_id=bank_id).filter(Q(until__gt=clock.now()) | in_round).exists()


def retired_for(person: Person) -> list[Retired]:
    """Return what the person has met and is out of use because its source changed, as far as it was not yet read."""
    cards = Card.objects.filter(
        access__person=person, access__until__gt=clock.now(), question__state=Question.State.RETIRED
    ).filter(Q(access__told_at=None) | Q(question__retired_at__gt=F("access__told_at")))
    named = cards.values("access__bank__title", "question__rests_on__name").annotate(count=Count("id"))
    rows = named.order_by("access__bank__title", "question__rests_on__name")
    return [
        Retired(r["access__bank__title"], r["question__rests_on__name"] or _("its source"), r["count"]) for r in rows
    ]


def sources_of_academy() -> QuerySet[Source]:
    """Return all sources with the numbers of questions on them: in use, and waiting to be looked at."""
    states = Question.State
    return Source.objects.annotate(
        in_use=Count("questions", filter=Q(questions__state=states.RELEASED)),
        waiting=Count("questions", filter=Q(questions__state=states.RETIRED)),
    ).order_by("name")


def objectives_of(bank: Bank) -> QuerySet[Objective]:
    """Return the learning goals of a bank with the number of questions that serve each."""
    return Objective.objects.filter(bank=bank).annotate(question_count=Count("aims")).order_by("position", "id")


def options_of(question: Question) -> list[tuple[str, str, bool]]:
    """Return what can be chosen in a question: key, words alone, and whether it is right; nothing in other kinds."""
    match question.content:
        case Choices(options):
            return [(option.key, to_plain(option.text), option.share > 0) for option in options]
        case Statement(is_true):
            return [("true", _("true"), is_true), ("false", _("not true"), not is_true)]
        case _:
            return []


def words_of(question: Question) -> str:
    """Return the words of a question alone, on one line."""
    return to_plain(question.stem_text)
