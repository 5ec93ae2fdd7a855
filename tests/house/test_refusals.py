"""A refusal tells the reader what to do, in a text that can be translated."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Finding, Module, Tree, assert_clean, dotted, text_of

# Refusals in one language, and why.
ENGLISH_ONLY = {
    "academies/settings.py": "faults of a settings file are read by the operator, on the command line",
}
TRANSLATED = {"_", "gettext_lazy", "ngettext_lazy", "pgettext_lazy"}


def speechless(tree: Tree) -> Iterator[Finding]:
    """Guard: every Refusal has a message that can be translated: its own, its parent's, or one given when raised."""
    kinds = refusals(tree)
    for name, (module, kind) in kinds.items():
        message = _message(kind)
        if message is not None and not _is_translated(message):
            yield module.says(kind.lineno, f"the message of the refusal {name} cannot be translated")
        if message is None and not any(_speaks(kinds, parent) for parent in _parents(kind)):
            yield from _raised_in_silence(tree, module, kind)


def _raised_in_silence(tree: Tree, home: Module, kind: ast.ClassDef) -> Iterator[Finding]:
    """Yield a finding wherever a kind without a message of its own is raised without one, or raised nowhere."""
    raised = [
        (module, node.exc)
        for module in tree.product
        for node in module.nodes
        if isinstance(node, ast.Raise) and node.exc and kind.name == _named(node.exc)
    ]
    if not raised:
        yield home.says(kind.lineno, f"the refusal {kind.name} has no message that says what to do")
    for module, raising in raised:
        if not isinstance(raising, ast.Call) or not raising.args:
            yield module.says(raising, f"the refusal {kind.name} is raised without a message that says what to do")
        elif _is_plain_text(raising.args[0]) and not _is_translated(raising.args[0]):
            yield module.says(raising, f"the message of the refusal {kind.name} cannot be translated")


def _is_plain_text(message: ast.AST) -> bool:
    return isinstance(message, ast.Constant | ast.JoinedStr | ast.BinOp)


def _named(raising: ast.expr) -> str:
    return dotted(raising.func if isinstance(raising, ast.Call) else raising).split(".")[-1]


def refusals(tree: Tree) -> dict[str, tuple[Module, ast.ClassDef]]:
    """Return every class of the tree that is a Refusal by its own word or that of its parents, by name."""
    classes = {n.name: (m, n) for m in tree.product for n in m.nodes if isinstance(n, ast.ClassDef)}
    found: dict[str, tuple[Module, ast.ClassDef]] = {}
    while True:
        more = {
            name: each
            for name, each in classes.items()
            if name != "Refusal" and name not in found and {"Refusal", *found} & set(_parents(each[1]))
        }
        if not more:
            return found
        found |= more


def _parents(kind: ast.ClassDef) -> list[str]:
    return [dotted(base).split(".")[-1] for base in kind.bases]


def _speaks(kinds: dict[str, tuple[Module, ast.ClassDef]], name: str) -> bool:
    """True for a kind that has a message, or makes one when it is raised, itself or by a parent."""
    if name not in kinds:
        return False
    kind = kinds[name][1]
    return _message(kind) is not None or any(_speaks(kinds, parent) for parent in _parents(kind))


def _message(kind: ast.ClassDef) -> ast.AST | None:
    """Return what a class sets its message to; for one that makes it in `__init__`, that function; else None."""
    for statement in kind.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "__init__":
            return statement
        if isinstance(statement, ast.Assign) and "message" in map(dotted, statement.targets):
            return statement.value
        if isinstance(statement, ast.AnnAssign) and dotted(statement.target) == "message":
            return statement.value
    return None


def _is_translated(message: ast.AST) -> bool:
    calls = [node for node in ast.walk(message) if isinstance(node, ast.Call)]
    return any(dotted(c.func).split(".")[-1] in TRANSLATED and c.args and text_of(c.args[0]) for c in calls)


def test_every_refusal_says_what_to_do(house):
    assert_clean(speechless(house), ENGLISH_ONLY)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("class CourseFull(Refusal):\n    pass\n", "the refusal CourseFull has no message"),
        ("class CourseFull(refusals.Refusal):\n    field = 'x'\n", "the refusal CourseFull has no message"),
        ("class CourseFull(Refusal):\n    pass\ndef f():\n    raise CourseFull\n", "CourseFull is raised without a"),
        ("class CourseFull(Refusal):\n    pass\ndef f():\n    raise CourseFull('No.')\n", "cannot be translated"),
        ("class CourseFull(Refusal):\n    message = 'Full.'\n", "cannot be translated"),
        ("class CourseFull(Refusal):\n    message = _('')\n", "cannot be translated"),
        ("class Full(Refusal):\n    message = _('A.')\nclass No(Full):\n    message = 'B.'\n", "refusal No cannot be"),
    ],
)
def test_a_refusal_without_words_is_caught(sample, text, said):
    (finding,) = speechless(sample({"enrolment/rules.py": text}))

    assert said in finding.what


def test_a_refusal_may_be_given_its_words_when_it_is_raised(sample):
    text = "class NotGift(Refusal):\n    pass\ndef f():\n    raise NotGift(_('This is no GIFT.'))\n"

    assert list(speechless(sample({"practice/gift.py": text}))) == []


def test_a_refusal_may_have_the_words_of_its_parent(sample):
    parent = "class Full(Refusal):\n    message = _('This course is full. Choose another date.')\n"
    tree = sample({"catalogue/rules.py": parent, "enrolment/rules.py": "class RunFull(Full):\n    pass\n"})

    assert list(speechless(tree)) == []
