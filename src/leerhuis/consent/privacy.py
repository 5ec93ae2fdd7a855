"""What is declared about consent, its topics and its ledger, about news, and about agreements with employers."""

from leerhuis.charter.audiences import MARKETING, OFFICE, PRIVACY_OFFICER, SIGNED_IN
from leerhuis.charter.declarations import (
    LAW,
    Listing,
    Measure,
    Purpose,
    Replayed,
    Theme,
    Told,
    Topic,
    Use,
)
from leerhuis.charter.groups import KNOWN, VISITORS
from leerhuis.charter.terms import years
from leerhuis.charter.words import BIRTH, CONSENT, CONTACT, FREE_TEXT

NEWSLETTER = Topic(
    "newsletter",
    nl="nieuwsbrief",
    en="newsletter",
    use=Use.NEWS,
    what_nl="Nieuws van {academy}, per e-mail.",
    what_en="News from {academy}, by e-mail.",
    wording_nl="Ja, stuur mij de nieuwsbrief van {academy} per e-mail.",
    wording_en="Yes, send me the newsletter of {academy} by e-mail.",
    when="news.newsletter",
    promises=("K5a", "L14a"),
)
OFFER = Topic(
    "offer",
    nl="informatie over ons aanbod",
    en="information about what we offer",
    use=Use.NEWS,
    what_nl="Nieuwe opleidingen en data, per e-mail.",
    what_en="New courses and dates, by e-mail.",
    wording_nl="Ja, stuur mij informatie over het aanbod van {academy} per e-mail.",
    wording_en="Yes, send me information about what {academy} offers by e-mail.",
    when="news.offer",
    promises=("K5a", "L14a"),
)
MAGAZINE = Topic(
    "magazine",
    nl="ons magazine",
    en="our magazine",
    use=Use.NEWS,
    what_nl="Het magazine van {academy}, als bericht per e-mail.",
    what_en="The magazine of {academy}, as a message by e-mail.",
    wording_nl="Ja, stuur mij het magazine van {academy} per e-mail.",
    wording_en="Yes, send me the magazine of {academy} by e-mail.",
    when="news.magazine",
    promises=("K5a", "L14a"),
)
PRODUCT_NEWS = Topic(
    "product_news",
    nl="nieuwe functies en ander nieuws",
    en="new features and other news",
    use=Use.NEWS,
    what_nl="Wat er nieuw is in de app en bij {academy}, per e-mail.",
    what_en="What is new in the app and at {academy}, by e-mail.",
    wording_nl="Ja, stuur mij nieuws over nieuwe functies en over {academy} per e-mail.",
    wording_en="Yes, send me news about new features and about {academy} by e-mail.",
    when="news.product_news",
    promises=("L14a",),
)
COMPARISON = Topic(
    "comparison",
    nl="hoe u het doet vergeleken met vergelijkbare groepen",
    en="how you do compared with groups like yours",
    use=Use.COMPARISON,
    what_nl="Eén keer per maand, per e-mail: hoe groepen die dezelfde training volgen het deden. Uw eigen cijfers ziet u daarnaast op uw eigen pagina.",
    what_en="Once a month, by e-mail: how groups that follow the same training did. You see your own figures beside it on your own page.",
    wording_nl="Ja, stuur mij per e-mail hoe ik het doe vergeleken met vergelijkbare groepen.",
    wording_en="Yes, send me by e-mail how I do compared with groups like mine.",
    when="news.comparison",
    promises=("L14b",),
)
LEDGER = Purpose(
    "ledger",
    nl="het kunnen aantonen waarvoor u toestemming gaf, en het opvolgen van wat u introk of waartegen u bezwaar maakte",
    en="being able to show what you consented to, and following what you withdrew or objected to",
    whose=(KNOWN, VISITORS),
    basis=LAW,
    rows="consent.Reader",
    children=("consent.Choice",),
    uses=(CONSENT, CONTACT, BIRTH, FREE_TEXT),
    lasting=True,
    clock="ended_at",
    clock_nl="nadat u nergens meer toestemming voor geeft",
    clock_en="after you no longer consent to anything",
    keep=years(2),
    seen_by=(
        SIGNED_IN.via("person").of(CONSENT, CONTACT, FREE_TEXT),
        PRIVACY_OFFICER.everywhere.of(CONSENT, CONTACT, FREE_TEXT),
        OFFICE.everywhere.of(CONSENT, FREE_TEXT),
        MARKETING.everywhere.of(CONSENT, CONTACT),
    ),
    promises=("L2a", "L14a", "L35"),
)
EACH_ITS_OWN_CONSENT = Measure(
    "each_its_own_consent",
    nl="Nieuws en aanbiedingen krijgt u van ons alleen als u daar zelf om vroeg, per onderwerp. Wij vinken niets voor u aan. Wie zich met een e-mailadres aanmeldt zonder in te loggen, krijgt eerst een mail en bevestigt daarin dat het adres van hem of haar is.",
    en="You get news and offers from us only if you asked for them yourself, by topic. We tick nothing for you. Whoever subscribes with an e-mail address without signing in first gets a mail and confirms that the address is theirs.",
    theme=Theme.MAIL,
    promises=("L14a", "K5a"),
    when="features.newsletter",
)
STOPPED_AT_ONCE = Measure(
    "stopped_at_once",
    nl="U kunt elk onderwerp op elk moment stoppen met de link onder elke nieuwsmail, zonder in te loggen, of onder ‘Mijn toestemmingen’. Het stopt meteen, ook voor wat al klaarstond.",
    en="You can stop each topic at any moment with the link under every news mail, without signing in, or under ‘My consents’. It stops at once, also for what was ready to go.",
    theme=Theme.MAIL,
    promises=("L14a", "L35"),
    when="features.newsletter",
)
OBJECT_TO_NEWS = Measure(
    "object_to_news",
    nl="Maakt u bezwaar tegen het gebruik van uw gegevens voor nieuws en aanbiedingen, dan stopt alles daarvan meteen. Tegen een gebruik dat op ons gerechtvaardigd belang rust, maakt u bezwaar onder ‘Mijn toestemmingen’.",
    en="If you object to the use of your data for news and offers, all of it stops at once. To a use that rests on our legitimate interest you object under ‘My consents’.",
    theme=Theme.RIGHTS,
    promises=("L35",),
)
SIXTEEN = Measure(
    "sixteen",
    nl="Bent u jonger dan 16, dan vragen wij het e-mailadres van een van uw ouders en geldt uw toestemming pas als die haar bevestigt.",
    en="If you are younger than 16, we ask for the e-mail address of one of your parents, and your consent counts only once they confirm it.",
    theme=Theme.MAIL,
    promises=("L2a",),
    when="features.newsletter",
)
READERS_READ = Listing(
    "readers_read",
    nl="hoe wij u nieuws sturen",
    en="how we send you news",
    model="consent.Reader",
    tells=(
        Told("created_at", "bij ons bekend sinds", "known to us since"),
        Told("language", "taal", "language"),
        Told("email", "e-mailadres", "e-mail address"),
        Told("parent_email", "e-mailadres van een ouder", "e-mail address of a parent"),
        Told("asked_parent_email", "idem, nog te bevestigen", "the same, yet to be confirmed"),
        Told("needs_parent_until", "toestemming van een ouder nodig tot", "consent of a parent needed until"),
        Told("ended_at", "geen toestemming meer sinds", "no consent any more since"),
    ),
)
CHOICES_READ = Listing(
    "choices_read",
    nl="uw toestemmingen en bezwaren",
    en="your consents and objections",
    model="consent.Choice",
    tells=(
        Told("topic", "waarvoor", "what for"),
        Told("step", "wat", "what"),
        Told("created_at", "wanneer", "when"),
        Told("channel", "hoe", "how"),
        Told("wording__text", "op welke woorden", "on which words"),
        Told("reference", "waar dit is terug te vinden", "where this is written down"),
        Told("of_age", "u zei 16 jaar of ouder te zijn", "you said to be 16 or older"),
        Told("together", "kenmerk van wat u in één keer koos", "mark of what you chose in one go"),
        Told("recorded_by", "vastgelegd door", "recorded by"),
    ),
)

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
WITHDRAWN_AGAIN = Replayed(
    "withdrawn_again",
    nl="toestemming intrekken",
    en="withdrawing consent",
    operation="consent_withdrawn",
    action="consent.actions.withdraw_again",
)
UNSUBSCRIBED_AGAIN = Replayed(
    "unsubscribed_again",
    nl="alle nieuws stoppen",
    en="stopping all news",
    operation="unsubscribed",
    action="consent.actions.unsubscribe_again",
)
OBJECTED_AGAIN = Replayed(
    "objected_again",
    nl="bezwaar tegen een gebruik van gegevens",
    en="objection to a use of data",
    operation="objected",
    action="consent.actions.object_again",
)
