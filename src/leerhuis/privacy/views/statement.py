"""Pages of those who look after the statement: publishing it, and the record of processing."""

from copy import copy
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.privacy import mails, versions
from leerhuis.privacy.actions import publish_statement
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import chosen_now
from leerhuis.privacy.models import StatementVersion
from leerhuis.privacy.phrases import LANGUAGES, Language
from leerhuis.privacy.queries import count_to_tell
from leerhuis.privacy.record import Processing, measures_taken, record_of_processing
from leerhuis.privacy.statement import version
from leerhuis.ui.sheets import sheet


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: Any) -> HttpResponse:
    """Show what would change and who would be told, and publish the statement."""
    if request.method == "POST":
        try:
            with attempt():
                publish_statement(request.POST.get("mark", ""), by=request.actor)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The statement was published and is in force."))
        return redirect("privacy_publish")
    chosen, last = chosen_now(request.tenant), versions.last_version()
    readers = count_to_tell()
    changes = versions.changes(chosen, last) if last else {}
    context = {
        "mark": version(chosen),
        "last": last,
        "different": changes,
        "readers": readers,
        "people": sum(row[2] for row in readers),
        "letters": _letters(request, last, changes),
    }
    return render(request, "privacy/publish.html", context)


def _letters(
    request: Any, last: StatementVersion | None, changes: dict[Language, list[versions.Difference]]
) -> list[Any]:
    """Return the mail as the viewer themselves would get it, in both languages."""
    if last is None or not changes:
        return []
    reader = copy(request.viewer.person)
    found = []
    for spoken in LANGUAGES:
        sections = list(dict.fromkeys(each.section for each in changes.get(spoken, ()) if each.section))
        reader.language = spoken  # of this copy alone: nothing is saved
        found.append(mails.statement_changed.preview(reader, last, sections))
    return found


@require_safe
def record_page(request: Any) -> HttpResponse:
    """Show the record of processing, and give it as a sheet."""
    facts, language = Facts(chosen_now(request.tenant)), _language()
    lines, measures = record_of_processing(facts, language), measures_taken(facts, language)
    if request.GET.get("export"):
        heads = (
            _("Id"), _("Purpose"), _("In which role"), _("Ground"), _("Whose data"), _("Categories of data"),
            _("Seen by"), _("Recipients"), _("Transfers outside the EEA"), _("Kept"), _("Measures"),
        )  # fmt: skip
        rows = (_cells(line, measures) for line in lines)
        return sheet(_("record of processing"), heads, rows, request.GET["export"])
    context = {"lines": lines, "measures": measures, "controller": facts.chosen.controller}
    return render(request, "privacy/record.html", context)


def _cells(line: Processing, measures: list[str]) -> tuple[str, ...]:
    def joined(texts: tuple[str, ...] | list[str]) -> str:
        return "; ".join(texts)

    return (
        line.id, line.purpose, line.capacity, line.basis, joined(line.persons), joined(line.data),
        joined(line.readers), joined(line.recipients), joined(line.transfers), line.term, " ".join(measures),
    )  # fmt: skip
