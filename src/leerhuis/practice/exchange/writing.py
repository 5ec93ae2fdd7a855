"""Writing questions in a form: what goes out, and what does not, with the reason.

A question goes out only when reading it again gives the same question: that is tried for each of them. What a form may
have no place for and does not keep a question back is told: that options keep their order, that slips of the finger
are forgiven, its learning goals, and the source it rests on.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from typing import Final

from django.utils.functional import Promise

from leerhuis.practice.exchange.drafts import Draft, read_gift, report
from leerhuis.practice.exchange.files import Unreadable
from leerhuis.practice.exchange.gaps import BadGaps
from leerhuis.practice.exchange.gift_writer import can_write, write_gift
from leerhuis.practice.exchange.markup import parsed
from leerhuis.practice.exchange.moodle import parse_moodle
from leerhuis.practice.exchange.moodle_writer import TYPES, shows_pictures, write_moodle
from leerhuis.practice.exchange.reasons import LOSSES, UNWRITABLE
from leerhuis.practice.exchange.remarks import Loss, Unwritable
from leerhuis.practice.exchange.sheet_writer import can_hold, sheet_of
from leerhuis.practice.exchange.sheets import parse_rows, rows_of_text
from leerhuis.practice.exchange.walking import mapped, parts_of
from leerhuis.practice.kinds import Choices, Hotspot, Kind, ShortText
from leerhuis.ui.sheets import harmless


@dataclass(frozen=True)
class Form:
    """A form in which questions go out: what it is called, the ending of its file, and how it is told to a browser."""

    key: str
    name: str
    ending: str
    media_type: str


FORMS: Final = (
    Form("moodle", "Moodle XML", "xml", "application/xml; charset=utf-8"),
    Form("gift", "GIFT", "gift", "text/plain; charset=utf-8"),
    Form("csv", "CSV", "csv", "text/csv; charset=utf-8"),
)


@dataclass(frozen=True)
class Outgoing:
    """One question: why it does not go out, or what of it has no place in the form."""

    draft: Draft
    reason: Promise | None = None
    losses: tuple[Promise, ...] = ()


def outgoing(drafts: Iterable[Draft], form: str) -> list[Outgoing]:
    """Return what becomes of each question in a form."""
    return [_tried(draft, form) for draft in drafts]


def written(drafts: Sequence[Draft], form: str) -> bytes:
    """Return the questions as a file; all of them must be such as `outgoing` lets go out."""
    return _WRITERS[form](drafts)


def as_csv(drafts: Iterable[Draft]) -> bytes:
    """Return the questions as CSV, which a spreadsheet opens without executing anything."""
    heads, rows = sheet_of(drafts)
    text = StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([heads, *([harmless(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")


def _as_gift(drafts: Iterable[Draft]) -> bytes:
    return write_gift(drafts).encode()


_WRITERS: Final[dict[str, Callable[[Sequence[Draft]], bytes]]] = {
    "moodle": write_moodle,
    "gift": _as_gift,
    "csv": as_csv,
}


def _tried(draft: Draft, form: str) -> Outgoing:
    if why := _known_reason(draft, form):
        return Outgoing(draft, UNWRITABLE[why])
    again = _again(draft, form)
    if again is None or not _same(_plain(again), _plain(draft)):
        return Outgoing(draft, UNWRITABLE[Unwritable.DETAIL])
    losses = [] if _same(again, draft) else _losses(draft)
    losses += [Loss.GOALS] if again.objectives != draft.objectives else []
    losses += [Loss.RESTS_ON] if again.rests_on != draft.rests_on else []
    return Outgoing(draft, None, tuple(LOSSES[loss] for loss in losses))


def _known_reason(draft: Draft, form: str) -> Unwritable | None:
    holds = {"moodle": draft.kind in TYPES, "gift": can_write(draft.content), "csv": can_hold(draft)}
    if not holds[form]:
        return Unwritable.PLACES if form == "moodle" and draft.kind is Kind.HOTSPOT else Unwritable.KIND
    has_pictures = shows_pictures(draft) or isinstance(draft.content, Hotspot)
    return Unwritable.PICTURES if has_pictures and form != "moodle" else None


def _again(draft: Draft, form: str) -> Draft | None:
    """Return the question as it reads when written alone; None where it does not come back."""
    try:
        data = _WRITERS[form]([draft])
        if form == "moodle":
            reported = report(parse_moodle(parsed(data)))
        elif form == "gift":
            reported = read_gift(data.decode())
        else:
            reported = report(parse_rows(rows_of_text(data.decode("utf-8-sig")), ""))
    except (BadGaps, Unreadable, ValueError):
        return None
    return reported[0].draft if len(reported) == 1 else None


def _same(again: Draft, draft: Draft) -> bool:
    """True when two questions are equal, whatever their pictures are called."""
    return _with_fixed_names(again).fingerprint == _with_fixed_names(draft).fingerprint


def _with_fixed_names(draft: Draft) -> Draft:
    """Return a question whose pictures are called after their content."""
    for picture in draft.pictures:
        draft = draft.renaming(picture.name, f"x{hash(picture.content):x}")
    return draft


def _plain(draft: Draft) -> Draft:
    """Return a question without what may be lost on the way."""
    content = mapped(draft.content, Choices, lambda choices: replace(choices, shuffle=True))
    return replace(draft, content=mapped(content, ShortText, lambda text: replace(text, typos=False)))


def _losses(draft: Draft) -> list[Loss]:
    ordered = any(not choices.shuffle for choices in parts_of(draft.content, Choices))
    slips = any(text.typos for text in parts_of(draft.content, ShortText))
    return [loss for loss, there in ((Loss.ORDER, ordered), (Loss.SLIPS, slips)) if there]
