"""Routes of mail."""

from leerhuis.charter.audiences import ADMIN, OFFICE
from leerhuis.charter.routes import page
from leerhuis.mail.views import leaving, office

urlpatterns = [
    page("office/settings/mails/", leaving.leaving, name="mail_leaving", audience=ADMIN),
    page("office/mails/", office.message_list, name="mail_office_list", audience=OFFICE),
    page("office/mails/bulk/", office.message_bulk, name="mail_office_bulk", audience=OFFICE),
    page("office/mails/<uuid:message_id>/", office.message_page, name="mail_office_message", audience=OFFICE),
    page("office/mails/<uuid:message_id>/again/", office.try_again, name="mail_office_again", audience=OFFICE),
]
