"""A question as it is shown: before the answer with its options in the order of this round, after it with the marks."""

import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.answers import right_answer
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.gaps import gap_fields, gap_marks
from leerhuis.practice.grading import Outcome, Values, Verdict, chosen_pairs, filled_gaps, grade, open_answer
from leerhuis.practice.kinds import (
    Choices,
    Cloze,
    Content,
    Hotspot,
    Kind,
    Numbers,
    OpenText,
    Ordering,
    Pairs,
    ShortText,
    Span,
    Statement,
)
from leerhuis.practice.models import Question
from leerhuis.practice.places import Cell
from leerhuis.practice.rendering import to_html
from leerhuis.practice.shelves import Shelf
from leerhuis.practice.spots import Drawn, Pin, cells, drawn_areas, pin_of

Typed = Mapping[str, list[str]]


@dataclass(frozen=True)
class ShownOption:
    """One option. `mark` is "right", "wrong" or "rest" after the answer, before it empty."""

    key: str
    words: Rich
    mark: str = ""
    chosen: bool = False
    feedback: Rich | None = None


@dataclass(frozen=True)
class ShownPair:
    """One left side, the right side chosen for it (its number), and after the answer whether that was right."""

    place: int
    left: Rich
    chosen: int | None
    chosen_text: str
    right_text: str
    is_right: bool


@dataclass(frozen=True)
class ShownItem:
    """A thing to put in order, at its place (from 1); after the answer the place where it belongs."""

    key: str
    words: Rich
    place: int
    right_place: int = 0

    @property
    def is_right(self) -> bool:
        """True when it stands where it belongs."""
        return self.place == self.right_place


@dataclass(frozen=True)
class Asked:
    """A question on its way to the page. `given` is None until it is answered.

    `typed` are the fields of a form that was not yet an answer: they are shown again as they were. `is_shown`: nobody
    answered, the right answer stands in `given` to be looked at.
    """

    question: Question
    seed: str
    given: str | None = None
    typed: Typed = field(default_factory=dict)
    is_shown: bool = False

    @cached_property
    def content(self) -> Content:
        """Return what the question asks to choose, type or match."""
        return self.question.content

    @cached_property
    def shelf(self) -> Shelf:
        """Return the pictures, sounds and films that the texts may show."""
        return Shelf(self.question.topic.bank_id)

    @property
    def stem_html(self) -> SafeString:
        """Return the question, with fields in its gaps, or marks after the answer."""
        return to_html(self.question.stem_text, self.shelf, self._gaps)

    @cached_property
    def _gaps(self) -> Mapping[int, str]:
        if not isinstance(self.content, Cloze):
            return {}
        if self.given is None or self.verdict is None:
            return gap_fields(self.content, [self._typed(f"gap-{n}") for n in range(len(self.content.gaps))])
        return gap_marks(self.content, filled_gaps(self.given, len(self.content.gaps)), self.verdict.parts)

    @property
    def is_answered(self) -> bool:
        """True when the marks and the explanation are to be shown."""
        return self.given is not None

    @cached_property
    def verdict(self) -> Verdict | None:
        """Return how the answer is, or None before it."""
        return grade(self.content, self.given) if self.given is not None else None

    @property
    def is_right(self) -> bool:
        """True after a right answer."""
        return self.verdict is not None and self.verdict.outcome is Outcome.RIGHT

    @property
    def is_partly(self) -> bool:
        """True after a partly right answer."""
        return self.verdict is not None and self.verdict.outcome is Outcome.PARTLY

    @property
    def has_options(self) -> bool:
        """True when the answer is chosen from options."""
        return isinstance(self.content, Choices | Statement)

    @property
    def many(self) -> bool:
        """True when more than one option may be ticked."""
        return self.question.kind == Kind.MULTIPLE

    @property
    def is_number(self) -> bool:
        """True when a number is typed."""
        return isinstance(self.content, Numbers)

    @property
    def is_matching(self) -> bool:
        """True when pairs are made."""
        return isinstance(self.content, Pairs)

    @property
    def is_cloze(self) -> bool:
        """True when gaps in a text are filled."""
        return isinstance(self.content, Cloze)

    @property
    def as_of(self) -> datetime:
        """Return since when the question is as it is: how its answer was right on that day."""
        return self.question.meant_at or self.question.created_at

    @property
    def is_ordering(self) -> bool:
        """True when things are put in order."""
        return isinstance(self.content, Ordering)

    @property
    def is_open(self) -> bool:
        """True when the answer is written in own words."""
        return isinstance(self.content, OpenText)

    @property
    def is_judging(self) -> bool:
        """True when own words were written, and are now held against the model answer."""
        return self.is_open and self.given is None and bool(self.written)

    @property
    def hotspot(self) -> Hotspot | None:
        """Return the picture on which places are pointed at or named."""
        return self.content if isinstance(self.content, Hotspot) else None

    @property
    def picture(self) -> SafeString | None:
        """Return that picture as HTML."""
        return self.shelf.shown(self.hotspot.picture) if self.hotspot else None

    @property
    def high(self) -> str:
        """Return how high the drawing over the picture is, where it is 100 wide."""
        return f"{100 * self.hotspot.ratio:.2f}" if self.hotspot else "0"

    @cached_property
    def areas(self) -> list[Drawn]:
        """Return the shapes to draw over the picture."""
        ticked = self.typed.get("choice", [])
        drawn = drawn_areas(self.hotspot, self.given) if self.hotspot else []
        return [replace(each, chosen=each.chosen or each.area.key in ticked) for each in drawn]

    @property
    def pin(self) -> Pin | None:
        """Return where the answer points."""
        return pin_of(self.hotspot, self.given) if self.hotspot and self.given is not None else None

    @property
    def cells(self) -> list[Cell]:
        """Return the grid over a picture on which nothing is drawn before the answer."""
        return cells()

    @cached_property
    def items(self) -> list[ShownItem]:
        """Return the things to put in order: as given, as arranged so far, or in an order of this round."""
        if not isinstance(self.content, Ordering):
            return []
        right = [item.key for item in self.content.items]
        words = {item.key: item.text for item in self.content.items}
        order = self.given.split() if self.given is not None else self._arranged(right)
        belongs = {key: place for place, key in enumerate(right, start=1)}
        shown = self.given is not None
        return [
            ShownItem(k, words[k], n, belongs[k] if shown else 0) for n, k in enumerate(order, start=1) if k in words
        ]

    @property
    def right_items(self) -> list[Rich]:
        """Return the things in their right order."""
        return [item.text for item in self.content.items] if isinstance(self.content, Ordering) else []

    @property
    def written(self) -> str:
        """Return the own words of an open answer."""
        if self.given is not None:
            return self.given.partition("\n")[2] if self.is_open else ""
        return open_answer(lambda name: self.typed.get(name, []))

    @property
    def typed_text(self) -> str:
        """Return what was typed in a form that was not yet an answer."""
        return self._typed("text")

    @property
    def unit(self) -> str:
        """Return the unit that stands beside a field for a number, so that it need not be typed."""
        return "" if self.asks_unit else self.first_unit

    @property
    def first_unit(self) -> str:
        """Return the unit in which a right number is told."""
        return self.content.units[0].text if isinstance(self.content, Numbers) and self.content.units else ""

    @property
    def asks_unit(self) -> bool:
        """True when the unit is to be typed, too."""
        return isinstance(self.content, Numbers) and self.content.unit_needed and bool(self.content.units)

    @cached_property
    def options(self) -> list[ShownOption]:
        """Return the options in the order of this round."""
        match self.content:
            case Choices() as choices:
                shown = [self._option(o.key, o.text, o.feedback, right=o.share >= 1) for o in choices.options]
                if choices.shuffle:
                    self._chance().shuffle(shown)
                return shown
            case Statement(is_true, when_true, when_false):
                return [
                    self._option("true", Rich(str(_("True")), "plain"), when_true, right=is_true),
                    self._option("false", Rich(str(_("False")), "plain"), when_false, right=not is_true),
                ]
            case _:
                return []

    @cached_property
    def pairs(self) -> list[ShownPair]:
        """Return the left sides with what was chosen for them."""
        if not isinstance(self.content, Pairs):
            return []
        rights = self.content.rights
        put = chosen_pairs(self.given) if self.given is not None else self._put_so_far()
        shown = []
        for place, match in enumerate(self.content.matches):
            chosen = put.get(place)
            text = rights[chosen] if chosen is not None and chosen < len(rights) else ""
            shown.append(ShownPair(place, match.left, chosen, text, match.right, text == match.right))
        return shown

    @cached_property
    def rights(self) -> list[tuple[int, str]]:
        """Return the right sides with their numbers, in an order of this round."""
        if not isinstance(self.content, Pairs):
            return []
        numbered = list(enumerate(self.content.rights))
        self._chance().shuffle(numbered)
        return numbered

    @cached_property
    def right_texts(self) -> list[str]:
        """Return the first accepted forms of a typed answer that hold no star, at most three."""
        if not isinstance(self.content, ShortText):
            return []
        return [form.text for form in self.content.forms if form.share >= 1 and "*" not in form.text][:3]

    @cached_property
    def right_spans(self) -> list[Span]:
        """Return the spans in which a number is wholly right."""
        return [span for span in self.content.spans if span.share >= 1] if isinstance(self.content, Numbers) else []

    @property
    def feedback(self) -> tuple[Rich, ...]:
        """Return what is said beside the explanation; feedback to options and named areas stands with these."""
        if self.verdict is None or self.has_options or (self.hotspot and self.hotspot.named):
            return ()
        return (*self.verdict.feedback, *(said for part in self.verdict.parts for said in part.feedback))

    def _option(self, key: str, words: Rich, feedback: Rich | None, *, right: bool) -> ShownOption:
        if self.given is None:
            return ShownOption(key, words, chosen=key in self.typed.get("choice", []))
        chosen = key in self.given.split()
        mark = "right" if right else "wrong" if chosen else "rest"
        return ShownOption(key, words, mark, chosen, feedback if chosen or right else None)

    def _typed(self, name: str) -> str:
        return next(iter(self.typed.get(name, [])), "")

    def _put_so_far(self) -> dict[int, int]:
        put = {int(name.removeprefix("match-")): value for name, (value, *_more) in self._matches_typed()}
        return {left: int(right) for left, right in put.items() if right.isdecimal()}

    def _matches_typed(self) -> list[tuple[str, list[str]]]:
        return [(n, v) for n, v in self.typed.items() if n.startswith("match-") and n[6:].isdecimal() and v]

    def _arranged(self, right: list[str]) -> list[str]:
        """Return the order so far, after the move that was asked for; at first another order than the right one."""
        order = list(self.typed.get("order", []))
        if sorted(order) == sorted(right):
            return moved(order, self._typed("move"))
        order = list(right)
        self._chance().shuffle(order)
        return order if order != right else [*order[1:], order[0]]

    def _chance(self) -> random.Random:
        return random.Random(f"{self.seed}:{self.question.pk}")  # noqa: S311 - an order, no secret


def asked(question: Question, seed: UUID | str, given: str | None = None, typed: Typed | None = None) -> Asked:
    """Return a question as it is shown; the same seed (a round) always gives the same order of options."""
    return Asked(question, str(seed), given, typed or {})


def shown_first(question: Question, seed: UUID | str) -> Asked:
    """Return a question with its right answer, for whoever looks at that before trying it."""
    return Asked(question, str(seed), right_answer(question.content), is_shown=True)


def is_step(content: Content, values: Values) -> bool:
    """True for a form that is on its way to an answer: a thing was moved, or own words are to be judged first."""
    if isinstance(content, Ordering):
        return any(values("move"))
    return isinstance(content, OpenText) and not any(values("judged")) and bool(open_answer(values))


def moved(order: list[str], move: str) -> list[str]:
    """Return an order after a move such as "c:up" or "c:down"; one that makes no sense changes nothing."""
    key, _colon, way = move.partition(":")
    if key not in order or way not in ("up", "down"):
        return order
    place = order.index(key)
    other = place - 1 if way == "up" else place + 1
    if 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
    return order
