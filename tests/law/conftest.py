"""Settings of Hypothesis for the law: `--hypothesis-profile=mutants` searches a little and never minimises, for mutation testing."""

from hypothesis import Phase, settings

settings.register_profile("mutants", max_examples=25, deadline=None, database=None, phases=(Phase.explicit, Phase.generate))
