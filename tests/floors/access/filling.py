"""What is filled in on the form of each route where its page does not say it; and which forms change nothing."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model

from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.practice.tests.pictures import PNG
from leerhuis.practice.tests.push_service import Browser
from tests.floors.access.world import World

Things = dict[str, Any]
SOMEBODY: Final = {"first_name": "Nora", "last_name": "Nieuwkomer", "email": "nora@nieuwkomer.example"}
LESSON: Final = {"starts": "09:30", "ends": "16:00", "venue": "", "room": "", "online_link": "", "title": "Anders"}


KEPT_VIEW: Final = {"act": "keep", "name": "Mijn lijst", "query": ""}


def key_of(thing: Any) -> str:
    """Return the key of a thing as an address has it."""
    return str(thing.pk) if isinstance(thing, Model) else str(thing)


def _many(act: str, row: Any) -> Things:
    return {"act": act, "row": [key_of(row)], "step": "do"}


def _day(world: World) -> str:
    return str(world.things["planned"].first_day)


# What is changed in the form as the page shows it; {} sends it as it stands. A route that takes POST needs an entry.
FORMS: Final[dict[str, Things | Callable[[World], Things]]] = {
    "catalogue_office_course": {"title": "Anders", "found_by": ""},
    "catalogue_office_course_add": {
        "title": "Nieuw", "slug": "nieuw", "hours": "6", "price": "100", "vat": "exempt", "language": "nl",
        "level": "l",
    },
    "catalogue_office_course_publish": {},
    "catalogue_office_course_withdraw": {},
    "catalogue_office_lesson": lambda w: LESSON | {"day": str(w.things["coming"].first_day)},
    "catalogue_office_lesson_add": lambda w: LESSON | {"day": _day(w)},
    "catalogue_office_lesson_remove": {"sure": "yes"},
    "catalogue_office_lesson_restore": {},
    "catalogue_office_modules": lambda w: {"banks": [str(w.things["other_bank"].pk)]},
    "catalogue_office_preview": {"description": "tekst"},
    "catalogue_office_questions": {"birth_date_ask": "on"},
    "catalogue_office_run": {"seats": "11"},
    "catalogue_office_run_add": lambda w: LESSON | {
        "course": str(w.things["course"].pk), "day": _day(w), "seats": "9", "minimum": "1", "code": "", "price": "",
    },
    "catalogue_office_run_cancel": {},
    "catalogue_office_run_close": {},
    "catalogue_office_run_confirm": {},
    "catalogue_office_run_copy": lambda w: {"first_day": _day(w), "code": "KOPIE"},
    "catalogue_office_run_open": {},
    "catalogue_office_trainer_assign": lambda w: {"trainer": str(w.people["other_trainer"].pk)},
    "catalogue_office_trainer_release": {},
    "catalogue_office_venue": {"city": "Almelo"},
    "catalogue_office_venue_add": {"name": "Nieuw", "address": "Weg 1", "postcode": "1234 AB", "city": "Ede"},
    "consent_choose": {"all": "1"},
    "consent_confirm": {},
    "consent_end_agreement": {},
    "consent_leave": {},
    "consent_ledger_list": KEPT_VIEW,
    "consent_mine": {"topic-consent-product_news": "on", "of_age": "on"},
    "consent_news_add": {"topic": "consent.product_news", "title": "Nieuw", "body": "Iets nieuws."},
    "consent_news_drop": {},
    "consent_news_edit": {"title": "Anders"},
    "consent_news_send": {},
    "consent_news_steer": {"step": "stop"},
    "consent_object": {"purpose": ""},
    "consent_office_person": {
        "topic": "consent.comparison", "given": "yes", "channel": "phone", "reference": "gebeld 3 maart",
    },
    "consent_office_record": {
        "email": "nora@nieuwkomer.example", "topic": "consent.product_news", "given": "yes", "channel": "phone",
        "reference": "gebeld 3 maart",
    },
    "consent_record_agreement": {"progress": "on", "reference": "contract 14"},
    "enrolment_cancel_mine": {},
    "enrolment_employer_cancel": {},
    "enrolment_employer_enrol": {
        "lines": "Nora Nieuwkomer nora@nieuwkomer.example", "step": "enrol", "conditions": "on",
    },
    "enrolment_mine": {"phone": "06 12345678"},
    "enrolment_office_add": lambda w: SOMEBODY | {"run": str(w.things["coming"].pk), "language": "nl", "step": "send"},
    "enrolment_office_cancel": {},
    "enrolment_office_let_in": {},
    "enrolment_office_let_in_all": {},
    "enrolment_office_move": lambda w: {"run": str(w.things["coming"].pk), "step": "send"},
    "enrolment_office_objection": {"channel": "phone"},
    "enrolment_office_page": {"remarks": "Belt terug"},
    "enrolment_register": SOMEBODY | {"conditions": "on"},
    "consent_storage": {},
    "consent_subscribe": {
        "email": "nora@nieuwkomer.example", "topic-consent-product_news": "on", "of_age": "on",
    },
    "enrolment_sharing": {},
    "mail_office_again": {},
    "organisations_office_add": {"name": "Nieuw BV"},
    "organisations_office_add_member": SOMEBODY | {"kind": "contact"},
    "organisations_office_edit": {"city": "Almelo"},
    "organisations_office_end_member": {},
    "organisations_office_enter": {
        "text": "first name;last name;e-mail\nNora;Nieuwkomer;nora@nieuwkomer.example", "confirm": "1",
    },
    "organisations_office_take_back": {"token": "forged"},
    "people_accept_invitation": {"password": "een lange zin om te raden"},
    "people_my_details": {"first_name": "Anders"},
    "people_office_add": SOMEBODY | {"language": "nl", "invite": "on"},
    "people_office_edit": {"first_name": "Anders"},
    "people_office_invite": {},
    "people_office_roles": {"roles": ["planner"]},
    "people_office_second_step": {"reason": "Telefoon kwijt, stem herkend."},
    "people_office_suspend": {"wanted": "stopped"},
    "portal_office_document_add": lambda _w: {
        "file": SimpleUploadedFile("a.txt", b"Een formulier"), "purpose": "enrolment.papers", "reason": "Formulier",
    },
    "portal_office_document_back": {},
    "portal_office_document_drop": {},
    "practice_add_bank": {"title": "Nieuw", "summary": "", "language": "nl"},
    "practice_add_media": lambda _w: {"file": SimpleUploadedFile("nieuw.png", PNG), "alt": "Een vlak"},
    "practice_add_source": {"name": "Wet die nieuw is"},
    "practice_add_question": {"stem": "Is dat zo?", "topic": "Regels", "title": "Nieuw"},
    "practice_add_device": Browser("nieuw").subscription,
    "practice_answer": {"choice": "true", "key": str(uuid7())},
    "practice_api_answers": lambda w: {
        "answers": [{
            "id": str(uuid7()), "question": str(w.things["question"].pk), "version": 1,
            "at": clock.now().isoformat(), "answer": {"choice": ["true"]},
        }],
    },
    "practice_api_faults": {"fault": "Error", "version": "1", "device": "phone", "screen": "small"},
    "practice_api_bookmark": {},
    "practice_api_trouble": {"trouble": "typo"},
    "practice_api_goal": {"exam_on": None, "retention": 0.85, "minutes": 5},
    "practice_begin": {},
    "practice_comment": {"text": "Klopt dit nog?"},
    "practice_api_decline": {},
    "practice_decline_reminders": {},
    "practice_device_reports": {"wanted": ""},
    "practice_erase_reports": {},
    "practice_edit_bank": {"title": "Anders"},
    "practice_edit_media": {"alt": "Iets anders"},
    "practice_edit_objective": {"title": "Kan iets anders"},
    "practice_edit_question": {"stem": "Anders?"},
    "practice_goal": {"exam_on": "", "retention": "85", "minutes": "5"},
    "practice_import": {"text": "::Nieuw::Iets heel nieuws. {T}", "topic": "Nieuw"},
    "practice_import_look": {"confirm": "1"},
    "practice_preview": {"stem": "Is dat zo?", "topic": "Regels", "stem_format": "markdown", "more-is_true": "yes"},
    "practice_question": {"choice": "true"},
    "practice_leave_together": {},
    "practice_together": {"nickname": "Snelle Vos", "wanted": "on"},
    "practice_read_of_change": {},
    "practice_reminders": {"hour": "7", "days": ["5", "6"]},
    "practice_remove_device": {},
    "practice_remove_media": {},
    "practice_remove_source": {},
    "practice_source": {"name": "Heet anders"},
    "practice_source_changed": {"on": "2026-11-02"},
    "practice_report": {"trouble": "typo"},
    "practice_return_version": {"version": "2"},
    "practice_set_state": {"state": "withdrawn"},
    "practice_settle_comment": {"settled": "yes"},
    "practice_settle_reports": {},
    "practice_show_answer": {"key": str(uuid7())},
    "practice_stop": {},
    "practice_try_reminder": {},
    "practice_use_default": {},
    "practice_use_fit": {},
    "privacy_download_html": {},
    "privacy_download_json": {},
    "privacy_decide_night": {"answer": "leave"},
    "privacy_erase": {},
    "privacy_erase_mine": {},
    "privacy_corrected": {},
    "privacy_redaction": {"answer": "fine"},
    "privacy_download_parcel": {},
    "privacy_request_data": {},
    "privacy_hold": lambda w: {
        "person": str(w.people["stranger"].pk), "reason": "Een geschil.", "until": str(clock.today()),
    },
    "privacy_let_go": {},
    "privacy_firm": {"place": "BE"},
    "privacy_firm_add": {
        "name": "Nieuw BV", "role": "other", "role_nl": "iets", "role_en": "something", "place": "NL",
    },
    "privacy_firm_end": {},
    "privacy_firms": KEPT_VIEW,
    "privacy_publish": {},
    "privacy_call_off": {},
    "privacy_remove": lambda _w: {
        "reason": "Gestopt.", "day": str(clock.today() + timedelta(days=60)),
    },
    "privacy_release": {},
    "privacy_restrict": lambda w: {
        "person": str(w.people["stranger"].pk), "ground": "accuracy", "reason": "Klopt het?",
    },
    "privacy_ask": {"asked": "Waar staat mijn geboortedatum?"},
    "conditions_publish": {"nl": "# Nieuwe voorwaarden"},
    "privacy_complaint": {"act": "take"},
    "privacy_complaint_add": {"name": "Nora", "address": "nora@nieuwkomer.example", "told": "Te laat begonnen."},
    "privacy_complaint_public": {"name": "Nora", "address": "nora@nieuwkomer.example", "told": "Te laat begonnen."},
    "privacy_complaints_list": KEPT_VIEW,
    "privacy_request": {"act": "take"},
    "privacy_request_add": lambda w: {"email": str(w.people["learner"].email), "asked": "Inzage, per brief"},
    "privacy_requests_list": KEPT_VIEW,
    "privacy_restricted_person": {"ground": "objection", "reason": "Er is bezwaar gemaakt."},
    "results_check_certificate": lambda w: {"number": w.things["certificate"].number, "surname": "Niemand"},
    "results_check_number": {"surname": "Niemand"},
    "results_object_to_sharing": {},
    "results_office_certificates": lambda w: {"enrolment": [str(w.things["due"].pk)]},
    "results_office_correct": {"state": "absent", "reason": "Was ziek"},
    "results_office_lesson": {"act": "all"},
    "results_office_mark": lambda w: {f"state-{w.things['mine'].pk}": "absent"},
    "results_office_results": lambda w: {f"outcome-{w.things['mine'].pk}": "passed"},
    "results_office_revoke": {"reason": "Vergissing"},
    "results_office_undo": {},
    "results_trainer_correct": {"state": "absent", "reason": "Was ziek"},
    "results_trainer_lesson": {"act": "all"},
    "results_trainer_mark": lambda w: {f"state-{w.things['mine'].pk}": "absent"},
    "results_trainer_undo": {},
    "appearance_page": {"accent": "#0a5c36", "typeface": "book"},
    "appearance_undo": {},
    "catalogue_office_courses": KEPT_VIEW,
    "catalogue_office_courses_bulk": lambda w: _many("withdraw", w.things["course"]),
    "catalogue_office_venues": KEPT_VIEW,
    "enrolment_office_bulk": lambda w: _many("cancel", w.things["to_come"]),
    "enrolment_office_list": KEPT_VIEW,
    "mail_leaving": {"step": "stop"},
    "mail_office_bulk": lambda w: _many("again", w.things["message"]),
    "mail_office_list": KEPT_VIEW,
    "organisations_employer_again": {},
    "organisations_employer_end": {},
    "organisations_employer_invite": SOMEBODY | {"kind": "employee"},
    "organisations_employer_withdraw": {},
    "organisations_join": {},
    "organisations_office_list": KEPT_VIEW,
    "people_mail_code": {},
    "people_my_sign_ins": {},
    "people_office_bulk": lambda w: _many("invite", w.people["invited"]),
    "people_office_list": KEPT_VIEW,
    "people_make_token": {"app": "Oefenen op mijn telefoon"},
    "people_recovery_codes": {},
    "practice_bank": KEPT_VIEW,
    "practice_bank_bulk": lambda w: _many("withdraw", w.things["question"]),
    "practice_banks": KEPT_VIEW,
    "results_office_runs": KEPT_VIEW,
    "results_withdraw_objection": {},
}  # fmt: skip

# Forms that change no row of the academy, and why.
NO_EFFECT: Final = {
    "catalogue_office_preview": "shows a text as it will look",
    "practice_preview": "shows a question that is being written; nothing of that is kept",
    "practice_question": "an author tries a question; nothing of that is kept",
    "results_check_certificate": "answers a question of the public",
    "results_check_number": "answers a question of the public",
    "consent_storage": "removes what is kept on the device, and keeps nothing of it here",
    "people_mail_code": "who has no second step to take is led on",
    "people_recovery_codes": "who has no second step has no codes for it",
    "organisations_office_take_back": "a forged key takes nothing back",
}
