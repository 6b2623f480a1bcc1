"""Texte der Fristen: § and mark, the sentence for people, and what happens if the deadline is missed. `deadlines` computes the days."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple


class DeadlineText(NamedTuple):
    """Text einer Frist.

    Attributes:
        source: § or document.
        mark: how sure the text is: V, S, I or G.
        text: German sentence.
        missed: what happens if it is missed; empty where nothing can be missed.
    """

    source: str
    mark: str
    text: str
    missed: str = ""


#: every deadline by its stable English name
TEXTS: Mapping[str, DeadlineText] = MappingProxyType(
    {
        "foreigners_count": DeadlineText(
            "§ 130 Abs. 1 GemO", "I", "Stichtag für die Zahl der ausländischen Einwohner, nach der ein Beirat einzurichten ist."
        ),
        "call_for_nominations": DeadlineText(
            "§ 16 Abs. 1 KWG, § 23 KWO",
            "V",
            "Spätester Tag der Aufforderung, Wahlvorschläge einzureichen.",
            "Die Einreichungsfrist wird zu kurz; das kann die Wahl anfechtbar machen.",
        ),
        "nominations": DeadlineText(
            "§ 16 Abs. 1 Satz 5 KWG",
            "V",
            "Ende der Frist für Wahlvorschläge (Ausschlussfrist).",
            "Ein später eingereichter Wahlvorschlag ist ungültig; der Mangel ist nicht behebbar (§ 23 KWG).",
        ),
        "admission": DeadlineText(
            "§ 23 KWG, § 29 KWO",
            "S",
            "Letzter Tag für die Entscheidung des Wahlausschusses über die Zulassung.",
            "Stimmzettel können nicht rechtzeitig gedruckt und versandt werden.",
        ),
        "candidates_notice": DeadlineText(
            "§§ 24, 25 KWG, § 30 KWO",
            "V",
            "Spätester Tag der Bekanntmachung der Wahlvorschläge oder dass keine Wahl stattfindet (§ 56 Abs. 3 GemO).",
            "Die Bekanntmachung ist verspätet; das kann die Wahl anfechtbar machen.",
        ),
        "latest_arrival": DeadlineText(
            "§ 1 Abs. 1 Nr. 2, Abs. 3 KWG",
            "V",
            "Letzter Einzugstag, mit dem die Mindestdauer der Hauptwohnung erfüllt ist; der Einzugstag zählt mit.",
            "Wer später eingezogen ist, ist nicht wahlberechtigt.",
        ),
        "unregistered_notice": DeadlineText(
            "§ 11a KWO",
            "S",
            "Spätester Tag der Bekanntmachung für Personen, die von der Meldepflicht befreit sind (§ 26 BMG).",
            "Diese Personen erfahren zu spät, dass sie nur auf Antrag eingetragen werden.",
        ),
        "register_key_date": DeadlineText(
            "§ 11 Abs. 1 KWO",
            "V",
            "Stichtag: Wer heute gemeldet und wahlberechtigt ist, wird von Amts wegen eingetragen.",
            "Wer später zuzieht, wird nur auf Antrag eingetragen.",
        ),
        "applications": DeadlineText(
            "Satzung oder Bekanntmachung",
            "V",
            "Ende der Frist für Anträge auf Eintragung in das Wählerverzeichnis (Nr. 2 des § 56 Abs. 2 GemO).",
            "Wer zu spät beantragt, kann nicht wählen.",
        ),
        "inspection_notice": DeadlineText(
            "§ 12 KWG, § 13 KWO",
            "V",
            "Spätester Tag der Bekanntmachung, wo und wann das Wählerverzeichnis eingesehen werden kann.",
            "Die Einsicht ist nicht ordnungsgemäß angekündigt; das kann die Wahl anfechtbar machen.",
        ),
        "inspection_begins": DeadlineText("§ 12 KWG, § 13 KWO", "V", "Die Einsicht in das Wählerverzeichnis beginnt."),
        "inspection_ends": DeadlineText(
            "§ 12 KWG, § 13 KWO",
            "V",
            "Letzter Tag für Einsicht und Einwendungen.",
            "Spätere Einwendungen sind unzulässig; offenbare Unrichtigkeiten werden von Amts wegen berichtigt (§ 15 KWO).",
        ),
        "corrections_decided": DeadlineText(
            "§ 14 Abs. 3 KWO",
            "V",
            "Über Einwendungen soll entschieden sein.",
            "Der Widerspruch an die Aufsichtsbehörde kommt womöglich nicht mehr rechtzeitig für einen Wahlschein.",
        ),
        "roll_closed": DeadlineText(
            "§ 16 KWO",
            "V",
            "Das Wählerverzeichnis wird abgeschlossen, die Zahl der Wahlberechtigten bescheinigt.",
            "Ohne Abschluss fehlt die Grundlage der Stimmabgabe und der Wahlniederschrift.",
        ),
        "postal_dispatch_begins": DeadlineText(
            "§ 19 KWO", "S", "Frühester Tag, an dem Wahlscheine und Briefwahlunterlagen ausgegeben werden."
        ),
        "postal_dispatch_ends": DeadlineText(
            "Bekanntmachung",
            "V",
            "Letzter Tag für den Versand der Briefwahlunterlagen an alle von Amts wegen Eingetragenen.",
            "Unterlagen kommen womöglich zu spät an, um rechtzeitig zurückgeschickt zu werden.",
        ),
        "voting_certificates": DeadlineText(
            "§ 18 KWO",
            "S",
            "Ende der Frist für Anträge auf Wahlscheine und Briefwahlunterlagen.",
            "Danach gibt es einen Wahlschein nur noch in besonderen Fällen bis zum Wahltag, 15 Uhr.",
        ),
        "voting_certificates_special": DeadlineText(
            "§ 18 KWO",
            "G",
            "Letzte Wahlscheine bei plötzlicher Erkrankung oder unverschuldet fehlender Eintragung.",
            "Ein Wahlschein wird nicht mehr erteilt.",
        ),
        "postal_letters": DeadlineText(
            "§ 31 Abs. 1 KWG oder Satzung",
            "V",
            "Bis jetzt müssen Wahlbriefe eingegangen sein.",
            "Ein verspäteter Wahlbrief bleibt ungeöffnet und wird zurückgewiesen (§ 39 KWG, § 90 Abs. 2 KWO).",
        ),
        "hand_in_opens": DeadlineText("Bekanntmachung", "V", "Wahlbriefe können ab jetzt persönlich abgegeben werden."),
        "hand_in_closes": DeadlineText(
            "Bekanntmachung",
            "V",
            "Ende der persönlichen Abgabe von Wahlbriefen.",
            "Danach zählt nur noch der Eingang bis zum Ende der Frist für Wahlbriefe.",
        ),
        "voting_notices": DeadlineText(
            "§ 11 Abs. 2 KWG, § 12 KWO",
            "V",
            "Bis heute sind die Wahlbenachrichtigungen zu versenden.",
            "Wer keine erhält, muss sein Wahlrecht selbst durch Einsicht klären.",
        ),
        "polling_chairs": DeadlineText(
            "§ 5 KWO",
            "V",
            "Bis heute sind die Wahlvorsteher zu berufen.",
            "Ohne Wahlvorsteher ist der Wahlvorstand nicht beschlussfähig (§ 27 KWG).",
        ),
        "polls_open": DeadlineText("§ 31 KWG oder Satzung", "V", "Die Wahlräume öffnen."),
        "polls_close": DeadlineText(
            "§ 31 KWG oder Satzung", "V", "Die Wahlräume schließen.", "Wer jetzt noch nicht im Wahlraum ist, kann nicht mehr wählen."
        ),
        "count_begins": DeadlineText("§ 51 KWO", "V", "Die Auszählung darf frühestens jetzt beginnen; sie ist öffentlich."),
        "roll_reusable": DeadlineText(
            "§ 89 KWO", "V", "Frühester Tag, an dem das Wählerverzeichnis für eine andere Wahl fortgeführt werden darf."
        ),
        "ballots_destroyable": DeadlineText(
            "§ 90 KWO",
            "V",
            "Frühester Tag, an dem Stimmzettel, Wahlscheine und Wahlbriefe vernichtet werden dürfen; nicht vor dem Ende einer Wahlprüfung.",
        ),
        "objection": DeadlineText("§ 48 KWG", "V", "Letzter Tag für Einsprüche gegen die Wahl.", "Ein späterer Einspruch ist unzulässig."),
        "review": DeadlineText(
            "§ 49 KWG",
            "V",
            "Letzter Tag für eine Prüfung durch die Aufsichtsbehörde von Amts wegen.",
            "Danach wird nur noch die Wählbarkeit am Wahltag geprüft.",
        ),
    }
)
