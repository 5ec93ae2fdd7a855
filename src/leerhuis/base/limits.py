"""How often one may try: counts per account and per network that outlive the request in which they were made.

The counts stand in the table of Django's database cache, in the shared schema, and are reached over a connection of
their own: a request that is taken back does not take back that it was tried. A key is a keyed hash, so that neither an
address nor an e-mail address can be read from the table. Every statement counts and reads at once, so two at the same
time do not slip through together.

A view says ``@limited("invitation")`` or, where only a wrong try should count, ``with guess(request, "sign_in",
account=address) as this: …; this.was_right()``. The gate answers `Limited` with 429 and a time to try again.
"""

import ipaddress
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final

from django.conf import settings
from django.db import connections
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from leerhuis.base.edge import current_academy
from leerhuis.base.refusals import Refusal

ALIAS: Final = "limits"  # the connection; the table is `tally`
WRONG_PER_ACCOUNT: Final = 10
QUIET_SECONDS: Final = 15 * 60  # after so much silence the count of an account starts anew; also the first wait
LONGEST_WAIT: Final = 24 * 3600
REMEMBERED: Final = 2 * LONGEST_WAIT  # how long an earlier wait makes the next one longer
PER_NETWORK: Final = 100
CROWD: Final = 1000  # a network's tries at a door where nothing is guessed: a company or a provider is one network
NETWORK_SECONDS: Final = 3600
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
GONE: Final = 410
View = Callable[..., HttpResponseBase]


class Limited(Refusal):
    """Too many tries from a network or at an account; `seconds` until the next one is looked at (429)."""

    status = 429
    message = _("This was tried too often. Wait a quarter of an hour, and then try again.")

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, round(seconds + 0.5))


class LimitsRouter:
    """Sends Django's database cache over the connection of its own."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        """Return the alias for the cache's table, nothing for all others."""
        return ALIAS if model._meta.app_label == "django_cache" else None

    db_for_write = db_for_read


@dataclass
class Guess:
    """One try that is being looked at; a right one is not counted."""

    right: bool = False

    def was_right(self) -> None:
        """Say that this try was right: it is taken off the count of the network, and the account's count ends."""
        self.right = True


def client_address(request: HttpRequest) -> str:
    """Return from which address a request came, as the trusted proxies before us saw it.

    Each of the `TRUSTED_PROXIES` adds one entry to the right of X-Forwarded-For; what stands further left was written
    by the sender and is not believed. A header with fewer entries did not pass our proxies and is left aside.
    """
    nearest = str(request.META.get("REMOTE_ADDR", ""))
    if settings.TRUSTED_PROXIES:
        seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
        if len(seen) >= settings.TRUSTED_PROXIES:
            return str(seen[-settings.TRUSTED_PROXIES])
    return nearest


def network_of(request: HttpRequest) -> str:
    """Return the network that is counted: the /24 of an IPv4 address, the /64 of an IPv6 one."""
    try:
        address = ipaddress.ip_address(client_address(request).strip("[]").partition("%")[0])
    except ValueError:
        return "unknown"
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    size = 24 if address.version == 4 else 64  # noqa: PLR2004 - the version of the protocol
    return str(ipaddress.ip_network(f"{address}/{size}", strict=False))


def keyed(key: str, prefix: str = "", version: int = 1) -> str:
    """Return a key as it stands in the table: a hash that only who holds the house's secret can make."""
    academy = current_academy().schema_name
    words = "\n".join((academy, prefix, str(version), key))
    return salted_hmac("leerhuis.base.limits", words, algorithm="sha256").hexdigest()


@contextmanager
def guess(
    request: HttpRequest, door: str, *, account: str = "", most: int = WRONG_PER_ACCOUNT, crowd: int = PER_NETWORK
) -> Iterator[Guess]:
    """Count a try at a door before it is looked at, and take it off again when it was right.

    `account` is whose secret is guessed (an address, an id); empty where nobody is named. Raises Limited without
    looking once a network made `crowd` tries within an hour, or an account saw `most` wrong ones without a quarter
    of an hour of rest: then it waits 15 minutes, the next time twice as long, up to a day.
    """
    network = keyed(f"{door}:network:{network_of(request)}")
    _count_network(network, crowd)
    if account:
        _count_account(_keys(door, account), most)
    this = Guess()
    yield this
    if this.right:
        _take_off_network(network)
        _forget(_keys(door, account)[:1])


def count(request: HttpRequest, door: str, *, account: str = "", most: int = WRONG_PER_ACCOUNT) -> None:
    """Count a try that costs something whether it is right or not (a mail, an account). Raises Limited like `guess`."""
    with guess(request, door, account=account, most=most):
        pass


def count_calls(door: str, account: str, most: int) -> None:
    """Count a call of a program for its account alone: nothing is guessed, and a class shares one network.

    Raises Limited once there were `most` without a quarter of an hour of rest.
    """
    _count_account(_keys(door, account), most)


def forgive(door: str, account: str) -> None:
    """End an account's count and wait: its owner proved who they are in another way."""
    _forget(_keys(door, account))


def take_once(name: str, seconds: int) -> bool:
    """Return True for the first who takes a name within so many seconds, and False for everyone after."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_TAKE, {"key": keyed(f"once:{name}"), "seconds": seconds})
        return cursor.fetchone() is not None


def limited(door: str, *, reads: bool = False, crowd: int = PER_NETWORK) -> Callable[[View], View]:
    """Limit a view per network to `crowd` an hour: its unsafe requests, or with `reads` wrong links (404 and 410)."""

    def around(view: View) -> View:
        @wraps(view)
        def held(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not reads and request.method in SAFE:
                return view(request, *args, **kwargs)
            wrong: Http404 | None = None
            with guess(request, door, crowd=crowd) as this:
                try:
                    answer = view(request, *args, **kwargs)
                except Http404 as gone:
                    wrong = gone
                else:
                    if reads and answer.status_code != GONE:
                        this.was_right()
            if wrong is not None:
                raise wrong
            return answer

        return held

    return around


def sweep_expired() -> int:
    """Remove counts that have run out; return how many."""
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_SWEEP)
        return int(cursor.rowcount)


def _count_network(key: str, most: int) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_LOG, {"key": key, "most": most, "seconds": NETWORK_SECONDS})
        tries, wait = cursor.fetchone()
    if tries > most:
        raise Limited(wait)


def _take_off_network(key: str) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_LOG_LESS, {"key": key})


def _keys(door: str, account: str) -> list[str]:
    """Return the keys of an account's tries, and of how often it had to wait before."""
    return [keyed(f"{door}:{kind}:{account.strip().lower()}") for kind in ("account", "waits")]


def _count_account(keys: list[str], most: int) -> None:
    tries_key, waits_key = keys
    with connections[ALIAS].cursor() as cursor:
        cursor.execute(_COUNT, {"key": tries_key, "most": most, "seconds": QUIET_SECONDS})
        tries, wait = cursor.fetchone()
        if tries == most + 1:  # exactly one try of each row of tries is this one
            cursor.execute(_COUNT, {"key": waits_key, "most": PER_NETWORK, "seconds": REMEMBERED})
            waits, _left = cursor.fetchone()
            wait = min(QUIET_SECONDS * 2 ** (waits - 1), LONGEST_WAIT)
            cursor.execute(_WAIT, {"key": tries_key, "seconds": wait})
    if tries > most:
        raise Limited(wait)


def _forget(keys: list[str]) -> None:
    with connections[ALIAS].cursor() as cursor:
        cursor.execute("DELETE FROM tally WHERE cache_key = ANY(%s)", [keys])


# The number of tries without a rest; beyond `most` the rest is a wait that further tries do not lengthen.
_COUNT = """
INSERT INTO tally AS l (cache_key, value, expires)
VALUES (%(key)s, '1', clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (cache_key) DO UPDATE SET
  value = CASE WHEN l.expires <= clock_timestamp() THEN '1' ELSE (l.value::int + 1)::text END,
  expires = CASE WHEN l.expires > clock_timestamp() AND l.value::int >= %(most)s THEN l.expires
                 ELSE clock_timestamp() + make_interval(secs => %(seconds)s) END
RETURNING value::int, extract(epoch FROM expires - clock_timestamp())::float
"""
_WAIT = "UPDATE tally SET expires = clock_timestamp() + make_interval(secs => %(seconds)s) WHERE cache_key = %(key)s"
# The moments of the tries within the last hour; a refused try stands behind them as NULL and is gone with the next
# one, so that whoever keeps on knocking does not keep others out for longer.
_LOG = """
INSERT INTO tally AS l (cache_key, value, expires)
VALUES (%(key)s, ARRAY[extract(epoch FROM clock_timestamp())::bigint]::text,
        clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (cache_key) DO UPDATE SET
  value = (SELECT (moments || CASE WHEN cardinality(moments) < %(most)s
                                   THEN extract(epoch FROM clock_timestamp())::bigint END)::text
           FROM (SELECT ARRAY(SELECT moment FROM unnest(l.value::bigint[]) moment
                              WHERE moment > extract(epoch FROM clock_timestamp()) - %(seconds)s
                              ORDER BY moment) AS moments) recent),
  expires = clock_timestamp() + make_interval(secs => %(seconds)s)
RETURNING cardinality(value::bigint[]),
          ((value::bigint[])[1] + %(seconds)s - extract(epoch FROM clock_timestamp()))::float
"""
_LOG_LESS = """
UPDATE tally SET value = trim_array(array_remove(value::bigint[], NULL), 1)::text
WHERE cache_key = %(key)s AND cardinality(array_remove(value::bigint[], NULL)) > 0
"""
_TAKE = """
INSERT INTO tally AS l (cache_key, value, expires)
VALUES (%(key)s, '1', clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (cache_key) DO UPDATE SET expires = excluded.expires WHERE l.expires <= clock_timestamp()
RETURNING 1
"""
_SWEEP = "DELETE FROM tally WHERE expires <= clock_timestamp()"
