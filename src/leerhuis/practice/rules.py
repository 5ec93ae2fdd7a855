"""What holds in practice: who may practise what, and what cannot be done."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Content,
    Hotspot,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Statement,
    gaps_in,
)
from leerhuis.practice.models import Access, Card, Question, Round
from leerhuis.practice.places import is_drawable

STALE_AFTER = timedelta(hours=24)
LONGEST_PLAN = timedelta(days=3 * 365)


class NoAccess(Refusal):
    """Somebody wants to practise a bank that is not open to them, or no longer."""

    status = 404
    message = _("This practice is not open to you, or no longer. Ask the academy if you think it should be.")


class NothingToAsk(Refusal):
    """A round of a bank without questions in use."""

    message = _("There are no questions here yet. Look again later.")


class RoundOver(Refusal):
    """An answer to a round that has ended."""

    message = _("This round has ended. Your earlier answers are kept. Begin a new round.")


class NotInRound(Refusal):
    """An answer to a question that this round does not ask, or that was withdrawn meanwhile."""

    message = _("This question is no longer part of this round. Go on with the next one.")


class MetBefore(Refusal):
    """Somebody wants to look first at the answer to a question that they have met."""

    message = _("You have met this question before. Try it; nothing depends on it, and the answer follows at once.")


class NotBetter(Refusal):
    """Somebody wants to schedule by a fit that predicts no better than the default."""

    message = _("This fit does not predict better than FSRS as delivered, so it is not used. Fit again later.")


class OddExam(Refusal):
    """An exam in the past, or beyond what can be planned."""

    message = _("Choose a day from today on, at most three years from now, or leave it empty.")
    field = "exam_on"


class NoAnswer(Refusal):
    """Nothing was chosen or typed."""

    message = _("Give an answer first. Nothing was counted.")


class TitleTaken(Refusal):
    """A bank with this title is there already."""

    message = _("There is already a question bank with this title. Open that one, or choose another title.")
    field = "title"


class ChangedMeanwhile(Refusal):
    """Somebody else saved this question while it was being edited."""

    message = _("Somebody else changed this question meanwhile. Your words are kept. Save again to put them in place.")


class NotAuthor(Refusal):
    """Somebody wants to write in a bank that has named authors, and is not one of them."""

    status = 403
    message = _("This bank has its own authors. Ask one of them, or an administrator, to name you as an author.")


class OwnWork(Refusal):
    """The last writer wants to release a question of a bank in which somebody else does."""

    message = _("You wrote this last. In this bank another author releases a question; send it to review.")


class SourceEnded(Refusal):
    """A question that was never in use since its source ended cannot be taken into use as if it still held."""

    message = _(
        "The source it rests on no longer holds. Let the question rest on another one, or say of the source until when "
        "it holds."
    )


class StateMoved(Refusal):
    """A step that the question, as it stands now, does not take."""

    message = _("The question was changed meanwhile, so this was not done. Look at it again.")


class NoSuchVersion(Refusal):
    """A version that the question never had, or the one it has."""

    message = _("There is nothing to go back to: the question says this already.")


class NoRightAnswer(Refusal):
    """A question without any right answer, or with too little to choose from."""

    message = _("Nobody could answer this rightly. Mark at least one answer as right, and leave something to choose.")


class GapsDiffer(Refusal):
    """A text with gaps whose marks do not fit the gaps."""

    message = _("Mark each gap once in the text: [[1]] for the first gap below, [[2]] for the second, and so on.")


class NotTaken(Refusal):
    """A file that is no picture, sound or film of a kind that browsers show, or a broken one."""

    message = _("We take pictures (PNG, JPEG, GIF, WebP, SVG), sound (MP3, M4A, Ogg, WAV) and film (MP4, WebM).")
    field = "file"


class TooLarge(Refusal):
    """A file that a phone should not have to fetch."""

    message = _("This file is too large: a picture may have 5 MB and 8,000 pixels, sound and film 10 MB.")
    field = "file"


class HoldsCode(Refusal):
    """A drawing in which something runs or is fetched from elsewhere."""

    message = _("This drawing (SVG) holds a script, or fetches something. Save it as plain SVG, or as PNG.")
    field = "file"


class NoWords(Refusal):
    """A picture that says nothing to whoever does not see it."""

    message = _("Say in words what the picture shows, or what is said in it, for whoever cannot see or hear it.")
    field = "alt"


class NameTaken(Refusal):
    """Two pictures of one bank with the same name."""

    message = _("This bank already has a file of this name. Choose another name, or replace that file.")
    field = "name"


class OddName(Refusal):
    """A name by which a text could not call a picture."""

    message = _("Use small letters, figures, points and dashes for the name, such as lock-1.png.")
    field = "name"


class StillUsed(Refusal):
    """A picture or source that questions still use."""

    message = _("Questions still use this. Change those first; the list below shows which.")


class ObjectiveTaken(Refusal):
    """Two learning goals of one bank in the same words."""

    message = _("This bank already has a learning goal in these words. Choose other words.")
    field = "title"


class SourceTaken(Refusal):
    """Two sources of one name."""

    message = _("There is already a source with this name. Open that one, or choose another name.")
    field = "name"


class NothingTaken(Refusal):
    """An import of which no item can be used."""

    message = _("Nothing in this text can be brought in. The list below says why, item by item.")


class NeverThen(Refusal):
    """Somebody wants to be reminded at an hour of work, on working days alone, and not at work."""

    message = _(
        "At this hour on these days you are at work, so no reminder would ever come. Choose another hour or day, or "
        "tick that it may come in working hours."
    )
    field = "hour"


class NoPushService(Refusal):
    """An address for notifications that belongs to no push service we know: nothing is ever sent there."""

    message = _("Your browser gets its notifications in a way that we do not know. A reminder by e-mail is possible.")


class NotAskedFor(Refusal):
    """A device is to get notifications of somebody who did not say that they want any."""

    message = _("Tick first that you want a notification, and save that. Then switch it on here.")


class TooManyDevices(Refusal):
    """More devices than anybody reads notifications on."""

    message = _("Ten devices get notifications already. Take one off first.")


class NothingToTry(Refusal):
    """Somebody wants a trial, and no way to bring it is open."""

    message = _("There is no way yet to bring you a trial: choose a notification or an e-mail first.")


class ReportsOff(Refusal):
    """A fault of the app is reported for somebody who did not switch that on. Nothing is kept. Keeps: L7."""

    status = 403
    message = _("Reports of faults are not switched on for you, so nothing was kept.")


class NotTogether(Refusal):
    """Somebody wants to take part in the challenge of an organisation who does not work there, or sees others' data."""

    status = 403
    message = _("You cannot take part in this challenge. It is for employees, and not for contacts, trainers or staff.")


class NicknameTaken(Refusal):
    """Two players of one organisation with the same nickname."""

    message = _("Somebody at your organisation has this nickname already. Choose another one.")
    field = "nickname"


class OwnName(Refusal):
    """A nickname that says who one is."""

    message = _("Choose a nickname that does not hold your own name, so that nobody knows it is you.")
    field = "nickname"


class OddNickname(Refusal):
    """A nickname that is too short, too long or no word."""

    message = _("A nickname has two to twenty letters and figures, with spaces or dashes between them if you like.")
    field = "nickname"


def has_ended(valid_until: date | None, today: date) -> bool:
    """True for a source of which the last day is past."""
    return valid_until is not None and valid_until < today


def has_changed_since(card: Card | None, question: Question) -> bool:
    """True when a question came to mean something else after the person last answered it."""
    return card is not None and question.meant_at is not None and card.last_review < question.meant_at


def can_be_planned(exam_on: date, today: date) -> bool:
    """True for the day of an exam that lies ahead, within three years."""
    return today <= exam_on <= today + LONGEST_PLAN


def is_open(access: Access, at: datetime) -> bool:
    """True while the person may practise the bank."""
    return access.until > at


def is_stale(left_open: Round, at: datetime) -> bool:
    """True for a round that was left open so long ago that its questions no longer fit."""
    return left_open.created_at + STALE_AFTER < at


def marks_fit(stem: str, content: Content) -> bool:
    """True when a text with gaps marks each of its gaps just once; for other kinds always."""
    return not isinstance(content, Cloze) or sorted(gaps_in(stem)) == list(range(1, len(content.gaps) + 1))


def can_be_right(content: Content) -> bool:  # noqa: PLR0911 - one a kind
    """True when a question leaves something to choose and has an answer that counts as right."""
    match content:
        case Choices(options):
            return len(options) > 1 and any(option.share >= 1 for option in options)
        case ShortText(forms):
            return any(form.share >= 1 for form in forms)
        case Numbers(spans):
            return any(span.share >= 1 for span in spans)
        case Pairs(matches):
            return len(matches) > 1
        case Ordering(items):
            return len(items) > 1
        case Cloze(gaps):
            return bool(gaps) and all(can_be_right(gap) for gap in gaps)
        case Hotspot(picture, areas, named):
            right = any(area.share >= 1 for area in areas)
            return bool(picture) and right and all(map(is_drawable, areas)) and (len(areas) > 1 or not named)
        case Statement():
            return True
        case OpenText(model):
            return bool(model.text)
