"""What holds for organisations."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal


class NameTaken(Refusal):
    """There is an organisation with this name already."""

    message = _("There is already an organisation with this name. Open that one, or add a place to the name.")
    field = "name"
