"""Routes of insights."""

from leerhuis.charter.audiences import ADMIN, AUTHORS, CONTACT_PERSON, OFFICE, SIGNED_IN, TRAINER
from leerhuis.charter.routes import page
from leerhuis.insights.views import authors, employer, groups, learner, office

urlpatterns = [
    page("office/insights/", office.insights_page, name="insights_office", audience=OFFICE),
    page("office/insights/faults/", office.faults_page, name="insights_faults", audience=ADMIN),
    page("office/practice/<uuid:bank_id>/insight/", authors.bank_page, name="insights_bank", audience=AUTHORS),
    page("employer/insights/", employer.insights_page, name="insights_employer", audience=CONTACT_PERSON),
    page("trainer/groups/", groups.groups_page, name="insights_groups", audience=TRAINER),
    page("trainer/groups/<uuid:run_id>/", groups.group_page, name="insights_group", audience=TRAINER),
    page("office/runs/<uuid:run_id>/practice/", groups.group_page, name="insights_office_run", audience=OFFICE),
    page("learn/groups/", learner.groups_page, name="insights_learner", audience=SIGNED_IN),
]
