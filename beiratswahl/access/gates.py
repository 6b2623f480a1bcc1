"""Gates: every view says who may enter; a view that says nothing keeps the application from starting."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, ParamSpec, TypeVar

from flask import Flask, abort, g, redirect, url_for

from beiratswahl.access import archive, login
from beiratswahl.access.roles import Permission, Role
from beiratswahl.operations.desk import Desk
from beiratswahl.store.read import setup

P = ParamSpec("P")
R = TypeVar("R")
MARK = "__gate__"
UNGATED_BY_FRAMEWORK = frozenset({"static"})


class UngatedView(Exception):
    """A view without a gate was found; the application must not start."""


@dataclass(frozen=True)
class Place:
    """Where a request takes place, as the gate has checked it."""

    election: setup.ElectionView
    district: setup.DistrictView | None
    role: Role

    @cached_property
    def municipality(self) -> setup.MunicipalityView:
        """The municipality; read only for pages that show it, so that recording a ballot does without."""
        return setup.municipality(archive.session(), self.election.municipality_id)


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Gate of everyone, stated on purpose."""
    setattr(view, MARK, "public")
    return view


def logged_in(view: Callable[P, R]) -> Callable[P, R]:
    """Gate of everyone who is logged in; for pages that show only what belongs to the person."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if login.current() is None:
            return login.to_login()  # type: ignore[no-any-return]  # a redirect, as every view may answer
        return view(*args, **kwargs)

    setattr(guarded, MARK, "logged_in")
    return guarded


def holding(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Gate of those who hold a permission at the place named in the address.

    The address carries `election_id` or `district_id`. What lies outside the person's permits is not found (404), so that a foreign
    number tells nothing; what lies inside but is not allowed to the role is forbidden (403).
    """

    def gate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            person = login.current()
            if person is None or person.must_change_password:
                return _elsewhere(person)  # type: ignore[no-any-return]  # a redirect, as every view may answer
            g.place = _place(person, permission, kwargs)
            return view(*args, **kwargs)

        setattr(guarded, MARK, permission)
        return guarded

    return gate


def holding_anywhere(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Gate of those who hold a permission in at least one municipality; for pages above a single election."""

    def gate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            person = login.current()
            if person is None or person.must_change_password:
                return _elsewhere(person)  # type: ignore[no-any-return]  # a redirect, as every view may answer
            if not person.municipalities(permission):
                abort(403)
            return view(*args, **kwargs)

        setattr(guarded, MARK, permission)
        return guarded

    return gate


def _elsewhere(person: login.Person | None) -> Any:
    """Where somebody goes who is not logged in, or has a password that somebody else has set."""
    return login.to_login() if person is None else redirect(url_for("access.own_password"))


def place() -> Place:
    """The place the gate of this request has checked."""
    checked: Place = g.place
    return checked


def desk() -> Desk:
    """The desk of this request, at the place the gate has checked."""
    return login.desk(g.place.role if "place" in g else None)


def refuse_ungated(app: Flask) -> None:
    """Check every view of the application.

    Raises:
        UngatedView: a view says nothing about who may enter.
    """
    for endpoint, view in app.view_functions.items():
        if endpoint not in UNGATED_BY_FRAMEWORK and not hasattr(view, MARK):
            raise UngatedView(f"the view {endpoint!r} has no gate; put @public, @logged_in or @holding(…) on it")


def _district_and_election(address: dict[str, Any]) -> tuple[setup.DistrictView | None, setup.ElectionView | None]:
    if "district_id" in address:
        return setup.district_with_election(archive.session(), address["district_id"])
    election_id = address.get("election_id")
    return None, setup.election(archive.session(), election_id) if election_id is not None else None


def _place(person: login.Person, permission: Permission, address: dict[str, Any]) -> Place:
    district, election = _district_and_election(address)
    if election is None or ("district_id" in address and district is None):
        abort(404)
    if "election_id" in address and address["election_id"] != election.election_id:
        abort(404)
    permits = [p for p in person.permits if p.municipality_id == election.municipality_id]
    district_id = district.district_id if district else None
    if not any(p.polling_district_id in (None, district_id) for p in permits):
        abort(404)
    role = person.role_for(permission, election.municipality_id, district_id)
    if role is None:
        abort(403)
    return Place(election, district, role)
