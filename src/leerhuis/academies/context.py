"""What every page may know of its academy."""

from typing import Any

from django.http import HttpRequest


def academy(request: HttpRequest) -> dict[str, Any]:
    """Give templates `academy` (the row) and `chosen` (its settings); both None on the demo's front page."""
    found = getattr(request, "tenant", None)
    return {"academy": found, "chosen": found.settings if found else None}
