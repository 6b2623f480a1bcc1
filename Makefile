# Two commands do everything: `make demo` and `make test`. Both install what is missing.
.DEFAULT_GOAL := help
PORT ?= 5000
SERVE ?= 1
BIN := .venv/bin

.PHONY: help demo test check fix bench catalogues requirements

help: ## show this list
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 16

demo: ## run a whole fictitious election in instance/demo and serve it (SERVE=0: only run it)
	@bash .ci/setup run
	@$(BIN)/beiratswahl demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

test: ## install what the tests need and run every check and test
	@bash .ci/setup test
	@bash .ci/test

check: ## format, lint, types and import contracts only
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

fix: ## format and repair what ruff can repair
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: ## measure speed against floors taken in the same run
	@for file in tests/benchmarks/bench_*.py; do $(BIN)/python -m $$(echo $${file%.py} | tr / .) || exit 1; done

catalogues: ## bring the texts of the public pages into every catalogue; new ones are empty and wait for their translation
	@$(BIN)/python .ci/catalogues

requirements: ## pin the packages of pyproject.toml anew, by hash and without addresses
	$(BIN)/uv pip compile pyproject.toml --group setup --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements.txt
	$(BIN)/uv pip compile pyproject.toml --group setup --group test --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --no-annotate -q -o requirements-test.txt
