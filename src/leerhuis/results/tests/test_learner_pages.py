"""A learner's own results, certificates and attendance, and who sees what."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.audit.models import Look
from leerhuis.charter.audiences import TRAINER
from leerhuis.results.actions import issue_certificate, revoke_certificate
from leerhuis.results.sights import sights_of_others
from leerhuis.results.tests.factories import agree, make_group, passed


@pytest.fixture
def clerk(cast):
    return Actor.person(cast.clerk.id, "clerk")


@pytest.fixture
def group(cast):
    return make_group(cast.learner, trainer=cast.trainer, ordered_by=cast.organisation)


@pytest.fixture
def certificate(group, cast, clerk):
    passed(group, cast.trainer, cast.clerk)
    return issue_certificate(group.enrolments[0], by=clerk)


def said(answer):
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def test_the_wallet_shows_ones_own_certificates_and_results(certificate, cast, as_):
    page = said(as_(cast.learner).get("/me/certificates/"))

    for words in (certificate.number, "Privacy op het werk", "3 juni 2027", "geslaagd"):
        assert words in page
    assert certificate.number not in said(as_(cast.colleague).get("/me/certificates/"))


def test_an_empty_wallet_says_so(cast, as_):
    assert "Hier staat nog niets" in said(as_(cast.learner).get("/me/certificates/"))


def test_a_certificate_is_downloaded_by_its_holder_only(certificate, cast, as_):
    address = f"/me/certificates/{certificate.id}.pdf"

    answer = as_(cast.learner).get(address)

    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert certificate.number.lower() in answer["Content-Disposition"]
    assert answer["Cache-Control"] == "private, no-store"
    for who in (cast.stranger, cast.colleague, cast.contact, cast.trainer, cast.clerk):
        assert as_(who).get(address).status_code == 404
    assert as_(None).get(address).status_code == 302


def test_a_revoked_certificate_is_shown_with_its_reason_and_without_a_download(certificate, cast, clerk, as_):
    revoke_certificate(certificate, reason="the name was wrong", by=clerk)

    page = said(as_(cast.learner).get("/me/certificates/"))

    assert "niet geldig" in page
    assert "the name was wrong" in page
    assert ".pdf" not in page


def test_ones_own_attendance_is_a_part_for_other_pages(certificate, group, cast, as_):
    address = f"/me/enrolments/{group.enrolments[0].id}/attendance/"

    part = said(as_(cast.learner).get(address, headers={"hx-request": "true"}))
    page = said(as_(cast.learner).get(address))

    assert ("<html" in part, "<html" in page) == (False, True)
    for words in ("aanwezig", "geslaagd"):
        assert words in part
        assert words in page
    for who in (cast.stranger, cast.contact, cast.clerk, cast.trainer):
        assert as_(who).get(address).status_code == 404


def test_looking_at_oneself_is_no_look(certificate, group, cast, as_):
    Look.objects.all().delete()
    learner = as_(cast.learner)
    for address in ("/me/certificates/", "/me/who-sees-what/", f"/me/enrolments/{group.enrolments[0].id}/attendance/"):
        assert learner.get(address).status_code == 200

    assert not Look.objects.exists()


def test_who_sees_what_says_what_was_agreed_and_offers_to_object(certificate, group, cast, as_):
    grant = agree(group.enrolments[0], attendance=True, result=True)
    grant.agreement.result_ground = "a legal duty"
    grant.agreement.save()
    learner = as_(cast.learner)

    page = said(learner.get("/me/who-sees-what/"))

    assert "Bakker Advies, over Privacy op het werk" in page
    assert "Wij lieten u dit weten op 3 juni 2027." in page
    assert "Uw resultaat wordt gedeeld vanwege: a legal duty." in page
    assert "Ik maak bezwaar" in page
    after = said(learner.post(f"/me/who-sees-what/{group.enrolments[0].id}/object/", follow=True))
    assert "U maakte bezwaar op 3 juni 2027." in after
    assert "Trek mijn bezwaar in" in after


def test_without_an_employer_the_page_says_that_none_sees_anything(cast, as_):
    make_group(cast.stranger, trainer=cast.trainer)

    page = said(as_(cast.stranger).get("/me/who-sees-what/"))

    assert "Geen werkgever schreef u in" in page
    assert "Ik maak bezwaar" not in page


def test_objecting_where_nothing_was_agreed_changes_nothing(group, cast, as_):
    page = said(as_(cast.learner).post(f"/me/who-sees-what/{group.enrolments[0].id}/object/", follow=True))

    assert "Meer is met deze werkgever niet afgesproken" in page


def test_what_others_see_is_read_from_the_declarations(academy):
    sights = {each.who: each.what for each in sights_of_others(academy.settings, "nl")}

    assert sights[TRAINER.nl] == ("naam", "opleidingen, inschrijvingen en aanwezigheid")
    assert "de contactpersoon van uw werkgever" not in sights
    assert all("oefenantwoorden en voortgang in de app" not in what for what in sights.values())
    english = {each.who: each.what for each in sights_of_others(academy.settings, "en")}
    assert english[TRAINER.en] == ("name", "courses, enrolments and attendance")


def test_who_sees_what_is_there_in_english(group, cast, as_):
    cast.learner.language = "en"
    cast.learner.save()
    learner = as_(cast.learner)

    page = said(learner.get("/me/who-sees-what/", headers={"accept-language": "en"}))

    assert "not shared: not agreed" in page
