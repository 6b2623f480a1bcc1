"""Alle Adressen der öffentlichen Seiten: every page and file there is, for the static copy and the sitemap."""

from collections.abc import Iterator

from flask import current_app

from beiratswahl.public import self_check
from beiratswahl.public.elections import PublicElection
from beiratswahl.public.elections import every as every_election
from beiratswahl.public.self_check_facts import claims

BLUEPRINT = "public"
Place = dict[str, object]


def every() -> tuple[str, ...]:
    """Paths of all pages and files of this door, in order; an address without version shows the newest one."""
    elections = every_election()
    routes = current_app.url_map.bind("localhost")
    found = set()
    for rule in current_app.url_map.iter_rules():
        door, _, name = rule.endpoint.partition(".")
        if door == BLUEPRINT and "GET" in (rule.methods or ()):
            for place in places(name, elections):
                values = {**place, **(rule.defaults or {})}
                if rule.arguments <= set(values):
                    found.add(routes.build(rule.endpoint, {argument: values[argument] for argument in rule.arguments}))
    return tuple(sorted(found))


def places(name: str, elections: tuple[PublicElection, ...]) -> Iterator[Place]:
    """What can stand in the addresses of an endpoint: nothing, and what is published of each election."""
    yield {}
    for of in elections:
        place: Place = {"election_id": of.election_id}
        if name in ("election", "screen"):
            yield place
        elif name in ("self_check", "self_check_step"):
            if self_check.offered(of):
                yield from ({**place, "path_taken": path} for path in self_check.paths())
            elif self_check.past(of):
                yield place
        elif name in ("application", "empty_application"):
            if (self_check.offered(of) or (name == "application" and self_check.past(of))) and claims(of.sheet):
                yield place
        elif name in ("notice", "notice_pdf"):
            yield from ({**place, "notice": notice.number} for notice in of.notices)
        elif name in ("candidates", "notices", "information_json"):
            shown = {"candidates": of.candidacies, "notices": of.notices, "information_json": of.information}
            if shown[name]:
                yield place
        elif name in ("seats", "recomputation"):
            yield from ({**place, "number": version.number} for version in of.versions if not version.interim)
        else:
            yield from ({**place, "ags": version.ags, "number": version.number} for version in of.versions)
