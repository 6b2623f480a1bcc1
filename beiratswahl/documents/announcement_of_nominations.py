"""Bekanntmachungen zu den Wahlvorschlägen: the call for them, those that were admitted, and that no election takes place."""

from collections.abc import Sequence
from dataclasses import dataclass

from beiratswahl import words
from beiratswahl.documents.election_facts import ElectionFacts
from beiratswahl.documents.notice_sheet import Block, Facts, Items, Notice, Section, Table
from beiratswahl.law.nominations import most_candidates
from beiratswahl.law.rules import NominationModel, Nominator, System, VotingMode
from beiratswahl.law.trace import Step

TIMES = {1: "", 2: " (zweifach genannt)", 3: " (dreifach genannt)"}
NOMINATORS = {
    Nominator.ELIGIBLE_PERSON: "Wahlberechtigte",
    Nominator.SELF: "Personen, die sich selbst vorschlagen",
    Nominator.CLUB: "Vereine",
    Nominator.ASSOCIATION: "Verbände",
    Nominator.ORGANISATION: "Organisationen",
    Nominator.PARTY: "politische Parteien",
    Nominator.VOTER_GROUP: "Wählergruppen",
}


@dataclass(frozen=True, slots=True)
class AnnouncedPerson:
    """Bewerberin oder Bewerber as published: no birthday and no street (§ 30 KWO)."""

    number: str
    name: str
    birth_year: str
    place: str
    named: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnnouncedList:
    """Zugelassener Wahlvorschlag."""

    number: int
    keyword: str
    persons: tuple[AnnouncedPerson, ...]


def call_for_nominations(facts: ElectionFacts) -> Notice:
    """Aufforderung zur Einreichung von Wahlvorschlägen.

    Source: § 16 Abs. 1 KWG, § 23 KWO [V]; §§ 15, 18 bis 21 KWG [V/Vo]; KWO § 25 [V].
    """
    return facts.notice(
        "Wahltag und Aufforderung zur Einreichung von Wahlvorschlägen",
        _election(facts),
        Section("Wer Wahlvorschläge einreichen kann", _nominators(facts)),
        Section("Inhalt und Form der Wahlvorschläge (§§ 15, 18 bis 21 KWG, § 25 KWO)", _content(facts)),
        Section("Wer gewählt werden kann", _eligible(facts)),
        Section("Frist und Ort", _deadline(facts)),
        Section(
            "Wann keine Wahl stattfindet",
            (
                f"Wird kein gültiger Wahlvorschlag zugelassen oder werden nicht mehr als {facts.rules.seats} Personen zugelassen, findet "
                f"die Wahl nicht statt ({facts.no_election}).",
            ),
        ),
    )


def admitted_nominations(
    facts: ElectionFacts, lists: Sequence[AnnouncedList], persons: Sequence[AnnouncedPerson] = (), free_numbers: Sequence[Step] = ()
) -> Notice:
    """Bekanntmachung der zugelassenen Wahlvorschläge: with year of birth, postcode and place only.

    Source: §§ 24, 25 KWG, § 30 KWO [V/Vo].

    Args:
        facts: the election; `admission` rules already those of the system that followed.
        lists: admitted lists in ballot order; none where every person is a nomination.
        persons: then these persons in ballot order.
        free_numbers: which numbers no list carries, and why.
    """
    system = facts.rules.system
    intro = (
        f"Der Wahlausschuss hat in öffentlicher Sitzung die folgenden Wahlvorschläge zugelassen. Gewählt wird nach den Grundsätzen der "
        f"{system.value}; zu wählen sind {words.counted(facts.rules.seats, 'Mitglied', 'Mitglieder')}. Die Wahlvorschläge stehen in dieser "
        "Reihenfolge auf dem Stimmzettel (§§ 24, 25 KWG, § 30 KWO)."
    )
    sections = [Section("", (intro, *(f"{step.text} ({step.source})" for step in free_numbers)))]
    sections += [Section(f"Wahlvorschlag {of.number} „{of.keyword}“", (_table(of.persons, system),), numbered=False) for of in lists]
    if persons:
        sections.append(Section("Bewerberinnen und Bewerber", (_table(persons, system),), numbered=False))
    return facts.notice("Zugelassene Wahlvorschläge", *sections)


def no_election(facts: ElectionFacts, reasons: Sequence[Step]) -> Notice:
    """Bekanntmachung, dass die Wahl nicht stattfindet.

    Source: § 56 Abs. 3 Satz 1 GemO, § 49a Abs. 3 LKO; § 56a GemO [V].

    Args:
        facts: the election.
        reasons: trace of the law.
    """
    district = facts.no_election.endswith("LKO")
    follows = (
        "Anstelle des gewählten Beirates soll nach den Vorschriften der Landkreisordnung durch Satzung ein Beirat für die Belange von "
        "Menschen mit Migrationshintergrund eingerichtet werden."
        if district
        else "Anstelle des gewählten Beirates soll durch Satzung ein Beirat für die Belange von Menschen mit Migrationshintergrund "
        "eingerichtet werden (§ 56a GemO). Seine Mitglieder wählt der Rat."
    )
    return facts.notice(
        "Die Wahl findet nicht statt",
        Section(
            "",
            (
                f"Die für {words.weekday_date(facts.election_day)} vorgesehene Wahl des {facts.council_genitive} findet nicht statt "
                f"({facts.no_election}).",
            ),
        ),
        Section("Gründe", tuple(f"{step.text} ({step.source})" for step in reasons)),
        Section("Was folgt", (follows, "Beantragte oder schon ausgegebene Briefwahlunterlagen sind gegenstandslos.")),
        about="Wahl",
    )


def _election(facts: ElectionFacts) -> Section:
    rules = facts.rules
    votes = f"Jede wahlberechtigte Person hat {words.counted(rules.votes, 'Stimme', 'Stimmen')}."
    if rules.system is System.PROPORTIONAL and rules.switch_to_majority_if_single_list:
        votes += " Wird nur ein Wahlvorschlag zugelassen, wird nach den Grundsätzen der Mehrheitswahl gewählt (§ 22 KWG)."
    mode = "ausschließlich durch Briefwahl" if rules.voting_mode is VotingMode.POSTAL_ONLY else "in Wahlräumen und durch Briefwahl"
    if rules.voting_hours is not None and rules.voting_mode is not VotingMode.POSTAL_ONLY:
        mode += f", in den Wahlräumen von {rules.voting_hours.opens:%H:%M} bis {rules.voting_hours.closes:%H:%M} Uhr"
    pairs = [
        ("Wahltag", words.weekday_date(facts.election_day)),
        ("Stimmabgabe", mode),
        ("Zu wählen", words.counted(rules.seats, "Mitglied", "Mitglieder")),
        ("Wahlsystem", rules.system.value),
    ]
    intro = f"Der {facts.council} wird neu gewählt ({facts.statute}, {facts.bylaw})."
    return Section("Wahltag und zu wählende Mitglieder", (intro, Facts(tuple(pairs)), votes))


def _nominators(facts: ElectionFacts) -> tuple[Block, ...]:
    return ("Wahlvorschläge können einreichen:", Items(tuple(NOMINATORS[of] for of in facts.rules.nominators)))


def _content(facts: ElectionFacts) -> tuple[Block, ...]:
    rules = facts.rules
    by_lists = rules.nomination_model is NominationModel.LIST
    entries = [
        "von jeder Person Familienname, Vorname, Tag der Geburt, Staatsangehörigkeit, Beruf und Anschrift,",
        "die schriftliche Zustimmung jeder Person,",
        "eine Bescheinigung der Wählbarkeit jeder Person,",
        "bei Minderjährigen die Einwilligung der gesetzlichen Vertreter,",
    ]
    if by_lists:
        entries.insert(0, "das Kennwort des Wahlvorschlags,")
        entries.append("eine Vertrauensperson und deren Stellvertretung mit Anschrift,")
    if by_lists and rules.nomination_meeting:
        entries.append(
            "die Niederschrift über die Versammlung, in der die Personen in geheimer Abstimmung aufgestellt wurden, mit Datum, Ort,"
        )
        entries[-1] += " Form der Einladung und Zahl der Teilnehmenden,"
    if rules.support_signatures:
        entries.append(
            f"mindestens {rules.support_signatures} Unterschriften von Wahlberechtigten; wer mehrere Wahlvorschläge unterstützt, dessen "
            "Unterschrift gilt nur auf dem zuerst eingereichten,"
        )
    entries.append("die Unterschrift derer, die den Wahlvorschlag einreichen.")
    most = f"Ein Wahlvorschlag darf höchstens {words.counted(most_candidates(rules), 'Person', 'Personen')} nennen."
    if by_lists and rules.max_named > 1:
        most += f" Dieselbe Person darf bis zu {rules.max_named}-mal genannt werden; mehrfach genannte stehen vor den übrigen."
    several = "Wer auf mehreren Wahlvorschlägen steht, wird auf allen gestrichen (§ 19 Abs. 2 KWG)."
    return (f"{most} {several}", "Einzureichen sind schriftlich:", Items(tuple(entries)))


def _eligible(facts: ElectionFacts) -> tuple[Block, ...]:
    text = f"Gewählt werden kann, wer wahlberechtigt ist und am Wahltag mindestens {facts.rules.candidate_age} Jahre alt ist"
    text += f"; außerdem alle Bürgerinnen und Bürger {facts.municipality_of}." if facts.rules.citizens_may_stand else "."
    return (text,)


def _deadline(facts: ElectionFacts) -> tuple[Block, ...]:
    return (
        "Die Wahlvorschläge müssen spätestens eingehen am",
        Facts((("Fristende", facts.when("nominations")), ("Ort", "\n".join(facts.office)))),
        "Die Frist ist eine Ausschlussfrist: Ein später eingegangener Wahlvorschlag ist ungültig, auch wenn er nur Sekunden zu spät kommt "
        "(§ 16 Abs. 1, § 23 KWG). Reichen Sie früh ein, damit Mängel noch behoben werden können. Vordrucke gibt das Wahlamt kostenlos ab. "
        f"Über die Zulassung entscheidet der Wahlausschuss bis {facts.when('admission')}.",
    )


def _table(persons: Sequence[AnnouncedPerson], system: System) -> Table:
    noted = any(person.note for person in persons)
    head = ("Nr.", "Familienname, Vorname", "Geburtsjahr", "Postleitzahl, Wohnort", *(("Vorgeschlagen von",) if noted else ()))
    rows = tuple(
        (
            person.number,
            person.name + (TIMES[person.named] if system is System.PROPORTIONAL else ""),
            person.birth_year,
            person.place,
            *((person.note,) if noted else ()),
        )
        for person in persons
    )
    return Table(head, rows, (13, 0, 20, 42, *((38,) if noted else ())))
