"""Routes of insights."""

from leerhuis.charter.audiences import CONTACT_PERSON, OFFICE, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.insights.views import employer, learner, office

urlpatterns = [
    page("office/insights/", office.insights_page, name="insights_office", audience=OFFICE),
    page("employer/insights/", employer.insights_page, name="insights_employer", audience=CONTACT_PERSON),
    page("learn/groups/", learner.groups_page, name="insights_learner", audience=SIGNED_IN),
]
