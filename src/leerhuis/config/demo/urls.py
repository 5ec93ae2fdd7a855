"""Routes of the demo's bare host; an installation that is not the demo has none of them."""

from leerhuis.academies.views.public import look
from leerhuis.charter.audiences import DEMO
from leerhuis.charter.routes import page
from leerhuis.config.demo import front
from leerhuis.ui.views import choose_language, styleguide

handler404 = "leerhuis.ui.errors.not_found"
handler500 = "leerhuis.config.away.fault"

urlpatterns = [
    page("", front.front, name="demo_front", audience=DEMO),
    page("mails/", front.mails, name="demo_mails", audience=DEMO),
    page("mails/<str:name>/", front.mail, name="demo_mail", audience=DEMO),
    page("style/", styleguide, name="demo_style", audience=DEMO),
    page("look.css", look, name="look", audience=DEMO),
    page("language/", choose_language, name="choose_language", audience=DEMO),
]
