"""What every page of the office says about mail."""

from typing import Any

from django.http import HttpRequest

from leerhuis.mail.queries import standstill


def mail_stands_still(request: HttpRequest) -> dict[str, Any]:
    """Give templates `mail_stands_still`, to be asked: pages that do not show it take no query for it."""
    academy = getattr(request, "tenant", None)
    return {"mail_stands_still": (lambda: standstill() is not None) if academy is not None else False}
