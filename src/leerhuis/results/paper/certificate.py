"""A certificate on paper, from what the certificate itself holds."""

from io import BytesIO
from typing import Any

import qrcode
from django.utils.translation import gettext as _
from django.utils.translation import override
from qrcode.image.svg import SvgPathImage

from leerhuis.academies.letterhead import letterhead
from leerhuis.academies.settings import AcademySettings
from leerhuis.base.edge import current_academy
from leerhuis.mail.links import absolute
from leerhuis.results.models import Certificate
from leerhuis.ui.paper.press import press
from leerhuis.ui.wording import day_long, number

_LONG, _LONGER = 24, 44  # from so many letters on, a line is set smaller


def certificate_pdf(certificate: Certificate) -> bytes:
    """Return a certificate as PDF, in its own language; always the same bytes for the same certificate.

    Refuses Unprintable for a name with characters that the fonts do not have.
    """
    settings: AcademySettings = current_academy().settings
    with override(certificate.language):
        return press("results/paper/certificate.typ", _values(certificate, settings), moment=certificate.created_at)


def _values(certificate: Certificate, settings: AcademySettings) -> dict[str, Any]:
    check = absolute("results_check_number", certificate.number)
    return {
        "title": _("Certificate %(course)s, %(name)s") % {"course": certificate.course_title, "name": certificate.name},
        "language": certificate.language,
        "academy": letterhead(settings),
        "name": certificate.name,
        "name_size": _size(certificate.name, (36, 28, 21)),
        "course": certificate.course_title,
        "course_size": _size(certificate.course_title, (24, 20, 16)),
        "facts": _facts(certificate, settings),
        "number": certificate.number,
        "check_url": check,
        "check_shown": absolute("results_check_certificate").split("://")[-1],
        "qr": _qr(check),
        "issuer": _issuer(settings),
        "words": _words(settings),
    }


def _words(settings: AcademySettings) -> dict[str, str]:
    name = {"academy": settings.controller.trade_name}
    return {
        "certificate": _("Certificate"),
        "declares": _("%(academy)s declares that") % name,
        "passed": _("took part in and successfully completed"),
        "number_label": _("Certificate number"),
        "check": _("Check with this number and the surname whether the certificate is valid; no signature is needed:"),
        "qr": _("QR code that leads to the page where this certificate can be checked"),
    }


def _facts(certificate: Certificate, settings: AcademySettings) -> list[tuple[str, str]]:
    """Return the facts under the course, in words; what is nil is left out."""
    facts = [(_("Completed on"), day_long(certificate.finished_on))]
    if certificate.hours:
        facts.append((_("Study load"), _("%(hours)s hours") % {"hours": number(certificate.hours)}))
    if certificate.points:
        facts.append((_("PE points"), number(certificate.points)))
        facts.append((_("Register"), _register(certificate.register, settings)))
    facts.append((_("Issued on"), day_long(certificate.created_at)))
    return [(label, value) for label, value in facts if value]


def _register(key: str, settings: AcademySettings) -> str:
    """Return the name of a register by its key in the settings, else what stands on the course."""
    return next((each.name for each in settings.registers if each.key == key), key)


def _issuer(settings: AcademySettings) -> str:
    """Return who issued it: legal name, address, Chamber of Commerce number, and quality marks."""
    who = settings.controller
    place = f"{who.address}, {who.postcode} {who.city}"
    marks = [f"{mark.name} {mark.number}".strip() for mark in settings.marks]
    return " · ".join([who.legal_name, place, f"KvK {who.kvk}", *marks])


def _size(text: str, sizes: tuple[int, int, int]) -> int:
    """Return the size in points in which a line of this length looks right."""
    return sizes[(len(text) > _LONG) + (len(text) > _LONGER)]


def _qr(address: str) -> str:
    drawing = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=0).save(drawing)
    return drawing.getvalue().decode()
