"""What may not be published as conditions, and why."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal


class NoText(Refusal):
    """Conditions without a text bind nobody."""

    message = _("Write the conditions in at least one language.")
    field = "nl"


class NotBackwards(Refusal):
    """Conditions never hold for what was agreed before they were there."""

    message = _("Choose today or a later day: what was agreed before stands under the earlier version.")
    field = "since"


class SameText(Refusal):
    """What holds already is not published again."""

    message = _("This is exactly the version that holds already. Nothing was changed.")
