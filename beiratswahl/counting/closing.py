"""Kontrolle und Abschluss: the numbered plausibility rules, written explanations, and the end of the count of a district."""

from flask import Blueprint, current_app, request
from flask.typing import ResponseReturnValue

from beiratswahl.access import archive
from beiratswahl.access.gates import desk, holding, place
from beiratswahl.access.roles import Permission
from beiratswahl.counting import frame
from beiratswahl.law.checks import Check
from beiratswahl.law.rules import System
from beiratswahl.operations.ballot_words import reason
from beiratswahl.operations.closing import Control, close_district, control
from beiratswahl.operations.count_controls import method_of
from beiratswahl.operations.counting import explain
from beiratswahl.operations.counting_records import write_documents
from beiratswahl.operations.desk import Refused
from beiratswahl.operations.unsent import give_up_device
from beiratswahl.store.read import boards
from beiratswahl.store.read.count_control import chosen, merges, unsent
from beiratswahl.words import number

SAMPLE = frame.Step("Stichprobe", "counting.sample", Permission.RECORD_SECOND_ENTRY)
NAMES = frame.Step("Eingetragene Namen", "counting.spellings", Permission.CHECK_COUNT)
STACKS_AGAIN = frame.Step("Zweite Zählung der Stapel", "counting.stacks_again", Permission.RECORD_STACKS)
STACKS_COMPARED = frame.Step("Beide Zählungen der Stapel", "counting.compare_stacks", Permission.RECORD_STACKS)
#: where the people find what a check is about, by the field it names
PAGE_OF_FIELD = {
    "letters_received": frame.LETTERS,
    "letters_rejected": frame.LETTERS,
    "voters": frame.LETTERS,
    "unchanged": frame.STACKS,
    "blank": frame.STACKS,
    "recorded": frame.BALLOTS,
    "unresolved": frame.DOUBTS,
    "invalid": frame.STACKS,
    "sample": SAMPLE,
    "spellings": NAMES,
    "unsent": frame.CLOSING,
}
#: findings whose page is not the one of their field
PAGE_OF_CODE = {
    **dict.fromkeys(("F208", "F209", "F211"), frame.SECOND_ENTRY),
    "F213": STACKS_AGAIN,
    "F214": STACKS_COMPARED,
}


def add_to(door: Blueprint) -> None:
    """Hang the pages of this stage."""
    at = "/stimmbezirk/<int:district_id>"
    door.add_url_rule(f"{at}/kontrolle", "checks", checks, methods=["GET", "POST"])
    door.add_url_rule(f"{at}/abschluss", "closing", closing, methods=["GET"])
    door.add_url_rule(f"{at}/abschluss", "close", close, methods=["POST"])
    door.add_url_rule(f"{at}/abschluss/unterlagen", "write_papers", write_papers, methods=["POST"])
    door.add_url_rule(f"{at}/abschluss/geraet", "give_up_device", give_up, methods=["POST"])


@holding(Permission.CHECK_COUNT)
def checks(district_id: int) -> ResponseReturnValue:
    """Kontrolle; sending the form writes down the explanation of one warning."""
    refusal, code, words = "", request.form.get("kennung", ""), request.form.get("erklaerung", "")
    if request.method == "POST":
        try:
            _explain(district_id, code, words)
            return frame.done(f"Erklärung zu {code} gespeichert. Sie steht in der Niederschrift.", "checks")
        except Refused as error:
            refusal = str(error)
    found = control(archive.session(), district_id)
    status = frame.UNPROCESSABLE if refusal else 200
    typed = {**found.explanations, **({code: words} if refusal else {})}
    pages = {each.code: _pages(each) for each in found.checks}
    return frame.show(
        "checks.html",
        frame.CHECKS,
        status=status,
        count=found.count,
        control=found,
        pages=pages,
        typed=typed,
        refusal=refusal,
        refused_code=code,
        method=method_of(chosen(archive.session(), place().election.election_id)),
        write_ins=found.paper.rules.system is System.MAJORITY,
    )


@holding(Permission.CHECK_COUNT)
def closing(district_id: int) -> ResponseReturnValue:
    """Abschluss: the sums, and whether anything stands against closing."""
    return _closing_page(district_id, "")


@holding(Permission.CLOSE_COUNT)
def close(district_id: int) -> ResponseReturnValue:
    """Zählung abschließen."""
    try:
        close_district(desk(), district_id)
    except Refused as error:
        return _closing_page(district_id, str(error))
    return _with_papers(district_id, "Die Zählung ist abgeschlossen. Geben Sie die Zahlen jetzt an das Wahlamt weiter")


@holding(Permission.CLOSE_COUNT)
def write_papers(district_id: int) -> ResponseReturnValue:
    """Niederschrift und Schnellmeldung noch einmal erzeugen, when printing failed after closing."""
    return _with_papers(district_id, "Die Unterlagen sind erzeugt")


@holding(Permission.CLOSE_COUNT)
def give_up(district_id: int) -> ResponseReturnValue:
    """Gerät mit nicht gesendeten Stimmzetteln durch Beschluss aufgeben."""
    device = request.form.get("geraet", "")
    try:
        give_up_device(desk(), district_id, device, request.form.get("grund", ""))
    except Refused as error:
        return _closing_page(district_id, str(error))
    words = f"Das Gerät {device} hält den Abschluss nicht mehr auf. Der Beschluss steht als Vorfall in der Niederschrift."
    return frame.done(words, "closing")


def _with_papers(district_id: int, message: str) -> ResponseReturnValue:
    try:
        write_documents(desk(), district_id)
    except Refused as error:
        return _closing_page(district_id, str(error))
    except Exception:  # the district is closed and stays so, whatever the press makes of its papers
        current_app.logger.exception("the papers of district %s could not be printed", district_id)
        return frame.go("closing")  # the page says what is missing
    return frame.done(f"{message}; Schnellmeldung und Niederschrift liegen bereit.", "closing")


def _explain(district_id: int, code: str, words: str) -> None:
    known = {each.code for each in control(archive.session(), district_id).checks if not each.is_error}
    if code not in known:
        raise Refused("Diese Auffälligkeit gibt es nicht mehr; die Zahlen haben sich inzwischen geändert. Eine Erklärung ist nicht nötig.")
    explain(desk(), district_id, code, words)


def _closing_page(district_id: int, refusal: str) -> ResponseReturnValue:
    found = control(archive.session(), district_id)
    paper = found.paper
    votes = [
        (
            paper.names.get(key, key),
            [(paper.names.get(one.candidate, one.candidate), found.tally.votes.get(one.candidate, 0)) for one in printed.candidates],
        )
        for key, printed in paper.law.lists.items()
    ]
    written = boards.closings(archive.session(), district_id)
    entered = [(person, votes) for person, votes in found.tally.votes.items() if person not in paper.law.list_of]
    return frame.show(
        "closing.html",
        frame.CLOSING,
        status=frame.UNPROCESSABLE if refusal else 200,
        count=found.count,
        control=found,
        sums=_sums(found),
        votes=votes,
        entered=entered,
        list_votes=found.tally.list_votes(paper),
        paper=paper,
        refusal=refusal,
        earlier=[each for each in written if each != found.count.closings or not found.count.closed_at_utc],
        papers_missing=found.count.closed_at_utc is not None and found.count.closings not in written,
        devices=unsent(archive.session(), district_id),
        given_up=request.form,
        merges=[(paper.names.get(each.person, each.person), each.spelling) for each in merges(archive.session(), district_id)],
        invalid=[(reason(key), ballots) for key, ballots in found.tally.invalid_by_reason.items()],
    )


def _sums(found: Control) -> list[tuple[str, str, str]]:
    sums = found.tally
    return [
        ("Wählerinnen und Wähler", number(found.count.voters), ""),
        ("Ungültige Stimmzettel", number(sums.invalid), ""),
        ("Gültige Stimmzettel", number(sums.valid), ""),
        ("Gültige Stimmen", number(sums.used), ""),
    ]


def _pages(found: Check) -> list[frame.Step]:
    if found.code in PAGE_OF_CODE:
        return [PAGE_OF_CODE[found.code]]
    fields = found.fields
    return list(dict.fromkeys(frame.titled(PAGE_OF_FIELD[field]) for field in fields if field in PAGE_OF_FIELD))
