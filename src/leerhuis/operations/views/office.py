"""How the backups stand. Nothing on it is about a person, so nothing is looked at."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from leerhuis.operations.queries import backups
from leerhuis.operations.telling import TELLS, line_of


@require_safe
def backups_page(request: Any) -> HttpResponse:
    """Show how old the backups are, where, how long and whether they were tried, and what to do when it is not well."""
    found = backups(get_language() or "nl")
    told = {"found": found, "lines": [line_of(deed) for deed in found.deeds]}
    return render(request, "operations/backups.html", {**told, "troubles": [TELLS[each] for each in found.troubles]})
