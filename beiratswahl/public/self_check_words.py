"""Fragen und Gründe der Selbstprüfung in plain words, in the language of the page."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import format_date  # type: ignore[import-untyped]

from beiratswahl.law.eligibility import Assessor, latest_birth
from beiratswahl.law.residence import latest_arrival
from beiratswahl.law.trace import Reason
from beiratswahl.public.languages import gettext


@dataclass(frozen=True, slots=True)
class Option:
    """Antwort zum Wählen: its key in the address, its text and what explains it."""

    key: str
    text: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Frage with its answers."""

    text: str
    hint: str
    options: tuple[Option, ...]


def question_of(name: str, sheet: dict[str, Any]) -> Question:
    """A question in the language of the page.

    Args:
        name: key of `self_check_facts.NEXT`.
        sheet: the published information.
    """
    return {"age": _age, "home": _home, "nationality": _nationality, "origin": _origin, "parent": _parent}[name](sheet)


def said(reason: Reason, assessor: Assessor) -> str:
    """A reason of the law in plain words; one without plain words stays as it is."""
    about = {
        "age": assessor.suffrage.age,
        "months": assessor.suffrage.residence_months,
        "birth": _day(assessor.latest_birth),
        "arrival": _day(assessor.latest_arrival),
    }
    return (_fulfilled() if reason.met else _open() if reason.met is None else _failed()).get(reason.rule, reason.text) % about


def _fulfilled() -> dict[str, str]:
    return {
        "age": gettext("Sie sind am Wahltag mindestens %(age)s Jahre alt."),
        "not_excluded": gettext("Kein Gericht hat Ihnen das Wahlrecht genommen. Davon gehen wir aus."),
        "residence": gettext("Sie wohnen am Wahltag hier."),
        "main_residence": gettext("Es ist Ihre Hauptwohnung."),
        "residence_months": gettext("Sie wohnen am Wahltag seit mindestens %(months)s Monaten hier (Einzug spätestens am %(arrival)s)."),
        "foreign_nationality": gettext("Sie haben eine ausländische Staatsangehörigkeit oder sind staatenlos."),
        "claim_nr2a": gettext("Sie sind als Spätaussiedlerin oder Spätaussiedler deutsch geworden oder gehören zu deren Familie."),
        "claim_nr2b": gettext("Sie sind eingebürgert worden."),
        "claim_nr2c": gettext("Sie sind mit der Geburt in Deutschland deutsch geworden, Ihre Eltern waren Ausländer."),
        "claim_nr2d": gettext("Mindestens ein Elternteil ist oder war nicht deutsch oder kam als Spätaussiedlerin oder Spätaussiedler."),
    }


def _failed() -> dict[str, str]:
    return {
        "age": gettext("Sie sind am Wahltag noch nicht %(age)s Jahre alt. Wählen darf, wer spätestens am %(birth)s geboren ist."),
        "residence": gettext("Sie wohnen nicht hier."),
        "main_residence": gettext("Sie haben hier nur eine Nebenwohnung. Wählen darf, wer hier die Hauptwohnung hat."),
        "residence_months": gettext(
            "Sie wohnen am Wahltag noch keine %(months)s Monate hier. Wählen darf, wer spätestens am %(arrival)s eingezogen ist."
        ),
        "foreign_nationality": gettext(
            "Sie sind deutsch und gehören zu keiner Gruppe, für die der Beirat gewählt wird: Menschen mit ausländischer "
            "Staatsangehörigkeit, Spätaussiedler, Eingebürgerte und ihre Kinder."
        ),
        "entry": gettext("Ohne Antrag werden Sie nicht ins Wählerverzeichnis eingetragen."),
        "claim_nr2d": gettext("Wer von Ihren Eltern eingebürgert ist, ist nur noch deutsch. Nach den Regeln dieser Wahl genügt das nicht."),
    }


def _open() -> dict[str, str]:
    return {
        "residence_months": gettext(
            "Ob Sie lange genug hier wohnen, ist offen. Wählen darf, wer spätestens am %(arrival)s eingezogen ist."
        ),
        "foreign_nationality": gettext("Ihre Staatsangehörigkeit ist nicht geklärt. Das prüft das Wahlamt mit Ihnen."),
        "claim_nr2b": gettext("Wie Sie oder Ihre Eltern deutsch geworden sind, müssen Sie dem Wahlamt zeigen können."),
    }


def _day(day: date) -> str:
    return str(format_date(day, "long"))


def _age(sheet: dict[str, Any]) -> Question:
    born = _day(latest_birth(date.fromisoformat(sheet["election_day"]), sheet["age"]))
    return Question(
        gettext("Wann sind Sie geboren?"),
        "",
        (
            Option("alt", gettext("Am %(birth)s oder früher") % {"birth": born}),
            Option("jung", gettext("Später")),
        ),
    )


def _home(sheet: dict[str, Any]) -> Question:
    arrival = _day(latest_arrival(date.fromisoformat(sheet["election_day"]), sheet["residence_months"]))
    here = gettext("Hier: %(place)s") % {"place": sheet["authority"]}
    return Question(
        gettext("Wo ist Ihre Hauptwohnung, und seit wann?"),
        gettext("Gemeint ist die Wohnung, in der Sie angemeldet sind. Am Wahltag müssen Sie dort noch wohnen."),
        (
            Option("lange", here, gettext("eingezogen am %(arrival)s oder früher") % {"arrival": arrival}),
            Option("kurz", here, gettext("später eingezogen")),
            Option("neben", gettext("Woanders, hier habe ich nur eine Nebenwohnung")),
            Option("woanders", gettext("Woanders")),
            Option("unsicher", gettext("Ich weiß nicht, wann ich eingezogen bin")),
        ),
    )


def _nationality(_: dict[str, Any]) -> Question:
    return Question(
        gettext("Welche Staatsangehörigkeit haben Sie?"),
        gettext("Sie steht in Ihrem Pass oder Ausweis."),
        (
            Option("ausland", gettext("Eine oder mehrere andere, nicht die deutsche")),
            Option("beide", gettext("Die deutsche und eine andere")),
            Option("deutsch", gettext("Nur die deutsche")),
            Option("staatenlos", gettext("Keine, ich bin staatenlos")),
            Option("ungeklaert", gettext("Sie ist nicht geklärt")),
        ),
    )


def _origin(_: dict[str, Any]) -> Question:
    return Question(
        gettext("Wie sind Sie deutsch geworden?"),
        "",
        (
            Option("eingebuergert", gettext("Ich bin eingebürgert worden"), gettext("Nachweis: Einbürgerungsurkunde")),
            Option(
                "aussiedler",
                gettext("Als Spätaussiedlerin oder Spätaussiedler, auch als Familienmitglied"),
                gettext("Nachweis: Spätaussiedlerbescheinigung oder Vertriebenenausweis"),
            ),
            Option(
                "geburt",
                gettext("Durch Geburt in Deutschland seit dem Jahr 2000, beide Eltern waren Ausländer"),
                gettext("Nachweis: Geburtsurkunde"),
            ),
            Option("elternteil", gettext("Durch Geburt, mindestens ein Elternteil ist Ausländer, Spätaussiedler oder eingebürgert")),
            Option("immer", gettext("Durch Geburt, meine Eltern waren beide schon immer deutsch")),
            Option("unsicher", gettext("Ich weiß es nicht")),
        ),
    )


def _parent(_: dict[str, Any]) -> Question:
    return Question(
        gettext("Was trifft auf Ihre Eltern zu?"),
        gettext("Ein Elternteil genügt. Trifft mehreres zu, nehmen Sie die oberste Antwort."),
        (
            Option("auslaendisch", gettext("Mindestens ein Elternteil hat eine ausländische Staatsangehörigkeit")),
            Option(
                "aussiedler", gettext("Mindestens ein Elternteil kam als Spätaussiedlerin oder Spätaussiedler, auch als Familienmitglied")
            ),
            Option("eingebuergert", gettext("Ein Elternteil ist eingebürgert und nur noch deutsch, oder beide sind es")),
        ),
    )
