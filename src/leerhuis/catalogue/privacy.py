"""What the catalogue keeps about people, and why: only who teaches what."""

from leerhuis.charter.audiences import OFFICE, SIGNED_IN
from leerhuis.charter.declarations import CONTRACT, Listing, Measure, Purpose, Search, Theme, Told
from leerhuis.charter.groups import TRAINERS
from leerhuis.charter.terms import years
from leerhuis.charter.words import CONTACT, IDENTITY

TEACHING = Purpose(
    "teaching",
    nl="het plannen van trainers en de afspraken met u als trainer",
    en="planning trainers and the arrangements with you as a trainer",
    whose=(TRAINERS,),
    basis=CONTRACT,
    rows="catalogue.Teaching",
    uses=(IDENTITY, CONTACT),
    clock="run__last_day",
    clock_nl="na de laatste lesdag die u gaf",
    clock_en="after the last lesson you taught",
    keep=years(2),
    seen_by=(SIGNED_IN.via("trainer").of(IDENTITY, CONTACT), OFFICE.everywhere.of(IDENTITY, CONTACT)),
    promises=("K7", "K5d"),
)
TRAINER_SEES_OWN_RUNS = Measure(
    "trainer_sees_own_runs",
    nl="Een trainer ziet alleen de uitvoeringen waaraan hij of zij zelf lesgeeft. Wie geen trainer van een groep meer is, ziet die groep niet meer.",
    en="A trainer sees only the runs that he or she teaches. Whoever no longer teaches a group no longer sees that group.",
    theme=Theme.SHARING,
    promises=("K7",),
)
VENUE_GETS_NO_NAMES = Measure(
    "venue_gets_no_names",
    nl="Een locatie waar een opleiding wordt gegeven, krijgt uit ons systeem geen namen en geen andere gegevens van deelnemers.",
    en="A venue where a course is given receives no names and no other data of learners from our system.",
    theme=Theme.SHARING,
    promises=("K7",),
)
NO_MEETING_LINKS = Measure(
    "no_meeting_links",
    nl="De link van een online les staat niet op onze website en niet in onze e-mails. U vindt hem pas na inloggen.",
    en="The link of an online lesson is not on our website and not in our e-mails. You find it only after signing in.",
    theme=Theme.SECURITY,
    promises=("K14",),
    when="features.live_online",
)
TEACHINGS_READ = Listing(
    "teachings_read",
    nl="opleidingen die u als trainer geeft",
    en="courses that you teach as a trainer",
    model="catalogue.Teaching",
    tells=(
        Told("run__course__title", "opleiding", "course"),
        Told("run__first_day", "eerste lesdag", "first lesson"),
        Told("run__code", "code", "code"),
        Told("created_at", "ingepland", "planned"),
    ),
)
RUNS_FOUND = Search(
    "runs_found",
    nl="Uitvoeringen",
    en="Runs",
    query="catalogue.queries.search_runs",
    page="results_office_run",
    sign="calendar-event",
    place=30,
    purpose="catalogue.teaching",
)
COURSES_FOUND = Search(
    "courses_found",
    nl="Opleidingen",
    en="Courses",
    query="catalogue.queries.search_courses",
    page="catalogue_office_course",
    sign="book",
    place=40,
    purpose="catalogue.teaching",
)
