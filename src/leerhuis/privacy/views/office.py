"""The privacy officer's pages: how things stand, the data map, the statement in both languages, who looked."""

from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from leerhuis.audit import verifying
from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.charter.datamap import Column, data_map
from leerhuis.charter.words import WORDS
from leerhuis.people.models import Person
from leerhuis.privacy import nights, overview, rooms, versions
from leerhuis.privacy.actions import note_asked_again
from leerhuis.privacy.complaint_tables import state_of
from leerhuis.privacy.docket import open_requests, with_people
from leerhuis.privacy.figures import Facts
from leerhuis.privacy.firms import chosen_now
from leerhuis.privacy.forms import MapFilter
from leerhuis.privacy.grievances import open_complaints
from leerhuis.privacy.lost import corrected_people
from leerhuis.privacy.parts import Section
from leerhuis.privacy.phrases import Language, said
from leerhuis.privacy.statement import compose, version
from leerhuis.privacy.tables import PURPOSE, days_in_words, tone_of, whose
from leerhuis.privacy.trail import purpose_names
from leerhuis.ui.sheets import sheet

PER_PAGE = 50
SHOWN_AT_HOME = 10


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@require_safe
def home(request: Any) -> HttpResponse:
    """Show what is missing, and whether what is past its term went."""
    facts, language = Facts(chosen_now(request.tenant)), _language()
    context = {
        "due": nights.rows_left() or 0,
        "night": nights.last_done(),
        "asking": nights.asking_run(language),
        "late": nights.erasures_late(),
        "text": _first_text(),
        "gaps": overview.gaps(facts, language),
        "columns": sum(column.word in WORDS for column in data_map()),
        "requests": _requests(request),
        "corrected": _corrected(request),
        "complaints": _complaints(request),
        "sealing": verifying.standing(),
        "check": verifying.last_check(),
        "parts": rooms.PARTS,
        **_published(request),
    }
    return render(request, "privacy/office_home.html", context)


def _requests(request: Any) -> list[tuple[Any, str, str, Any]]:
    """Return the requests that wait, the most pressing first: the request, who asks, how long is left, how pressing."""
    waiting = with_people(open_requests(request.viewer)[:SHOWN_AT_HOME])
    subjects = [each.person for each in waiting if each.person]
    look(by=request.actor, subjects=subjects, purpose=PURPOSE, screen="privacy_office")
    return [(each, whose(each), days_in_words(each), tone_of(each)) for each in waiting]


def _first_text() -> tuple[int, str, Any] | None:
    """Return how many texts somebody has to look at, how long there is for the first, and how pressing that is."""
    count, first = nights.first_text()
    return (count, days_in_words(first), tone_of(first)) if first is not None else None


def _corrected(request: Any) -> list[Person]:
    """Return who must be asked again since a restore lost what was corrected."""
    found = list(corrected_people())
    look(by=request.actor, subjects=[each.id for each in found], purpose=PURPOSE, screen="privacy_office")
    return found


@require_POST
def corrected(request: Any, person_id: UUID) -> HttpResponse:
    """Say that somebody was asked what a restore lost of their corrections."""
    person = get_object_or_404(corrected_people(), pk=person_id)
    with attempt():
        note_asked_again(person, by=request.actor)
    messages.success(request, _("It is noted that %(name)s was asked.") % {"name": person.name})
    return redirect("privacy_office")


def _complaints(request: Any) -> list[tuple[Any, str, str]]:
    """Return the complaints that stand open, the most pressing first, without whose: how long is left, how pressing."""
    found = open_complaints(request.viewer)[:SHOWN_AT_HOME]
    return [(each, state_of(each) if each.answered_at else days_in_words(each), tone_of(each)) for each in found]


def _published(request: Any) -> dict[str, Any]:
    """Return which version visitors read, and whether it still says what holds."""
    return {"published": versions.last_version(), "differs": versions.differs(chosen_now(request.tenant))}


@require_safe
def data_map_page(request: Any) -> HttpResponse:
    """Browse, search and download the map of every column of every table."""
    form = MapFilter(request.GET or None)
    found = form.matching(data_map())
    if request.GET.get("export"):
        heads = (
            _("Place"), _("Table"), _("Column"), _("Category"), _("Purposes"), _("Ground"), _("Term"), _("Seen by"),
            _("On erasure"),
        )  # fmt: skip
        return sheet(_("data map"), heads, map(_cells, found), request.GET["export"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "words": {key: said(word, _language()) for key, word in WORDS.items()},
        "titles": purpose_names(_language()),
        "in_force": overview.terms_in_force(Facts(chosen_now(request.tenant)), _language()),
    }
    return render(request, "privacy/office_map.html", context)


def _cells(column: Column) -> tuple[str, ...]:
    return (
        column.schema_kind, column.table, column.column, column.word, ", ".join(column.purposes),
        ", ".join(column.basis), ", ".join(column.term), ", ".join(column.audiences), column.on_erasure,
    )  # fmt: skip


@require_safe
def statement_preview(request: Any) -> HttpResponse:
    """Show the statement in both languages beside each other, with the id and the promises of each sentence."""
    chosen = chosen_now(request.tenant)
    dutch, english = (compose(chosen, language) for language in ("nl", "en"))
    sections = [(nl, en, _pairs(nl, en)) for nl, en in zip(dutch.sections, english.sections, strict=True)]
    context = {
        "sections": sections,
        "statement": dutch,
        "version": version(chosen),
        **_published(request),
    }
    return render(request, "privacy/office_statement.html", context)


def _pairs(nl: Section, en: Section) -> list[tuple[str, tuple[str, ...], str, str]]:
    """Return (id, promises, Dutch, English) of everything under a heading."""
    told = [(a.id, a.promises, a.text, b.text) for a, b in zip_longest(nl.sentences, en.sentences)]
    told += [(a.id, (), _line(a), _line(b)) for a, b in zip_longest(nl.facts, en.facts)]
    for a, b in zip_longest(nl.entries, en.entries):
        told.append((a.id, a.promises, a.title, b.title))
        told += [(x.id, (), _line(x), _line(y)) for x, y in zip_longest(a.lines, b.lines)]
    return told


def _line(line: Any) -> str:
    return f"{line.label}: {'; '.join(line.texts)}"


@require_safe
def looks(request: Any) -> HttpResponse:
    """Show who looked at people's data in the last month, counted by day, role and screen."""
    found = overview.looks_lately(_language())
    if request.GET.get("export"):
        heads = (_("Day"), _("Role"), _("Screen"), _("Purpose"), _("Looks"), _("People seen"), _("By how many"))
        cells = ((x.day.isoformat(), x.role, x.screen, x.purpose, x.looks, x.people, x.lookers) for x in found)
        return sheet(_("looks"), heads, cells, request.GET["export"])
    return render(request, "privacy/office_looks.html", {"looks": found})
