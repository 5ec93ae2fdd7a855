"""What is declared about agreements with employers and about consent."""

from leerhuis.charter.declarations import Measure, Replayed, Theme

EMPLOYER_IF_AGREED = Measure(
    "employer_if_agreed",
    nl="Indien dat met uw werkgever is overeengekomen, kunnen wij informatie over uw aanwezigheid en voortgang bij een opleiding die hij voor u bestelde aan uw werkgever verstrekken. Zonder zo’n afspraak verstrekken wij niets.",
    en="If this was agreed with your employer, we may give your employer information about your attendance and progress in a course that it ordered for you. Without such an agreement we give nothing.",
    theme=Theme.SHARING,
    promises=("K6",),
)
TOLD_BEFORE_SHARING = Measure(
    "told_before_sharing",
    nl="Voordat uw werkgever iets ziet, krijgt u van ons bericht wat hij te zien krijgt. U ziet het ook bij uw inschrijving, precies zoals uw werkgever het ziet. U kunt daar bezwaar tegen maken; dan ziet uw werkgever vanaf dat moment alleen nog dat hij u heeft ingeschreven.",
    en="Before your employer sees anything, we tell you what it will see. You also find it with your enrolment, exactly as your employer sees it. You may object; from that moment on your employer only sees that it enrolled you.",
    theme=Theme.SHARING,
    promises=("K6",),
)
RESULT_APART = Measure(
    "result_apart",
    nl="Uw resultaat en certificaat ziet uw werkgever alleen als daar een eigen reden voor is vastgelegd, zoals een wettelijke plicht. Die reden leest u bij uw inschrijving. Hoe u oefent, ziet uw werkgever nooit.",
    en="Your employer sees your result and certificate only if a reason of its own for that was recorded, such as a legal duty. You read that reason with your enrolment. Your employer never sees how you practise.",
    theme=Theme.SHARING,
    promises=("K6",),
)
CONSENT_FIRST = Measure(
    "consent_first",
    nl="{academy} verstrekt uw gegevens niet aan derden, tenzij u daar vooraf toestemming voor heeft gegeven of de wet ons daartoe verplicht.",
    en="{academy} does not give your data to third parties, unless you consented beforehand or the law obliges us to.",
    theme=Theme.SHARING,
    promises=("K8",),
    when="sharing.ask_consent_first",
)
PARTNERS_AS_NEEDED = Measure(
    "partners_as_needed",
    nl="{academy} deelt uw gegevens met partners en derden alleen als dat nodig is voor het uitvoeren van de overeenkomst of om te voldoen aan een wettelijke plicht. In andere gevallen doen wij dit alleen met uw uitdrukkelijke toestemming.",
    en="{academy} shares your data with partners and third parties only where this is needed to carry out the agreement or to meet a legal duty. In other cases we do so only with your express consent.",
    theme=Theme.SHARING,
    promises=("L24",),
    when="not sharing.ask_consent_first",
)
AGREEMENT_ENDED_AGAIN = Replayed(
    "agreement_ended_again",
    nl="een deelafspraak beëindigen",
    en="ending an agreement about sharing",
    operation="sharing_withdrawn",
    action="consent.actions.end_agreement_again",
)
