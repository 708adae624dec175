# Everything sets itself up: only Python >= 3.11, git and make are needed. `make help` lists the targets.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check
# Say what a command printed only if it fails: pip's notes about where it looks stay off the screen, its errors do not.
quietly = { $(1); } >$(VENV)/pip.log 2>&1 || { cat $(VENV)/pip.log >&2; exit 1; }
SETS := run build test lint release
# Where CI is set, pytest writes out whole differences, which takes minutes for long texts; hypothesis shall know it, though.
PYTEST := $(if $(CI),env -u CI) $(BIN)/python -m pytest $(if $(CI),--hypothesis-profile=ci)

.PHONY: help demo test lint format dist catalogues schema manual bench pins speed requirements clean
# One environment: two installations at once would meet in it.
.NOTPARALLEL:

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/.package ## Show the coverage of content/ and scaffold a missing translation into a copy of it
	@.ci/demo $(BIN)/transtool

test: $(VENV)/.test $(VENV)/.package ## Run every test on two cores and report branch coverage
	$(PYTEST) -n 2 --cov --cov-report=term:skip-covered $(ARGS)

lint: $(VENV)/.lint ## Check style, formatting, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.lint ## Rewrite the code in the one format
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

dist: $(VENV)/.build $(VENV)/.release ## Build the source distribution and its wheel into dist/, and check how an index will show them
	rm -rf dist
	$(BIN)/python -m build --no-isolation
	$(BIN)/twine check --strict dist/*

catalogues: $(VENV)/.package ## Bring the catalogues in locales/ up to date with the messages in the source
	$(BIN)/python locales/update.py

schema: $(VENV)/.package ## Write the JSON Schema of transtool.toml anew from the tables that read it
	$(BIN)/python -c 'import json, pathlib; from transtool import config; \
	  text = json.dumps(config.schema(), indent=2, ensure_ascii=False) + "\n"; \
	  pathlib.Path("transtool/schemas/config.schema.json").write_text(text, encoding="utf-8")'

manual: $(VENV)/.package ## Write the manual page anew from the commands
	$(BIN)/python docs/manual.py >docs/transtool.1

bench: $(VENV)/.test $(VENV)/.package ## Measure how well staleness is told on simulated sites
	$(BIN)/python -m benchmarks.staleness $(ARGS)

pins: $(VENV)/.test $(VENV)/.package ## Measure it on a site that keeps pins (ARGS="path/to/clone --config FILE")
	$(BIN)/python -m benchmarks.pins $(ARGS)

speed: $(VENV)/.test $(VENV)/.package ## Measure how fast it is (ARGS="path/to/a/site 1000")
	$(BIN)/python -m benchmarks.speed $(ARGS)

pin = $(BIN)/uv pip compile --quiet --upgrade --generate-hashes --universal --python-version 3.11 --no-header \
  -o requirements/$(1).txt $(2)
requirements: $(VENV)/.created ## Pin the newest releases, with hashes, in requirements/*.txt
	@$(call quietly,$(PIP) install uv)
	$(call pin,run,pyproject.toml)
	$(call pin,build,requirements/build.in -c requirements/run.txt)
	$(call pin,test,pyproject.toml --all-extras requirements/build.in requirements/test.in -c requirements/run.txt -c requirements/build.txt)
	$(call pin,lint,pyproject.toml --all-extras requirements/lint.in -c requirements/test.txt)
	$(call pin,release,requirements/release.in -c requirements/test.txt -c requirements/lint.txt)

clean: ## Remove the environment and everything that was built
	rm -rf $(VENV) dist build .coverage .coverage.* .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# Stamps: a file in the environment says that it is newer than what it was made from.

$(VENV)/.created:
	@for python in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	  $$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue; \
	  if ! $$python -c 'import ensurepip, venv' 2>/dev/null; then incomplete=$${incomplete:-$$python}; continue; fi; \
	  echo "Creating $(VENV) with $$($$python --version)"; \
	  $$python -m venv $(VENV); touch $@; exit 0; \
	done; \
	if [[ -n $${incomplete:-} ]]; then \
	  echo "$$incomplete cannot create environments: install its venv module (Debian, Ubuntu: apt install python3-venv)"; \
	else echo 'transtool needs Python 3.11 or newer (python3 on the PATH)'; fi >&2; exit 1

# A lock is complete or wrong: nothing is resolved, so that no release elsewhere changes what is installed here; `pip check`
# says whether anything is missing (docs/decisions/0005-locks-without-resolving.md).
$(SETS:%=$(VENV)/.%): $(VENV)/.%: requirements/%.txt $(VENV)/.created
	@echo 'Installing $<'
	@$(call quietly,$(PIP) install --no-deps --require-hashes --requirement $<)
	@$(call quietly,$(PIP) check || { echo '$< is incomplete or $(VENV) holds leftovers of an older lock: try `make clean`'; false; })
	@touch $@

$(VENV)/.package: pyproject.toml hatch_build.py $(VENV)/.run $(VENV)/.build
	@echo 'Installing transtool into $(VENV)'
	@$(call quietly,$(PIP) install --no-deps --no-build-isolation --editable .)
	@touch $@
