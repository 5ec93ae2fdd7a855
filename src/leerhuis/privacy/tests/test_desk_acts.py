"""What the desk carries out on a request that came by mail, telephone or letter: withdrawing and objecting."""

import pytest
from django.urls import reverse

from leerhuis.audit.actor import Actor
from leerhuis.base.edge import attempt
from leerhuis.consent.actions import record_choice
from leerhuis.consent.models import ALL, Choice
from leerhuis.consent.queries import choices_of, readers_who_want, weighed_purposes
from leerhuis.privacy import actions, handling
from leerhuis.privacy.docket import is_carried_out
from leerhuis.privacy.models import Request

NEWS = "consent.product_news"


@pytest.fixture
def by(cast):
    return Actor.person(cast.officer.id, "privacy_officer")


@pytest.fixture
def wants_news(cast, by):
    record_choice(cast.learner, NEWS, given=True, channel="phone", reference="gebeld", language="nl", by=by)


def asked(cast, by, kind, **more):
    request = actions.receive_request(kind=kind, channel="letter", person=cast.learner, asked="Per brief.", by=by)
    actions.prove_identity(request, "call_back", by=by)
    request.refresh_from_db()
    return request


def act(client, request, **said):
    return client.post(reverse("privacy_request", args=[request.id]), said)


@pytest.mark.usefixtures("wants_news")
def test_a_withdrawal_by_letter_stops_at_once_and_may_be_granted_only_then(cast, by, as_):
    request = asked(cast, by, "withdrawal")
    assert [each.person_id for each in readers_who_want(NEWS)] == [cast.learner.id]
    with pytest.raises(handling.WithdrawFirst), attempt():
        actions.decide_request(request, "granted", by=by)
    with pytest.raises(handling.ChooseWhat), attempt():
        actions.withdraw_on_request(request, ["consent.unknown"], by=by)

    client = as_(cast.officer)
    assert act(client, request, act="withdraw", topics=[NEWS]).status_code == 302

    assert list(readers_who_want(NEWS)) == []
    line = Choice.objects.get(step="withdrawn")
    assert (line.channel, line.reference, line.recorded_by) == ("desk", request.reference, cast.officer.id)
    request.refresh_from_db()
    assert is_carried_out(request)
    actions.decide_request(request, "granted", by=by)


def test_who_consents_to_nothing_can_be_told_that_nothing_is_consented_to(cast, by):
    request = asked(cast, by, "withdrawal")
    actions.decide_request(request, "granted", by=by)

    request.refresh_from_db()
    assert (request.decision, request.carried_out_at) == ("granted", None)


@pytest.mark.usefixtures("wants_news")
def test_an_objection_to_news_by_letter_works_at_once(cast, by, as_):
    request = asked(cast, by, "objection")
    client = as_(cast.officer)
    assert act(client, request, act="object", against="news").status_code == 302

    assert list(readers_who_want(NEWS)) == []
    assert choices_of(cast.learner)[ALL] == "objected"
    request.refresh_from_db()
    actions.decide_request(request, "granted", by=by)
    assert Request.objects.count() == 1


def test_an_objection_to_an_interest_stands_in_the_ledger_and_is_weighed_on_the_same_request(cast, by, as_):
    request = asked(cast, by, "objection")
    purpose = weighed_purposes("nl")[0][0]
    client = as_(cast.officer)
    assert act(client, request, act="object", against=purpose).status_code == 302

    request.refresh_from_db()
    assert (request.purpose, request.carried_out_at) == (purpose, None)
    assert choices_of(cast.learner)[purpose] == "objected"
    assert Request.objects.count() == 1  # no second request about the same
    with pytest.raises(handling.StopFirst), attempt():
        actions.decide_request(request, "granted", by=by)


def test_the_desk_leads_to_the_correction_and_back(cast, by, as_):
    request = asked(cast, by, "correction")
    client = as_(cast.officer)
    there = reverse("people_office_edit", args=[cast.learner.id])
    assert there in client.get(reverse("privacy_request", args=[request.id])).content.decode()

    said = {"first_name": "Anna", "last_name": "Anders", "email": cast.learner.email, "language": "nl"}
    assert client.post(there, said).url == reverse("privacy_requests_list")
    cast.learner.refresh_from_db()
    assert cast.learner.last_name == "Anders"


def test_a_clerk_takes_in_any_request_and_reads_who_goes_on_with_it(cast, as_):
    client = as_(cast.clerk)
    said = {
        "kind": "access",
        "channel": "phone",
        "received_on": "2020-01-02",
        "email": cast.learner.email,
        "asked": "x",
    }
    answer = client.post(reverse("privacy_request_add"), said, follow=True)

    request = Request.objects.get()
    assert (request.person, request.recorded_by) == (cast.learner.id, cast.clerk.id)
    assert request.reference in answer.content.decode()
    assert client.get(reverse("privacy_request", args=[request.id])).status_code == 403
