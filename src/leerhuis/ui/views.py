"""Pages of the house itself: choosing a language, and the living style page of the demo."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from leerhuis.ui import styleguide as samples

LAYOUTS = ("office", "learner", "task", "public", "plain")


def styleguide(request: HttpRequest) -> HttpResponse:
    """Show all components in the layout that the address asks for (`?layout=office`)."""
    layout = request.GET.get("layout", "office")
    if layout not in LAYOUTS:
        layout = "office"
    # Nothing here is sent, and the bare host keeps no sign-ins, where the mark of a form would be kept.
    context = {"layout": f"ui/layout/{layout}.html", "layouts": LAYOUTS, "csrf_token": "", **samples.samples(request)}
    return render(request, "ui/styleguide.html", context)


@require_safe
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language of the link (`?to=en&next=/courses/`) in this browser and return to the page it stood on.

    A link and no form, so that a page without a form needs no cookie; it changes nothing but this browser's own. A
    link on another site changes nothing.
    """
    there = request.GET.get("next", "/")
    if not url_has_allowed_host_and_scheme(there, allowed_hosts=None):
        there = "/"
    answer = HttpResponseRedirect(there)
    code = request.GET.get("to", "")
    from_here = request.headers.get("Sec-Fetch-Site", "none") in {"same-origin", "none"}
    if from_here and code in dict(settings.LANGUAGES):
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return answer
