"""What an employer may see: agreed, told, not objected to; asked as contact, learner and stranger."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.models import Grant
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.queries import (
    enrolment_of_token,
    enrolments_for,
    enrolments_of,
    enrolments_ordered_by,
    find_enrolments,
    grant_in_force,
    order_line,
    own_enrolment,
    preview_order,
    sharing_token,
    visible_to_contact,
)
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, enrol, mails_to, make_course, make_run
from leerhuis.mail.models import Message
from leerhuis.organisations.actions import add_organisation, appoint_contact, end_membership
from leerhuis.organisations.models import Membership
from leerhuis.people.gate import Viewer
from leerhuis.people.queries import roles_of


def viewer(person):
    return Viewer(person, roles_of(person.id), second_factor=True)


@pytest.fixture
def ordered(cast):
    """One enrolment that the employer ordered under an agreement on attendance and progress."""
    record_agreement(cast.organisation, attendance=True, progress=True, reference="C", by=PLANNER)
    lines = read_lines("Anna Bakker anna@bakker.example")
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    return actions.register_employees(make_run(), cast.organisation, lines, **said).enrolments[0]


def shown(cast):
    return [(e.shows_attendance, e.shows_progress, e.shows_result) for e in visible_to_contact(viewer(cast.contact))]


def test_the_contact_sees_what_was_agreed(cast, ordered):
    assert shown(cast) == [(True, True, False)]
    assert grant_in_force(ordered).attendance


def test_nothing_is_shown_before_the_learner_was_told(cast, ordered):
    Grant.objects.update(told_at=None)

    assert shown(cast) == [(False, False, False)]
    assert grant_in_force(ordered) is None


def test_an_objection_works_at_once_and_only_the_learner_is_told(cast, ordered):
    before = mails_to(cast.contact.id)

    actions.object_to_sharing(ordered, by=Actor.person(ordered.learner_id))

    assert shown(cast) == [(False, False, False)]
    assert grant_in_force(ordered) is None
    assert mails_to(ordered.learner_id)[-1] == ("anna@bakker.example", "objection_received")
    assert mails_to(cast.contact.id) == before
    assert Grant.objects.get().objected_at == clock.now()


def test_a_second_objection_changes_nothing(cast, ordered):
    actions.object_to_sharing(ordered, by=Actor.person(ordered.learner_id))
    before = Message.objects.count()

    actions.object_to_sharing(ordered, by=Actor.person(ordered.learner_id))

    assert Message.objects.count() == before


def test_an_objection_can_be_taken_back(cast, ordered):
    actions.object_to_sharing(ordered, by=Actor.person(ordered.learner_id))

    actions.take_back_objection(ordered, by=Actor.person(ordered.learner_id))

    assert shown(cast) == [(True, True, False)]


def test_where_nothing_was_agreed_there_is_nothing_to_object_to(cast):
    enrolment = enrol(make_run(), cast.learner)

    for act in (actions.object_to_sharing, actions.take_back_objection):
        with pytest.raises(rules.NothingIsShared), attempt():
            act(enrolment, by=Actor.person(cast.learner.id))


def test_a_learner_who_was_not_told_is_told_once(cast, ordered):
    Grant.objects.update(told_at=None)

    actions.tell_of_sharing(ordered, by=PLANNER)
    actions.tell_of_sharing(ordered, by=PLANNER)

    assert mails_to(ordered.learner_id)[2:] == [("anna@bakker.example", "sharing_told")]
    assert shown(cast) == [(True, True, False)]


def test_others_see_nothing_of_the_order(cast, ordered):
    for name in ("learner", "colleague", "stranger", "trainer", "clerk", "officer"):
        assert list(visible_to_contact(viewer(cast.everyone[name]))) == [], name
    assert list(visible_to_contact(None)) == []


def test_a_contact_of_another_organisation_sees_nothing(cast, ordered):
    other = add_organisation(name="Concurrent", by=PLANNER)
    appoint_contact(other, cast.stranger, by=PLANNER)

    assert list(visible_to_contact(viewer(cast.stranger))) == []
    assert list(enrolments_ordered_by(viewer(cast.stranger), cast.organisation)) == []


def test_whoever_stops_being_a_contact_sees_nothing_any_more(cast, ordered):
    end_membership(Membership.objects.get(person=cast.contact, kind="contact"), by=PLANNER)

    assert list(visible_to_contact(viewer(cast.contact))) == []


def test_a_clerk_who_is_also_a_contact_sees_their_own_organisation_only(cast, ordered):
    other = add_organisation(name="Concurrent", by=PLANNER)
    appoint_contact(other, cast.clerk, by=PLANNER)

    assert list(visible_to_contact(viewer(cast.clerk))) == []


def test_what_a_learner_ordered_themselves_is_shown_to_no_employer(cast, ordered):
    enrol(make_run(make_course("own"), code="OWN"), cast.learner)

    assert [each.id for each in visible_to_contact(viewer(cast.contact))] == [ordered.id]


def test_whether_a_course_was_completed_is_not_about_the_order(cast, ordered):
    actions.complete_enrolment(ordered, by=PLANNER)

    line = order_line(visible_to_contact(viewer(cast.contact)).get(), "nl")

    assert (line.name, line.standing, line.course) == ("Anna Bakker", "seat", "Eerste hulp")


def test_the_line_shows_what_is_in_force(cast, ordered):
    line = order_line(own_enrolment(viewer(ordered.learner), ordered.id), "en")
    actions.object_to_sharing(ordered, by=Actor.person(ordered.learner_id))
    after = order_line(own_enrolment(viewer(ordered.learner), ordered.id), "en")

    assert (line.attendance, line.progress, line.result, line.course) == (True, True, False, "First aid")
    assert (after.attendance, after.progress, after.result) == (False, False, False)


def test_an_enrolment_is_shown_whole_to_its_learner_and_the_office_alone(cast, ordered):
    own = enrol(make_run(make_course("own"), code="OWN"), cast.learner)

    seen = {name: {each.id for each in enrolments_for(viewer(person))} for name, person in cast.everyone.items()}

    everything = {own.id, ordered.id}
    assert {name: ids for name, ids in seen.items() if ids} == {
        "learner": {own.id},
        "clerk": everything,
        "planner": everything,
        "admin": everything,
    }
    assert own_enrolment(viewer(cast.stranger), own.id) is None
    assert own_enrolment(viewer(cast.clerk), own.id) is None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("anna", True),
        ("BAKKER", True),
        ("anna@bakker", True),
        ("eh-1", True),
        ("eerste", True),
        ("bakker anna eerste", True),
        ("piet", False),
        ("anna piet", False),
    ],
)
def test_enrolments_are_found_by_learner_course_code_and_organisation(cast, ordered, words, found):
    assert find_enrolments(enrolments_for(viewer(cast.clerk)), words=words).exists() is found


def test_a_signed_key_leads_to_its_enrolment_and_a_forged_one_nowhere(cast, ordered):
    token = sharing_token(ordered)

    assert enrolment_of_token(token) == ordered
    assert [enrolment_of_token(each) for each in (token[:-1], ordered.id.hex, f"{ordered.id.hex}:x", "")] == [None] * 4


def test_before_ordering_a_contact_learns_only_about_its_own_people(cast, ordered):
    text = f"Anna Bakker anna@bakker.example\nCoen C {cast.colleague.email}\nSam S {cast.stranger.email}"

    order = preview_order(ordered.run, cast.organisation, read_lines(text))

    assert [(each.line.first_name, each.known, each.enrolled) for each in order.people] == [
        ("Anna", True, True),
        ("Coen", True, False),
        ("Sam", False, False),
    ]
    assert (order.wanted, set(order.known_ids)) == (2, {ordered.learner_id, cast.colleague.id})


@pytest.mark.parametrize("people", [1, 3])
def test_lists_are_read_in_one_query_whatever_their_length(cast, people, django_assert_num_queries):
    lines = read_lines("\n".join(f"Anna Berg anna{n}@bakker.example" for n in range(people)))
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    run = make_run(seats=3)
    actions.register_employees(run, cast.organisation, lines, **said)
    contact, clerk = viewer(cast.contact), viewer(cast.clerk)

    with django_assert_num_queries(1):
        assert len([order_line(each, "nl") for each in visible_to_contact(contact).select_related("grant")]) == people
    with django_assert_num_queries(1):
        assert len({each.learner.name + each.run.course.title for each in enrolments_for(clerk)}) == 1
    with django_assert_num_queries(2):
        assert len(preview_order(run, cast.organisation, lines).people) == people
    learner = enrolments_for(clerk)[0].learner
    with django_assert_num_queries(2):
        assert all(each.run.lessons.all()[0].venue for each in enrolments_of(learner))
