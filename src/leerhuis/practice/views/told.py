"""What the API of practice tells, put into its forms (`calls.py`)."""

from leerhuis.base import clock
from leerhuis.practice.calls import (
    BankOut,
    CardOut,
    ForecastOut,
    GoalOut,
    MasteryOut,
    MediaOut,
    QuestionOut,
    RoundOut,
    SourceOut,
    TakenOut,
    TopicMasteryOut,
    TopicOut,
)
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.mastery import Forecast, TopicMastery
from leerhuis.practice.merging import Taken
from leerhuis.practice.models import Access, Card, Media, Source
from leerhuis.practice.queries import OpenBank
from leerhuis.practice.rules import has_changed_since
from leerhuis.practice.scheduling import AGAIN_AFTER, LONGEST_DAYS
from leerhuis.practice.shelves import address_of
from leerhuis.practice.taking import ROUTE, Along, Taking


def bank_out(opened: OpenBank) -> BankOut:
    """Return a bank that is open, and how it stands in a few numbers."""
    bank, stand = opened.bank, opened.mastery
    return BankOut(
        id=bank.id,
        title=bank.title,
        summary=bank.summary,
        language=bank.language,
        until=opened.access.until,
        questions=stand.questions,
        seen=stand.seen,
        due=stand.due,
        waiting=opened.waiting,
        percent=stand.percent,
        minutes=opened.minutes,
        usual=opened.load.usual,
        behind=opened.is_behind,
    )


def round_out(access: Access, taking: Taking) -> RoundOut:
    """Return questions to take along, in their order, with the numbers by which to plan them."""
    plan = access.plan
    return RoundOut(
        bank=access.bank_id,
        now=clock.now(),
        retention=plan.retention,
        parameters=list(parameters_in_use()),
        again_after_seconds=int(AGAIN_AFTER.total_seconds()),
        longest_days=LONGEST_DAYS,
        zone=str(clock.zone()),
        minutes=plan.minutes,
        seconds_each=taking.load.seconds,
        exam_on=plan.exam_on,
        planned_on=plan.planned_on,
        unseen=taking.load.unseen,
        met_today=taking.load.met_today,
        refreshed_today=taking.load.refreshed_today,
        questions=[_question(each) for each in taking.questions],
    )


def mastery_out(opened: OpenBank) -> MasteryOut:
    """Return how a bank stands, topic by topic."""
    stand, exam_on = opened.mastery, opened.exam_on
    return MasteryOut(
        bank=opened.access.bank_id,
        now=clock.now(),
        questions=stand.questions,
        seen=stand.seen,
        due=stand.due,
        percent=stand.percent,
        exam_on=exam_on,
        exam=_forecast(stand.exam) if exam_on else None,
        topics=[_topic(each, told=exam_on is not None) for each in stand.topics],
    )


def _question(along: Along) -> QuestionOut:
    question = along.question
    return QuestionOut(
        id=question.id,
        version=question.version,
        kind=question.kind,
        why=along.why,
        topic=TopicOut(id=question.topic_id, title=question.topic.title),
        stem_html=along.stem_html,
        explanation_html=along.explanation_html,
        content=along.content,
        media=[_media(each) for each in along.media],
        source=_source(question.rests_on) if question.rests_on else None,
        changed=has_changed_since(along.card, question),
        bookmarked=along.is_bookmarked,
        card=_card(along.card) if along.card else None,
    )


def _media(found: Media) -> MediaOut:
    shown = {name: getattr(found, name) for name in ("name", "media_type", "alt", "size", "width", "height")}
    return MediaOut(address=address_of(found, ROUTE), **shown)


def _source(found: Source) -> SourceOut:
    return SourceOut(**{name: getattr(found, name) for name in SourceOut.model_fields})


def _card(card: Card) -> CardOut:
    return CardOut(**{name: getattr(card, name) for name in CardOut.model_fields})


def taken_out(each: Taken) -> TakenOut:
    """Return what became of one answer."""
    told = {name: getattr(each, name) for name in ("id", "fate", "outcome", "due_at", "version")}
    return TakenOut(question=each.question_id, remarks=list(each.remarks), **told)


def _forecast(found: Forecast) -> ForecastOut:
    return ForecastOut(percent=found.percent, low=found.low, high=found.high)


def _topic(topic: TopicMastery, *, told: bool) -> TopicMasteryOut:
    return TopicMasteryOut(
        id=topic.topic_id,
        title=topic.title,
        questions=topic.questions,
        seen=topic.seen,
        due=topic.due,
        percent=topic.percent,
        exam=_forecast(topic.exam) if told else None,
    )


def goal_out(access: Access) -> GoalOut:
    """Return what a person wants with a bank."""
    chosen, plan = hasattr(access, "goal"), access.plan
    return GoalOut(
        bank=access.bank_id,
        chosen=chosen,
        exam_on=plan.exam_on,
        planned_on=plan.planned_on,
        retention=plan.retention,
        minutes=plan.minutes,
    )
