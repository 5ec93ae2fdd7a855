"""Bringing pictures, sounds and films into a bank, and taking them out. Nothing here is about a person."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext as _

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.documents import shelf
from leerhuis.practice.actions.versions import AT_ONCE, Saved, keep_versions
from leerhuis.practice.contents import look_at
from leerhuis.practice.events import QuestionChanged
from leerhuis.practice.exchange.pictures import Picture
from leerhuis.practice.mentions import NAME
from leerhuis.practice.models import Bank, Media, Question, Version
from leerhuis.practice.queries import questions_showing
from leerhuis.practice.rules import NameTaken, NoWords, OddName, StillUsed


def add_media(bank: Bank, *, name: str, alt: str, content: bytes, by: Actor) -> Media:
    """Keep a picture, sound or film under a name, with words for whoever cannot see or hear it.

    What it is, is found in its content. The bytes are on the disk before the row. Refuses OddName, NameTaken, NoWords,
    NotTaken, TooLarge and HoldsCode.
    """
    inside_edge()
    if not NAME.fullmatch(name):
        raise OddName
    Bank.objects.select_for_update().get(pk=bank.pk)
    if Media.objects.filter(bank=bank, name=name).exists():
        raise NameTaken
    media = Media(bank=bank, name=name, alt=_words(alt))
    _fill(media, content)
    media.save()
    note("add media", media, by=by)
    return media


def change_media(media: Media, *, alt: str, content: bytes | None = None, means_else: bool = True, by: Actor) -> None:
    """Change what is said of a picture, sound or film, or put another one in its place under the same name.

    Another one is a new version of each question that shows it. `means_else` is what its author says: that these mean
    something else now, so that who had learned them has to learn them anew, or do not. In a bank with four eyes those
    in use go to review. Refuses NoWords, NotTaken, TooLarge and HoldsCode.
    """
    inside_edge()
    current = Media.objects.select_for_update(of=("self",)).select_related("bank").get(pk=media.pk)
    current.alt, before = _words(alt), current.digest
    if content:
        _fill(current, content)
    if current.digest != before:
        _show_another(current, means_else=means_else, by=by)
    current.save(update_fields=["alt", "kind", "media_type", "size", "width", "height", "digest"])
    note("change media", current, by=by, fields=["alt", "digest"] if content else ["alt"])


def remove_media(media: Media, *, by: Actor) -> None:
    """Take out what no question shows any more; its bytes go with the next sweep. Refuses StillUsed."""
    inside_edge()
    if questions_showing(media).exists():
        raise StillUsed
    note("remove media", media, by=by)
    media.delete()


def keep_pictures(bank: Bank, pictures: Iterable[Picture], *, by: Actor) -> None:
    """Keep the pictures that came with questions, by the names that the questions use; those that are there stay.

    One of which nothing says what it shows is called a picture, until an author says it. Refuses NotTaken, TooLarge
    and HoldsCode.
    """
    inside_edge()
    wanted = {picture.name: picture for picture in pictures}
    there = set(Media.objects.filter(bank=bank, name__in=wanted).values_list("name", flat=True)) if wanted else set()
    fresh = []
    with translation.override(bank.language):
        for name, picture in wanted.items():
            if name not in there:
                media = Media(bank=bank, name=name, alt=tidy(picture.alt) or _("picture"))
                _fill(media, picture.content)
                fresh.append(media)
    Media.objects.bulk_create(fresh)
    if fresh:
        note("add pictures", bank, by=by)


def _show_another(media: Media, *, means_else: bool, by: Actor) -> None:
    """Give each question that shows a picture, sound or film a version that shows another one."""
    showing = questions_showing(media).values("pk")
    questions = list(Question.objects.select_for_update().filter(pk__in=showing).order_by("id"))
    for question in questions:
        question.version += 1
        if means_else:
            question.meant_at = clock.now()
        if media.bank.four_eyes and question.is_released:
            question.state = Question.State.REVIEW
    Question.objects.bulk_update(questions, ["version", "meant_at", "state"], batch_size=AT_ONCE)
    change = Version.Change.MEANING if means_else else Version.Change.WORDS
    keep_versions(media.bank, [Saved(question, change, said_by_author=True) for question in questions], by=by)
    for question in questions:
        emit(QuestionChanged(question.id))


def _fill(media: Media, content: bytes) -> None:
    found = look_at(content)
    media.kind, media.media_type = found.kind, found.media_type
    media.width, media.height, media.size = found.width, found.height, len(content)
    media.digest = shelf.put(content)


def _words(alt: str) -> str:
    said = tidy(alt)
    if not said:
        raise NoWords
    return said
