"""Every change of meaning is one function in `actions.py`: check, change, note, tell, announce."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import Finding, Module, Tree, assert_clean, dotted

# Actions that differ from the form, and why.
OF_THE_OPERATOR = {
    f"academies/actions.py::{name}": "makes schemas and roles for the operator, outside every academy and its edge"
    for name in ("found_academy", "repair_academy", "grant_role", "grant_shared")
}
ANOTHER_SHAPE = {
    **OF_THE_OPERATOR,
    "people/actions.py::lock_alive": "takes a lock and changes nothing, so nobody did it",
    "people/actions.py::lock_any": "takes a lock and changes nothing, so nobody did it",
    "organisations/actions.py::refuse_leaving": "takes a lock and changes nothing, so nobody did it",
}
KEEPS_NO_NOTE = {
    **OF_THE_OPERATOR,
    "audit/actions.py": "these are the notes themselves",
    "people/actions.py::lock_alive": "takes a lock and changes nothing",
    "documents/actions.py::scan_again": "gives lost jobs again and changes no document",
    "people/actions.py::lock_any": "takes a lock and changes nothing",
    "practice/actions/reminders.py::deliver_again": "gives lost jobs again and changes no notification",
    "mail/actions.py::send_due_again": "gives lost jobs again and changes no mail",
    "operations/actions.py::tell_of_backups": "changes nothing but the outbox, which notes each mail by itself",
    **{
        f"mail/actions.py::{name}": "one note on the news itself stands for its mails; whoever sends it writes that"
        for name in ("queue_news", "pause_news", "go_on_with_news", "stop_news")
    },
    "privacy/actions/erasing.py::go_on_erasing": "gives jobs again and changes nothing",
    "privacy/actions/removing.py::go_on_removing": "gives jobs again and changes nothing",
    "privacy/actions/erasing.py::take_up_waiting": "gives jobs again and changes nothing",
    "privacy/actions/retention.py::take_up_retention": "gives lost jobs again and changes nothing",
    "privacy/actions/retention.py::renew_statistics": "changes what the planner knows, and no row",
    "people/actions.py::leave_shell": "a part of erasing, which is noted without a way back to the person",
    "mail/actions.py::empty_mentioning": "a part of erasing, which is noted without a way back to the person",
    "mail/actions.py::empty_mentioning_customers": "a part of removing, which is noted without a way back",
    "organisations/actions.py::refuse_leaving": "takes a lock and changes nothing",
    "insights/actions.py::add_up_counts_of": "a part of removing an organisation, which is noted there",
    "insights/actions.py::count_before_erasure": "a part of erasing, which is noted without a way back to the person",
    "insights/actions.py::count_seats_given_up": "a part of asking for erasure, which is noted there",
    "lists/actions.py::forget_rows": "a part of erasing, which is noted without a way back to the person",
    "catalogue/actions.py::refuse_to_lose_trainer": "refuses, or does nothing",
}
NEVER_IN_ACTIONS = ("django.http", "django.shortcuts", "django.forms", "django.template", "django.urls")
NOTES = {"note", "audit.note", "audit.actions.note", "actions.note"}


def shapeless(tree: Tree) -> Iterator[Finding]:
    """Guard: an action says what it means, takes `by` as a keyword and first asserts that it is inside an edge."""
    for module, action in actions(tree):
        name = f"the action {action.name}"
        if not ast.get_docstring(action):
            yield module.says(action, f"{name} does not say what it means")
        by = next((each for each in action.args.kwonlyargs if each.arg == "by"), None)
        if by is None or by.annotation is None or "Actor" not in ast.unparse(by.annotation):
            yield module.says(action, f"{name} does not take `*, by: Actor`")
        if not _begins_inside_edge(action):
            yield module.says(action, f"{name} does not begin with inside_edge()")


def unnoted(tree: Tree) -> Iterator[Finding]:
    """Guard: an action leaves an audit note, itself or through another function of its package's actions."""
    for package in tree.packages:
        functions = {f.name: f for m in _action_modules(tree, package) for f in _functions(m)}
        noting = {name for name, function in functions.items() if NOTES & set(_calls(function))}
        while True:
            more = {name for name, f in functions.items() if noting & {c.split(".")[-1] for c in _calls(f)}}
            if more <= noting:
                break
            noting |= more
        for module, action in actions(tree, package):
            if action.name not in noting:
                yield module.says(action, f"the action {action.name} leaves no audit note")


def misplaced(tree: Tree) -> Iterator[Finding]:
    """Guard: actions know no requests, forms, pages or addresses."""
    for package in tree.packages:
        for module in _action_modules(tree, package):
            for node in module.nodes:
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
                names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
                for name in names:
                    if name.startswith(NEVER_IN_ACTIONS):
                        yield module.says(node, f"imports {name}: that belongs to the edge, not in actions")


def actions(tree: Tree, package: str | None = None) -> Iterator[tuple[Module, ast.FunctionDef]]:
    """Yield every public function in the actions of a package, or of all."""
    for each in [package] if package else tree.packages:
        for module in _action_modules(tree, each):
            yield from ((module, f) for f in _functions(module) if not f.name.startswith("_"))


def _action_modules(tree: Tree, package: str) -> list[Module]:
    return [m for m in tree.product if m.package == package and m.part == "actions"]


def _functions(module: Module) -> list[ast.FunctionDef]:
    return [node for node in module.parsed.body if isinstance(node, ast.FunctionDef)]


def _begins_inside_edge(function: ast.FunctionDef) -> bool:
    body = function.body[1:] if ast.get_docstring(function) else function.body
    first = body[0] if body else None
    return (
        isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Call)
        and dotted(first.value.func).split(".")[-1] == "inside_edge"
    )


def _calls(function: ast.AST) -> list[str]:
    return [dotted(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)]


def test_every_action_has_its_shape(house):
    assert_clean(shapeless(house), ANOTHER_SHAPE)


def test_every_action_leaves_a_note(house):
    assert_clean(unnoted(house), KEEPS_NO_NOTE)


def test_actions_know_nothing_of_pages(house):
    assert_clean(misplaced(house))


WHOLE = '''
from leerhuis.audit.actions import note

def end_role(role, *, by: Actor):
    """End a role."""
    inside_edge()
    _close(role, by=by)

def _close(role, *, by):
    note("ended", role, by=by)
'''


@pytest.mark.parametrize(
    ("taken_out", "put_in", "said"),
    [
        ('    """End a role."""\n', "", "does not say what it means"),
        ("*, by: Actor", "by: Actor", "does not take `*, by: Actor`"),
        ("by: Actor", "by", "does not take `*, by: Actor`"),
        (
            "    inside_edge()\n    _close(role, by=by)",
            "    _close(role, by=by)\n    inside_edge()",
            "begin with inside_edge()",
        ),
        ("    inside_edge()\n", "", "begin with inside_edge()"),
    ],
)
def test_an_action_without_its_shape_is_caught(sample, taken_out, put_in, said):
    assert list(shapeless(sample({"people/actions.py": WHOLE}))) == []
    assert taken_out in WHOLE

    (finding,) = shapeless(sample({"people/actions.py": WHOLE.replace(taken_out, put_in)}))

    assert said in finding.what


@pytest.mark.parametrize("taken_out", ['    note("ended", role, by=by)\n', "    _close(role, by=by)\n"])
def test_an_action_without_a_note_is_caught(sample, taken_out):
    assert list(unnoted(sample({"people/actions/roles.py": WHOLE}))) == []

    (finding,) = unnoted(sample({"people/actions/roles.py": WHOLE.replace(taken_out, "    pass\n")}))

    assert finding.what == "the action end_role leaves no audit note"


def test_an_action_that_knows_pages_is_caught(sample):
    (finding,) = misplaced(sample({"people/actions.py": "def f():\n    from django.shortcuts import redirect\n"}))

    assert finding.what == "imports django.shortcuts: that belongs to the edge, not in actions"
