"""Events are plain facts in the past tense; every reaction to one is wired, and every job is declared."""

import ast
from collections.abc import Iterator

import pytest

from leerhuis.base.events import table
from tests.house.source import Finding, Module, Tree, assert_clean, dotted, text_of

PLAIN = {
    "UUID",
    "str",
    "int",
    "bool",
    "Decimal",
    "date",
    "datetime",
    "timedelta",
    "tuple",
    "None",
    "frozenset",
    "Literal",
}


def no_plain_facts(tree: Tree) -> Iterator[Finding]:
    """Guard: an event is a frozen dataclass below Event that holds ids and plain values, and no functions."""
    for module in tree.product:
        if module.part != "events" or module.package == "base":
            continue
        for kind in (node for node in module.parsed.body if isinstance(node, ast.ClassDef)):
            if not any("dataclass(frozen=True" in ast.unparse(each) for each in kind.decorator_list):
                yield module.says(kind.lineno, f"the event {kind.name} can be changed: make it @dataclass(frozen=True)")
            if not kind.bases:
                yield module.says(kind.lineno, f"the event {kind.name} is no Event")
            for part in kind.body:
                if isinstance(part, ast.FunctionDef):
                    yield module.says(part, f"the event {kind.name} thinks ({part.name}): an event only tells")
                if isinstance(part, ast.AnnAssign) and not _is_plain(part.annotation):
                    yield module.says(
                        part, f"the event {kind.name} carries {ast.unparse(part)}: ids and plain values only"
                    )


def _is_plain(annotation: ast.expr) -> bool:
    names = (dotted(node).split(".")[-1] for node in ast.walk(annotation) if isinstance(node, ast.Name | ast.Attribute))
    return all(name in PLAIN for name in names)


def unwired(tree: Tree, wired: set[str]) -> Iterator[Finding]:
    """Guard: a function in `handlers.py` stands in the table of config/wiring.py, or nothing ever calls it."""
    for module in tree.product:
        if module.part == "handlers":
            for function in (node for node in module.parsed.body if isinstance(node, ast.FunctionDef)):
                if not function.name.startswith("_") and f"leerhuis.{module.name}.{function.name}" not in wired:
                    yield module.says(function, f"{function.name} reacts to nothing: wire it in config/wiring.py")


def undeclared_jobs(tree: Tree) -> Iterator[Finding]:
    """Guard: a function in `jobs.py` is declared with @job(…) or @sweep(…), under the name of its package."""
    for module in tree.product:
        if module.part != "jobs" or module.package == "base":
            continue
        for function in (node for node in module.parsed.body if isinstance(node, ast.FunctionDef)):
            if not function.name.startswith("_") and not _declares(module, function):
                yield module.says(function, f"{function.name} is no job: say @job(“{module.package}.{function.name}”)")


def _declares(module: Module, function: ast.FunctionDef) -> bool:
    """True for a function that is declared, by a name that is a constant or begins with its package."""
    for call in (each for each in function.decorator_list if isinstance(each, ast.Call)):
        name = text_of(call.args[0]) if call.args else ""
        if dotted(call.func).split(".")[-1] in ("job", "sweep"):
            return name is None or name.startswith(f"{module.package}.")
    return False


def test_every_event_is_a_plain_fact(house):
    assert_clean(no_plain_facts(house))


def test_every_reaction_is_wired(house):
    wired = {f"{handler.__module__}.{handler.__name__}" for handlers in table().values() for handler in handlers}

    assert_clean(unwired(house, wired))


def test_every_job_is_declared(house):
    assert_clean(undeclared_jobs(house))


EVENT = "@dataclass(frozen=True)\nclass Enrolled(Event):\n    enrolment_id: UUID\n    seats: int | None = None\n"


@pytest.mark.parametrize(
    ("taken_out", "put_in", "said"),
    [
        ("@dataclass(frozen=True)", "@dataclass", "can be changed"),
        ("(Event)", "", "is no Event"),
        ("enrolment_id: UUID", "enrolment: Enrolment", "carries enrolment: Enrolment"),
        ("seats: int | None = None", "def seats(self): return 1", "thinks (seats)"),
    ],
)
def test_an_event_that_is_no_plain_fact_is_caught(sample, taken_out, put_in, said):
    assert list(no_plain_facts(sample({"enrolment/events.py": EVENT}))) == []
    assert taken_out in EVENT

    (finding,) = no_plain_facts(sample({"enrolment/events.py": EVENT.replace(taken_out, put_in)}))

    assert said in finding.what


def test_a_reaction_that_is_not_wired_is_caught(sample):
    tree = sample({"results/handlers.py": "def seat_taken(event):\n    pass\ndef seat_left(event):\n    pass\n"})

    (finding,) = unwired(tree, {"leerhuis.results.handlers.seat_taken"})

    assert finding.what == "seat_left reacts to nothing: wire it in config/wiring.py"


def test_a_job_that_is_not_declared_is_caught(sample):
    text = """
@job(SEND)
def send(id): pass
@sweep("results.tidy", every_minutes=5)
def tidy(): pass
def left(): pass
@job("people.odd")
def odd(id): pass
"""
    tree = sample({"results/jobs.py": text})

    assert [finding.function for finding in undeclared_jobs(tree)] == ["left", "odd"]
