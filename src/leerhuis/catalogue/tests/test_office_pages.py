"""The catalogue's pages behind the counter, as the office uses them and as nobody else may."""

import re
from decimal import Decimal

import pytest
from django.urls import reverse

from leerhuis.audit.models import Look, Note
from leerhuis.base import clock
from leerhuis.catalogue import actions
from leerhuis.catalogue.models import Course, Run, Teaching, Venue
from leerhuis.catalogue.tests.counting import trade_queries
from leerhuis.catalogue.tests.factories import BY, draft, in_days, moment, opened, planned, published, venue
from leerhuis.catalogue.urls import urlpatterns
from leerhuis.catalogue.views.lessons import UNDO_SECONDS
from leerhuis.mail.models import Message
from leerhuis.practice.models import Bank

WHOLE = {
    "title": "Crème brûlée",
    "slug": "",
    "summary": "Een dessert in drie lagen.",
    "description": "Eerst **de room**.",
    "outcomes": "- U klopt room.\n\n- U brandt suiker.",
    "audience": "Wie van zoet houdt.",
    "level": "Basis",
    "hours": "6,5",
    "language": "nl",
    "price": "1.250,50",
    "vat": "exempt",
    "points": "",
    "register": "",
    "practice_months_after": "6",
}
LESSON = {"starts": "09:30", "ends": "12:00", "venue": "", "room": "", "online_link": "", "title": ""}


@pytest.fixture
def office(as_, cast):
    return as_(cast.planner)


def at(name, *args) -> str:
    return reverse(f"catalogue_office_{name}", args=args)


def text(response) -> str:
    return response.content.decode()


# --- who may come in -----------------------------------------------------------------------------------------------
def test_no_page_opens_for_anyone_but_the_office(as_, cast):
    run = planned(draft(), in_days(3))
    given = {
        "course_id": run.course_id,
        "run_id": run.id,
        "lesson_id": run.lessons.get().id,
        "teaching_id": run.id,
        "venue_id": venue().id,
        "token": "x",
    }
    for pattern in urlpatterns:
        wanted = {name: given[name] for name in pattern.pattern.regex.groupindex}
        address = reverse(pattern.name, kwargs=wanted)
        for person in (cast.stranger, cast.learner, cast.contact, cast.trainer, cast.bookkeeper, cast.officer):
            assert as_(person).get(address).status_code == 403, (pattern.name, person)
        assert as_(None).post(address).status_code == 302, pattern.name
    assert len(urlpatterns) == 25
    assert Run.objects.get().lessons.count() == 1


# --- courses -------------------------------------------------------------------------------------------------------
def test_a_course_is_written_down_with_numbers_as_people_type_them(office):
    response = office.post(at("course_add"), WHOLE)

    course = Course.objects.get()
    assert response["Location"] == at("course", course.id)
    assert (course.slug, course.state) == ("creme-brulee", "draft")
    assert (course.price, course.hours) == (Decimal("1250.50"), Decimal("6.5"))
    assert course.outcomes == ["U klopt room.", "U brandt suiker."]


def test_a_fault_keeps_what_was_typed(office):
    response = office.post(at("course_add"), WHOLE | {"hours": "veel", "title": "Iets moois"})

    assert response.status_code == 200
    assert 'value="Iets moois"' in text(response)
    assert 'value="veel"' in text(response)
    assert "is-invalid" in text(response)
    assert not Course.objects.exists()


def test_a_taken_address_is_told_beside_the_field(office):
    draft(slug="zoet")

    response = office.post(at("course_add"), WHOLE | {"slug": "zoet"})

    assert response.context["form"].errors["slug"] == [
        "Een andere opleiding heeft dit webadres al. Kies een ander adres."
    ]


def test_a_public_course_that_loses_something_says_where(office):
    course = published()
    sent = WHOLE | {"title": course.title, "audience": ""}

    response = office.post(at("course", course.id), sent)

    assert set(response.context["form"].errors) == {"__all__", "audience"}
    assert response.context["course"].audience != ""
    assert Course.objects.get().audience != ""


def test_a_course_page_says_what_lacks_and_publishes_when_nothing_does(office):
    course = draft(level="")
    page = text(office.get(at("course", course.id)))
    assert 'href="#id_level"' in page
    assert at("course_publish", course.id) not in page

    actions.change_course(course, level="Basis", by=BY)
    assert at("course_publish", course.id) in text(office.get(at("course", course.id)))
    office.post(at("course_publish", course.id))
    assert Course.objects.get().state == "published"
    office.post(at("course_withdraw", course.id))
    assert Course.objects.get().state == "withdrawn"


def test_publishing_an_unfinished_course_changes_nothing(office):
    course = draft(level="")

    page = office.post(at("course_publish", course.id), follow=True)

    assert Course.objects.get().state == "draft"
    assert "Vul eerst in: het niveau." in text(page)


def test_a_description_is_shown_as_a_reader_will_see_it(office):
    raw = "# Programma\n\n## Dag 1\n\n### Ochtend\n\n**Eerst** dit\n\n<script>alert(1)</script>\n\n"
    raw += "[uit](https://elders.example) ![x](https://elders.example/x.png)"

    page = text(office.post(at("preview"), {"description": raw}))

    assert re.findall(r"<h\d>.*?</h\d>", page) == ["<h3>Programma</h3>", "<h3>Dag 1</h3>", "<h4>Ochtend</h4>"]
    assert "<strong>Eerst</strong>" in page
    assert "<script" not in page
    assert "<img" not in page
    assert 'rel="noopener noreferrer"' in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_courses_takes_two_queries_however_long(office, count):
    for number in range(count):
        opened(published(f"Opleiding {number}", slug=f"o{number}"), in_days(3), code=f"R{number}")

    with trade_queries(2):
        page = office.get(at("courses"))

    assert text(page).count("<tr>") == count + 1


def test_the_list_is_searched_filtered_and_downloaded(office):
    published("Crème brûlée", slug="creme")
    draft("Brood", slug="brood")

    assert "Brood" not in text(office.get(at("courses"), {"q": "creme"}))
    assert "Brood" not in text(office.get(at("courses"), {"state": "published"}))
    sheet = office.get(at("courses"), {"q": "creme", "export": "csv"}).content.decode("utf-8-sig")
    assert sheet.splitlines()[1].startswith("Crème brûlée,gepubliceerd,6.0,395.00,")
    assert len(sheet.splitlines()) == 2
    assert office.get(at("courses"), {"export": "xlsx"}).content[:2] == b"PK"


def test_an_empty_list_says_what_to_do(office):
    assert at("course_add") in text(office.get(at("courses")))
    assert "Toon de hele lijst" in text(office.get(at("courses"), {"q": "niets"}))


def test_questions_are_chosen_with_their_reasons(office):
    course = draft()
    page = office.get(at("questions", course.id))
    sent = {
        name: field.initial for name, field in page.context["form"].fields.items() if isinstance(field.initial, str)
    }

    refused = office.post(at("questions", course.id), sent | {"phone_ask": "on", "phone_en": " "})
    assert list(refused.context["form"].errors) == ["phone_ask"]
    assert not course.questions.exists()

    office.post(at("questions", course.id), sent | {"phone_ask": "on", "phone_required": "on", "birth_date_ask": "on"})
    assert {each.field: each.required for each in course.questions.all()} == {"phone": True, "birth_date": False}


def test_question_banks_are_chosen(office):
    course = draft()
    assert "Nog geen vragenbanken" in text(office.get(at("modules", course.id)))
    bank = Bank.objects.create(title="Privacy")

    office.post(at("modules", course.id), {"banks": [str(bank.id)]})

    assert list(course.modules.values_list("bank", flat=True)) == [bank.id]


# --- runs ----------------------------------------------------------------------------------------------------------
def test_a_run_is_planned_with_its_first_lesson_in_one_form(office):
    course, place = published(), venue()
    day = in_days(30)
    sent = {"course": course.id, "code": "", "seats": 10, "minimum": 4, "price": "", "day": day.isoformat()}

    response = office.post(at("run_add"), LESSON | sent | {"venue": place.id, "room": "Zaal 1"})

    run = Run.objects.get()
    assert response["Location"] == at("run", run.id)
    assert (run.code, run.price, run.first_day) == (f"PRIVAC-{day:%y%m}", course.price, day)
    (lesson,) = run.lessons.all()
    assert (lesson.venue, lesson.room) == (place, "Zaal 1")
    assert lesson.starts_at.astimezone(clock.zone()).strftime("%H:%M") == "09:30"


def test_a_refused_run_leaves_no_half(office):
    course = published()
    planned(course, code="TAKEN")
    sent = {"course": course.id, "code": "TAKEN", "seats": 10, "minimum": 4, "price": "", "day": in_days(9).isoformat()}

    response = office.post(at("run_add"), LESSON | sent)

    assert list(response.context["form"].errors) == ["code"]
    assert Run.objects.count() == 1


def test_a_run_is_changed_or_says_why_not(office):
    run = planned(published(), in_days(3))

    office.post(at("run", run.id), {"code": "NEW", "seats": 20, "minimum": 2, "price": "99,95"})
    run.refresh_from_db()
    assert (run.code, run.seats, run.price) == ("NEW", 20, Decimal("99.95"))

    response = office.post(at("run", run.id), {"code": "NEW", "seats": 2, "minimum": 5, "price": "1"})
    assert list(response.context["form"].errors) == ["minimum"]
    assert Run.objects.get().seats == 20


def test_lessons_are_added_changed_dropped_and_put_back(office):
    run = planned(published(), in_days(3))
    office.post(at("lesson_add", run.id), LESSON | {"day": in_days(5).isoformat(), "title": "Dag 2"})
    second = run.lessons.get(title="Dag 2")

    office.post(at("lesson", run.id, second.id), LESSON | {"day": in_days(6).isoformat(), "title": "Dag twee"})
    second.refresh_from_db()
    assert (second.title, second.starts_at.astimezone(clock.zone()).date()) == ("Dag twee", in_days(6))

    gone = office.post(at("lesson_remove", run.id, second.id))
    assert run.lessons.count() == 1
    undo = office.get(gone["Location"]).context["undo"]
    office.post(at("lesson_restore", run.id, undo))
    assert run.lessons.count() == 2
    assert run.lessons.last().title == "Dag twee"


def test_before_a_lesson_is_dropped_of_which_somebody_hears_the_mails_are_shown(office, cast):
    run = planned(published(), in_days(3), in_days(4))
    actions.assign_trainer(run, cast.trainer, by=BY)
    address = at("lesson_remove", run.id, run.lessons.first().id)

    shown = office.post(address)
    assert f"Beste {cast.trainer.first_name}" in text(shown)
    assert (run.lessons.count(), Message.objects.count()) == (2, 1)

    gone = office.post(address, {"sure": "1"})
    assert gone["Location"] == at("run", run.id)
    assert (run.lessons.count(), Message.objects.count()) == (1, 2)


def test_a_lesson_is_not_put_back_in_another_run_or_by_a_forged_text(office):
    run, other = planned(published(), in_days(3), in_days(4)), planned(published("B", slug="b"), code="B")
    undo = office.post(at("lesson_remove", run.id, run.lessons.first().id))["Location"].partition("undo=")[2]

    office.post(at("lesson_restore", other.id, undo.replace("%3A", ":")))
    office.post(at("lesson_restore", run.id, "forged:text"))

    assert (run.lessons.count(), other.lessons.count()) == (1, 0)
    assert UNDO_SECONDS <= 120


def test_a_lesson_that_ends_first_is_told_beside_the_field(office):
    run = planned(published())

    response = office.post(at("lesson_add", run.id), LESSON | {"day": in_days(5).isoformat(), "ends": "09:00"})

    assert list(response.context["form"].errors) == ["ends"]
    assert not run.lessons.exists()


def test_the_next_lesson_is_proposed_a_week_later(office):
    run = planned(published(), in_days(3), at=venue())

    initial = office.get(at("run", run.id)).context["lesson_form"].initial

    assert (initial["day"], initial["starts"].hour) == (in_days(10), 10)


def test_a_trainer_is_shown_the_mail_first_then_assigned_and_released(office, cast):
    run = planned(published(), in_days(3))
    sent = {"trainer": cast.trainer.id}

    shown = office.post(at("trainer_assign", run.id), sent | {"show": "1"})
    assert f"Beste {cast.trainer.first_name}" in text(shown)
    assert not Message.objects.exists()
    assert not Teaching.objects.exists()

    office.post(at("trainer_assign", run.id), sent)
    teaching = Teaching.objects.get()
    office.post(at("trainer_release", run.id, teaching.id))
    assert not Teaching.objects.exists()
    assert Message.objects.count() == 2


def test_the_mail_about_a_moved_lesson_is_shown_first(office, cast):
    run = planned(published(), in_days(3))
    actions.assign_trainer(run, cast.trainer, by=BY)
    lesson = run.lessons.get()
    sent = LESSON | {"day": in_days(3).isoformat(), "starts": "14:00", "ends": "16:00", "show": "1"}

    shown = office.post(at("lesson", run.id, lesson.id), sent)

    assert "14.00–16.00" in text(shown)
    assert "10.00–16.00" in text(shown)
    lesson.refresh_from_db()
    assert lesson.starts_at == moment(in_days(3))
    assert Message.objects.count() == 1


def test_whoever_plans_sees_trainers_and_that_is_noted(office, cast):
    run = planned(published(), in_days(3))

    office.get(at("run", run.id))

    (look,) = Look.objects.all()
    assert (look.subject_person, look.actor_person) == (cast.trainer.id, cast.planner.id)
    assert (look.purpose, look.screen) == ("catalogue.teaching", "catalogue_office_run")


def test_a_run_is_opened_confirmed_and_cancelled(office, cast):
    run = planned(published(), in_days(3))
    actions.assign_trainer(run, cast.trainer, by=BY)

    office.post(at("run_open", run.id))
    assert Run.objects.get().state == "open"
    page = office.get(at("run_confirm", run.id))
    assert "gaat door" in text(page)
    assert Run.objects.get().state == "open"
    office.post(at("run_confirm", run.id))
    assert Run.objects.get().state == "confirmed"
    office.post(at("run_close", run.id))
    assert Run.objects.get().state == "confirmed"
    assert "gaat niet door" in text(office.get(at("run_cancel", run.id)))
    office.post(at("run_cancel", run.id))
    assert Run.objects.get().state == "cancelled"
    assert Message.objects.filter(person=cast.trainer.id).count() == 3


def test_a_cancelled_run_offers_no_change(office):
    run = planned(published(), in_days(3))
    actions.cancel_run(run, by=BY)

    page = text(office.get(at("run", run.id)))

    assert at("lesson_add", run.id) not in page
    assert at("run_cancel", run.id) not in page
    assert at("run_copy", run.id) in page


def test_a_run_is_copied(office):
    run = planned(published(), in_days(3), at=venue())
    day = in_days(40)

    office.post(at("run_copy", run.id), {"first_day": day.isoformat(), "code": ""})

    copy = Run.objects.exclude(pk=run.pk).get()
    assert (copy.code, copy.first_day) == (f"PRIVAC-{day:%y%m}", day)


@pytest.mark.parametrize("lessons", [1, 3])
def test_a_run_page_takes_the_same_queries_however_long(office, cast, lessons):
    run = planned(published(), *(in_days(number + 3) for number in range(lessons)), at=venue())
    actions.assign_trainer(run, cast.trainer, by=BY)

    with trade_queries(7):
        page = office.get(at("run", run.id))

    assert len(page.context["lessons"]) == lessons


# --- venues --------------------------------------------------------------------------------------------------------
def test_venues_are_added_changed_found_and_downloaded(office):
    sent = {"name": "De Kaap", "address": "Plein 1", "city": "Utrecht", "postcode": "", "route": "Spoor 3.\nRechtdoor."}
    office.post(at("venue_add"), sent)
    place = Venue.objects.get()
    planned(published(), in_days(3), in_days(4), at=place)

    office.post(at("venue", place.id), sent | {"city": "Zwolle"})
    refused = office.post(at("venue_add"), sent)

    assert list(refused.context["form"].errors) == ["name"]
    place.refresh_from_db()
    assert (place.city, place.route) == ("Zwolle", "Spoor 3.\nRechtdoor.")
    assert "De Kaap" in text(office.get(at("venues"), {"q": "kaap zwol"}))
    assert "De Kaap" not in text(office.get(at("venues"), {"q": "arnhem"}))
    rows = office.get(at("venues"), {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert rows[1] == "De Kaap,Plein 1,Zwolle,2"
    assert Note.objects.filter(verb="change venue").get().touched == ["city"]
