"""Many rows at once: shown beforehand, done row by row, taken back. Tried on the list of people."""

from datetime import timedelta

import pytest

from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.lists.models import BulkAct

PEOPLE, BULK = "/office/people/", "/office/people/bulk/"


@pytest.fixture
def admin(as_, cast):
    return as_(cast.admin)


def ids(*people):
    return [str(person.id) for person in people]


def states(*people):
    for person in people:
        person.refresh_from_db()
    return [person.state for person in people]


def suspend(client, *people, **said):
    return client.post(BULK, {"act": "suspend", "step": "do", "row": ids(*people)} | said, follow=True)


def verbs():
    return sorted(Note.objects.filter(verb__in=["suspend", "lift suspension"]).values_list("verb", flat=True))


def test_beforehand_everything_is_shown_and_nothing_is_done(admin, cast):
    page = admin.post(BULK, {"act": "suspend", "row": ids(cast.learner, cast.admin, cast.colleague)})

    assert [each.name for each in page.context["able"]] == ["Lena de Leerling", "Coen Collega"]
    assert [(each.name, each.refusal[:23]) for each in page.context["unable"]] == [
        ("Ada Admin", "U kunt uzelf niet blokk")
    ]
    assert states(cast.learner, cast.colleague) == ["active", "active"]
    assert (verbs(), BulkAct.objects.count()) == ([], 0)


def test_rows_are_done_one_by_one_and_the_refused_ones_are_told(admin, cast):
    told = suspend(admin, cast.learner, cast.admin, cast.colleague).content.decode()

    assert states(cast.learner, cast.colleague, cast.admin) == ["suspended", "suspended", "active"]
    assert verbs() == ["suspend", "suspend"]
    assert "Maak ongedaan" in told
    assert "Ada Admin: U kunt uzelf niet blokkeren" in told


def test_what_was_done_is_taken_back_by_the_reverse_act_once(admin, cast):
    suspend(admin, cast.learner, cast.colleague)
    done = BulkAct.objects.get()

    admin.post(BULK, {"undo": str(done.id)})

    assert states(cast.learner, cast.colleague) == ["active", "active"]
    assert verbs() == ["lift suspension", "lift suspension", "suspend", "suspend"]
    again = admin.post(BULK, {"undo": str(done.id)}, follow=True).content.decode()
    assert "niet meer terug te draaien" in again
    assert len(verbs()) == 4


def test_after_an_hour_nothing_is_taken_back(admin, cast):
    suspend(admin, cast.learner)
    BulkAct.objects.update(created_at=clock.now() - timedelta(minutes=61))

    admin.post(BULK, {"undo": str(BulkAct.objects.get().id)})

    assert states(cast.learner) == ["suspended"]


def test_nobody_takes_back_what_a_colleague_did(admin, as_, cast):
    suspend(admin, cast.learner)

    as_(cast.clerk).post(BULK, {"undo": str(BulkAct.objects.get().id)})

    assert states(cast.learner) == ["suspended"]


def test_all_that_fit_are_found_by_the_filter(admin, cast):
    page = admin.post(BULK, {"act": "suspend", "all": "1", "query": "role=trainer"})

    assert [each.row.id for each in page.context["able"]] == [cast.trainer.id]


def test_an_act_is_only_for_who_may_do_it(as_, cast):
    clerk = as_(cast.clerk)

    assert clerk.post(BULK, {"act": "suspend", "step": "do", "row": ids(cast.learner)}).status_code == 404
    assert as_(cast.stranger).post(BULK, {"act": "suspend", "row": ids(cast.learner)}).status_code == 403
    assert states(cast.learner) == ["active"]
    assert [bulk.key for bulk in clerk.get(PEOPLE).context["list"].bulk] == ["invite"]


def test_no_row_and_rows_that_are_none_do_nothing(admin):
    for row in ([], ["nonsense"], ["00000000-0000-7000-8000-000000000000"]):
        assert "niets gedaan" in admin.post(BULK, {"act": "suspend", "row": row}, follow=True).content.decode()


def test_the_mails_of_an_act_are_counted_and_shown_and_none_goes_out(as_, cast):
    type(cast.learner).objects.filter(pk__in=ids(cast.learner, cast.colleague)).update(state="invited")
    clerk = as_(cast.clerk)

    page = clerk.post(BULK, {"act": "invite", "row": ids(cast.learner, cast.colleague, cast.trainer)})

    assert (len(page.context["letters"]), len(page.context["examples"])) == (2, 1)
    assert [each.name for each in page.context["unable"]] == ["Tara Trainer"]
    assert "kan niet worden teruggehaald" in page.content.decode()
    mails = clerk.get("/office/mails/").context["list"]
    assert mails.total == 0
    clerk.post(BULK, {"act": "invite", "step": "do", "row": ids(cast.learner, cast.colleague)})
    assert clerk.get("/office/mails/").context["list"].total == 2
