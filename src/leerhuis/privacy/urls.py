"""Routes of the privacy statement, of one's own data, and of the privacy officer."""

from leerhuis.charter.audiences import ANYONE, GUARDS, PRIVACY_OFFICER, SIGNED_IN, STEWARDS
from leerhuis.charter.routes import page
from leerhuis.privacy.views import keeping, learner, limits, mine, office, public, requests, statement, suppliers

urlpatterns = [
    page("privacy/", public.statement_page, name="privacy_statement", audience=ANYONE),
    page("privacy/statement.json", public.statement_json, name="privacy_statement_json", audience=ANYONE),
    page("privacy/statement.pdf", public.statement_paper, name="privacy_statement_pdf", audience=ANYONE),
    page("privacy/versions/", public.versions_page, name="privacy_versions", audience=ANYONE),
    page("privacy/versions/<uuid:version_id>/", public.version_page, name="privacy_version", audience=ANYONE),
    page(
        "privacy/versions/<uuid:version_id>/statement.pdf",
        public.statement_paper,
        name="privacy_version_pdf",
        audience=ANYONE,
    ),
    page("me/data/", learner.my_data_page, name="privacy_my_data", audience=SIGNED_IN),
    page("me/data/download/", learner.download_page, name="privacy_download", audience=SIGNED_IN),
    page("me/data/download/page/", learner.download_html, name="privacy_download_html", audience=SIGNED_IN),
    page("me/data/download/json/", learner.download_json, name="privacy_download_json", audience=SIGNED_IN),
    page("me/requests/", mine.requests_page, name="privacy_my_requests", audience=SIGNED_IN),
    page("me/requests/<uuid:request_id>/", mine.request_page, name="privacy_my_request", audience=SIGNED_IN),
    page("me/requests/new/<slug:kind>/", mine.ask, name="privacy_ask", audience=SIGNED_IN),
    page("me/letters/<uuid:reply_id>/letter.pdf", mine.reply_paper, name="privacy_my_reply", audience=SIGNED_IN),
    page("office/privacy/requests/", requests.request_list, name="privacy_requests_list", audience=PRIVACY_OFFICER),
    page("office/privacy/requests/add/", requests.add_request, name="privacy_request_add", audience=PRIVACY_OFFICER),
    page(
        "office/privacy/requests/<uuid:request_id>/",
        requests.request_page,
        name="privacy_request",
        audience=PRIVACY_OFFICER,
    ),
    page(
        "office/privacy/letters/<uuid:reply_id>/letter.pdf",
        requests.reply_paper,
        name="privacy_reply_pdf",
        audience=PRIVACY_OFFICER,
    ),
    page("office/privacy/", office.home, name="privacy_office", audience=PRIVACY_OFFICER),
    page("office/privacy/map/", office.data_map_page, name="privacy_office_map", audience=PRIVACY_OFFICER),
    page(
        "office/privacy/statement/",
        office.statement_preview,
        name="privacy_office_statement",
        audience=PRIVACY_OFFICER,
    ),
    page("office/privacy/publish/", statement.publish_page, name="privacy_publish", audience=STEWARDS),
    page("office/privacy/record/", statement.record_page, name="privacy_record", audience=STEWARDS),
    page("office/privacy/suppliers/", suppliers.firm_list, name="privacy_firms", audience=STEWARDS),
    page("office/privacy/suppliers/add/", suppliers.add_firm, name="privacy_firm_add", audience=STEWARDS),
    page("office/privacy/suppliers/<uuid:firm_id>/", suppliers.firm_page, name="privacy_firm", audience=STEWARDS),
    page(
        "office/privacy/suppliers/<uuid:firm_id>/end/", suppliers.end_firm, name="privacy_firm_end", audience=STEWARDS
    ),
    page("office/privacy/left/", suppliers.left_page, name="privacy_left", audience=PRIVACY_OFFICER),
    page("office/privacy/restricted/", limits.restricted_page, name="privacy_restricted", audience=GUARDS),
    page("office/privacy/restricted/add/", limits.restrict_page, name="privacy_restrict", audience=PRIVACY_OFFICER),
    page(
        "office/privacy/restricted/<uuid:person_id>/",
        limits.restricted_person_page,
        name="privacy_restricted_person",
        audience=PRIVACY_OFFICER,
    ),
    page(
        "office/privacy/restricted/<uuid:person_id>/release/",
        limits.release,
        name="privacy_release",
        audience=PRIVACY_OFFICER,
    ),
    page("office/privacy/holds/", limits.holds_page, name="privacy_holds", audience=PRIVACY_OFFICER),
    page("office/privacy/holds/add/", limits.hold_page, name="privacy_hold", audience=PRIVACY_OFFICER),
    page("office/privacy/holds/<uuid:hold_id>/end/", limits.let_go, name="privacy_let_go", audience=PRIVACY_OFFICER),
    page("office/privacy/looks/", office.looks, name="privacy_office_looks", audience=PRIVACY_OFFICER),
    page("office/privacy/terms/", keeping.terms_page, name="privacy_terms", audience=STEWARDS),
    page("office/privacy/terms/<uuid:run_id>/", keeping.decide_night, name="privacy_decide_night", audience=STEWARDS),
    page("office/privacy/erasures/", keeping.erasures_page, name="privacy_erasures", audience=PRIVACY_OFFICER),
    page(
        "office/privacy/erasures/texts/<uuid:redaction_id>/",
        keeping.redaction_page,
        name="privacy_redaction",
        audience=PRIVACY_OFFICER,
    ),
    page("office/privacy/erase/<uuid:person_id>/", keeping.erase_page, name="privacy_erase", audience=PRIVACY_OFFICER),
]
