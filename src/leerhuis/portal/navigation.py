"""Where somebody can go from a page: decided by the part of the house they are in and by their roles."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leerhuis.charter import audiences
from leerhuis.charter.audiences import ANYONE, Audience
from leerhuis.people.gate import Viewer
from leerhuis.people.rules import STAFF_ROLES


@dataclass(frozen=True)
class Place:
    """A place in a menu: the name of its route, its words and icon, whom it is for, and further addresses of it.

    `found_by` are further words by which the search box finds it.
    """

    route: str
    label: str | Promise
    icon: str
    also: tuple[str, ...] = ()
    audience: Audience = ANYONE
    found_by: str | Promise = ""

    def item(self, path: str) -> dict[str, Any]:
        """Return the place as templates want it; it is active on its own address and on those below it."""
        url = reverse(self.route)
        return {"url": url, "label": self.label, "icon": self.icon, "active": self._holds(url, path)}

    def _holds(self, url: str, path: str) -> bool:
        """True on its own address and on those below it, unless it is the first page of a part."""
        below = url.count("/") > 2 and path.startswith(url)  # noqa: PLR2004
        return path == url or below or path.startswith(self.also)


def menu(path: str, viewer: Viewer | None) -> list[dict[str, Any]]:
    """Return the menu of the part of the house that an address belongs to, with one place at most that is active.

    Where the address lies below several places, the nearest one is active.
    """
    items = [place.item(path) for place in places(path, viewer)]
    nearest = max((len(item["url"]) for item in items if item["active"]), default=0)
    for item in items:
        item["active"] = item["active"] and len(item["url"]) == nearest
    return items


LEARNER = (
    Place("portal_today", _("Today"), "sun", ("/practice/",)),
    Place("portal_learn", _("Learn"), "book", ("/learn/",)),
    Place("portal_agenda", _("Agenda"), "calendar-event"),
    Place("portal_me", _("Me"), "user", ("/me/",)),
)
OFFICE = (
    Place("portal_office_today", _("Today"), "sun", audience=audiences.STAFF),
    Place("results_office_runs", _("Planning"), "calendar-event", audience=audiences.OFFICE),
    Place("enrolment_office_list", _("Enrolments"), "users", audience=audiences.OFFICE),
    Place("people_office_list", _("People"), "user", audience=audiences.OFFICE),
    Place("organisations_office_list", _("Organisations"), "building", audience=audiences.OFFICE),
    Place("catalogue_office_courses", _("Courses"), "book", audience=audiences.OFFICE),
    Place("practice_banks", _("Practice"), "bulb", audience=audiences.AUTHORS),
    Place("insights_office", _("Insights"), "chart-bar", audience=audiences.OFFICE, found_by=_("figures statistics")),
    Place("mail_office_list", _("Mails"), "mail", audience=audiences.OFFICE),
    Place("consent_news_list", _("News"), "news", audience=audiences.MARKETING),
    Place("privacy_office", _("Privacy"), "shield-lock", audience=audiences.PRIVACY_OFFICER),
    Place("portal_office_settings", _("Settings"), "settings", audience=audiences.ADMIN),
)
PRIVACY = (  # the menu of a privacy officer who is nothing else among the staff
    Place("privacy_office", _("Privacy"), "shield-lock", audience=audiences.PRIVACY_OFFICER),
    Place("privacy_requests_list", _("Requests"), "inbox", audience=audiences.PRIVACY_OFFICER),
    Place("privacy_complaints_list", _("Complaints"), "speakerphone", audience=audiences.STEWARDS),
    Place("consent_office", _("Consents"), "check", audience=audiences.PRIVACY_OFFICER),
    Place("privacy_terms", _("Terms"), "clock", audience=audiences.STEWARDS),
    Place("privacy_erasures", _("Erasures"), "user-x", audience=audiences.PRIVACY_OFFICER),
    Place("privacy_firms", _("Suppliers"), "building", audience=audiences.STEWARDS),
    Place("privacy_office_statement", _("Statement"), "file-text", audience=audiences.PRIVACY_OFFICER),
)
_TO_ENROL = pgettext_lazy("somebody for a course", "register")
BEGIN = (  # what is no place in the menu, and is found with the search box
    Place("people_office_add", _("Add somebody"), "user-plus", audience=audiences.OFFICE, found_by=_("new person")),
    Place("organisations_office_add", _("Add an organisation"), "plus", audience=audiences.OFFICE, found_by=_("new")),
    Place("enrolment_office_add", _("Enrol somebody"), "user-plus", audience=audiences.OFFICE, found_by=_TO_ENROL),
    Place("catalogue_office_run_add", _("Plan a run"), "plus", audience=audiences.OFFICE, found_by=_("new run")),
    Place("catalogue_office_course_add", _("Add a course"), "plus", audience=audiences.OFFICE, found_by=_("new")),
    Place("catalogue_office_venues", _("Venues"), "map-pin", audience=audiences.OFFICE, found_by=_("places rooms")),
    Place("appearance_page", _("Look"), "eye", audience=audiences.ADMIN, found_by=_("logo colour typeface settings")),
    Place(
        "privacy_publish", _("Publish the statement"), "file-text", audience=audiences.STEWARDS, found_by=_("privacy")
    ),
    Place(
        "privacy_record", _("Record of processing"), "file-text", audience=audiences.STEWARDS, found_by=_("article 30")
    ),
    Place(
        "privacy_requests_list", _("Requests about data"), "inbox", audience=audiences.PRIVACY_OFFICER,
        found_by=_("access erasure correction privacy"),
    ),
    Place(
        "privacy_request_add", _("Record a request"), "plus", audience=audiences.RIGHTS_DESK,
        found_by=_("access erasure correction privacy new"),
    ),
    Place(
        "privacy_complaints_list", _("Complaints"), "speakerphone", audience=audiences.STEWARDS,
        found_by=_("procedure appeal"),
    ),
    Place("privacy_my_requests", _("My requests"), "messages", found_by=_("my data rights correct erase object")),
    Place("privacy_firms", _("Suppliers"), "building", audience=audiences.STEWARDS, found_by=_("processors register")),
    Place("privacy_left", _("Left the house"), "send", audience=audiences.PRIVACY_OFFICER, found_by=_("exports flows")),
    Place(
        "privacy_removals", _("Organisations that leave"), "building", audience=audiences.STEWARDS,
        found_by=_("privacy remove notice"),
    ),
    Place("privacy_terms", _("Terms"), "clock", audience=audiences.STEWARDS, found_by=_("privacy keep erase")),
    Place("privacy_erasures", _("Erasures"), "user-x", audience=audiences.PRIVACY_OFFICER, found_by=_("privacy")),
    Place("privacy_restricted", _("Restricted people"), "lock", audience=audiences.GUARDS, found_by=_("privacy")),
    Place("privacy_holds", _("Holds"), "lock", audience=audiences.PRIVACY_OFFICER, found_by=_("privacy keep")),
    Place("operations_backups", _("Backups"), "database", audience=audiences.STEWARDS, found_by=_("restore copies")),
    Place("consent_office", _("Consents"), "check", audience=audiences.PRIVACY_OFFICER, found_by=_("ledger privacy")),
    Place("consent_office_record", _("Record a consent"), "check", audience=audiences.OFFICE, found_by=_("telephone")),
    Place("consent_news_add", _("Write news"), "news", audience=audiences.MARKETING, found_by=_("newsletter mail")),
    Place("consent_mine", _("My consents"), "check", found_by=_("news unsubscribe")),
    Place("mail_leaving", _("Does mail leave?"), "hand-stop", audience=audiences.ADMIN, found_by=_("stop settings")),
    Place("mfa_index", _("Password and sign-in"), "key", found_by=_("second step settings")),
    Place("people_my_details", _("My details"), "user", found_by=_("name language settings")),
)  # fmt: skip
EMPLOYER = (
    Place("enrolment_employer_home", _("Enrolments"), "users"),
    Place("results_employer_progress", _("Progress"), "chart-bar"),
    Place("insights_employer", _("Insights"), "bulb"),
    Place("organisations_employer_people", _("People"), "user"),
)
TRAINER = (Place("results_trainer_home", _("My lessons"), "calendar-event"),)
PUBLIC = (Place("website_courses", _("Courses"), "book"),)

LEARNER_PARTS = ("/today/", "/learn/", "/agenda/", "/me/", "/practice/")


def places(path: str, viewer: Viewer | None) -> tuple[Place, ...]:
    """Return the menu of the part of the house that an address belongs to."""
    if viewer is None:
        return PUBLIC
    if path.startswith("/office/"):
        return PRIVACY if works_on_privacy_alone(viewer) else tuple(_open_to(viewer, OFFICE))
    if path.startswith("/employer/"):
        return EMPLOYER
    if path.startswith("/trainer/"):
        return TRAINER
    if path.startswith(LEARNER_PARTS):
        return LEARNER
    return PUBLIC


def shortcuts(viewer: Viewer) -> list[Place]:
    """Return every page that the search box may lead this viewer to by its words."""
    return _open_to(viewer, (*OFFICE, *BEGIN))


def works_on_privacy_alone(viewer: Viewer) -> bool:
    """True for a privacy officer without another role among the staff: their day begins with privacy."""
    return viewer.roles & STAFF_ROLES == {"privacy_officer"}


def _open_to(viewer: Viewer, among: tuple[Place, ...]) -> list[Place]:
    """Return the places that somebody may enter and that do not lead them back to where their day begins."""
    day = "portal_office_today" if works_on_privacy_alone(viewer) else ""
    return [place for place in among if viewer.may_enter(place.audience) and place.route != day]


def parts_of(viewer: Viewer) -> list[Place]:
    """Return the parts of the house that are open to somebody, the one they work in first."""
    found = []
    if viewer.is_staff and not works_on_privacy_alone(viewer):
        found.append(Place("portal_office_today", _("Office"), "building"))
    if "privacy_officer" in viewer.roles:
        found.append(Place("privacy_office", _("Privacy"), "shield-lock"))
    if viewer.is_trainer:
        found.append(Place("results_trainer_home", _("My lessons"), "calendar-event"))
        found.append(Place("practice_banks", _("Practice questions"), "bulb"))
    if viewer.is_contact:
        found.append(Place("enrolment_employer_home", _("For my organisation"), "users"))
    found.append(Place("portal_today", _("My learning"), "sun"))
    found.append(Place("portal_me", _("My data"), "user"))
    return found
