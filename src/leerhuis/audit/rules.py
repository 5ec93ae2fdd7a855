"""What may leave the house: to whom, under which rule, and the refusals of the outlet."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal
from leerhuis.charter.declarations import Basis, Recipient


class NotDeclared(Refusal):
    """Nobody declared that these data may go there for this purpose: a gap in the program, so nothing leaves."""

    message = _(
        "These data may not leave: to whom they go, or what for, is not in the privacy statement. Nothing was sent."
    )


class NotRegistered(Refusal):
    """The firm to which data would go stands in no register."""

    message = _(
        "These data may not leave: no company that does this stands in the register of suppliers. The privacy officer "
        "enters it under Privacy, Suppliers."
    )


class ConsentMissing(Refusal):
    """Somebody whose data would go out did not consent, and the academy or the law asks for it."""

    message = _(
        "These data may not leave: not everybody whom they concern gave consent. Ask for it first, or leave out those "
        "who did not."
    )


class Unprotected(Refusal):
    """Data would go over a network in the open."""

    message = _(
        "These data may not leave: the connection is not secured. The operator switches TLS on. Nothing was sent."
    )


def needs_consent(recipient: Recipient, *, ask_first: bool) -> bool:
    """Whether each person must have consented before their data go to somebody else.

    What the law asks goes without. What the agreement needs goes without too (L24), unless the academy chose the
    stricter rule (K8, `ask_first`) and the person does not know of it beforehand. Anything else needs consent.
    """
    if recipient.basis is Basis.LAW:
        return False
    if recipient.basis is Basis.CONTRACT:
        return ask_first and not recipient.knowingly
    return True
