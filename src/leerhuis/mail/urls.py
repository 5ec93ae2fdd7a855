"""Routes of mail."""

from leerhuis.charter.audiences import OFFICE
from leerhuis.charter.routes import page
from leerhuis.mail.views import office

urlpatterns = [
    page("office/mails/", office.message_list, name="mail_office_list", audience=OFFICE),
    page("office/mails/<uuid:message_id>/", office.message_page, name="mail_office_message", audience=OFFICE),
    page("office/mails/<uuid:message_id>/again/", office.try_again, name="mail_office_again", audience=OFFICE),
]
