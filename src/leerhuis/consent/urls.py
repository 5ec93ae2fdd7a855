"""Routes of agreements."""

from leerhuis.charter.audiences import CONTACT_PERSON, OFFICE
from leerhuis.charter.routes import page
from leerhuis.consent.views import employer, office

urlpatterns = [
    page(
        "office/organisations/<uuid:organisation_id>/agreement/",
        office.agreement,
        name="consent_agreement",
        audience=OFFICE,
    ),
    page(
        "office/organisations/<uuid:organisation_id>/agreement/record/",
        office.record,
        name="consent_record_agreement",
        audience=OFFICE,
    ),
    page("office/agreements/<uuid:agreement_id>/end/", office.end, name="consent_end_agreement", audience=OFFICE),
    page("employer/agreement/", employer.agreements, name="consent_agreed_with_us", audience=CONTACT_PERSON),
]
