"""The academy's look as a style sheet, for everyone."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leerhuis.ui.colour import look_css


@require_safe
@cache_control(public=True, max_age=300)
def look(request: HttpRequest) -> HttpResponse:
    """Return the academy's accent and typeface as CSS variables; everything else follows from them."""
    academy = getattr(request, "tenant", None)
    if academy is None:
        return HttpResponse("", content_type="text/css; charset=utf-8")
    chosen = academy.settings.look
    return HttpResponse(look_css(chosen.accent, chosen.typeface), content_type="text/css; charset=utf-8")
