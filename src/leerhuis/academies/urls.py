"""Routes of the academy itself."""

from leerhuis.academies.views import public
from leerhuis.charter.audiences import ANYONE
from leerhuis.charter.routes import page

urlpatterns = [page("look.css", public.look, name="look", audience=ANYONE)]
