"""Reading how the academy looks now."""

from dataclasses import dataclass
from typing import Protocol

from django.db.models import QuerySet

from leerhuis.appearance.models import Appearance


class Written(Protocol):
    """What the settings file says of the look."""

    @property
    def accent(self) -> str: ...  # noqa: D102 - a colour as #rrggbb
    @property
    def typeface(self) -> str: ...  # noqa: D102 - a key of `ui.colour.TYPEFACES`


@dataclass(frozen=True)
class Logo:
    """A logo as it is shown: the digest that changes with it, and its size in pixels."""

    digest: str
    width: int
    height: int


@dataclass(frozen=True)
class Style:
    """How the academy looks now: accent as #rrggbb, typeface, and its logo when it has one."""

    accent: str
    typeface: str
    logo: Logo | None


def choices() -> QuerySet[Appearance]:
    """Return what was chosen, the newest first, without the pictures themselves."""
    return Appearance.objects.defer("logo").order_by("-created_at", "-id")


def style_in_force(written: Written) -> Style:
    """Return the look that holds now: what was chosen last, over what the settings file says; one query."""
    latest = choices().first()
    if latest is None:
        return Style(written.accent, written.typeface, None)
    logo = Logo(latest.logo_digest, latest.logo_width, latest.logo_height) if latest.logo_digest else None
    return Style(latest.accent or written.accent, latest.typeface or written.typeface, logo)


def logo_in_force() -> bytes | None:
    """Return the logo that holds now as a PNG, or None."""
    latest = Appearance.objects.order_by("-created_at", "-id").first()
    return bytes(latest.logo) if latest is not None and latest.logo else None
