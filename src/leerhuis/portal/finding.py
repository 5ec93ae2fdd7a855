"""The one search box: what the packages declared that can be found, and the pages of the menu, within rights."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from django.urls import resolve, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerhuis.base.search import Hit, by_index, folded, words_in
from leerhuis.catalogue.queries import search_courses, search_runs
from leerhuis.charter.audiences import Audience
from leerhuis.charter.declarations import Search
from leerhuis.charter.register import declared
from leerhuis.charter.routes import audience_of
from leerhuis.enrolment.queries import search_enrolments
from leerhuis.mail.queries import search_messages
from leerhuis.organisations.queries import search_organisations, search_organisations_forgiving
from leerhuis.people.gate import Viewer
from leerhuis.people.queries import search_people, search_people_forgiving
from leerhuis.portal.navigation import shortcuts
from leerhuis.results.queries import search_certificates

Query = Callable[[Viewer, str, int], list[Hit]]
QUERIES: dict[str, Query] = {  # what the declarations name
    "people.queries.search_people": search_people,
    "organisations.queries.search_organisations": search_organisations,
    "catalogue.queries.search_runs": search_runs,
    "catalogue.queries.search_courses": search_courses,
    "enrolment.queries.search_enrolments": search_enrolments,
    "results.queries.search_certificates": search_certificates,
    "mail.queries.search_messages": search_messages,
}
FORGIVING: dict[str, Query] = {  # what is asked when nothing answers
    "people.queries.search_people": search_people_forgiving,
    "organisations.queries.search_organisations": search_organisations_forgiving,
}
NOBODY = UUID(int=0)  # stands in an address that is only asked whom it is for
IN_DIALOG, ON_PAGE = 6, 25


@dataclass(frozen=True)
class Line:
    """Something that was found: how it is called, what tells it from others, and where it is."""

    title: str
    under: str
    url: str


@dataclass(frozen=True)
class Group:
    """What was found of one kind; `purpose` and `subjects` say at whose data this is a look."""

    key: str
    words: str
    sign: str
    lines: list[Line]
    purpose: str = ""
    subjects: tuple[UUID, ...] = ()


def search(viewer: Viewer, text: str, limit: int) -> list[Group]:
    """Return what a viewer finds with what they typed, kind by kind; each kind takes a fixed number of queries.

    A kind whose page the viewer may not enter is not asked, so nobody finds what they could not open. Small errors
    are forgiven when nothing answers.
    """
    if not words_in(text):
        return []
    sources = sources_for(viewer)
    with by_index():
        found = _asked(QUERIES, sources, viewer, text, limit) or _asked(FORGIVING, sources, viewer, text, limit)
    return [group for group in (pages(viewer, text), *found) if group.lines]


def _asked(queries: dict[str, Query], sources: list[Search], viewer: Viewer, text: str, limit: int) -> list[Group]:
    """Return what these queries find, kind by kind, without the kinds of which they find nothing."""
    spoken = "en" if (get_language() or "nl").startswith("en") else "nl"
    groups = []
    for source in sources:
        hits = queries[source.query](viewer, text, limit) if source.query in queries else ()
        lines = [Line(hit.title, hit.under, reverse(source.page, args=[hit.id])) for hit in hits]
        subjects = tuple(hit.subject for hit in hits if hit.subject)
        key, words = source.key.removesuffix("_found"), getattr(source, spoken)
        groups.append(Group(key, words, source.sign, lines, source.purpose, subjects))
    return [group for group in groups if group.lines]


def sources_for(viewer: Viewer) -> list[Search]:
    """Return the kinds that a viewer may search: those whose pages they may enter, in the order of their place."""
    found = [source for _declared, source in declared(Search) if _may_open(viewer, source.page)]
    return sorted(found, key=lambda source: source.place)


def _may_open(viewer: Viewer, page: str) -> bool:
    audience = _audience_of(page)
    return audience is not None and viewer.may_enter(audience)


@cache
def _audience_of(page: str) -> Audience | None:
    """Return whom a page that leads to one row is for: it never changes while the program runs."""
    match = resolve(reverse(page, args=[NOBODY]))
    return audience_of(match.func, match.url_name)


def pages(viewer: Viewer, text: str) -> Group:
    """Return the pages of the menu, and what can be begun, whose words begin with each word that was typed."""
    typed = words_in(text)
    lines = []
    for place in shortcuts(viewer):
        words = folded(f"{place.label} {place.found_by}").split()
        if all(any(word.startswith(each) for word in words) for each in typed):
            lines.append(Line(str(place.label), "", reverse(place.route)))
    return Group("pages", _("Pages"), "layout-dashboard", lines)
