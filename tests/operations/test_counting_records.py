"""Niederschrift and Schnellmeldung of a district say what was counted, resolved, explained, and who signs (§§ 58, 59 KWO)."""

from io import BytesIO

import pypdfium2
import pytest

from beiratswahl.law.ballot_papers import Ballot, Finding
from beiratswahl.law.count_control import ControlMethod, SampleRule
from beiratswahl.law.postal import LetterState
from beiratswahl.operations import boards, capture, counting, stacks
from beiratswahl.operations.closing import close_district, control, reopen_district
from beiratswahl.operations.count_controls import choose_control, draw_sample
from beiratswahl.operations.counting import Letters
from beiratswahl.operations.counting_records import QUICK_REPORT, RECORD, TALLY_LIST, document, record_sheet, write_documents
from beiratswahl.operations.desk import Actor, Desk, Refused
from beiratswahl.operations.letters import book_letter
from beiratswahl.operations.second_entries import record_second
from beiratswahl.operations.unsent import Waited
from beiratswahl.store.read.nominations import nominations
from tests.operations.test_boards import opened
from tests.world import Place, admitted, count_stacks, two_counters


def text_of(pdf: bytes) -> str:
    file = pypdfium2.PdfDocument(BytesIO(pdf))
    try:
        found = [page.get_textpage().get_text_bounded() for page in file]
    finally:
        file.close()
    return " ".join(" ".join(found).replace("\u00a0", " ").replace("\u2010\r\n", "").split())


def evening(desk: Desk, **bylaw: object) -> Place:
    """A whole evening in the first district: board, letters, stacks, ballots, resolutions, incident, explanations, closing."""
    place = admitted(desk, **bylaw)
    north = place.districts[0]
    ids = opened(desk, place)
    first = nominations(desk.session, place.election_id)[0].nomination_id
    counting.record_letters(desk, north, Letters(66, 2, {"nicht_unterschrieben": 3, "kein_wahlschein": 1}, 61), 0)
    count_stacks(desk, north, {first: 50}, 2, 1)
    for at in range(6):
        counting.record_ballot(desk, north, f"kennung-{at}", Ballot(marks={"101": 3, "201": 1 + at % 3}))
    counting.record_ballot(desk, north, "zusatz", Ballot(marks={"301": 2}, findings=(Finding.ADDITION,)))
    counting.record_ballot(desk, north, "wille", Ballot(marks={"302": 1}, findings=(Finding.WILL_UNCLEAR,)))
    counting.record_ballot(desk, north, "vertippt", Ballot(marks={"303": 1}))
    counting.record_ballot(desk, north, "leer", Ballot())
    counting.cancel_ballot(desk, north, 9, "Falscher Stimmzettel eingegeben.")
    counting.decide_ballot(desk, north, 7, valid=True, reason="Der Zusatz ist nur ein Gruß.")
    counting.decide_ballot(desk, north, 8, valid=False, reason="Die Kennzeichnung ist unleserlich.")
    boards.record_incident(desk, north, "Stromausfall von 19.10 bis 19.25 Uhr; die Urne blieb bewacht.")
    boards.record_presence(desk, north, ids["Fatma"], present=False)
    for warning in control(desk.session, north).unexplained:
        counting.explain(desk, north, warning.code, f"Nachgezählt zu {warning.code}.")
    close_district(desk, north)
    return place


def test_the_record_says_everything_the_order_asks_for(desk: Desk) -> None:
    place = evening(desk)
    north = place.districts[0]
    sheet = record_sheet(desk.session, north)
    text = text_of(document(desk.session, north, RECORD).pdf)
    for words in (
        "im Stimmbezirk 1 · Briefwahlbezirk Nord",
        "Rechtzeitig eingegangen 66",
        "Versicherung an Eides statt nicht unterschrieben (§ 39 Abs. 1 Nr. 6 KWG) 3",
        "Zugelassen 62",
        "Verspätet eingegangen, ungeöffnet verpackt 2",
        "Wählerinnen und Wähler 61",
        "Ungültige Stimmzettel 4",
        "davon: keine Kennzeichnung 3",
        "davon: Wille nicht zweifelsfrei zu erkennen 1",
        "Gültige Stimmzettel 57",
        "1a eine Liste angekreuzt, unverändert 50",
        "2b Einzelstimmen in mehreren Listen 6",
        "4 Anlass zu Bedenken, durch Beschluss entschieden 2",
        "7 Zusatz oder Vorbehalt – gültig, 2 Stimmen Der Zusatz ist nur ein Gruß.",
        "8 Wille nicht zweifelsfrei zu erkennen – ungültig Die Kennzeichnung ist unleserlich.",
        "Beschlüsse, die vom Vorschlag des Programms abweichen",
        "Nachgezählt zu W102.",
        "9 Falscher Stimmzettel eingegeben.",
        "Stromausfall von 19.10 bis 19.25 Uhr; die Urne blieb bewacht.",
        capture.program_fingerprint()[:16],
        "Bea Vertretung (Stellvertretung des Wahlvorstehers)",
        "Unterschriften aller Mitglieder",
        "Anlage 1 Stimmzettel, über die besonders beschlossen wurde, mit ihren Umschlägen: Nr. 7, 8 2",
        "Anlage 2 Zurückgewiesene Wahlbriefe, verpackt und versiegelt 4",
        "Anlage 3 Zählliste der einzeln erfassten Stimmzettel Nr. 1 bis 10 (eigener Ausdruck) 1",
        "Die Stapel wurden zweimal gezählt, ohne Kenntnis der ersten Zahlen: durch Anna Erste und durch Ben Zweiter. Beide",
    ):
        assert words in text, words
    assert [each.number for each in sheet.contradictions] == [7]
    helpers = {"Anna Erste", "Ben Zweiter"}
    assert [member.name for member in sheet.signing] == [member.name for member in sheet.members if member.name not in helpers]
    assert sum(pile.ballots for pile in sheet.piles) == sheet.valid + sheet.invalid == sheet.voters
    assert sum(of.votes for of in sheet.lists) == sheet.votes


def test_the_quick_report_is_one_page_with_the_numbers_of_the_record(desk: Desk) -> None:
    place = evening(desk)
    pdf = document(desk.session, place.districts[0], QUICK_REPORT).pdf
    assert len(pypdfium2.PdfDocument(BytesIO(pdf))) == 1
    sheet = record_sheet(desk.session, place.districts[0])
    text = text_of(pdf)
    assert f"Gültige Stimmen {sheet.votes}" in text.replace(".", "")
    assert "Liste 1 – Internationale Liste" in text


def test_the_tally_list_names_every_ballot_that_was_typed(desk: Desk) -> None:
    place = evening(desk)
    north = place.districts[0]
    sheet = record_sheet(desk.session, north)
    text = text_of(document(desk.session, north, TALLY_LIST).pdf)
    assert [each.number for each in sheet.counted_singly] == list(range(1, 11))
    for words in (
        "1 101 (3), 201 – 4 Stimmen",
        "7 301 (2); Zusatz oder Vorbehalt – 2 Stimmen (Beschluss)",
        "9 303 – zurückgenommen",
        "10 nichts gekennzeichnet – ungültig: keine Kennzeichnung",
    ):
        assert words in text, words


def test_rejected_letters_of_the_book_are_listed_one_by_one(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    for certificate, state, why in (
        ("A-1", LetterState.ADMITTED, ""),
        ("A-2", LetterState.REJECTED, "leerer_umschlag"),
        ("A-3", LetterState.LATE, ""),
        ("A-4", LetterState.REJECTED, "nicht_unterschrieben"),
    ):
        book_letter(desk, north, certificate, state, why)
    counting.record_letters(desk, north, Letters(3, 1, {"leerer_umschlag": 1, "nicht_unterschrieben": 1}, 1), 4)
    counting.record_ballot(desk, north, "eins", Ballot(marks={"101": 1}))
    for warning in control(desk.session, north).unexplained:
        counting.explain(desk, north, warning.code, "Kleiner Bezirk.")
    close_district(desk, north)
    text = text_of(document(desk.session, north, RECORD).pdf)
    assert "Anlage 1: Zurückgewiesene Wahlbriefe" in text
    assert "2 A-2 kein Stimmzettel im Stimmzettelumschlag 4 A-4 Versicherung an Eides statt nicht unterschrieben" in text
    assert "A-3" not in text


def test_each_closing_keeps_its_own_record(desk: Desk) -> None:
    place = evening(desk)
    north = place.districts[0]
    before = document(desk.session, north, RECORD)
    write_documents(desk, north)
    write_documents(desk, north)
    reopen_district(desk, north, "Beschluss vom Wahlabend: ein Stapel war falsch gezählt.")
    with pytest.raises(Refused, match="noch nicht abgeschlossen"):
        document(desk.session, north, RECORD)
    assert document(desk.session, north, RECORD, 1) == before
    close_district(desk, north)
    write_documents(desk, north)
    again = document(desk.session, north, RECORD)
    assert again.name == "niederschrift-bezirk-1-fassung-2.pdf"
    assert "Fassung 2" in text_of(again.pdf)
    assert document(desk.session, north, RECORD, 1).pdf == before.pdf
    with pytest.raises(Refused, match="kein Dokument"):
        document(desk.session, north, RECORD, 3)


def test_without_an_entered_board_the_record_leaves_lines_to_sign(desk: Desk) -> None:
    place = admitted(desk)
    south = place.districts[1]
    counting.record_letters(desk, south, Letters(1, 0, {}, 1), 0)
    counting.record_ballot(desk, south, "eins", Ballot(marks={"101": 1}))
    for warning in control(desk.session, south).unexplained:
        counting.explain(desk, south, warning.code, "Kleiner Bezirk.")
    close_district(desk, south)
    text = text_of(document(desk.session, south, RECORD).pdf)
    assert "sind am Ende der Niederschrift von Hand einzutragen" in text
    assert "8." in text


def test_the_record_tells_the_sample_the_settled_stacks_and_the_later_numbers(desk: Desk) -> None:
    place = admitted(desk)
    north = place.districts[0]
    first = nominations(desk.session, place.election_id)[0].nomination_id
    anna, ben = (Desk(desk.session, Actor(at, name, "Zählgruppe")) for at, name in ((11, "Anna"), (12, "Ben")))
    choose_control(desk, place.election_id, ControlMethod.SAMPLE, SampleRule(percent=10, least=2))
    counting.record_letters(desk, north, Letters(63, 0, {}, 63), 0)
    one, other = two_counters(desk, north)
    stacks.record_stacks(desk, north, {first: 60}, 0, 1, one)
    stacks.record_stacks_again(desk, north, {first: 59}, 0, other)
    stacks.settle_stacks(desk, north, {str(first): stacks.FIRST}, (stacks.FIRST, stacks.SECOND))
    counting.record_ballot(anna, north, "eins", Ballot(marks={"101": 1}))
    for at in (2, 3):
        counting.record_ballot(anna, north, f"kennung-{at}", Ballot(marks={"101": 1}), Waited("KX", f"KX-{at}", 3 - at))
    for number in draw_sample(desk, north, "1234561234", "Fatma Yıldız, Karl Zeuge"):
        record_second(ben, north, number, Ballot(marks={"101": 1}))
    for warning in control(desk.session, north).unexplained:
        counting.explain(desk, north, warning.code, "Geprüft.")
    close_district(desk, north)
    text = text_of(document(desk.session, north, RECORD).pdf)
    for words in (
        "Liste 1 – Internationale Liste 60 59 60",
        "Verfahren für einzeln eingegebene Stimmzettel: Stichprobe.",
        "1. Ziehung: Augen 1234561234, gewürfelt und vorgelesen durch Fatma Yıldız, Karl Zeuge; gezogen aus 3 Stimmzetteln:",
        "2 Stimmzettel; Abweichungen, mit dem Papier geklärt: 0.",
        "später nummeriert: KX-2 = 2, KX-3 = 3.",
    ):
        assert words in text, words
