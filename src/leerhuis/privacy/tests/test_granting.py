"""What a letter calls done is done: a request is granted after that, and not before."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.consent.queries import choices_of
from leerhuis.mail.models import Mention, Message
from leerhuis.people.gate import METHODS
from leerhuis.privacy import actions, handling
from leerhuis.privacy.actions import Refused
from leerhuis.privacy.letters import draft_answer
from leerhuis.privacy.models import Request

VIEW = "enrolment.employer_view"


@pytest.fixture
def by(cast):
    return Actor.person(cast.officer.id, "privacy_officer")


def proven(cast, by, kind):
    request = actions.receive_request(kind=kind, channel="mail", person=cast.learner, by=by)
    actions.prove_identity(request, "facts", by=by)
    return request


def decided(cast, by, decision="granted", refused=(), *, kind):
    request = proven(cast, by, kind)
    actions.decide_request(request, decision, refused, by=by)
    request.refresh_from_db()
    return request


@pytest.mark.parametrize(
    ("kind", "refusal"),
    [
        ("erasure", handling.EraseFirst),
        ("restriction", handling.RestrictFirst),
        ("objection", handling.StopFirst),
    ],
)
def test_nothing_is_granted_that_was_not_done(cast, by, kind, refusal):
    contract = [Refused("", "contract")]
    for decision, grounds in (("granted", []), ("partly", contract)):
        with pytest.raises(refusal), attempt():
            decided(cast, by, decision, grounds, kind=kind)
    assert not Request.objects.exists()
    assert decided(cast, by, "refused", contract, kind=kind).decision == "refused"


@pytest.mark.parametrize("kind", ["restriction", "objection"])
def test_what_is_restricted_is_granted_and_the_letter_waits_for_it_too(cast, by, kind):
    restriction = actions.restrict_person(cast.learner, reason="Het wordt nagevraagd.", by=by)
    request = decided(cast, by, kind=kind)
    actions.release_person(cast.learner, by=by)
    with pytest.raises((handling.RestrictFirst, handling.StopFirst)), attempt():
        actions.answer_request(request, "Wij gebruiken uw gegevens niet meer.", by=by)
    actions.restrict_person(cast.learner, reason="Toch.", by=by)

    assert restriction.person == cast.learner.id
    assert actions.answer_request(request, "Wij gebruiken uw gegevens niet meer.", by=by).way == "account"


def test_the_page_says_what_to_do_before_it_is_granted(as_, cast, by):
    request = proven(cast, by, "restriction")
    client, address = as_(cast.officer), f"/office/privacy/requests/{request.id}/"
    lines = {"grounds-TOTAL_FORMS": "0", "grounds-INITIAL_FORMS": "0"}
    answer = client.post(address, {"act": "decide", "decision": "granted", **lines}).content.decode()

    assert "nog niet beperkt" in answer
    assert f"/office/privacy/restricted/add/?person={cast.learner.id}" in answer


def test_an_objection_is_made_shortly_after_signing_in_so_nobody_has_to_prove_it_again(as_, cast):
    client = as_(cast.learner)
    store = client.session
    at = store[METHODS]
    store[METHODS] = [{**each, "at": each["at"] - 3600} for each in at]
    store.save()
    assert "/reauthenticate/" in client.post("/me/consents/object/", {"purpose": VIEW})["Location"]
    assert not Request.objects.exists()
    client.post("/me/consents/object/", {"purpose": ""})  # to all news at any moment: nobody weighs it
    assert choices_of(cast.learner) == {"": "objected"}

    store[METHODS] = at
    store.save()
    client.post("/me/consents/object/", {"purpose": VIEW})
    request = Request.objects.get()
    assert (request.kind, request.proof, request.is_proven) == ("objection", "sign_in", True)


def test_the_letter_about_a_correction_tells_of_the_employer_where_one_was_told(cast, by):
    request = decided(cast, by, kind="correction")
    assert "werkgever" not in draft_answer(request, cast.learner)
    mail = Message.objects.create(
        kind="k", cause="PersonCorrected", person=cast.contact.id, to_address="c@example.nl", language="nl", title="t",
        body="b", try_after=clock.now(),
    )  # fmt: skip
    Mention.objects.create(message=mail, person=cast.learner.id)

    assert "De contactpersoon van uw werkgever" in draft_answer(request, cast.learner)
    cast.learner.language = "en"
    assert "We told your employer’s contact" in draft_answer(request, cast.learner)
