"""What stands at the head of all paper: the academy's mark and name."""

from django.utils.translation import gettext as _

from leerhuis.academies.settings import AcademySettings
from leerhuis.ui.colour import contrast


def letterhead(settings: AcademySettings) -> dict[str, str | int]:
    """Return the academy as templates of the press know it: names, initials, and colours that can be read."""
    name = settings.controller.trade_name
    initials = (settings.look.initials or name[:1]).upper()[:3]
    return {
        "name": name,
        "legal_name": settings.controller.legal_name,
        "initials": initials,
        "initials_size": (62, 48, 36)[len(initials) - 1],
        "accent": settings.look.accent,
        "on_accent": _ink_on(settings.look.accent),
        "mark_words": _("Mark of %(academy)s") % {"academy": name},
    }


def _ink_on(colour: str) -> str:
    """Return white or black, whichever is easier to read on a colour."""
    return max(("#ffffff", "#000000"), key=lambda ink: contrast(ink, colour))
