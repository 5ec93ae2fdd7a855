"""Routes of consent, of news, and of agreements."""

from leerhuis.charter.audiences import ANYONE, CONTACT_PERSON, MARKETING, OFFICE, PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.consent.views import employer, learner, ledger, news, office, public

urlpatterns = [
    page("news/subscribe/", public.subscribe, name="consent_subscribe", audience=ANYONE),
    page("news/asked/", public.asked, name="consent_asked", audience=ANYONE),
    page("news/confirm/<str:token>/", public.confirm, name="consent_confirm", audience=ANYONE),
    page("news/choices/<str:token>/", public.choose, name="consent_choose", audience=ANYONE),
    page("news/stop/<str:token>/", public.leave, name="consent_leave", audience=ANYONE),
    page("storage/", public.storage, name="consent_storage", audience=ANYONE),
    page("storage/gone/", public.storage_gone, name="consent_storage_gone", audience=ANYONE),
    page("me/consents/", learner.mine, name="consent_mine", audience=SIGNED_IN),
    page("me/consents/object/", learner.object, name="consent_object", audience=SIGNED_IN),
    page("office/consents/", ledger.overview, name="consent_office", audience=PRIVACY_OFFICER),
    page("office/consents/ledger/", ledger.ledger, name="consent_ledger_list", audience=PRIVACY_OFFICER),
    page("office/consents/record/", ledger.record, name="consent_office_record", audience=OFFICE),
    page("office/people/<uuid:person_id>/consents/", ledger.of_person, name="consent_office_person", audience=OFFICE),
    page("office/news/", news.news_list, name="consent_news_list", audience=MARKETING),
    page("office/news/add/", news.write, name="consent_news_add", audience=MARKETING),
    page("office/news/<uuid:news_id>/", news.news, name="consent_news", audience=MARKETING),
    page("office/news/<uuid:news_id>/edit/", news.write, name="consent_news_edit", audience=MARKETING),
    page("office/news/<uuid:news_id>/send/", news.send, name="consent_news_send", audience=MARKETING),
    page("office/news/<uuid:news_id>/drop/", news.drop, name="consent_news_drop", audience=MARKETING),
    page("office/news/<uuid:news_id>/steer/", news.steer, name="consent_news_steer", audience=MARKETING),
    page(
        "office/organisations/<uuid:organisation_id>/agreement/",
        office.agreement,
        name="consent_agreement",
        audience=OFFICE,
    ),
    page(
        "office/organisations/<uuid:organisation_id>/agreement/record/",
        office.record,
        name="consent_record_agreement",
        audience=OFFICE,
    ),
    page("office/agreements/<uuid:agreement_id>/end/", office.end, name="consent_end_agreement", audience=OFFICE),
    page("employer/agreement/", employer.agreements, name="consent_agreed_with_us", audience=CONTACT_PERSON),
]
