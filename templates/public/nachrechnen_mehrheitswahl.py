# Prüft mit der Datei ergebnis.csv, wer gewählt ist.
import csv

with open("ergebnis.csv", encoding="utf-8", newline="") as datei:
    personen = list(csv.DictReader(datei, delimiter=";"))

sitze = sum(person["gewaehlt"] == "ja" for person in personen)
zahlen = sorted((int(person["stimmen"]) for person in personen), reverse=True)
grenze = [*zahlen, 0][sitze]  # die größte Stimmenzahl, für die kein Sitz mehr da ist
los = sum(zahl > grenze for zahl in zahlen) < sitze  # mehrere Stimmenzahlen sind gleich

for person in personen:
    zahl = int(person["stimmen"])
    berechnet = "ja" if zahl > grenze else "Los" if los and zahl == grenze else "nein"
    urteil = "stimmt" if berechnet in (person["gewaehlt"], "Los") else "WEICHT AB"
    name = f"{person['familienname']}, {person['vornamen']}"
    print(f"{zahl} Stimmen, {name}: gewählt {berechnet}, veröffentlicht {person['gewaehlt']}: {urteil}")
