# Rechnet die Sitze aus der Datei ergebnis.csv nach.
import csv
from fractions import Fraction


def verteilen(stimmen, sitze):
    """Stimmen durch 1/2, 3/2, 5/2 … teilen; die größten Ergebnisse bekommen die Sitze."""
    teiler = [Fraction(2 * n + 1, 2) for n in range(sitze + 1)]
    geteilt = {nr: [zahl / t for t in teiler] for nr, zahl in stimmen.items()}
    alle = sorted((wert for werte in geteilt.values() for wert in werte), reverse=True)
    grenze = alle[sitze]  # das größte Ergebnis, für das kein Sitz mehr da ist
    sicher = {nr: sum(wert > grenze for wert in werte) for nr, werte in geteilt.items()}
    los = sum(sicher.values()) < sitze  # mehrere Ergebnisse sind genau gleich groß
    return {nr: (sicher[nr], int(los and grenze in geteilt[nr])) for nr in stimmen}


stimmen, amtlich = {}, {}
with open("ergebnis.csv", encoding="utf-8", newline="") as datei:
    for zeile in csv.DictReader(datei, delimiter=";"):
        nr = int(zeile["wahlvorschlag-nr"])
        stimmen[nr] = int(zeile["wahlvorschlag-stimmen"])
        amtlich[nr] = int(zeile["wahlvorschlag-sitze"])

sitze = sum(amtlich.values())
berechnet = verteilen(stimmen, sitze)
erste = max(stimmen, key=stimmen.get)
# § 41 Abs. 2 KWG: mehr als die Hälfte der Stimmen, aber nicht mehr als die Hälfte der Sitze
if 2 * stimmen[erste] > sum(stimmen.values()) and 2 * sum(berechnet[erste]) <= sitze:
    mehrheit = sitze // 2 + 1
    andere = {nr: zahl for nr, zahl in stimmen.items() if nr != erste}
    berechnet = {erste: (mehrheit, 0)} | verteilen(andere, sitze - mehrheit)

for nr, (sicher, los) in sorted(berechnet.items()):
    urteil = "stimmt" if sicher <= amtlich[nr] <= sicher + los else "WEICHT AB"
    print(f"Wahlvorschlag {nr}: {sicher}{' + Los' * los}, veröffentlicht {amtlich[nr]}: {urteil}")
