"""Routes of accounts."""

from leerhuis.charter.audiences import ANYONE, SIGNED_IN
from leerhuis.charter.routes import page
from leerhuis.people.views import learner, public

urlpatterns = [
    page("invitation/<str:token>/", public.accept_invitation, name="people_accept_invitation", audience=ANYONE),
    page("me/details/", learner.my_details, name="people_my_details", audience=SIGNED_IN),
]
