"""Mandate: who sits on which seat, who follows, and what may be recorded next; the law decides, this room only asks it in order."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from beiratswahl.law.candidates import Elected
from beiratswahl.law.rules import Rules
from beiratswahl.law.succession import (
    Acceptance,
    Call,
    CallOutcome,
    Declaration,
    Departure,
    DroppedOut,
    acceptance,
    call_substitute,
    last_day_to_declare,
    most_appointed,
)
from beiratswahl.law.trace import Step
from beiratswahl.operations.determined import Determined
from beiratswahl.store.read.mandates import EventView


class EventKind(StrEnum):
    """Art eines Ereignisses um ein Mandat; the words are those of law.succession."""

    SERVED = "Zustellung der Benachrichtigung"
    ACCEPTED = Declaration.ACCEPTED.value
    WITH_RESERVATION = Declaration.WITH_RESERVATION.value
    REFUSED = Declaration.REFUSED.value
    INCOMPATIBLE = "unvereinbares Amt"
    LEFT_OFFICE = "Nachweis über das Ende des unvereinbaren Amtes"
    RESIGNED = Departure.RESIGNED.value
    DIED = Departure.DIED.value
    LOST_RIGHT_TO_VOTE = Departure.LOST_RIGHT_TO_VOTE.value
    LOST_ELIGIBILITY = Departure.LOST_ELIGIBILITY.value
    ELECTION_INVALID = Departure.ELECTION_INVALID.value
    DRAWN = "Losentscheid"


DECLARATIONS = (EventKind.ACCEPTED, EventKind.WITH_RESERVATION, EventKind.REFUSED)
DEPARTURES = (EventKind.DIED, EventKind.LOST_RIGHT_TO_VOTE, EventKind.LOST_ELIGIBILITY, EventKind.ELECTION_INVALID)
DROPPING_OUT = (EventKind.RESIGNED, EventKind.DIED, EventKind.LOST_ELIGIBILITY)


@dataclass(frozen=True, slots=True)
class Holding:
    """Mandat einer Person.

    Attributes:
        acceptance: state of the declaration; None until the notice is served.
        last_day: last day to declare; None until the notice is served.
        member_since: day of the acceptance; None before it.
        called_on: day on which the seat became free for a substitute; None for the elected.
        gone: why and since when the seat is free again; None while it is held.
    """

    person: str
    name: str
    acceptance: Acceptance | None
    last_day: date | None
    member_since: date | None
    called_on: date | None
    gone: tuple[Departure, date] | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Seat:
    """Sitz: everybody who was called to it, the last one holds it unless gone.

    Attributes:
        of: key of the list; "" in Mehrheitswahl.
        call: the call that found nobody, or that waits for the lot; None while somebody holds the seat or an earlier lot is awaited.
    """

    of: str
    list_name: str
    number: int
    holders: tuple[Holding, ...]
    call: Call | None
    steps: tuple[Step, ...]

    @property
    def holder(self) -> Holding | None:
        """Who holds the seat, or may still accept it."""
        return None if self.holders[-1].gone else self.holders[-1]


@dataclass(frozen=True, slots=True)
class Substitute:
    """Ersatzperson, who is not called.

    Attributes:
        rank: place in the order; equals share it.
        is_next: the next free seat of the list goes to this person, or to one of several by lot.
        dropped: why the person is passed over; "" when not.
    """

    list_name: str
    rank: int
    person: str
    name: str
    is_next: bool
    dropped: str


@dataclass(frozen=True, slots=True)
class Mandates:
    """Mandate einer Wahl.

    Attributes:
        vacant: seats nobody could take from the beginning.
        events: everything recorded.
        unplaced: names of persons with entries that the result no longer explains.
        names: words for the keys of persons.
    """

    seats: tuple[Seat, ...]
    substitutes: tuple[Substitute, ...]
    vacant: int
    events: tuple[EventView, ...]
    unplaced: tuple[str, ...]
    names: Mapping[str, str]

    @property
    def members(self) -> tuple[Holding, ...]:
        """Members who have accepted."""
        return tuple(seat.holder for seat in self.seats if seat.holder and seat.holder.acceptance is Acceptance.ACCEPTED)

    @property
    def most_appointed(self) -> int:
        """Höchstzahl berufener Mitglieder, where the bylaw provides for any."""
        return most_appointed(len(self.members))

    @property
    def lot(self) -> Seat | None:
        """The seat that waits for a lot, or None."""
        return next((seat for seat in self.seats if seat.call and seat.call.outcome is CallOutcome.LOT), None)

    def holding(self, person: str) -> Holding | None:
        """The mandate of a person, also one that has ended."""
        return next((one for seat in self.seats for one in seat.holders if one.person == person), None)

    def possible(self, person: str) -> tuple[EventKind, ...]:
        """What can be recorded for a person now; empty for who is not concerned or gone."""
        known = {event.kind for event in self.events if event.person == person}
        if self.lot and self.lot.call and self.lot.call.lot and person in self.lot.call.lot.among:
            return (EventKind.DRAWN, *DROPPING_OUT)
        held = self.holding(person)
        if held is None:
            waiting = next((one for one in self.substitutes if one.person == person), None)
            return DROPPING_OUT if waiting and not waiting.dropped else ()
        return () if held.gone else _of_holder(held, known)


def mandates_of(determined: Determined, recorded: Sequence[EventView], today: date) -> Mandates:
    """Mandate berechnen: the elected, and for every seat that became free the call of the law, in the order of the days.

    Source: §§ 44, 45 KWG, §§ 64, 66 KWO [V].
    """
    words = determined.names
    seats: list[Seat] = []
    waiting: list[Substitute] = []
    for of, chosen in determined.elected.items():
        line = _Line(of, words.get(of, ""), chosen, determined.rules, tuple(recorded), words, today)
        filled = line.seats(len(seats) + 1)
        seats += filled
        waiting += line.waiting(filled)
    keys = {one.person for seat in seats for one in seat.holders} | {one.person for one in waiting}
    vacant = sum(chosen.vacant for chosen in determined.elected.values())
    found = Mandates(tuple(seats), tuple(waiting), vacant, tuple(recorded), (), {key: words.get(key, key) for key in keys})
    return replace(found, unplaced=_unplaced(found, words))


@dataclass(frozen=True, slots=True)
class _Line:
    """One list, or everybody in Mehrheitswahl, with its seats and substitutes."""

    of: str
    name: str
    chosen: Elected
    rules: Rules
    events: tuple[EventView, ...]
    words: Mapping[str, str]
    today: date

    def seats(self, first: int) -> list[Seat]:
        chains = [[self.held(person, None)] for person in self.chosen.elected]
        steps: list[list[Step]] = [[] for _ in chains]
        ended: dict[int, Call] = {}
        called: dict[str, DroppedOut] = {}
        while free := [(gone[1], at, gone[0]) for at, chain in enumerate(chains) if (gone := chain[-1].gone) and at not in ended]:
            day, at, departure = min(free)
            call = self.call(departure, day, called, first + at)
            steps[at] += [replace(step, text=named(step.text, self.words)) for step in call.steps]
            if call.person is None:
                ended[at] = call
                if call.outcome is CallOutcome.LOT:
                    break  # who follows on the next seat depends on this lot
            else:
                called[call.person] = DroppedOut.CALLED
                chains[at].append(self.held(call.person, day))
        return [Seat(self.of, self.name, first + at, tuple(chain), ended.get(at), tuple(steps[at])) for at, chain in enumerate(chains)]

    def call(self, departure: Departure, day: date, called: Mapping[str, DroppedOut], seat: int) -> Call:
        dropped = {**self.dropped(day), **called}
        call = call_substitute(self.chosen.substitutes, dropped, departure, seat=seat)
        among = call.lot.among if call.lot else ()
        drawn = next((event.person for event in self.events if event.kind == EventKind.DRAWN and event.person in among), None)
        return call_substitute(self.chosen.substitutes, dropped, departure, (drawn,), seat=seat) if drawn else call

    def dropped(self, day: date) -> dict[str, DroppedOut]:
        return {one.person: DroppedOut(one.kind) for one in self.events if one.kind in DROPPING_OUT and one.day <= day}

    def waiting(self, filled: Sequence[Seat]) -> list[Substitute]:
        called = {one.person for seat in filled for one in seat.holders}
        dropped = self.dropped(self.today)
        found: list[Substitute] = []
        rank, following = 1, True
        for group in self.chosen.substitutes:
            left = [person for person in group if person not in called]
            for person in left:
                reason = dropped[person].value if person in dropped else ""
                found.append(Substitute(self.name, rank, person, self.words.get(person, person), following and not reason, reason))
            following = following and all(person in dropped for person in left)
            rank += len(left)
        return found

    def held(self, person: str, called_on: date | None) -> Holding:
        days = {event.kind: event.day for event in self.events if event.person == person}
        served = days.get(EventKind.SERVED)
        declared = next(((days[kind], Declaration(kind.value)) for kind in DECLARATIONS if kind in days), None)
        state: Acceptance | None = None
        last: date | None = None
        since: date | None = None
        steps: tuple[Step, ...] = ()
        if served is not None:
            left = days.get(EventKind.LEFT_OFFICE)
            bound = EventKind.INCOMPATIBLE in days
            last = last_day_to_declare(self.rules, served)
            state, steps = acceptance(self.rules, served, self.today, declared, incompatible=bound, left_office_on=left)
            if state is Acceptance.ACCEPTED:
                in_time = declared is not None and declared[0] <= last
                since = max(declared[0], left or declared[0]) if declared and in_time else last + timedelta(days=1)
        gone = next(((Departure(kind.value), days[kind]) for kind in (EventKind.RESIGNED, *DEPARTURES) if kind in days), None)
        if gone is None and state is Acceptance.REFUSED and last is not None:
            said = declared is not None and declared[1] is not Declaration.ACCEPTED
            gone = (Departure.REFUSED, declared[0] if declared and said else last + timedelta(days=1))
        return Holding(person, self.words.get(person, person), state, last, since, called_on, gone, steps)


def _of_holder(held: Holding, known: set[str]) -> tuple[EventKind, ...]:
    if held.acceptance is None:
        return (EventKind.SERVED, *DEPARTURES)
    declaring = () if known & set(DECLARATIONS) else DECLARATIONS
    office = (EventKind.LEFT_OFFICE,) if EventKind.INCOMPATIBLE in known else (EventKind.INCOMPATIBLE,)
    resigning = (EventKind.RESIGNED,) if held.acceptance is Acceptance.ACCEPTED else ()
    return (*declaring, *(kind for kind in office if kind not in known), *resigning, *DEPARTURES)


def _unplaced(found: Mandates, words: Mapping[str, str]) -> tuple[str, ...]:
    """Persons whose entries need a seat that they do not have."""
    substitutes = {one.person for one in found.substitutes}
    lost: dict[str, None] = {}
    for event in found.events:
        passed_over = event.person in substitutes and event.kind in DROPPING_OUT
        if found.holding(event.person) is None and not passed_over:
            lost[words.get(event.person, event.person)] = None
    return tuple(lost)


def named(text: str, words: Mapping[str, str]) -> str:
    """A step of the law for people: keys in quotation marks become the words they stand for."""
    return re.sub("„([^“]+)“", lambda match: f"„{words.get(match[1], match[1])}“", text)
