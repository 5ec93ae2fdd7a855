"""The privacy statement, for everyone: as a page, as PDF and as JSON, with its earlier versions."""

from functools import lru_cache
from itertools import zip_longest
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from leerhuis.academies.settings import AcademySettings
from leerhuis.privacy import versions
from leerhuis.privacy.firms import chosen_now
from leerhuis.privacy.models import StatementVersion
from leerhuis.privacy.paper import statement_pdf
from leerhuis.privacy.phrases import LANGUAGES, Language
from leerhuis.privacy.statement import Statement, compose
from leerhuis.privacy.versions import InForce


@require_safe
def statement_page(request: Any) -> HttpResponse:
    """Show the statement in the reader's language, or the one of `?lang=`, so that a link can name it."""
    language = _language(request)
    request.META["QUERY_STRING"] = ""  # so that the language switch of the page leads back without `?lang=`
    with translation.override(language):
        found, article = _told(request, language)
        others = [other for other in LANGUAGES if other != language]
        context = {"statement": found.statement, "since": found.since, "article": article, "others": others}
        response = render(request, "privacy/statement.html", context)
    response["Content-Language"] = language
    return response


@require_safe
def statement_json(request: Any) -> HttpResponse:
    """Hand out the statement for a machine to read: every sentence with its id and the promises it makes."""
    found = versions.in_force(chosen_now(request.tenant), _language(request))
    told = {**found.statement.as_dict(), "published_at": found.since.isoformat() if found.since else None}
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


@require_safe
def statement_paper(request: Any, version_id: UUID | None = None) -> HttpResponse:
    """Hand out the statement in force, or an earlier version, as PDF."""
    language = _language(request)
    if version_id is None:
        found = versions.in_force(chosen_now(request.tenant), language)
    else:
        published = _version(version_id)
        found = InForce(versions.text_of(published, language), published)
    response = HttpResponse(statement_pdf(found), content_type="application/pdf")
    name = "privacyverklaring" if language == "nl" else "privacy-statement"
    day = f"-{found.since:%Y-%m-%d}" if found.since else ""
    response["Content-Disposition"] = f'inline; filename="{name}{day}.pdf"'
    return response


@require_safe
def versions_page(request: Any) -> HttpResponse:
    """Show every version that was published, newest first, with how much changed in each."""
    found = versions.all_versions()
    language = _language(request)
    rows = [
        (each, versions.differences(versions.text_of(old, language), versions.text_of(each, language)) if old else None)
        for each, old in zip_longest(found, found[1:])
    ]
    return render(request, "privacy/versions.html", {"rows": rows})


@require_safe
def version_page(request: Any, version_id: UUID) -> HttpResponse:
    """Show one version: what became different with it, sentence by sentence, and its whole text."""
    published, language = _version(version_id), _language(request)
    before = versions.version_before(published)
    statement = versions.text_of(published, language)
    context = {
        "published": published,
        "before": before,
        "latest": versions.last_version(),
        "statement": statement,
        "differences": versions.differences(versions.text_of(before, language), statement) if before else [],
        "article": render_to_string("privacy/_statement.html", {"statement": statement, "quiet": True}),
    }
    return render(request, "privacy/version.html", context)


def _version(version_id: UUID) -> StatementVersion:
    found = StatementVersion.objects.filter(pk=version_id).first()
    if found is None:
        raise Http404
    return found


def _told(request: Any, language: Language) -> tuple[InForce, SafeString]:
    """Return the statement in force with its text as HTML: the version published last, else the live one."""
    published = versions.last_version()
    if published is None:
        statement, article = _composed(chosen_now(request.tenant).model_dump_json(), language)
        return InForce(statement, None), article
    return InForce(versions.text_of(published, language), published), _published(published.id, language)


@lru_cache(maxsize=16)
def _published(version_id: UUID, language: Language) -> SafeString:
    """Return the text of a version as HTML, kept by this process: a published text never changes."""
    statement = versions.text_of(_version(version_id), language)
    return render_to_string("privacy/_statement.html", {"statement": statement})


@lru_cache(maxsize=16)
def _composed(settings: str, language: str) -> tuple[Statement, SafeString]:
    """Return the statement of an academy's settings (as JSON) with its text as HTML, kept by this process.

    It follows from the program and the settings alone and holds nobody's data; whoever changes a setting gets another.
    """
    statement = compose(AcademySettings.model_validate_json(settings), language)
    return statement, render_to_string("privacy/_statement.html", {"statement": statement})


def _language(request: Any) -> Language:
    asked = request.GET.get("lang")
    if asked in LANGUAGES:
        return "en" if asked == "en" else "nl"
    return "en" if (translation.get_language() or "nl").startswith("en") else "nl"
