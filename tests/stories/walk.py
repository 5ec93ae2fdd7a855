"""Finding every page: from where each role begins, along every link, so that a new page that is linked is looked at.

Nothing here needs a browser: pages are asked for by themselves, with the cookies of a window that signed in.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.client import HTTPConnection
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

TRIED_OF_ONE_ROUTE = 15  # pages of one address that are asked for: what leads on may stand on one thing only
LINKS = {"a": "href", "form": "action"}
ASKED = ("hx-get", "data-href")


class _Reader(HTMLParser):
    """Takes from a page where it leads to."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        link = held.get(LINKS[tag]) if tag in LINKS else None
        if link and (tag == "a" or (held.get("method") or "get").lower() == "get"):
            self.links.append(link)
        self.links += [each for name in ASKED if (each := held.get(name))]


@dataclass(frozen=True)
class Seen:
    """A page as it was served: whose it is, at which address, of which route."""

    role: str
    path: str
    route: str
    status: int
    text: str


@dataclass
class Walk:
    """One walk along the links of a host in one role.

    `reached` are the routes that answered, pages or not; `outward` the links that lead to other hosts.
    """

    port: int
    host: str
    role: str
    cookies: dict[str, str]
    language: str = "nl"
    urls: str = "leerhuis.config.urls"
    reached: set[str] = field(default_factory=set)
    outward: list[str] = field(default_factory=list)
    _asked: dict[str, int] = field(default_factory=dict)
    _known: set[str] = field(default_factory=set)

    def pages(self, starts: Iterable[str], links: Iterable[str] = ()) -> Iterator[Seen]:
        """Yield the pages that can be reached from some addresses and links: every start, and one of each route."""
        always, routes = set(starts), set[str]()
        self._known |= always
        waiting = [*starts, *(path for each in links if (path := self._own_path("/", each)))]
        while waiting:
            path = waiting.pop(0)
            page, leads_to = self._ask(path)
            found = [link for each in leads_to if (link := self._own_path(path, each))]
            waiting = waiting + found if page else found + waiting
            if page and (path in always or page.route not in routes):
                routes.add(page.route)
                yield page

    def _own_path(self, base: str, link: str) -> str | None:
        """Return the address on this host that a link leads to, once, and not too many of one route; else None."""
        parts = urlsplit(urljoin(f"http://{self.host}{base}", link))
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        if parts.scheme in {"http", "https"} and parts.hostname != self.host:
            self.outward.append(link)
            return None
        if parts.scheme not in {"http", "https"} or path in self._known:
            return None
        route = self.route_of(path)
        if route is None or self._asked.get(route, 0) >= TRIED_OF_ONE_ROUTE:
            return None
        self._known.add(path)
        self._asked[route] = self._asked.get(route, 0) + 1
        return path

    def _ask(self, path: str) -> tuple[Seen | None, list[str]]:
        wire = HTTPConnection("127.0.0.1", self.port, timeout=60)
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        wire.request(
            "GET",
            path,
            headers={"Host": f"{self.host}:{self.port}", "Cookie": cookies, "Accept-Language": self.language},
        )
        answer = wire.getresponse()
        text = answer.read().decode("utf-8", "replace")
        wire.close()
        route = self.route_of(path) or path
        if answer.status < 400:
            self.reached.add(route)
        if 300 <= answer.status < 400:
            return None, [answer.getheader("Location") or path]
        if "text/html" not in (answer.getheader("Content-Type") or ""):
            return None, []
        reader = _Reader()
        reader.feed(text)
        if not text.lstrip().lower().startswith("<!doctype"):  # a part of a page, shown in one
            return None, reader.links
        return Seen(self.role, path, route, answer.status, text), reader.links

    def route_of(self, path: str) -> str | None:
        """Return the name of the route that answers an address, or None."""
        try:
            return resolve(path.partition("?")[0], self.urls).url_name
        except Resolver404:
            return None
