"""Bekanntmachungen für die Wählerinnen und Wähler: inspection of the roll, and the election notice with how to vote."""

from collections.abc import Sequence

from beiratswahl import words
from beiratswahl.documents.election_facts import ElectionFacts
from beiratswahl.documents.notice_sheet import Block, Facts, Items, Notice, Section
from beiratswahl.law.rules import Ground, VotingMode

GROUNDS = {
    Ground.NR1: "ausländische und staatenlose Einwohnerinnen und Einwohner",
    Ground.NR2A: "Spätaussiedlerinnen und Spätaussiedler sowie deren Angehörige",
    Ground.NR2B: "Eingebürgerte",
    Ground.NR2C: "Deutsche, die mit der Geburt in Deutschland als Kind ausländischer Eltern Deutsche geworden sind (§ 4 Abs. 3 StAG)",
    Ground.NR2D: "Deutsche durch Abstammung mit einem Elternteil, der Ausländer oder Spätaussiedler ist (§ 4 Abs. 1 StAG)",
}


def roll_inspection(facts: ElectionFacts) -> Notice:
    """Bekanntmachung über die Einsicht in das Wählerverzeichnis.

    Source: § 12 KWG, §§ 11, 13 KWO [V]; application by bylaw or notice [V].
    """
    first, last = facts.when("inspection_begins"), facts.when("inspection_ends")
    return facts.notice(
        "Einsicht in das Wählerverzeichnis",
        Section(
            "Wann und wo",
            (
                "Das Wählerverzeichnis kann eingesehen werden:",
                Facts((("Zeit", f"{first} bis {last},\nwährend der allgemeinen Öffnungszeiten"), ("Ort", "\n".join(facts.office)))),
                "Wahlberechtigte können die Richtigkeit der zu ihrer Person eingetragenen Daten prüfen. Daten anderer Personen können sie "
                "nur prüfen, wenn sie Tatsachen glaubhaft machen, aus denen sich eine Unrichtigkeit ergeben kann.",
            ),
        ),
        Section("Wer eingetragen ist", _entered(facts)),
        Section(
            "Einwendungen",
            (
                f"Wer das Wählerverzeichnis für unrichtig oder unvollständig hält, kann bis {last} bei der oben genannten Stelle "
                "schriftlich oder zur Niederschrift Einwendungen erheben (§ 12 KWG, § 13 KWO). Die Beweismittel sind beizufügen, wenn die "
                "Tatsachen nicht offenkundig sind.",
            ),
        ),
        Section("Briefwahl", _postal(facts)),
    )


def election_notice(facts: ElectionFacts, advice: Sequence[str], boards: Sequence[tuple[str, str]] = ()) -> Notice:
    """Wahlbekanntmachung.

    Source: §§ 31 bis 33 KWG, §§ 34, 49, 51, 56, 57 KWO [V]; criminal law §§ 107a, 107c StGB [G].

    Args:
        facts: the election.
        advice: how to vote, as it is printed on the ballot.
        boards: where the ballots are counted: name of the district and place.
    """
    rules = facts.rules
    votes = f"Jede wahlberechtigte Person hat {words.counted(rules.votes, 'Stimme', 'Stimmen')}."
    counting = f"Die Auszählung beginnt frühestens am {facts.when('count_begins')}. Sie ist öffentlich; jeder hat Zutritt, soweit das ohne "
    counting += "Störung möglich ist (§ 51 KWO)."
    counted: tuple[Block, ...] = (counting, Facts(tuple(boards))) if boards else (counting,)
    return facts.notice(
        "Wahlbekanntmachung",
        Section("Wahltag", (f"Am {words.weekday_date(facts.election_day)} wird der {facts.council} gewählt.", *_where(facts))),
        Section(
            "Stimmzettel und Stimmabgabe",
            (f"Gewählt wird nach den Grundsätzen der {rules.system.value} mit amtlichen Stimmzetteln. {votes}", Items(tuple(advice))),
        ),
        Section("Briefwahl", _postal(facts)),
        Section("Auszählung", counted),
        Section(
            "Selbst und geheim wählen",
            (
                "Jede wahlberechtigte Person kann ihr Stimmrecht nur einmal und nur persönlich ausüben. Wer nicht lesen kann oder wegen "
                "einer Behinderung Hilfe braucht, kann sich von einer Hilfsperson helfen lassen, die mindestens 16 Jahre alt und zur "
                "Geheimhaltung verpflichtet ist. Für blinde und sehbehinderte Menschen gibt es eine Stimmzettelschablone beim Wahlamt.",
                "Wer unbefugt wählt oder sonst ein unrichtiges Ergebnis einer Wahl herbeiführt oder das Ergebnis verfälscht, macht sich "
                "strafbar; auch der Versuch ist strafbar (§ 107a StGB).",
            ),
        ),
    )


def _entered(facts: ElectionFacts) -> tuple[Block, ...]:
    rules = facts.rules
    automatic = [GROUNDS[ground] for ground in rules.ex_officio_grounds]
    if rules.dual_nationals_ex_officio:
        automatic.append("Deutsche mit einer weiteren Staatsangehörigkeit, soweit sie aus dem Melderegister hervorgeht")
    blocks: list[Block] = [
        f"Von Amts wegen eingetragen sind die Wahlberechtigten, die am {facts.when('register_key_date')} gemeldet sind und zu diesen "
        "Gruppen gehören:",
        Items(tuple(automatic)),
    ]
    others = [GROUNDS[ground] for ground in rules.grounds if ground not in rules.ex_officio_grounds]
    if "applications" in facts.deadlines and others:
        blocks += [
            f"Nur auf Antrag eingetragen werden, bis {facts.when('applications')}, mit einem Nachweis:",
            Items(tuple(others)),
            "Der Antrag ist beim Wahlamt zu stellen: " + ", ".join(facts.office) + ".",
        ]
    return tuple(blocks)


def _where(facts: ElectionFacts) -> tuple[Block, ...]:
    rules = facts.rules
    if rules.voting_mode is VotingMode.POSTAL_ONLY:
        found: list[Block] = ["Gewählt wird ausschließlich durch Briefwahl; Wahlräume gibt es nicht."]
        if rules.hand_in_hours is not None:
            opens, closes = rules.hand_in_hours
            found.append(f"Wahlbriefe können am Wahltag von {opens:%H:%M} bis {closes:%H:%M} Uhr beim Wahlamt abgegeben werden.")
        return tuple(found)
    hours = rules.voting_hours
    time = f" von {hours.opens:%H:%M} bis {hours.closes:%H:%M} Uhr" if hours else ""
    return (f"Die Wahlräume sind{time} geöffnet. Wo Sie wählen, steht in Ihrer Wahlbenachrichtigung. Bringen Sie einen Ausweis mit.",)


def _postal(facts: ElectionFacts) -> tuple[Block, ...]:
    if facts.rules.voting_mode is VotingMode.POSTAL_ONLY:
        got = "Alle Wahlberechtigten bekommen ihre Briefwahlunterlagen ohne Antrag, voraussichtlich zwischen "
        got += (
            f"{facts.when('postal_dispatch_begins')} und {facts.when('postal_dispatch_ends')}. Wer bis dahin nichts erhalten hat, meldet "
        )
        got += f"sich bis {facts.when('voting_certificates')} beim Wahlamt."
    else:
        got = f"Wer durch Briefwahl wählen will, beantragt beim Wahlamt bis {facts.when('voting_certificates')} einen Wahlschein. Bei "
        got += "plötzlicher Erkrankung ist das bis zum Wahltag, 15:00 Uhr, möglich (§ 18 KWO)."
    return (
        got,
        f"Der Wahlbrief muss bis {facts.when('postal_letters')} eingegangen sein bei:",
        Facts((("Anschrift", "\n".join(facts.office)),)),
        "Ein verspäteter Wahlbrief zählt nicht.",
    )
