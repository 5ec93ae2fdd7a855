"""Pages about agreements: the office records and ends, the contact reads, nobody else gets in."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.consent.actions import record_agreement
from leerhuis.consent.models import Agreement
from leerhuis.consent.queries import agreement_in_force
from leerhuis.organisations.actions import add_organisation, appoint_contact

OPERATOR = Actor.operator()


def text(response):
    return response.content.decode()


@pytest.fixture
def address(cast):
    """Where the office finds the agreement."""
    return f"/office/organisations/{cast.organisation.id}/agreement/"


def test_without_an_agreement_the_page_says_what_is_seen(as_, cast, address):
    assert "Er is niets afgesproken" in text(as_(cast.clerk).get(address))


def test_an_agreement_is_recorded_changed_and_ended(as_, cast, address):
    clerk = as_(cast.clerk)

    clerk.post(f"{address}record/", {"attendance": "on", "reference": "Contract 1, p. 4"})
    first = Agreement.objects.get()
    form = clerk.get(f"{address}record/").context["form"]
    clerk.post(f"{address}record/", {"progress": "on", "reference": "Contract 2"})
    shown = text(clerk.get(address))
    clerk.post(f"/office/agreements/{agreement_in_force(cast.organisation).id}/end/")

    assert (form["attendance"].value(), form["reference"].value()) == (True, "Contract 1, p. 4")
    assert "Contract 2" in shown
    assert "Contract 1, p. 4" in shown
    first.refresh_from_db()
    assert first.ended_at is not None
    assert agreement_in_force(cast.organisation) is None


def test_what_cannot_stand_is_said_beside_the_field(as_, cast, address):
    answer = as_(cast.clerk).post(f"{address}record/", {"result": "on", "reference": "Contract 1"})

    assert list(answer.context["form"].errors) == ["result_ground"]
    assert 'value="Contract 1"' in text(answer)
    assert Agreement.objects.count() == 0


def test_the_contact_reads_what_they_may_see(as_, cast):
    client = as_(cast.contact)
    before = text(client.get("/employer/agreement/"))
    record_agreement(cast.organisation, attendance=True, reference="Contract 1", by=OPERATOR)

    shown = text(client.get("/employer/agreement/"))

    assert "Er is niets afgesproken" in before
    assert shown.count("niet zichtbaar") == 3
    assert "Contract 1" in shown


def test_a_contact_of_another_organisation_reads_their_own(as_, cast):
    record_agreement(cast.organisation, attendance=True, reference="Contract 1", by=OPERATOR)
    appoint_contact(add_organisation(name="Concurrent", by=OPERATOR), cast.stranger, by=OPERATOR)

    shown = text(as_(cast.stranger).get("/employer/agreement/"))

    assert "Concurrent" in shown
    assert "Bakker Advies" not in shown
    assert "Contract 1" not in shown


@pytest.mark.parametrize("who", ["learner", "contact", "trainer", "bookkeeper", "officer", "stranger"])
def test_nobody_but_the_office_records(as_, cast, address, who):
    agreement = record_agreement(cast.organisation, attendance=True, reference="C", by=OPERATOR)
    client = as_(cast.everyone[who])

    answers = [client.get(address), client.get(f"{address}record/"), client.post(f"{address}record/")]
    answers.append(client.post(f"/office/agreements/{agreement.id}/end/"))

    assert [each.status_code for each in answers] == [403] * 4
    agreement.refresh_from_db()
    assert agreement.in_force


@pytest.mark.parametrize("who", ["learner", "trainer", "clerk", "stranger"])
def test_nobody_but_a_contact_reads_the_employers_page(as_, cast, who):
    assert as_(cast.everyone[who]).get("/employer/agreement/").status_code == 403
