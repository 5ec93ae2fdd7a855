"""A text in which somebody who was erased is named is written anew, without a BSN; or goes whole after a week."""

from datetime import timedelta

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.mail.models import Message
from leerhuis.organisations.models import Organisation
from leerhuis.privacy import actions
from leerhuis.privacy.models import Redaction

JOB = Actor.job("privacy.empty_texts")


@pytest.fixture
def redaction(cast):
    Organisation.objects.filter(pk=cast.organisation.pk).update(remarks="Bel Ann Een.")
    assert actions.put_texts_aside([(Organisation, "remarks", [cast.organisation.pk])], by=JOB) == 1
    return Redaction.objects.get()


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


def remarks(cast):
    return Organisation.objects.get(pk=cast.organisation.pk).remarks


def test_at_what_nobody_looked_in_time_goes_whole_and_the_officer_was_reminded(as_, cast, academy, redaction):
    last_day = redaction.due_on
    assert last_day == clock.today() + timedelta(days=academy.settings.erasure.within_days)
    assert (actions.remind_of_texts(by=JOB), actions.empty_texts(by=JOB)) == (0, 0)
    with clock.at(clock.now() + timedelta(days=academy.settings.erasure.within_days)):
        assert [actions.remind_of_texts(by=JOB) for _ in range(2)] == [1, 0]  # once a day
        assert actions.empty_texts(by=JOB) == 0  # the last day is theirs
    assert [each.to_address for each in Message.objects.filter(kind="privacy.texts_wait")] == [cast.officer.email]
    assert "Ann" not in Message.objects.get(kind="privacy.texts_wait").body
    assert remarks(cast) == "Bel Ann Een."
    with clock.at(clock.now() + timedelta(days=academy.settings.erasure.within_days + 1)):
        assert [actions.empty_texts(by=JOB) for _ in range(2)] == [1, 0]

    redaction.refresh_from_db()
    assert (redaction.state, remarks(cast)) == ("emptied", "")
    assert "Teksten om te bekijken" not in as_(cast.officer).get("/office/privacy/erasures/").content.decode()


def test_a_text_that_was_looked_at_stays(cast, redaction):
    actions.redact_text(redaction, "Bel een collega.", by=JOB)
    with clock.at(clock.now() + timedelta(days=90)):
        assert (actions.remind_of_texts(by=JOB), actions.empty_texts(by=JOB)) == (0, 0)

    assert remarks(cast) == "Bel een collega."


def test_the_pages_say_how_long_there_is_to_look(as_, cast, redaction):
    client = as_(cast.officer)

    assert "1 tekst te bekijken" in client.get("/office/privacy/").content.decode()
    assert "gaat na" in client.get("/office/privacy/erasures/").content.decode()
    assert "eeuwig" in client.get(f"/office/privacy/erasures/texts/{redaction.pk}/").content.decode()
