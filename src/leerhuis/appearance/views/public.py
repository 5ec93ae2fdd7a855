"""The logo, for everyone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from leerhuis.appearance.queries import logo_in_force


@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def logo(request: HttpRequest, digest: str) -> HttpResponse:
    """Return the logo; its address changes with it, so a browser keeps it."""
    picture = logo_in_force()
    if picture is None:
        raise Http404
    return HttpResponse(
        picture, content_type="image/png", headers={"Content-Disposition": 'inline; filename="logo.png"'}
    )
