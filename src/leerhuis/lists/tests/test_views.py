"""Views of a list: kept, opened, shared, changed, deleted and had back."""

from datetime import timedelta

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.lists.models import SavedView

PEOPLE = "/office/people/"


@pytest.fixture
def clerk(as_, cast):
    return as_(cast.clerk)


def keep(client, **said):
    values = {"act": "keep", "name": "Trainers", "query": "role=trainer&sort=-email&col=email&page=3"}
    return client.post(PEOPLE, values | said)


def tabs(client):
    return [tab["view"].name for tab in client.get(f"{PEOPLE}?view=all").context["list"].tabs]


def test_a_view_keeps_filters_order_and_columns_but_no_page(clerk, cast):
    response = keep(clerk)

    view = SavedView.objects.get()
    assert (view.person, view.name, view.query) == (cast.clerk.id, "Trainers", "role=trainer&sort=-email&col=email")
    assert response["Location"] == f"{PEOPLE}?{view.query}&view={view.id}"
    shown = clerk.get(response["Location"]).context["list"]
    assert ([p.name for p in shown.lines], shown.view, shown.changed) == (["Tara Trainer"], view, False)
    assert clerk.get(f"{PEOPLE}?q=a&view={view.id}").context["list"].changed
    assert list(Note.objects.filter(verb="keep view").values_list("subject_person", flat=True)) == [cast.clerk.id]


def test_a_view_is_seen_by_its_maker_alone_unless_shared(clerk, as_, cast):
    keep(clerk)
    keep(clerk, name="For all", shared="on")

    assert tabs(clerk) == ["For all", "Trainers"]
    assert tabs(as_(cast.planner)) == ["For all"]


def test_a_colleague_may_use_a_shared_view_but_not_change_it(clerk, as_, cast):
    keep(clerk, shared="on")
    view = SavedView.objects.get()
    planner = as_(cast.planner)

    planner.post(PEOPLE, {"act": "change", "of": view.id, "name": "Mine", "query": ""})
    planner.post(PEOPLE, {"act": "drop", "of": view.id})

    view.refresh_from_db()
    assert (view.name, view.dropped_at) == ("Trainers", None)
    assert not SavedView.objects.filter(person=cast.planner.id, shared=True).exists()


def test_a_list_opens_with_the_view_that_was_chosen_for_it(clerk):
    keep(clerk, opens_first="on")
    keep(clerk, name="Later", query="q=a", opens_first="on")
    later = SavedView.objects.get(name="Later")

    assert clerk.get(PEOPLE)["Location"] == f"{PEOPLE}?q=a&view={later.id}"
    assert clerk.get(f"{PEOPLE}?view=all").status_code == 200
    assert SavedView.objects.filter(opens_first=True).get() == later


def test_a_deleted_view_can_be_had_back(clerk):
    keep(clerk)
    view = SavedView.objects.get()

    told = clerk.post(PEOPLE, {"act": "drop", "of": view.id, "query": view.query}, follow=True).content.decode()
    assert "Maak ongedaan" in told
    assert tabs(clerk) == []
    clerk.post(PEOPLE, {"act": "restore", "of": view.id})

    assert tabs(clerk) == ["Trainers"]
    verbs = ["keep view", "delete view", "restore view"]
    assert list(Note.objects.filter(verb__in=verbs).order_by("id").values_list("verb", flat=True)) == verbs


def test_a_view_without_a_name_is_refused(clerk):
    told = clerk.post(PEOPLE, {"act": "keep", "name": "  ", "query": ""}, follow=True).content.decode()

    assert "Geef de weergave een naam" in told
    assert not SavedView.objects.exists()


def test_a_view_is_renamed(clerk):
    keep(clerk)
    view = SavedView.objects.get()

    clerk.post(PEOPLE, {"act": "change", "of": view.id, "name": "Who teaches", "query": "role=trainer", "shared": "on"})

    view.refresh_from_db()
    assert (view.name, view.query, view.shared) == ("Who teaches", "role=trainer", True)


def test_the_term_of_a_view_runs_from_its_last_use(clerk):
    keep(clerk)
    view = SavedView.objects.get()
    SavedView.objects.update(used_at=clock.now() - timedelta(days=90))

    clerk.get(f"{PEOPLE}?{view.query}&view={view.id}")

    view.refresh_from_db()
    assert clock.now() - view.used_at < timedelta(days=1)


def test_who_may_not_open_the_list_keeps_no_view_of_it(as_, cast):
    assert keep(as_(cast.learner)).status_code == 403
    assert not SavedView.objects.exists()
