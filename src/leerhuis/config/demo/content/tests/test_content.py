"""Courses, people, organisations, venues: complete, consistent, and recognisably invented."""

import re
from decimal import Decimal

import pytest

from leerhuis.base.money import vat_on
from leerhuis.base.text import sort_name, tidy
from leerhuis.config.demo.content.kinds import Academy, Course, Person, Run
from leerhuis.config.demo.content.loader import (
    ACADEMIES,
    banks,
    courses,
    organisations,
    people,
    practice_profiles,
    registers,
    runs,
    sign_ins,
    venues,
)

every_academy = pytest.mark.parametrize("academy", ACADEMIES)
STAFF = {"clerk", "planner", "bookkeeper", "marketer", "privacy_officer", "academy_admin", "trainer"}


def learners(academy: Academy) -> list[Person]:
    return [person for person in people(academy) if not person.roles]


def test_there_are_twelve_courses_eighty_people_and_six_organisations() -> None:
    assert [len(courses(academy)) for academy in ACADEMIES] == [6, 6]
    assert [len(people(academy)) for academy in ACADEMIES] == [40, 40]
    assert [len(organisations(academy)) for academy in ACADEMIES] == [3, 3]
    assert [len(venues(academy)) for academy in ACADEMIES] == [2, 2]


def test_no_slug_is_used_twice() -> None:
    slugs = [course.slug for academy in ACADEMIES for course in courses(academy)]
    assert len(set(slugs)) == len(slugs) == 12


@every_academy
def test_a_course_says_all_that_its_page_shows(academy: Academy) -> None:
    for course in courses(academy):
        assert re.fullmatch(r"[a-z0-9-]{1,80}", course.slug)
        for text in (course.title, course.title_en, course.summary, course.summary_en, course.audience, course.level):
            assert text == tidy(text) != "", course.slug
        assert max(len(course.title), len(course.title_en)) <= 160
        assert len(course.summary) <= 400
        assert len(course.audience) <= 300
        assert 2 <= len(course.description.split("\n\n")) <= 4, course.slug
        assert 3 <= len(course.outcomes) <= 5, course.slug
        assert course.price > 0
        assert course.price == course.price.quantize(Decimal("0.01"))
        assert 0 < course.min_seats < course.capacity
        assert "!" not in course.description + course.summary


@every_academy
def test_lessons_follow_one_another_and_fit_in_the_hours(academy: Academy) -> None:
    for course in courses(academy):
        days = [lesson.day for lesson in course.lessons]
        assert days[0] == 0
        assert days == sorted(set(days)), course.slug
        assert all(lesson.start < lesson.end for lesson in course.lessons)


@every_academy
def test_the_price_for_a_consumer_is_a_round_one(academy: Academy) -> None:
    for course in courses(academy):
        vat = vat_on(course.price, Decimal(21)) if course.vat == "standard" else Decimal(0)
        assert (course.price + vat) % 1 == 0, course.slug


def test_both_kinds_of_vat_and_both_kinds_of_proof_occur_in_each_academy() -> None:
    for academy in ACADEMIES:
        assert {course.vat for course in courses(academy)} == {"exempt", "standard"}
        assert {course.proof for course in courses(academy)} == {"certificate", "participation"}


@every_academy
def test_a_question_to_the_learner_has_its_reason_in_both_languages(academy: Academy) -> None:
    for course in courses(academy):
        assert len({asked.name for asked in course.fields}) == len(course.fields), course.slug
        for asked in course.fields:
            for reason in (asked.reason_nl, asked.reason_en):
                assert 10 < len(reason) <= 200
                assert reason[0].islower()
                assert not reason.endswith(".")


def test_every_field_of_the_closed_list_is_asked_somewhere() -> None:
    asked = {field.name for academy in ACADEMIES for course in courses(academy) for field in course.fields}
    assert asked == {"phone", "employer_name", "employer_address", "birth_date", "register_number", "invoice_reference"}


@every_academy
def test_a_number_in_a_register_is_asked_only_where_points_are_given(academy: Academy) -> None:
    for course in courses(academy):
        asks = "register_number" in {asked.name for asked in course.fields}
        assert asks == (course.pe is not None), course.slug


def test_banks_of_courses_are_banks_of_the_academy_and_every_bank_is_used() -> None:
    owned = {academy: {bank.slug for bank in banks() if academy in bank.academies} for academy in ACADEMIES}
    used = {academy: {course.bank for course in courses(academy) if course.bank} for academy in ACADEMIES}
    assert used == owned
    assert all(
        (course.bank is None) == (course.practice_months_after == 0)
        for academy in ACADEMIES
        for course in courses(academy)
    )


@every_academy
def test_people_have_one_key_and_one_address_each(academy: Academy) -> None:
    everybody = people(academy)
    assert len({person.key for person in everybody}) == len(everybody)
    assert len({person.email.lower() for person in everybody}) == len(everybody)
    assert len({person.name for person in everybody}) == len(everybody)
    for person in everybody:
        assert person.email.isascii()
        assert person.email.endswith(".example")
        assert tidy(person.name) == person.name


def test_the_two_academies_share_nobody() -> None:
    one, other = ({person.name for person in people(academy)} for academy in ACADEMIES)
    assert not one & other


def test_names_show_who_lives_here() -> None:
    names = [person.name for academy in ACADEMIES for person in people(academy)]
    infixes = [p for academy in ACADEMIES for p in people(academy) if p.last_name[0].islower()]
    assert len(infixes) >= 15
    assert sort_name("Lotte", "van der Meulen") == "meulen, van der, lotte"
    assert sum(not name.isascii() for name in names) >= 12
    assert sum("-" in name for name in names) >= 10


@every_academy
def test_telephone_numbers_lie_in_the_range_of_pagers(academy: Academy) -> None:
    numbers = [person.phone for person in people(academy) if person.phone] + [venue.phone for venue in venues(academy)]
    assert numbers
    assert all(re.fullmatch(r"06 6\d{3} \d{4}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)


@every_academy
def test_every_role_can_be_signed_in_to(academy: Academy) -> None:
    by_role = sign_ins(academy)
    assert set(by_role) == STAFF | {"learner", "contact"}
    for role, person in by_role.items():
        assert person.roles == (() if role == "learner" else (role,))
    assert by_role["learner"].organisation == by_role["contact"].organisation


@every_academy
def test_staff_and_trainers_belong_to_no_customer_and_contacts_to_theirs(academy: Academy) -> None:
    for person in people(academy):
        if STAFF & set(person.roles):
            assert person.organisation is None
            assert person.email.endswith(f"@{academy}.example")
    for organisation in organisations(academy):
        (contact,) = (person for person in people(academy) if person.key == organisation.contact)
        assert (contact.roles, contact.organisation) == (("contact",), organisation.key)
        assert sum(person.organisation == organisation.key for person in learners(academy)) >= 4


@every_academy
def test_whoever_works_for_a_customer_writes_from_its_domain(academy: Academy) -> None:
    domains = {organisation.key: organisation.domain for organisation in organisations(academy)}
    for person in people(academy):
        if person.organisation:
            assert person.email.split("@")[1] == domains[person.organisation]
        else:
            assert person.email.split("@")[1] not in domains.values()


@every_academy
def test_organisations_are_invented(academy: Academy) -> None:
    for organisation in organisations(academy):
        assert re.fullmatch(r"00\d{6}", organisation.kvk)
        assert organisation.email.endswith(f"@{organisation.domain}")
        assert organisation.domain.endswith(".example")
        assert re.fullmatch(r"[1-9]\d{3} [A-Z]{2}", organisation.postcode)
    assert len({organisation.kvk for organisation in organisations(academy)}) == 3


@every_academy
def test_one_employer_has_an_agreement_and_one_has_none(academy: Academy) -> None:
    agreements = [organisation.agreement for organisation in organisations(academy)]
    assert None in agreements
    assert any(agreement and set(agreement.shares) == {"attendance", "progress"} for agreement in agreements)
    assert all(agreement.reference for agreement in agreements if agreement)


@every_academy
def test_a_venue_tells_the_way_in_both_languages(academy: Academy) -> None:
    for venue in venues(academy):
        assert len(venue.rooms) >= 2
        assert venue.route_nl.count("\n\n") == venue.route_en.count("\n\n") >= 2
        assert venue.email.endswith(".example")
        assert re.fullmatch(r"[1-9]\d{3} [A-Z]{2}", venue.postcode)


def test_every_register_and_every_way_of_practising_is_used() -> None:
    all_courses: list[Course] = [course for academy in ACADEMIES for course in courses(academy)]
    all_runs: list[Run] = [run for academy in ACADEMIES for run in runs(academy)]
    assert {course.pe.register.key for course in all_courses if course.pe} == set(registers())
    assert {profile.key for run in all_runs for profile in run.practice} == set(practice_profiles())
    assert all(0 <= profile.right_at_start <= profile.right_later <= 1 for profile in practice_profiles().values())
