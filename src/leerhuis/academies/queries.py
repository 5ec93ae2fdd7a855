"""Finding academies. These are the only queries that run in the shared schema."""

from leerhuis.academies.models import Academy
from leerhuis.base.edge import PUBLIC


def all_academies() -> list[Academy]:
    """Return every academy, in the order of their names."""
    return list(Academy.objects.exclude(schema_name=PUBLIC).order_by("name"))


def academy_by_key(key: str) -> Academy | None:
    """Return the academy with this key, or None."""
    found: Academy | None = Academy.objects.filter(schema_name=key).first()
    return found


def academy_by_host(host: str) -> Academy | None:
    """Return the academy that answers on a host name (without port, lower case), or None."""
    found: Academy | None = Academy.objects.filter(domains__domain=host.lower()).first()
    return found
