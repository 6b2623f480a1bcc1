"""Alle Adressen der öffentlichen Seiten: every page and file there is, for the static copy and the sitemap."""

from flask import current_app

from beiratswahl.access import archive
from beiratswahl.public.publication import version_of
from beiratswahl.store.read import published

BLUEPRINT = "public"


def every() -> tuple[str, ...]:
    """Paths of all pages and files of this door, in order; an address without version shows the newest one."""
    versions = tuple(version_of(view) for view in published.everything(archive.session()))
    places: list[dict[str, object]] = [{}, *({"election_id": of.election_id, "ags": of.ags, "number": of.number} for of in versions)]
    routes = current_app.url_map.bind("localhost")
    found = set()
    for rule in current_app.url_map.iter_rules():
        if rule.endpoint.partition(".")[0] == BLUEPRINT and "GET" in (rule.methods or ()):
            fitting = [{**place, **(rule.defaults or {})} for place in places]
            found |= {
                routes.build(rule.endpoint, {name: place[name] for name in rule.arguments})
                for place in fitting
                if rule.arguments <= set(place)
            }
    return tuple(sorted(found))
