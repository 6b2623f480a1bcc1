"""Annahme und Nachrücken: how an elected person becomes a member, who follows when one leaves, and how many may be appointed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from beiratswahl.law.rules import Rules
from beiratswahl.law.seat_lots import check_lot, refuse_surplus
from beiratswahl.law.seat_values import LotQuestion
from beiratswahl.law.trace import Step

TERM_YEARS = 5


class Declaration(StrEnum):
    """Erklärung einer gewählten Person."""

    ACCEPTED = "Annahme"
    WITH_RESERVATION = "Annahme unter Vorbehalt"
    REFUSED = "Ablehnung"


class Acceptance(StrEnum):
    """Stand der Annahme."""

    OPEN = "offen"
    ACCEPTED = "angenommen"
    REFUSED = "abgelehnt"


class Departure(StrEnum):
    """Grund des Nachrückens: why a seat becomes free.

    Source: § 45 Abs. 1 KWG [V].
    """

    REFUSED = "Ablehnung"
    DIED = "Tod"
    RESIGNED = "Verzicht"
    LOST_RIGHT_TO_VOTE = "Verlust der Wahlberechtigung"
    LOST_ELIGIBILITY = "Verlust der Wählbarkeit"
    ELECTION_INVALID = "Ungültigkeit der Wahl"


class DroppedOut(StrEnum):
    """Grund des Ausscheidens einer Ersatzperson: why somebody is passed over.

    Source: § 45 KWG, KWO § 66 [V]; DECLINED [I].
    """

    CALLED = "schon berufen"
    DIED = "Tod"
    LOST_ELIGIBILITY = "Verlust der Wählbarkeit"
    DECLINED = "Verzicht"


class CallOutcome(StrEnum):
    """Ausgang des Nachrückens."""

    CALLED = "berufen"
    LOT = "Los"
    VACANT = "unbesetzt"


@dataclass(frozen=True, slots=True)
class Call:
    """Nachrücken.

    Attributes:
        outcome: somebody is called, a lot has to be drawn first, or the seat stays empty.
        person: who is called; None otherwise.
        lot: the question to draw, `among` names persons; None otherwise.
        steps: what was decided why; to be published, also when nobody follows (KWO § 66).
    """

    outcome: CallOutcome
    person: str | None
    lot: LotQuestion | None
    steps: tuple[Step, ...]


def last_day_to_declare(rules: Rules, served_on: date) -> date:
    """Letzter Tag der Erklärungsfrist: a week after service; it is not moved to a working day.

    Source: § 44 KWG [V]; § 75 KWG [V]; the day of service is not counted, § 187 Abs. 1 BGB [G].
    """
    return served_on + timedelta(days=rules.acceptance_period_days)


def acceptance(
    rules: Rules,
    served_on: date,
    today: date,
    declared: tuple[date, Declaration] | None = None,
    *,
    incompatible: bool = False,
    left_office_on: date | None = None,
) -> tuple[Acceptance, tuple[Step, ...]]:
    """Annahme der Wahl.

    Silence is acceptance, a reservation is refusal. Who holds an incompatible office accepts only by declaring it and proving to have left;
    silence is refusal then. Only the first declaration counts: a refusal cannot be taken back.

    Source: § 44 KWG, KWO § 64 [V]; whether § 5 KWG applies to a Beirat is open [I].

    Args:
        rules: `acceptance_period_days` is used.
        served_on: day on which the notice was served (Zustellung).
        today: day of the question.
        declared: day of receipt and content of the first declaration; None for silence so far.
        incompatible: whether the person holds an office incompatible with membership.
        left_office_on: day on which the proof of leaving it was received; None when there is none.

    Returns:
        OPEN while the week runs and nothing final was declared; else ACCEPTED or REFUSED; with the reasons.
    """
    last = last_day_to_declare(rules, served_on)
    steps = [Step("period", "§ 44 KWG", f"Zugestellt am {served_on:%d.%m.%Y}; erklären kann sich die Person bis {last:%d.%m.%Y}.")]
    word = declared[1] if declared is not None and declared[0] <= last else None
    if declared is not None and word is None:
        steps.append(Step("late", "§ 44 KWG", f"Die Erklärung vom {declared[0]:%d.%m.%Y} kam nach Ablauf der Frist und zählt nicht."))
    if word is Declaration.REFUSED:
        return Acceptance.REFUSED, (*steps, Step("refused", "§ 44 KWG", "Die Person hat abgelehnt; das ist unwiderruflich."))
    if word is Declaration.WITH_RESERVATION:
        return Acceptance.REFUSED, (*steps, Step("reservation", "§ 44 KWG", "Eine Annahme unter Vorbehalt gilt als Ablehnung."))
    if incompatible:
        proven = left_office_on is not None and left_office_on <= last
        return _incompatible(word is Declaration.ACCEPTED and proven, today > last, steps)
    if word is Declaration.ACCEPTED:
        return Acceptance.ACCEPTED, (*steps, Step("accepted", "§ 44 KWG", "Die Person hat die Wahl angenommen."))
    if today > last:
        return Acceptance.ACCEPTED, (
            *steps,
            Step("silence", "§ 44 KWG", "Die Person hat sich nicht erklärt; die Wahl gilt als angenommen."),
        )
    return Acceptance.OPEN, tuple(steps)


def _incompatible(proven: bool, over: bool, steps: list[Step]) -> tuple[Acceptance, tuple[Step, ...]]:
    source = "§§ 5, 44 KWG, § 64 KWO"
    if proven:
        text = "Die Person hat angenommen und nachgewiesen, dass sie aus dem unvereinbaren Amt ausgeschieden ist."
        return Acceptance.ACCEPTED, (*steps, Step("left_office", source, text))
    if over:
        text = "Die Annahme mit Nachweis des Ausscheidens aus dem unvereinbaren Amt fehlt; die Wahl gilt als abgelehnt."
        return Acceptance.REFUSED, (*steps, Step("incompatible", source, text))
    text = "Die Person hat ein unvereinbares Amt; bis zum Ende der Frist braucht es die Annahme und den Nachweis des Ausscheidens."
    return Acceptance.OPEN, (*steps, Step("incompatible_open", source, text))


def term_end(begin: date) -> date:
    """Ende der Amtszeit: the first day after five years.

    Source: § 56 Abs. 2 Satz 1 GemO, § 49a Abs. 2 Satz 1 LKO [Vo].

    Args:
        begin: first day of the term.
    """
    later = begin.year + TERM_YEARS
    # 29 February has no counterpart five years on
    return date(later, 3, 1) if (begin.month, begin.day) == (2, 29) else begin.replace(year=later)


def call_substitute(
    substitutes: Sequence[Sequence[str]],
    dropped: Mapping[str, DroppedOut],
    departure: Departure,
    lots: Sequence[str] = (),
    *,
    seat: int = 1,
) -> Call:
    """Ersatzperson berufen: the next one who is left; among equals in Mehrheitswahl by lot of the Wahlleiter.

    A lot is asked only now and only among those who are left: while nobody is called, the order of equals means nothing.

    Source: § 45 Abs. 2, 3 KWG, KWO § 66 [V].

    Args:
        substitutes: substitutes of the list or the election in groups of equals, as `candidates.Elected` gives them.
        dropped: who is passed over, and why.
        departure: why the seat is free.
        lots: the person drawn, if the question was put before; at most one.
        seat: number of the free seat, for the question.

    Returns:
        The call; with outcome LOT call again with the drawn person in `lots`.

    Raises:
        LotRefused: the lot is not among the persons in question, or nothing was to be drawn.
    """
    steps = [Step("departure", "§ 45 Abs. 1 KWG", f"Ein Sitz ist frei: {departure.value}.")]
    for group in substitutes:
        steps += [Step("passed_over", "§ 45 KWG, § 66 KWO", f"„{one}“: {dropped[one].value}.") for one in group if one in dropped]
        left = tuple(one for one in group if one not in dropped)
        if left:
            return _call(left, steps, lots, seat)
    refuse_surplus(lots, 0)
    text = "Es ist keine Ersatzperson mehr da; der Sitz bleibt unbesetzt. Auch das wird bekannt gemacht."
    return Call(CallOutcome.VACANT, None, None, (*steps, Step("vacant", "§ 66 KWO", text)))


def _call(left: tuple[str, ...], steps: list[Step], lots: Sequence[str], seat: int) -> Call:
    if len(left) == 1:
        refuse_surplus(lots, 0)
        return Call(CallOutcome.CALLED, left[0], None, (*steps, Step("called", "§ 45 KWG", f"„{left[0]}“ rückt nach.")))
    question = LotQuestion(seat, left)
    names = ", ".join(f"„{name}“" for name in left)
    if not lots:
        text = f"Gleich viele Stimmen haben {names}; das Los, das die Wahlleitung zieht, entscheidet."
        return Call(CallOutcome.LOT, None, question, (*steps, Step("lot_needed", "§ 45 Abs. 3 KWG", text)))
    drawn = check_lot(question, lots, 0)
    refuse_surplus(lots, 1)
    text = f"Los zwischen {names}: „{drawn}“ rückt nach."
    return Call(CallOutcome.CALLED, drawn, None, (*steps, Step("lot_drawn", "§ 45 Abs. 3 KWG", text)))


def most_appointed(elected: int) -> int:
    """Höchstzahl berufener Mitglieder: one third of all members, that is half as many as elected ones.

    Source: § 56 GemO, § 49a LKO and bylaws [V Satzungen].

    Args:
        elected: elected members in office, at least 0.
    """
    return elected // 2


def too_many_appointed(elected: Collection[str], appointed: Collection[str]) -> bool:
    """Drittelregelung verletzt: the appointed are more than a third of all; the council has to appoint anew.

    Source: § 56 GemO and bylaws, e.g. Simmern-Rheinböllen § 2 Abs. 4 [V].

    Args:
        elected: elected members in office.
        appointed: appointed members in office.
    """
    return len(appointed) > most_appointed(len(elected))
