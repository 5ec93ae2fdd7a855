"""Which academy a request is for, and the one transaction in which it is answered."""

from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import set_urlconf

from leerhuis.academies.queries import academy_by_host
from leerhuis.base.edge import at_shared_tables, edge, tear_up
from leerhuis.ui.errors import house_error

Answer = Callable[[HttpRequest], HttpResponse]


class AcademyByHost:
    """Finds the academy of the host and answers inside one transaction, in that academy's schema and role.

    A response of 500 and higher, and a refusal that no page caught, takes everything back. The response leaves only
    after the commit, so an acknowledged act is a kept act. An unknown host gets 404; without a database
    503 with a time to try again.
    """

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        try:
            return self._answer(request)
        except OperationalError:
            return house_error(request, 503)

    def _answer(self, request: HttpRequest) -> HttpResponse:
        host = request.get_host().rsplit(":", 1)[0].lower()
        with at_shared_tables():
            academy = academy_by_host(host)
        if academy is None:
            return self._shared_front(request, host)
        request.tenant = academy  # type: ignore[attr-defined]
        with edge(academy, as_web=True):
            response = self.get_response(request)
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response = response.render()
            if response.status_code >= 500 or getattr(response, "refused", False):  # noqa: PLR2004 - a server fault
                tear_up()
        return response

    def _shared_front(self, request: HttpRequest, host: str) -> HttpResponse:
        """Answer on the bare host: the demo's list of academies, elsewhere nothing."""
        if not settings.DEMO or host not in settings.DEMO_HOSTS:
            return house_error(request, 404)
        request.urlconf = settings.DEMO_URLCONF
        set_urlconf(settings.DEMO_URLCONF)
        request.tenant = None  # type: ignore[attr-defined]
        with edge(None):
            return self.get_response(request)
