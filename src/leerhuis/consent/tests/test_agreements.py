"""What is agreed with an employer: recorded with its paper, replaced, ended; read by who may."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.consent import rules
from leerhuis.consent.actions import end_agreement, record_agreement
from leerhuis.consent.models import Agreement
from leerhuis.consent.queries import agreement_in_force, agreements_for, agreements_in_force, agreements_of
from leerhuis.organisations.actions import add_organisation, appoint_contact
from leerhuis.people.gate import Viewer
from leerhuis.people.queries import roles_of


def viewer(person):
    return Viewer(person, roles_of(person.id), second_factor=True)


@pytest.fixture
def clerk(cast):
    """The clerk, as they act."""
    return Actor.person(cast.clerk.id, "clerk")


def record(cast, by, **more):
    return record_agreement(cast.organisation, by=by, **{"attendance": True, "reference": "Contract 1", **more})


def test_nothing_is_agreed_by_default(cast):
    assert agreement_in_force(cast.organisation) is None


def test_what_was_agreed_is_recorded_with_its_paper_and_its_author(cast, clerk):
    agreement = record(cast, clerk, progress=True, reference="  Contract   1 ")

    assert agreement_in_force(cast.organisation) == agreement
    assert (agreement.attendance, agreement.progress, agreement.result, agreement.reference) == (
        True,
        True,
        False,
        "Contract 1",
    )
    assert (agreement.recorded_by, agreement.created_at, agreement.in_force) == (cast.clerk.id, clock.now(), True)
    assert Note.objects.filter(verb="record agreement", thing_id=agreement.id, actor_person=cast.clerk.id).exists()


def test_a_new_agreement_replaces_the_old_one_and_keeps_it(cast, clerk):
    old = record(cast, clerk)

    new = record(cast, clerk, attendance=False, progress=True)

    old.refresh_from_db()
    assert (agreement_in_force(cast.organisation), old.ended_at) == (new, clock.now())
    assert list(agreements_of(viewer(cast.clerk), cast.organisation)) == [new, old]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"attendance": False}, rules.NothingShared),
        ({"reference": "  "}, rules.NotWrittenDown),
        ({"result": True}, rules.NoGroundForResult),
        ({"result": True, "result_ground": " "}, rules.NoGroundForResult),
    ],
)
def test_what_cannot_stand_is_refused_and_leaves_what_held(cast, clerk, said, refusal):
    held = record(cast, clerk)
    before = Note.objects.count()

    with pytest.raises(refusal), attempt():
        record(cast, clerk, **said)

    held.refresh_from_db()
    assert (held.in_force, Agreement.objects.count(), Note.objects.count()) == (True, 1, before)


def test_a_result_is_shared_on_a_ground_of_its_own(cast, clerk):
    agreement = record(cast, clerk, result=True, result_ground="De wet vraagt een diploma")

    assert (agreement.result, agreement.result_ground) == (True, "De wet vraagt een diploma")


def test_a_ground_without_a_result_is_not_kept(cast, clerk):
    assert record(cast, clerk, result_ground="voor later").result_ground == ""


def test_an_agreement_ends_once(cast, clerk):
    agreement = record(cast, clerk)

    end_agreement(agreement, by=clerk)

    assert agreement_in_force(cast.organisation) is None
    with pytest.raises(rules.EndedBefore), attempt():
        end_agreement(agreement, by=clerk)
    assert Note.objects.filter(verb="end agreement").count() == 1


def test_only_the_office_and_the_contact_read_it(cast, clerk):
    agreement = record(cast, clerk)
    appoint_contact(add_organisation(name="Concurrent", by=clerk), cast.stranger, by=clerk)

    seen = {name: list(agreements_for(viewer(person))) for name, person in cast.everyone.items()}

    assert {name for name, found in seen.items() if found == [agreement]} == {"contact", "clerk", "planner", "admin"}
    assert [found for name, found in seen.items() if name not in {"contact", "clerk", "planner", "admin"}] == [[]] * 6
    assert list(agreements_for(None)) == []


def test_what_holds_for_many_is_read_in_one_query(cast, clerk, django_assert_num_queries):
    other = add_organisation(name="Zonder", by=clerk)
    agreement = record(cast, clerk)

    with django_assert_num_queries(1):
        assert agreements_in_force([cast.organisation, other]) == {cast.organisation.id: agreement}
