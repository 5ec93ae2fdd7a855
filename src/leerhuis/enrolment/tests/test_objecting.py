"""Objections to sharing that come by telephone or letter: taken in by the office and at the desk, in force at once."""

import pytest
from django.urls import reverse

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Note
from leerhuis.base.edge import attempt
from leerhuis.consent.actions import record_agreement
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.models import Grant
from leerhuis.enrolment.pasting import read_lines
from leerhuis.enrolment.queries import sharing_token, visible_to_contact
from leerhuis.enrolment.tests.factories import PLANNER, contact_actor, mails_to, make_course, make_run
from leerhuis.mail.models import Message
from leerhuis.people.gate import Viewer
from leerhuis.people.queries import roles_of
from leerhuis.privacy.actions import answer_request, decide_request, prove_identity, receive_request
from leerhuis.privacy.handling import StopFirst
from leerhuis.privacy.models import Request


@pytest.fixture
def ordered(cast):
    """Two enrolments of the learner that the employer ordered under an agreement on everything."""
    record_agreement(
        cast.organisation, attendance=True, progress=True, result=True, result_ground="wet", reference="C", by=PLANNER
    )
    lines = f"{cast.learner.first_name} {cast.learner.last_name} {cast.learner.email}"
    said = {"contact": cast.contact, "by": contact_actor(cast.contact)}
    runs = [make_run(), make_run(make_course("reanimation"), code="RE-1")]
    return [actions.register_employees(run, cast.organisation, read_lines(lines), **said).enrolments[0] for run in runs]


def shown(cast):
    viewer = Viewer(cast.contact, roles_of(cast.contact.id), second_factor=True)
    return [(e.shows_attendance, e.shows_progress, e.shows_result) for e in visible_to_contact(viewer)]


def page(person, **asked):
    query = "&".join(f"{name}={value}" for name, value in asked.items())
    return reverse("enrolment_office_objection", args=[person.id]) + (f"?{query}" if query else "")


def test_a_clerk_takes_in_an_objection_by_telephone_and_it_works_at_once(cast, ordered, as_):
    assert shown(cast) == [(True, True, True)] * 2
    before = mails_to(cast.contact.id)
    client = as_(cast.clerk)
    said = {"enrolments": [each.id for each in ordered], "channel": "phone", "proof": "call_back", "asked": "Belde."}
    answer = client.post(page(cast.learner), said)

    assert answer.url == reverse("portal_office_person_part", args=[cast.learner.id, "sharing"])
    assert shown(cast) == [(False, False, False)] * 2
    told = [kind for _to, kind in mails_to(cast.learner.id)]
    assert told.count("objection_received") == 2
    assert mails_to(cast.contact.id) == before  # the employer is not told
    request = Request.objects.get()
    assert (request.kind, request.channel, request.proof, request.recorded_by) == (
        "objection", "phone", "call_back", cast.clerk.id,
    )  # fmt: skip
    assert request.carried_out_at is not None
    assert request.is_open  # the privacy officer answers it
    assert Note.objects.filter(verb="object to sharing", actor_person=cast.clerk.id).count() == 2


def test_an_objection_to_one_course_leaves_the_other_as_it_is(cast, ordered, as_):
    client = as_(cast.clerk)
    client.post(page(cast.learner), {"enrolments": [ordered[0].id], "channel": "letter"})

    assert sorted(shown(cast)) == [(False, False, False), (True, True, True)]
    assert Request.objects.get().proof == ""


def test_the_link_in_a_mail_that_was_sent_before_says_that_the_objection_stands(cast, ordered, as_):
    actions.take_objection(cast.learner, ordered, channel="phone", asked="", by=Actor.person(cast.clerk.id, "clerk"))

    text = as_(None).get(reverse("enrolment_sharing", args=[sharing_token(ordered[0])])).content.decode()
    assert "U maakte op" in text


def test_the_desk_carries_out_a_letter_and_may_grant_it_only_then(cast, ordered, as_):
    by = Actor.person(cast.officer.id, "privacy_officer")
    request = receive_request(kind="objection", channel="letter", person=cast.learner, asked="Per brief.", by=by)
    prove_identity(request, "facts", by=by)
    with pytest.raises(StopFirst), attempt():
        decide_request(request, "granted", by=by)

    client = as_(cast.officer)
    desk = client.get(reverse("privacy_request", args=[request.id])).content.decode()
    assert page(cast.learner, request=request.id) in desk
    answer = client.post(page(cast.learner, request=request.id), {"enrolments": [each.id for each in ordered]})

    assert answer.url == reverse("privacy_request", args=[request.id])
    assert shown(cast) == [(False, False, False)] * 2
    assert Request.objects.count() == 1  # no second one
    request.refresh_from_db()
    decide_request(request, "granted", by=by)
    answer_request(request, "Uw werkgever ziet alleen nog uw inschrijving.", by=by)
    request.refresh_from_db()
    assert not request.is_open


def test_a_learner_who_is_restricted_can_object_at_the_desk_and_nowhere_else(cast, ordered, as_):
    by = Actor.person(cast.officer.id, "privacy_officer")
    request = receive_request(kind="objection", channel="phone", person=cast.learner, by=by)
    type(cast.learner).objects.filter(pk=cast.learner.pk).update(restricted_at=request.received_at)

    client = as_(cast.clerk)
    assert client.get(page(cast.learner, request=request.id)).status_code == 404
    client = as_(cast.officer)
    assert client.get(page(cast.learner)).status_code == 404
    assert client.get(page(cast.learner, request=request.id)).status_code == 200


def test_nothing_can_be_objected_to_in_the_name_of_somebody_else(cast, ordered):
    before = Request.objects.count(), Message.objects.count(), Note.objects.count()
    with pytest.raises(rules.NothingIsShared), attempt():
        actions.take_objection(
            cast.stranger, ordered, channel="phone", asked="", by=Actor.person(cast.clerk.id, "clerk")
        )

    assert (Request.objects.count(), Message.objects.count(), Note.objects.count()) == before
    assert list(Grant.objects.values_list("objected_at", flat=True)) == [None, None]


def test_who_shares_nothing_gets_a_page_that_says_so(cast, as_):
    client = as_(cast.clerk)
    text = client.get(page(cast.learner)).content.decode()

    assert "Geen werkgever ziet meer van deze persoon" in text
    assert "Nu stoppen met delen" not in text
    for reader, status in ((cast.stranger, 403), (cast.contact, 403), (cast.bookkeeper, 403)):
        client = as_(reader)
        assert client.get(page(cast.learner)).status_code == status
