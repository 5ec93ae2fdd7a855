"""Reads what the crowd is made of: ``../content/more/*.toml``. A word too many in a file is an error."""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from leerhuis.config.demo.content.kinds import Academy

_CUSTOMER = (
    "key", "name", "kvk", "address", "postcode", "city", "domain", "first_name", "last_name", "shares", "reference",
)  # fmt: skip
_HERE = Path(__file__).parents[1] / "content" / "more"


@dataclass(frozen=True)
class Family:
    """What the courses of one family have in common."""

    key: str
    audience: str
    description: str
    outcomes: tuple[str, ...]
    bank: str = ""
    points: int = 0
    register: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Course:
    """A course with its family; `price` in whole euro without VAT, `days` lessons of six hours."""

    family: Family
    slug: str
    title: str
    title_en: str
    summary: str
    summary_en: str
    level: str
    days: int
    price: Decimal


@dataclass(frozen=True)
class Customer:
    """An organisation with its contact, and what was agreed to share with it."""

    key: str
    name: str
    kvk: str
    address: str
    postcode: str
    city: str
    domain: str
    first_name: str
    last_name: str
    shares: tuple[str, ...]
    reference: str


@dataclass(frozen=True)
class Place:
    """A venue with the room that is used of it."""

    name: str
    address: str
    postcode: str
    city: str
    room: str
    route: str


@dataclass(frozen=True)
class NameGroup:
    """Names that go together, and how many of a hundred people bear one of them."""

    share: int
    first: tuple[str, ...]
    last: tuple[str, ...]


@cache
def courses(academy: Academy) -> tuple[Course, ...]:
    """Return the courses of an academy, family by family."""
    found = []
    for row in _read(academy)["family"]:
        listed = {name: tuple(row[name]) for name in ("outcomes", "asks") if name in row}
        family = Family(**{name: value for name, value in row.items() if name != "courses"} | listed)
        found += [Course(family, **each | {"price": Decimal(each["price"])}) for each in row["courses"]]
    return tuple(found)


@cache
def customers(academy: Academy) -> tuple[Customer, ...]:
    """Return the customer organisations of an academy."""
    rows = _read(academy)["organisations"]["rows"]
    return tuple(Customer(**dict(zip(_CUSTOMER, row, strict=True)) | {"shares": tuple(row[9])}) for row in rows)


@cache
def places(academy: Academy) -> tuple[Place, ...]:
    """Return the venues of an academy."""
    return tuple(Place(*row) for row in _read(academy)["venues"]["rows"])


@cache
def trainers(academy: Academy) -> tuple[tuple[str, str, str], ...]:
    """Return first name, last name and mail name of each trainer."""
    return tuple((first, last, mail) for first, last, mail in _read(academy)["trainers"]["rows"])


@cache
def name_groups() -> tuple[NameGroup, ...]:
    """Return the groups of names."""
    return tuple(NameGroup(row["share"], tuple(row["first"]), tuple(row["last"])) for row in _read("names")["group"])


@cache
def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))
