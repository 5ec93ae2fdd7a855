"""The register: every declaration of every installed package, read once at start."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar, cast

from django.apps import apps
from django.utils.module_loading import import_string

from leerhuis.charter.declarations import Chosen, Declaration, Followed, Listing, Purpose

DeclarationT = TypeVar("DeclarationT", bound=Declaration)


@dataclass(frozen=True)
class Declared:
    """A declaration with the package that made it; `id` is unique in the house (``enrolment.course``)."""

    package: str
    declaration: Declaration

    @property
    def id(self) -> str:
        """Return the name under which sentences, the data map and probes refer to it."""
        return f"{self.package}.{self.declaration.key}"


_declared: list[Declared] = []


def load() -> None:
    """Read `privacy.py` and `foreign.py` of every installed package of the house, in the order of installation."""
    _declared.clear()
    for config in apps.get_app_configs():
        if not config.name.startswith("leerhuis."):
            continue
        for module in ("foreign", "privacy"):
            if find_spec(f"{config.name}.{module}"):
                take_from(config.label, import_module(f"{config.name}.{module}"))


def take_from(package: str, module: object) -> None:
    """Take the declarations that stand at the top of a module (or in tuples and lists there)."""
    for value in list(vars(module).values()):
        for item in value if isinstance(value, tuple | list) else (value,):
            if isinstance(item, Declaration):
                _declared.append(Declared(package, item))  # noqa: PERF401 - two loops in one line are no gain


def declared(kind: type[DeclarationT]) -> list[tuple[Declared, DeclarationT]]:
    """Return all declarations of one kind, each with the package that made it."""
    return [(each, each.declaration) for each in _declared if isinstance(each.declaration, kind)]


def in_force(kind: type[DeclarationT], chosen: Chosen) -> list[tuple[Declared, DeclarationT]]:
    """Return the declarations of one kind that hold in an academy with these settings."""
    return [(each, declaration) for each, declaration in declared(kind) if declaration.holds_under(chosen)]


def listing_of(model_label: str) -> Listing | None:
    """Return how the rows of a model (``enrolment.Enrolment``) are shown to the person they are about, or None."""
    return next((listing for _, listing in declared(Listing) if listing.model == model_label), None)


def function_named(name: str) -> Callable[..., Any]:
    """Return the function that a declaration names (``privacy.actions.erase_again``); raises ImportError."""
    return cast("Callable[..., Any]", import_string(f"leerhuis.{name}"))


def followed(model_label: str) -> list[Callable[..., Any]]:
    """Return the functions ``(ids, *, by)`` to call before rows of a model (``documents.Document``) go."""
    return [function_named(each.action) for _, each in declared(Followed) if each.model == model_label]


def everything() -> list[Declared]:
    """Return all declarations."""
    return list(_declared)


def purposes_of(model_label: str) -> list[tuple[Declared, Purpose]]:
    """Return the purposes that claim the rows of a model (``enrolment.Enrolment``), directly or as a child."""
    return [
        (each, purpose)
        for each, purpose in declared(Purpose)
        if model_label == purpose.rows or model_label in purpose.children
    ]
