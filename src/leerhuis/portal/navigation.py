"""Where somebody can go from a page: decided by the part of the house they are in and by their roles."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.charter import audiences
from leerhuis.charter.audiences import ANYONE, Audience
from leerhuis.people.gate import Viewer


@dataclass(frozen=True)
class Place:
    """A place in a menu: the name of its route, its words and icon, whom it is for, and further addresses of it."""

    route: str
    label: str | Promise
    icon: str
    also: tuple[str, ...] = ()
    audience: Audience = ANYONE

    def item(self, path: str) -> dict[str, Any]:
        """Return the place as templates want it; it is active on its own address and on those below it."""
        url = reverse(self.route)
        mine = (url, *self.also)
        active = any(path == each or (each.count("/") > 2 and path.startswith(each)) for each in mine)  # noqa: PLR2004 - not the first page of a part
        return {"url": url, "label": self.label, "icon": self.icon, "active": active}


LEARNER = (
    Place("portal_today", _("Today"), "sun", ("/practice/",)),
    Place("portal_learn", _("Learn"), "book", ("/learn/",)),
    Place("portal_agenda", _("Agenda"), "calendar-event"),
    Place("portal_me", _("Me"), "user", ("/me/",)),
)
OFFICE = (
    Place("portal_office_today", _("Today"), "sun", audience=audiences.OFFICE),
    Place("results_office_runs", _("Planning"), "calendar-event", audience=audiences.OFFICE),
    Place("enrolment_office_list", _("Enrolments"), "users", audience=audiences.OFFICE),
    Place("people_office_list", _("People"), "user", audience=audiences.OFFICE),
    Place("organisations_office_list", _("Organisations"), "building", audience=audiences.OFFICE),
    Place("catalogue_office_courses", _("Courses"), "book", audience=audiences.OFFICE),
    Place("practice_banks", _("Practice"), "bulb", audience=audiences.AUTHORS),
    Place("mail_office_list", _("Mails"), "mail", audience=audiences.OFFICE),
    Place("privacy_office", _("Privacy"), "shield-lock", audience=audiences.PRIVACY_OFFICER),
)
EMPLOYER = (
    Place("enrolment_employer_home", _("Enrolments"), "users"),
    Place("results_employer_progress", _("Progress"), "chart-bar"),
)
TRAINER = (Place("results_trainer_home", _("My lessons"), "calendar-event"),)
PUBLIC = (Place("website_courses", _("Courses"), "book"),)

LEARNER_PARTS = ("/today/", "/learn/", "/agenda/", "/me/", "/practice/")


def places(path: str, viewer: Viewer | None) -> tuple[Place, ...]:
    """Return the menu of the part of the house that an address belongs to."""
    if viewer is None:
        return PUBLIC
    if path.startswith("/office/"):
        return tuple(place for place in OFFICE if viewer.may_enter(place.audience))
    if path.startswith("/employer/"):
        return EMPLOYER
    if path.startswith("/trainer/"):
        return TRAINER
    if path.startswith(LEARNER_PARTS):
        return LEARNER
    return PUBLIC


def parts_of(viewer: Viewer) -> list[Place]:
    """Return the parts of the house that are open to somebody, the one they work in first."""
    found = []
    if viewer.is_office:
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
