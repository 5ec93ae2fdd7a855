"""Recording and ending what was agreed with an employer."""

from uuid import UUID

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.consent.events import AgreementEnded, AgreementRecorded
from leerhuis.consent.models import Agreement
from leerhuis.consent.queries import agreement_in_force
from leerhuis.consent.rules import EndedBefore, check_agreement
from leerhuis.organisations.actions import refuse_leaving
from leerhuis.organisations.models import Organisation


def record_agreement(
    organisation: Organisation,
    *,
    attendance: bool = False,
    progress: bool = False,
    result: bool = False,
    result_ground: str = "",
    reference: str,
    by: Actor,
) -> Agreement:
    """Write down what an employer may see of the enrolments that it orders from now on, in place of what held before.

    What it adds never works backwards; where it leaves something out, that is seen no longer of earlier ones. Refuses
    NothingShared, NotWrittenDown, NoGroundForResult where a result is shared without its own ground, and
    OrganisationLeaves. Keeps: K6.
    """
    inside_edge()
    reference = tidy(reference)
    result_ground = tidy(result_ground) if result else ""
    check_agreement(
        attendance=attendance, progress=progress, result=result, result_ground=result_ground, reference=reference
    )
    refuse_leaving(organisation)
    _lock(organisation)
    _end(agreement_in_force(organisation), by)
    agreement = Agreement.objects.create(
        organisation=organisation,
        attendance=attendance,
        progress=progress,
        result=result,
        result_ground=result_ground,
        reference=reference,
        recorded_by=by.person_id if by.kind is ActorKind.PERSON else None,
    )
    note("record agreement", agreement, by=by)
    emit(AgreementRecorded(agreement.id))
    return agreement


def end_agreement(agreement: Agreement, *, by: Actor) -> None:
    """End what was agreed with an employer: from this moment on it sees nothing, also of enrolments under way.

    Refuses EndedBefore. Keeps: K6.
    """
    inside_edge()
    _lock(agreement.organisation)
    agreement.refresh_from_db()
    if not agreement.in_force:
        raise EndedBefore
    _end(agreement, by)
    emit(AgreementEnded(agreement.id))


def end_agreement_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """End again, after a restore, an agreement that the journal says was ended or replaced. Keeps: W6.

    One that replaced it is not known any more and is recorded by hand: until then nothing is shared.
    """
    inside_edge()
    for agreement in Agreement.objects.filter(pk=subject_id, ended_at=None):
        _end(agreement, by)
        emit(AgreementEnded(agreement.id))


def _end(agreement: Agreement | None, by: Actor) -> None:
    if agreement is None:
        return
    agreement.ended_at = clock.now()
    agreement.save(update_fields=["ended_at"])
    note("end agreement", agreement, by=by, fields=["ended_at"])
    journal.write(Operation.SHARING_WITHDRAWN, agreement.id, by=by)


def _lock(organisation: Organisation) -> None:
    """Let only one act at a time change what holds for an organisation."""
    Organisation.objects.select_for_update(of=("self",)).get(pk=organisation.pk)
