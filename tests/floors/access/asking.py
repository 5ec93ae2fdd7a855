"""How each route is asked for: about which thing, with which form, and what the answer comes down to."""

import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser
from typing import Any, Final
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Model
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.people.models import Person
from leerhuis.practice.tests.pictures import PNG
from leerhuis.practice.tests.push_service import Browser
from leerhuis.ui.problems import CALLS
from tests.floors.access.world import World, restore_token

Things = dict[str, Any]

# --- which thing an address names ----------------------------------------------------------------------------------
USUAL: Final = {
    "agreement_id": "agreement", "appearance_id": "appearance", "bank_id": "bank", "certificate_id": "certificate",
    "comment_id": "comment", "complaint_id": "complaint", "course_id": "course", "device_id": "device",
    "document_id": "document", "enrolment_id": "mine", "firm_id": "firm", "hold_id": "hold",
    "incoming_id": "incoming", "invitation_id": "invitation",
    "lesson_id": "taught_lesson", "membership_id": "membership", "message_id": "message", "news_id": "news",
    "fit_id": "fit", "media_id": "media", "objective_id": "objective",
    "organisation_id": "organisation", "question_id": "question", "registration_id": "order", "round_id": "round",
    "redaction_id": "redaction", "removal_id": "removal", "reply_id": "reply", "request_id": "request",
    "run_id": "coming", "slug": "course", "source_id": "source", "teaching_id": "teaching", "venue_id": "venue",
    "version_id": "version",
}  # fmt: skip
UNUSUAL: Final = {
    "website_conditions_pdf": {"version_id": "conditions"},
    "website_conditions_version": {"version_id": "conditions"},
    "privacy_complaint_letter": {"reply_id": "complaint_reply"},
    "catalogue_office_course_publish": {"course_id": "draft"},
    "catalogue_office_lesson": {"lesson_id": "coming_lesson"},
    "catalogue_office_lesson_remove": {"lesson_id": "planned_lesson", "run_id": "planned"},
    "catalogue_office_run_close": {"run_id": "over"},
    "catalogue_office_run_open": {"run_id": "planned"},
    "consent_news_steer": {"news_id": "sent_news"},
    "enrolment_cancel_mine": {"enrolment_id": "by_oneself"},
    "enrolment_employer_cancel": {"enrolment_id": "to_come"},
    "enrolment_office_cancel": {"enrolment_id": "to_come"},
    "enrolment_office_let_in": {"enrolment_id": "waiting"},
    "enrolment_office_let_in_all": {"run_id": "full"},
    "enrolment_office_move": {"enrolment_id": "waiting"},
    "enrolment_office_waiting": {"run_id": "full"},
    "enrolment_registered": {"registration_id": "website_registration"},
    "people_office_second_step": {"person_id": "with_second_step"},
    "portal_office_document_back": {"document_id": "dropped_document"},
    "practice_api_trouble": {"question_id": "answered_question"},
    "practice_begin": {"bank_id": "other_bank"},
    "practice_remove_source": {"source_id": "spare_source"},
    "practice_return_version": {"version_id": "question_version"},
    "practice_report": {"question_id": "answered_question"},
    "privacy_decide_night": {"run_id": "asking_run"},
    "privacy_erase": {"person_id": "to_erase"},
    "privacy_remove": {"organisation_id": "idle_organisation"},
    "privacy_release": {"person_id": "restricted"},
    "privacy_restricted_person": {"person_id": "restricted"},
    "results_office_certificates": {"run_id": "over"},
    "results_office_lesson": {"lesson_id": "taught_last_lesson"},
    "results_office_mark": {"lesson_id": "taught_last_lesson"},
    "results_office_results": {"run_id": "taught"},
    "results_office_run": {"run_id": "over"},
    "results_office_undo": {"lesson_id": "taught_last_lesson"},
    "results_trainer_lesson": {"lesson_id": "taught_last_lesson"},
    "results_trainer_mark": {"lesson_id": "taught_last_lesson"},
    "results_trainer_undo": {"lesson_id": "taught_last_lesson"},
    "results_withdraw_objection": {"enrolment_id": "to_come"},
}  # fmt: skip
TOKENS: Final = {
    "enrolment_sharing": "sharing_token", "consent_confirm": "confirming_token", "consent_choose": "choosing_token",
    "consent_leave": "leaving_token",
}  # fmt: skip
MEDIA_ROUTES: Final = {"practice_media", "practice_api_media"}
PLAIN: Final[dict[str, Callable[[World, str], str]]] = {
    "key": lambda world, route: world.things["join_key"] if route == "organisations_join" else "no-such-key",
    "uidb36": lambda _world, _route: "0",
    "kind": lambda _world, route: {
        "academy_icon": "any",
        "privacy_ask": "other",
        "practice_import_template": "csv",
    }.get(route, "true_false"),
    "form": lambda _world, _route: "gift",
    "part": lambda _world, _route: "mails",
    "size": lambda _world, _route: "192",
    "pk": lambda _world, _route: "999999",
    "digest": lambda world, route: (
        world.things["media"].digest[:16] if route in MEDIA_ROUTES else world.things["appearance"].logo_digest
    ),
    "name": lambda world, _route: world.things["media"].name,
    "state": lambda _world, _route: "none",
    "number": lambda world, _route: world.things["certificate"].number,
    "slug": lambda world, _route: world.things["course"].slug,
    "person_id": lambda world, _route: str(world.people["learner"].id),
    "token": lambda world, route: (
        restore_token(world)
        if route == "catalogue_office_lesson_restore"
        else world.things[TOKENS.get(route, "invitation_token")]
    ),
}


def routes() -> dict[str, str]:
    """Return the name and the pattern of every route of an academy's host."""
    return dict(_routes(get_resolver(), "/"))


def _routes(resolver: URLResolver, before: str) -> Any:
    for each in resolver.url_patterns:
        here = before + str(each.pattern).removeprefix("^").removesuffix("$")
        if isinstance(each, URLResolver):
            yield from _routes(each, here)
        elif isinstance(each, URLPattern):
            yield str(each.name), here


_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>|\(\?P<(\w+)>(?:[^()\\]|\\.)*\)")


def parameters(pattern: str) -> list[str]:
    """Return what an address has to be filled with."""
    return [plain or regular for plain, regular in _PARAMETER.findall(pattern)]


def address(world: World, route: str, pattern: str, **instead: str) -> str:
    """Return an address of this route about this world's things; `instead` puts another value for a parameter."""

    def fill(found: "re.Match[str]") -> str:
        name = found[1] or found[2]
        return instead.get(name) or value_of(world, route, name)

    return _PARAMETER.sub(fill, pattern).replace("\\", "")


def value_of(world: World, route: str, parameter: str) -> str:
    """Return what a parameter of an address is filled with."""
    thing = UNUSUAL.get(route, {}).get(parameter) or (None if parameter in PLAIN else USUAL.get(parameter))
    if thing:
        return key_of(world.things[thing])
    if parameter not in PLAIN:
        raise KeyError(f"{route}: say in tests/floors/access/asking.py (USUAL) which thing {parameter} names")
    return PLAIN[parameter](world, route)


def key_of(thing: Any) -> str:
    """Return the key of a thing as an address has it."""
    return str(thing.pk) if isinstance(thing, Model) else str(thing)


# --- what is filled in ---------------------------------------------------------------------------------------------
SOMEBODY: Final = {"first_name": "Nora", "last_name": "Nieuwkomer", "email": "nora@nieuwkomer.example"}
LESSON: Final = {"starts": "09:30", "ends": "16:00", "venue": "", "room": "", "online_link": "", "title": "Anders"}


KEPT_VIEW: Final = {"act": "keep", "name": "Mijn lijst", "query": ""}


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
    "people_office_suspend": {},
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


class _Fields(HTMLParser):
    """Reads the forms of a page: for each the address it goes to and what it would send as it stands."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[tuple[str, Things]] = []
        self._fields: Things | None = None
        self._select = self._area = ""
        self._options: list[tuple[str, bool]] = []
        self._single = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one tag."""
        said = dict(attrs)
        if tag == "form" and str(said.get("method", "")).lower() == "post":
            self._fields = {}
            self.forms.append((said.get("action") or "", self._fields))
        if self._fields is None:
            return
        name = said.get("name") or ""
        if tag == "input" and name:
            kind = said.get("type", "text")
            if kind not in {"checkbox", "radio"} or "checked" in said:
                self._add(name, said.get("value") or ("on" if kind == "checkbox" else ""))
        elif tag == "textarea":
            self._area = name
            self._fields.setdefault(name, "")
        elif tag == "select":
            self._select, self._options, self._single = name, [], "multiple" not in said
        elif tag == "option":
            self._options.append((said.get("value") or "", "selected" in said))

    def _add(self, name: str, value: str) -> None:
        assert self._fields is not None
        known = self._fields.get(name)
        self._fields[name] = value if known is None else [*(known if isinstance(known, list) else [known]), value]

    def handle_data(self, data: str) -> None:
        """Take the text of a large field."""
        if self._area and self._fields is not None:
            self._fields[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        """Close what ends."""
        if tag == "select" and self._fields is not None and self._options:
            chosen = [value for value, selected in self._options if selected]
            for value in chosen or ([self._options[0][0]] if self._single else []):  # a browser sends the first
                self._add(self._select, value)
        if tag == "form":
            self._fields = None
        elif tag == "textarea":
            self._area = ""


def forms_of(page: HttpResponse) -> list[tuple[str, Things]]:
    """Return the forms of a page: (where it goes to, what it sends as it stands)."""
    reader = _Fields()
    reader.feed(page.content.decode(errors="replace"))
    return reader.forms


def form_of(world: World, route: str) -> Things:
    """Return what is filled in on the form of a route."""
    said = FORMS.get(route, {})
    return said(world) if callable(said) else said


def filled_in(world: World, route: str, at: str, page: HttpResponse | None) -> Things:
    """Return the form of a route as its page shows it, with what `FORMS` changes."""
    stands: Things = {}
    if page is not None and page.status_code == 200 and "html" in page.get("Content-Type", ""):
        stands = next((fields for goes, fields in forms_of(page) if goes in {"", at}), {})
    changed = form_of(world, route)
    if "form_key" in stands:
        stands["form_key"] = str(uuid7())
    return {name: value for name, value in (stands | changed).items() if name != "csrfmiddlewaretoken"}


# --- what the answer comes down to ---------------------------------------------------------------------------------
def letter_of(response: HttpResponse) -> str:
    """Return what an answer comes down to, in the letters of the table."""
    said = {401: "!", 403: "-", 404: "0", 405: "m", 409: "9", 410: "g"}
    if response.status_code in said:
        return said[response.status_code]
    if response.status_code == 302:
        goes = response["Location"]
        if goes.startswith("/accounts/login/"):
            return ">"
        if goes.startswith(("/accounts/2fa/choose/", "/accounts/2fa/reauthenticate/")):
            return "2"
        return "a" if goes.startswith("/accounts/reauthenticate/") else "y"
    return "y" if 200 <= response.status_code < 304 else str(response.status_code)


def ask(client: Client, method: str, at: str, form: Things | None = None) -> HttpResponse:
    """Send one request; what a program calls gets its form as JSON."""
    send = getattr(client, method.lower())
    answer: HttpResponse
    if at.startswith(CALLS) and method in {"POST", "PUT"}:
        answer = send(at, form or {}, content_type="application/json")
    else:
        answer = send(at, form or {}) if method == "POST" else send(at)
    return read_whole(answer) if answer.streaming else answer


def read_whole(streamed: Any) -> HttpResponse:
    """Return a streamed answer as one that was read to its end, at which Django's client closes it."""
    whole = HttpResponse(b"".join(streamed), status=streamed.status_code, headers=dict(streamed.headers))
    whole.cookies = streamed.cookies
    return whole


_KEYS = re.compile(r'((?:name="(?:csrfmiddlewaretoken|form_key|request_key|key)" value=|"x-csrftoken": )")[^"]*')


def neutral(said: str) -> str:
    """Return what an answer says without the keys of its forms, which differ each time."""
    return _KEYS.sub(r"\1·", said)


def is_uuid(text: str) -> bool:
    """True for a text that is the key of a row."""
    try:
        UUID(text)
    except ValueError:
        return False
    return len(text) == 36


def stand_in(person: Person, state: str) -> None:
    """Put a person in a state."""
    from leerhuis.base import clock
    from leerhuis.organisations.models import Membership
    from leerhuis.people.models import Role

    if state == "without_role":
        Role.objects.filter(person=person).update(ended_at=clock.now())
        Membership.objects.filter(person=person).update(ended_at=clock.now())
    elif state != "without_second_factor":
        Person.objects.filter(pk=person.pk).update(state=state)
