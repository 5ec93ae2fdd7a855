"""Tokens: how an app is signed in. A token is a sign-in of its own kind, so what ends sign-ins ends it, too.

It names its row and proves itself by 256 random bits, of which only a digest is kept. It opens what is of its scope
and nothing else; where its owner needs a second step, it must have been made after that was passed.
"""

import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from datetime import timedelta
from hashlib import sha256
from typing import Final
from uuid import UUID

from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.people import mails
from leerhuis.people.events import SignedInOnNewDevice
from leerhuis.people.models import Person, SignIn
from leerhuis.people.queries import token_with
from leerhuis.people.rules import NoNameOfApp, TooManyApps

MARK: Final = "lh_"  # so that whoever finds one somewhere sees what it is
BEARER: Final = "Bearer "
LASTS: Final = timedelta(days=90)
MOST: Final = 20  # apps of one person that are open at once
ID_BYTES, SECRET_BYTES = 16, 32


def make_token(
    person: Person, *, app: str, browser: str, system: str, second_factor: bool, by: Actor
) -> tuple[SignIn, str]:
    """Sign in an app: return its row and the token, which is shown this once and kept as a digest.

    The owner is mailed, as of each new device. Refuses NoNameOfApp and TooManyApps.
    """
    inside_edge()
    name = tidy(app)[:60]
    if not name:
        raise NoNameOfApp
    now = clock.now()
    if SignIn.objects.filter(person=person, ended_at=None, expires_at__gt=now).count() >= MOST:
        raise TooManyApps
    secret = secrets.token_bytes(SECRET_BYTES)
    sign_in = SignIn.objects.create(
        person=person,
        browser=browser,
        system=system,
        device_key=sha256(secret).hexdigest(),
        scope=SignIn.Scope.PRACTICE,
        app=name,
        second_factor=second_factor,
        expires_at=now + LASTS,
    )
    note("make token", sign_in, by=by, subject=person.id)
    if person.email:
        mails.new_app.send(sign_in, by=by)
        emit(SignedInOnNewDevice(person.id))
    return sign_in, MARK + urlsafe_b64encode(sign_in.id.bytes + secret).decode()


def end_tokens(person: Person, *, by: Actor) -> int:
    """End every token of a person, and return how many there were."""
    inside_edge()
    found = SignIn.objects.filter(person=person, ended_at=None).exclude(scope="")
    ended = found.update(ended_at=clock.now())
    if ended:
        note("end tokens", person, by=by, subject=person.id)
    return ended


def token_in(request: HttpRequest) -> str | None:
    """Return the token that a request carries, if it carries one."""
    said = request.headers.get("Authorization", "")
    return said.removeprefix(BEARER).strip() if said.startswith(BEARER) else None


def sign_in_by_token(token: str) -> SignIn | None:
    """Return the sign-in of an app by its token while it is open; see `queries.token_with`."""
    try:
        held = urlsafe_b64decode(token.removeprefix(MARK).encode())
    except (NotBase64, ValueError):
        return None
    if not token.startswith(MARK) or len(held) != ID_BYTES + SECRET_BYTES:
        return None
    sign_in = token_with(UUID(bytes=held[:ID_BYTES]))
    digest = sha256(held[ID_BYTES:]).hexdigest()
    return sign_in if sign_in is not None and constant_time_compare(sign_in.device_key, digest) else None
