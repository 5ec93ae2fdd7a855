"""What the pages of practice share: the switch of the academy, and a page or the part of it that changes."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from leerhuis.practice.models import Bank
from leerhuis.practice.queries import may_write
from leerhuis.practice.rules import NotAuthor

View = Callable[..., HttpResponse]


def with_practice(view: View) -> View:
    """Answer 404 where the academy does not use practice (`features.practice`)."""

    @wraps(view)
    def switched(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.tenant.settings.features.practice:
            raise Http404
        return view(request, *args, **kwargs)

    return switched


def to_write(request: Any, bank: Bank) -> Bank:
    """Return a bank to whoever writes in it; refuses NotAuthor to others."""
    if not may_write(request.viewer, bank):
        raise NotAuthor
    return bank


def whole_or_part(request: Any, whole: str, part: str, context: dict[str, Any]) -> HttpResponse:
    """Return the part alone to htmx, and to everybody else the whole page, which includes it as `part`."""
    if request.htmx and not request.htmx.boosted:
        return render(request, part, context)
    return render(request, whole, {**context, "part": part})


def crumbs(bank: Bank | None, here: str = "") -> list[tuple[str, str]]:
    """Return where an author's page stands: the banks, a bank, and what is shown of it."""
    trail = [(_("Question banks"), reverse("practice_banks"))]
    if bank is not None:
        trail.append((bank.title, reverse("practice_bank", args=[bank.id]) if here else ""))
    return [*trail, (here, "")] if here else trail
