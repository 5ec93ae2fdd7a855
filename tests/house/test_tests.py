"""Tests are honest: none is left out without a reason, and own code is not replaced by a puppet."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.source import HOUSE, Finding, Module, Tree, assert_clean, dotted, keyword, text_of

LEFT_OUT = {"skip", "skipif", "xfail", "skipTest", "importorskip"}


def left_out(tree: Tree) -> Iterator[Finding]:
    """Guard: a test that is left out says why."""
    for module in modules_of_tests(tree):
        for node in module.nodes:
            if isinstance(node, ast.Attribute) and node.attr in LEFT_OUT and dotted(node).startswith("pytest."):
                call = next((c for c in module.nodes if isinstance(c, ast.Call) and c.func is node), None)
                if not _reason(node, call):
                    yield module.says(node, f"{dotted(node)} gives no reason: say what is missing, in words")


def _reason(node: ast.Attribute, call: ast.Call | None) -> bool:
    """True for a call with a reason; a call that leaves out on the spot may give it as its first argument."""
    if call is None:
        return False
    reason = keyword(call, "reason")
    if reason is None and call.args and not dotted(node).startswith("pytest.mark."):
        reason = call.args[0]
    text = text_of(reason)
    return bool(text.strip()) if text is not None else reason is not None


def puppets(tree: Tree) -> Iterator[Finding]:
    """Guard: no test replaces code of the house by a mock."""
    for module in modules_of_tests(tree):
        for node in module.nodes:
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] in ("patch", "patch.object", "setattr"):
                target = text_of(node.args[0]) if node.args else None
                if target and target.startswith("leerhuis."):
                    yield module.says(node, f"replaces {target} by a puppet: make the case real instead")


def hasty(tree: Tree) -> Iterator[Finding]:
    """Guard: no story waits for a promise by Playwright's own waiting, which takes it for a yes and does not wait."""
    for module in tree.modules.values():
        for node in module.nodes:
            if isinstance(node, ast.Call) and dotted(node.func).endswith("wait_for_function"):
                words = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
                if any(isinstance(each, str) and ("async" in each or "Promise" in each) for each in words):
                    yield module.says(node, "waits for a promise, which is always there: ask over and over instead")


def claimless(tree: Tree) -> Iterator[Finding]:
    """Guard: a test claims something: it asserts, expects a refusal, or hands its claim to a function that does."""
    for module in modules_of_tests(tree):
        functions = [node for node in module.nodes if isinstance(node, ast.FunctionDef)]
        claiming = {function.name for function in functions if _claims(function, set())}
        for function in functions:
            if function.name.startswith("test_") and not _claims(function, claiming):
                yield module.says(function, f"{function.name} claims nothing: say what must hold")


def _claims(function: ast.FunctionDef, claiming: set[str]) -> bool:
    """True for a function that asserts, or calls one that does: by its name, or as one of those in the same file."""
    names = {dotted(node.func).split(".")[-1] for node in ast.walk(function) if isinstance(node, ast.Call)}
    return (
        any(isinstance(node, ast.Assert) for node in ast.walk(function))
        or bool(names & (claiming | {"raises", "fail"}))
        or any(name.startswith(("assert", "django_assert", "see", "expect", "must")) for name in names)
    )


def modules_of_tests(tree: Tree) -> Iterator[Module]:
    """Yield every module of tests in a tree."""
    return (module for module in tree.modules.values() if module.is_test or module.path.name.startswith("test_"))


@pytest.fixture(scope="session")
def all_tests(house: Tree) -> list[Tree]:
    """The tests beside the packages, and those of the whole house."""
    return [house, Tree(HOUSE / "tests")]


def test_no_test_is_left_out_without_a_reason(all_tests):
    assert_clean(finding for tree in all_tests for finding in left_out(tree))


def test_no_own_code_is_replaced_by_a_puppet(all_tests):
    assert_clean(finding for tree in all_tests for finding in puppets(tree))


def test_no_story_waits_for_nothing(all_tests):
    assert_clean(finding for tree in all_tests for finding in hasty(tree))


def test_every_test_can_fail(all_tests):
    assert_clean(finding for tree in all_tests for finding in claimless(tree))


@pytest.mark.parametrize(
    "text",
    [
        "@pytest.mark.skip\ndef test_a(): pass\n",
        "@pytest.mark.skip()\ndef test_a(): pass\n",
        "@pytest.mark.skipif(True)\ndef test_a(): pass\n",
        "@pytest.mark.skip(reason=' ')\ndef test_a(): pass\n",
        "@pytest.mark.xfail\ndef test_a(): pass\n",
        "def test_a():\n    pytest.skip()\n",
        "def test_a():\n    pytest.skip('')\n",
    ],
)
def test_a_test_left_out_in_silence_is_caught(sample, text):
    (finding,) = left_out(sample({"people/tests/test_a.py": text}))

    assert "gives no reason" in finding.what


def test_a_test_left_out_with_a_reason_is_free(sample):
    text = "def test_a():\n    pytest.skip('no browser')\n@pytest.mark.skip(reason='no browser')\ndef test_b(): pass\n"

    assert list(left_out(sample({"people/tests/test_a.py": text}))) == []


@pytest.mark.parametrize("call", ["mock.patch('leerhuis.people.actions.f')", "monkeypatch.setattr('leerhuis.a.b', 1)"])
def test_a_puppet_is_caught(sample, call):
    (finding,) = puppets(sample({"people/tests/test_a.py": f"def test_a(monkeypatch):\n    {call}\n"}))

    assert "make the case real" in finding.what


@pytest.mark.parametrize("asked", ["'async () => await f()'", "f'async () => {1}'", "'() => new Promise(f)'"])
def test_waiting_for_a_promise_is_caught(sample, asked):
    text = f"def wait(page):\n    page.wait_for_function({asked})\n    page.wait_for_function('window.there')\n"

    (finding,) = hasty(sample({"people/tests/a_page.py": text}))

    assert "ask over and over" in finding.what


def test_a_test_that_claims_nothing_is_caught(sample):
    text = "def test_a():\n    1 + 1\ndef test_b():\n    assert 1\ndef test_c():\n    with raises(X):\n        f()\n"
    text += "def refuse(x):\n    assert x\ndef test_d():\n    refuse(1)\n"

    (finding,) = claimless(sample({"people/tests/test_a.py": text}))

    assert finding.what == "test_a claims nothing: say what must hold"
