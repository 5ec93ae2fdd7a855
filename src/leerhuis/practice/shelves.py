"""The pictures, sounds and films of one bank by their names, as the texts of its questions show them."""

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString

from leerhuis.practice.models import Media

PAGES = "practice_media"
SHORT = 16  # letters of a digest in an address, which changes when the content does


@dataclass(frozen=True)
class Shelf:
    """What one bank has; asked of the database only when a text mentions something.

    `route`: by which route it is fetched, on a page or by an app.
    """

    bank_id: UUID
    route: str = PAGES

    @cached_property
    def named(self) -> dict[str, Media]:
        """Return what there is, by name."""
        return {media.name: media for media in Media.objects.filter(bank_id=self.bank_id)}

    def shown(self, name: str, alt: str = "") -> SafeString | None:
        """Return a picture, or the means to play a sound or film, as HTML; None when there is none of that name.

        What the text says it shows goes before what was said when it was brought in.
        """
        media = self.named.get(name)
        if media is None:
            return None
        address, words = address_of(media, self.route), alt.strip() or media.alt
        if media.kind == Media.Kind.PICTURE:
            size = (media.width, media.height)
            return format_html('<img class="media" src="{}" alt="{}" width="{}" height="{}">', address, words, *size)
        if media.kind == Media.Kind.SOUND:
            return format_html(
                '<audio class="media" controls preload="metadata" src="{}" aria-label="{}"></audio>', address, words
            )
        return format_html(
            '<video class="media" controls playsinline preload="metadata" src="{}" aria-label="{}"></video>',
            address,
            words,
        )


def address_of(media: Media, route: str = PAGES) -> str:
    """Return where a browser or an app finds it; another content has another address."""
    return reverse(route, args=[media.bank_id, media.digest[:SHORT], media.name])
