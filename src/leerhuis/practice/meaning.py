"""Whether a change of a question changes what it means, or only how it is said. An author may know better."""

from typing import Any

from leerhuis.practice.kinds import Content, to_json

# What may differ while the answer stays the same: what is said to whoever gave one, and the order of showing.
_SAID_BESIDE = frozenset({"feedback", "when_true", "when_false", "otherwise", "shuffle", "format", "ratio"})


def changes_meaning(before: Content, after: Content) -> bool:
    """Return True when the kind, what can be answered or what is right differs; False for other words around it.

    The words of the question itself are not judged: "is" may become "is not" there, and only its author knows.
    """
    return type(before) is not type(after) or _answerable(to_json(before)) != _answerable(to_json(after))


def _answerable(data: Any) -> Any:
    """Return plain data without what is only said beside an answer; texts without the spaces around and between."""
    match data:
        case dict():
            return {name: _answerable(value) for name, value in data.items() if name not in _SAID_BESIDE}
        case list():
            return [_answerable(each) for each in data]
        case str():
            return " ".join(data.split())
        case _:
            return data
