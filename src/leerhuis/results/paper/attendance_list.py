"""The attendance list of a lesson, to be printed and signed."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from leerhuis.academies.letterhead import letterhead
from leerhuis.base.edge import current_academy
from leerhuis.catalogue.models import Lesson
from leerhuis.ui.paper.press import Unprintable, press
from leerhuis.ui.wording import day_long, hours


def attendance_list_pdf(lesson: Lesson, names: Sequence[str], trainers: Sequence[str]) -> bytes:
    """Return the list of a lesson as PDF in the language of the page: names and room to sign, nothing else of anybody.

    A character that the fonts do not have is set as "?", wherever it stands, so that one name does not keep a whole
    group from signing.
    """
    settings = current_academy().settings
    course = lesson.run.course.title
    values = {
        "title": _("Attendance list %(course)s, %(day)s") % {"course": course, "day": day_long(lesson.starts_at)},
        "language": "en" if (get_language() or "nl").startswith("en") else "nl",
        "academy": letterhead(settings),
        "course": course,
        "facts": _facts(lesson, trainers),
        "names": list(names),
        "words": _words(),
    }
    try:
        return press("results/paper/attendance_list.typ", values, moment=lesson.starts_at)
    except Unprintable as refusal:
        unknown = dict.fromkeys(map(ord, refusal.characters), "?")
        return press("results/paper/attendance_list.typ", _set_anew(values, unknown), moment=lesson.starts_at)


def _set_anew(value: Any, unknown: dict[int, str]) -> Any:
    """Return what is to be printed with its unknown characters set as something else, however deep a text lies."""
    match value:
        case str():
            return value.translate(unknown)
        case dict():
            return {name: _set_anew(each, unknown) for name, each in value.items()}
        case list() | tuple():
            return [_set_anew(each, unknown) for each in value]
        case _:
            return value


def _words() -> dict[str, str]:
    return {
        "list": _("Attendance list"),
        "nr": _("No."),
        "name": _("Name"),
        "signature": _("Signature"),
        "nobody": _("Nobody is enrolled in this run yet."),
        "destroy": _("Shred this list once the attendance was submitted."),
    }


def _facts(lesson: Lesson, trainers: Sequence[str]) -> list[tuple[str, str]]:
    facts = [
        (_("Run"), lesson.run.code),
        (_("Lesson"), lesson.title),
        (_("Day"), day_long(lesson.starts_at)),
        (_("Time"), hours(lesson.starts_at, lesson.ends_at)),
        (_("Place"), place_of(lesson)),
        (_("Trainer"), ", ".join(trainers)),
    ]
    return [(label, value) for label, value in facts if value]


def place_of(lesson: Lesson) -> str:
    """Return where a lesson is, on one line: room, venue and city, or "online"."""
    if lesson.venue is None:
        return _("online")
    return ", ".join(part for part in (lesson.room, lesson.venue.name, lesson.venue.city) if part)
