"""Routes of the conditions."""

from leerhuis.charter.audiences import ADMIN
from leerhuis.charter.routes import page
from leerhuis.conditions.views import office

urlpatterns = [page("office/settings/conditions/", office.publish_page, name="conditions_publish", audience=ADMIN)]
