"""Routes of the public site."""

from leerhuis.charter.audiences import ANYONE
from leerhuis.charter.routes import page
from leerhuis.website.views import public, security

urlpatterns = [
    page("", public.home, name="website_home", audience=ANYONE),
    page("courses/", public.courses, name="website_courses", audience=ANYONE),
    page("courses/<slug:slug>/", public.course, name="website_course", audience=ANYONE),
    page("conditions/", public.conditions, name="website_conditions", audience=ANYONE),
    page(
        "conditions/<uuid:version_id>/", public.conditions_version, name="website_conditions_version", audience=ANYONE
    ),
    page(
        "conditions/<uuid:version_id>/conditions.pdf",
        public.conditions_paper,
        name="website_conditions_pdf",
        audience=ANYONE,
    ),
    page("contact/", public.contact, name="website_contact", audience=ANYONE),
    page("security/", security.security, name="website_security", audience=ANYONE),
    page(".well-known/security.txt", security.security_txt, name="website_security_txt", audience=ANYONE),
    page("sitemap.xml", public.site_map, name="website_site_map", audience=ANYONE),
    page("robots.txt", public.robots, name="website_robots", audience=ANYONE),
    page("favicon.ico", public.favicon, name="website_favicon", audience=ANYONE),
]
