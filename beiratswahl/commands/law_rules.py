"""`beiratswahl law rules`: the rules of a preset, each with range, source and confidence, and what is still to be confirmed."""

from datetime import date

from beiratswahl.commands.json_input import InputError, object_at, text_at
from beiratswahl.commands.rules_input import election_day_at
from beiratswahl.law.presets import PRESETS, Preset
from beiratswahl.law.rule_parameters import REQUIRED
from beiratswahl.law.rule_sets import Setting, open_rules
from beiratswahl.law.rule_values import plain

# The last common election day in Rheinland-Pfalz; a model preset names no day of its own.
COMMON_DAY = date(2024, 11, 10)


def answer(document: object) -> dict[str, object]:
    """Regeln einer Vorlage, or the list of presets.

    Args:
        document: parsed JSON with `preset` (a name) and `day`, both optional.

    Returns:
        Without `preset`: `presets`, each with `preset`, `title`, `source`, `mark`. With it: `preset`, `title`, `day`, `rules` (name to
        value, ready for `law deadlines --rules`), `settings` (per rule value, meaning, range, origin, source, mark), `to_be_confirmed`,
        `missing`.

    Raises:
        InputError: unknown preset, or a day without a known statute.
    """
    top = object_at(document, "$", (), ("preset", "day"))
    if top.get("preset") is None:
        return {"presets": [_listed(preset) for preset in PRESETS.values()]}
    name = text_at(top["preset"], "$.preset")
    preset = PRESETS.get(name)
    if preset is None:
        raise InputError("$.preset", f"Die Vorlage „{name}“ gibt es nicht. Erlaubt sind: {', '.join(PRESETS)}.")
    given = top.get("day")
    day = preset.day or COMMON_DAY if given is None else election_day_at(given, "$.day")
    settings = preset.rule_set(day).settings()
    return {
        **_listed(preset),
        "day": day.isoformat(),
        "rules": {key: plain(setting.value) for key, setting in settings.items() if setting.value is not None and key != "version"},
        "settings": [_said(setting) for setting in settings.values()],
        "to_be_confirmed": [_open(settings[key]) for key in open_rules(settings) if settings[key].value is None],
        "missing": [key for key in REQUIRED if settings[key].value is None],
    }


def _listed(preset: Preset) -> dict[str, object]:
    return {"preset": preset.name, "title": preset.title, "source": preset.source, "mark": preset.mark}


def _said(setting: Setting) -> dict[str, object]:
    parameter = setting.parameter
    return {
        "key": parameter.key,
        "value": plain(setting.value),
        "title": parameter.title,
        "allowed": parameter.kind.allowed,
        "fixed_by_statute": parameter.fixed,
        "origin": setting.origin,
        "source": setting.source,
        "mark": setting.mark,
    }


def _open(setting: Setting) -> dict[str, object]:
    parameter = setting.parameter
    return {"key": parameter.key, "title": parameter.title, "allowed": parameter.kind.allowed, "source": parameter.source}
