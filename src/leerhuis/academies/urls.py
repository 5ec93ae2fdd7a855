"""Routes of the academy itself."""

from leerhuis.academies.views import public
from leerhuis.charter.audiences import ANYONE
from leerhuis.charter.routes import page

urlpatterns = [
    page("look.css", public.look, name="look", audience=ANYONE),
    page("app.webmanifest", public.manifest, name="academy_manifest", audience=ANYONE),
    page("icon/<str:kind>-<int:size>.png", public.icon, name="academy_icon", audience=ANYONE),
]
