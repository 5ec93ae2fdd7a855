"""Routes of the privacy statement, of one's own data, and of the privacy officer."""

from leerhuis.charter.audiences import ANYONE
from leerhuis.charter.routes import page
from leerhuis.privacy.views import public

urlpatterns = [
    page("privacy/", public.statement_page, name="privacy_statement", audience=ANYONE),
    page("privacy/statement.json", public.statement_json, name="privacy_statement_json", audience=ANYONE),
]
