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
from leerhuis.practice.actions.reminders import decline_reminders
from leerhuis.practice.calls import (
    MOST_BEGUN,
    MOST_QUESTIONS,
    AnswersIn,
    AnswersOut,
    BankOut,
    FaultIn,
    FaultsOut,
    GoalIn,
    GoalOut,
    MasteryOut,
    RoundOut,
    StartOut,
)
from leerhuis.practice.device_reports import wants_reports
from leerhuis.practice.marking import days_practised
from leerhuis.practice.merging import Given
from leerhuis.practice.my_reminders import asks_first
from leerhuis.practice.taking import ROUTE, next_round_of, take_along
from leerhuis.practice.views import marks
from leerhuis.practice.views.marks import count as _count
from leerhuis.practice.views.media import media_file
from leerhuis.practice.views.parts import with_practice
from leerhuis.practice.views.told import bank_out, goal_out, mastery_out, round_out, taken_out

Size = Annotated[int, Query(ge=1, le=MOST_QUESTIONS)]
Take = Annotated[int, Query(ge=0, le=MOST_BEGUN)]
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
    return [bank_out(each) for each in queries.open_banks(_person(request))]


@router.get("practice/start", url_name="practice_api_start", response=StartOut, operation_id="start")
@decorate_view(gzip_page)  # as a round
def start(request: HttpRequest, take: Take = MOST_BEGUN) -> Any:
    """Return in one call what a person can begin with: the banks, the next round of the first few, and how they stand.

    With `take=0` only what stands around the questions. Nothing is begun by it.
    """
    _count(request)
    person = _person(request)
    opened = queries.open_banks(person)
    first = opened[:take]
    return StartOut(
        banks=[bank_out(each) for each in opened],
        days=days_practised(person),
        rounds=[round_out(each.access, next_round_of(each.access, each.load)) for each in first],
        masteries=[mastery_out(each) for each in first],
        asks_reminders=asks_first(person),
    )


@router.post(
    "practice/reminders/decline", url_name="practice_api_decline", response={204: None}, operation_id="decline"
)
def decline(request: Any) -> Any:
    """Keep that the person does not want to be asked about reminders; sent again, it is kept once."""
    _count(request)
    person = lock_alive(request.viewer.person_id)
    with attempt():
        decline_reminders(person, by=request.actor)
    return Status(204, None)


@router.get(f"{_BANK}/round", url_name="practice_api_round", response=RoundOut, operation_id="round")
@decorate_view(gzip_page)  # two hundred questions; nothing in it is a secret that a guess could be held against
def next_round(request: HttpRequest, bank_id: UUID, size: Size = 20) -> Any:
    """Return the next questions of a bank in the order in which to ask them: what waits, then what comes up soonest.

    Nothing is begun by it: the answers make the round.
    """
    _count(request)
    access = queries.access_to(_person(request), bank_id)
    return round_out(access, take_along(access, size))


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
    return AnswersOut(now=clock.now(), answers=[taken_out(each) for each in taken])


@router.get(f"{_BANK}/mastery", url_name="practice_api_mastery", response=MasteryOut, operation_id="mastery")
def mastery(request: HttpRequest, bank_id: UUID) -> Any:
    """Return how a bank stands for the person, topic by topic, with the forecast for the day of the exam."""
    return mastery_out(queries.open_bank(_person(request), bank_id))


@router.get("practice/goals", url_name="practice_api_goals", response=list[GoalOut], operation_id="goals")
def goals(request: HttpRequest) -> Any:
    """Return what the person wants with each bank that is open to them."""
    return [goal_out(access) for access in queries.accesses_of(_person(request))]


@router.get(f"{_BANK}/goal", url_name="practice_api_goal", response=GoalOut, operation_id="goal")
def goal(request: HttpRequest, bank_id: UUID) -> Any:
    """Return what the person wants with a bank."""
    return goal_out(queries.access_to(_person(request), bank_id))


@router.put(f"{_BANK}/goal", url_name="practice_api_goal", response=GoalOut, operation_id="set_goal")
def choose_goal(request: Any, bank_id: UUID, sent: GoalIn) -> Any:
    """Set or change what the person wants with a bank. A day of the exam lies ahead, within three years."""
    _count(request)
    access = queries.access_to(_person(request), bank_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        set_goal(access, **sent.model_dump(), by=request.actor)
    return goal_out(queries.access_to(_person(request), bank_id))


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
