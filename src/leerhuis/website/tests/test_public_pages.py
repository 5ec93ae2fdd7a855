"""The public site as a visitor reads it: without an account, without cookies, in Dutch or English."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client

from leerhuis.catalogue import actions
from leerhuis.catalogue.actions import Asked
from leerhuis.catalogue.models import Course, Run
from leerhuis.catalogue.tests.counting import trade_queries
from leerhuis.catalogue.tests.factories import BY, draft, in_days, lesson, opened, planned, published, venue
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.practice.models import Bank
from leerhuis.website.queries import cards_of, dates_of

PAGES = ("/", "/courses/", "/courses/privacy-op-het-werk/", "/conditions/", "/contact/")


@pytest.fixture
def visitor(as_):
    return as_(None)


@pytest.fixture
def course(academy):
    return published(title_en="Privacy at work", summary_en="Learn to recognise personal data.")


def text(response) -> str:
    return unescape(" ".join(response.content.decode().split()))


def seat(run, person, state="enrolled"):
    registration = Registration.objects.create(run=run, source="office", handed_in_by=person)
    Enrolment.objects.create(run=run, learner=person, registration=registration, state=state, price=run.price)


# --- every page ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", PAGES)
def test_every_page_says_who_is_responsible_and_how_to_reach_them(academy, course, visitor, path):
    page = text(visitor.get(path))

    foot = page[page.index("<footer") :]
    for fact in (academy.legal_name, academy.address, academy.email):
        assert fact in foot, fact


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_is_in_the_language_of_the_browser(course, visitor, path, language):
    page = visitor.get(path, headers={"accept-language": language})

    assert f'<html lang="{language}"' in text(page)
    title = re.search(r"<title>(.*?)</title>", page.content.decode(), re.DOTALL)
    assert title
    assert " · LEFFECTIEF" in title[1]
    (description,) = re.findall(r'<meta name="description" content="([^"]+)">', page.content.decode())
    assert len(description) > 20
    assert f'<link rel="canonical" href="http://leffectief.localhost:8000{path}">' in text(page)
    assert len(re.findall(r"<h1[ >]", page.content.decode())) == 1


@pytest.mark.parametrize("path", [*PAGES, "/sitemap.xml", "/robots.txt"])
def test_pages_need_no_cookie_and_no_session(academy, course, path):
    host = {"host": academy.main_host}
    with_cookies, without = Client(headers=host), Client(headers=host)
    with_cookies.get("/")

    again, fresh = with_cookies.get(path), without.get(path)

    assert fresh.status_code == 200
    assert again.content.decode() == fresh.content.decode()
    assert (dict(with_cookies.cookies), dict(fresh.cookies)) == ({}, {})


@pytest.mark.parametrize("path", PAGES)
def test_pages_ask_nothing_of_another_host(course, visitor, path):
    page = visitor.get(path)

    html = page.content.decode()
    asked = re.findall(r'<(?:script|img|link|iframe|source|form)\b[^>]*?(?:src|href|action)="([^"]+)"', html)
    assert asked
    assert [each for each in asked if "//" in each and not each.startswith("http://leffectief.localhost:8000/")] == []
    assert "default-src 'self'" in page["Content-Security-Policy"]


def test_a_page_answers_only_reading(course, visitor):
    assert [visitor.post(path).status_code for path in PAGES] == [405] * len(PAGES)


def test_somebody_signed_in_reads_the_same_site(course, as_, cast):
    for person in (cast.stranger, cast.clerk):
        assert course.title in text(as_(person).get("/courses/"))


def test_contact_says_what_to_mention_in_the_language_of_the_page(kjenning):
    visitor = Client(headers={"host": kjenning.main_host})
    rights = kjenning.settings.rights

    assert rights.mention != rights.mention_en
    assert f"Vermeld in het onderwerp: {rights.mention}" in text(visitor.get("/contact/"))
    english = text(visitor.get("/contact/", headers={"accept-language": "en"}))
    assert f"mention in the subject: {rights.mention_en}" in english
    assert rights.mention not in english


# --- home ----------------------------------------------------------------------------------------------------------
def test_home_shows_what_begins_soonest(course, visitor):
    for number in range(8):
        opened(course, in_days(30 - number), code=f"R{number}")

    runs = visitor.get("/").context["runs"]

    assert [run.code for run in runs] == ["R7", "R6", "R5", "R4", "R3", "R2"]


def test_an_academy_without_dates_says_so(academy, visitor):
    assert "Nu staan er geen datums open" in text(visitor.get("/"))


# --- the list ------------------------------------------------------------------------------------------------------
def test_the_list_shows_date_place_price_and_seats(course, visitor, cast):
    run = opened(course, in_days(9), seats=4, at=venue())
    opened(course, in_days(19), code="R2")
    seat(run, cast.learner)

    page = text(visitor.get("/courses/"))

    for fact in ("Utrecht", "en nog 1 datum", "€ 395,00", "vrijgesteld van btw", "nog 3 plaatsen", "1 opleiding"):
        assert fact in page, fact


def test_drafts_are_nowhere(academy, visitor):
    course = draft()

    assert "Er zijn nog geen opleidingen" in text(visitor.get("/courses/"))
    assert visitor.get(f"/courses/{course.slug}/").status_code == 404
    assert course.slug not in text(visitor.get("/sitemap.xml"))


def test_the_list_is_searched_without_accents_and_says_what_to_do_when_nothing_fits(visitor, course):
    published("Crème brûlée", slug="creme")

    assert "Crème brûlée" in text(visitor.get("/courses/?q=CREME"))
    assert course.title not in text(visitor.get("/courses/?q=CREME"))
    assert "Toon alle opleidingen" in text(visitor.get("/courses/?q=zwemmen"))


def test_a_card_shows_the_date_of_the_chosen_place_and_month(course, visitor):
    opened(course, in_days(9), code="SOON", at=venue())
    later = opened(course, in_days(75), code="LATER", at=venue("De Buitensociëteit", "Zwolle"))

    (card,) = visitor.get("/courses/?place=Zwolle").context["cards"]
    assert (card.run.first_day, card.run.dates) == (later.first_day, 1)
    (card,) = visitor.get(f"/courses/?month={in_days(75):%Y-%m}").context["cards"]
    assert card.run.first_day == later.first_day
    assert visitor.get(f"/courses/?place=Utrecht&month={in_days(75):%Y-%m}").context["cards"] == []


def test_a_choice_that_is_gone_is_left_out(course, visitor):
    cards = visitor.get("/courses/?place=Atlantis&month=1999-13&practice=maybe").context["cards"]

    assert [card.course for card in cards] == [course]


def test_practice_is_a_choice_only_where_there_is_practice(academy, course, visitor):
    actions.set_modules(course, [Bank.objects.create(title="Privacy")], by=BY)
    published("Brood", slug="brood")

    assert [c.course for c in visitor.get("/courses/?practice=yes").context["cards"]] == [course]
    assert [c.course.slug for c in visitor.get("/courses/?practice=no").context["cards"]] == ["brood"]
    assert "practice" in visitor.get("/courses/").context["search"].fields


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_takes_four_queries_however_long(visitor, academy, count):
    for number in range(count):
        one = published(f"Opleiding {number}", slug=f"o{number}")
        opened(one, in_days(9), in_days(10), code=f"R{number}", at=venue(f"V{number}"))

    with trade_queries(4):
        page = visitor.get("/courses/")

    assert len(page.context["cards"]) == count


def test_cards_take_one_query(course, django_assert_num_queries):
    others = [published("B", slug="b"), published("C", slug="c")]
    for number, one in enumerate([course, *others]):
        opened(one, in_days(9), code=f"R{number}")

    with django_assert_num_queries(1):
        assert len([card.run.seats_left for card in cards_of([course])]) == 1
    with django_assert_num_queries(1):
        assert len([(card.run.seats_left, card.run.cities) for card in cards_of([course, *others])]) == 3


def test_a_card_changes_with_what_it_shows(course, visitor):
    """Guard: cards are kept as they were written, so all that they show must be part of what they are kept by."""
    run = opened(course, in_days(9), seats=5)
    before = text(visitor.get("/courses/"))

    Run.objects.filter(pk=run.pk).update(seats=2)
    assert (before.count("nog 2 plaatsen"), text(visitor.get("/courses/")).count("nog 2 plaatsen")) == (0, 1)
    Run.objects.filter(pk=run.pk).update(price=Decimal("1234.00"))
    assert "1.234,00" in text(visitor.get("/courses/"))
    Course.objects.filter(pk=course.pk).update(title="Anders genoemd")
    assert "Anders genoemd" in text(visitor.get("/courses/"))
    assert "2 seats left" in text(visitor.get("/courses/", headers={"accept-language": "en"}))


# --- one course ----------------------------------------------------------------------------------------------------
def test_a_course_page_says_all_that_one_must_know(course, visitor):
    actions.change_course(
        course,
        points=Decimal(4),
        register="branch",
        description="# Programma\n\nEerst **dit**.",
        outcomes=["U herkent persoonsgegevens.", "U kiest een grondslag."],
        by=BY,
    )
    actions.set_questions(course, [Asked("phone", "om u te bereiken", "to reach you", required=False)], by=BY)
    actions.set_modules(course, [Bank.objects.create(title="Privacy op het werk, vragen")], by=BY)
    opened(course, in_days(9), in_days(16), at=venue())

    page = text(visitor.get(f"/courses/{course.slug}/"))

    for fact in (
        "U kiest een grondslag.",
        "<h3>Programma</h3>",
        course.audience,
        "Basis",
        "6 uur",
        "Nederlands",
        "4, Brancheregister",
        "€ 395,00",
        "vrijgesteld van btw",
        "Privacy op het werk, vragen",
        "tot 6 maanden na de laatste lesdag",
        "Telefoonnummer (niet verplicht)",
        "De Kaap, Stationsplein 1, Utrecht",
        "12 plaatsen vrij",
    ):
        assert fact in page, fact
    assert page.count("10.00–16.00 uur") == 2


def test_a_taxed_price_is_shown_as_a_consumer_pays_it(visitor, academy):
    published(price=Decimal(100), vat="standard")

    page = text(visitor.get("/courses/privacy-op-het-werk/"))

    assert "€ 121,00" in page
    assert "inclusief 21% btw (€ 100,00 zonder)" in page


def test_a_free_course_says_so(visitor, academy):
    published(price=Decimal(0))

    assert "kosteloos" in text(visitor.get("/courses/privacy-op-het-werk/"))


def test_a_full_run_leads_to_the_waiting_list(course, visitor, cast):
    run = opened(course, in_days(9), seats=1)
    assert "Aanmelden" in text(visitor.get(f"/courses/{course.slug}/"))
    seat(run, cast.learner)

    page = text(visitor.get(f"/courses/{course.slug}/"))

    assert "vol, wachtlijst" in page
    assert "Op de wachtlijst" in page
    assert "Aanmelden" not in page
    assert f'href="/register/{run.id}/"' in page


def test_only_dates_that_take_registrations_are_shown(course, visitor):
    opened(course, in_days(9), code="OPEN")
    planned(course, in_days(10), code="PLANNED")
    actions.cancel_run(opened(course, in_days(11), code="CANCELLED"), by=BY)

    assert [run.code for run in visitor.get(f"/courses/{course.slug}/").context["runs"]] == ["OPEN"]


def test_no_address_of_an_online_room_and_no_name_of_a_trainer_is_public(course, visitor, cast):
    run = planned(course)
    lesson(run, in_days(9), online_link="https://room.example/secret")
    actions.assign_trainer(run, cast.trainer, by=BY)
    actions.open_run(run, by=BY)

    pages = "".join(text(visitor.get(path)) for path in PAGES)

    assert "online" in pages
    assert "room.example" not in pages
    assert cast.trainer.last_name not in pages


def test_an_english_page_marks_what_is_dutch(course, visitor):
    plain = published("Brood bakken", slug="brood")
    english = {"accept-language": "en"}

    page = text(visitor.get(f"/courses/{course.slug}/", headers=english))
    assert '<h1 itemprop="name">Privacy at work</h1>' in page
    assert "Learn to recognise personal data." in page
    assert f'<p lang="nl">{course.audience}</p>' in page
    assert '<h1 itemprop="name" lang="nl">Brood bakken</h1>' in text(
        visitor.get(f"/courses/{plain.slug}/", headers=english)
    )
    assert 'lang="nl"' not in text(visitor.get(f"/courses/{course.slug}/")).replace('<html lang="nl"', "")


def test_sharing_is_plain_links_to_this_page(course, visitor):
    page = text(visitor.get(f"/courses/{course.slug}/"))

    here = "http%3A%2F%2Fleffectief.localhost%3A8000%2Fcourses%2Fprivacy-op-het-werk%2F"
    for start in (
        "mailto:?subject=Privacy%20op%20het%20werk&body=",
        "https://www.linkedin.com/",
        "https://www.facebook.com/",
        "https://x.com/",
    ):
        link = page[page.index(f'href="{start}') :].split('"')[1]
        assert link.endswith(here), link
    assert 'value="http://leffectief.localhost:8000/courses/privacy-op-het-werk/" readonly' in page


def test_what_an_office_types_is_never_code(visitor, academy):
    published(summary="<script>alert(1)</script>", audience='"><img src=x>', description="<b onclick=x>hoi</b>")

    page = visitor.get("/courses/privacy-op-het-werk/").content.decode()

    assert "<script>alert" not in page
    assert "<img src=x>" not in page
    assert "<b onclick" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_a_course_page_takes_the_same_queries_however_many_dates(course, visitor, count):
    for number in range(count):
        opened(course, in_days(9 + number), code=f"R{number}", at=venue(f"V{number}"))

    with trade_queries(5):
        page = visitor.get(f"/courses/{course.slug}/")

    assert len(page.context["runs"]) == count


def test_dates_come_with_lessons_and_seats_in_two_queries(course, django_assert_num_queries):
    opened(course, in_days(9), in_days(10), code="A")
    opened(course, in_days(11), code="B", seats=5)

    with django_assert_num_queries(2):
        assert [(run.seats_left, len(run.lessons.all())) for run in dates_of(course)] == [(12, 2), (5, 1)]


# --- robots --------------------------------------------------------------------------------------------------------
def test_the_site_map_lists_every_public_page(course, visitor):
    found = re.findall(r"<loc>http://leffectief\.localhost:8000(.*?)</loc>", text(visitor.get("/sitemap.xml")))

    assert set(PAGES) <= set(found)
    assert all(visitor.get(path).status_code == 200 for path in found)


def test_robots_stay_out_of_what_is_personal(academy, visitor):
    answer = visitor.get("/robots.txt")

    assert answer["Content-Type"].startswith("text/plain")
    lines = answer.content.decode().splitlines()
    assert "Sitemap: http://leffectief.localhost:8000/sitemap.xml" in lines
    assert {"Disallow: /office/", "Disallow: /register/", "Disallow: /certificate/", "Disallow: /me/"} <= set(lines)
    assert not any(line in ("Disallow: /", "Disallow: /courses/") for line in lines)


def test_the_old_name_of_the_mark_leads_to_the_mark(academy, visitor):
    answer = visitor.get("/favicon.ico")

    assert answer.status_code == 302
    mark = visitor.get(answer["Location"])
    assert b"".join(mark.streaming_content).startswith(b"<svg")
    mark.close()
