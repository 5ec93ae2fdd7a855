"""What holds for agreements with employers, for choices of readers, and for news."""

import re
from datetime import date, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

OF_AGE: Final = 16  # who is younger consents through a parent (article 8 AVG, article 5 UAVG)
CONFIRM_WITHIN: Final = timedelta(days=7)


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


class NothingChosen(Refusal):
    """Whoever subscribes chooses what."""

    message = _("Tick at least one item: what would you like to get from us?")


class AgeNotSaid(Refusal):
    """Consent needs sixteen years, or a parent. Keeps: L2a."""

    message = _("Tick that you are 16 or older. If you are younger, fill in the e-mail address of a parent.")
    field = "of_age"


class ParentNeeded(Refusal):
    """Somebody of whom we know that they are under sixteen consents through a parent. Keeps: L2a."""

    message = _("As long as you are under 16 one of your parents has to agree. Fill in their e-mail address.")
    field = "parent_email"


class ParentIsOneself(Refusal):
    """The address of a parent is not one's own."""

    message = _("Fill in the address of your parent here, not your own.")
    field = "parent_email"


class LinkTooOld(Refusal):
    """A link to confirm works once, for a week, and not after something else was chosen."""

    message = _("This link does not work any more. Choose once more, and we send you a new one.")
    status = 410


class NotOnPaper(Refusal):
    """What the office records for somebody is found again."""

    message = _("Say where this can be found again, such as the day and time of the call or the place of the form.")
    field = "reference"


class NothingToObjectTo(Refusal):
    """One objects to a purpose that rests on our own interest."""

    message = _("You cannot object to this here. Choose one of the purposes in the list.")


class UnknownTopic(Refusal):
    """A topic that this academy does not offer."""

    message = _("Choose one of the topics in the list.")
    field = "topic"


class PicturesInNews(Refusal):
    """A picture in a mail is fetched when it is opened, and tells its owner so. Keeps: K13."""

    message = _("Leave pictures out: a mail of ours fetches nothing from elsewhere. A link to a page is fine.")
    field = "body"


class HalfInEnglish(Refusal):
    """An English text has an English subject line, and the other way round."""

    message = _("Fill in the English subject line as well as the English text, or neither of them.")
    field = "body_en"


class NewsGone(Refusal):
    """News is sent once, and not changed after that."""

    message = _("This news was sent already. Nothing was sent a second time.")


class NobodyWantsIt(Refusal):
    """News without a reader is not sent."""

    message = _("Nobody has consented to this topic yet, so there is nobody to send this to.")


class NotUnderWay(Refusal):
    """Only what is under way can be paused, stopped or go on."""

    message = _("This is no longer under way. Nothing was changed.")


def sixteenth_birthday(born: date) -> date:
    """Return the day on which somebody turns sixteen; who was born on 29 February does so on 1 March."""
    try:
        return born.replace(year=born.year + OF_AGE)
    except ValueError:
        return date(born.year + OF_AGE, 3, 1)


_PICTURE = re.compile(r"!\[")


def check_news(*, body: str, title_en: str, body_en: str) -> None:
    """Refuse PicturesInNews or HalfInEnglish."""
    if _PICTURE.search(body + body_en):
        raise PicturesInNews
    if bool(title_en) is not bool(body_en):
        raise HalfInEnglish
