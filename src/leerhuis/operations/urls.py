"""Routes about the house itself."""

from leerhuis.charter.audiences import STEWARDS
from leerhuis.charter.routes import page
from leerhuis.operations.views import office

urlpatterns = [page("office/backups/", office.backups_page, name="operations_backups", audience=STEWARDS)]
