"""A question as it is shown: before the answer with its options in the order of this round, after it with the marks."""

import random
from dataclasses import dataclass
from uuid import UUID

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.grading import Outcome, Verdict, chosen_pairs, grade
from leerhuis.practice.kinds import Choices, Content, Kind, Numbers, Pairs, ShortText, Span, Statement
from leerhuis.practice.models import Question


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
class Asked:
    """A question on its way to the page. `given` is None until it is answered."""

    question: Question
    seed: str
    given: str | None = None

    @cached_property
    def content(self) -> Content:
        """Return what the question asks to choose, type or match."""
        return self.question.content

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
        rights, put = self.content.rights, chosen_pairs(self.given or "")
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
        """Return what is said beside the explanation; feedback to options stands with the options."""
        return self.verdict.feedback if self.verdict and not self.has_options else ()

    def _option(self, key: str, words: Rich, feedback: Rich | None, *, right: bool) -> ShownOption:
        if self.given is None:
            return ShownOption(key, words)
        chosen = key in self.given.split()
        mark = "right" if right else "wrong" if chosen else "rest"
        return ShownOption(key, words, mark, chosen, feedback if chosen or right else None)

    def _chance(self) -> random.Random:
        return random.Random(f"{self.seed}:{self.question.pk}")  # noqa: S311 - an order, no secret


def asked(question: Question, seed: UUID | str, given: str | None = None) -> Asked:
    """Return a question as it is shown; the same seed (a round) always gives the same order of options."""
    return Asked(question, str(seed), given)
