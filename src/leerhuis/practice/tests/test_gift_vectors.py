"""The reader of GIFT against 17 files with the parse that another reader of the format expects of them."""

import json
from pathlib import Path
from typing import Any

import pytest

from leerhuis.practice.exchange.gift import parse
from leerhuis.practice.exchange.gift_items import (
    Between,
    Category,
    Choice,
    Description,
    Essay,
    Exactly,
    Fault,
    Item,
    Matching,
    Number,
    NumberChoice,
    Numeric,
    Options,
    Rich,
    ShortAnswer,
    TrueFalse,
    Within,
)

VECTORS = Path(__file__).resolve().parents[5] / "shared" / "data" / "gift-vectors"
NAMES = sorted(path.stem for path in VECTORS.glob("*.gift"))
TYPES = {
    Description: "Description",
    Essay: "Essay",
    TrueFalse: "TF",
    Options: "MC",
    ShortAnswer: "Short",
    Numeric: "Numerical",
    Matching: "Matching",
}


def rich(text: Rich | None) -> dict[str, str] | None:
    return {"format": text.format, "text": text.text} if text else None


def number(value: Number | None) -> dict[str, Any]:
    assert value is not None
    if isinstance(value, Exactly):
        return {"type": "simple", "number": value.value}
    if isinstance(value, Between):
        return {"type": "high-low", "numberHigh": value.high, "numberLow": value.low}
    return {"type": "range", "number": value.value, "range": value.tolerance}


def choice(each: Choice | NumberChoice) -> dict[str, Any]:
    # The vectors mark a numeric answer with "=" as correct whatever its weight, and so does the reader's own mark.
    said = rich(each.text) if isinstance(each, Choice) else number(each.number)
    return {"isCorrect": each.marked_right, "weight": each.weight, "text": said, "feedback": rich(each.feedback)}


def as_vector(found: Category | Item | Fault) -> dict[str, Any]:
    """Write what was read in the words of the vectors."""
    assert not isinstance(found, Fault), found
    if isinstance(found, Category):
        return {"type": "Category", "title": found.path}
    out: dict[str, Any] = {
        "type": TYPES[type(found.body)],
        "id": found.id,
        "tags": list(found.tags) or None,
        "title": found.title,
        "stem": rich(found.stem),
        "hasEmbeddedAnswers": found.embedded,
    }
    if not isinstance(found.body, Description):
        out["globalFeedback"] = rich(found.general_feedback)
    match found.body:
        case TrueFalse(is_true, wrong, right):
            # The vectors name the two feedbacks "true" and "false" by their place; Moodle means "wrong" and "right".
            out |= {"isTrue": is_true, "trueFeedback": rich(wrong), "falseFeedback": rich(right)}
        case Options(choices=choices) | ShortAnswer(choices=choices):
            out["choices"] = [choice(each) for each in choices]
        case Numeric(answers=tuple() as answers):
            out["choices"] = [choice(each) for each in answers]
        case Numeric(answers=(Exactly() | Within() | Between()) as single):
            out["choices"] = number(single)
        case Matching(pairs):
            out["matchPairs"] = [{"subquestion": rich(p.left), "subanswer": p.right} for p in pairs]
    return out


@pytest.mark.skipif(not NAMES, reason="the GIFT vectors are not beside this checkout (../shared/data/gift-vectors)")
def test_all_seventeen_vectors_are_walked() -> None:
    assert len(NAMES) == 17


@pytest.mark.parametrize("name", NAMES)
def test_a_file_reads_as_its_vector_says(name: str) -> None:
    text = (VECTORS / f"{name}.gift").read_text(encoding="utf-8")
    expected = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    assert [as_vector(found) for found in parse(text)] == expected
