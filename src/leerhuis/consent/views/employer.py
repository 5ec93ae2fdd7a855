"""What was agreed, for the employer's contact."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from leerhuis.consent.queries import agreements_in_force
from leerhuis.organisations.queries import organisations_as_contact


@require_safe
def agreements(request: Any) -> HttpResponse:
    """Show a contact what each of their organisations may see of the learners it enrols, and what not."""
    own = list(organisations_as_contact(request.viewer.person_id))
    agreed = agreements_in_force(own)
    rows = [(organisation, agreed.get(organisation.id)) for organisation in own]
    return render(request, "consent/agreed_with_us.html", {"rows": rows})
