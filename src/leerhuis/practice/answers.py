"""A right answer to a question, in the form in which answers are kept (grading.py)."""

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


def right_answer(content: Content) -> str:  # noqa: PLR0911 - one a kind
    """Return an answer that counts as right; empty for a picture on which a place is pointed at."""
    match content:
        case Choices(options, one_only):
            right = [option.key for option in options if option.share >= 1]
            return " ".join(right[:1] if one_only else sorted(right))
        case Statement(is_true):
            return "true" if is_true else "false"
        case ShortText(forms):
            right = [form.text for form in forms if form.share >= 1]
            return next((text for text in right if "*" not in text), right[0])
        case Numbers(spans, units=units):
            best = max(spans, key=lambda span: span.share)
            unit = f" {units[0].text}" if units and content.unit_needed else ""
            return f"{best.low:g}{unit}"
        case Pairs(matches):
            places = {text: place for place, text in enumerate(content.rights)}
            return " ".join(f"{left}={places[match.right]}" for left, match in enumerate(matches))
        case Ordering(items):
            return " ".join(item.key for item in items)
        case Cloze(gaps):
            return " | ".join(right_answer(gap) for gap in gaps)
        case Hotspot(areas=areas, named=named):
            return " ".join(sorted(area.key for area in areas if area.share >= 1)) if named else ""
        case OpenText():
            return "right\n"
