"""What stands at the head of all paper: the academy's mark and name."""

from html import escape

from django.utils.translation import gettext as _

from leerhuis.academies.settings import AcademySettings
from leerhuis.appearance.queries import logo_in_force, style_in_force
from leerhuis.ui.colour import readable


def letterhead(settings: AcademySettings) -> dict[str, str | int | list[int]]:
    """Return the academy as templates of the press know it: names, initials, and its colour as it is read on white.

    The colour is that of the site's light scheme, dark enough for text on white and for white on it (4.5 : 1). `logo`
    is a PNG as numbers, empty when the academy has none; then its initials stand on its colour.
    """
    style = style_in_force(settings.look)
    name = settings.controller.trade_name
    initials = (settings.look.initials or name[:1]).upper()[:3]
    return {
        "name": name,
        "legal_name": settings.controller.legal_name,
        "initials": escape(initials),  # it is drawn as SVG
        "initials_size": (62, 48, 36)[len(initials) - 1],
        "accent": readable(style.accent, "#ffffff"),
        "logo": list((logo_in_force() if style.logo else None) or b""),
        "mark_words": _("Mark of %(academy)s") % {"academy": name},
    }
