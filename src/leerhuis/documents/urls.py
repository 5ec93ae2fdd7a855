"""Routes by which documents are opened."""

from leerhuis.charter.audiences import OFFICE, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.documents.views import learner, office

urlpatterns = [
    page("me/documents/", learner.my_documents, name="documents_my_documents", audience=SIGNED_IN),
    page("me/documents/<uuid:document_id>/", learner.my_document, name="documents_mine", audience=SIGNED_IN),
    page("office/documents/<uuid:document_id>/", office.download, name="documents_office_download", audience=OFFICE),
]
