"""`leerhuis texts`: keeps the Dutch texts complete; needs no database and no settings."""

import argparse
from collections.abc import Iterator
from contextlib import contextmanager

from leerhuis.config.cli import exits


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis texts update|check|compile [package …]`."""
    parser = commands.add_parser(
        "texts",
        help="keep the Dutch texts complete",
        description="Finds the texts in code and templates and keeps their Dutch translations, per package, "
        "in locale/nl/LC_MESSAGES/django.po.",
        epilog=exits.EXPLANATION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    tasks = parser.add_subparsers(metavar="TASK", required=True)
    for name, function, meaning in (
        ("update", update, "write new texts to the django.po files; keeps every translation"),
        ("check", check, "say which texts lack a good translation; exit code 1 if there are any"),
        ("compile", compile_all, "make the django.mo files that the running product reads"),
    ):
        task = tasks.add_parser(name, help=meaning, description=meaning)
        task.add_argument("package", nargs="*", help="only these packages, such as `enrolment`; otherwise all")
        task.set_defaults(carry_out=function)


def update(asked: argparse.Namespace) -> int:
    """Merge the texts found in the code into each package's catalogue and say what is still to translate."""
    from leerhuis.config import texts

    with in_plain_words():
        for package in texts.packages(asked.package):
            catalogue = texts.updated(package)
            if catalogue is not None:
                todo, gone = texts.to_translate(catalogue), len(catalogue.obsolete)
                print(f"{package.name}: {len(catalogue)} texts, {todo} to translate, {gone} no longer used")
    return exits.GOOD


def check(asked: argparse.Namespace) -> int:
    """Say what stands between each package and complete Dutch; WRONG when anything does."""
    from leerhuis.config import texts

    with in_plain_words():
        faults = [fault for package in texts.packages(asked.package) for fault in texts.faults_of(package)]
        faults += texts.collisions()
    for fault in faults:
        print(fault)
    if faults:
        print(f"{len(faults)} texts need work: run `leerhuis texts update`, then edit the django.po files named above.")
        return exits.WRONG
    return exits.GOOD


def compile_all(asked: argparse.Namespace) -> int:
    """Make the django.mo files that are missing or older than their source."""
    from leerhuis.config import texts

    with in_plain_words():
        texts.compile_texts(texts.packages(asked.package))
    return exits.GOOD


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what cannot be read, or is not known, into words and an exit code."""
    from leerhuis.config.texts import NoSuchPackage, TextFault

    try:
        yield
    except TextFault as fault:
        raise exits.Stop(str(fault), exits.USAGE if isinstance(fault, NoSuchPackage) else exits.WRONG) from fault
