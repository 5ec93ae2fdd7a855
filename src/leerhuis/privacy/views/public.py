"""The privacy statement, for everyone: as a page and as JSON."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from leerhuis.privacy.phrases import LANGUAGES
from leerhuis.privacy.statement import compose


@require_safe
def statement_page(request: Any) -> HttpResponse:
    """Show the statement in the reader's language, or the one of `?lang=`, so that a link can name it."""
    language = _language(request)
    request.META["QUERY_STRING"] = ""  # so that the language switch of the page leads back without `?lang=`
    with translation.override(language):
        context = {
            "statement": compose(request.tenant.settings, language),
            "others": [other for other in LANGUAGES if other != language],
        }
        response = render(request, "privacy/statement.html", context)
    response["Content-Language"] = language
    return response


@require_safe
def statement_json(request: Any) -> HttpResponse:
    """Hand out the statement for a machine to read: every sentence with its id and the promises it makes."""
    statement = compose(request.tenant.settings, _language(request))
    return JsonResponse(statement.as_dict(), json_dumps_params={"ensure_ascii": False, "indent": 1})


def _language(request: Any) -> str:
    asked = request.GET.get("lang")
    if asked in LANGUAGES:
        return str(asked)
    return "en" if (translation.get_language() or "nl").startswith("en") else "nl"
