"""The cards of the public list of courses, each written once for as long as what it shows stays the same.

A card is worked out from its face alone. So equal faces give equal HTML, nothing has to be thrown away when a course
or its seats change, and nobody's data are in it.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from leerhuis.catalogue.queries import in_words
from leerhuis.website.queries import FEW, Card

_KEPT: Final = 2_000  # faces: some 3 MB


@dataclass(frozen=True)
class Face:
    """All that a card shows. `foreign` is the language of the title when it is not that of the page.

    The last four are of the next run; without one `day` is None.
    """

    language: str
    slug: str
    title: str
    foreign: str
    summary: str
    hours: Decimal
    points: Decimal | None
    has_practice: bool
    price: Decimal | None
    vat: str
    day: date | None = None
    where: str = ""
    more: int = 0
    seats_left: int = 0


def face_of(card: Card, *, with_practice: bool) -> Face:
    """Return what the card of a course shows in the language of the page."""
    course, run = card.course, card.run
    language = "en" if (get_language() or "nl").startswith("en") else "nl"
    face = Face(
        language=language,
        slug=course.slug,
        title=course.title_in(language),
        foreign=course.language if language == "en" and not course.title_en and course.language == "nl" else "",
        summary=course.summary_in(language),
        hours=course.hours,
        points=course.points,
        has_practice=with_practice and course.has_practice,  # type: ignore[attr-defined]  # annotated
        price=run.price if run else course.price,
        vat=course.vat,
    )
    if run is None:
        return face
    return replace(face, day=run.first_day, where=in_words(run.cities), more=run.dates - 1, seats_left=run.seats_left)


@lru_cache(maxsize=_KEPT)
def card_html(face: Face) -> SafeString:
    """Return a card as HTML; the language of the page is that of the face."""
    return render_to_string("website/_course_card.html", {"face": face, "few": FEW})
