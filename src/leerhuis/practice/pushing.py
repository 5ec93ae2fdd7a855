"""Handing a notification to the push service of a browser: sealed for that browser, signed by us. The only place.

RFC 8030 (how), RFC 8291 (sealed with the keys of the subscription, aes128gcm) and RFC 8292 (VAPID: who sends it). A
subscription names an address that a browser made up, so only hosts of known push services are ever called.
"""

import json
import ssl
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as NotBase64
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache
from hashlib import sha256, sha512
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings
from py_vapid import Vapid02

from leerhuis.audit.outlet import MACHINE, TLS
from leerhuis.base.hosts import is_host_of, is_this_machine

# The recipient as `privacy` declares it, and the hosts by which it takes notifications.
SERVICES: Final = {
    "practice.push_google": "fcm.googleapis.com",
    "practice.push_mozilla": "push.services.mozilla.com",
    "practice.push_apple": "push.apple.com",
    "practice.push_microsoft": "notify.windows.com",
}
LONGEST_ENDPOINT: Final = 1000
TLS_PORT: Final = 443
POINT_BYTES, AUTH_BYTES = 65, 16  # of the keys of a subscription (RFC 8291, 3.2)
SIGNED_FOR: Final = timedelta(hours=12)  # at most a day may be (RFC 8292, 2)
ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of the group of P-256
LONGEST_WAIT: Final = timedelta(hours=6)
TIMEOUT_SECONDS: Final = 10.0
TAKEN, OVER, TRY_LATER = range(200, 300), frozenset({401, 403, 404, 410}), frozenset({429, 500, 502, 503, 504})
FAULTS: Final = (OSError, HTTPException)  # of a connection: then it is tried again


@dataclass(frozen=True)
class Notice:
    """What is brought: the words, for how many seconds it is of use, and under which name a later one replaces it."""

    words: Mapping[str, str]
    seconds: int
    topic: str
    urgent: bool = False


@dataclass(frozen=True)
class Answer:
    """What a push service said: the status, and after how long to try again where it says so."""

    status: int
    wait: timedelta | None = None

    @property
    def taken(self) -> bool:
        """True when the notification is on its way."""
        return self.status in TAKEN

    @property
    def over(self) -> bool:
        """True when the subscription ended, or was made for another key of ours: it will never take anything again."""
        return self.status in OVER

    @property
    def later(self) -> bool:
        """True when the same may be taken later."""
        return self.status in TRY_LATER


def service_of(endpoint: str) -> str:
    """Return which declared push service an address belongs to; empty for every other address, which is not called."""
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError:
        return ""
    plain = parts.scheme == "https" and port in (None, TLS_PORT) and "@" not in parts.netloc
    if not plain or len(endpoint) > LONGEST_ENDPOINT or not endpoint.isascii() or any(c <= " " for c in endpoint):
        return ""
    host = parts.hostname or ""
    return next((service for service, domain in SERVICES.items() if is_host_of(host, domain)), "")


def digest_of(endpoint: str) -> str:
    """Return by what the address of a subscription is known again, here and in the browser."""
    return sha256(endpoint.encode()).hexdigest()


def keys_fit(key: str, auth: str) -> bool:
    """True for the keys of a subscription as a browser makes them: a point of P-256 and sixteen bytes."""
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), _bytes(key))
        return len(_bytes(key)) == POINT_BYTES and len(_bytes(auth)) == AUTH_BYTES
    except (NotBase64, ValueError):
        return False


def public_key() -> str:
    """Return what browsers are told when they subscribe: the point of our key, in base64url."""
    point = _private_key(settings.PUSH_KEY).public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return _text(point)


def protection() -> str | None:
    """Return how notifications are protected on their way, in the words of the outlet; None: not at all."""
    relay = settings.PUSH_RELAY
    return (MACHINE if is_this_machine(_relay(relay)[0]) else None) if relay else TLS


def hand_over(device: Any, notice: Notice, contact: str, now: datetime) -> Answer:
    """Bring a notification to the push service of a device; raises one of `FAULTS` when it cannot be reached.

    `device` has `endpoint`, `key` and `auth`; `contact` is an address of ours, which the service may write to. Nothing
    follows where the service leads on: an answer with another address is no answer.
    """
    parts = urlsplit(device.endpoint)
    body = seal(json.dumps(dict(notice.words), ensure_ascii=False).encode(), device.key, device.auth)
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(notice.seconds),
        "Urgency": "high" if notice.urgent else "normal",
        "Topic": notice.topic,
        **signature(f"{parts.scheme}://{parts.netloc}", contact, now),
    }
    with closing(_connection(parts.hostname or "")) as wire:
        wire.request("POST", f"{parts.path}?{parts.query}" if parts.query else parts.path, body, headers)
        said = wire.getresponse()
        return Answer(said.status, wait_in(said.headers.get("Retry-After", ""), now))


def seal(plain: bytes, key: str, auth: str) -> bytes:
    """Close a message so that only the browser with these keys opens it (RFC 8291)."""
    once = ec.generate_private_key(ec.SECP256R1())
    sealed: bytes = http_ece.encrypt(
        plain, private_key=once, dh=_bytes(key), auth_secret=_bytes(auth), version="aes128gcm"
    )
    return sealed


def signature(audience: str, contact: str, now: datetime) -> dict[str, str]:
    """Return the header by which a push service knows who sends (RFC 8292)."""
    claims = {"aud": audience, "exp": int((now + SIGNED_FOR).timestamp()), "sub": f"mailto:{contact}"}
    signed: dict[str, str] = Vapid02(_private_key(settings.PUSH_KEY)).sign(claims)
    return signed


def wait_in(said: str, now: datetime) -> timedelta | None:
    """Return how long to wait by a `Retry-After` (seconds, or a date), at most six hours; None without one."""
    if said.isdecimal():
        wait = timedelta(seconds=min(int(said[:9]), LONGEST_WAIT.total_seconds()))
    else:
        try:
            wait = parsedate_to_datetime(said) - now
        except (TypeError, ValueError):
            return None
    return min(max(wait, timedelta(0)), LONGEST_WAIT)


def _connection(host: str) -> HTTPConnection:
    """Return a connection to a push service; to what takes its place on this machine, where the settings name that."""
    relay = settings.PUSH_RELAY
    if relay:
        return HTTPConnection(*_relay(relay), timeout=TIMEOUT_SECONDS)
    return HTTPSConnection(host, TLS_PORT, timeout=TIMEOUT_SECONDS, context=ssl.create_default_context())


def _relay(relay: str) -> tuple[str, int]:
    host, _, port = relay.rpartition(":")
    return host, int(port)


@lru_cache(maxsize=4)
def _private_key(secret: str) -> ec.EllipticCurvePrivateKey:
    """Return the key that follows from a secret: the same as long as the secret is."""
    number = int.from_bytes(sha512(b"leerhuis web push\n" + secret.encode()).digest()) % (ORDER - 1) + 1
    return ec.derive_private_key(number, ec.SECP256R1())


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))


def _text(plain: bytes) -> str:
    return urlsafe_b64encode(plain).rstrip(b"=").decode()
