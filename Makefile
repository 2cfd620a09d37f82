# Everything sets itself up: virtual environments with the exact versions of requirements*.txt.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
SUBMISSION ?= docs/sample/student.py
TESTS ?= -n 2
# where torch's builds without CUDA are: the usual index has one for Linux of some gigabytes
TORCH_INDEX ?= https://download.pytorch.org/whl/cpu
LOCALE := pytest_deeprnn/core/locale
PACKAGE := $(wildcard pytest_deeprnn/*) reference exercises

.PHONY: help demo test proofs audit lint format translations wheel lock oldest latest clean

help:  ## list these commands
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "make %-14s%s\n", $$1, $$2}' $(MAKEFILE_LIST)

demo: $(VENV)/installed  ## grade SUBMISSION, a sample if none is named, and leave a feedback page
	$(BIN)/pytest --deeprnn-submission=$(SUBMISSION) \
	    || test $$? -eq 1  # 1: it has a fault to look at, as the sample has
	@echo "The feedback page: deeprnn-report/$(basename $(notdir $(SUBMISSION))).html"

test: $(VENV)/ready lint  ## pass linters, types and all tests
	$(BIN)/pytest $(TESTS)

proofs: $(VENV)/ready  ## pass the tests that take long, all labelled submissions among them
	$(BIN)/pytest $(TESTS) -m proof

audit: $(VENV)/ready  ## list what is found in the labelled submissions, by cause and cell
	$(BIN)/python tests/common/audit.py

lint: $(VENV)/ready $(VENV)/typing  ## pass linters and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd $(VENV)/typing && $(CURDIR)/$(BIN)/mypy --package pytest_deeprnn --config-file $(CURDIR)/pyproject.toml
	$(BIN)/python tests/common/check_types.py
	cd $(VENV)/typing && PYTHONPATH=. $(CURDIR)/$(BIN)/lint-imports $(CURDIR)/pyproject.toml --no-logo

format: $(VENV)/ready  ## repair what the linters can
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: $(VENV)/ready  ## take all texts into the catalogues, compile these
	$(BIN)/pybabel extract --mapping=pyproject.toml --no-location --keywords=N_ --keywords=words \
	    --output=$(VENV)/deeprnn.pot pytest_deeprnn
	$(BIN)/pybabel update --domain=deeprnn --input-file=$(VENV)/deeprnn.pot \
	    --output-dir=$(LOCALE) --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width=100
	$(BIN)/pybabel compile --domain=deeprnn --directory=$(LOCALE)

wheel: $(VENV)/ready  ## build a wheel in dist/
	$(BIN)/pip wheel --quiet --no-deps --no-build-isolation --wheel-dir dist .

# The resolver: what it writes holds for every system and Python, so its version is an exact one too.
UV := .venv-lock/bin/uv
COMPILE = $(UV) pip compile --custom-compile-command "make lock" --quiet --python-version 3.11

# The bounds of pyproject.toml are wide for those who install this beside other things. What is set up
# here is one choice of them, the same on any day; a new choice is made by this command alone.
lock: TORCH = torch==2.13.0
lock: $(UV)  ## choose the newest versions for requirements*.txt, beside TORCH
	echo "$(TORCH)" | $(COMPILE) --universal --fork-strategy fewest --annotation-style line --upgrade \
	    pyproject.toml - --extra dev --output-file requirements-dev.txt
	$(COMPILE) --universal --fork-strategy fewest --no-annotate \
	    pyproject.toml --constraint requirements-dev.txt --output-file requirements.txt

# The two ends of the bounds, each time in a new environment: TESTS="tests/frontends/runs -k ini" for some of the
# tests, TORCH=torch==2.13.0 for another torch. The lowest end takes Python 3.11, for which all of these
# releases were built, and by `&` the lowest torch of pyproject.toml.
oldest: TORCH = &
oldest: $(UV)  ## pass the tests with the lowest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-oldest
	$(COMPILE) --resolution lowest --no-deps --no-annotate --extra dev pyproject.toml \
	    | sed 's/^torch==.*/$(TORCH)/' > .venv-oldest/constraints.txt
	$(call try,.venv-oldest)

latest: TORCH = torch
latest:  ## pass the tests with the newest versions that pyproject.toml allows
	$(PYTHON) -m venv --clear .venv-latest
	echo "$(TORCH)" > .venv-latest/constraints.txt
	$(call try,.venv-latest)

define try
	$(1)/bin/pip install --quiet --no-deps --index-url $(TORCH_INDEX) \
	    "$$(grep '^torch' $(1)/constraints.txt)"
	$(1)/bin/pip install --quiet --constraint $(1)/constraints.txt --editable ".[dev]"
	$(1)/bin/pip list
	$(1)/bin/pytest $(TESTS)
endef

$(UV):
	$(PYTHON) -m venv .venv-lock
	.venv-lock/bin/pip install --quiet uv==0.13.9

# What a user installs, by the lines that README.md gives.
$(VENV)/installed: pyproject.toml setup.py requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --no-deps --constraint requirements.txt --index-url $(TORCH_INDEX) torch
	$(BIN)/pip install --quiet --requirement requirements.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	touch $@

# What a developer needs beside it. Nothing is resolved here, so nothing unlocked comes in; what the
# lock lacks is told by pip check.
$(VENV)/ready: $(VENV)/installed requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps --requirement requirements-dev.txt
	$(BIN)/pip check
	touch $@

# mypy and import-linter read the layout that an installed package has: reference/ and exercises/ inside of it
$(VENV)/typing: $(VENV)/ready
	rm -rf $@
	mkdir -p $@/pytest_deeprnn
	for part in $(PACKAGE); do \
	    ln -sfn $(CURDIR)/$$part $@/pytest_deeprnn/$$(basename $$part); done

clean:  ## remove all that was made, the environments too
	rm -rf $(VENV) .venv-lock .venv-oldest .venv-latest build dist *.egg-info deeprnn-report .pytest_cache .mypy_cache .ruff_cache
