"""Keeping the register of suppliers: entering a firm, changing what is recorded of it, and ending it."""

from typing import Any

from leerhuis.academies.settings import VOID_SHIELDS
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.privacy.events import FirmChanged, FirmEnded, FirmEntered
from leerhuis.privacy.firms import machines_elsewhere
from leerhuis.privacy.models import Firm
from leerhuis.privacy.rules import (
    EndsBeforeItBegins,
    FirmEndedAlready,
    InRegisterAlready,
    LastInRole,
    VoidShield,
    WrittenInOneLanguage,
)

RECORDED = (
    "name", "role", "role_nl", "role_en", "processor", "place", "hosts", "agreement_since", "agreement_reference",
    "agreement_until", "transfer", "transfer_on", "transfer_nl", "transfer_en", "statement_link", "helpers_link",
    "remarks",
)  # fmt: skip


def enter_firm(*, by: Actor, **values: Any) -> Firm:
    """Enter a firm in the register; from then on the statement names it. Keeps: L25, K15a.

    `values` are fields of `Firm`. Refuses VoidShield, EndsBeforeItBegins, WrittenInOneLanguage and InRegisterAlready.
    """
    inside_edge()
    firm = Firm(**_tidied(values))
    _refuse(firm)
    firm.save()
    note("enter firm", firm, by=by, fields=values)
    emit(FirmEntered(firm.id))
    return firm


def change_firm(firm: Firm, *, by: Actor, **values: Any) -> list[str]:
    """Change what is recorded of a firm; returns the names of the fields that became different.

    Refuses as `enter_firm`, and FirmEndedAlready. Keeps: L25, K15a.
    """
    inside_edge()
    locked = Firm.objects.select_for_update(of=("self",)).get(pk=firm.pk)
    if not locked.is_live:
        raise FirmEndedAlready
    changed = [name for name, value in _tidied(values).items() if getattr(locked, name) != value]
    before = locked.role
    for name in changed:
        setattr(locked, name, _tidied(values)[name])
    _refuse(locked)
    if locked.role != before:
        _refuse_last(locked, before)
    locked.save(update_fields=changed)
    if changed:
        note("change firm", locked, by=by, fields=changed)
        emit(FirmChanged(locked.id))
    return changed


def end_firm(firm: Firm, *, by: Actor) -> None:
    """Record that a firm works for the academy no longer; the statement then leaves it out.

    Refuses FirmEndedAlready, and LastInRole for the last one that does something that this installation is set to use.
    """
    inside_edge()
    locked = Firm.objects.select_for_update(of=("self",)).get(pk=firm.pk)
    if not locked.is_live:
        raise FirmEndedAlready
    _refuse_last(locked, locked.role)
    locked.ended_at = clock.now()
    locked.save(update_fields=["ended_at"])
    note("end firm", locked, by=by, fields=["ended_at"])
    emit(FirmEnded(locked.id))


def _tidied(values: dict[str, Any]) -> dict[str, Any]:
    """Return the values as they are kept: single spaces in lines, hosts in small letters side by side."""
    kept = {
        name: tidy(value) if isinstance(value, str) and name != "remarks" else value for name, value in values.items()
    }
    if "hosts" in kept:
        kept["hosts"] = " ".join(kept["hosts"].replace(",", " ").lower().split())
    return kept


def _refuse(firm: Firm) -> None:
    for language in ("nl", "en"):
        if VOID_SHIELDS.search(getattr(firm, f"transfer_{language}")):
            raise VoidShield(field=f"transfer_{language}")
    if bool(firm.transfer_nl) != bool(firm.transfer_en):
        raise WrittenInOneLanguage(field="transfer_en" if firm.transfer_nl else "transfer_nl")
    if firm.agreement_until and firm.agreement_since and firm.agreement_until < firm.agreement_since:
        raise EndsBeforeItBegins
    same = Firm.objects.filter(name=firm.name, role=firm.role, ended_at=None)
    if same.exclude(pk=firm.pk).exists():
        raise InRegisterAlready


def _refuse_last(firm: Firm, role: str) -> None:
    """Refuse to take the last firm away from something that would stand still without one."""
    others = Firm.objects.filter(role=role, ended_at=None).exclude(pk=firm.pk)
    if any(machine.role == role for machine in machines_elsewhere()) and not others.exists():
        raise LastInRole
