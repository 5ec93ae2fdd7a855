"""One request, one effect: the key that a form or a call carries, and what tells two contents apart.

A page gives its key in a hidden field, a call in the header `Idempotency-Key` (the IETF draft of that name). What was
answered to it is kept by `audit`; here stands only what a request says of itself.
"""

import hashlib
import re
from typing import Final
from uuid import uuid4

from django.db import OperationalError, connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from leerhuis.base.edge import attempt, current_academy

FIELD: Final = "request_key"
HEADER: Final = "Idempotency-Key"
SAFE_METHODS: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
WAIT_MS: Final = 1000
SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{16,100}")
_OF_THE_PAGE: Final = frozenset({FIELD, "csrfmiddlewaretoken"})
_LOCK_NOT_AVAILABLE: Final = "55P03"
_FORMS: Final = ("application/x-www-form-urlencoded", "multipart/form-data")


class BadKey(ValueError):
    """A key that is none: it has 16 to 100 letters, digits, `-` and `_`."""


def fresh_key() -> str:
    """Return a key for one form on one page: 122 random bits in 36 characters."""
    return str(uuid4())


def key_of(request: HttpRequest) -> str | None:
    """Return the key of an unsafe request, None for a safe one and for one without; raises BadKey for a wrong one.

    The header goes before the field. Reads a form's fields, so it raises what Django raises for one that is too large.
    """
    if request.method in SAFE_METHODS:
        return None
    key = request.headers.get(HEADER, "").strip().strip('"') or (str(request.POST.get(FIELD, "")))
    if not key:
        return None
    if not SHAPE.fullmatch(key):
        raise BadKey("A key has 16 to 100 letters, digits, - and _.")
    return key


def content_of(request: HttpRequest) -> str:
    """Return a keyed digest (64 hexadecimal characters) of method, address and content; nothing can be read from it.

    Of a form the fields and files count, not how the browser happened to divide them; of anything else each byte.
    """
    seen = hashlib.sha256()
    _add(seen, request.method or "", request.get_full_path())
    if request.content_type in _FORMS:
        for name, values in sorted(request.POST.lists()):
            if name not in _OF_THE_PAGE:
                _add(seen, "field", name, *map(str, values))
        for name, files in sorted(request.FILES.lists()):
            for file in files:
                _add(seen, "file", name, file.name or "")
                for chunk in file.chunks():
                    _add(seen, chunk)
                file.seek(0)
    else:
        _add(seen, request.content_type or "", request.body)
    return salted_hmac("leerhuis.base.once.content", seen.digest(), algorithm="sha256").hexdigest()


def take_turn(who: str, key: str) -> bool:
    """Be the only request with this key of this sender until the transaction ends; False when another one still is.

    Waits at most `WAIT_MS` for that other one, so that a double click gets the answer of the first.
    """
    name = f"{current_academy().schema_name} {who} {key}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [name])
        if cursor.fetchone()[0]:
            return True
        try:
            with attempt():
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [f"{WAIT_MS}ms"])
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
                cursor.execute("SET LOCAL lock_timeout TO DEFAULT")
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                raise
            return False
    return True


def _add(seen: "hashlib._Hash", *parts: str | bytes) -> None:
    """Add parts with their lengths, so that no two divisions of the same bytes look alike."""
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        seen.update(len(raw).to_bytes(8) + raw)
