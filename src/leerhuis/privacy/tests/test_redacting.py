"""A text in which somebody who was erased is named is written anew, without a BSN."""

import pytest

from leerhuis.organisations.models import Organisation
from leerhuis.privacy.models import Redaction


@pytest.fixture
def redaction(cast):
    Organisation.objects.filter(pk=cast.organisation.pk).update(remarks="Bel Ann Een.")
    return Redaction.objects.create(table="organisations.Organisation", row_id=cast.organisation.pk, column="remarks")


def test_a_text_is_written_anew_and_a_bsn_in_it_is_refused(as_, cast, redaction):
    client, address = as_(cast.officer), f"/office/privacy/erasures/texts/{redaction.pk}/"
    assert "Bel Ann Een." in client.get(address).content.decode()
    typed = {"answer": "change", "text": "bsn 111222333"}

    page = client.post(address, typed).content.decode()
    assert "lijkt een burgerservicenummer" in page
    assert 'name="not_a_bsn"' in page
    assert Organisation.objects.get(pk=cast.organisation.pk).remarks == "Bel Ann Een."

    assert client.post(address, typed | {"not_a_bsn": "on"}).status_code == 302
    assert Organisation.objects.get(pk=cast.organisation.pk).remarks == "bsn 111222333"


def test_a_text_that_names_nobody_stays_as_it_is(as_, cast, redaction):
    as_(cast.officer).post(f"/office/privacy/erasures/texts/{redaction.pk}/", {"answer": "fine", "text": "anders"})

    redaction.refresh_from_db()
    assert (redaction.state, Organisation.objects.get(pk=cast.organisation.pk).remarks) == ("fine", "Bel Ann Een.")
