"""Every mail is one function with a template in Dutch and one in English."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.source import Finding, Module, Tree, assert_clean, dotted, keyword, text_of

KINDS = {"service_mail", "news_mail"}
LANGUAGES = ("nl", "en")
SUBJECT = re.compile(r"\A(?:\{%.*?%\}\s*)*Subject: \S.*\n", re.DOTALL)
BLANK = re.compile(r"\{\{\s*([\w.]+)|\{%\s*\w+\s+([\w.]+)")


def mails(tree: Tree) -> Iterator[Finding]:
    """Guard: a function in `mails.py` is a mail of a known kind, called by a Dutch and an English name."""
    for module in mail_modules(tree):
        for function in public_functions(module):
            kind = _kind(function)
            if kind is None:
                yield module.says(function, f"{function.name} is no mail: say @service_mail(…) or @news_mail(…)")
                continue
            for language in LANGUAGES:
                if not (text_of(keyword(kind, language)) or "").strip():
                    yield module.says(function, f"the mail {function.name} has no name in “{language}”")


def templates(tree: Tree) -> Iterator[Finding]:
    """Guard: each mail has its template in both languages, opening with a subject, and no template lacks a mail."""
    for module in mail_modules(tree):
        folder = tree.root / module.package / "templates" / module.package / "mail"
        names = {f.name for f in public_functions(module) if _kind(f)}
        wanted = {folder / f"{name}.{language}.md" for name in names for language in LANGUAGES}
        for path in sorted(wanted):
            if not path.exists():
                yield module.says(1, f"the mail {path.name.split('.')[0]} has no template {tree.where(path)}")
            elif not SUBJECT.match(path.read_text(encoding="utf-8")):
                yield Finding(tree.where(path), 1, "does not open with the line “Subject: …”")
    for path in tree.files(".md"):
        package = tree.where(path).split("/")[0]
        if path.parent.name == "mail" and not path.name.startswith("_") and _function(tree, package, path) is None:
            yield Finding(tree.where(path), 1, "is the template of no mail")


def unequal_pairs(tree: Tree) -> Iterator[Finding]:
    """Guard: the Dutch and the English template of a mail tell the same values."""
    for path in tree.files(".md"):
        if path.parent.name == "mail" and path.name.endswith(".nl.md"):
            english = path.with_name(path.name.replace(".nl.md", ".en.md"))
            if english.exists() and (differ := _blanks(path) ^ _blanks(english)):
                yield Finding(
                    tree.where(path), 1, f"differs from its English pair in what it tells: {', '.join(sorted(differ))}"
                )


def forged_proofs(tree: Tree) -> Iterator[Finding]:
    """Guard: a proof of consent is made by `consent`, which reads its ledger, and by nobody else."""
    for module in tree.product:
        if module.package == "consent" and module.part == "queries":
            continue
        for node in module.nodes:
            if isinstance(node, ast.Call) and dotted(node.func).split(".")[-1] == "Proof":
                yield module.says(node, "makes a proof of consent: ask consent.queries.proof() or proofs()")


def mail_modules(tree: Tree) -> Iterator[Module]:
    """Yield every `mails.py` (the package `mail` itself has none that is special)."""
    return (module for module in tree.product if module.part == "mails")


def public_functions(module: Module) -> Iterator[ast.FunctionDef]:
    """Yield the functions at the top of a module that do not begin with an underscore."""
    return (f for f in module.parsed.body if isinstance(f, ast.FunctionDef) and not f.name.startswith("_"))


def _kind(function: ast.FunctionDef) -> ast.Call | None:
    calls = (each for each in function.decorator_list if isinstance(each, ast.Call))
    return next((each for each in calls if dotted(each.func).split(".")[-1] in KINDS), None)


def _function(tree: Tree, package: str, path: Path) -> ast.FunctionDef | None:
    name = path.name.split(".")[0]
    modules = (m for m in mail_modules(tree) if m.package == package)
    return next((f for m in modules for f in public_functions(m) if f.name == name), None)


def _blanks(path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    found = {(tag or value).split(".")[0] for value, tag in BLANK.findall(text)}
    return found - {"load", "i18n", "trimmed", "else", "endif"}


def test_every_mail_has_a_kind_and_a_name_in_both_languages(house):
    assert_clean(mails(house))


def test_every_mail_has_its_templates_in_both_languages(house):
    assert_clean(templates(house))


def test_both_languages_of_a_mail_tell_the_same_values(house):
    assert_clean(unequal_pairs(house))


def test_only_consent_makes_a_proof_of_consent(house):
    assert_clean(forged_proofs(house))


def test_a_proof_that_was_made_elsewhere_is_caught(sample):
    forged = "from leerhuis.mail.letters import Proof\n\ndef f(to):\n    return Proof(to, 'x', None, '', '')\n"
    assert list(forged_proofs(sample({"consent/queries.py": forged}))) == []

    (finding,) = forged_proofs(sample({"website/actions.py": forged}))

    assert "makes a proof of consent" in finding.what


MAIL = '''
@service_mail(cause=Enrolled, nl="bevestiging", en="confirmation")
def enrolment_confirmed(enrolment):
    """Tell."""
'''
FOLDER = "enrolment/templates/enrolment/mail/"
BOTH = {f"{FOLDER}enrolment_confirmed.{language}.md": "Subject: Yes\n\nDear {{ name }}," for language in LANGUAGES}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (MAIL.replace(', en="confirmation"', ""), "has no name in “en”"),
        (MAIL.replace('nl="bevestiging"', 'nl=" "'), "has no name in “nl”"),
        (MAIL.replace("@service_mail", "@mail"), "is no mail"),
    ],
)
def test_a_mail_without_kind_or_name_is_caught(sample, text, said):
    assert list(mails(sample({"enrolment/mails.py": MAIL}))) == []

    (finding,) = mails(sample({"enrolment/mails.py": text}))

    assert said in finding.what


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (
            {f"{FOLDER}enrolment_confirmed.en.md": None},
            "has no template enrolment/templates/enrolment/mail/enrolment_con",
        ),
        ({f"{FOLDER}enrolment_confirmed.nl.md": "Dear you"}, "does not open with the line “Subject: …”"),
        ({f"{FOLDER}enrolment_confirmed.nl.md": "Subject: \n"}, "does not open with the line “Subject: …”"),
        ({f"{FOLDER}enrolment_ended.nl.md": "Subject: a\n"}, "is the template of no mail"),
    ],
)
def test_a_mail_without_its_templates_is_caught(sample, changed, said):
    files = {"enrolment/mails.py": MAIL, **BOTH}
    assert list(templates(sample(files))) == []
    tree = sample({name: text for name, text in changed.items() if text is not None})
    for name in (name for name, text in changed.items() if text is None):
        (tree.root / name).unlink()

    (finding,) = templates(tree)

    assert said in finding.what


def test_a_pair_that_differs_is_caught(sample):
    tree = sample(
        {**BOTH, f"{FOLDER}enrolment_confirmed.en.md": "Subject: Yes\n\n{% if date %}{{ date }}{% endif %}\n"}
    )

    (finding,) = unequal_pairs(tree)

    assert finding.what.endswith("in what it tells: date, name")
