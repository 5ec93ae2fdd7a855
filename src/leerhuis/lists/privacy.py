"""What is kept about those who work with lists, and why."""

from leerhuis.charter.audiences import OFFICE, SIGNED_IN
from leerhuis.charter.declarations import INTEREST, Listing, Purpose, Told
from leerhuis.charter.groups import COLLEAGUES
from leerhuis.charter.terms import days, years
from leerhuis.charter.words import FREE_TEXT, TECHNICAL

VIEWS = Purpose(
    "views",
    nl="het onthouden van de weergaven die u als medewerker van een lijst bewaart",
    en="remembering the views of a list that you keep as a member of staff",
    whose=(COLLEAGUES,),
    basis=INTEREST,
    interest_nl="dat medewerkers een lijst terugvinden zoals zij die nodig hebben",
    interest_en="that staff find a list again the way they need it",
    rows="lists.SavedView",
    uses=(FREE_TEXT, TECHNICAL),
    clock="used_at",
    clock_nl="nadat de weergave voor het laatst is gebruikt",
    clock_en="after the view was last used",
    keep=years(2),
    seen_by=(SIGNED_IN.via("person").of(FREE_TEXT, TECHNICAL), OFFICE.everywhere.of(FREE_TEXT)),
)
BULK = Purpose(
    "bulk",
    nl="het kunnen terugdraaien van wat u als medewerker met veel regels tegelijk deed",
    en="being able to take back what you did to many rows at once as a member of staff",
    whose=(COLLEAGUES,),
    basis=INTEREST,
    interest_nl="dat een vergissing met veel regels tegelijk te herstellen is",
    interest_en="that a mistake with many rows at once can be mended",
    rows="lists.BulkAct",
    uses=(TECHNICAL,),
    clock="created_at",
    clock_nl="nadat u dit deed",
    clock_en="after you did it",
    keep=days(30),
    seen_by=(SIGNED_IN.via("person").of(TECHNICAL),),
)
VIEWS_READ = Listing(
    "views_read",
    nl="weergaven van lijsten die u bewaarde",
    en="views of lists that you kept",
    model="lists.SavedView",
    tells=(
        Told("name", "naam", "name"),
        Told("listing", "lijst", "list"),
        Told("query", "wat de lijst toont", "what the list shows"),
        Told("shared", "gedeeld met het kantoor", "shared with the office"),
        Told("opens_first", "opent als eerste", "opens first"),
        Told("created_at", "bewaard", "kept"),
        Told("used_at", "laatst gebruikt", "last used"),
        Told("dropped_at", "verwijderd", "deleted"),
    ),
)
BULK_READ = Listing(
    "bulk_read",
    nl="wat u met veel regels tegelijk deed",
    en="what you did to many rows at once",
    model="lists.BulkAct",
    tells=(
        Told("act", "wat", "what"),
        Told("listing", "lijst", "list"),
        Told("created_at", "wanneer", "when"),
        Told("rows", "welke regels", "which rows"),
        Told("undone_at", "teruggedraaid", "taken back"),
    ),
)
