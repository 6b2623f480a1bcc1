"""Was neu veröffentlicht ist: an Atom entry per version of a result, notice and edition of the information, and per withdrawal."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree.ElementTree import Element, SubElement

from beiratswahl import words
from beiratswahl.public.catalogue import as_xml, moment_of, put_texts, state_of
from beiratswahl.public.elections import PublicElection
from beiratswahl.public.publication import Version

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00Z"
WITHDRAWN = "#zurueckgezogen"
#: gives an address by endpoint, election and what else stands in it
Address = Callable[..., str]


@dataclass(frozen=True, slots=True)
class News:
    """Neuigkeit; `identity` never changes, `address` is where to read it."""

    at_utc: datetime
    identity: str
    address: str
    title: str
    summary: str


def news(elections: Iterable[PublicElection], address: Address) -> tuple[News, ...]:
    """Everything that was published or withdrawn, the newest first."""
    found = [one for of in elections for one in (*_results(of, address), *_notices(of, address), *_information(of, address))]
    return tuple(sorted(found, key=lambda one: (one.at_utc, one.identity), reverse=True))


def atom(entries: Sequence[News], start: str, itself: str) -> bytes:
    """Atom-Feed."""
    root = Element("feed", {"xmlns": ATOM, "xml:lang": "de"})
    updated = moment_of(entries[0].at_utc) if entries else NEVER
    put_texts(root, {"id": start, "title": "Beiratswahlen: Bekanntmachungen und Ergebnisse", "updated": updated})
    SubElement(root, "link", {"rel": "self", "type": "application/atom+xml", "href": itself})
    SubElement(root, "link", {"href": start})
    SubElement(SubElement(root, "author"), "name").text = "Wahlamt"
    for one in entries:
        entry = SubElement(root, "entry")
        put_texts(entry, {"id": one.identity, "title": one.title, "updated": moment_of(one.at_utc), "summary": one.summary})
        SubElement(entry, "link", {"href": one.address})
    return as_xml(root)


def _results(of: PublicElection, address: Address) -> Iterable[News]:
    for version in of.versions:
        where, there = _where(version.authority, version.election_day), address("result", of.election_id, number=version.number)
        yield News(version.published_at_utc, there, there, f"{where}: {state_of(version)}", version.note or _figures(version))
        if version.withdrawn_at_utc:
            title = f"{where}: Fassung {version.number} zurückgezogen"
            yield News(version.withdrawn_at_utc, there + WITHDRAWN, there, title, version.withdrawal_notice)


def _figures(version: Version) -> str:
    if version.interim:
        return "Sitze werden erst berechnet, wenn alle Stimmbezirke ausgezählt sind."
    return f"Wahlbeteiligung {words.percent(version.voters, version.eligible)}, {words.counted(version.seats, 'Sitz', 'Sitze')}."


def _notices(of: PublicElection, address: Address) -> Iterable[News]:
    for notice in of.notices:
        where, there = _where(of.authority, of.election_day), address("notice", of.election_id, notice=notice.number)
        title = f"{where}: {notice.title}"
        yield News(notice.published_at_utc, there, there, title, f"Bekanntmachung Nr. {notice.number}.")
        if notice.withdrawn_at_utc:
            yield News(notice.withdrawn_at_utc, there + WITHDRAWN, there, f"{title} – zurückgezogen", notice.withdrawn_reason)


def _information(of: PublicElection, address: Address) -> Iterable[News]:
    if of.information:
        where, there = _where(of.authority, of.election_day), address("election", of.election_id)
        edition = f"{there}#informationen-{of.information.number}"
        title = f"{where}: Informationen zur Wahl"
        yield News(of.information.published_at_utc, edition, there, title, "Was gewählt wird, wer wählen darf und welche Fristen gelten.")
        if of.information.withdrawn_at_utc:
            notice = of.information.withdrawal_notice
            yield News(of.information.withdrawn_at_utc, f"{edition}-zurueckgezogen", there, f"{title} – zurückgezogen", notice)


def _where(authority: str, day: date) -> str:
    return f"{authority}, Wahl am {words.short_date(day)}"
