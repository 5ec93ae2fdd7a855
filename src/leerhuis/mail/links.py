"""Links in mails: always on the academy's own configured host, never on one that a request brought along."""

from typing import Any

from django.conf import settings
from django.urls import reverse

from leerhuis.base.edge import current_academy


def absolute(url_name: str, *args: Any, **kwargs: Any) -> str:
    """Return the absolute address of a page of the current academy, by URL name."""
    return front() + reverse(url_name, args=args or None, kwargs=kwargs or None)


def front() -> str:
    """Return the academy's own address without path: ``https://leren.example``."""
    host = current_academy().main_host
    port = f":{settings.PUBLIC_PORT}" if settings.PUBLIC_PORT else ""
    return f"{settings.PUBLIC_SCHEME}://{host}{port}"
