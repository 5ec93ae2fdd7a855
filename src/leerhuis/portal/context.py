"""What every page knows of where one can go."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from leerhuis.people.gate import Viewer
from leerhuis.portal.navigation import menu, parts_of


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates `nav`, `me_nav`, `home_url`, `search_url` and `foot_links`; nothing on the demo's front page."""
    if getattr(request, "tenant", None) is None:
        return {"nav": [], "me_nav": [], "home_url": "/", "foot_links": []}
    viewer = getattr(request, "viewer", None)
    foot = (
        ("privacy_statement", _("Privacy statement")),
        ("website_conditions", _("Conditions and complaints")),
        ("website_contact", _("Contact")),
        ("consent_storage", _("Cookies and storage")),
        *([("consent_subscribe", _("News by e-mail"))] if request.tenant.settings.features.newsletter else []),  # type: ignore[attr-defined]
    )
    return {
        "nav": menu(request.path, viewer),
        "me_nav": [place.item(request.path) for place in parts_of(viewer)] if viewer else [],
        "home_url": reverse("portal_home") if viewer else "/",
        "search_url": reverse("portal_office_search") if may_search(viewer) else "",
        "foot_links": [{"url": reverse(route), "label": label} for route, label in foot],
    }


def may_search(viewer: Viewer | None) -> bool:
    """True for who works here and passed the second factor: they have the search box on every page of the office."""
    return viewer is not None and viewer.is_staff and viewer.second_factor
