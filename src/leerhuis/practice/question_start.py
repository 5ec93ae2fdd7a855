"""What the form of a question begins with: the question as it stands."""

from typing import Any

from leerhuis.practice.exchange.gift_items import Rich
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
)
from leerhuis.practice.lines import write_gap, write_units
from leerhuis.practice.models import Question


def head_of(question: Question) -> dict[str, Any]:
    """Return the words that every kind has."""
    return {
        "title": question.title,
        "topic": question.topic.title,
        "stem": question.stem,
        "stem_format": question.stem_format,
        "explanation": question.explanation,
        "objectives": "\n".join(aim.objective.title for aim in question.aims.select_related("objective")),
        "rests_on": question.rests_on.name if question.rests_on else "",
        "version": question.version,
    }


def more_of(content: Content) -> dict[str, Any]:  # noqa: PLR0911 - one a kind
    """Return what the kind has once."""
    match content:
        case Choices(shuffle=shuffle):
            return {"shuffle": shuffle}
        case Statement(is_true, when_true, when_false):
            return {
                "is_true": "yes" if is_true else "no",
                "when_true": _text(when_true),
                "when_false": _text(when_false),
            }
        case ShortText(exact_case=exact_case, typos=typos):
            return {"exact_case": exact_case, "typos": typos}
        case Numbers(otherwise=otherwise, units=units, unit_needed=unit_needed):
            return {"otherwise": _text(otherwise), "units": write_units(units), "unit_needed": unit_needed}
        case Hotspot(picture=picture, named=named, one_only=one_only):
            return {"picture": picture, "named": ("one" if one_only else "many") if named else "no"}
        case OpenText(model):
            return {"model": model.text}
        case _:
            return {}


def rows_of(content: Content) -> list[dict[str, Any]]:  # noqa: PLR0911 - one a kind
    """Return the rows of the kind."""
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
        case Ordering(items):
            return [
                {"key": item.key, "text": item.text.text, "written": item.text.format, "place": place}
                for place, item in enumerate(items, start=1)
            ]
        case Cloze(gaps):
            return [write_gap(gap) for gap in gaps]
        case Hotspot(areas=areas):
            return [
                {
                    "key": a.key,
                    "name": a.name,
                    "shape": a.shape.value,
                    "coords": ", ".join(f"{number:g}" for number in a.coords),
                    **_judged(a.share, a.feedback),
                }
                for a in areas
            ]
        case OpenText(points=points):
            return [{"text": point.text, "written": point.format} for point in points]
        case Statement():
            return []


def _judged(share: float, feedback: Rich | None) -> dict[str, str]:
    return {"share": repr(float(share)), "feedback": _text(feedback)}


def _text(text: Rich | None) -> str:
    return text.text if text else ""
