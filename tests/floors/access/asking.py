"""How each route is asked for: about which thing, with which form, and what the answer comes down to."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.people.models import Person
from leerhuis.ui.problems import CALLS
from tests.floors.access.filling import FORMS, Things, key_of
from tests.floors.access.world import World, restore_token

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
    "insights_group": {"run_id": "taught"},
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
    "privacy_corrected": {"person_id": "corrected"},
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


# --- what is filled in ---------------------------------------------------------------------------------------------
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


_KEYS = re.compile(
    r'((?:name="(?:csrfmiddlewaretoken|form_key|request_key|key)" value=|"(?:x-csrftoken|mark)": )")[^"]*'
)


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
    from leerhuis.organisations.models import Membership
    from leerhuis.people.models import Role

    if state == "without_role":
        Role.objects.filter(person=person).update(ended_at=clock.now())
        Membership.objects.filter(person=person).update(ended_at=clock.now())
    elif state != "without_second_factor":
        Person.objects.filter(pk=person.pk).update(state=state)
