"""What every page knows of where one can go."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from leerhuis.portal.navigation import parts_of, places


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Give templates `nav`, `me_nav`, `home_url` and `foot_links`; nothing on the demo's front page."""
    if getattr(request, "tenant", None) is None:
        return {"nav": [], "me_nav": [], "home_url": "/", "foot_links": []}
    viewer = getattr(request, "viewer", None)
    foot = (
        ("privacy_statement", _("Privacy statement")),
        ("website_conditions", _("Conditions and complaints")),
        ("website_contact", _("Contact")),
    )
    return {
        "nav": [place.item(request.path) for place in places(request.path, viewer) if _exists(place.route)],
        "me_nav": [place.item(request.path) for place in parts_of(viewer) if _exists(place.route)] if viewer else [],
        "home_url": reverse("portal_home") if viewer and _exists("portal_home") else "/",
        "foot_links": [{"url": reverse(route), "label": label} for route, label in foot if _exists(route)],
    }


def _exists(route: str) -> bool:
    try:
        reverse(route)
    except NoReverseMatch:
        return False
    return True
