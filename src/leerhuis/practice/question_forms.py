"""The forms in which an author writes a question: what every kind has, and the rows that one kind needs."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.forms import QuestionForm
from leerhuis.practice.kinds import (
    Choices,
    Content,
    Form,
    Kind,
    Match,
    Numbers,
    Option,
    Pairs,
    ShortText,
    Span,
    Statement,
)
from leerhuis.practice.models import Question, TextFormat

MOST_ROWS = 26
_WORTHS = {"1.0": _("right"), "0.5": _("half right"), "0.0": _("not right")}


def _area(label: Any, *, required: bool = False, rows: int = 2, **more: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=5_000, widget=widget, **more)


class _Row(forms.Form):
    """One row; `written` remembers in which format its text came."""

    written = forms.CharField(required=False, widget=forms.HiddenInput)


class _JudgedRow(_Row):
    share = forms.ChoiceField(label=_("Counts as"), choices=_WORTHS.items(), initial="0.0")
    feedback = _area(_("Feedback"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        share = self.fields["share"]
        own = self.initial.get("share")
        if isinstance(share, forms.ChoiceField) and own and own not in _WORTHS:
            share.choices = [(own, f"{float(own):.0%}"), *_WORTHS.items()]


class OptionRow(_JudgedRow):
    """An option to choose."""

    key = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    text = _area(_("Option"))
    field_order = ("text", "share", "feedback", "key", "written")


class FormRow(_JudgedRow):
    """An accepted form of a typed answer."""

    text = forms.CharField(label=_("Accepted answer"), required=False, max_length=400)
    field_order = ("text", "share", "feedback", "written")


class SpanRow(_JudgedRow):
    """A number, or the numbers from one to another."""

    low = forms.FloatField(label=_("Number, or from"), required=False, localize=True)
    high = forms.FloatField(label=_("up to and including"), required=False, localize=True)
    field_order = ("low", "high", "share", "feedback", "written")


class PairRow(_Row):
    """Two sides that belong together."""

    left = _area(_("Left side (empty: belongs to nothing)"), rows=1)
    right = forms.CharField(label=_("Right side"), required=False, max_length=400)
    field_order = ("left", "right", "written")


class NothingMore(forms.Form):
    """A kind that needs no more than its rows."""


class ChoicesForm(forms.Form):
    """What holds for all options together."""

    shuffle = forms.BooleanField(
        label=_("Show the options in a different order each time"), required=False, initial=True
    )


class StatementForm(forms.Form):
    """Whether a statement is true."""

    is_true = forms.ChoiceField(label=_("The statement is"), choices=[("yes", _("true")), ("no", _("not true"))])
    when_true = _area(_("Feedback to whoever says it is true"))
    when_false = _area(_("Feedback to whoever says it is not true"))


class ShortTextForm(forms.Form):
    """How strictly typed text is judged."""

    exact_case = forms.BooleanField(label=_("Capital letters matter"), required=False)


class NumbersForm(forms.Form):
    """What is said to any other number."""

    otherwise = _area(_("Feedback to any other number"))


_ROWS: dict[Kind, type[_Row]] = {
    Kind.SINGLE: OptionRow,
    Kind.MULTIPLE: OptionRow,
    Kind.SHORT_TEXT: FormRow,
    Kind.NUMERIC: SpanRow,
    Kind.MATCHING: PairRow,
}
MORE: dict[Kind, type[forms.Form]] = {
    Kind.SINGLE: ChoicesForm,
    Kind.MULTIPLE: ChoicesForm,
    Kind.TRUE_FALSE: StatementForm,
    Kind.SHORT_TEXT: ShortTextForm,
    Kind.NUMERIC: NumbersForm,
    Kind.MATCHING: NothingMore,
}


@dataclass
class Editor:
    """The forms of one question of a kind: `head`, `more` and `rows` (None for a kind without rows)."""

    kind: Kind
    question: Question | None = None
    data: Any = None
    topic: str = ""

    @cached_property
    def head(self) -> QuestionForm:
        """Return the words that every kind has."""
        return QuestionForm(
            self.data,
            initial=_head_of(self.question)
            if self.question
            else {"topic": self.topic, "stem_format": TextFormat.MARKDOWN, "version": 0},
        )

    @cached_property
    def more(self) -> forms.Form:
        """Return what the kind asks once."""
        return MORE[self.kind](
            self.data, initial=_more_of(self.question.content) if self.question else {}, prefix="more"
        )

    @cached_property
    def rows(self) -> Any:
        """Return the rows of the kind, with two empty ones at the end, or None."""
        if self.kind not in _ROWS:
            return None
        initial = _rows_of(self.question.content) if self.question else []
        made = forms.formset_factory(_ROWS[self.kind], extra=2 if initial else 4, max_num=MOST_ROWS, validate_max=True)
        return made(self.data, initial=initial, prefix="row")

    def is_valid(self) -> bool:
        """Judge all forms, so that every fault is shown at once."""
        return all([self.head.is_valid(), self.more.is_valid(), self.rows is None or self.rows.is_valid()])

    def draft(self) -> Draft:
        """Return what was written, as a question."""
        data = self.head.cleaned_data
        around = data["stem_format"]
        return Draft(
            data["topic"],
            data["title"],
            self.kind,
            self._said(data["stem"], around) or Rich("", around),
            self._content(around),
            self._said(
                data["explanation"], self._kept(self.question.explanation_format if self.question else "", around)
            ),
        )

    def _content(self, around: str) -> Content:
        more = self.more.cleaned_data
        rows = [row.cleaned_data for row in self.rows if row.cleaned_data] if self.rows is not None else []
        match self.kind:
            case Kind.SINGLE | Kind.MULTIPLE:
                return Choices(self._options(rows, around), self.kind is Kind.SINGLE, more["shuffle"])
            case Kind.TRUE_FALSE:
                return Statement(
                    more["is_true"] == "yes",
                    self._said(more["when_true"], around),
                    self._said(more["when_false"], around),
                )
            case Kind.SHORT_TEXT:
                forms_ = tuple(
                    Form(row["text"], float(row["share"]), self._feedback(row, around)) for row in rows if row["text"]
                )
                return ShortText(forms_, more["exact_case"])
            case Kind.NUMERIC:
                return Numbers(self._spans(rows, around), self._said(more["otherwise"], around))
            case Kind.MATCHING:
                matches = tuple(
                    Match(Rich(row["left"], self._kept(row["written"], around)), row["right"])
                    for row in rows
                    if row["left"] and row["right"]
                )
                return Pairs(matches, tuple(row["right"] for row in rows if row["right"] and not row["left"]))
            case _:
                raise ValueError("There is no form for this kind.")

    def _options(self, rows: list[dict[str, Any]], around: str) -> tuple[Option, ...]:
        """Return the options; one that was there keeps its key, so that earlier answers keep their meaning."""
        kept = {row["key"] for row in rows if row["text"] and row["key"]}
        free = iter(sorted(set("abcdefghijklmnopqrstuvwxyz") - kept))
        return tuple(
            Option(
                row["key"] or next(free),
                Rich(row["text"], self._kept(row["written"], around)),
                float(row["share"]),
                self._feedback(row, around),
            )
            for row in rows
            if row["text"]
        )

    def _spans(self, rows: list[dict[str, Any]], around: str) -> tuple[Span, ...]:
        spans = []
        for row in rows:
            if row["low"] is not None:
                low, high = sorted((row["low"], row["low"] if row["high"] is None else row["high"]))
                spans.append(Span(low, high, float(row["share"]), self._feedback(row, around)))
        return tuple(spans)

    def _feedback(self, row: dict[str, Any], around: str) -> Rich | None:
        return self._said(row["feedback"], self._kept(row["written"], around))

    def _said(self, text: str, written: str) -> Rich | None:
        plain = text.replace("\r\n", "\n").strip()
        return Rich(plain, written) if plain else None

    def _kept(self, written: str, around: str) -> str:
        """Return the format a text came in, unless the author chose another one for the question."""
        unchanged = self.question is not None and self.question.stem_format == around
        return written if unchanged and written in TextFormat.values else around


def _head_of(question: Question) -> dict[str, Any]:
    return {
        "title": question.title,
        "topic": question.topic.title,
        "stem": question.stem,
        "stem_format": question.stem_format,
        "explanation": question.explanation,
        "version": question.version,
    }


def _more_of(content: Content) -> dict[str, Any]:
    match content:
        case Choices(shuffle=shuffle):
            return {"shuffle": shuffle}
        case Statement(is_true, when_true, when_false):
            return {
                "is_true": "yes" if is_true else "no",
                "when_true": _text(when_true),
                "when_false": _text(when_false),
            }
        case ShortText(exact_case=exact_case):
            return {"exact_case": exact_case}
        case Numbers(otherwise=otherwise):
            return {"otherwise": _text(otherwise)}
        case _:
            return {}


def _rows_of(content: Content) -> list[dict[str, Any]]:
    match content:
        case Choices(options):
            return [
                {"key": o.key, "text": o.text.text, "written": o.text.format, **_judged(o.share, o.feedback)}
                for o in options
            ]
        case ShortText(forms_):
            return [{"text": f.text, **_judged(f.share, f.feedback)} for f in forms_]
        case Numbers(spans):
            return [{"low": s.low, "high": s.high, **_judged(s.share, s.feedback)} for s in spans]
        case Pairs(matches, distractors):
            pairs = [{"left": m.left.text, "right": m.right, "written": m.left.format} for m in matches]
            return pairs + [{"left": "", "right": right, "written": ""} for right in distractors]
        case _:
            return []


def _judged(share: float, feedback: Rich | None) -> dict[str, str]:
    return {"share": repr(float(share)), "feedback": _text(feedback)}


def _text(text: Rich | None) -> str:
    return text.text if text else ""
