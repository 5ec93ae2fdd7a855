"""What every page may know of who is looking."""

from typing import Any

from django.http import HttpRequest


def viewer(request: HttpRequest) -> dict[str, Any]:
    """Give templates `viewer`: the signed-in person with roles, or None."""
    return {"viewer": getattr(request, "viewer", None)}


def display_name(person: Any) -> str:
    """Return how libraries show a person."""
    return str(person.name)
