"""Amtliche Wörter in der Sprache der Seite: values of published files that are terms of the law and no names."""

from collections.abc import Callable

from flask import Flask

from beiratswahl.public.languages import gettext


def hang_up(app: Flask) -> None:
    """As filters."""
    app.jinja_env.filters.update(system=system, rejection=rejection, voting_mode=voting_mode, column=column, named=named)
    app.jinja_env.filters.update(deadline=deadline, notice_kind=notice_kind, rounding=rounding)


def system(value: str) -> str:
    """Wahlsystem."""
    return _in_language(value, lambda: {"Verhältniswahl": gettext("Verhältniswahl"), "Mehrheitswahl": gettext("Mehrheitswahl")})


def rejection(text: str) -> str:
    """Grund, aus dem ein Wahlbrief zurückgewiesen ist (§ 39 Abs. 1 KWG, § 56 Abs. 2 KWO)."""
    return _in_language(
        text,
        lambda: {
            "kein oder kein gültiger Wahlschein": gettext("kein oder kein gültiger Wahlschein"),
            "kein Stimmzettelumschlag": gettext("kein Stimmzettelumschlag"),
            "weder Wahlbrief noch Stimmzettelumschlag verschlossen": gettext("weder Wahlbrief noch Stimmzettelumschlag verschlossen"),
            "mehrere Stimmzettelumschläge, aber nicht gleich viele gültige Wahlscheine": gettext(
                "mehrere Stimmzettelumschläge, aber nicht gleich viele gültige Wahlscheine"
            ),
            "Versicherung an Eides statt nicht unterschrieben": gettext("Versicherung an Eides statt nicht unterschrieben"),
            "kein amtlicher Stimmzettelumschlag": gettext("kein amtlicher Stimmzettelumschlag"),
            "Umschlag weicht erkennbar ab oder enthält einen fühlbaren Gegenstand": gettext(
                "Umschlag weicht erkennbar ab oder enthält einen fühlbaren Gegenstand"
            ),
            "mehrere Stimmzettel derselben Wahl im Stimmzettelumschlag": gettext(
                "mehrere Stimmzettel derselben Wahl im Stimmzettelumschlag"
            ),
            "Stimmzettel gefährdet offensichtlich das Wahlgeheimnis": gettext("Stimmzettel gefährdet offensichtlich das Wahlgeheimnis"),
            "Stimmzettel einer Wahl, für die keine Wahlberechtigung besteht": gettext(
                "Stimmzettel einer Wahl, für die keine Wahlberechtigung besteht"
            ),
            "kein Stimmzettel im Stimmzettelumschlag": gettext("kein Stimmzettel im Stimmzettelumschlag"),
        },
    )


def voting_mode(value: str) -> str:
    """Art der Stimmabgabe."""
    return _in_language(
        value, lambda: {"nur Briefwahl": gettext("nur Briefwahl"), "Urne und Briefwahl": gettext("im Wahlraum oder per Briefwahl")}
    )


def rounding(note: str) -> str:
    """Was beim Runden den Ausschlag gab."""
    return _in_language(
        note,
        lambda: {"nach Los aufgerundet": gettext("nach Los aufgerundet"), "nach Los abgerundet": gettext("nach Los abgerundet")},
    )


def column(head: str) -> str:
    """Spalte einer Bekanntmachung der Wahlvorschläge."""
    return _in_language(
        head,
        lambda: {
            "Nr.": gettext("Nr."),
            "Familienname, Vorname": gettext("Familienname, Vorname"),
            "Geburtsjahr": gettext("Geburts\u00adjahr"),
            "Postleitzahl, Wohnort": gettext("Postleit\u00adzahl, Wohnort"),
            "Vorgeschlagen von": gettext("Vorgeschlagen von"),
        },
    )


def named(person: str) -> str:
    """Name with what follows it where a list names somebody several times."""
    for german, text in (("(zweifach genannt)", gettext("(zweifach genannt)")), ("(dreifach genannt)", gettext("(dreifach genannt)"))):
        if person.endswith(german):
            return person.removesuffix(german) + text
    return person


def notice_kind(kind: str, title: str) -> str:
    """Art einer Bekanntmachung; one that is not known keeps its title."""
    texts = {
        "aufforderung": gettext("Aufforderung, Wahlvorschläge einzureichen"),
        "einsicht": gettext("Einsicht in das Wählerverzeichnis"),
        "wahlvorschlaege": gettext("Zugelassene Wahlvorschläge"),
        "keine-wahl": gettext("Die Wahl findet nicht statt"),
        "wahlbekanntmachung": gettext("Wahlbekanntmachung: wie gewählt wird"),
        "sitzung": gettext("Sitzung des Wahlausschusses"),
    }
    return texts.get(kind, title)


def deadline(key: str, text: str, by_post_alone: bool = False) -> str:
    """Frist für alle; one that is not known keeps its text.

    Args:
        key: name of the deadline.
        text: its German sentence.
        by_post_alone: everybody gets the papers without asking for them.
    """
    texts = {
        "nominations": gettext("Bis dahin müssen Wahlvorschläge beim Wahlamt sein."),
        "latest_arrival": gettext("Wer spätestens an diesem Tag eingezogen ist, wohnt am Wahltag lange genug hier, um zu wählen."),
        "register_key_date": gettext("Wer an diesem Tag hier gemeldet ist und keinen Antrag braucht, wird von selbst eingetragen."),
        "applications": gettext("Bis dahin muss der Antrag auf Eintragung ins Wählerverzeichnis beim Wahlamt sein."),
        "inspection_begins": gettext("Ab diesem Tag können Sie nachsehen, ob Sie im Wählerverzeichnis stehen."),
        "inspection_ends": gettext("Letzter Tag, um im Wählerverzeichnis nachzusehen und Einwendungen zu erheben."),
        "postal_dispatch_begins": gettext(
            "Ab diesem Tag verschickt das Wahlamt die Briefwahlunterlagen. "
            "Wer von selbst im Wählerverzeichnis steht, muss sie nicht beantragen."
        ),
        "postal_dispatch_ends": gettext(
            "Bis zu diesem Tag verschickt das Wahlamt die Briefwahlunterlagen. Kommen keine, fragen Sie das Wahlamt."
        ),
        "voting_certificates": gettext("Fehlen Ihnen die Briefwahlunterlagen, können Sie sie bis dahin beantragen.")
        if by_post_alone
        else gettext("Bis dahin können Sie Wahlschein und Briefwahlunterlagen beantragen."),
        "postal_letters": gettext("Bis dahin muss Ihr Wahlbrief angekommen sein. Später zählt er nicht."),
        "hand_in_opens": gettext("Ab jetzt können Sie Ihren Wahlbrief am Wahltag persönlich abgeben."),
        "hand_in_closes": gettext("Die persönliche Abgabe von Wahlbriefen endet."),
        "voting_notices": gettext("Bis zu diesem Tag verschickt das Wahlamt die Wahlbenachrichtigungen."),
        "polls_open": gettext("Die Wahlräume öffnen."),
        "polls_close": gettext("Die Wahlräume schließen."),
    }
    return texts.get(key, text)


def _in_language(value: str, texts: Callable[[], dict[str, str]]) -> str:
    return texts().get(value, value)
