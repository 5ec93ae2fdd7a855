"""How somebody stands in one bank: the rounds so far, the line of mastery, the days of practice, and the next step."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate

from leerhuis.base import clock
from leerhuis.practice.grading import Outcome
from leerhuis.practice.mastery import TopicMastery
from leerhuis.practice.models import Access, Answer, Card, Question, Round
from leerhuis.practice.queries import OpenBank

WEEKS = 12
ROUNDS_SHOWN = 20
POINTS_SHOWN = 60
WEAKEST = 3
LEVELS = (1, 6, 13, 25)  # answers on a day from which its colour grows deeper


@dataclass(frozen=True)
class PastRound:
    """One round that ended: when, how it went, and the mastery (percent) with which it began."""

    began_at: datetime
    asked: int
    right: int
    shown: int
    percent_before: int


@dataclass(frozen=True)
class Day:
    """One day of the calendar: how many answers, and from 0 to 4 how many that are among days."""

    date: date
    answers: int
    is_future: bool = False

    @property
    def level(self) -> int:
        """Return how deep its colour is."""
        return sum(self.answers >= least for least in LEVELS)


class Step(Enum):
    """What is best to do next."""

    GO_ON = "go_on"
    CATCH_UP = "catch_up"
    PRACTISE = "practise"
    REST = "rest"
    NOTHING = "nothing"


def past_rounds(access: Access) -> list[PastRound]:
    """Return the latest rounds that ended with an answer in them, newest first."""
    shown = Q(answers__outcome=Outcome.SHOWN)
    rounds = Round.objects.filter(access=access, ended_at__isnull=False).annotate(
        answered=Count("answers"),
        asked=Count("answers", filter=~shown),
        right=Count("answers", filter=Q(answers__outcome=Outcome.RIGHT)),
        shown=Count("answers", filter=shown),
    )
    return [
        PastRound(r.created_at, r.asked, r.right, r.shown, round(100 * r.mastery_before))
        for r in rounds.filter(answered__gt=0).order_by("-created_at")[:ROUNDS_SHOWN]
    ]


def line_of(access: Access, percent_now: int) -> list[tuple[datetime, int]]:
    """Return the mastery in percents at the beginning of the latest rounds, oldest first, and now."""
    rounds = Round.objects.filter(access=access).order_by("-created_at")
    before = list(rounds.values_list("created_at", "mastery_before")[:POINTS_SHOWN])
    return [*((at, round(100 * share)) for at, share in reversed(before)), (clock.now(), percent_now)]


def calendar_of(access: Access) -> list[list[Day]]:
    """Return twelve weeks up to this one as seven rows (Monday to Sunday) of twelve days each."""
    today, zone = clock.today(), clock.zone()
    first = today - timedelta(days=today.weekday(), weeks=WEEKS - 1)
    moments = Answer.objects.filter(
        round__access=access, answered_at__gte=datetime.combine(first, time.min, zone)
    ).annotate(day=TruncDate("answered_at", tzinfo=zone))
    answers = Counter(dict(moments.values_list("day").annotate(Count("id")).order_by("day")))
    rows = [[first + timedelta(days=day, weeks=week) for week in range(WEEKS)] for day in range(7)]
    return [[Day(day, answers[day], is_future=day > today) for day in row] for row in rows]


def weakest_topics(open_bank: OpenBank) -> list[TopicMastery]:
    """Return the topics of which least is known, at most three, when there are more topics than that."""
    topics = sorted(open_bank.mastery.topics, key=lambda topic: topic.percent)
    return topics[: min(WEAKEST, len(topics) - 1)] if len(topics) > 1 else []


def next_step(open_bank: OpenBank) -> Step:
    """Return what is best to do next in a bank."""
    if open_bank.open_round:
        return Step.GO_ON
    if not open_bank.mastery.questions:
        return Step.NOTHING
    if open_bank.is_behind:
        return Step.CATCH_UP
    return Step.PRACTISE if open_bank.waiting else Step.REST


def next_due(access: Access) -> date | None:
    """Return on which day the next question comes back; None when there is none."""
    in_use = Card.objects.filter(access=access, question__state=Question.State.RELEASED)
    soonest: datetime | None = in_use.aggregate(soonest=Min("due_at"))["soonest"]
    return soonest.astimezone(clock.zone()).date() if soonest else None
