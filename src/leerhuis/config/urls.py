"""All routes of an academy's host. Each package has its own list; here they are put together."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.urls import include, path
from django.views.i18n import set_language

from leerhuis.charter.audiences import ANYONE
from leerhuis.charter.routes import page

handler400 = "leerhuis.ui.errors.bad_request"
handler403 = "leerhuis.ui.errors.forbidden"
handler404 = "leerhuis.ui.errors.not_found"
handler500 = "leerhuis.ui.errors.server_fault"

urlpatterns = [
    path("accounts/", include("allauth.urls")),
    page("language/", set_language, name="set_language", audience=ANYONE),
]
for _config in apps.get_app_configs():
    if _config.name.startswith("leerhuis.") and _config.label != "config" and find_spec(f"{_config.name}.urls"):
        urlpatterns += import_module(f"{_config.name}.urls").urlpatterns
