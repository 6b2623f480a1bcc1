"""Musterstadt: streets, shelters and neighbouring towns, all fictitious."""

POSTCODE = "67999"
TOWN = "Musterstadt"
AGS = "07999000"

STREETS = (
    "Hauptstraße",
    "Bahnhofstraße",
    "Schillerstraße",
    "Goethestraße",
    "Gartenweg",
    "Am Römerkastell",
    "An der Bleiche",
    "Kaiser-Otto-Straße",
    "Rheinuferstraße",
    "Mühlgasse",
    "Brückengäßchen",
    "Weinbergstraße",
    "Zum Häuschen",
    "Sankt-Nikolaus-Platz",
    "Löhrstraße",
    "Dr.-Käthe-Öhler-Weg",
    "Straße des 8. Mai",
    "Unterer Sägewerksweg",
    "Pestalozzistraße",
    "Ostring",
    "Westring",
    "Hohenzollernallee",
    "Am Güterbahnhof",
    "Klosterhof",
    "Im Dörrgarten",
    "Ringstraße",
    "Eisenbahnstraße",
    "Kirchplatz",
    "Fischerpfad",
    "Neugasse",
    "Obere Langgasse",
    "Marie-Curie-Straße",
    "Zedernweg",
    "Ahornallee",
    "Kanalstraße",
    "Industriestraße",
)
SHELTERS = (("Am Güterbahnhof", "99"), ("Industriestraße", "140"), ("Kanalstraße", "2a"))
DISTRICTS = 12

#: AGS, postcode, name; of towns that do not exist
NEIGHBOURS = (("07998001", "67998", "Beispielheim"), ("07997010", "67997", "Übungshausen"), ("06999012", "65999", "Probstadt"))
