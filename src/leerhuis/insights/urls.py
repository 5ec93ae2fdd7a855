"""Routes of insights."""

from leerhuis.charter.audiences import ADMIN, AUTHORS, CONTACT_PERSON, OFFICE, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.insights.views import authors, employer, learner, office

urlpatterns = [
    page("office/insights/", office.insights_page, name="insights_office", audience=OFFICE),
    page("office/insights/faults/", office.faults_page, name="insights_faults", audience=ADMIN),
    page("office/practice/<uuid:bank_id>/insight/", authors.bank_page, name="insights_bank", audience=AUTHORS),
    page("employer/insights/", employer.insights_page, name="insights_employer", audience=CONTACT_PERSON),
    page("learn/groups/", learner.groups_page, name="insights_learner", audience=SIGNED_IN),
]
