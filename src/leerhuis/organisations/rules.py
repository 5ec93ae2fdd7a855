"""What holds for organisations."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal


class NameTaken(Refusal):
    """There is an organisation with this name already."""

    message = _("There is already an organisation with this name. Open that one, or add a place to the name.")
    field = "name"


class NobodyListed(Refusal):
    """A list without people."""

    message = _("There is nobody on this list. Below the names of the columns comes one person per line.")


class OrganisationLeaves(Refusal):
    """An organisation that is under notice, or was removed, begins nothing new. Keeps: L20."""

    message = _(
        "This organisation is about to be removed, so nothing new can begin for it. What runs goes on. Was it a "
        "mistake? The privacy officer or the administrator can call the removal off."
    )


class LinesUnread(Refusal):
    """A list is entered whole or not at all."""

    message = _("Some lines cannot be read. Correct them first; until then nobody is entered.")


class NothingToTakeBack(Refusal):
    """Those who were entered are gone already, or are not of this list."""

    message = _("There is nothing to take back any more.")


class NotSelfService(Refusal):
    """The academy keeps who belongs to this organisation itself."""

    message = _("For this organisation we keep ourselves who works there. Ask us to add or end somebody.")


class InvitationEnded(Refusal):
    """An invitation that was answered, withdrawn or is too old."""

    message = _("This invitation was answered or withdrawn, or it is too old. Ask for a new one.")


class LastContact(Refusal):
    """An organisation that keeps its own people needs somebody to do so."""

    message = _("You cannot end your own part. Ask another contact, or us.")
