"""Routes of the look."""

from leerhuis.appearance.views import office, public
from leerhuis.charter.audiences import ADMIN, ANYONE
from leerhuis.charter.routes import page

_PAGE = "office/settings/look/"

urlpatterns = [
    page("logo/<slug:digest>.png", public.logo, name="appearance_logo", audience=ANYONE),
    page(_PAGE, office.appearance, name="appearance_page", audience=ADMIN),
    page(f"{_PAGE}preview.css", office.preview, name="appearance_preview", audience=ADMIN),
    page(f"{_PAGE}readability/", office.readability, name="appearance_readability", audience=ADMIN),
    page(f"{_PAGE}<uuid:appearance_id>/undo/", office.undo, name="appearance_undo", audience=ADMIN),
]
