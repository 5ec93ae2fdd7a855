"""Invented surroundings for the style page: an academy, a viewer, a menu."""

from types import SimpleNamespace
from typing import Any

from django.http import HttpRequest

ACADEMY = SimpleNamespace(
    name="Leerhuis Demo",
    legal_name="Leerhuis Demo B.V.",
    email="info@leerhuis.example",
    phone="030 123 45 67",
    address="Oudegracht 1\n3511 AA Utrecht",
    logo_url="",
)
_OFFICE = [
    ("Vandaag", "sun"),
    ("Planning", "calendar-week"),
    ("Inschrijvingen", "clipboard-list"),
    ("Mensen", "users"),
    ("Organisaties", "building"),
    ("Oefenen", "brain"),
    ("Berichten", "mail"),
    ("Privacy", "shield-lock"),
]
_LEARNER = [("Vandaag", "sun"), ("Leren", "books"), ("Agenda", "calendar-event"), ("Ik", "user")]
_PUBLIC = [("Opleidingen", "school"), ("Over uw privacy", "shield-lock")]


def menu(items: list[tuple[str, str]], active: int = 0) -> list[dict[str, Any]]:
    """Return a menu as the portal gives it, with one item active."""
    return [
        {"url": f"#{label.lower()}", "label": label, "icon": icon, "active": at == active, "count": 3 if at == 2 else 0}
        for at, (label, icon) in enumerate(items)
    ]


def house(request: HttpRequest) -> dict[str, Any]:
    """Context processor: what the real ones give, invented."""
    layout = request.GET.get("layout", "office")
    nav = {"office": _OFFICE, "learner": _LEARNER}.get(layout, _PUBLIC)
    signed_in = layout in {"office", "learner", "task"}
    return {
        "academy": ACADEMY,
        "viewer": SimpleNamespace(name="Anna van der Berg") if signed_in else None,
        "nav": menu(nav),
        "search_url": "/search",
        "foot_links": [
            {"url": "#privacy", "label": "Privacyverklaring"},
            {"url": "#toegankelijk", "label": "Toegankelijkheid"},
        ],
    }
