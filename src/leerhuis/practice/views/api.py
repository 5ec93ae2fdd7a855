"""The API of practice: what an app asks for and brings, under /api/v1/practice/. Only one's own, as on the pages."""

from functools import lru_cache
from typing import Annotated, Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe
from ninja import Query, Router, Status
from ninja.decorators import decorate_view

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.limits import count_calls
from leerhuis.charter.calls import document, house_api
from leerhuis.people.actions import lock_alive
from leerhuis.people.queries import device_in
from leerhuis.practice import queries
from leerhuis.practice.actions.app_answers import take_answers
from leerhuis.practice.actions.faults import keep_report
from leerhuis.practice.actions.goals import end_goal, set_goal
from leerhuis.practice.calls import (
    MOST_QUESTIONS,
    AnswersIn,
    AnswersOut,
    BankOut,
    CardOut,
    FaultIn,
    FaultsOut,
    ForecastOut,
    GoalIn,
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
from leerhuis.practice.device_reports import wants_reports
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.mastery import Forecast, TopicMastery
from leerhuis.practice.merging import Given, Taken
from leerhuis.practice.models import Access, Card, Media, Source
from leerhuis.practice.queries import OpenBank
from leerhuis.practice.rules import has_changed_since
from leerhuis.practice.scheduling import AGAIN_AFTER, LONGEST_DAYS
from leerhuis.practice.shelves import address_of
from leerhuis.practice.taking import ROUTE, Along, take_along
from leerhuis.practice.views import marks
from leerhuis.practice.views.marks import count as _count
from leerhuis.practice.views.media import media_file
from leerhuis.practice.views.parts import with_practice

Size = Annotated[int, Query(ge=1, le=MOST_QUESTIONS)]
FAULTS_IN_A_ROW: Final = 20  # an app that fails again and again tells nothing new
_BANK: Final = "practice/banks/{uuid:bank_id}"
_FILE: Final = {"responses": {200: {"description": "The bytes", "content": {"*/*": {"schema": {"type": "string"}}}}}}
api = house_api(
    "Leerhuis",
    "Practising for apps: take questions along, ask them without a connection, and bring the answers back.",
)
router = Router(tags=["practice"])


@router.get("practice/banks", url_name="practice_api_banks", response=list[BankOut], operation_id="banks")
def banks(request: HttpRequest) -> Any:
    """Return the question banks that are open to the person, the one that needs them most first."""
    return [_bank(each) for each in queries.open_banks(_person(request))]


@router.get(f"{_BANK}/round", url_name="practice_api_round", response=RoundOut, operation_id="round")
@decorate_view(gzip_page)  # two hundred questions; nothing in it is a secret that a guess could be held against
def next_round(request: HttpRequest, bank_id: UUID, size: Size = 20) -> Any:
    """Return the next questions of a bank in the order in which to ask them: what waits, then what comes up soonest.

    Nothing is begun by it: the answers make the round.
    """
    _count(request)
    access = queries.access_to(_person(request), bank_id)
    taking, plan = take_along(access, size), access.plan
    return RoundOut(
        bank=bank_id,
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


@router.post(f"{_BANK}/answers", url_name="practice_api_answers", response=AnswersOut, operation_id="answers")
def answers(request: Any, bank_id: UUID, sent: AnswersIn) -> Any:
    """Keep answers, each once by its id and in the order of their times, and say what became of each.

    Sent again, the same answers count once. What cannot be kept is told item by item, and keeps nothing else back.
    """
    _count(request)
    access = queries.access_to(_person(request), bank_id)
    lock_alive(request.viewer.person_id)
    given = [
        Given(each.id, each.question, each.version, each.answer, each.at, each.took_ms, each.shown)
        for each in sent.answers
    ]
    with attempt():
        taken = take_answers(access, given, by=request.actor)
    return AnswersOut(now=clock.now(), answers=[_taken(each) for each in taken])


@router.get(f"{_BANK}/mastery", url_name="practice_api_mastery", response=MasteryOut, operation_id="mastery")
def mastery(request: HttpRequest, bank_id: UUID) -> Any:
    """Return how a bank stands for the person, topic by topic, with the forecast for the day of the exam."""
    opened = queries.open_bank(_person(request), bank_id)
    stand, exam_on = opened.mastery, opened.exam_on
    return MasteryOut(
        bank=bank_id,
        now=clock.now(),
        questions=stand.questions,
        seen=stand.seen,
        due=stand.due,
        percent=stand.percent,
        exam_on=exam_on,
        exam=_forecast(stand.exam) if exam_on else None,
        topics=[_topic(each, told=exam_on is not None) for each in stand.topics],
    )


@router.get("practice/goals", url_name="practice_api_goals", response=list[GoalOut], operation_id="goals")
def goals(request: HttpRequest) -> Any:
    """Return what the person wants with each bank that is open to them."""
    return [_goal(access) for access in queries.accesses_of(_person(request))]


@router.get(f"{_BANK}/goal", url_name="practice_api_goal", response=GoalOut, operation_id="goal")
def goal(request: HttpRequest, bank_id: UUID) -> Any:
    """Return what the person wants with a bank."""
    return _goal(queries.access_to(_person(request), bank_id))


@router.put(f"{_BANK}/goal", url_name="practice_api_goal", response=GoalOut, operation_id="set_goal")
def choose_goal(request: Any, bank_id: UUID, sent: GoalIn) -> Any:
    """Set or change what the person wants with a bank. A day of the exam lies ahead, within three years."""
    _count(request)
    access = queries.access_to(_person(request), bank_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        set_goal(access, **sent.model_dump(), by=request.actor)
    return _goal(queries.access_to(_person(request), bank_id))


@router.api_operation(
    ["DELETE"], f"{_BANK}/goal", url_name="practice_api_goal", response={204: None}, operation_id="end_goal"
)
def drop_goal(request: Any, bank_id: UUID) -> Any:
    """Let go of the goal with a bank; without one nothing changes."""
    _count(request)
    access = queries.access_to(_person(request), bank_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        end_goal(access, by=request.actor)
    return Status(204, None)


@router.get("practice/faults", url_name="practice_api_faults", response=FaultsOut, operation_id="faults")
def faults(request: HttpRequest) -> Any:
    """Say whether the person wants faults of the app on their devices to be reported; off until they say so."""
    return FaultsOut(allowed=wants_reports(_person(request)))


@router.post("practice/faults", url_name="practice_api_faults", response={204: None}, operation_id="report_fault")
def report_fault(request: Any, sent: FaultIn) -> Any:
    """Keep what failed on a device, without anything that tells of a person. 403 where it was not switched on."""
    count_calls("practice_faults", str(request.viewer.person_id), FAULTS_IN_A_ROW)
    person = lock_alive(request.viewer.person_id)
    browser, system = device_in(request.headers.get("User-Agent", ""))
    with attempt():
        told = sent.model_dump(exclude={"id"}) | {"browser": browser, "system": system}
        keep_report(person, **told, sent_as=sent.id, by=request.actor)
    return Status(204, None)


@router.get(f"{_BANK}/media/{{slug:digest}}/{{str:name}}", url_name=ROUTE, operation_id="media", openapi_extra=_FILE)
def media(request: HttpRequest, bank_id: UUID, digest: str, name: str) -> HttpResponse:
    """Return a picture, sound or film of a question; whether it may be seen is looked at each time."""
    return media_file(request, bank_id=bank_id, digest=digest, name=name)


api.add_router("", router)
api.add_router("", marks.router)


@with_practice
@require_safe
def described(request: HttpRequest) -> HttpResponse:
    """Return the OpenAPI document, made from what stands here."""
    return JsonResponse(_document())


@lru_cache(maxsize=1)
def _document() -> dict[str, Any]:
    return document(api)


def _person(request: Any) -> Any:
    return request.viewer.person


def _bank(opened: OpenBank) -> BankOut:
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


def _taken(each: Taken) -> TakenOut:
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


def _goal(access: Access) -> GoalOut:
    chosen, plan = hasattr(access, "goal"), access.plan
    return GoalOut(
        bank=access.bank_id,
        chosen=chosen,
        exam_on=plan.exam_on,
        planned_on=plan.planned_on,
        retention=plan.retention,
        minutes=plan.minutes,
    )
