"""Routes of the pages that join packages."""

from leerhuis.charter.audiences import ADMIN, ANYONE, OFFICE, SIGNED_IN, STAFF
from leerhuis.charter.routes import page
from leerhuis.portal.views import app, documents, learner, office

urlpatterns = [
    page("foresight.json", learner.foresight, name="portal_foresight", audience=ANYONE),
    page("home/", learner.home, name="portal_home", audience=SIGNED_IN),
    page("today/", learner.today, name="portal_today", audience=SIGNED_IN),
    page("learn/", learner.learn, name="portal_learn", audience=SIGNED_IN),
    page("agenda/", learner.agenda, name="portal_agenda", audience=SIGNED_IN),
    page("me/", learner.me, name="portal_me", audience=SIGNED_IN),
    page("practice/app/", app.shell, name="portal_app", audience=SIGNED_IN),
    page("practice/app/about/", app.about, name="portal_app_about", audience=SIGNED_IN),
    page("practice/worker.js", app.worker, name="portal_app_worker", audience=ANYONE),
    page("office/", office.today, name="portal_office_today", audience=STAFF),
    page("office/search/", office.search_page, name="portal_office_search", audience=STAFF),
    page("office/settings/", office.settings_page, name="portal_office_settings", audience=ADMIN),
    page("office/people/<uuid:person_id>/", office.person_page, name="portal_office_person", audience=OFFICE),
    page(
        "office/people/<uuid:person_id>/part/<slug:part>/",
        office.person_page,
        name="portal_office_person_part",
        audience=OFFICE,
    ),
    page(
        "office/people/<uuid:person_id>/documents/add/",
        documents.add,
        name="portal_office_document_add",
        audience=OFFICE,
    ),
    page(
        "office/documents/<uuid:document_id>/remove/",
        documents.drop,
        name="portal_office_document_drop",
        audience=OFFICE,
    ),
    page(
        "office/documents/<uuid:document_id>/back/",
        documents.take_back,
        name="portal_office_document_back",
        audience=OFFICE,
    ),
    page(
        "office/organisations/<uuid:organisation_id>/",
        office.organisation_page,
        name="portal_office_organisation",
        audience=OFFICE,
    ),
]
