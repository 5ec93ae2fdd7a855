"""The settings of an academy: what a provider decides about itself, read from a TOML file and checked.

A file in `examples/` expresses all that a provider's privacy statement implies; `leerhuis academy create` takes it.
"""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from leerhuis.base.refusals import Refusal
from leerhuis.charter.terms import Term
from leerhuis.ui.colour import TYPEFACES


class SettingsRefused(Refusal):
    """The settings file cannot be used; the message lists every fault with its place."""


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Controller(_Part):
    """Who is responsible (article 4(7) AVG), as printed on every public page."""

    legal_name: str
    trade_name: str
    address: str
    postcode: str
    city: str
    kvk: str = Field(pattern=r"^\d{8}$")
    email: str
    privacy_email: str
    phone: str = ""
    website: str = ""


class Features(_Part):
    """Which parts of the trade this academy uses; a part that is off is not shown and not in the statement."""

    practice: bool = True
    pe_points: bool = False
    live_online: bool = False
    self_service_organisations: bool = False
    registration_without_account: bool = True
    newsletter: bool = False


class News(_Part):
    """About what people can ask to be sent something, where `features.newsletter` is on; each by its own consent."""

    newsletter: bool = False
    offer: bool = False
    magazine: bool = False
    product_news: bool = False
    comparison: bool = False


class Accounts(_Part):
    """How people sign in.

    A code by mail proves the mailbox alone, so it is weaker than an app or a passkey; privacy officer and administrator
    never pass by one.
    """

    mail_code: bool = False


class Terms(_Part):
    """Terms that differ from what the packages declare, as ISO durations.

    A longer one needs a reason, in Dutch and in English: the privacy statement prints it. Keeps: L18.
    """

    course: str | None = None
    account: str | None = None
    practice: str | None = None
    result: str | None = None
    organisation: str | None = None
    mail: str | None = None
    audit: str | None = None
    reasons: dict[str, str] = Field(default_factory=dict)
    reasons_en: dict[str, str] = Field(default_factory=dict)

    @field_validator("course", "account", "practice", "result", "organisation", "mail", "audit")
    @classmethod
    def _is_a_term(cls, value: str | None) -> str | None:
        if value is not None:
            Term.parse(value)
        return value


class Erasure(_Part):
    """What an erasure request does: anonymise (L19) or delete (K19a), and within how many days."""

    mode: Literal["anonymise", "delete"] = "delete"
    within_days: int = 7


class Organisations(_Part):
    """How many days' notice an organisation gets before everything of it is removed (L20)."""

    notice_days: int = Field(default=30, ge=1)


class Retention(_Part):
    """How much goes in one night, and from how many rows on somebody has to agree first."""

    at_most: int = Field(default=200_000, ge=1000)
    ask_above: int = Field(default=5_000, ge=1)


class Insights(_Part):
    """From how many people on a figure about a group is shown (`insights.publish`). Keeps: L17a.

    Ten is what a statistical office asks of each figure that leaves it (Australian Bureau of Statistics, DataLab, “rule
    of 10”). A smaller number shows more, also of months that were shown before: raise it, rather than lower it.
    """

    smallest_group: int = Field(default=10, ge=5)


class Sharing(_Part):
    """Whether anything goes to others only with consent asked beforehand (K8), or when the agreement needs it (L24)."""

    ask_consent_first: bool = False
    with_employer: Literal["if_agreed"] = "if_agreed"


class Rights(_Part):
    """How requests come in and when they are answered."""

    answer_days: int = 28
    mention: str = ""  # words to put in the subject line
    mention_en: str = ""


class Backup(_Part):
    """Where copies are and for how long."""

    place_nl: str
    place_en: str
    days: int = 30


VOID_SHIELDS: Final = re.compile(r"safe[\s-]*harbou?r|privacy[\s-]*shield", re.IGNORECASE)


class Supplier(_Part):
    """A firm that works for the academy (article 28 AVG): its role, place and agreement.

    In a settings file it is how a new academy begins; from then on the register says what is so (`privacy.firms`).
    Safe Harbor (void since 2015) and Privacy Shield (void since 2020) are no ground for a transfer. Keeps: K15a.
    """

    name: str = Field(min_length=1, max_length=120)
    role: str = Field(pattern=r"^[a-z][a-z0-9_]{0,39}$")
    role_nl: str
    role_en: str
    place: str = ""  # ISO 3166 code of the country, or "EU"; empty: not recorded yet, and said so
    processor: bool = True
    hosts: tuple[str, ...] = ()  # the host names by which this installation reaches it, with all below them
    agreement_since: date | None = None
    agreement_reference: str = ""
    agreement_until: date | None = None
    transfer: Literal["", "adequacy", "clauses", "rules"] = ""
    transfer_on: date | None = None  # of the decision, or of the own assessment that the law asks for with clauses
    transfer_basis_nl: str = ""
    transfer_basis_en: str = ""
    statement_link: str = ""
    helpers_link: str = ""

    @field_validator("transfer_basis_nl", "transfer_basis_en")
    @classmethod
    def _is_no_void_shield(cls, value: str) -> str:
        if VOID_SHIELDS.search(value):
            raise ValueError("Safe Harbor and Privacy Shield are void; name the ground that holds today")
        return value


class RegisterScheme(_Part):
    """A professional register to which points are reported, with the words for its number."""

    key: str
    name: str
    number_nl: str
    number_en: str


class QualityMark(_Part):
    """A registration or mark under which the academy works (CRKBO, NRTO)."""

    key: str
    name: str
    number: str = ""


class LookSettings(_Part):
    """Mark, colour and typeface."""

    accent: str = Field(default="#0b6e5b", pattern=r"^#[0-9a-fA-F]{6}$")
    typeface: str = "plain"
    initials: str = ""

    @field_validator("typeface")
    @classmethod
    def _is_a_typeface(cls, value: str) -> str:
        if value not in TYPEFACES:
            raise ValueError(f"choose one of {', '.join(TYPEFACES)}")
        return value


class StatementSettings(_Part):
    """Wording choices of the public statement; its date is that of the version that was published last."""

    title_nl: str = "Privacyverklaring"
    title_en: str = "Privacy statement"
    complaints_in_terms: bool = False


class Conditions(_Part):
    """The general conditions, with the complaint procedure, as of a date that is kept with each registration."""

    changed_on: date = date(2026, 1, 1)
    text_nl: str = ""  # own text with simple marks (Markdown); empty: the model text of the house, which says it is one
    text_en: str = ""
    appeal_nl: str = ""  # who judges a complaint that was not settled together
    appeal_en: str = ""


class Complaints(_Part):
    """The terms of the complaint procedure: by when a complaint is confirmed, and by when it is answered."""

    receipt_days: int = Field(default=7, ge=1)
    answer_days: int = Field(default=28, ge=1)


class AcademySettings(_Part):
    """Everything an academy decides about itself."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{1,30}$")
    name: str
    hosts: tuple[str, ...]
    controller: Controller
    statement: StatementSettings = StatementSettings()
    conditions: Conditions = Conditions()
    complaints: Complaints = Complaints()
    backup: Backup
    features: Features = Features()
    news: News = News()
    accounts: Accounts = Accounts()
    terms: Terms = Terms()
    erasure: Erasure = Erasure()
    organisations: Organisations = Organisations()
    retention: Retention = Retention()
    insights: Insights = Insights()
    sharing: Sharing = Sharing()
    rights: Rights = Rights()
    look: LookSettings = LookSettings()
    suppliers: tuple[Supplier, ...] = ()
    registers: tuple[RegisterScheme, ...] = ()
    marks: tuple[QualityMark, ...] = ()

    def value(self, key: str) -> object:
        """Return a setting by its dotted key (``features.practice``); raises AttributeError for an unknown one."""
        found: object = self
        for step in key.split("."):
            found = getattr(found, step)
        return found

    def term(self, key: str | None, default: Term) -> Term:
        """Return the term in force: this academy's own under a settings key, else the declared one."""
        own = self.value(key) if key else None
        return Term.parse(str(own)) if own else default


def read_settings(path: Path) -> AcademySettings:
    """Read and check a settings file; raises SettingsRefused naming every fault and its place in the file."""
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
        return AcademySettings.model_validate(content)
    except tomllib.TOMLDecodeError as fault:
        raise SettingsRefused(f"{path.name} is not valid TOML: {fault}") from fault
    except ValidationError as fault:
        lines = [f"  {'.'.join(str(p) for p in e['loc'])}: {e['msg']}" for e in fault.errors()]
        raise SettingsRefused(f"{path.name} cannot be used:\n" + "\n".join(lines)) from fault
