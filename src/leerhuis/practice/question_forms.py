"""The form in which an author writes a question: what every kind has, and the rows that one kind needs."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.functional import cached_property

from leerhuis.practice.exchange.drafts import Draft
from leerhuis.practice.exchange.gift_items import Rich
from leerhuis.practice.forms import QuestionForm
from leerhuis.practice.kinds import (
    Area,
    Choices,
    Cloze,
    Content,
    Form,
    Hotspot,
    Item,
    Kind,
    Match,
    Numbers,
    OpenText,
    Option,
    Ordering,
    Pairs,
    Shape,
    ShortText,
    Span,
    Statement,
)
from leerhuis.practice.lines import KEYS, read_coords, read_gap, read_units
from leerhuis.practice.models import Bank, Media, Question, Version
from leerhuis.practice.question_rows import MORE, ROWS
from leerhuis.practice.question_start import head_of, more_of, rows_of
from leerhuis.practice.written import TextFormat

MOST_ROWS = 26


@dataclass
class Editor:
    """The forms of one question of a kind: `head`, `more` and `rows` (None for a kind without rows)."""

    kind: Kind
    question: Question | None = None
    data: Any = None
    topic: str = ""
    bank: Bank | None = None

    @cached_property
    def head(self) -> QuestionForm:
        """Return the words that every kind has; only who changes a question is asked what changed."""
        if self.question:
            return QuestionForm(self.data, initial=head_of(self.question))
        made = QuestionForm(self.data, initial={"topic": self.topic, "stem_format": TextFormat.MARKDOWN, "version": 0})
        del made.fields["change"]
        return made

    @cached_property
    def more(self) -> forms.Form:
        """Return what the kind asks once."""
        initial = more_of(self.question.content) if self.question else {}
        made = MORE[self.kind](self.data, initial=initial, prefix="more")
        picture = made.fields.get("picture")
        if isinstance(picture, forms.ChoiceField):
            picture.choices = [(media.name, f"{media.name} – {media.alt}"[:100]) for media in self._pictures]
        return made

    @cached_property
    def _pictures(self) -> list[Media]:
        bank = self.question.topic.bank if self.question else self.bank
        return list(Media.objects.filter(bank=bank, kind=Media.Kind.PICTURE)) if bank else []

    @cached_property
    def rows(self) -> Any:
        """Return the rows of the kind, with two empty ones at the end, or None."""
        if self.kind not in ROWS:
            return None
        initial = rows_of(self.question.content) if self.question else []
        made = forms.formset_factory(ROWS[self.kind], extra=2 if initial else 4, max_num=MOST_ROWS, validate_max=True)
        return made(self.data, initial=initial, prefix="row")

    def is_valid(self) -> bool:
        """Judge all forms, so that every fault is shown at once."""
        return all([self.head.is_valid(), self.more.is_valid(), self.rows is None or self.rows.is_valid()])

    @property
    def means_else(self) -> bool | None:
        """Return whether its author says that the question means something else now; None: no word on that."""
        said = self.head.cleaned_data.get("change")
        return said == Version.Change.MEANING if said else None

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
            objectives=tuple(line.strip() for line in data["objectives"].splitlines() if line.strip()),
            rests_on=data["rests_on"],
        )

    def _content(self, around: str) -> Content:  # noqa: PLR0911 - one a kind
        more = self.more.cleaned_data
        rows = [row.cleaned_data for row in self.rows if row.cleaned_data] if self.rows is not None else []
        match self.kind:
            case Kind.SINGLE | Kind.MULTIPLE:
                return Choices(self._options(rows, around), self.kind is Kind.SINGLE, more["shuffle"])
            case Kind.TRUE_FALSE:
                told = (self._said(more[name], around) for name in ("when_true", "when_false"))
                return Statement(more["is_true"] == "yes", *told)
            case Kind.SHORT_TEXT | Kind.NUMERIC | Kind.CLOZE:
                return self._typed(rows, more, around)
            case Kind.MATCHING:
                return self._pairs(rows, around)
            case Kind.ORDERING:
                return Ordering(self._items(rows, around))
            case Kind.HOTSPOT:
                return self._hotspot(rows, more, around)
            case Kind.OPEN:
                points = (Rich(row["text"], self._kept(row["written"], around)) for row in rows if row["text"])
                return OpenText(Rich(more["model"], self._kept(self._model_format, around)), tuple(points))

    @property
    def _model_format(self) -> str:
        before = self.question.content if self.question else None
        return before.model.format if isinstance(before, OpenText) else ""

    def _typed(self, rows: list[dict[str, Any]], more: dict[str, Any], around: str) -> Content:
        if self.kind is Kind.SHORT_TEXT:
            accepted = (
                Form(row["text"], float(row["share"]), self._feedback(row, around)) for row in rows if row["text"]
            )
            return ShortText(tuple(accepted), more["exact_case"], more["typos"])
        if self.kind is Kind.NUMERIC:
            units = read_units(more["units"]) or ()
            otherwise = self._said(more["otherwise"], around)
            return Numbers(self._spans(rows, around), otherwise, units, bool(units) and more["unit_needed"])
        return self._cloze(around)

    def _cloze(self, around: str) -> Cloze:
        """Return the gaps; one whose row is as it was stays as it was, also in what the row does not show."""
        before = self.question.content if self.question else None
        old = before.gaps if isinstance(before, Cloze) else ()
        gaps = []
        for place, row in enumerate(self.rows):
            was = old[place] if place < len(old) else None
            if was is not None and not row.has_changed():
                gaps.append(was)
            elif row.cleaned_data and row.cleaned_data["right"].strip():
                gaps.append(read_gap(row.cleaned_data, was, around))
        return Cloze(tuple(gaps))

    def _pairs(self, rows: list[dict[str, Any]], around: str) -> Pairs:
        matches = tuple(
            Match(Rich(row["left"], self._kept(row["written"], around)), row["right"])
            for row in rows
            if row["left"] and row["right"]
        )
        return Pairs(matches, tuple(row["right"] for row in rows if row["right"] and not row["left"]))

    def _items(self, rows: list[dict[str, Any]], around: str) -> tuple[Item, ...]:
        """Return the things in the order of their places; one without a place stands where its row does."""
        named = [row for row in rows if row["text"]]
        keys = _keys_for(named)
        placed = sorted(enumerate(named, start=1), key=lambda each: (each[1]["place"] or each[0], each[0]))
        return tuple(
            Item(keys[number - 1], Rich(row["text"], self._kept(row["written"], around))) for number, row in placed
        )

    def _hotspot(self, rows: list[dict[str, Any]], more: dict[str, Any], around: str) -> Hotspot:
        drawn = [row for row in rows if row["coords"]]
        areas = tuple(
            Area(
                key,
                row["name"],
                Shape(row["shape"]),
                read_coords(row["coords"]) or (),
                float(row["share"]),
                self._feedback(row, around),
            )
            for key, row in zip(_keys_for(drawn), drawn, strict=True)
        )
        ratio = next((m.height / m.width for m in self._pictures if m.name == more["picture"] and m.width), 1.0)
        return Hotspot(more["picture"], areas, more["named"] != "no", more["named"] != "many", ratio)

    def _options(self, rows: list[dict[str, Any]], around: str) -> tuple[Option, ...]:
        """Return the options; one that was there keeps its key, so that earlier answers keep their meaning."""
        written = [row for row in rows if row["text"]]
        return tuple(
            Option(
                key,
                Rich(row["text"], self._kept(row["written"], around)),
                float(row["share"]),
                self._feedback(row, around),
            )
            for key, row in zip(_keys_for(written), written, strict=True)
        )

    def _spans(self, rows: list[dict[str, Any]], around: str) -> tuple[Span, ...]:
        spans = []
        for row in rows:
            if row["low"] is not None:
                low, high = sorted((row["low"], row["low"] if row["high"] is None else row["high"]))
                if row["margin"]:
                    margin = Decimal(repr(row["margin"]))
                    low, high = float(Decimal(repr(low)) - margin), float(Decimal(repr(high)) + margin)
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


def _keys_for(rows: list[dict[str, Any]]) -> list[str]:
    """Return a key for each row: its own, else a free letter, so that earlier answers keep their meaning."""
    kept = {row["key"] for row in rows if row["key"]}
    free = iter(key for key in KEYS if key not in kept)
    return [row["key"] or next(free) for row in rows]
