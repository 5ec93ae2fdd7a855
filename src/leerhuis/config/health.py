"""Signs of life for whoever watches the machine: /live says the process answers, /ready that it can do its work."""

from collections.abc import Callable

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from leerhuis.academies.migrating import is_behind
from leerhuis.base.edge import enter_schema
from leerhuis.config.restored import any_is_closed


class Health:
    """Answers /live and /ready before anything else, on any host."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.migrated = False

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        if request.path == "/live":
            return JsonResponse({"live": True})
        if request.path == "/ready":
            return self._ready()
        return self.get_response(request)

    def _ready(self) -> HttpResponse:
        """Answer 200 when the database answers, its tables are those of this version and no restore is half done."""
        try:
            enter_schema(None)
            if not self.migrated:
                self.migrated = not is_behind(None)
            else:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT 1")
            restored = self.migrated and any_is_closed()
        except Exception:  # noqa: BLE001 - whatever is wrong with the database, the answer is "not ready"
            return JsonResponse({"ready": False, "database": False}, status=503)
        ready = self.migrated and not restored
        return JsonResponse({"ready": ready, "database": True, "restored": restored}, status=200 if ready else 503)
