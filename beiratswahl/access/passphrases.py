"""Passphrases: four words drawn by lot, easy to read out and to type, shown once."""

import secrets

WORDS_PER_PHRASE = 4

_LIST = """
abend acker adler agent ahorn alarm album allee altar ampel amsel angel anker apfel april arena asche aster atlas auge aula autor balkon
ballon banane bande bank basis batzen bauch bauer baum becher beet beifall beil beitrag berg bericht besen besuch beton bett beute biber
biene bier bild birke birne blatt blech blei blick blitz block blume bluse boden bogen bohne bohrer boje boot borke bote brand braten brei
bremse brett brief brille brise brot brunnen brust buch bucht bude bund burg busch butter chor dach dachs dame dampf datum dauer daumen
decke deich delfin dichter diele dienst diesel dill dock dolch donner dorf dorn dose drache draht drama dreieck duft dunst durst ebbe
ebene echo ecke efeu eibe eiche eimer eisen eiswind elch elefant elster ende engel enkel ente erbse erde erker ernte esel essig etage eule
europa fabel fabrik fackel faden fahne fahrrad falke falte familie farbe farn fasan fass feder fehler feier feige feile feld fell fels
fenster ferien ferse fest feuer fichte figur film filter filz finger fink firma fisch flagge flamme flasche fleck fleisch flieder fliege
flocke floh flora flosse flucht flug flur fluss flut fohlen folge folie forelle form forst foto frage frosch frost frucht fuchs fuge funke
gabel galerie gans garage garn garten gasse gast gebiet gebirge gecko gedicht gefieder geige geist geleit gelenk gemse geranie gerste
gesang gesicht gewinn gewitter giebel gipfel gips glanz glas glaube gleis glocke gold golf gondel grab graben gras grenze griff grille
grotte gruppe gurke gurt hafen hafer hagel hahn hain haken halle halm hals hammer hamster hand handel hanf harfe harz hase haube haus haut
hebel hecht hecke hefe heft heide heimat held helfer hemd herbst herd herz heuboden hilfe himmel hirsch hirse hobel hocker holz honig
hopfen horn hose hotel huhn hummel hummer humor hund husten idee igel imker indigo inhalt insekt insel instinkt jacht jacke jaguar jahr
januar jasmin jubel jugend juli junge juni juwel kabel kabine kachel kaffee kahn kaiser kakao kaktus kalb kalender kamel kamera kamin kamm
kanal kanne kante kanu kanzel kapelle kapitel karotte karte kasse kasten katze kegel kehle keks keller kelter kerze kessel kette kiefer
kiesel kind kino kirche kirsche kissen kiste klang klavier klee kleid klima klinke klippe kloster knopf knospe koch koffer kohl komet
kompass konzert kopf koralle korb korken korn kraft kragen kran kranich kranz kraut kreide kreis kresse kreuz krone krug kuchen kugel
kunst kupfer kurs kurve lachs lack lager lamm lampe land lanze lasso last laub lauch laune laute lawine leben leder lehm lehrer leim leine
leiter lerche licht lied liege lilie limette linde linie linse lippe liste loch locke lotse luchs luft luke lupe mais makler maler mandel
mangold mantel mappe marder marke markt marmor masche maske mast mauer maus meer mehl meise melodie melone mensch messe metall miete milch
minute minze mispel mittag modell mohn monat mond moor moos morgen motor mulde mund muschel museum musik muster mutter nabel nacht nadel
nagel name narzisse nase nebel nektar nelke nest netz nickel nische norden note november nudel nuss oase obst ofen oktober olive onkel
oper orange orgel osten otter ozean paket palast palme papier pappel paprika park pause pegel pelikan perle pfanne pfau pfeffer pfeife
pfeil pferd pflanze pflug pilot pilz pinie pinsel pirol plakat planet platz pokal portal posaune post preis presse probe programm pult
punkt puppe quader qualle quark quelle quitte rabe radio rahmen rakete rampe ranke rasen raum raupe rebe rechen regal regen reim reise
reiter rente rezept rhythmus rinde ring rippe ritter robbe rock roggen rolle roman rose rost rubin ruder ruhe ruine runde saal sache sack
saft sahne saite salat salbei salz samen samt sand sattel satz schaf schal schale schatz scheune schiff schilf schirm schloss schnee
schrank schritt schuh schule schwan schwein segel seide seife seil sektor senf sessel sichel sieb signal silber silo socke sofa sommer
sonne sorge spalte spargel spatz specht speer spiegel spiel spinat spirale sport spott sprache spule spur stadt stahl stall stamm stange
star staub stein stempel stern steuer stiefel stier stift stille stimme stirn stock stoff stollen storch strand strauch strom stube stuhl
stunde sturm suppe tafel tanne tante tanz tasche tasse taube tausch teich teig telefon teller tempo teppich theater thema thron tiger
tinte tisch tochter tomate topf torte tram traube traum treppe treue tropfen truhe tuch tulpe tunnel turm ufer ulme umweg urlaub vase
vater ventil verein vers vetter vogel vorrat vortrag waage wabe wachs wagen wald wange wanne wappen ware wasser watte weber wecker weide
wein weizen welle welt weste wette wetter wiege wiese wind winkel winter wirbel wolf wolke wolle wort wunder wurzel zahl zahn zange zaun
zebra zehe zeile zeit zelt zettel ziege ziel zimt zirkus zitrone zone zopf zucker zunge zweig zwiebel zwirn zypresse
"""
#: common nouns of four to eight letters without umlauts, so that every keyboard has them
WORDS = tuple(_LIST.split())


def draw() -> str:
    """Vier zufällige Wörter, e.g. "anker milch turm weide"."""
    return " ".join(secrets.choice(WORDS) for _ in range(WORDS_PER_PHRASE))
