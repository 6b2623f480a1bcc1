"""The desk at which an official works: a session, who sits there, and the frame every act is done in."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session

from beiratswahl import clock
from beiratswahl.operations.acts import Act
from beiratswahl.store import journal
from beiratswahl.store.database import begin_writing

INSTALLATION = 0


class Refused(Exception):
    """An act that the law or the state of the election does not allow now; its text is German and for people."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Handelnde Person: name and role are copied into the journal."""

    account_id: int | None
    name: str
    role: str
    origin: str = ""


@dataclass(slots=True)
class Entry:
    """The journal entry in the making."""

    subject: str
    election_id: int | None
    details: dict[str, object] = field(default_factory=dict)

    def note(self, **details: object) -> None:
        """Add details that must be readable in the journal later (JSON values only)."""
        self.details.update(details)


@dataclass(slots=True)
class Desk:
    """Schreibtisch: hand it to every operation as its first argument."""

    session: Session
    actor: Actor
    _busy: bool = False

    @contextmanager
    def act(self, act: Act, subject: str, *, municipality_id: int = INSTALLATION, election_id: int | None = None) -> Iterator[Entry]:
        """One act: a writing transaction that ends with one journal entry and a commit, or leaves nothing.

        Raises:
            RuntimeError: an act is begun inside another one.
        """
        if self._busy:
            raise RuntimeError("an act was begun inside another act")
        self._busy = True
        try:
            begin_writing(self.session)
            head = journal.lock_chain(self.session, municipality_id)
            entry = Entry(subject, election_id)
            yield entry
            journal.append(self.session, head, self._record(act, entry))
            self.session.commit()
        except BaseException:
            self.session.rollback()
            raise
        finally:
            self._busy = False

    def _record(self, act: Act, entry: Entry) -> journal.Record:
        return journal.Record(
            at_utc=clock.now(),
            act=act.value,
            election_id=entry.election_id,
            subject=entry.subject,
            details=journal.canonical(entry.details),
            actor_id=self.actor.account_id,
            actor_name=self.actor.name,
            actor_role=self.actor.role,
            origin=self.actor.origin,
        )
