"""All routes of an academy's host. Each package has its own list; here they are put together."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path

from leerhuis.charter.audiences import ANYONE
from leerhuis.charter.routes import page
from leerhuis.ui.views import choose_language

handler400 = "leerhuis.ui.errors.bad_request"
handler403 = "leerhuis.ui.errors.forbidden"
handler404 = "leerhuis.ui.errors.not_found"
handler429 = "leerhuis.ui.errors.too_many"  # read by allauth
handler500 = "leerhuis.config.away.fault"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    page("language/", choose_language, name="choose_language", audience=ANYONE),
]
for _config in apps.get_app_configs():
    if _config.name.startswith("leerhuis.") and _config.label != "config" and find_spec(f"{_config.name}.urls"):
        urlpatterns += import_module(f"{_config.name}.urls").urlpatterns
