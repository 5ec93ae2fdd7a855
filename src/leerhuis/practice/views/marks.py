"""The API of practice, beside answers: bookmarks, what is wrong with a question, and the days of practice."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.limits import count_calls
from leerhuis.people.actions import lock_alive
from leerhuis.practice import queries
from leerhuis.practice.actions import marks
from leerhuis.practice.calls import BookmarkOut, DaysOut, TroubleIn
from leerhuis.practice.marking import bookmarks_of, days_practised

CALLS_IN_A_ROW: Final = 1_500  # of one person without a quarter of an hour of rest
_BANK: Final = "practice/banks/{uuid:bank_id}"
_BOOKMARK: Final = f"{_BANK}/bookmarks/{{uuid:question_id}}"
router = Router(tags=["practice"])


@router.get("practice/days", url_name="practice_api_days", response=DaysOut, operation_id="days")
def days(request: Any) -> Any:
    """Return on which of the last seventy days the person practised."""
    return DaysOut(today=clock.today(), days=days_practised(request.viewer.person))


@router.get(
    f"{_BANK}/bookmarks", url_name="practice_api_bookmarks", response=list[BookmarkOut], operation_id="bookmarks"
)
def bookmarks(request: Any, bank_id: UUID) -> Any:
    """Return the questions of a bank that the person keeps, the latest first."""
    access = queries.access_to(request.viewer.person, bank_id)
    return [BookmarkOut(question=each.question_id, since=each.created_at) for each in bookmarks_of(access)]


@router.put(_BOOKMARK, url_name="practice_api_bookmark", response={204: None}, operation_id="add_bookmark")
def add_bookmark(request: Any, bank_id: UUID, question_id: UUID) -> Any:
    """Keep a question to look at again; sent again, it is kept once."""
    access = _own(request, bank_id)
    with attempt():
        marks.add_bookmark(access, question_id, by=request.actor)
    return Status(204, None)


@router.api_operation(
    ["DELETE"], _BOOKMARK, url_name="practice_api_bookmark", response={204: None}, operation_id="remove_bookmark"
)
def remove_bookmark(request: Any, bank_id: UUID, question_id: UUID) -> Any:
    """Keep a question no longer; one that was not kept changes nothing."""
    access = _own(request, bank_id)
    with attempt():
        marks.remove_bookmark(access, question_id, by=request.actor)
    return Status(204, None)


@router.put(
    f"{_BANK}/troubles/{{uuid:question_id}}",
    url_name="practice_api_trouble",
    response={204: None},
    operation_id="report_trouble",
)
def report_trouble(request: Any, bank_id: UUID, question_id: UUID, sent: TroubleIn) -> Any:
    """Tell the makers what is the matter with a question that one answered; said again it replaces what was said.

    They read what is said from the next day on, and not who said it or when.
    """
    access = _own(request, bank_id)
    with attempt():
        marks.report_latest(access, question_id, sent.trouble, by=request.actor)
    return Status(204, None)


def count(request: HttpRequest) -> None:
    """Count a call that takes or brings something."""
    count_calls("practice_api", str(request.viewer.person_id), CALLS_IN_A_ROW)  # type: ignore[attr-defined]


def _own(request: Any, bank_id: UUID) -> Any:
    """Return the person's access to a bank, with the person held."""
    count(request)
    access = queries.access_to(request.viewer.person, bank_id)
    lock_alive(request.viewer.person_id)
    return access
