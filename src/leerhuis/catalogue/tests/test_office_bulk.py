"""Many courses at once: published, withdrawn, and taken back to what each was."""

import pytest

from leerhuis.audit.models import Note
from leerhuis.catalogue.models import Course
from leerhuis.catalogue.tests.factories import draft, published
from leerhuis.lists.models import BulkAct

BULK = "/office/courses/bulk/"


@pytest.fixture
def office(as_, cast):
    return as_(cast.planner)


def state(course):
    return Course.objects.get(pk=course.pk).state


def test_publishing_leaves_out_what_lacks_something_or_is_published_and_goes_back_to_draft(office):
    there, able, lacking = published("Er al"), draft("Kan erin"), draft("Te kort", summary="")
    rows = [str(course.id) for course in (there, able, lacking)]

    page = office.post(BULK, {"act": "publish", "row": rows})
    assert [each.row.id for each in page.context["able"]] == [able.id]
    assert {each.row.id for each in page.context["unable"]} == {there.id, lacking.id}

    office.post(BULK, {"act": "publish", "step": "do", "row": rows})
    assert [state(course) for course in (there, able, lacking)] == ["published", "published", "draft"]
    office.post(BULK, {"undo": str(BulkAct.objects.get().id)})

    assert [state(course) for course in (there, able, lacking)] == ["published", "draft", "draft"]
    assert Note.objects.filter(verb="return course to draft", thing_id=able.id).count() == 1


def test_withdrawing_is_taken_back_by_publishing(office):
    course = published()

    office.post(BULK, {"act": "withdraw", "step": "do", "row": [str(course.id)]})
    assert state(course) == "withdrawn"
    office.post(BULK, {"undo": str(BulkAct.objects.get().id)})

    assert state(course) == "published"


def test_a_trainer_publishes_nothing(as_, cast):
    course = draft()

    assert as_(cast.trainer).post(BULK, {"act": "publish", "step": "do", "row": [str(course.id)]}).status_code == 403
    assert state(course) == "draft"
