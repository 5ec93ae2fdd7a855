"""What the register of suppliers comes to: the settings as they hold now, what is lacking, and machines elsewhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings as product
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerhuis.academies.settings import AcademySettings, Supplier
from leerhuis.base.hosts import is_host_of, is_this_machine
from leerhuis.privacy.models import Firm

BEFORE_EXPIRY: Final = timedelta(days=60)
MAIL, HOSTING, BACKUP = "mail", "hosting", "backups"
_MOUNTS: Final = Path("/proc/self/mounts")
_OVER_A_NETWORK: Final = ("nfs", "cifs", "smb", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "ceph", "glusterfs", "9p")
_SAME: Final = (
    "name", "role", "role_nl", "role_en", "place", "processor", "agreement_since", "agreement_reference",
    "agreement_until", "transfer", "transfer_on", "statement_link", "helpers_link",
)  # fmt: skip


def live_firms() -> list[Firm]:
    """Return the firms that work for the academy now, in the order in which they were entered. One query."""
    return list(Firm.objects.filter(ended_at=None).order_by("created_at", "id"))


def as_supplier(firm: Firm) -> Supplier:
    """Return a row of the register in the form in which a settings file names a firm."""
    same = {name: getattr(firm, name) for name in _SAME}
    return Supplier(
        **same,
        hosts=tuple(firm.hosts.split()),
        transfer_basis_nl=firm.transfer_nl,
        transfer_basis_en=firm.transfer_en,
    )


def as_row(supplier: Supplier) -> dict[str, Any]:
    """Return a firm of a settings file as the fields of a row of the register."""
    same = {name: getattr(supplier, name) for name in _SAME}
    hosts, words = " ".join(supplier.hosts), (supplier.transfer_basis_nl, supplier.transfer_basis_en)
    return {**same, "hosts": hosts, "transfer_nl": words[0], "transfer_en": words[1]}


def chosen_now(academy: Any) -> AcademySettings:
    """Return what an academy chose as it holds now: its settings, with the suppliers of the register.

    The suppliers of the settings file began the register and mean nothing after that. Everything that tells of an
    academy that runs, its statement above all, is made of this. Keeps: L25.
    """
    chosen: AcademySettings = academy.settings
    return chosen.model_copy(update={"suppliers": tuple(map(as_supplier, live_firms()))})


def is_registered(role: str) -> bool:
    """Whether a firm stands in the register that does this; the outlet asks it before data go there. Keeps: L25."""
    return Firm.objects.filter(role=role, ended_at=None).exists()


# --- what is lacking ------------------------------------------------------------------------------------------------
def lacking_of(firm: Supplier, today: date) -> Iterator[str]:
    """Yield what was not written down about a supplier, or holds no longer, in words that say what to do."""
    if firm.processor:
        yield from _agreement_lacks(firm, today)
    if not firm.place:
        yield _("The country where it works was not recorded.")


def _agreement_lacks(firm: Supplier, today: date) -> Iterator[str]:
    if firm.agreement_since is None:
        yield _("No date of a processor agreement was recorded. Conclude one and record its date.")
    if firm.agreement_until is None:
        return
    if firm.agreement_until < today:
        yield _("The processor agreement has expired. Renew it and record until when it holds.")
    elif firm.agreement_until <= today + BEFORE_EXPIRY:
        yield _("The processor agreement expires within 60 days. Renew it and record until when it holds.")


def transfer_lacks(firm: Supplier) -> Iterator[str]:
    """Yield what is lacking about sending data to a supplier outside the EEA. Keeps: K15a."""
    if not (firm.transfer_basis_nl and firm.transfer_basis_en):
        yield _("It is outside the EEA, and no basis for the transfer was recorded in both languages.")
    elif not firm.transfer:
        yield _("It is outside the EEA, and it was not recorded on which article the transfer rests.")
    elif firm.transfer_on is None:
        yield _("It is outside the EEA, and no date was recorded of the decision or of our own assessment.")


# --- machines elsewhere -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Machine:
    """Another machine that this installation was set to use: for what, and the name of its host."""

    role: str
    host: str
    use: str | Promise


def machines_elsewhere() -> list[Machine]:
    """Return the machines that the settings of this installation lead to, apart from this one. Keeps: L25."""
    found = (
        Machine(MAIL, str(product.SMTP.host), gettext_lazy("mails are handed over there")),
        Machine(HOSTING, str(product.DATABASES["default"]["HOST"]), gettext_lazy("the database is there")),
        Machine(BACKUP, _host_of_folder(product.BACKUP_PLACE), gettext_lazy("the backups are there")),
    )
    return [each for each in found if not is_this_machine(each.host)]


def _host_of_folder(folder: str) -> str:
    """Return the host behind a folder that lies on another machine; empty for one on this machine, or none."""
    if not folder or not _MOUNTS.exists():
        return ""
    place, best = Path(folder).resolve(), ("", "", "")
    for line in _MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines():
        source, point, kind, *_rest = line.split(" ")
        if place.is_relative_to(point) and len(point) >= len(best[1]):
            best = (source, point, kind)
    source, _point, kind = best
    if not kind.startswith(_OVER_A_NETWORK):
        return ""
    return source.removeprefix("//").partition("/")[0].rpartition("@")[2].partition(":")[0] or kind


def unregistered(machines: list[Machine], firms: tuple[Supplier, ...]) -> list[Machine]:
    """Return the machines of which no firm in the register names the host in that role."""
    return [
        machine
        for machine in machines
        if not any(
            is_host_of(machine.host, domain) for firm in firms if firm.role == machine.role for domain in firm.hosts
        )
    ]
