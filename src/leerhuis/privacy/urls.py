"""Routes of the privacy statement, of one's own data, and of the privacy officer."""

from leerhuis.charter.audiences import ANYONE, PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.privacy.views import learner, office, public

urlpatterns = [
    page("privacy/", public.statement_page, name="privacy_statement", audience=ANYONE),
    page("privacy/statement.json", public.statement_json, name="privacy_statement_json", audience=ANYONE),
    page("me/data/", learner.my_data_page, name="privacy_my_data", audience=SIGNED_IN),
    page("me/data/download/", learner.download_page, name="privacy_download", audience=SIGNED_IN),
    page("me/data/download/page/", learner.download_html, name="privacy_download_html", audience=SIGNED_IN),
    page("me/data/download/json/", learner.download_json, name="privacy_download_json", audience=SIGNED_IN),
    page("office/privacy/", office.home, name="privacy_office", audience=PRIVACY_OFFICER),
    page("office/privacy/map/", office.data_map_page, name="privacy_office_map", audience=PRIVACY_OFFICER),
    page(
        "office/privacy/statement/",
        office.statement_preview,
        name="privacy_office_statement",
        audience=PRIVACY_OFFICER,
    ),
    page("office/privacy/looks/", office.looks, name="privacy_office_looks", audience=PRIVACY_OFFICER),
]
