"""Every file and every mail with other people's data passes the outlet: refused it leaves nothing, else it counts."""

from inspect import signature

import pytest
from django.http import HttpResponse

from leerhuis.academies.settings import Sharing
from leerhuis.audit.models import Flow, Given
from leerhuis.charter import register
from leerhuis.charter.declarations import Recipient
from leerhuis.mail.kinds import all_kinds
from leerhuis.mail.models import Message
from tests.floors.access.asking import address, ask, filled_in, routes
from tests.floors.access.matrix import rows
from tests.floors.access.world import World, undone, watched

pytestmark = pytest.mark.django_db(databases=["default", "limits"])

# Files that hold nobody's data, and why.
ABOUT_NOBODY = {
    "academy_icon": "the mark of the academy",
    "academy_manifest": "the name of the academy",
    "appearance_logo": "the mark of the academy",
    "appearance_preview": "a style sheet",
    "catalogue_office_courses": "what is taught",
    "catalogue_office_venues": "places",
    "insights_bank": "figures of groups, through publish",
    "insights_employer": "figures of groups, through publish",
    "insights_group": "figures of groups, through publish",
    "insights_office": "figures of groups, through publish",
    "insights_office_run": "figures of groups, through publish",
    "look": "a style sheet",
    "organisations_office_list": "organisations and counts",
    "portal_app_about": "one's own lesson and certificates, to one's own app",
    "portal_app_worker": "a program",
    "portal_foresight": "which addresses may be read beforehand",
    "practice_bank": "questions, which are about nobody",
    "practice_banks": "questions, which are about nobody",
    "practice_export_file": "questions, which are about nobody",
    "practice_import_template": "an empty sheet with examples",
    "practice_api_answers": "one's own answers, to one's own app",
    "practice_api_banks": "one's own banks, to one's own app",
    "practice_api_bookmarks": "one's own bookmarks, to one's own app",
    "practice_api_days": "one's own days, to one's own app",
    "practice_api_document": "what the calls are",
    "practice_api_faults": "whether one lets the app report faults",
    "practice_api_goal": "one's own goal, to one's own app",
    "practice_api_goals": "one's own goals, to one's own app",
    "practice_api_mastery": "one's own mastery, to one's own app",
    "practice_api_media": "a picture of a question, which is about nobody",
    "practice_api_round": "questions, to one's own app",
    "practice_api_start": "one's own banks and questions, to one's own app",
    "practice_media": "a picture of a question, which is about nobody",
    "practice_standing": "one's own practice, to oneself: a count with a name would tell staff who practises",
    "privacy_firms": "companies",
    "privacy_left": "counts, without names",
    "privacy_office_looks": "counts, without names",
    "privacy_office_map": "names of columns",
    "privacy_record": "purposes and terms",
    "privacy_statement_json": "a public text",
    "privacy_statement_pdf": "a public text",
    "privacy_version_pdf": "a public text",
    "website_conditions_pdf": "a public text",
    "website_robots": "for search engines",
    "website_security_txt": "for who finds a leak",
    "website_site_map": "public addresses",
}
# Files that pass the outlet: a crawl that lost its way would find fewer.
COUNTED = {
    "consent_ledger_list",
    "privacy_complaint_letter", "privacy_complaint_year", "privacy_complaints_list", "privacy_download_parcel",
    "privacy_request_data",
    "documents_mine", "documents_office_download", "privacy_my_reply", "privacy_reply_pdf", "privacy_requests_list",
    "enrolment_calendar", "enrolment_employer_home", "enrolment_lesson_calendar", "enrolment_office_list",
    "mail_office_list", "people_office_list", "privacy_download_html", "privacy_download_json",
    "results_employer_progress", "results_my_certificate_pdf", "results_office_certificate_pdf", "results_office_list",
    "results_office_run", "results_office_runs", "results_trainer_list",
}  # fmt: skip
NAMES_A_CONTACT = "contact"  # the word for who reads a mail of an employer


def is_file(response: HttpResponse) -> bool:
    """Whether an answer is a file: no page, no piece of one, and not nothing."""
    html = response.headers.get("Content-Type", "").startswith("text/html")
    kept = "attachment" in response.headers.get("Content-Disposition", "")
    return response.status_code == 200 and (kept or not html)


def test_every_file_with_other_peoples_data_is_counted_once(here: World):
    counted, uncounted = set(), set()
    for route, pattern in sorted(routes().items()):
        row = rows().get(route)
        if row is None or row.who_may == "nobody":
            continue
        at, client = address(here, route, pattern), here.browser(row.who_may)
        with undone():
            before = Flow.objects.count()
            posts = "GET" not in row.methods
            response = (
                ask(client, "POST", at, filled_in(here, route, at, None)) if posts else client.get(f"{at}?export=csv")
            )
            if is_file(response):
                (counted if Flow.objects.count() == before + 1 else uncounted).add(route)

    assert sorted(uncounted - ABOUT_NOBODY.keys()) == []
    assert counted == COUNTED
    assert sorted(ABOUT_NOBODY.keys() - uncounted) == []


NAMES_NOBODY = {"enrolment.order_given_up"}  # a seat lapsed, and whose it was is not told


def test_every_mail_to_an_employer_says_whose_data_it_carries(here: World):
    told = {name for name, kind in all_kinds().items() if NAMES_A_CONTACT in signature(kind.write).parameters}
    enrolment, contact = here.mine, here.people["contact"]
    made = {
        "enrolment.order_received": lambda kind: kind.write(here.order, contact, [enrolment]),
        "enrolment.order_cancelled": lambda kind: kind.write(enrolment, contact),
        "enrolment.order_let_in": lambda kind: kind.write(enrolment, contact),
        "enrolment.order_moved": lambda kind: kind.write(enrolment, contact, here.coming),
        "enrolment.learner_corrected": lambda kind: kind.write(
            here.people["learner"], here.organisation, contact, enrolment.id
        ),
        "results.outcome_corrected": lambda kind: kind.write(enrolment, contact),
    }

    assert told - NAMES_NOBODY == made.keys()
    for name, write in made.items():
        letter = write(all_kinds()[name])
        assert letter.carries.people == {here.people["learner"].id}
        assert letter.carries.carrier == f"mail {name}"
        assert letter.carries.receiver == here.organisation.id


def test_an_act_with_a_mail_to_the_employer_counts_what_it_told(here: World):
    at = address(here, "enrolment_office_cancel", routes()["enrolment_office_cancel"])
    ask(here.browser("clerk"), "POST", at, {})

    assert Message.objects.filter(kind="enrolment.order_cancelled").exists()
    flow = Flow.objects.get(recipient="enrolment.employer")
    assert (flow.carrier, flow.people, flow.words) == ("mail enrolment.order_cancelled", 1, "identity participation")
    assert list(Given.objects.values_list("person", "receiver")) == [(here.people["learner"].id, here.organisation.id)]


def test_what_the_outlet_refuses_leaves_no_row_no_mail_and_no_event(here: World, monkeypatch):
    without = [each for each in register.everything() if not isinstance(each.declaration, Recipient)]
    monkeypatch.setattr(register, "_declared", without)
    at = address(here, "enrolment_office_cancel", routes()["enrolment_office_cancel"])
    with watched(here.academy) as changed:
        ask(here.browser("clerk"), "POST", at, {})

        assert changed() <= {"look"}


def test_a_list_that_may_not_leave_says_why_and_nothing_is_counted(here: World, monkeypatch):
    without = [each for each in register.everything() if not isinstance(each.declaration, Recipient)]
    monkeypatch.setattr(register, "_declared", without)
    response = here.browser("contact").get(routes()["enrolment_employer_home"] + "?export=csv")

    assert response.status_code == 409
    assert "mogen er niet uit" in response.content.decode()
    assert not Flow.objects.exists()


@pytest.mark.parametrize("ask_first", [True, False])
def test_what_the_learner_was_told_of_goes_to_the_employer_under_both_rules(here: World, ask_first):
    here.academy.settings = here.academy.settings.model_copy(update={"sharing": Sharing(ask_consent_first=ask_first)})
    try:
        response = here.browser("contact").get(routes()["results_employer_progress"] + "?export=csv")
    finally:
        del here.academy.settings

    assert response.status_code == 200
    assert {flow.recipient for flow in Flow.objects.all()} == {"results.employer"}


def test_a_double_click_on_a_list_is_one_file_that_left(here: World):
    clerk = here.browser("clerk")
    for _click in range(2):
        assert clerk.get("/office/people/?export=xlsx").status_code == 200

    flow = Flow.objects.get()
    assert (flow.recipient, flow.purpose, flow.actor_role) == ("house.staff", "people.account", "clerk")
    assert flow.rows == flow.people > 10


def test_who_checks_a_certificate_is_counted_only_when_something_was_told(here: World):
    visitor, number = here.browser("visitor"), here.certificate.number
    surname = here.people["learner"].last_name
    visitor.post("/certificates/", {"number": number, "surname": "Niemand"})
    assert not Flow.objects.exists()

    page = visitor.post(routes()["results_check_certificate"], {"number": number, "surname": surname})
    assert page.status_code == 200
    assert list(Flow.objects.values_list("recipient", "words", "actor_kind")) == [
        ("results.checker", "identity result", "visitor")
    ]
    assert Given.objects.get().person == here.people["learner"].id
