# Dateline. `make` alone lists what can be made.
#
# Two commands do all set-up on a machine with Python 3.11 or newer and make:
#   make demo     environment, samples, site on http://127.0.0.1:8001  (ARGS=--no-serve stops earlier)
#   make test     environment with the tools of development, every check

# Which Python makes the environments; any 3.11 to 3.13.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
# Versions every environment gets, so that a fresh clone behaves like the one tested.
LOCK   := requirements.lock
# Annotated releases for `make accuracy` and `make train`; they are not part of the project.
GOLD   ?= ../shared/gold
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo test check unit lint types audit docs screenshots golden bench accuracy train lock wheel clean

help: ## list the targets
	@grep -E '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 14

# --- environments -----------------------------------------------------------------------------

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	  || { echo "Dateline needs Python 3.11 to 3.13. Name one: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --quiet --upgrade 'pip>=25.1'

# What running needs.
$(VENV)/run.stamp: $(BIN)/python pyproject.toml $(LOCK)
	@# setuptools warns of every editable installation, which says nothing to who follows the README.
	PYTHONWARNINGS='ignore:Editable installation' $(PIP) install --quiet --constraint $(LOCK) --editable .
	@touch $@

# What developing needs on top.
$(VENV)/dev.stamp: $(VENV)/run.stamp
	$(PIP) install --quiet --constraint $(LOCK) --group dev
	@touch $@

# --- the two commands ---------------------------------------------------------------------------

demo: $(VENV)/run.stamp ## read the samples and serve the site (ARGS=--no-serve stops after the ingest)
	@$(BIN)/dateline demo $(ARGS)

test: check unit ## every check, then the tests

# --- quality ------------------------------------------------------------------------------------

check: lint types ## linter, formatter and types

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

unit: $(VENV)/dev.stamp ## the tests, with branch coverage (ARGS="-k name" for some)
	$(BIN)/python -m pytest --cov --cov-report=term:skip-covered $(ARGS)

audit: $(VENV)/dev.stamp ## known vulnerabilities of the locked versions (asks the package index)
	$(PIP) install --quiet pip-audit
	$(BIN)/pip-audit --strict --no-deps --disable-pip --requirement $(LOCK)

# --- what is generated and kept -----------------------------------------------------------------

golden: $(VENV)/dev.stamp ## write the samples' expected readings again, after a look at the difference
	$(BIN)/python -m tests.tools.golden

docs: $(VENV)/dev.stamp ## write the generated pages of docs/ again
	$(BIN)/python -m tests.tools.docs

screenshots: $(VENV)/dev.stamp ## pictures of the main pages into docs/images (needs Chromium)
	$(BIN)/python -m tests.tools.screenshots

lock: $(BIN)/python ## resolve the dependencies again, for Python 3.11 to 3.13
	$(PIP) install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-annotate \
	  --no-header --all-extras --group dev --upgrade --output-file $(LOCK) pyproject.toml

# --- measuring and training ---------------------------------------------------------------------

bench: $(VENV)/dev.stamp ## speed of reading, storing, searching, exporting and the pages -> docs/benchmarks.md
	$(BIN)/python -m benchmarks.throughput $(ARGS)

accuracy: $(VENV)/dev.stamp ## accuracy of every step on GOLD/dev
	$(BIN)/python -m benchmarks.accuracy $(GOLD) $(ARGS)

# Training needs torch, which running does not: it has an environment of its own.
.venv-train/stamp: pyproject.toml $(LOCK)
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --upgrade 'pip>=25.1'
	.venv-train/bin/python -m pip install --quiet --constraint $(LOCK) --editable . --group train
	@touch $@

train: .venv-train/stamp ## train the recognisers on GOLD/train -> extract/recogniser/weights
	.venv-train/bin/python -m extract.training $(GOLD) $(ARGS)

wheel: $(VENV)/dev.stamp ## build wheel and sdist into dist/
	$(BIN)/python -m build

clean: ## remove environments, caches and built files
	rm -rf $(VENV) .venv-train build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
