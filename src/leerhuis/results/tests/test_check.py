"""The public page: valid, not valid, or unknown, to whoever has number and surname."""

import pytest

from leerhuis.audit.actor import Actor
from leerhuis.enrolment.models import Enrolment
from leerhuis.results.actions import issue_certificate, revoke_certificate
from leerhuis.results.models import Certificate
from leerhuis.results.queries import Check, CheckWord, check_certificate
from leerhuis.results.tests.factories import DAY, make_group, passed

UNKNOWN = Check(CheckWord.UNKNOWN)


@pytest.fixture
def clerk(cast):
    return Actor.person(cast.clerk.id, "clerk")


@pytest.fixture
def certificate(cast, clerk):
    group = make_group(cast.learner, trainer=cast.trainer)
    passed(group, cast.trainer, cast.clerk)
    return issue_certificate(group.enrolments[0], by=clerk)


def test_number_and_surname_say_valid_with_course_and_day(certificate):
    valid = Check(CheckWord.VALID, "Privacy op het werk", DAY)

    assert check_certificate(certificate.number, "de Leerling") == valid
    assert check_certificate(certificate.number.lower().replace("-", " "), "LEERLING") == valid


def test_a_wrong_surname_and_an_unknown_number_get_the_same_answer(certificate):
    for number, surname in (
        (certificate.number, "Leerlinge"),
        (certificate.number, ""),
        (certificate.number, "Lena"),
        ("7QK4-M2XD-9F3H", "de Leerling"),
        ("", "de Leerling"),
        (certificate.number[:-1], "de Leerling"),
    ):
        assert check_certificate(number, surname) == UNKNOWN


def test_a_wrong_surname_and_an_unknown_number_take_the_same_work(certificate, django_assert_num_queries):
    for number, surname in ((certificate.number, "Niemand"), ("7QK4-M2XD-9F3H", "Niemand")):
        with django_assert_num_queries(2):
            check_certificate(number, surname)


def test_a_revoked_certificate_is_not_valid(certificate, clerk):
    revoke_certificate(certificate, reason="a private reason", by=clerk)

    assert check_certificate(certificate.number, "de Leerling").word is CheckWord.REVOKED
    assert check_certificate(certificate.number, "Niemand") == UNKNOWN


def test_after_erasure_the_number_says_valid_or_not_and_no_more(certificate, cast, clerk):
    number = certificate.number
    Enrolment.objects.filter(learner=cast.learner).delete()
    assert not Certificate.objects.exists()

    assert check_certificate(number, "de Leerling") == Check(CheckWord.VALID)
    assert check_certificate(number, "anyone") == Check(CheckWord.VALID)


def test_the_page_answers_a_visitor_by_post_and_keeps_names_out_of_addresses(certificate, as_):
    visitor = as_(None)
    page = visitor.get("/certificate/")
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    assert b'name="robots" content="noindex, nofollow"' in page.content

    answer = visitor.post("/certificate/", {"number": certificate.number, "surname": "de Leerling"})

    assert (answer.status_code, answer["X-Robots-Tag"]) == (200, "noindex, nofollow")
    said = answer.content.decode()
    assert "Dit certificaat is geldig. Het is afgegeven voor Privacy op het werk, afgerond op 3 juni 2027." in said
    assert "Lena" not in said


def test_the_address_on_the_certificate_fills_in_the_number_and_shows_nothing(certificate, as_):
    page = as_(None).get(f"/certificate/{certificate.number}/")

    said = page.content.decode()
    assert f'value="{certificate.number}"' in said
    for words in ("Leerling", "Privacy op het werk", "geldig is"):
        assert words not in said.split("<main")[1].replace("of een certificaat van LEFFECTIEF geldig is", "")


def test_unknown_reads_the_same_for_a_wrong_number_and_a_wrong_name(certificate, as_):
    visitor = as_(None)
    answers = {
        visitor.post("/certificate/", {"number": number, "surname": surname})
        .content.decode()
        .split("Onbekend")[1][:300]
        for number, surname in ((certificate.number, "Niemand"), ("7QK4-M2XD-9F3H", "de Leerling"))
    }

    assert len(answers) == 1


def test_a_surname_in_the_address_is_not_looked_at(certificate, as_):
    page = as_(None).get("/certificate/", {"number": certificate.number, "surname": "de Leerling"})

    assert "Dit certificaat is geldig" not in page.content.decode()
