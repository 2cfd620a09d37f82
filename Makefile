# Everything sets itself up: a virtual environment with the CPU build of torch, and the project.
VENV ?= .venv
PYTHON ?= python3
BIN := $(VENV)/bin
TORCH ?= torch==2.13.0
LOCALE := pytest_deeprnn/feedback/locale
PACKAGE := $(wildcard pytest_deeprnn/*) reference exercises

.PHONY: audit demo test lint format translations wheel clean

demo: $(VENV)/ready  ## grade a sample submission and leave a feedback page
	$(BIN)/pytest --deeprnn-submission=docs/sample/student.py --deeprnn-exercise=deep-rnn \
	    || test $$? -eq 1  # 1: the sample has a fault to look at
	@echo "The feedback page: deeprnn-report/student.html"

test: $(VENV)/ready lint  ## pass all tests
	$(BIN)/pytest -n 2

audit: $(VENV)/ready  ## what is found in the labelled submissions, by cause and cell
	$(BIN)/python tests/audit.py

lint: $(VENV)/ready $(VENV)/typing  ## linters and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	cd $(VENV)/typing && $(CURDIR)/$(BIN)/mypy --config-file $(CURDIR)/pyproject.toml

format: $(VENV)/ready
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

translations: $(VENV)/ready  ## take the templates' texts into the catalogues, and compile these
	$(BIN)/pybabel extract --mapping=pyproject.toml --no-location --output=$(VENV)/feedback.pot \
	    pytest_deeprnn/feedback/templates pytest_deeprnn/gradebook/templates
	$(BIN)/pybabel update --domain=feedback --input-file=$(VENV)/feedback.pot \
	    --output-dir=$(LOCALE) --ignore-obsolete --no-fuzzy-matching --ignore-pot-creation-date --width=100
	$(BIN)/pybabel compile --domain=feedback --directory=$(LOCALE)

wheel: $(VENV)/ready
	$(BIN)/pip wheel --quiet --no-deps --wheel-dir dist .

# torch first and by its exact version: a bare `torch` takes gigabytes of CUDA packages
$(VENV)/ready: pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet "$(TORCH)"
	$(BIN)/pip install --quiet --editable ".[dev]"
	touch $@

# mypy reads the layout that an installed package has: reference/ and exercises/ inside of it
$(VENV)/typing: $(VENV)/ready
	mkdir -p $@/pytest_deeprnn
	for part in $(PACKAGE); do \
	    ln -sfn $(CURDIR)/$$part $@/pytest_deeprnn/$$(basename $$part); done

clean:
	rm -rf $(VENV) build dist *.egg-info deeprnn-report .pytest_cache .mypy_cache .ruff_cache
