"""What cannot be done with views and with many rows at once."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

MOST_AT_ONCE = 500
UNDO_MINUTES = 60


class NamelessView(Refusal):
    """A view needs a name to be found again."""

    message = _("Give the view a name.")
    field = "name"


class NotYourView(Refusal):
    """A view of a colleague is read, not changed."""

    message = _("Only who made this view can change it. Save it under a new name to have one of your own.")


class TooLate(Refusal):
    """What was done to many rows can be taken back for an hour, once."""

    message = _("This cannot be taken back any more: it was done over an hour ago, or taken back already.")
