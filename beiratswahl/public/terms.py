"""Amtliche Wörter in der Sprache der Seite: values of published files that are terms of the law and no names."""

from collections.abc import Callable

from flask import Flask

from beiratswahl.public.languages import gettext


def hang_up(app: Flask) -> None:
    """As filters."""
    app.jinja_env.filters.update(system=system, council=council, rejection=rejection)


def system(value: str) -> str:
    """Wahlsystem."""
    return _in_language(value, lambda: {"Verhältniswahl": gettext("Verhältniswahl"), "Mehrheitswahl": gettext("Mehrheitswahl")})


def council(name: str) -> str:
    """Beirat; a name of its own stays as it is."""
    return _in_language(name, lambda: {"Beirat für Migration und Integration": gettext("Beirat für Migration und Integration")})


def rejection(text: str) -> str:
    """Grund, aus dem ein Wahlbrief zurückgewiesen ist (§ 39 Abs. 1 KWG, § 56 Abs. 2 KWO)."""
    return _in_language(
        text,
        lambda: {
            "kein oder kein gültiger Wahlschein": gettext("kein oder kein gültiger Wahlschein"),
            "kein Stimmzettelumschlag": gettext("kein Stimmzettelumschlag"),
            "weder Wahlbrief noch Stimmzettelumschlag verschlossen": gettext("weder Wahlbrief noch Stimmzettelumschlag verschlossen"),
            "mehrere Stimmzettelumschläge, aber nicht gleich viele gültige Wahlscheine": gettext(
                "mehrere Stimmzettelumschläge, aber nicht gleich viele gültige Wahlscheine"
            ),
            "Versicherung an Eides statt nicht unterschrieben": gettext("Versicherung an Eides statt nicht unterschrieben"),
            "kein amtlicher Stimmzettelumschlag": gettext("kein amtlicher Stimmzettelumschlag"),
            "Umschlag weicht erkennbar ab oder enthält einen fühlbaren Gegenstand": gettext(
                "Umschlag weicht erkennbar ab oder enthält einen fühlbaren Gegenstand"
            ),
            "mehrere Stimmzettel derselben Wahl im Stimmzettelumschlag": gettext(
                "mehrere Stimmzettel derselben Wahl im Stimmzettelumschlag"
            ),
        },
    )


def _in_language(value: str, texts: Callable[[], dict[str, str]]) -> str:
    return texts().get(value, value)
