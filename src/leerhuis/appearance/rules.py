"""What a logo and a colour must be."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

MOST_BYTES = 512 * 1024
MOST_PIXELS = 4000
WIDEST = 8  # times as wide as high


class TooHeavy(Refusal):
    """The file of a logo is larger than we take."""

    message = _("This file is larger than 512 kB. Save the logo smaller, or as SVG.")
    field = "logo"


class NoPicture(Refusal):
    """What was sent cannot be drawn."""

    message = _("This is not a PNG or SVG picture that can be drawn. Save the logo again as PNG or plain SVG.")
    field = "logo"


class OddShape(Refusal):
    """A logo that no header has room for."""

    message = _("This picture is too large, or much too wide or high. Cut off the empty space around the logo.")
    field = "logo"


class NothingToUndo(Refusal):
    """There is no choice before this one."""

    message = _("There is nothing to undo: this is how the academy began.")
