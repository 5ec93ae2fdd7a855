"""Where somebody who found a weakness can report it: a file for programs (RFC 9116) and a page for people."""

from datetime import UTC, timedelta
from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from leerhuis.base.clock import now
from leerhuis.mail.links import front

VALID: Final = timedelta(days=182)  # RFC 9116, 2.5.5 advises less than a year
DAYS_TO_ANSWER: Final = 3  # working days


def contact_of(academy: Any) -> str:
    """Return where to report, as an address with its scheme: that of the installation, else the academy's own."""
    chosen = settings.SECURITY_CONTACT or academy.email
    return chosen if chosen.startswith(("https://", "mailto:", "tel:")) else f"mailto:{chosen}"


@require_safe
def security_txt(request: Any) -> HttpResponse:
    """Tell programs where to report a weakness. The date until which it holds moves along with the days."""
    until = (now() + VALID).astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = (
        f"Contact: {contact_of(request.tenant)}",
        f"Expires: {until:%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: nl, en",
        f"Canonical: {front()}{reverse('website_security_txt')}",
        f"Policy: {front()}{reverse('website_security')}",
    )
    return HttpResponse("\n".join([*lines, ""]), content_type="text/plain; charset=utf-8")


@require_safe
def security(request: Any) -> HttpResponse:
    """Tell people how to report a weakness, what we do with it and by when."""
    contact = contact_of(request.tenant)
    shown = {"contact": contact, "words": contact.removeprefix("mailto:"), "days": DAYS_TO_ANSWER}
    return render(request, "website/security.html", {"here": front() + request.path, **shown})
