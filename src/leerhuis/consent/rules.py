"""What holds for agreements with employers."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal


class NothingShared(Refusal):
    """An agreement that shares nothing is no agreement."""

    message = _("Tick at least one item. If nothing may be shared any more, end the agreement instead.")


class NotWrittenDown(Refusal):
    """An agreement must be found again on paper."""

    message = _("Say where this was agreed, such as the number of the contract and the page.")
    field = "reference"


class NoGroundForResult(Refusal):
    """A result is shared on a ground of its own only. Keeps: K6."""

    message = _("Say why the employer may see the result, such as a legal duty or a diploma that the job asks for.")
    field = "result_ground"


class EndedBefore(Refusal):
    """An agreement ends once."""

    message = _("This agreement had ended already. Nothing was changed.")


def check_agreement(*, attendance: bool, progress: bool, result: bool, result_ground: str, reference: str) -> None:
    """Refuse NothingShared, NotWrittenDown or NoGroundForResult when what was agreed cannot stand."""
    if not (attendance or progress or result):
        raise NothingShared
    if not reference:
        raise NotWrittenDown
    if result and not result_ground:
        raise NoGroundForResult
